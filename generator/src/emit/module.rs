//! The root of an API's module.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::docs::{Docs, method_link};
use super::markdown;
use super::operation::request;

/// `mod.rs`.
pub(super) fn emit(context: Context<'_>) -> TokenStream {
    let api = context.api;
    let mut docs = Docs::new(markdown::line(&format!("{} {}", api.title, api.version)));
    docs.description(api.description.as_deref());
    docs.own("[`Client`] makes the calls, [`models`] holds what they carry.");
    if let Some(list) = features(&context.names.tag_features).or_else(|| operations(context)) {
        docs.own(list);
    }
    let docs = docs.inner_tokens();
    quote! {
        #docs
        pub mod client;
        pub mod models;

        pub use client::Client;
    }
}

/// The cargo features of an API that is split.
pub(super) fn features(tags: &[String]) -> Option<String> {
    let tags: Vec<_> = tags.iter().map(|tag| format!("`{tag}`")).collect();
    let said = "By default the features of all operations are on (`all-operations`), but not those of \
                what no operation takes or gives (`full`).";
    let list = tags.join(", ");
    (!tags.is_empty()).then(|| {
        format!(
            "A cargo feature for each group of operations compiles what is used: {list}. {said}"
        )
    })
}

/// The operations, each with its method and path.
fn operations(context: Context<'_>) -> Option<String> {
    let operations = context.api.operations.iter().zip(&context.names.operations);
    let lines: Vec<String> = operations
        .map(|(operation, names)| format!("- {}: {}", method_link(names), request(operation)))
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}
