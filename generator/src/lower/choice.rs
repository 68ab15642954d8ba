//! What decides over the parts of a `oneOf` or an `anyOf`, where its value may be of several.

use std::collections::BTreeSet;

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use super::assertions::required;
use super::keywords::Keywords;
use super::schema::is_nullable;
use super::{Lowering, rules};
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
        let is_one = key == "oneOf";
        let schemas = parts;
        let parts = parts.iter().map(|part| {
            let mut rules = self.assertions(part);
            rules.extend(around.iter().cloned());
            // A part that lists properties is of objects, whether it says so or not.
            if self.is_object(part) && !rules.iter().any(|rule| matches!(rule, Rule::Type(_))) {
                rules.insert(0, Rule::Type(vec![JsonType::Object]));
            }
            rules
        });
        let parts: Vec<Vec<Rule>> = parts.collect();
        let count = match is_one && !self.is_vague(schemas, &parts) {
            true => Count::ExactlyOne,
            false => Count::AtLeastOne,
        };
        Choice { count, parts }
    }

    /// Whether a value may keep the rules of several parts that are meant to exclude each other: a
    /// date and a time have the same rules, for `format` is none.
    pub(super) fn is_vague(&self, parts: &[ReferenceOr<Schema>], rules: &[Vec<Rule>]) -> bool {
        let has_format = |part: &ReferenceOr<Schema>| match part {
            ReferenceOr::Item(schema) => Keywords::of(schema).format.is_some(),
            ReferenceOr::Reference { reference } => self
                .component(reference)
                .is_some_and(|(schema, _)| Keywords::of(schema).format.is_some()),
        };
        let equal =
            |(index, one): (usize, &Vec<Rule>)| rules.iter().skip(index + 1).any(|it| it == one);
        parts.iter().any(has_format) || rules.iter().enumerate().any(equal)
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
