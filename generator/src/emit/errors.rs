//! The enum of an operation's documented errors.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::docs::{Docs, method_link};
use super::imports::Imports;
use super::types::names_model;
use super::{Context, File};
use crate::ir::{Content, Operation, Response, Status};
use crate::names::OperationNames;

/// The errors of operation `index`: an enum, or another name for one that several operations have;
/// that one too, unless it stands in the file of those that several tags have.
pub(super) fn emit(
    context: Context<'_>,
    index: usize,
    operation: &Operation,
    names: &OperationNames,
) -> TokenStream {
    let docs = format!("The errors that the document lists for {}.", method_link(names));
    let name = &names.error;
    let Some((first, shared)) = shared(context, index) else {
        return enumeration(context, index, operation, name, docs);
    };
    let docs = Docs::new(docs).tokens();
    let own = (first == index && !context.facts.errors.is_apart(first))
        .then(|| shared_enumeration(context, index, operation, shared));
    quote!(#docs pub type #name = #shared; #own)
}

/// The errors of operation `index` where several have them: the first of these, and their name.
fn shared(context: Context<'_>, index: usize) -> Option<(usize, &Ident)> {
    let first = context.facts.errors.first(index)?;
    Some((first, context.names.errors(first)?))
}

/// Whether the enum of the errors of operation `index` stands beside it.
pub(super) fn stand_here(context: Context<'_>, index: usize) -> bool {
    let shared = &context.facts.errors;
    shared.first(index).is_none_or(|first| first == index && !shared.is_apart(first))
}

/// The file of the errors that operations of several tags have, if there are any.
pub(super) fn file(context: Context<'_>) -> Option<File> {
    let mut imports = Imports::elsewhere();
    imports.add("http", &["StatusCode"]);
    imports.add("crate::runtime::error", &["ErrorBody"]);
    imports.add("crate::runtime::response", &["RawBody", "RawBytes"]);
    let mut enums = Vec::new();
    for index in context.facts.errors.apart() {
        let operation = context.api.operations.get(index)?;
        for content in operation.errors().filter_map(|(_, response)| response.body.as_ref()) {
            let ty = content.ty();
            ty.into_iter().for_each(|ty| imports.ty(ty));
            if ty.is_some_and(names_model) {
                imports.add("super::super::models", &[""]);
            }
        }
        enums.push(shared_enumeration(context, index, operation, context.names.errors(index)?));
    }
    let docs = Docs::new("Errors that operations of several tags have.").inner_tokens();
    let imports = imports.tokens();
    let tokens = quote!(#docs #imports #(#enums)*);
    (!enums.is_empty()).then(|| File { path: "client/errors.rs".to_owned(), tokens })
}

/// The names of the errors of some operations that stand in that file.
pub(super) fn apart<'a>(context: Context<'a>, indices: &[usize]) -> BTreeSet<&'a Ident> {
    let shared = indices.iter().filter_map(|index| shared(context, *index));
    shared.filter(|(first, _)| context.facts.errors.is_apart(*first)).map(|(_, it)| it).collect()
}

/// The enum of errors that operation `first` has in common with others.
fn shared_enumeration(
    context: Context<'_>,
    first: usize,
    operation: &Operation,
    name: &Ident,
) -> TokenStream {
    let errors = operation.errors_by_status().into_iter();
    let statuses: Vec<String> = errors.map(|(_, response)| response.status.to_string()).collect();
    let listed = match statuses.split_last() {
        None => "none".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    };
    let docs = format!("The errors of operations for which the document lists {listed}.");
    enumeration(context, first, operation, name, docs)
}

/// The enum, and how it is made of a response.
fn enumeration(
    context: Context<'_>,
    index: usize,
    operation: &Operation,
    name: &Ident,
    docs: String,
) -> TokenStream {
    let docs = Docs::new(docs).tokens();
    let names = context.names.operations.get(index);
    let cases = names.map(|names| cases(operation, names)).unwrap_or_default();
    let variants = cases.iter().map(|(ident, response)| {
        let words = described_alike(context, index, response).then_some(&*response.description);
        variant(context, ident, response, words)
    });
    let decode = decode(&cases);
    quote! {
        #docs
        #[derive(Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #[doc = " A status that is not listed, or a body that is not what is documented for it."]
            Other {
                #[doc = " The body as it came."]
                body: RawBytes,
            },
        }

        impl ErrorBody for #name {
            #decode
        }
    }
}

