//! Where a `Box` goes: a struct that holds itself without a list or a map between has no size.

use std::collections::BTreeSet;

use crate::ir::{Api, Shape, TypeId, TypeRef};

/// The fields and variants whose value needs a box, by type and index.
#[derive(Debug, Default)]
pub struct Boxes(BTreeSet<(TypeId, usize)>);

impl Boxes {
    /// Whether field or variant `index` of a type needs a box.
    pub fn needs(&self, id: TypeId, index: usize) -> bool {
        self.0.contains(&(id, index))
    }

    /// Finds the fields that hold a type from which their own type can be reached in place.
    pub(super) fn of(api: &Api) -> Self {
        let held: Vec<Vec<(usize, TypeId)>> =
            api.types.iter().map(|def| parts(&def.shape)).collect();
        let circular = circular(&held);
        let mut boxes = Self::default();
        // Another name for a type is no place for a box: it goes where the name is used.
        let holds = |id: &usize| {
            api.types.get(*id).is_some_and(|def| !matches!(def.shape, Shape::Alias(_)))
        };
        let owners = held.iter().enumerate().filter(|(owner, _)| holds(owner));
        for (owner, parts) in owners.filter(|(owner, _)| circular.contains(&TypeId(*owner))) {
            for (index, part) in parts {
                if reaches(&held, *part, TypeId(owner), &boxes) {
                    boxes.0.insert((TypeId(owner), *index));
                }
            }
        }
        boxes
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

/// The types that hold themselves or a type that does: what is left when, again and again, those are
/// taken away that hold none of the others.
fn circular(held: &[Vec<(usize, TypeId)>]) -> BTreeSet<TypeId> {
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); held.len()];
    for (owner, parts) in held.iter().enumerate() {
        for (_, part) in parts {
            if let Some(holders) = holders.get_mut(part.0) {
                holders.push(owner);
            }
        }
    }
    let mut left: Vec<usize> = held.iter().map(Vec::len).collect();
    let mut open: Vec<usize> = (0..held.len()).filter(|id| left.get(*id) == Some(&0)).collect();
    let mut circular: BTreeSet<TypeId> = (0..held.len()).map(TypeId).collect();
    while let Some(id) = open.pop() {
        circular.remove(&TypeId(id));
        for holder in holders.get(id).into_iter().flatten() {
            let Some(left) = left.get_mut(*holder) else { continue };
            *left -= 1;
            if *left == 0 {
                open.push(*holder);
            }
        }
    }
    circular
}

/// Whether `to` is among what `from` holds, however deep, past no box that is known already.
fn reaches(held: &[Vec<(usize, TypeId)>], from: TypeId, to: TypeId, boxes: &Boxes) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        if id == to {
            return true;
        }
        if seen.insert(id) {
            let parts = held.get(id.0).into_iter().flatten();
            open.extend(parts.filter(|(index, _)| !boxes.needs(id, *index)).map(|(_, part)| *part));
        }
    }
    false
}
