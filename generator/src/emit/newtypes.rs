//! Lists, maps and tuples that hold themselves: types of their own, for an alias may not.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::rules::Rules;
use super::structs::type_docs;
use super::types::{Boxed, From};
use crate::ir::{TypeDef, TypeId, TypeRef};
use crate::names::TypeNames;

/// The struct around a type.
pub(super) fn emit(
    context: Context<'_>,
    id: TypeId,
    def: &TypeDef,
    ty: &TypeRef,
    names: &TypeNames,
) -> TokenStream {
    let (docs, name) = (type_docs(def, names).tokens(), &names.ident);
    let boxed = context.boxed(id, 0);
    let (held, from) = (context.boxed_ty(ty, boxed, From::Models), context.ty(ty, From::Models));
    // Who has a value need not know of the box, unless there may be none.
    let (from, inner) = match (boxed, ty) {
        (Boxed::No, _) => (&from, quote!(inner)),
        (Boxed::Yes, TypeRef::Nullable(_)) => (&held, quote!(inner)),
        (Boxed::Yes, _) => (&from, quote!(Box::new(inner))),
    };
    // The items of a tuple must all be there, and may be models that ask for arguments.
    let default = (!matches!(ty, TypeRef::Tuple(_))).then(|| quote!(, Default));
    let mut rules = Rules::new(context);
    let listed = rules.list(&def.rules);
    let patterns = rules.patterns();
    let rules = (!def.rules.is_empty()).then(|| match patterns.is_empty() {
        true => quote!(, #listed),
        false => quote!(, { #patterns #listed }),
    });
    quote! {
        #docs
        #[derive(Clone #default)]
        pub struct #name(pub #held);

        impl From<#from> for #name {
            #[inline]
            fn from(inner: #from) -> Self {
                Self(#inner)
            }
        }

        model::newtype!(#name #rules);
    }
}
