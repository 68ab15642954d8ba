//! Where a `Box` goes: a struct that holds itself without a list or a map between has no size.

use std::collections::BTreeSet;

use crate::ir::{Api, Shape, TypeId, TypeRef, opened};

/// The fields and variants whose value needs a box, by type and index.
#[derive(Debug, Default)]
pub struct Boxes(BTreeSet<(TypeId, usize)>);

impl Boxes {
    /// Whether field or variant `index` of a type needs a box.
    pub fn needs(&self, id: TypeId, index: usize) -> bool {
        self.0.contains(&(id, index))
    }

    /// Finds the fields that hold a type from which their own type can be reached in place, past no
    /// box that stands before them.
    pub(super) fn of(api: &Api) -> Self {
        let parts: Vec<Vec<(usize, TypeId)>> =
            api.types.iter().map(|def| parts(&def.shape)).collect();
        let ids = |parts: &Vec<(usize, TypeId)>| parts.iter().map(|(_, part)| part.0).collect();
        let held = parts.iter().map(ids).collect();
        let mut boxes = BTreeSet::new();
        let rank = |id: &usize| rank(api, *id);
        for (owner, part) in
            opened(held, |ring| ring.iter().copied().min_by_key(rank).unwrap_or_default())
        {
            let parts = parts.get(owner).into_iter().flatten();
            let parts = parts.filter(|(_, id)| id.0 == part);
            boxes.extend(parts.map(|(index, _)| (TypeId(owner), *index)));
        }
        Self(boxes)
    }
}

/// Where a box goes first, of the types of a circle; among equals into the first.
fn rank(api: &Api, id: usize) -> u8 {
    match api.types.get(id).map(|def| &def.shape) {
        // No other type needs a box then for one like this, of which the runtime knows no boxes.
        Some(Shape::Newtype(_)) => 0,
        // Another name for a type is no place for a box: it goes where the name is used.
        Some(Shape::Alias(_)) => 2,
        _ => 1,
    }
}

/// The named types that a type holds in place, with the index of the field or variant.
fn parts(shape: &Shape) -> Vec<(usize, TypeId)> {
    let types: Vec<&TypeRef> = match shape {
        Shape::Struct(object) => object.fields.iter().map(|field| &field.ty).collect(),
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Alias(ty) | Shape::Newtype(ty) => vec![ty],
        Shape::Enum(_) => Vec::new(),
    };
    let types = types.into_iter().enumerate();
    types.flat_map(|(index, ty)| in_place(ty).into_iter().map(move |id| (index, id))).collect()
}

fn in_place(ty: &TypeRef) -> Vec<TypeId> {
    match ty {
        TypeRef::Named(id) => vec![*id],
        TypeRef::Nullable(inner) => in_place(inner),
        TypeRef::Tuple(items) | TypeRef::Prefixed(items, _) => {
            items.iter().flat_map(in_place).collect()
        }
        TypeRef::Prim(_) | TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Json => Vec::new(),
    }
}
