//! The struct of the documented headers of an operation's response.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Context;
use super::docs::{self, Docs, method_link};
use super::model::{self, Described, Other};
use super::types::{Boxed, From};
use crate::ir::{Field, Operation};
use crate::names::OperationNames;

/// The headers of operation `index`: a struct, or another name for one of equal headers; nothing
/// where the document describes none.
pub(super) fn emit(
    context: Context<'_>,
    index: usize,
    operation: &Operation,
    names: &OperationNames,
) -> TokenStream {
    let headers = operation.success_headers();
    if headers.is_empty() {
        return TokenStream::new();
    }
    let name = &names.headers;
    let shared = context.facts.headers.get(index).filter(|first| **first != index);
    match shared.and_then(|first| context.names.operations.get(*first)) {
        Some(first) => {
            let same = &first.headers;
            let docs = format!(
                "The documented headers of the response of {}: those of {}.",
                method_link(names),
                method_link(first)
            );
            let docs = Docs::new(docs).tokens();
            quote!(#docs pub type #name = #same;)
        }
        None => structure(context, &headers, names),
    }
}

fn structure(context: Context<'_>, headers: &[&Field], names: &OperationNames) -> TokenStream {
    let name = &names.headers;
    let docs = format!("The documented headers of the response of {}.", method_link(names));
    let docs = Docs::new(docs).tokens();
    let fields: Vec<(&Ident, &Field)> =
        names.header_fields.iter().zip(headers.iter().copied()).collect();
    let members = fields.iter().map(|(ident, field)| {
        let docs = docs::field(field).tokens();
        let ty = context.field_ty(field, Boxed::No, From::Client);
        quote!(#docs pub #ident: #ty)
    });
    let description = model::emit(&Described {
        context,
        name,
        fields: fields.clone(),
        rules: &[],
        rest: Other::None,
    });
    quote! {
        #docs
        #[derive(Clone, Default)]
        pub struct #name {
            #(#members,)*
        }
        #description
    }
}
