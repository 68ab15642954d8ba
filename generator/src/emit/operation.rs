//! Operations: the method of the client, the builder that it returns, what describes it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::docs::{self, Docs};
use super::types::{Boxed, From};
use super::{Context, errors, example, parameters};
use crate::ir::{Operation, Parameter, Presence, Success};
use crate::names::OperationNames;

/// The method of the client.
pub(super) fn method(
    context: Context<'_>,
    operation: &Operation,
    names: &OperationNames,
) -> TokenStream {
    let docs = method_docs(context, operation, names).tokens();
    let (method, builder, parameters) = (&names.method, &names.builder, &names.parameters);
    let required = required(operation, names);
    let arguments = required.iter().map(|(ident, parameter)| {
        let ty = context.argument(&parameter.field, Boxed::No, From::Client).ty;
        quote!(#ident: #ty)
    });
    let values = required.iter().map(|(ident, _)| ident);
    let body = operation.body.as_ref().map(|_| quote!(body: None,));
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #method(&self, #(#arguments),*) -> #builder {
            #builder {
                core: self.core.clone(),
                parameters: #parameters::new(#(#values),*),
                #body
                options: CallOptions::default(),
            }
        }
    }
}

/// Everything else of an operation.
pub(super) fn items(
    context: Context<'_>,
    index: usize,
    operation: &Operation,
    names: &OperationNames,
) -> TokenStream {
    let headers = operation.success_headers();
    let headers = (!headers.is_empty()).then(|| parameters::headers(context, &headers, names));
    let parameters = parameters::emit(context, &operation.parameters, names);
    let errors = errors::emit(context, index, operation, names);
    let description = description(operation, names);
    let builder = builder(context, operation, names);
    quote! {
        #description
        #builder
        #parameters
        #headers
        #errors
    }
}

fn required<'a>(
    operation: &'a Operation,
    names: &'a OperationNames,
) -> Vec<(&'a Ident, &'a Parameter)> {
    let all = names.fields.iter().zip(&operation.parameters);
    all.filter(|(_, parameter)| parameter.field.presence == Presence::Required).collect()
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
    docs.own(format!("`{} {}`", operation.method, operation.path));
    let arguments = required(operation, names);
    if !arguments.is_empty() {
        docs.own("# Arguments");
        for (ident, parameter) in arguments {
            let words = parameter.field.description.as_deref().unwrap_or("required");
            let words = super::markdown::lines(words).join(" ");
            docs.own(format!("- `{ident}`: {words}"));
        }
    }
    docs.own(error_docs(operation, names));
    docs.own(example::doc(context, operation, names));
    docs.source(&operation.place);
    docs
}

fn error_docs(operation: &Operation, names: &OperationNames) -> String {
    let mut lines = vec!["# Errors".to_owned()];
    for (index, response) in operation.errors() {
        if let Some(variant) = names.errors.get(index) {
            let words = super::markdown::lines(&response.description).join(" ");
            lines.push(format!("- {}: [`{}::{variant}`], {words}", response.status, names.error));
        }
    }
    lines.push("- and whatever else [`Error`] lists.".to_owned());
    lines.join("\n")
}

