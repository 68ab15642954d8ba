//! `allOf`: the properties of all parts in one struct.

use openapiv3::{ReferenceOr, Schema};

use super::Lowering;
use super::keywords::Keywords;
use super::schema::{component_name, components};
use crate::diag::Pointer;
use crate::ir::{Field, Origin, Presence, Rest, Shape, Struct, TypeId};

/// `allOf` within `allOf` deeper than this is a cycle.
const DEEPEST: usize = 64;

impl<'a> Lowering<'a> {
    /// The struct of a schema with `allOf`: its parts in order, then its own properties.
    pub(super) fn all_of(&mut self, id: TypeId, schema: &'a Schema, pointer: &Pointer) -> Struct {
        let mut merged = Struct::default();
        self.merge(id, schema, pointer, &mut merged, 0);
        merged
    }

    /// A struct of its own for what a schema says around a union and what a part of it adds.
    pub(super) fn merged(
        &mut self,
        origin: Origin,
        around: &'a Schema,
        part: &'a ReferenceOr<Schema>,
        pointer: &Pointer,
    ) -> TypeId {
        let id = self.declare(origin, pointer);
        let mut merged = Struct::default();
        self.merge(id, around, pointer, &mut merged, 0);
        if let Some((part, inner)) = self.resolve(part, pointer.clone()) {
            self.merge(id, part, &inner, &mut merged, 0);
            self.describe(id, part);
        }
        self.set_shape(id, Shape::Struct(merged));
        id
    }

    fn merge(
        &mut self,
        id: TypeId,
        schema: &'a Schema,
        pointer: &Pointer,
        merged: &mut Struct,
        depth: usize,
    ) {
        if depth > DEEPEST {
            let message = "allOf contains itself".to_owned();
            self.warn("all-of-cycle", message, pointer, "the inner one is left out");
            return;
        }
        let keywords = Keywords::of(schema);
        for (index, part) in keywords.all_of.iter().enumerate() {
            let inner = pointer.child("allOf").index(index);
            if let Some((part, inner)) = self.resolve(part, inner) {
                self.merge(id, part, &inner, merged, depth + 1);
            }
        }
        let own = self.own_object(id, &keywords, pointer);
        for field in own.fields {
            add(&mut merged.fields, field);
        }
        for name in keywords.required {
            if let Some(field) = merged.fields.iter_mut().find(|field| field.name == *name) {
                field.presence = Presence::Required;
            }
        }
        if !matches!(own.rest, Rest::Open) {
            merged.rest = own.rest;
        }
        merged.rules.extend(own.rules);
    }

    /// The schema behind a reference, and where it stands.
    fn resolve(
        &self,
        schema: &'a ReferenceOr<Schema>,
        pointer: Pointer,
    ) -> Option<(&'a Schema, Pointer)> {
        let (mut schema, mut pointer) = (schema, pointer);
        for _ in 0..DEEPEST {
            match schema {
                ReferenceOr::Item(schema) => return Some((schema, pointer)),
                ReferenceOr::Reference { reference } => {
                    let name = component_name(reference)?;
                    schema = components(self.document).get(&name)?;
                    pointer = Pointer::root().child("components").child("schemas").child(name);
                }
            }
        }
        None
    }
}

/// Adds a property; one that is there already is narrowed: what it says later holds as well.
fn add(fields: &mut Vec<Field>, field: Field) {
    match fields.iter_mut().find(|known| known.name == field.name) {
        None => fields.push(field),
        Some(known) => {
            let required = known.presence == Presence::Required;
            let mut rules = std::mem::take(&mut known.rules);
            rules.extend(
                field
                    .rules
                    .iter()
                    .filter(|rule| !rules.contains(rule))
                    .cloned()
                    .collect::<Vec<_>>(),
            );
            let description = known.description.take();
            *known = field;
            known.rules = rules;
            known.description = known.description.take().or(description);
            if required {
                known.presence = Presence::Required;
            }
        }
    }
}
