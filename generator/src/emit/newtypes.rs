//! Lists and maps that hold themselves: types of their own, for an alias may not.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::rules::Rules;
use super::structs::type_docs;
use super::types::From;
use crate::ir::{TypeDef, TypeRef};
use crate::names::TypeNames;

/// The struct around a type.
pub(super) fn emit(
    context: Context<'_>,
    def: &TypeDef,
    ty: &TypeRef,
    names: &TypeNames,
) -> TokenStream {
    let (docs, name) = (type_docs(def, names).tokens(), &names.ident);
    let ty = context.ty(ty, From::Models);
    let mut rules = Rules::new(context);
    let listed = rules.list(&def.rules);
    let patterns = rules.patterns();
    let rules = (!def.rules.is_empty()).then(|| match patterns.is_empty() {
        true => quote!(, #listed),
        false => quote!(, { #patterns #listed }),
    });
    quote! {
        #docs
        #[derive(Clone, Default)]
        pub struct #name(pub #ty);

        impl From<#ty> for #name {
            #[inline]
            fn from(inner: #ty) -> Self {
                Self(inner)
            }
        }

        model::newtype!(#name #rules);
    }
}
