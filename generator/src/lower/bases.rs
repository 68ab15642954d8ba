//! Bases: schemas that others build on with `allOf`. One with a discriminator stands for all of
//! these wherever it is referred to.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::{AnySchema, Discriminator, ReferenceOr, Schema, SchemaKind};

use super::Lowering;
use super::compose::composer;
use super::discriminate::{Chooser, Mapping};
use super::keywords::Keywords;
use super::narrow::asserts_nothing;
use super::schema::{component_name, components};
use super::union::parts;
use crate::diag::Pointer;
use crate::ir::{Origin, Select, Shape, TypeId, TypeRef, Union, Variant};

/// What each component schema builds on, and what builds on it.
pub(super) struct Bases<'a> {
    bases: BTreeMap<&'a str, Vec<String>>,
    heirs: BTreeMap<String, Vec<&'a str>>,
    components: &'a IndexMap<String, ReferenceOr<Schema>>,
}

impl<'a> Bases<'a> {
    pub(super) fn of(components: &'a IndexMap<String, ReferenceOr<Schema>>) -> Self {
        let direct = components.iter().filter_map(|(name, schema)| {
            let mut bases = Vec::new();
            gather(schema.as_item()?, &mut bases);
            (!bases.is_empty()).then_some((name.as_str(), bases))
        });
        let bases: BTreeMap<&str, Vec<String>> = direct.collect();
        let mut heirs: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (heir, bases) in &bases {
            bases.iter().for_each(|base| heirs.entry(base.clone()).or_default().push(heir));
        }
        Self { bases, heirs, components }
    }

    /// Whether a component builds on another one, directly or not.
    pub(super) fn builds_on(&self, name: &str, base: &str) -> bool {
        self.bases_of(name).contains(base)
    }

    /// Whether any component builds on this one.
    pub(super) fn is_built_on(&self, base: &str) -> bool {
        self.heirs.contains_key(base)
    }

    /// Whether all that a component says holds for another one, and not the other way around.
    pub(super) fn is_narrower(&self, name: &str, base: &str) -> bool {
        self.builds_on(name, base) && !self.builds_on(base, name)
    }

    /// What a component builds on, directly or not.
    fn bases_of<'s>(&'s self, name: &'s str) -> BTreeSet<&'s str> {
        reached(name, |name| self.bases.get(name).into_iter().flatten().map(String::as_str))
    }

    /// The components that a discriminator in the component `base` chooses from: what builds on it,
    /// and what its mapping names. In the document's order.
    fn heirs(&self, base: &str, discriminator: &Discriminator) -> Vec<&'a str> {
        let all = |name: &str| self.heirs.get(name).into_iter().flatten().copied();
        let mut names = reached(base, all);
        names.extend(self.mapped(discriminator));
        names.remove(base);
        let mut names: Vec<&str> = names.into_iter().collect();
        names.sort_by_key(|name| self.components.get_index_of(*name));
        names
    }

    /// Whether a discriminator in the component `base` chooses from any others.
    fn has_heirs(&self, base: &str, discriminator: &Discriminator) -> bool {
        let direct = self.heirs.get(base).into_iter().flatten().copied();
        direct.chain(self.mapped(discriminator)).any(|name| name != base)
    }

    /// The components that a mapping names.
    fn mapped(&self, discriminator: &Discriminator) -> impl Iterator<Item = &'a str> {
        discriminator.mapping.values().filter_map(|target| {
            let name = component_name(target);
            let (name, _) = self.components.get_key_value(name.as_ref().unwrap_or(target))?;
            Some(name.as_str())
        })
    }
}

