//! Values of the document as Rust expressions.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::Context;
use super::types::From;
use crate::ir::{Prim, Shape, TypeRef};

impl Context<'_> {
    /// The expression that makes `value` of type `ty`, if there is a plain one.
    pub(super) fn literal(&self, value: &Value, ty: &TypeRef, from: From) -> Option<TokenStream> {
        match (ty, value) {
            (TypeRef::Prim(Prim::String), Value::String(text)) => Some(quote!(#text.to_owned())),
            (TypeRef::Prim(Prim::Bool), Value::Bool(value)) => Some(quote!(#value)),
            (
                TypeRef::Prim(Prim::I8 | Prim::I16 | Prim::I32 | Prim::I64),
                Value::Number(number),
            ) => {
                let number = Literal::i64_unsuffixed(number.as_i64()?);
                Some(quote!(#number))
            }
            (TypeRef::Named(id), _) => match &self.api.ty(*id)?.shape {
                Shape::Alias(inner) => self.literal(value, inner, from),
                Shape::Enum(list) => {
                    let index = list
                        .values
                        .iter()
                        .position(|listed| value.as_str() == Some(listed.value.as_str()))?;
                    let variant = self.names.ty(*id)?.members.get(index)?;
                    let ty = self.ty(ty, from);
                    Some(quote!(#ty::#variant))
                }
                _ => None,
            },
            _ => None,
        }
    }
}
