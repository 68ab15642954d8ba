//! `oneOf` and `anyOf` with a discriminator.

use std::collections::BTreeMap;

use openapiv3::{Discriminator, ReferenceOr, Schema};
use serde_json::Value;

use super::Lowering;
use super::keywords::Keywords;
use super::schema::component_name;
use crate::diag::Pointer;
use crate::ir::{Origin, Shape, Tag, TypeId, TypeRef, Union, Variant};

impl<'a> Lowering<'a> {
    /// The tagged union that a schema is, if it is one.
    pub(super) fn union(
        &mut self,
        id: TypeId,
        schema: &'a Schema,
        keywords: &Keywords<'a>,
        pointer: &Pointer,
    ) -> Option<Union> {
        let discriminator = schema.schema_data.discriminator.as_ref()?;
        let (parts, key) = match (keywords.one_of, keywords.any_of) {
            ([], []) => return None,
            ([], parts) => (parts, "anyOf"),
            (parts, _) => (parts, "oneOf"),
        };
        let variants = parts
            .iter()
            .enumerate()
            .map(|(index, part)| {
                let pointer = pointer.child(key).index(index);
                let origin = Origin::Property(id, format!("variant {}", index + 1));
                let ty = self.schema_or_reference(part, origin, &pointer).ty;
                Variant { tags: tags(discriminator, part), ty }
            })
            .collect();
        Some(Union { tag: Tag { property: discriminator.property_name.clone() }, variants })
    }

    /// Lets the constructor of each variant fill in its tag, where all unions agree on it.
    pub(super) fn fix_tags(&mut self) {
        let mut tags: BTreeMap<(TypeId, String), Vec<String>> = BTreeMap::new();
        for def in &self.types {
            let Shape::Union(union) = &def.shape else { continue };
            for variant in &union.variants {
                if let TypeRef::Named(id) = variant.ty {
                    let known = tags.entry((id, union.tag.property.clone())).or_default();
                    known.extend(variant.tags.iter().cloned());
                }
            }
        }
        for ((id, property), mut tags) in tags {
            tags.sort();
            tags.dedup();
            if let [tag] = tags.as_slice() {
                self.fix_tag(id, &property, tag);
            }
        }
    }

    fn fix_tag(&mut self, id: TypeId, property: &str, tag: &str) {
        let Some(Shape::Struct(object)) = self.types.get_mut(id.0).map(|def| &mut def.shape) else {
            return;
        };
        if let Some(field) = object.fields.iter_mut().find(|field| field.name == property) {
            field.fixed = Some(Value::from(tag));
        }
    }
}

/// The values of the discriminator that mean a part: those of the mapping, else its own name.
fn tags(discriminator: &Discriminator, part: &ReferenceOr<Schema>) -> Vec<String> {
    let ReferenceOr::Reference { reference } = part else { return Vec::new() };
    let name = component_name(reference);
    let mapped: Vec<String> = discriminator
        .mapping
        .iter()
        .filter(|(_, target)| *target == reference || Some(*target) == name.as_ref())
        .map(|(tag, _)| tag.clone())
        .collect();
    if mapped.is_empty() { name.into_iter().collect() } else { mapped }
}
