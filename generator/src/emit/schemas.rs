//! The schemas that rules refer to, as statics: one may refer to another, and to itself.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Docs;
use super::imports::Imports;
use super::rules::Rules;
use super::{Context, File};
use crate::ir::{Schema, SchemaId};

/// The file of the schemas, if there are any.
pub(super) fn file(context: Context<'_>) -> Option<File> {
    if !is_needed(context) {
        return None;
    }
    let docs = Docs::new("What schemas ask for to which the rules of others refer.").inner_tokens();
    let mut imports = Imports::default();
    let mut items = Vec::new();
    for id in &context.facts.schemas {
        let Some(schema) = context.api.schemas.get(id.0) else { continue };
        imports.schema(schema);
        items.extend(item(context, *id, schema));
    }
    let imports = imports.tokens();
    // Which of them are used depends on the features.
    let lint = context.facts.layout.is_split().then(
        || quote!(#![allow(dead_code, reason = "some features use none of a document's unions")]),
    );
    let tokens = quote!(#docs #lint #imports #(#items)*);
    Some(File { path: "models/schemas.rs".to_owned(), tokens })
}

/// The module, among the models.
pub(super) fn module(context: Context<'_>) -> TokenStream {
    match is_needed(context) {
        true => quote!(
            pub(crate) mod schemas;
        ),
        false => quote!(),
    }
}

fn is_needed(context: Context<'_>) -> bool {
    !context.facts.schemas.is_empty()
}

fn item(context: Context<'_>, id: SchemaId, schema: &Schema) -> Option<TokenStream> {
    let ident = context.names.schema(id)?;
    let mut rules = Rules::among_schemas(context);
    let list = rules.list(&schema.rules);
    let patterns = rules.patterns();
    let docs = Docs::default().source(&schema.place).tokens();
    let name = &schema.name;
    let value = quote!(Schema { name: #name, rules: #list });
    let value = if patterns.is_empty() { value } else { quote!({ #patterns #value }) };
    Some(quote!(#docs pub(crate) static #ident: Schema = #value;))
}
