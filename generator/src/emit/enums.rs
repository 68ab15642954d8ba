//! Enums of strings.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Docs;
use super::markdown::code;
use super::structs::type_docs;
use crate::ir::{Enum, TypeDef};
use crate::names::TypeNames;

/// The enum of a schema.
pub(super) fn emit(def: &TypeDef, list: &Enum, names: &TypeNames) -> TokenStream {
    let docs = type_docs(def, names).tokens();
    let (name, variants) = (&names.ident, &names.members);
    let values = list.values.iter().map(|value| value.value.as_str()).collect::<Vec<_>>();
    let variant_docs = list.values.iter().map(|value| {
        let mut docs = Docs::default();
        docs.description(value.description.as_deref());
        docs.own(code(&value.value)).tokens()
    });
    let open = list.open.then(|| quote!(, open));
    let deprecated = def.deprecated.then(|| quote!(#[deprecated]));
    quote! {
        #docs
        #deprecated
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum #name {
            #(#variant_docs #variants,)*
            #[doc = " A value that the document does not list, as it came."]
            Unknown(String),
        }

        impl #name {
            #[doc = " The values that the document lists."]
            pub const VALUES: &'static [&'static str] = &[#(#values),*];

            #[doc = " The value as it stands in JSON."]
            #[inline]
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #values,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl From<&str> for #name {
            #[inline]
            fn from(value: &str) -> Self {
                match value {
                    #(#values => Self::#variants,)*
                    _ => Self::Unknown(value.to_owned()),
                }
            }
        }

        unions::string_enum!(#name #open);
    }
}
