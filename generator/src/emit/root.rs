//! The root of the generated crate.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::docs::Docs;
use super::formats::krates;
use super::{markdown, module};
use crate::ir::Text;

/// A module of the crate root and the API behind it.
#[derive(Clone, Debug)]
pub struct Module {
    /// The module, as Rust names it: raw where that is a keyword.
    pub name: String,
    /// The title of the API.
    pub title: String,
    /// The cargo features of its tags, if it is split by them.
    pub features: Vec<String>,
}

impl Module {
    /// The module as its folder and the links of docs are called.
    fn bare(&self) -> &str {
        self.name.trim_start_matches("r#")
    }
}

/// What the root holds.
#[derive(Debug)]
pub struct Root<'a> {
    /// The APIs.
    pub modules: &'a [Module],
    /// Whether the one API stands at the root.
    pub single: bool,
    /// The types that formats became.
    pub texts: &'a BTreeSet<Text>,
    /// The lengths of the arrays whose items have types of their own.
    pub tuples: &'a BTreeSet<usize>,
    /// The `recursion_limit` that the types need, if it is not the usual one.
    pub recursion_limit: Option<usize>,
}

/// `lib.rs` of a crate with a module for each API, or of one with a single API at its root.
pub fn root(root: &Root<'_>) -> TokenStream {
    let Root { modules, single, texts, tuples, recursion_limit } = *root;
    let mut docs = root_docs(modules, single);
    if let Some(limit) = recursion_limit {
        docs.own(nesting(limit));
    }
    let docs = docs.inner_tokens();
    let formats = (!texts.is_empty()).then(|| {
        quote!(
            pub mod formats;
        )
    });
    let krates = krates(texts);
    let krates = krates.iter().map(|krate| Ident::new(krate, Span::call_site()));
    let modules = if single { single_modules() } else { quote!() }
        .into_iter()
        .chain(modules.iter().filter(|_| !single).flat_map(api_module));
    let modules: TokenStream = modules.collect();
    let tuples = tuples.iter().map(|length| tuple(*length));
    let limit = recursion_limit.map(|limit| {
        let limit = limit.to_string();
        // What is tried of the docs is compiled as crates of their own.
        quote!(#![recursion_limit = #limit] #![doc(test(attr(recursion_limit = #limit)))])
    });
    quote! {
        #docs
        #limit
        #![forbid(unsafe_code)]
        #![warn(missing_docs)]
        #![allow(clippy::disallowed_names, reason = "a document may say foo")]
        #![allow(clippy::just_underscores_and_digits, reason = "a document may say 1")]
        #![allow(clippy::large_enum_variant, reason = "as the document has it")]
        #![allow(clippy::self_named_constructors, reason = "a document may say New")]
        #![allow(clippy::should_implement_trait, reason = "a document may say sub")]
        #![allow(clippy::too_many_arguments, reason = "all that is required")]
        #![allow(clippy::type_complexity, reason = "as the document nests")]
        #![allow(confusable_idents, reason = "a document may mix scripts")]
        #![allow(deprecated, reason = "a deprecated type names itself")]
        #![allow(mixed_script_confusables, reason = "a document may say µs")]
        #![allow(uncommon_codepoints, reason = "a document may say nº")]

        #formats
        #modules
        pub mod runtime;

        pub use runtime::call::{Call, Pending};
        pub use runtime::client::{BuildError, ClientBuilder};
        pub use runtime::draft::CallOptions;
        pub use runtime::error::{ApiError, DecodeError, Error};
        pub use runtime::gaps::Incomplete;
        pub use runtime::multipart::FilePart;
        pub use runtime::request::RequestPreview;
        pub use runtime::response::{RawBytes, Response};
        pub use runtime::tuples::{Null, Prefixed};
        pub use runtime::unknown::UnknownFields;
        pub use runtime::validate::{Part, Validate, Violation, Violations};
        pub use runtime::{auth, retry, transport};
        pub use {http, #(#krates,)* uuid};

        #(#tuples)*

        #[cfg(doctest)]
        #[doc = include_str!("../README.md")]
        struct Readme;
    }
}

/// What a user of types that nest deep has to know.
fn nesting(limit: usize) -> String {
    format!(
        "Types of this crate may hold each other deeper than the compiler follows of its own accord. \
         A crate that receives them may need `#![recursion_limit = \"{limit}\"]` at its root as well."
    )
}

/// What makes tuples of a length JSON: crates with none of them need not compile any.
fn tuple(length: usize) -> TokenStream {
    let letters = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L"];
    let items = letters.iter().take(length).enumerate().map(|(index, letter)| {
        let (letter, index) =
            (Ident::new(letter, Span::call_site()), Literal::usize_unsuffixed(index));
        quote!(#letter #index)
    });
    let length = Literal::usize_unsuffixed(length);
    quote!(runtime::tuples::tuple!(#length: #(#items),*);)
}

fn root_docs(modules: &[Module], single: bool) -> Docs {
    let mut docs = Docs::new("Models, validators and clients, generated from OpenAPI documents.");
    if single {
        docs.own("[`Client`] makes the calls, [`models`] holds what they carry.");
        let features = modules.iter().filter_map(|module| module::features(&module.features));
        for features in features {
            docs.own(features);
        }
    } else {
        // With a colon between them, a title of one word would be the target of a link.
        let lines = modules
            .iter()
            .map(|module| format!("- [`{}`], {}", module.bare(), markdown::line(&module.title)));
        docs.own(lines.collect::<Vec<_>>().join("\n"));
    }
    docs.own("What all of them share stands at the root: [`Error`], [`Response`], [`auth`], [`transport`], [`retry`] and [`Validate`].");
    docs
}

fn single_modules() -> TokenStream {
    quote! {
        #[rustfmt::skip]
        pub mod client;
        #[rustfmt::skip]
        pub mod models;

        pub use client::Client;
    }
}

/// rustfmt and the printer disagree in small things; what is generated is printed already.
fn api_module(module: &Module) -> TokenStream {
    let bare = module.bare();
    let name = match bare == module.name {
        true => Ident::new(bare, Span::call_site()),
        false => Ident::new_raw(bare, Span::call_site()),
    };
    // Of a module that is not named in ASCII, rustc does not guess the file.
    let path = (!bare.is_ascii()).then(|| {
        let path = format!("{bare}/mod.rs");
        quote!(#[path = #path])
    });
    quote! {
        #path
        #[rustfmt::skip]
        pub mod #name;
    }
}
