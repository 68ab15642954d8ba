//! Unions that a discriminator tells apart.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::structs::type_docs;
use super::types::{Boxed, From};
use crate::ir::{TypeDef, TypeId, TypeRef, Union};
use crate::names::TypeNames;

/// The enum of a union.
pub(super) fn emit(context: Context<'_>, id: TypeId, def: &TypeDef, union: &Union, names: &TypeNames) -> TokenStream {
    let (name, tag) = (&names.ident, &union.tag.property);
    let mut docs = type_docs(def, names);
    docs.own(format!("Told apart by `{tag}`."));
    let docs = docs.tokens();
    let variants = union.variants.iter().zip(&names.members).enumerate().map(|(index, (variant, ident))| {
        let ty = variant_ty(context, id, index, &variant.ty);
        let words = variant.tags.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>();
        let words = format!(" `{tag}` is {}.", words.join(" or "));
        quote!(#[doc = #words] #ident(#ty))
    });
    let choices = union.variants.iter().zip(&names.members).enumerate().map(|(index, (variant, ident))| {
        let tags = &variant.tags;
        let boxed = context.boxed(id, index);
        let ty = context.ty(&variant.ty, From::Models);
        let value = match boxed {
            Boxed::Yes => quote!(Box::new(<#ty as Slot>::blank())),
            Boxed::No => quote!(<#ty as Slot>::blank()),
        };
        quote!(#(#tags)|* => *self = Self::#ident(#value))
    });
    let idents = &names.members;
    let conversions = conversions(context, id, union, names);
    quote! {
        #docs
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #[doc = " A variant that the document does not list, as it came."]
            Unknown(Value),
        }

        #conversions

        impl Tagged for #name {
            const TAG: &'static str = #tag;

            fn choose(&mut self, tag: &str) -> Option<&mut dyn Slot> {
                match tag {
                    #(#choices,)*
                    _ => return None,
                }
                match self {
                    #(Self::#idents(variant) => Some(variant),)*
                    Self::Unknown(_) => None,
                }
            }

            fn keep(&mut self, value: Value) {
                *self = Self::Unknown(value);
            }

            fn chosen(&self) -> View<'_> {
                match self {
                    #(Self::#idents(variant) => variant.view(),)*
                    Self::Unknown(value) => View::Untagged(value, Self::TAG),
                }
            }
        }

        unions::tagged_union!(#name);
    }
}

fn variant_ty(context: Context<'_>, id: TypeId, index: usize, ty: &TypeRef) -> TokenStream {
    let ty = context.ty(ty, From::Models);
    match context.boxed(id, index) {
        Boxed::Yes => quote!(Box<#ty>),
        Boxed::No => ty,
    }
}

/// `From` for each variant whose type no other variant has.
fn conversions(context: Context<'_>, id: TypeId, union: &Union, names: &TypeNames) -> TokenStream {
    let name = &names.ident;
    let mut conversions = Vec::new();
    for (index, (variant, ident)) in union.variants.iter().zip(&names.members).enumerate() {
        let target = context.api.resolved(&variant.ty);
        let same = union.variants.iter().filter(|other| context.api.resolved(&other.ty) == target);
        // Only a type of this crate is sure to be none that the enum converts from anyway.
        if same.count() > 1 || !matches!(target, TypeRef::Named(_)) {
            continue;
        }
        let ty = context.ty(&variant.ty, From::Models);
        let value = match context.boxed(id, index) {
            Boxed::Yes => quote!(Box::new(variant)),
            Boxed::No => quote!(variant),
        };
        conversions.push(quote! {
            impl From<#ty> for #name {
                #[inline]
                fn from(variant: #ty) -> Self {
                    Self::#ident(#value)
                }
            }
        });
    }
    quote!(#(#conversions)*)
}
