//! Which types have a value that ends: decoding starts from one.

use std::collections::BTreeMap;

use crate::ir::{Api, Presence, Select, Shape, TypeId, TypeRef, Union};

/// The types with a finite value, and of each how deep one nests at most that is made of such values:
/// deeper than those of its parts.
#[derive(Debug, Default)]
pub struct Finite(BTreeMap<TypeId, usize>);

impl Finite {
    /// The variant of a union that decoding starts from: one whose own start does not lead back.
    pub fn start(&self, id: TypeId, union: &Union) -> usize {
        let own = self.0.get(&id).copied().unwrap_or_default();
        let is_within = |ty| self.depth(ty).is_some_and(|depth| depth < own);
        union.variants.iter().position(|variant| is_within(&variant.ty)).unwrap_or_default()
    }

    fn depth(&self, ty: &TypeRef) -> Option<usize> {
        match ty {
            TypeRef::Named(id) => self.0.get(id).copied(),
            TypeRef::Tuple(items) => self.deepest(items.iter()),
            _ => Some(0),
        }
    }

    /// The depth of the deepest, if all are finite.
    fn deepest<'a>(&self, mut types: impl Iterator<Item = &'a TypeRef>) -> Option<usize> {
        types.try_fold(0, |deepest, ty| Some(deepest.max(self.depth(ty)?)))
    }

    /// Whether a type is among them.
    pub(super) fn holds(&self, id: TypeId) -> bool {
        self.0.contains_key(&id)
    }

    /// Adds types until no more can be: those whose required parts have been added. A type is asked
    /// again only when one that it is made of was added.
    pub(super) fn of(api: &Api) -> Self {
        let mut users: Vec<Vec<TypeId>> = vec![Vec::new(); api.types.len()];
        for (index, def) in api.types.iter().enumerate() {
            def.each_id(&mut |part| {
                if let Some(users) = users.get_mut(part.0) {
                    users.push(TypeId(index));
                }
            });
        }
        let mut finite = Self::default();
        let mut open: Vec<TypeId> = (0..api.types.len()).map(TypeId).collect();
        while let Some(id) = open.pop() {
            let Some(def) = api.ty(id).filter(|_| !finite.0.contains_key(&id)) else { continue };
            if let Some(depth) = finite.depth_of(&def.shape) {
                finite.0.insert(id, depth + 1);
                open.extend(users.get(id.0).into_iter().flatten());
            }
        }
        finite
    }

    /// The depth of what a value of a shape is made of, if there is a finite one.
    fn depth_of(&self, shape: &Shape) -> Option<usize> {
        match shape {
            Shape::Struct(object) => {
                let fields = object.fields.iter();
                let required = fields.filter(|field| field.presence == Presence::Required);
                self.deepest(required.map(|field| &field.ty))
            }
            Shape::Enum(_) => Some(0),
            Shape::Union(union) => self.shallowest(union),
            Shape::Alias(ty) | Shape::Newtype(ty) => self.depth(ty),
        }
    }

    /// The depth of the variant with the least, if any is finite.
    fn shallowest(&self, union: &Union) -> Option<usize> {
        match union.select {
            // It begins as the variant that keeps anything.
            Select::Tag { .. } => Some(0),
            Select::Structure => {
                union.variants.iter().filter_map(|variant| self.depth(&variant.ty)).min()
            }
        }
    }
}
