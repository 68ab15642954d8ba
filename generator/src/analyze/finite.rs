//! Which types have a value that ends: decoding starts from one.

use std::collections::BTreeSet;

use crate::ir::{Api, Presence, Select, Shape, TypeId, TypeRef};

/// The types with a finite value.
#[derive(Debug, Default)]
pub struct Finite(BTreeSet<TypeId>);

impl Finite {
    /// Whether a type has a finite value.
    pub fn has(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Named(id) => self.0.contains(id),
            _ => true,
        }
    }

    /// Adds types until no more can be: those whose required parts have been added.
    pub(super) fn of(api: &Api) -> Self {
        let mut finite = Self::default();
        loop {
            let before = finite.0.len();
            for (index, def) in api.types.iter().enumerate() {
                if finite.is_finite(&def.shape) {
                    finite.0.insert(TypeId(index));
                }
            }
            if finite.0.len() == before {
                return finite;
            }
        }
    }

    fn is_finite(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Struct(object) => {
                let mut required =
                    object.fields.iter().filter(|field| field.presence == Presence::Required);
                required.all(|field| self.has(&field.ty))
            }
            Shape::Enum(_) => true,
            // A tagged union begins as the variant that keeps anything.
            Shape::Union(union) => match union.select {
                Select::Tag(_) => true,
                Select::Structure => union.variants.iter().any(|variant| self.has(&variant.ty)),
            },
            Shape::Alias(ty) => self.has(ty),
        }
    }
}
