//! Bases: schemas that others build on with `allOf`. One with a discriminator stands for all of
//! these wherever it is referred to.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::{Discriminator, ReferenceOr, Schema};

use super::Lowering;
use super::discriminate::mapped;
use super::keywords::Keywords;
use super::schema::{component_name, components};
use super::union::parts;
use crate::diag::Pointer;
use crate::ir::{Origin, Select, Shape, TypeId, TypeRef, Union, Variant};

/// What each component schema builds on.
pub(super) struct Bases<'a> {
    direct: BTreeMap<&'a str, Vec<String>>,
    names: Vec<&'a str>,
}

impl<'a> Bases<'a> {
    pub(super) fn of(components: &'a IndexMap<String, ReferenceOr<Schema>>) -> Self {
        let direct = components.iter().filter_map(|(name, schema)| {
            let mut bases = Vec::new();
            gather(schema.as_item()?, &mut bases);
            (!bases.is_empty()).then_some((name.as_str(), bases))
        });
        Self { direct: direct.collect(), names: components.keys().map(String::as_str).collect() }
    }

    /// Whether a component builds on another one, directly or not.
    pub(super) fn builds_on(&self, name: &str, base: &str) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![name];
        while let Some(name) = open.pop() {
            for part in self.direct.get(name).into_iter().flatten() {
                if part == base {
                    return true;
                }
                if seen.insert(part.as_str()) {
                    open.push(part);
                }
            }
        }
        false
    }

    /// Whether all that a component says holds for another one, and not the other way around.
    pub(super) fn is_narrower(&self, name: &str, base: &str) -> bool {
        self.builds_on(name, base) && !self.builds_on(base, name)
    }

    /// The components that a discriminator in the component `base` chooses from: what builds on it,
    /// and what its mapping names. In the document's order.
    fn heirs(&self, base: &str, discriminator: &Discriminator) -> Vec<&'a str> {
        let mapped: BTreeSet<String> = discriminator
            .mapping
            .values()
            .map(|target| component_name(target).unwrap_or_else(|| target.clone()))
            .collect();
        let names = self.names.iter().copied().filter(|name| *name != base);
        names.filter(|name| mapped.contains(*name) || self.builds_on(name, base)).collect()
    }
}

/// The discriminator of a schema, by itself or by an inline part of its `allOf`.
fn discriminator(schema: &Schema) -> Option<&Discriminator> {
    let own = schema.schema_data.discriminator.as_ref();
    let parts = || Keywords::of(schema).all_of.iter().filter_map(ReferenceOr::as_item);
    own.or_else(|| parts().find_map(|part| part.schema_data.discriminator.as_ref()))
}

/// The components among the parts of an `allOf`, and of those within it.
fn gather(schema: &Schema, bases: &mut Vec<String>) {
    for part in Keywords::of(schema).all_of {
        match part {
            ReferenceOr::Reference { reference } => bases.extend(component_name(reference)),
            ReferenceOr::Item(schema) => gather(schema, bases),
        }
    }
}

impl<'a> Lowering<'a> {
    /// The union that a base with a discriminator is: of what builds on it, and of itself.
    pub(super) fn heirs(
        &mut self,
        id: TypeId,
        schema: &'a Schema,
        keywords: &Keywords<'a>,
        pointer: &Pointer,
    ) -> Option<Union> {
        let discriminator = discriminator(schema)?;
        let (name, heirs) = self.heir_names(id, discriminator)?;
        if parts(keywords).is_some() {
            return None;
        }
        let itself = self.object(id, schema, keywords, pointer)?;
        let all = heirs.iter().copied().chain([name.as_str()]).collect();
        let variant = |this: &Self, name: &str, id: TypeId| Variant {
            tags: this.tags_of_component(discriminator, name, &all),
            title: Some(name.to_owned()),
            ty: TypeRef::Named(id),
            rules: Vec::new(),
            secret: false,
        };
        let mut variants: Vec<Variant> = heirs
            .iter()
            .filter_map(|heir| Some(variant(self, heir, *self.components.get(heir)?)))
            .collect();
        let base = self.declare(Origin::Property(id, "base".to_owned()), pointer);
        self.describe(base, schema);
        self.set_shape(base, Shape::Struct(itself));
        let default = Some(variants.len());
        let mut itself = variant(self, &name, base);
        // Its own list of tags may be that of all.
        itself.tags.retain(|tag| !variants.iter().any(|heir| heir.tags.contains(tag)));
        variants.push(itself);
        let property = discriminator.property_name.clone();
        Some(Union { select: Select::Tag { property, default }, variants, choice: None })
    }

    /// The discriminator of a base on which all parts of a union build, if its mapping names each of
    /// them.
    pub(super) fn shared_discriminator(
        &self,
        parts: &'a [ReferenceOr<Schema>],
    ) -> Option<&'a Discriminator> {
        let name = |part: &ReferenceOr<Schema>| match part {
            ReferenceOr::Reference { reference } => component_name(reference),
            ReferenceOr::Item(_) => None,
        };
        let names = parts.iter().map(name).collect::<Option<Vec<String>>>()?;
        let first = names.first().filter(|_| names.len() > 1)?;
        let bases = self.bases.names.iter().filter(|base| self.bases.builds_on(first, base));
        bases.into_iter().find_map(|base| {
            let discriminator = discriminator(components(self.document).get(*base)?.as_item()?)?;
            let is_heir = |name: &String| {
                self.bases.builds_on(name, base) && !mapped(discriminator, name).is_empty()
            };
            names.iter().all(is_heir).then_some(discriminator)
        })
    }

    fn heir_names(
        &self,
        id: TypeId,
        discriminator: &Discriminator,
    ) -> Option<(String, Vec<&'a str>)> {
        let Origin::Component(name) = &self.types.get(id.0)?.origin else { return None };
        let heirs = self.bases.heirs(name, discriminator);
        (!heirs.is_empty()).then(|| (name.clone(), heirs))
    }

    /// Whether a part of an `allOf` is a base that stands for others: what builds on it is of its
    /// own, even where it adds nothing.
    pub(super) fn is_base(&self, part: &ReferenceOr<Schema>) -> bool {
        let ReferenceOr::Reference { reference } = part else { return false };
        let resolved = self.resolve(part, Pointer::root());
        let discriminator = resolved.and_then(|(schema, _)| discriminator(schema));
        let Some((name, discriminator)) = component_name(reference).zip(discriminator) else {
            return false;
        };
        !self.bases.heirs(&name, discriminator).is_empty()
    }
}
