//! The values of a discriminator that mean each of the schemas that it chooses from.

use openapiv3::{Discriminator, ReferenceOr, Schema};
use serde_json::Value;

use super::keywords::Keywords;
use super::schema::{component_name, components};
use super::{Lowering, union};
use crate::diag::Pointer;

impl<'a> Lowering<'a> {
    /// The tags of the parts of a union; none without a discriminator.
    pub(super) fn tags_of_parts(
        &self,
        discriminator: Option<&Discriminator>,
        parts: &'a [ReferenceOr<Schema>],
    ) -> Vec<Vec<String>> {
        let Some(discriminator) = discriminator else { return Vec::new() };
        let tags = parts.iter().map(|part| match part {
            ReferenceOr::Reference { reference } => {
                self.tags_of(discriminator, component_name(reference), part)
            }
            ReferenceOr::Item(_) => self.tags_of(discriminator, None, part),
        });
        tags.collect()
    }

    /// The tags of a component.
    pub(super) fn tags_of_component(
        &self,
        discriminator: &Discriminator,
        name: &str,
    ) -> Vec<String> {
        let schema = components(self.document).get(name);
        let tags = schema.map(|it| self.tags_of(discriminator, Some(name.to_owned()), it));
        tags.unwrap_or_default()
    }

    /// The mapping has the say. Without it the name is the tag, says OpenAPI; but where the schema
    /// itself allows other values only, its name could never stand there: it means what it says, as
    /// the documents of OpenAI and Spotify do. Several schemas may allow the same value; what else
    /// the value holds tells them apart.
    fn tags_of(
        &self,
        discriminator: &Discriminator,
        name: Option<String>,
        schema: &'a ReferenceOr<Schema>,
    ) -> Vec<String> {
        let mapped = name.as_deref().map(|name| mapped(discriminator, name)).unwrap_or_default();
        if !mapped.is_empty() {
            return mapped;
        }
        let own = self.own_tags(schema, &discriminator.property_name, 0);
        match name {
            Some(name) if own.is_empty() || own.contains(&name) => vec![name],
            _ => own,
        }
    }

    /// The values that a schema, or a part of it, allows for the discriminator.
    fn own_tags(
        &self,
        schema: &'a ReferenceOr<Schema>,
        property: &str,
        depth: usize,
    ) -> Vec<String> {
        /// Parts may refer to parts without end.
        const DEEPEST: usize = 4;
        let Some((schema, _)) = self.resolve(schema, Pointer::root()) else { return Vec::new() };
        let keywords = Keywords::of(schema);
        let declared = keywords.properties.iter().find(|(name, _)| *name == property);
        if let Some((_, schema)) = declared {
            let tags = match schema {
                ReferenceOr::Item(schema) => listed(schema),
                ReferenceOr::Reference { reference } => {
                    self.component(reference).map(|(schema, _)| listed(schema)).unwrap_or_default()
                }
            };
            if !tags.is_empty() {
                return tags;
            }
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
}

fn listed(schema: &Schema) -> Vec<String> {
    Keywords::of(schema).values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The tags that the mapping gives a component: by its name or a reference to it, else by what is
/// left of a reference to another file that a tool has put into this one.
pub(super) fn mapped(discriminator: &Discriminator, name: &str) -> Vec<String> {
    let of = |is_meant: &dyn Fn(&str) -> bool| -> Vec<String> {
        let meant = discriminator.mapping.iter().filter(|(_, target)| is_meant(target));
        meant.map(|(tag, _)| tag.clone()).collect()
    };
    let exact = of(&|target| target == name || component_name(target).is_some_and(|it| it == name));
    if exact.is_empty() { of(&|target| last_step(target) == name) } else { exact }
}

/// `act_assign` of `models/a.yml#/act_assign`, and `Cat` of `./Cat.yaml`.
fn last_step(target: &str) -> &str {
    let step = target.rsplit('/').next().unwrap_or(target);
    let suffix = [".yaml", ".yml", ".json"].iter().find_map(|suffix| step.strip_suffix(suffix));
    suffix.unwrap_or(step)
}
