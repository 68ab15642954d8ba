//! The enum of an operation's successes, where they differ by status.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Context;
use super::docs::{Docs, method_link};
use super::errors::{pattern, variant};
use crate::ir::{Content, Operation, Response, Status, Success};
use crate::names::OperationNames;

/// The type of the body of a success.
pub(super) fn body(
    context: Context<'_>,
    operation: &Operation,
    names: &OperationNames,
) -> TokenStream {
    match operation.success() {
        Success::Empty => quote!(()),
        Success::Body(content) | Success::Maybe(content @ Content::Bytes) => {
            context.received(&content)
        }
        Success::Maybe(content) => {
            let ty = context.received(&content);
            quote!(Option<#ty>)
        }
        Success::ByStatus => {
            let name = &names.success;
            quote!(#name)
        }
    }
}

/// The enum, and how it is made of a response; nothing where one type is enough.
pub(super) fn emit(
    context: Context<'_>,
    operation: &Operation,
    names: &OperationNames,
) -> TokenStream {
    if operation.success() != Success::ByStatus {
        return TokenStream::new();
    }
    let name = &names.success;
    let docs = Docs::new(format!("What {} gives, by status.", method_link(names))).tokens();
    let cases = cases(operation, names);
    let variants = cases
        .iter()
        .map(|(ident, response)| variant(context, ident, response, Some(&response.description)));
    let arms = cases.iter().filter_map(|(ident, response)| {
        let pattern = pattern(response.status, &cases);
        let made = match &response.body {
            Some(Content::Text) => quote!(body.read_text().map(Self::#ident)),
            Some(Content::Bytes) => quote!(RawBytes::read(status, body).map(Self::#ident)),
            Some(_) => quote!(body.read().map(Self::#ident)),
            None => quote!(Ok(Self::#ident)),
        };
        (!pattern.is_empty()).then(|| quote!(#pattern => #made))
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #[doc = " A status that is not listed."]
            Other {
                #[doc = " The body as it came."]
                body: RawBytes,
            },
        }

        impl ResponseBody for #name {
            #[inline]
            fn read(status: StatusCode, body: &RawBody<'_>) -> Result<Self, Mismatch> {
                match status.as_u16() {
                    #(#arms,)*
                    _ => Ok(Self::Other { body: body.raw() }),
                }
            }
        }
    }
}

/// The successes, exact statuses before ranges.
fn cases<'a>(
    operation: &'a Operation,
    names: &'a OperationNames,
) -> Vec<(&'a Ident, &'a Response)> {
    let successes = operation.successes().into_iter();
    let mut cases: Vec<_> = successes
        .filter_map(|(index, response)| Some((names.statuses.get(index)?, response)))
        .collect();
    cases.sort_by_key(|(_, response)| !matches!(response.status, Status::Code(_)));
    cases
}
