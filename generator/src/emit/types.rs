//! Types where they are used.

use proc_macro2::TokenStream;
use quote::quote;

use super::outer::Outer;
use super::{Context, formats};
use crate::ir::{Content, Field, Presence, Prim, Shape, TypeRef};

/// Where a type is named: the module of the models, or another one that reaches it by path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    Models,
    /// A module within that of the models.
    Below,
    Client,
}

/// How a caller hands over a value.
pub(super) struct Argument {
    /// The type of the argument.
    pub(super) ty: TokenStream,
    /// Whether it is to be turned into the field's type with `into()`.
    pub(super) into: bool,
}

impl Context<'_> {
    /// A type.
    pub(super) fn ty(&self, ty: &TypeRef, from: From) -> TokenStream {
        match ty {
            TypeRef::Prim(prim) => self.primitive(*prim, from),
            TypeRef::List(item) => {
                let item = self.ty(item, from);
                quote!(Vec<#item>)
            }
            TypeRef::Map(value) => {
                let value = self.ty(value, from);
                let map = self.outer(Outer::BTreeMap, from);
                quote!(#map<String, #value>)
            }
            TypeRef::Nullable(inner) => {
                let inner = self.ty(inner, from);
                quote!(Option<#inner>)
            }
            TypeRef::Tuple(items) => {
                let items = items.iter().map(|item| self.ty(item, from));
                quote!((#(#items,)*))
            }
            TypeRef::Prefixed(items, rest) => {
                let items = items.iter().map(|item| self.ty(item, from));
                let rest = self.ty(rest, from);
                let prefixed = self.outer(Outer::Prefixed, from);
                quote!(#prefixed<(#(Option<#items>,)*), #rest>)
            }
            TypeRef::Named(id) => match (self.names.ty(*id), from) {
                (Some(names), From::Models) => {
                    let name = &names.ident;
                    quote!(#name)
                }
                (Some(names), From::Below) => {
                    let name = &names.ident;
                    quote!(super::#name)
                }
                (Some(names), From::Client) => {
                    let name = &names.ident;
                    quote!(models::#name)
                }
                (None, _) => self.outer(Outer::Value, from),
            },
            TypeRef::Json => self.outer(Outer::Value, from),
        }
    }

    fn primitive(&self, prim: Prim, from: From) -> TokenStream {
        match prim {
            Prim::String => quote!(String),
            Prim::File => self.outer(Outer::FilePart, from),
            Prim::Bool => quote!(bool),
            Prim::I8 => quote!(i8),
            Prim::I16 => quote!(i16),
            Prim::I32 => quote!(i32),
            Prim::I64 => quote!(i64),
            Prim::U8 => quote!(u8),
            Prim::U16 => quote!(u16),
            Prim::U32 => quote!(u32),
            Prim::U64 => quote!(u64),
            Prim::I128 => quote!(i128),
            Prim::F64 => quote!(f64),
            Prim::Uuid => self.outer(Outer::Uuid, from),
            Prim::Text(text) => formats::ty(text, &self.outer(formats::outer(text), from)),
            Prim::Null => self.outer(Outer::Null, from),
        }
    }

    /// The type of the body of a response.
    pub(super) fn received(&self, content: &Content) -> TokenStream {
        match content {
            Content::Json(ty) | Content::Form(ty) | Content::Multipart(ty) => {
                self.ty(ty, From::Client)
            }
            Content::Text => quote!(String),
            Content::Bytes => quote!(RawBytes),
        }
    }

    /// The type of a field: an optional one is an `Option`, one that may also be `null` an
    /// `Option<Option<_>>`.
    pub(super) fn field_ty(&self, field: &Field, boxed: Boxed, from: From) -> TokenStream {
        let inner = self.boxed_ty(&field.ty, boxed, from);
        match field.presence {
            Presence::Required => inner,
            Presence::Optional => quote!(Option<#inner>),
        }
    }

    /// A type, in a box where it needs one.
    pub(super) fn boxed_ty(&self, ty: &TypeRef, boxed: Boxed, from: From) -> TokenStream {
        match (ty, boxed) {
            (TypeRef::Nullable(inner), Boxed::Yes) => {
                let inner = self.boxed_ty(inner, boxed, from);
                quote!(Option<#inner>)
            }
            (_, Boxed::Yes) => {
                let inner = self.ty(ty, from);
                quote!(Box<#inner>)
            }
            (_, Boxed::No) => self.ty(ty, from),
        }
    }

    /// How a value of the field, without the `Option` of an optional one, is handed over.
    pub(super) fn argument(&self, field: &Field, boxed: Boxed, from: From) -> Argument {
        let ty = self.boxed_ty(&field.ty, boxed, from);
        let into = match &field.ty {
            TypeRef::Prim(Prim::String | Prim::File) | TypeRef::Nullable(_) | TypeRef::Json => true,
            TypeRef::Named(_) => boxed == Boxed::Yes || self.is_text(&field.ty),
            _ => false,
        };
        Argument { ty: if into { quote!(impl Into<#ty>) } else { ty }, into }
    }

    /// Whether a named type is another name of `String`, or of what is made of one.
    fn is_text(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Prim(prim) => matches!(prim, Prim::String | Prim::File),
            TypeRef::Named(id) => match self.api.ty(*id).map(|def| &def.shape) {
                Some(Shape::Alias(inner)) => self.is_text(inner),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether a field or variant is boxed.
    pub(super) fn boxed(&self, id: crate::ir::TypeId, index: usize) -> Boxed {
        if self.facts.boxes.needs(id, index) { Boxed::Yes } else { Boxed::No }
    }
}

/// Whether a value stands behind a `Box`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Boxed {
    Yes,
    No,
}

/// Whether a type names one of the document's.
pub(super) fn names_model(ty: &TypeRef) -> bool {
    let mut any = false;
    ty.each_id(&mut |_| any = true);
    any
}
