//! The values of a discriminator that mean each of the schemas that it chooses from.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{Discriminator, ReferenceOr, Schema};
use serde_json::Value;

use super::keywords::Keywords;
use super::schema::{component_name, components};
use super::{Lowering, union};
use crate::diag::Pointer;

/// Parts may refer to parts without end: those deeper than this are not asked for their values.
const DEEPEST: usize = 4;

/// A discriminator, and the components among those that it chooses from.
pub(super) struct Chooser<'c> {
    property: &'c str,
    mapping: Mapping<'c>,
    names: BTreeSet<&'c str>,
}

impl<'c> Chooser<'c> {
    pub(super) fn of(
        discriminator: &'c Discriminator,
        names: impl IntoIterator<Item = &'c str>,
    ) -> Self {
        let (property, mapping) = (&discriminator.property_name, Mapping::of(discriminator));
        Self { property, mapping, names: names.into_iter().collect() }
    }
}

impl<'a> Lowering<'a> {
    /// The tags of the parts of a union; none without a discriminator.
    pub(super) fn tags_of_parts(
        &self,
        discriminator: Option<&Discriminator>,
        parts: &'a [ReferenceOr<Schema>],
    ) -> Vec<Vec<String>> {
        let Some(discriminator) = discriminator else { return Vec::new() };
        let name = |part: &ReferenceOr<Schema>| match part {
            ReferenceOr::Reference { reference } => component_name(reference),
            ReferenceOr::Item(_) => None,
        };
        let names: Vec<Option<String>> = parts.iter().map(name).collect();
        let chooser = Chooser::of(discriminator, names.iter().flatten().map(String::as_str));
        let parts = parts.iter().zip(&names);
        parts.map(|(part, name)| self.tags_of(&chooser, name.as_deref(), part)).collect()
    }

    /// The tags of a component.
    pub(super) fn tags_of_component(&self, chooser: &Chooser<'_>, name: &str) -> Vec<String> {
        let schema = components(self.document).get(name);
        schema.map(|schema| self.tags_of(chooser, Some(name), schema)).unwrap_or_default()
    }

    /// The mapping has the say. Without it the name is the tag, says OpenAPI; but where the schema
    /// itself allows other values only, its name could never stand there: it means what it says, as
    /// the documents of OpenAI and Spotify do. Several schemas may allow the same value; what else
    /// the value holds tells them apart.
    fn tags_of(
        &self,
        chooser: &Chooser<'_>,
        name: Option<&str>,
        schema: &'a ReferenceOr<Schema>,
    ) -> Vec<String> {
        let mapped = name.map(|name| chooser.mapping.tags(name)).unwrap_or_default();
        if !mapped.is_empty() {
            return mapped.iter().map(|tag| (*tag).to_owned()).collect();
        }
        let own = self.own_tags(schema, chooser.property, 0);
        let Some(name) = name else { return own };
        // A list that names others too is that of a base, of all that builds on it.
        let is_other = |tag: &String| tag != name && chooser.names.contains(tag.as_str());
        let is_of_all = own.iter().any(|tag| tag == name) && own.iter().any(is_other);
        if own.is_empty() || is_of_all { vec![name.to_owned()] } else { own }
    }

    /// The values that a schema, or a part of it, allows for the discriminator.
    fn own_tags(
        &self,
        schema: &'a ReferenceOr<Schema>,
        property: &str,
        depth: usize,
    ) -> Vec<String> {
        let Some((schema, _)) = self.resolve(schema, Pointer::root()) else { return Vec::new() };
        let keywords = Keywords::of(schema);
        let declared = keywords.properties.iter().find(|(name, _)| *name == property);
        let tags = declared.and_then(|(_, schema)| self.listed(*schema, depth)).unwrap_or_default();
        if !tags.is_empty() {
            return tags;
        }
        // What comes last in an `allOf` is what the schema adds to its bases.
        let parts = if depth < DEEPEST { keywords.all_of } else { &[] };
        let mut tags = parts.iter().rev().map(|part| self.own_tags(part, property, depth + 1));
        tags.find(|tags| !tags.is_empty()).unwrap_or_else(|| {
            let choice = union::parts(&keywords).filter(|_| depth < DEEPEST);
            let (choice, _) = choice.unwrap_or_default();
            let tags = choice.iter().map(|part| self.own_tags(part, property, depth + 2));
            let tags: Vec<Vec<String>> = tags.collect();
            // A part without tags may have any.
            let all = tags.iter().all(|tags| !tags.is_empty());
            if all { tags.concat() } else { Vec::new() }
        })
    }

    /// The values that a schema allows, as a document lists tags, by itself and by what it is
    /// composed of; `None` where it allows any.
    fn listed<S: Borrow<Schema>>(
        &self,
        schema: &'a ReferenceOr<S>,
        depth: usize,
    ) -> Option<Vec<String>> {
        let keywords = Keywords::of(self.part(schema, &Pointer::root())?.schema);
        let own = (!keywords.values.is_empty())
            .then(|| keywords.values.iter().filter_map(text).collect::<Vec<_>>());
        if depth >= DEEPEST {
            return own;
        }
        let (choice, _) = union::parts(&keywords).unwrap_or_default();
        let choice = choice.iter().map(|part| self.listed(part, depth + 2));
        let choice = choice.collect::<Option<Vec<_>>>().map(|lists| lists.concat());
        let parts = keywords.all_of.iter().filter_map(|part| self.listed(part, depth + 1));
        // Each list has to allow a value.
        let all = own.into_iter().chain(choice.filter(|values| !values.is_empty())).chain(parts);
        all.reduce(|known, list| known.into_iter().filter(|value| list.contains(value)).collect())
    }
}

/// A value of a discriminator as a document lists it: as text, whatever it is in JSON.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        // A whole number is one however it is written.
        Value::Number(number) => {
            let text = number.to_string();
            Some(text.strip_suffix(".0").map(str::to_owned).unwrap_or(text))
        }
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The tags that a mapping gives components: by their name or a reference to them, else by what is
/// left of a reference to another file that a tool has put into this one.
pub(super) struct Mapping<'c> {
    exact: BTreeMap<String, Vec<&'c str>>,
    by_last_step: BTreeMap<&'c str, Vec<&'c str>>,
}

impl<'c> Mapping<'c> {
    pub(super) fn of(discriminator: &'c Discriminator) -> Self {
        let mut mapping = Self { exact: BTreeMap::new(), by_last_step: BTreeMap::new() };
        for (tag, target) in &discriminator.mapping {
            let name = component_name(target).unwrap_or_else(|| target.clone());
            mapping.exact.entry(name).or_default().push(tag);
            mapping.by_last_step.entry(last_step(target)).or_default().push(tag);
        }
        mapping
    }

    /// The tags of a component.
    pub(super) fn tags(&self, name: &str) -> &[&'c str] {
        let tags = self.exact.get(name).or_else(|| self.by_last_step.get(name));
        tags.map(Vec::as_slice).unwrap_or_default()
    }
}

/// `act_assign` of `models/a.yml#/act_assign`, and `Cat` of `./Cat.yaml`.
fn last_step(target: &str) -> &str {
    let step = target.rsplit('/').next().unwrap_or(target);
    let suffix = [".yaml", ".yml", ".json"].iter().find_map(|suffix| step.strip_suffix(suffix));
    suffix.unwrap_or(step)
}