/// All that steps from a name lead to, however many.
fn reached<'n, N>(start: &str, step: impl Fn(&str) -> N) -> BTreeSet<&'n str>
where
    N: Iterator<Item = &'n str>,
{
    let mut seen = BTreeSet::new();
    let mut open: Vec<&str> = step(start).collect();
    while let Some(name) = open.pop() {
        if seen.insert(name) {
            open.extend(step(name));
        }
    }
    seen
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
        let base = self.itself(id, schema, keywords, pointer)?;
        let chooser = Chooser::of(discriminator, heirs.iter().copied().chain([name.as_str()]));
        let variant = |this: &Self, name: &str, id: TypeId| Variant {
            tags: this.tags_of_component(&chooser, name),
            title: Some(name.to_owned()),
            description: None,
            ty: TypeRef::Named(id),
            rules: Vec::new(),
            secret: false,
        };
        let mut variants: Vec<Variant> = heirs
            .iter()
            .filter_map(|heir| Some(variant(self, heir, *self.components.get(heir)?)))
            .collect();
        let default = Some(variants.len());
        let mut itself = variant(self, &name, base);
        // Its own list of tags may be that of all.
        itself.tags.retain(|tag| !variants.iter().any(|heir| heir.tags.contains(tag)));
        variants.push(itself);
        let property = discriminator.property_name.clone();
        Some(Union { select: Select::Tag { property, default }, variants, choice: None })
    }

    /// The type of what a base is where no heir is meant: a struct, or the union of those that a choice
    /// among its parts leads to.
    fn itself(
        &mut self,
        id: TypeId,
        schema: &'a Schema,
        keywords: &Keywords<'a>,
        pointer: &Pointer,
    ) -> Option<TypeId> {
        let origin = Origin::Property(id, "base".to_owned());
        let (base, shape) = if self.composes_objects(keywords) && self.builds_on_choice(schema) {
            let base = self.declare(origin, pointer);
            let part = std::iter::once((schema, pointer.clone()));
            (base, self.all_of_parts(base, part, &composer(keywords, pointer)))
        } else {
            let object = self.object(id, schema, keywords, pointer)?;
            (self.declare(origin, pointer), Shape::Struct(object))
        };
        self.describe(base, schema);
        self.set_shape(base, shape);
        Some(base)
    }

    /// Whether a part of an `allOf`, or one within it, is a choice.
    fn builds_on_choice(&self, schema: &'a Schema) -> bool {
        let (mut seen, mut open) = (BTreeSet::new(), vec![schema]);
        while let Some(schema) = open.pop() {
            let keywords = Keywords::of(schema);
            if parts(&keywords).is_some() {
                return true;
            }
            for part in keywords.all_of {
                let part = self.resolve(part, Pointer::root()).map(|(part, _)| part);
                open.extend(part.filter(|part| seen.insert(std::ptr::from_ref(*part))));
            }
        }
        false
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
        let mut bases: Vec<&str> = self.bases.bases_of(first).into_iter().collect();
        bases.sort_by_key(|base| self.bases.components.get_index_of(*base));
        bases.into_iter().find_map(|base| {
            let discriminator = discriminator(components(self.document).get(base)?.as_item()?)?;
            let mapping = Mapping::of(discriminator);
            let is_heir =
                |name: &String| self.bases.builds_on(name, base) && !mapping.tags(name).is_empty();
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
        self.bases.has_heirs(&name, discriminator)
    }

    /// The one base of a schema that otherwise only asks for properties: it still stands for what
    /// builds on it.
    pub(super) fn only_base(
        &self,
        keywords: &Keywords<'a>,
    ) -> Option<(&'a ReferenceOr<Schema>, &'static str, usize)> {
        let all = keywords.all_of.iter().enumerate();
        let (index, base) = all.clone().find(|(_, part)| self.is_base(part))?;
        let asks = all.filter(|(other, _)| *other != index).all(|(_, part)| asked(part).is_some());
        let adds = keywords.is_object() || keywords.ty.is_some() || !keywords.values.is_empty();
        let chooses = !keywords.one_of.is_empty() || !keywords.any_of.is_empty();
        (asks && !adds && !chooses).then_some((base, "allOf", index))
    }
}

/// The properties that a part of an `allOf` asks for, where it says nothing else.
fn asked(part: &ReferenceOr<Schema>) -> Option<&[String]> {
    let Schema { schema_data, schema_kind } = part.as_item()?;
    let SchemaKind::Any(any) = schema_kind else { return None };
    let only = AnySchema { required: any.required.clone(), ..AnySchema::default() };
    (*any == only && asserts_nothing(schema_data)).then_some(&any.required)
}

/// What the parts of an `allOf` ask for that only ask for properties.
pub(super) fn asked_of_base(keywords: &Keywords<'_>) -> Vec<String> {
    keywords.all_of.iter().filter_map(asked).flatten().cloned().collect()
}
