//! `allOf`: the properties of all parts in one struct.

use std::collections::BTreeSet;

use openapiv3::{ReferenceOr, Schema};

use super::Lowering;
use super::keywords::Keywords;
use super::schema::{Use, component_name, components};
use super::{inherit, rules};
use crate::diag::Pointer;
use crate::ir::{Field, Origin, Presence, Prim, Rest, Shape, Struct, TypeId, TypeRef};

/// `allOf` within `allOf` deeper than this is not followed.
const DEEPEST: usize = 64;

/// Schemas that were looked at: what two parts have in common is looked at once, or a document of
/// some lines could double the work with each of them.
type Seen = BTreeSet<*const Schema>;

impl<'a> Lowering<'a> {
    /// The struct of a schema with `allOf`: its parts in order, then its own properties.
    pub(super) fn all_of(&mut self, id: TypeId, schema: &'a Schema, pointer: &Pointer) -> Struct {
        let mut merging = Merging::default();
        self.merge(id, schema, pointer, &mut merging, 0);
        merging.finish()
    }

    /// Whether a schema with `allOf` is of objects, or says nothing that tells.
    pub(super) fn composes_objects(&self, keywords: &Keywords<'a>) -> bool {
        self.composes(keywords, &mut Seen::new(), 0)
    }

    fn composes(&self, keywords: &Keywords<'a>, seen: &mut Seen, depth: usize) -> bool {
        if let Some(ty) = keywords.ty {
            return ty == "object";
        }
        if keywords.is_object() || depth > DEEPEST || super::union::parts(keywords).is_some() {
            return true;
        }
        let parts = keywords.all_of.iter().filter_map(|part| self.resolve(part, Pointer::root()));
        let mut parts = parts.map(|(part, _)| part).peekable();
        let silent = parts.peek().is_none() && keywords.values.is_empty();
        // All parts have to agree: one that is a scalar settles what the value is. One that was
        // asked before and did not settle it says nothing new.
        let mut agrees = |part: &'a Schema| {
            !seen.insert(part) || self.composes(&Keywords::of(part), seen, depth + 1)
        };
        silent || parts.all(&mut agrees) && keywords.values.is_empty()
    }

    /// `allOf` of scalars or lists: the narrowest type of the parts, with the rules of all.
    pub(super) fn all_of_scalars(
        &mut self,
        keywords: &Keywords<'a>,
        origin: &Origin,
        pointer: &Pointer,
    ) -> Use {
        let mut parts = Vec::new();
        for (index, part) in keywords.all_of.iter().enumerate() {
            let pointer = pointer.child("allOf").index(index);
            parts.push(self.schema_or_reference(part, origin.clone(), &pointer));
        }
        // A part without a type only adds rules.
        parts.sort_by_key(|part| part.ty == TypeRef::Json);
        let nullable =
            parts.iter().all(|part| matches!(part.ty, TypeRef::Nullable(_) | TypeRef::Json));
        let mut merged = Use::of(TypeRef::Json);
        for part in parts {
            let ty = match part.ty {
                TypeRef::Nullable(inner) => *inner,
                other => other,
            };
            merged.ty = if merged.ty == TypeRef::Json { ty } else { narrower(merged.ty, ty) };
            merged.secret |= part.secret;
            inherit::merge(&mut merged.rules, part.rules);
        }
        inherit::merge(&mut merged.rules, rules::of(keywords));
        if nullable && merged.ty != TypeRef::Json { merged.nullable() } else { merged }
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
        let mut merging = Merging::default();
        self.merge(id, around, pointer, &mut merging, 0);
        if let Some((part, inner)) = self.resolve(part, pointer.clone()) {
            self.merge(id, part, &inner, &mut merging, 0);
            self.describe(id, part);
        }
        self.set_shape(id, Shape::Struct(merging.finish()));
        id
    }

    fn merge(
        &mut self,
        id: TypeId,
        schema: &'a Schema,
        pointer: &Pointer,
        merging: &mut Merging<'a>,
        depth: usize,
    ) {
        if !merging.seen.insert(schema) {
            return;
        }
        if depth > DEEPEST {
            let message = format!("`allOf` within `allOf` more than {DEEPEST} times");
            self.warn("all-of-depth", message, pointer, "what is deeper is left out");
            return;
        }
        let keywords = Keywords::of(schema);
        for (index, part) in keywords.all_of.iter().enumerate() {
            let inner = pointer.child("allOf").index(index);
            if let Some((part, inner)) = self.resolve(part, inner) {
                self.merge(id, part, &inner, merging, depth + 1);
            }
        }
        let own = self.own_object(id, &keywords, pointer);
        let Merging { merged, required, .. } = merging;
        for field in own.fields {
            add(&mut merged.fields, field);
        }
        required.extend(keywords.required.iter().map(String::as_str));
        if !matches!(own.rest, Rest::Open) {
            merged.rest = own.rest;
        }
        merged.rules.extend(own.rules);
    }

    /// The schema behind a reference, and where it stands.
    pub(super) fn resolve(
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

/// What the parts of a schema come to, so far.
#[derive(Default)]
struct Merging<'a> {
    merged: Struct,
    required: BTreeSet<&'a str>,
    seen: Seen,
}

impl Merging<'_> {
    /// Makes properties required that any part requires, wherever it stands.
    fn finish(mut self) -> Struct {
        for field in &mut self.merged.fields {
            if self.required.contains(field.name.as_str()) {
                field.presence = Presence::Required;
            }
        }
        self.merged
    }
}

/// The narrower of two types of a property: what both parts allow.
fn narrower(known: TypeRef, new: TypeRef) -> TypeRef {
    match (&known, &new) {
        (_, TypeRef::Json | TypeRef::Nullable(_))
        | (TypeRef::Prim(Prim::I32 | Prim::I64), TypeRef::Prim(Prim::F64)) => known,
        (TypeRef::Named(_) | TypeRef::Prim(Prim::Uuid), TypeRef::Prim(Prim::String)) => known,
        _ => new,
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
            let ty = narrower(std::mem::replace(&mut known.ty, TypeRef::Json), field.ty.clone());
            *known = field;
            known.ty = ty;
            known.rules = rules;
            known.description = known.description.take().or(description);
            if required {
                known.presence = Presence::Required;
            }
        }
    }
}
