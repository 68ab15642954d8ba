//! The file of the models.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Docs, titled};
use super::imports::Imports;
use super::structs::type_docs;
use super::types::From;
use super::{Context, File, Part, enums, newtypes, schemas, structs, unions, webhooks};
use crate::ir::{Shape, TypeDef, TypeId};
use crate::names::TypeNames;

/// The models of an API: one file, or one for each group of the layout.
pub(super) fn files(context: Context<'_>) -> Vec<File> {
    let docs = format!("The models of {}.", titled(&context.api.title));
    let docs = Docs::new(docs).inner_tokens();
    let webhooks = webhooks::module(context);
    if !context.facts.layout.is_split() {
        let all = (0..context.api.types.len()).map(TypeId).collect::<Vec<_>>();
        let (schemas, tokens) = (schemas::module(context), types(context, &all, None));
        let tokens = quote!(#docs #schemas #webhooks #tokens);
        return vec![File { path: "models.rs".to_owned(), tokens }];
    }
    let parts = || context.parts().filter(|part| !part.group.types.is_empty());
    let shown = parts().map(|part| part.shown());
    let schemas = schemas::module(context);
    let tokens = quote!(#docs #schemas #webhooks #(#shown)*);
    let root = File { path: "models/mod.rs".to_owned(), tokens };
    let groups = parts().map(|part| File {
        path: part.path("models"),
        tokens: types(context, &part.group.types, Some(part)),
    });
    std::iter::once(root).chain(groups).collect()
}

fn types(context: Context<'_>, ids: &[TypeId], part: Option<Part<'_>>) -> TokenStream {
    let defs =
        || ids.iter().filter_map(|id| Some((*id, context.api.ty(*id)?, context.names.ty(*id)?)));
    let items = defs().map(|(id, def, names)| item(context, id, def, names));
    let mut imports = Imports::beside_models(context.names);
    defs().for_each(|(_, def, _)| imports.def(def));
    if part.is_some() {
        imports.add_schemas("super::schemas");
    }
    let (imports, others) = (imports.tokens(), others(context, ids));
    quote!(#imports #others #(#items)*)
}

/// The import of what the types of a group are made of and other groups hold. By name: for globs
/// of everything in every group the compiler takes a second, in a large document.
fn others(context: Context<'_>, ids: &[TypeId]) -> TokenStream {
    let mut others = BTreeSet::new();
    for def in ids.iter().filter_map(|id| context.api.ty(*id)) {
        def.each_id(&mut |id| {
            let other = context.names.ty(id).filter(|_| ids.binary_search(&id).is_err());
            others.extend(other.map(|names| &names.ident));
        });
    }
    let others: Vec<_> = others.into_iter().collect();
    match others.as_slice() {
        [] => TokenStream::new(),
        // The root of the models shows them.
        [other] => quote!(use super::#other;),
        others => quote!(use super::{#(#others),*};),
    }
}

fn item(context: Context<'_>, id: TypeId, def: &TypeDef, names: &TypeNames) -> TokenStream {
    match &def.shape {
        Shape::Struct(object) => structs::emit(context, id, def, object, names),
        Shape::Enum(list) => enums::emit(def, list, names),
        Shape::Union(union) => unions::emit(context, id, def, union, names),
        Shape::Newtype(ty) => newtypes::emit(context, id, def, ty, names),
        Shape::Alias(ty) => {
            let (docs, name) = (type_docs(def, names).tokens(), &names.ident);
            let ty = context.ty(ty, From::Models);
            let deprecated = def.deprecated.then(|| quote!(#[deprecated]));
            quote!(#docs #deprecated pub type #name = #ty;)
        }
    }
}
