//! The file of the models.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::structs::type_docs;
use super::types::From;
use super::{Context, enums, structs, unions};
use crate::ir::{Shape, TypeDef, TypeId};
use crate::names::TypeNames;

/// The models of an API.
pub(super) fn emit(context: Context<'_>) -> TokenStream {
    let types = context.api.types.iter().zip(&context.names.types).enumerate();
    let items = types.map(|(index, (def, names))| item(context, TypeId(index), def, names));
    let mut imports = Imports::default();
    context.api.types.iter().for_each(|def| imports.shape(&def.shape));
    let imports = imports.tokens();
    let docs = format!(" The models of {}.", context.api.title);
    quote! {
        #![doc = #docs]
        #imports
        #(#items)*
    }
}

fn item(context: Context<'_>, id: TypeId, def: &TypeDef, names: &TypeNames) -> TokenStream {
    match &def.shape {
        Shape::Struct(object) => structs::emit(context, id, def, object, names),
        Shape::Enum(list) => enums::emit(def, list, names),
        Shape::Union(union) => unions::emit(context, id, def, union, names),
        Shape::Alias(ty) => {
            let (docs, name) = (type_docs(def, names).tokens(), &names.ident);
            let ty = context.ty(ty, From::Models);
            quote!(#docs pub type #name = #ty;)
        }
    }
}
