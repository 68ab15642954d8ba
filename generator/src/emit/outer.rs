//! Types that stand in signatures and are not the document's.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::Context;
use super::types::From;
use crate::names::Names;

/// A type of another crate, or of the runtime. It goes by its short name, unless a type of the
/// document has that: a document's names are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outer {
    BTreeMap,
    Base64,
    FilePart,
    Null,
    Prefixed,
    Spelled,
    UnknownFields,
    Uuid,
    Value,
}

impl Outer {
    /// The module that the type stands in, and its name.
    pub(super) fn path(self) -> (&'static str, &'static str) {
        match self {
            Self::BTreeMap => ("std::collections", "BTreeMap"),
            Self::Base64 => ("crate::formats", "Base64"),
            Self::FilePart => ("crate::runtime::multipart", "FilePart"),
            Self::Null => ("crate::runtime::tuples", "Null"),
            Self::Prefixed => ("crate::runtime::tuples", "Prefixed"),
            Self::Spelled => ("crate::formats", "Spelled"),
            Self::UnknownFields => ("crate::runtime::unknown", "UnknownFields"),
            Self::Uuid => ("uuid", "Uuid"),
            Self::Value => ("serde_json", "Value"),
        }
    }

    /// Whether the short name is to be had among the models.
    pub(super) fn is_free(self, names: &Names) -> bool {
        !names.is_type(self.path().1)
    }
}

impl Context<'_> {
    /// The type, by the name that it has there.
    pub(super) fn outer(&self, outer: Outer, from: From) -> TokenStream {
        let (module, name) = outer.path();
        let ident = Ident::new(name, Span::call_site());
        if from != From::Models || outer.is_free(self.names) {
            return quote!(#ident);
        }
        let segments = module.split("::").map(|segment| match segment {
            "crate" => quote!(crate),
            segment => {
                let ident = Ident::new(segment, Span::call_site());
                quote!(#ident)
            }
        });
        quote!(#(#segments::)* #ident)
    }
}
