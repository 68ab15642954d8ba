//! Operations: the method of the client, the builder that it returns, what describes it.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::docs::{self, Docs};
use super::markdown::code;
use super::rules::Rules;
use super::types::{Boxed, From};
use super::{Context, body, errors, example, headers, parameters, related, success};
use crate::ir::{Content, Operation, Parameter, Presence, Response, Rule, Status, Success};
use crate::names::OperationNames;

/// The method of the client.
pub(super) fn method(
    context: Context<'_>,
    operation: &Operation,
    names: &OperationNames,
) -> TokenStream {
    let docs = method_docs(context, operation, names).tokens();
    let (method, builder) = (&names.method, &names.builder);
    let required = required(operation, names);
    let (description, described) = description(context, operation, &required);
    let arguments = required.iter().map(|(_, ident, parameter)| {
        let ty = context.argument(&parameter.field, Boxed::No, From::Client).ty;
        quote!(#ident: #ty)
    });
    let values = required.iter().map(|(index, ident, parameter)| {
        let value = given(context, ident, parameter);
        quote!(.with(#index, #value))
    });
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let draft = quote!(self.core.draft(#described) #(#values)*);
    let (call, made) = if has_builder(operation) {
        (quote!(#builder), quote!(#builder { draft: #draft }))
    } else {
        let (success, error) = (success(context, operation, names), &names.error);
        (quote!(Call<#success, #error>), quote!(Call::new(#draft)))
    };
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #method(&self, #(#arguments),*) -> #call {
            #description
            #made
        }
    }
}

/// Whether there is anything to give beside what is required, which takes a builder to do so.
pub(super) fn has_builder(operation: &Operation) -> bool {
    let is_optional = |parameter: &Parameter| parameter.field.presence == Presence::Optional;
    operation.body.is_some() || operation.parameters.iter().any(is_optional)
}

/// Whether the description names fields: those of parameters, or of a form.
pub(super) fn describes_fields(operation: &Operation) -> bool {
    let mut media = operation.body.iter().flat_map(|body| &body.media);
    !operation.parameters.is_empty() || media.any(|media| !media.form.is_empty())
}

/// Everything else of an operation.
pub(super) fn items(
    context: Context<'_>,
    index: usize,
    operation: &Operation,
    names: &OperationNames,
) -> TokenStream {
    let headers = headers::emit(context, index, operation, names);
    let success = success::emit(context, operation, names);
    let errors = errors::emit(context, index, operation, names);
    let builder = has_builder(operation).then(|| builder(context, operation, names));
    quote! {
        #builder
        #headers
        #success
        #errors
    }
}

/// A parameter with its index, as the call knows it, and its name.
type Indexed<'a> = (Literal, &'a Ident, &'a Parameter);

fn parameters<'a>(
    operation: &'a Operation,
    names: &'a OperationNames,
) -> impl Iterator<Item = Indexed<'a>> {
    let all = names.fields.iter().zip(&operation.parameters).enumerate();
    all.map(|(index, (ident, parameter))| (Literal::usize_unsuffixed(index), ident, parameter))
}

fn required<'a>(operation: &'a Operation, names: &'a OperationNames) -> Vec<Indexed<'a>> {
    parameters(operation, names)
        .filter(|(_, _, parameter)| parameter.field.presence == Presence::Required)
        .collect()
}

/// The argument of that name as the value of a parameter.
fn given(context: Context<'_>, ident: &Ident, parameter: &Parameter) -> TokenStream {
    match context.argument(&parameter.field, Boxed::No, From::Client).into {
        true => quote!(#ident.into()),
        false => quote!(#ident),
    }
}

fn method_docs(context: Context<'_>, operation: &Operation, names: &OperationNames) -> Docs {
    let mut docs = Docs::default();
    docs.description(operation.summary.as_deref());
    if operation.description != operation.summary {
        docs.description(operation.description.as_deref());
    }
    if operation.preview {
        docs.own("**Preview**: the vendor may still change this operation.");
    }
    docs.own(request(operation));
    if let Some(server) = operation.server.and_then(|index| context.api.servers.get(index)) {
        let server = code(&server.url);
        docs.own(format!("Goes to {server}, unless the client has a base URL of its own."));
    }
    other_types(operation).into_iter().for_each(|line| {
        docs.own(line);
    });
    let arguments = required(operation, names);
    if !arguments.is_empty() {
        let arguments = arguments.iter().map(|(_, ident, parameter)| {
            let words = parameter.field.description.as_deref().unwrap_or("required");
            format!("- `{ident}`: {}", super::markdown::inline(words))
        });
        docs.own("# Arguments").own(arguments.collect::<Vec<_>>().join("\n"));
    }
    let errors = error_docs(operation, names);
    if !errors.is_empty() {
        docs.own("# Errors").own(errors.join("\n"));
    }
    related::docs(context, operation, &mut docs);
    docs.own(example::doc(context, operation, names));
    docs
}

/// The media types of responses that the document lists and that are not asked for: a sentence for
/// each media type that is, with the statuses that it is of.
fn other_types(operation: &Operation) -> Vec<String> {
    let mut found: Vec<(&str, &[String], Vec<String>)> = Vec::new();
    for response in operation.responses.iter().filter(|it| !it.other_types.is_empty()) {
        let Some(asked) = response.media_type.as_deref() else { continue };
        let others = response.other_types.as_slice();
        let status = response.status.to_string();
        match found.iter_mut().find(|it| (it.0, it.1) == (asked, others)) {
            Some((_, _, statuses)) => statuses.push(status),
            None => found.push((asked, others, vec![status])),
        }
    }
    let sentences = found.into_iter().map(|(asked, others, statuses)| {
        let others: Vec<String> = others.iter().map(|other| code(other)).collect();
        format!(
            "Received as {}; for {} the document lists {} too.",
            code(asked),
            statuses.join(", "),
            others.join(", ")
        )
    });
    sentences.collect()
}

/// Method and path, as code.
pub(super) fn request(operation: &Operation) -> String {
    code(&format!("{} {}", operation.method, operation.path))
}

/// A line for each status that the document lists as an error.
fn error_docs(operation: &Operation, names: &OperationNames) -> Vec<String> {
    let errors = operation.errors().filter_map(|(index, response)| {
        let variant = names.statuses.get(index)?;
        let words = super::markdown::inline(&response.description);
        Some(format!("- {}: [`{}::{variant}`], {words}", response.status, names.error))
    });
    errors.collect()
}

/// What the runtime needs to know, and a reference to it.
///
/// A method that requires a parameter of the name has no room for the variable.
fn description(
    context: Context<'_>,
    operation: &Operation,
    required: &[Indexed<'_>],
) -> (TokenStream, TokenStream) {
    let (id, path) = (&operation.id, &operation.path);
    let method = Ident::new(operation.method, Span::call_site());
    let mut rules = Rules::new(context);
    let parameters: Vec<_> = operation
        .parameters
        .iter()
        .map(|parameter| parameters::description(parameter, &mut rules))
        .collect();
    let body = body::description(operation.body.as_ref(), &mut rules);
    let accept = accept(operation, &mut rules);
    let patterns = rules.patterns();
    let security = operation.security.iter().map(|schemes| quote!(&[#(#schemes),*]));
    let retry = operation.responses.iter().flat_map(retries);
    let server = match operation.server.map(Literal::usize_unsuffixed) {
        Some(server) => quote!(Some(#server)),
        None => quote!(None),
    };
    let value = quote! {
        Operation {
            id: #id,
            method: Method::#method,
            path: #path,
            server: #server,
            parameters: &[#(#parameters),*],
            body: #body,
            accept: #accept,
            security: &[#(#security),*],
            retry: &[#(#retry),*],
        }
    };
    // A static would be evaluated when the crate is checked; a reference is promoted when it is
    // used. It cannot be where it leads to a static.
    match rules.refer() {
        false if required.iter().any(|(_, ident, _)| *ident == "described") => {
            (quote!(), quote!(&#value))
        }
        false => (quote!(let described = &#value;), quote!(described)),
        true => (quote!(#patterns static OPERATION: Operation = #value;), quote!(&OPERATION)),
    }
}

/// What a response says of another attempt.
fn retries(response: &Response) -> Vec<TokenStream> {
    let Status::Code(code) = response.status else { return Vec::new() };
    let code = Literal::u16_unsuffixed(code);
    let when = response.retry_when.iter().map(|(property, values)| {
        quote!(operation::RetryWhen { status: #code, property: #property, values: &[#(#values),*] })
    });
    when.collect()
}

fn builder(context: Context<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let (builder, error) = (&names.builder, &names.error);
    let docs = format!("A call of {}, from {}.", request(operation), docs::method_link(names));
    let docs = Docs::new(docs).tokens();
    let setters = setters(context, operation, names);
    let success = success(context, operation, names);
    quote! {
        #docs
        #[derive(Clone)]
        #[must_use = "a call does nothing until it is sent"]
        pub struct #builder {
            draft: Draft,
        }

        impl #builder {
            #setters
        }

        call::methods!(#builder -> #success, #error);
    }
}

/// What is asked for: what successes come in, then JSON that errors come in. Text of errors is not
/// asked for, lest a success come as a page for people.
fn accept<'a>(operation: &'a Operation, rules: &mut Rules<'a>) -> TokenStream {
    let successes = operation.successes();
    let successes = successes.iter().map(|(_, response)| *response);
    let is_json = |response: &&Response| matches!(response.body, Some(Content::Json(_)));
    let errors = operation.errors().map(|(_, response)| response).filter(is_json);
    let mut types: Vec<&str> = Vec::new();
    for response in successes.clone().chain(errors) {
        let media_type = response.media_type.as_deref();
        types.extend(media_type.filter(|media_type| !types.contains(media_type)));
    }
    let text = types.join(", ");
    let is_raw =
        |response: &Response| matches!(response.body, Some(Content::Text | Content::Bytes));
    match (types.is_empty(), successes.clone().any(is_raw)) {
        (true, _) => quote!(operation::Accept::Nothing),
        (false, true) => quote!(operation::Accept::Raw(#text)),
        (false, false) => match received_rules(operation) {
            [] => quote!(operation::Accept::Json(#text)),
            asked => {
                let asked = rules.list(asked);
                quote!(operation::Accept::With(#text, #asked))
            }
        },
    }
}

/// What the body of a success must keep, where there is one kind of it.
pub(super) fn received_rules(operation: &Operation) -> &[Rule] {
    if operation.success() == Success::ByStatus {
        return &[];
    }
    let mut bodies = operation.successes().into_iter().filter(|(_, it)| it.body.is_some());
    bodies.next().map_or(&[], |(_, response)| &response.rules)
}

fn success(context: Context<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let body = success::body(context, operation, names);
    if operation.success_headers().is_empty() {
        quote!(Response<#body>)
    } else {
        let headers = &names.headers;
        quote!(Response<#body, #headers>)
    }
}

fn setters(context: Context<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let body = body::setters(context, operation, names);
    let optional = parameters(operation, names)
        .filter(|(_, _, parameter)| parameter.field.presence == Presence::Optional);
    let setters = optional.map(|(index, ident, parameter)| {
        let docs = docs::field(&parameter.field).tokens();
        let ty = context.argument(&parameter.field, Boxed::No, From::Client).ty;
        let value = given(context, ident, parameter);
        quote! {
            #docs
            #[inline]
            pub fn #ident(self, #ident: #ty) -> Self {
                Self { draft: self.draft.with(#index, #value) }
            }
        }
    });
    quote!(#body #(#setters)*)
}