fn description(operation: &Operation, names: &OperationNames) -> TokenStream {
    let (name, id, path) = (&names.description, &operation.id, &operation.path);
    let method = Ident::new(operation.method, Span::call_site());
    let parameters = operation.parameters.iter().map(parameters::description);
    let body = match &operation.body {
        None => quote!(None),
        Some(body) => {
            let (media_type, required) = (&body.media_type, body.required);
            quote!(Some(operation::Body { media_type: #media_type, required: #required }))
        }
    };
    let accept = operation.responses.iter().find_map(|response| response.media_type.as_ref());
    let accept = match accept {
        Some(accept) => quote!(Some(#accept)),
        None => quote!(None),
    };
    let security = operation.security.iter().map(|schemes| quote!(&[#(#schemes),*]));
    let retry = operation.responses.iter().flat_map(|response| {
        response.retry_when.iter().filter_map(|(property, values)| match response.status {
            crate::ir::Status::Code(code) => {
                let code = proc_macro2::Literal::u16_unsuffixed(code);
                Some(quote!(operation::RetryWhen { status: #code, property: #property, values: &[#(#values),*] }))
            }
            _ => None,
        })
    });
    quote! {
        static #name: Operation = Operation {
            id: #id,
            method: Method::#method,
            path: #path,
            parameters: &[#(#parameters),*],
            body: #body,
            accept: #accept,
            security: &[#(#security),*],
            retry: operation::Retry { when: &[#(#retry),*] },
        };
    }
}

fn builder(context: Context<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let (builder, parameters) = (&names.builder, &names.parameters);
    let docs = format!(
        " A call of `{} {}`, from [`Client::{}`].",
        operation.method, operation.path, names.method
    );
    let body = operation.body.as_ref().map(|body| {
        let ty = context.ty(&body.ty, From::Client);
        quote!(body: Option<#ty>,)
    });
    let setters = setters(context, operation, names);
    let (success, error) = (success(context, operation, names), &names.error);
    let description = &names.description;
    let request = match operation.body {
        Some(_) => quote!(self.body.as_ref().map(|body| body as _)),
        None => quote!(None),
    };
    quote! {
        #[doc = #docs]
        #[derive(Clone, Debug)]
        #[must_use = "a call does nothing until it is sent"]
        pub struct #builder {
            core: Core,
            parameters: #parameters,
            #body
            options: CallOptions,
        }

        impl #builder {
            #setters

            #[doc = " Sets what is to be done otherwise than the client does it."]
            #[inline]
            pub fn options(mut self, options: CallOptions) -> Self {
                self.options = options;
                self
            }

            #[doc = " Sends the request, after it has been validated."]
            #[inline]
            pub fn send(self) -> Pending<#success, #error> {
                self.core.send(self.prepare())
            }

            #[doc = " Sends the request and waits for the response, without async."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = " Those of [`Self::send`]."]
            #[cfg(feature = "blocking")]
            #[inline]
            pub fn send_blocking(self) -> Result<#success, Error<#error>> {
                self.core.send_blocking(self.prepare())
            }

            #[doc = " The request that would be sent, with its secrets redacted."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = " What the request violates; then nothing would be sent."]
            #[inline]
            pub fn dry_run(&self) -> Result<RequestPreview, Violations> {
                let body = #request;
                self.core.preview(&#description, &self.parameters, body, &self.options)
            }

            #[inline]
            fn prepare(&self) -> PreparedRequest {
                let body = #request;
                self.core.prepare(&#description, &self.parameters, body, self.options.clone())
            }
        }

        impl IntoFuture for #builder {
            type Output = Result<#success, Error<#error>>;
            type IntoFuture = Pending<#success, #error>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }
    }
}

fn success(context: Context<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let body = match operation.success() {
        Success::Empty => quote!(()),
        Success::Body(ty) => context.ty(&ty, From::Client),
        Success::Maybe(ty) => {
            let ty = context.ty(&ty, From::Client);
            quote!(Option<#ty>)
        }
    };
    if operation.success_headers().is_empty() {
        quote!(Response<#body>)
    } else {
        let headers = &names.headers;
        quote!(Response<#body, #headers>)
    }
}

fn setters(context: Context<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let body = operation.body.as_ref().map(|body| {
        let mut docs = Docs::default();
        docs.description(body.description.as_deref());
        if docs.is_empty() {
            docs.own("The body of the request.");
        }
        let docs = docs.tokens();
        let ty = context.ty(&body.ty, From::Client);
        quote! {
            #docs
            #[inline]
            pub fn body(mut self, body: #ty) -> Self {
                self.body = Some(body);
                self
            }
        }
    });
    let all = names.fields.iter().zip(&operation.parameters);
    let optional = all.filter(|(_, parameter)| parameter.field.presence == Presence::Optional);
    let setters = optional.map(|(ident, parameter)| {
        let docs = docs::field(&parameter.field).tokens();
        let argument = context.argument(&parameter.field, Boxed::No, From::Client);
        let ty = argument.ty;
        let value = if argument.into { quote!(#ident.into()) } else { quote!(#ident) };
        quote! {
            #docs
            #[inline]
            pub fn #ident(mut self, #ident: #ty) -> Self {
                self.parameters.#ident = Some(#value);
                self
            }
        }
    });
    quote!(#body #(#setters)*)
}
