//! The file of the models.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::titled;
use super::imports::Imports;
use super::structs::type_docs;
use super::types::From;
use super::{Context, File, Part, enums, newtypes, schemas, structs, unions, webhooks};
use crate::ir::{Shape, TypeDef, TypeId};
use crate::names::TypeNames;

/// The models of an API: one file, or one for each group of the layout.
pub(super) fn files(context: Context<'_>) -> Vec<File> {
    let docs = format!(" The models of {}.", titled(&context.api.title));
    let docs = quote!(#![doc = #docs]);
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
    let mut imports = Imports::default();
    defs().for_each(|(_, def, _)| imports.def(def));
    if part.is_some() && defs().any(|(_, def, _)| reaches_out(def, ids)) {
        // What other groups hold is shown by the root of the models.
        imports.add("super", &["*"]);
    }
    if part.is_some() {
        imports.add_schemas("super::schemas");
    }
    let imports = imports.tokens();
    quote!(#imports #(#items)*)
}

/// Whether a type is made of one that stands in another group.
fn reaches_out(def: &TypeDef, ids: &[TypeId]) -> bool {
    let mut out = false;
    def.each_id(&mut |id| out |= ids.binary_search(&id).is_err());
    out
}

fn item(context: Context<'_>, id: TypeId, def: &TypeDef, names: &TypeNames) -> TokenStream {
    match &def.shape {
        Shape::Struct(object) => structs::emit(context, id, def, object, names),
        Shape::Enum(list) => enums::emit(def, list, names),
        Shape::Union(union) => unions::emit(context, id, def, union, names),
        Shape::Newtype(ty) => newtypes::emit(context, def, ty, names),
        Shape::Alias(ty) => {
            let (docs, name) = (type_docs(def, names).tokens(), &names.ident);
            let ty = context.ty(ty, From::Models);
            quote!(#docs pub type #name = #ty;)
        }
    }
}
