//! What examples show of strings that are said to be UUIDs. One that is none would be refused when
//! it comes, and so would all that it comes in: there the format says what servers do not keep to.

use std::collections::BTreeSet;

use openapiv3::{Example, MediaType, ReferenceOr};
use serde_json::Value;

use super::Lowering;
use super::keywords::Keywords;
use super::parameter::component;
use crate::diag::{Notes, Place, Pointer};
use crate::ir::{Field, Prim, Shape, TypeDef, TypeId, TypeRef};

/// The examples of bodies, each with the type of what it shows.
pub(super) type Samples<'a> = Vec<(TypeRef, &'a Value)>;

const CODE: &str = "no-uuid";
const MESSAGE: &str = "`format: uuid`, but an example is no UUID";
const HELP: &str = "it is taken for any string; correct the one or the other";

impl<'a> Lowering<'a> {
    /// The type of a string: another one than its format says, where what it shows is not of that.
    pub(super) fn string_as_shown(&mut self, keywords: &Keywords<'a>, pointer: &Pointer) -> Prim {
        let prim = self.string(keywords);
        let is_shown = keywords.shown.iter().flatten().any(|value| is_no_uuid(value));
        if prim != Prim::Uuid || !is_shown || self.asks_for_uuids() {
            return prim;
        }
        self.warn(CODE, MESSAGE.to_owned(), pointer, HELP);
        Prim::String
    }

    /// Whether the settings say what UUIDs are.
    fn asks_for_uuids(&self) -> bool {
        self.formats.string("uuid").is_some()
    }

    /// As [`Self::string_as_shown`], of a parameter and the example beside its schema.
    pub(super) fn parameter_as_shown(&mut self, field: &mut Field, pointer: &Pointer) {
        let is_shown = field.example.as_ref().is_some_and(|it| refuses(&field.ty, it));
        if is_shown && !self.asks_for_uuids() {
            self.warn(CODE, MESSAGE.to_owned(), pointer, HELP);
            loosen(&mut field.ty);
        }
    }

    /// Keeps the examples of a body, to be looked at when all types are known.
    pub(super) fn keep_samples(&mut self, ty: &TypeRef, media: &'a MediaType) {
        if self.asks_for_uuids() {
            return;
        }
        let listed = media.examples.values().filter_map(|it| self.example_of(it)?.value.as_ref());
        let all: Vec<&Value> = media.example.iter().chain(listed).collect();
        self.samples.extend(all.into_iter().map(|value| (ty.clone(), value)));
    }

    fn example_of(&self, example: &'a ReferenceOr<Example>) -> Option<&'a Example> {
        match example {
            ReferenceOr::Item(item) => Some(item),
            ReferenceOr::Reference { reference } => {
                let name = component(reference, "examples")?;
                let components = self.document.openapi.components.as_ref()?;
                components.examples.get(&name)?.as_item()
            }
        }
    }
}

/// Makes strings of what examples of bodies show to be no UUIDs.
pub(super) fn settle(types: &mut [TypeDef], samples: &Samples<'_>, notes: &mut Notes) {
    let mut found = BTreeSet::new();
    for (ty, value) in samples {
        look(types, ty, value, &mut found, 0);
    }
    for (id, index) in found {
        let Some(def) = types.get_mut(id.0) else { continue };
        let warn =
            |notes: &mut Notes, place: &Place| notes.warn(CODE, place.clone(), MESSAGE, HELP);
        match &mut def.shape {
            Shape::Struct(object) => {
                if let Some(field) = object.fields.get_mut(index) {
                    warn(notes, &field.place);
                    loosen(&mut field.ty);
                }
            }
            Shape::Alias(ty) => {
                warn(notes, &def.place);
                loosen(ty);
            }
            Shape::Enum(_) | Shape::Union(_) | Shape::Newtype(_) => {}
        }
    }
}

/// Types within types beyond this are not looked into.
const DEEPEST: usize = 128;

/// Finds the fields that a value shows to be no UUIDs, and further names of those.
fn look(
    types: &[TypeDef],
    ty: &TypeRef,
    value: &Value,
    found: &mut BTreeSet<(TypeId, usize)>,
    depth: usize,
) {
    let mut within = |ty: &TypeRef, value: &Value| look(types, ty, value, found, depth + 1);
    match (ty, value) {
        _ if depth > DEEPEST => {}
        (TypeRef::Nullable(inner), value) => within(inner, value),
        (TypeRef::List(item), Value::Array(items)) => {
            items.iter().for_each(|value| within(item, value));
        }
        (TypeRef::Map(inner), Value::Object(entries)) => {
            entries.values().for_each(|value| within(inner, value));
        }
        (TypeRef::Named(id), value) => match types.get(id.0).map(|def| &def.shape) {
            Some(Shape::Struct(object)) => {
                for (index, field) in object.fields.iter().enumerate() {
                    let Some(value) = value.get(&field.name) else { continue };
                    match refuses(&field.ty, value) {
                        true => drop(found.insert((*id, index))),
                        false => look(types, &field.ty, value, found, depth + 1),
                    }
                }
            }
            Some(Shape::Alias(ty)) if refuses(ty, value) => drop(found.insert((*id, 0))),
            Some(Shape::Alias(ty) | Shape::Newtype(ty)) => within(ty, value),
            // Of which variant it is, its type would have to tell.
            Some(Shape::Enum(_) | Shape::Union(_)) | None => {}
        },
        _ => {}
    }
}

/// Whether a type, by itself, takes UUIDs where a value holds other strings.
fn refuses(ty: &TypeRef, value: &Value) -> bool {
    match (ty, value) {
        (TypeRef::Prim(Prim::Uuid), value) => is_no_uuid(value),
        (TypeRef::Nullable(inner), value) => refuses(inner, value),
        (TypeRef::List(item), Value::Array(items)) => items.iter().any(|it| refuses(item, it)),
        (TypeRef::Map(inner), Value::Object(entries)) => {
            entries.values().any(|value| refuses(inner, value))
        }
        _ => false,
    }
}

fn is_no_uuid(value: &Value) -> bool {
    value.as_str().is_some_and(|text| uuid::Uuid::try_parse(text).is_err())
}

/// Makes strings of UUIDs.
fn loosen(ty: &mut TypeRef) {
    match ty {
        TypeRef::Prim(prim @ Prim::Uuid) => *prim = Prim::String,
        TypeRef::Nullable(inner) | TypeRef::List(inner) | TypeRef::Map(inner) => loosen(inner),
        _ => {}
    }
}
