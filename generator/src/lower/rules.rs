//! The assertion keywords of a schema that hold no schemas themselves.

use serde_json::Value;

use super::keywords::Keywords;
use crate::ir::{Pattern, Rule};

/// The assertions of a schema itself, without those of its items and values.
pub(super) fn of(keywords: &Keywords<'_>) -> Vec<Rule> {
    let mut rules = Vec::new();
    rules.extend(keywords.min_length.map(|min| Rule::MinLength(count(min))));
    rules.extend(keywords.max_length.map(|max| Rule::MaxLength(count(max))));
    rules.extend(keywords.pattern.map(|pattern| Rule::Pattern(Pattern::new(pattern))));
    rules.extend(keywords.minimum.clone().map(match keywords.exclusive_minimum {
        false => Rule::Minimum,
        true => Rule::ExclusiveMinimum,
    }));
    rules.extend(keywords.maximum.clone().map(match keywords.exclusive_maximum {
        false => Rule::Maximum,
        true => Rule::ExclusiveMaximum,
    }));
    rules.extend(keywords.multiple_of.clone().map(Rule::MultipleOf));
    rules.extend(keywords.min_items.map(|min| Rule::MinItems(count(min))));
    rules.extend(keywords.max_items.map(|max| Rule::MaxItems(count(max))));
    rules.extend(keywords.unique_items.then_some(Rule::UniqueItems));
    rules.extend(of_object(keywords));
    match keywords.constant {
        Some(value) => rules.push(Rule::Const(value.clone())),
        None if keywords.values.is_empty() || all_strings(&keywords.values) => {}
        None => rules.push(Rule::Enum(keywords.values.clone())),
    }
    rules
}

/// The assertions on an object as a whole.
pub(super) fn of_object(keywords: &Keywords<'_>) -> Vec<Rule> {
    let min = keywords.min_properties.map(|min| Rule::MinProperties(count(min)));
    let max = keywords.max_properties.map(|max| Rule::MaxProperties(count(max)));
    min.into_iter().chain(max).collect()
}

/// Whether an `enum` is one of strings; `null` among them only says that the value is nullable.
pub(super) fn all_strings(values: &[Value]) -> bool {
    values.iter().all(|value| value.is_string() || value.is_null())
        && values.iter().any(Value::is_string)
}

fn count(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
