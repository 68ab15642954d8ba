//! The schemas that rules refer to, as statics: one may refer to another, and to itself.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Docs;
use super::imports::Imports;
use super::rules::Rules;
use super::{Context, File, Part};
use crate::ir::{Schema, SchemaId};

/// The files of the schemas, if there are any: one, or one for each group of the layout.
pub(super) fn files(context: Context<'_>) -> Vec<File> {
    let docs = Docs::new("What schemas ask for to which the rules of others refer.").inner_tokens();
    if !context.facts.layout.is_split() {
        let all = parts(context).map(|part| statics(context, part, &quote!()));
        let file =
            |tokens| File { path: "models/schemas.rs".to_owned(), tokens: quote!(#docs #tokens) };
        return all.map(file).collect();
    }
    let shown = parts(context).map(|part| {
        let (held, condition, module) = (part.held(), part.condition(), &part.names.module);
        quote!(#held #condition pub(crate) use #module::*;)
    });
    let root = File { path: "models/schemas/mod.rs".to_owned(), tokens: quote!(#docs #(#shown)*) };
    let groups = parts(context).map(|part| File {
        path: part.path("models/schemas"),
        tokens: statics(context, part, &quote!(super::)),
    });
    let root = is_needed(context).then_some(root);
    root.into_iter().chain(groups).collect()
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
    parts(context).next().is_some()
}

fn parts<'a>(context: Context<'a>) -> impl Iterator<Item = Part<'a>> {
    context.parts().filter(|part| !part.group.schemas.is_empty())
}

/// The statics of a group, which refer to others by a path.
fn statics(context: Context<'_>, part: Part<'_>, path: &TokenStream) -> TokenStream {
    let mut imports = Imports::elsewhere();
    let mut items = Vec::new();
    for id in &part.group.schemas {
        let Some(schema) = context.api.schemas.get(id.0) else { continue };
        imports.schema(schema);
        items.extend(item(context, *id, schema, path));
    }
    let imports = imports.tokens();
    // Which of them are used depends on the features.
    let lint = (context.facts.layout.is_split() && part.condition().is_none()).then(
        || quote!(#![allow(dead_code, reason = "some features use none of a document's unions")]),
    );
    quote!(#lint #imports #(#items)*)
}

fn item(
    context: Context<'_>,
    id: SchemaId,
    schema: &Schema,
    path: &TokenStream,
) -> Option<TokenStream> {
    let ident = context.names.schema(id)?;
    let mut rules = Rules::among_schemas(context, path);
    let list = rules.list(&schema.rules);
    let patterns = rules.patterns();
    let docs = Docs::default().source(&schema.place).tokens();
    let name = &schema.name;
    let value = quote!(rules::Schema { name: #name, rules: #list });
    let value = if patterns.is_empty() { value } else { quote!({ #patterns #value }) };
    Some(quote!(#docs pub(crate) static #ident: rules::Schema = #value;))
}
