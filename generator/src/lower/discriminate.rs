//! The values of a discriminator that mean each of the schemas that it chooses from.

use openapiv3::{Discriminator, ReferenceOr, Schema};
use serde_json::Value;

use super::Lowering;
use super::keywords::Keywords;
use super::schema::{component_name, components};
use crate::diag::Pointer;

/// What is known of the tags of one schema.
struct Known {
    /// Those that the mapping gives it.
    mapped: Vec<String>,
    /// Its name, which is its tag if nothing else is.
    name: Option<String>,
    /// The values that it allows for the discriminator itself.
    own: Vec<String>,
}

impl<'a> Lowering<'a> {
    /// The tags of the parts of a union; none without a discriminator.
    pub(super) fn tags_of_parts(
        &self,
        discriminator: Option<&Discriminator>,
        parts: &'a [ReferenceOr<Schema>],
    ) -> Vec<Vec<String>> {
        let Some(discriminator) = discriminator else { return Vec::new() };
        let known = parts.iter().map(|part| {
            let name = match part {
                ReferenceOr::Reference { reference } => component_name(reference),
                ReferenceOr::Item(_) => None,
            };
            self.known(discriminator, name, Some(part))
        });
        known.map(|known| known.tags()).collect()
    }

    /// The tags of components.
    pub(super) fn tags_of_names(
        &self,
        discriminator: &Discriminator,
        names: &[&str],
    ) -> Vec<Vec<String>> {
        let all = components(self.document);
        let known = names
            .iter()
            .map(|name| self.known(discriminator, Some((*name).to_owned()), all.get(*name)));
        known.map(|known| known.tags()).collect()
    }

    fn known(
        &self,
        discriminator: &Discriminator,
        name: Option<String>,
        schema: Option<&'a ReferenceOr<Schema>>,
    ) -> Known {
        let mapped = name.as_deref().map(|name| mapped(discriminator, name)).unwrap_or_default();
        let own = schema.map(|schema| self.own_tags(schema, &discriminator.property_name, 0));
        Known { mapped, name, own: own.unwrap_or_default() }
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
        let tags = parts.iter().rev().map(|part| self.own_tags(part, property, depth + 1));
        tags.into_iter().find(|tags| !tags.is_empty()).unwrap_or_default()
    }
}

fn listed(schema: &Schema) -> Vec<String> {
    Keywords::of(schema).values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The tags that the mapping gives a component: by its name or a reference to it, else by what is
/// left of a reference to another file that a tool has put into this one.
fn mapped(discriminator: &Discriminator, name: &str) -> Vec<String> {
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

impl Known {
    /// The mapping has the say. Without it the name is the tag, says OpenAPI; but where the schema
    /// itself allows other values only, its name could never stand there: it means what it says, as
    /// the documents of OpenAI and Spotify do. Several schemas may allow the same value; what else
    /// the value holds tells them apart.
    fn tags(self) -> Vec<String> {
        match (self.mapped.is_empty(), self.name) {
            (false, _) => self.mapped,
            (true, Some(name)) if self.own.is_empty() || self.own.contains(&name) => vec![name],
            _ => self.own,
        }
    }
}
