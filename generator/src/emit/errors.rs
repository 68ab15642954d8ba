//! The enum of an operation's documented errors.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::docs::{Docs, method_link};
use super::imports::Imports;
use super::types::names_model;
use super::{Context, File};
use crate::ir::{Content, Operation, Response, Status};
use crate::names::{OperationNames, bare};

/// The errors of operation `index`: an enum, or another name for one of equal errors; nothing where
/// the enum stands in the file of those that several tags have.
pub(super) fn emit(
    context: Context<'_>,
    index: usize,
    operation: &Operation,
    names: &OperationNames,
) -> TokenStream {
    if stand_here(context, index) {
        let docs = format!("The errors that the document lists for {}.", method_link(names));
        return enumeration(context, operation, names, docs);
    }
    let first = Some(context.facts.errors.first(index)).filter(|first| *first != index);
    let Some(first) = first.and_then(|first| context.names.operations.get(first)) else {
        return TokenStream::new();
    };
    let (name, error) = (&names.error, &first.error);
    let (method, first) = (method_link(names), bare(&first.method));
    let docs = format!("The errors of {method}: those of `Client::{first}`.");
    let docs = Docs::new(docs).tokens();
    quote!(#docs pub type #name = #error;)
}

/// Whether the enum of the errors of operation `index` stands beside it.
pub(super) fn stand_here(context: Context<'_>, index: usize) -> bool {
    let shared = &context.facts.errors;
    shared.first(index) == index && !shared.is_apart(index)
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
        let names = context.names.operations.get(index)?;
        for content in operation.errors().filter_map(|(_, response)| response.body.as_ref()) {
            let ty = content.ty();
            ty.into_iter().for_each(|ty| imports.ty(ty));
            if ty.is_some_and(names_model) {
                imports.add("super::super::models", &[""]);
            }
        }
        let docs = format!(
            "The errors that the document lists for `Client::{}`, and for operations of other tags.",
            bare(&names.method)
        );
        enums.push(enumeration(context, operation, names, docs));
    }
    let docs = Docs::new("Errors that operations of several tags have.").inner_tokens();
    let imports = imports.tokens();
    let tokens = quote!(#docs #imports #(#enums)*);
    (!enums.is_empty()).then(|| File { path: "client/errors.rs".to_owned(), tokens })
}

/// The names of the errors of some operations that stand in that file.
pub(super) fn apart<'a>(context: Context<'a>, indices: &[usize]) -> BTreeSet<&'a Ident> {
    let shared = &context.facts.errors;
    let firsts = indices.iter().map(|index| shared.first(*index));
    let names = firsts.filter(|first| shared.is_apart(*first));
    names.filter_map(|first| context.names.operations.get(first)).map(|it| &it.error).collect()
}

/// The enum, and how it is made of a response.
fn enumeration(
    context: Context<'_>,
    operation: &Operation,
    names: &OperationNames,
    docs: String,
) -> TokenStream {
    let (name, docs) = (&names.error, Docs::new(docs).tokens());
    let cases = cases(operation, names);
    let variants = cases.iter().map(|(ident, response)| variant(context, ident, response));
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

/// The variant for a response.
pub(super) fn variant(context: Context<'_>, ident: &Ident, response: &Response) -> TokenStream {
    let mut docs = Docs::new(format!("Status {}.", response.status));
    let docs = docs.description(Some(&response.description)).tokens();
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
    let errors = operation
        .errors()
        .filter_map(|(index, response)| Some((names.statuses.get(index)?, response)));
    let mut cases: Vec<_> = errors.collect();
    cases.sort_by_key(|(_, response)| match response.status {
        Status::Code(code) => (0, code),
        Status::Range(digit) => (1, digit),
        Status::Default => (2, 0),
    });
    cases
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
