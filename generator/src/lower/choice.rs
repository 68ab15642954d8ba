//! What decides over the parts of a `oneOf` or an `anyOf`, where its value may be of several.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use super::assertions::required;
use super::keywords::Keywords;
use super::schema::is_nullable;
use super::{Lowering, rules, union};
use crate::diag::Pointer;
use crate::ir::{Choice, Count, JsonType, Rule, TypeId};

impl<'a> Lowering<'a> {
    /// The choice between the parts of a union that stand behind `key`, each with the rules around
    /// them.
    pub(super) fn choice(
        &mut self,
        around: &[Rule],
        (parts, key): (&'a [ReferenceOr<Schema>], &str),
    ) -> Choice {
        let rules = parts.iter().map(|part| {
            let mut rules = self.assertions(part);
            rules.extend(around.iter().cloned());
            // A part that lists properties is of objects, whether it says so or not.
            if self.is_object(part) && !rules.iter().any(|rule| matches!(rule, Rule::Type(_))) {
                rules.insert(0, Rule::Type(vec![JsonType::Object]));
            }
            rules
        });
        let rules: Vec<Vec<Rule>> = rules.collect();
        let is_one = key == "oneOf" && !self.is_vague(parts, &rules);
        let count = if is_one { Count::ExactlyOne } else { Count::AtLeastOne };
        Choice { count, parts: rules }
    }

    /// Whether a value may keep the rules of several parts that are meant to exclude each other: a
    /// date and a time have the same rules, for `format` is none.
    pub(super) fn is_vague(&mut self, parts: &[ReferenceOr<Schema>], rules: &[Vec<Rule>]) -> bool {
        let texts = parts.iter().filter_map(|part| self.text_format(part, 0));
        let formats: Vec<bool> = texts.collect();
        let equal =
            |(index, one): (usize, &Vec<Rule>)| rules.iter().skip(index + 1).any(|it| it == one);
        formats.len() > 1 && formats.contains(&true)
            || rules.iter().enumerate().any(equal)
            || self.are_alike(parts)
            || parts.iter().any(|part| self.is_vague_choice(part))
    }

    /// Whether a part is a choice of which nobody can tell the parts apart: a value of it may be one
    /// of its neighbours just as well.
    fn is_vague_choice(&mut self, part: &ReferenceOr<Schema>) -> bool {
        let Some(schema) = self.schema_of(part) else { return false };
        let keywords = Keywords::of(schema);
        union::parts(&keywords).is_some_and(|(parts, key)| key == "oneOf" && self.are_alike(parts))
    }

    /// Whether a part that is a string has a format.
    fn text_format(&self, part: &ReferenceOr<Schema>, depth: usize) -> Option<bool> {
        /// Nobody wraps a string more often than this.
        const DEEPEST: usize = 4;
        let keywords = Keywords::of(self.schema_of(part)?);
        match (keywords.ty, keywords.all_of) {
            (Some("string"), _) => Some(keywords.format.is_some()),
            (None, [part]) if depth < DEEPEST => self.text_format(part, depth + 1),
            _ => None,
        }
    }

    /// Whether two components among the parts of a choice differ in nothing that is a rule.
    fn are_alike(&mut self, parts: &[ReferenceOr<Schema>]) -> bool {
        if self.comparing {
            return false;
        }
        self.comparing = true;
        let referred = self.schemas.len();
        let are_alike = self.have_equal_rules(parts);
        // What was referred to only here is not referred to.
        self.schemas.truncate(referred);
        self.schema_ids.retain(|_, id| id.0 < referred);
        self.comparing = false;
        are_alike
    }

    fn have_equal_rules(&mut self, parts: &[ReferenceOr<Schema>]) -> bool {
        type Names<'s> = BTreeSet<&'s str>;
        let mut known: BTreeMap<(Names<'_>, &[String]), Vec<&Schema>> = BTreeMap::new();
        for part in parts.iter().filter(|part| matches!(part, ReferenceOr::Reference { .. })) {
            let Some(schema) = self.schema_of(part) else { continue };
            let keywords = Keywords::of(schema);
            // Of most, the properties are others.
            let names = keywords.properties.iter().map(|(name, _)| *name).collect();
            known.entry((names, keywords.required)).or_default().push(schema);
        }
        known.into_values().filter(|same| same.len() > 1).any(|same| {
            let mut seen: Vec<Vec<Rule>> = Vec::new();
            same.into_iter().any(|schema| {
                let rules = self.schema_assertions(schema);
                let is_known = seen.contains(&rules);
                seen.push(rules);
                is_known
            })
        })
    }

    /// A part of a choice that stands there, or to which it refers.
    fn schema_of<'s>(&self, part: &'s ReferenceOr<Schema>) -> Option<&'s Schema>
    where
        'a: 's,
    {
        match part {
            ReferenceOr::Item(schema) => Some(schema),
            ReferenceOr::Reference { reference } => self.component(reference).map(|(it, _)| it),
        }
    }

    /// What the keywords around a choice ask for, the choice behind `key` apart.
    pub(super) fn union_rules(&mut self, id: TypeId, keywords: &Keywords<'a>, key: &str) {
        let around = keywords.without_choice(key);
        let mut rules = rules::of(&around);
        rules.extend(required(around.required));
        rules.extend(self.choices(&around));
        rules.extend(self.conditions(keywords));
        self.set_rules(id, rules);
    }

    /// The rule of a `oneOf` of strings that is an enum, where a string may be of several parts.
    pub(super) fn add_overlap(
        &mut self,
        id: TypeId,
        (parts, key): (&'a [ReferenceOr<Schema>], &str),
    ) {
        let lists = parts.iter().filter_map(|part| self.resolve(part, Pointer::root()));
        let lists: Vec<_> = lists.map(|(part, _)| Keywords::of(part).values).collect();
        let values: BTreeSet<&str> = lists.iter().flatten().filter_map(Value::as_str).collect();
        let overlaps = lists.iter().any(Vec::is_empty)
            || lists.iter().map(Vec::len).sum::<usize>() > values.len();
        if key == "oneOf" && overlaps {
            let choice = self.choice(&[], (parts, key));
            self.add_rules(id, vec![choice.into()]);
        }
    }

    fn is_object(&self, part: &'a ReferenceOr<Schema>) -> bool {
        let resolved = self.resolve(part, Pointer::root());
        resolved.is_some_and(|(schema, _)| {
            let keywords = Keywords::of(schema);
            keywords.ty.is_none() && keywords.is_object() && !is_nullable(schema, &keywords)
        })
    }
}

impl From<Choice> for Rule {
    fn from(choice: Choice) -> Self {
        match choice.count {
            Count::AtLeastOne => Self::AnyOf(choice.parts),
            Count::ExactlyOne => Self::OneOf(choice.parts),
        }
    }
}
