//! Which unions need no choice: those of which no value can be of two variants.
//!
//! Two schemas have no value in common if their JSON types differ, if a property that one of them
//! requires cannot have a value for both, or if one requires what the other forbids.

use std::cell::Cell;
use std::collections::BTreeSet;

use serde_json::Value;

use crate::ir::{Api, JsonType, Rule, Schema, Shape};

/// Schemas within schemas deeper than this are taken for any.
const DEEPEST: usize = 8;

/// How many comparisons each pair of variants may take; where that does not do, the union keeps its
/// choice.
const MOST_COMPARISONS: usize = 200;

/// The schemas, and how many comparisons are left.
#[derive(Clone, Copy)]
struct Within<'a, 'c> {
    schemas: &'a [Schema],
    left: &'c Cell<usize>,
}

impl Within<'_, '_> {
    fn spend(self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }
}

/// Takes away the choices that the looks of a value have made already.
pub(super) fn settle(api: &mut Api) {
    let schemas = &api.schemas;
    for def in &mut api.types {
        let Shape::Union(union) = &mut def.shape else { continue };
        let settled = union.choice.as_ref().is_some_and(|choice| {
            let parts: Vec<&[Rule]> = choice.parts.iter().map(Vec::as_slice).collect();
            are_disjoint(schemas, &parts)
        });
        if settled {
            union.choice = None;
        }
    }
}

fn are_disjoint(schemas: &[Schema], parts: &[&[Rule]]) -> bool {
    let facts: Vec<Facts<'_>> = parts.iter().map(|rules| Facts::of(schemas, rules, 0)).collect();
    facts.iter().enumerate().all(|(index, one)| {
        facts.iter().skip(index + 1).all(|other| {
            let left = Cell::new(MOST_COMPARISONS);
            one.is_disjoint(other, Within { schemas, left: &left }, 0)
        })
    })
}

/// What is sure of every value of a schema.
#[derive(Default)]
struct Facts<'a> {
    /// The types; any, if there are none here.
    types: Option<BTreeSet<JsonType>>,
    /// The values, if they are listed.
    values: Option<Vec<&'a Value>>,
    required: Vec<&'a str>,
    properties: Vec<(&'a str, &'a [Rule])>,
    /// The only names that there may be.
    closed: Option<Vec<&'a str>>,
    /// The parts of choices, of each of which one holds.
    choices: Vec<&'a [Vec<Rule>]>,
}

impl<'a> Facts<'a> {
    fn of(schemas: &'a [Schema], rules: &'a [Rule], depth: usize) -> Self {
        let mut facts = Self::default();
        facts.add(schemas, rules, depth);
        facts
    }

    fn add(&mut self, schemas: &'a [Schema], rules: &'a [Rule], depth: usize) {
        if depth > DEEPEST {
            return;
        }
        for rule in rules {
            match rule {
                Rule::Type(types) => {
                    let types = types.iter().copied().collect();
                    self.types = Some(match self.types.take() {
                        Some(known) => common(&known, &types),
                        None => types,
                    });
                }
                Rule::Const(value) => self.values = Some(vec![value]),
                Rule::Enum(values) => self.values = Some(values.iter().collect()),
                Rule::Required(names) => self.required.extend(names.iter().map(String::as_str)),
                Rule::Properties(entries) => self
                    .properties
                    .extend(entries.iter().map(|(name, rules)| (name.as_str(), rules.as_slice()))),
                Rule::AdditionalProperties(it)
                    if it.patterns.is_empty()
                        && matches!(it.rules.as_slice(), [Rule::False(_)]) =>
                {
                    self.closed = Some(it.names.iter().map(String::as_str).collect());
                }
                Rule::AnyOf(parts) | Rule::OneOf(parts) => self.choices.push(parts),
                Rule::Schema(id) => {
                    if let Some(schema) = schemas.get(id.0) {
                        self.add(schemas, &schema.rules, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }

    fn is_disjoint(&self, other: &Self, within: Within<'a, '_>, depth: usize) -> bool {
        depth < DEEPEST
            && within.spend()
            && (self.differs_in_type(other)
                || self.differs_in_values(other)
                || self.differs_in_properties(other, within, depth)
                || other.differs_in_properties(self, within, depth)
                || self.differs_in_choices(other, within, depth)
                || other.differs_in_choices(self, within, depth))
    }

    fn differs_in_type(&self, other: &Self) -> bool {
        match (&self.types, &other.types) {
            (Some(left), Some(right)) => common(left, right).is_empty(),
            _ => false,
        }
    }

    fn differs_in_values(&self, other: &Self) -> bool {
        match (&self.values, &other.values) {
            (Some(left), Some(right)) => left.iter().all(|value| !right.contains(value)),
            _ => false,
        }
    }

    /// Whether a property that this one requires tells them apart.
    fn differs_in_properties(&self, other: &Self, within: Within<'a, '_>, depth: usize) -> bool {
        // Of a value that may be no object, properties tell nothing.
        let is_object = |facts: &Self| {
            facts.types.as_ref().is_some_and(|types| types.iter().all(|ty| *ty == JsonType::Object))
        };
        if !(is_object(self) || is_object(other)) {
            return false;
        }
        self.required.iter().any(|name| {
            let forbids = other.closed.as_ref().is_some_and(|names| !names.contains(name));
            let of = |facts: &Self| {
                let mut found = Self::default();
                let rules = facts.properties.iter().filter(|(it, _)| it == name);
                rules.for_each(|(_, rules)| found.add(within.schemas, rules, depth + 1));
                found
            };
            forbids || of(self).is_disjoint(&of(other), within, depth + 1)
        })
    }

    /// Whether every part of a choice of this one differs from the other.
    fn differs_in_choices(&self, other: &Self, within: Within<'a, '_>, depth: usize) -> bool {
        self.choices.iter().any(|parts| {
            parts.iter().all(|rules| {
                Self::of(within.schemas, rules, depth + 1).is_disjoint(other, within, depth + 1)
            })
        })
    }
}

/// The types that are of both; an integer is a number.
fn common(left: &BTreeSet<JsonType>, right: &BTreeSet<JsonType>) -> BTreeSet<JsonType> {
    let within = |ty: &JsonType, types: &BTreeSet<JsonType>| {
        types.contains(ty) || (*ty == JsonType::Integer && types.contains(&JsonType::Number))
    };
    let of_left = left.iter().filter(|ty| within(ty, right));
    let of_right = right.iter().filter(|ty| within(ty, left));
    of_left.chain(of_right).copied().collect()
}