/// Whether all operations with the errors of operation `index` say the same of a response.
fn described_alike(context: Context<'_>, index: usize, response: &Response) -> bool {
    let members = context.facts.errors.members_of(index).iter();
    let operations = members.filter_map(|member| context.api.operations.get(*member));
    let mut same = operations.flat_map(|operation| {
        operation.errors().filter(|(_, other)| other.status == response.status)
    });
    same.all(|(_, other)| other.description == response.description)
}

/// The variant for a response, and what the document says of it.
pub(super) fn variant(
    context: Context<'_>,
    ident: &Ident,
    response: &Response,
    description: Option<&str>,
) -> TokenStream {
    let mut docs = Docs::new(format!("Status {}.", response.status));
    let docs = docs.description(description).tokens();
    match &response.body {
        Some(content) => {
            let ty = context.received(content);
            quote!(#docs #ident(#ty))
        }
        None => quote!(#docs #ident),
    }
}

/// The statuses that a response belongs to, among others. Those of a range go without the ones that
/// are listed themselves: clippy finds fault with arms that overlap.
pub(super) fn pattern(status: Status, cases: &[(&Ident, &Response)]) -> TokenStream {
    match status {
        Status::Code(code) => span(code, code),
        Status::Range(digit) => {
            let is_listed =
                |code: &u16| cases.iter().any(|(_, it)| it.status == Status::Code(*code));
            let mut spans: Vec<(u16, u16)> = Vec::new();
            for code in (digit * 100..=digit * 100 + 99).filter(|code| !is_listed(code)) {
                match spans.last_mut() {
                    Some((_, last)) if *last + 1 == code => *last = code,
                    _ => spans.push((code, code)),
                }
            }
            let spans = spans.into_iter().map(|(first, last)| span(first, last));
            quote!(#(#spans)|*)
        }
        Status::Default => quote!(_),
    }
}

/// The statuses from one to another.
fn span(first: u16, last: u16) -> TokenStream {
    let (low, high) = (Literal::u16_unsuffixed(first), Literal::u16_unsuffixed(last));
    if first == last { quote!(#low) } else { quote!(#low..=#high) }
}

/// The errors, exact statuses before ranges, and those before `default`.
fn cases<'a>(
    operation: &'a Operation,
    names: &'a OperationNames,
) -> Vec<(&'a Ident, &'a Response)> {
    let errors = operation.errors_by_status().into_iter();
    errors.filter_map(|(index, response)| Some((names.statuses.get(index)?, response))).collect()
}

fn decode(cases: &[(&Ident, &Response)]) -> TokenStream {
    let arms = cases.iter().filter_map(|(ident, response)| {
        let (pattern, made) = (pattern(response.status, cases), made(ident, response));
        (!pattern.is_empty()).then(|| quote!(#pattern => #made))
    });
    let has_default = cases.iter().any(|(_, response)| response.status == Status::Default);
    let other = (!has_default).then(|| quote!(_ => None,));
    if cases.is_empty() {
        return quote! {
            #[inline]
            fn decode(_status: StatusCode, body: &RawBody<'_>) -> Self {
                Self::Other { body: body.raw() }
            }
        };
    }
    // A single variant that takes whatever comes needs no other to fall back on.
    if let [
        (
            ident,
            Response {
                status: Status::Default, body: body @ (None | Some(Content::Bytes)), ..
            },
        ),
    ] = cases
    {
        let (name, value) = match body {
            None => (quote!(_body), quote!(Self::#ident)),
            Some(_) => (quote!(body), quote!(Self::#ident(body.raw()))),
        };
        return quote! {
            #[inline]
            fn decode(_status: StatusCode, #name: &RawBody<'_>) -> Self {
                #value
            }
        };
    }
    let status = if cases.len() == 1 && has_default { quote!(_status) } else { quote!(status) };
    let decoded = if cases.len() == 1 && has_default {
        cases.iter().map(|(ident, response)| made(ident, response)).collect()
    } else {
        quote!(match status.as_u16() { #(#arms,)* #other })
    };
    quote! {
        #[inline]
        fn decode(#status: StatusCode, body: &RawBody<'_>) -> Self {
            let decoded = #decoded;
            match decoded {
                Some(error) => error,
                None => Self::Other { body: body.raw() },
            }
        }
    }
}

/// The variant, if the body is what is documented for it.
fn made(ident: &Ident, response: &Response) -> TokenStream {
    match &response.body {
        Some(Content::Text) => quote!(body.text().map(Self::#ident)),
        Some(Content::Bytes) => quote!(Some(Self::#ident(body.raw()))),
        Some(_) => quote!(body.decode().map(Self::#ident)),
        None => quote!(Some(Self::#ident)),
    }
}
