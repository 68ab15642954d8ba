//! Equality: of two values of one type, by a walk over both; and of JSON as the rules of a document
//! see it, where `1` and `1.0` are one number and the order of properties is none.

use std::collections::BinaryHeap;

use serde_json::{Map as JsonMap, Value};

use super::decimal::Decimal;
use super::field::Field;
use super::gaps::Gaps;
use super::model::{List, Map, Model, Slot, Stop, View};

/// Whether two values are the same in JSON; what every model's `PartialEq` calls.
#[must_use]
pub fn eq(one: &dyn Slot, other: &dyn Slot) -> bool {
    // By way of a pointer: see `debug::fmt`.
    const WALK: fn(View<'_>, View<'_>) -> bool = same;
    WALK(one.view(), other.view())
}

/// Whether two values of one type are the same. What the variants of a union hold is compared, not
/// which they are.
fn same(one: View<'_>, other: View<'_>) -> bool {
    match (one, other) {
        (View::Variant(one), other) => same(one.inner(), other),
        (one, View::Variant(other)) => same(one, other.inner()),
        (View::Absent, View::Absent) | (View::Null, View::Null) => true,
        (View::Bool(one), View::Bool(other)) => one == other,
        (View::I64(one), View::I64(other)) => one == other,
        (View::U64(one), View::U64(other)) => one == other,
        (View::I128(one), View::I128(other)) => one == other,
        #[allow(clippy::float_cmp, reason = "this is the comparison of its type")]
        (View::F64(one), View::F64(other)) => one == other,
        (View::Text(one), View::Text(other)) => one.to_string() == other.to_string(),
        (View::File(one), View::File(other)) => one == other,
        (
            View::Json(one) | View::Untagged(one, _),
            View::Json(other) | View::Untagged(other, _),
        ) => one == other,
        (View::Str(one) | View::Enum(one, _), View::Str(other) | View::Enum(other, _)) => {
            one == other
        }
        (View::List(one), View::List(other)) => lists(one, other),
        (View::Map(one), View::Map(other)) => maps(one, other),
        (View::Model(one), View::Model(other)) => models(one, other),
        _ => false,
    }
}

fn lists(one: &dyn List, other: &dyn List) -> bool {
    let len = one.len();
    len == other.len() && (0..len).all(|index| same(one.item(index), other.item(index)))
}

fn maps(one: &dyn Map, other: &dyn Map) -> bool {
    let equal = |key: &str, value: View<'_>| match other.get(key) {
        Some(other) if same(value, other) => Ok(()),
        _ => Err(Stop),
    };
    one.len() == other.len() && one.entries(&mut |key, value| equal(key, value)).is_ok()
}

fn models(one: &dyn Model, other: &dyn Model) -> bool {
    let (shape, others) = (one.describe(), other.describe());
    let (gaps, their_gaps) = (Gaps::of(one), Gaps::of(other));
    let is_same = |(index, field): (usize, &Field)| {
        let (one, other) = (one.get(index), other.get(index));
        gaps.has(field.name(), one) == their_gaps.has(field.name(), other) && same(one, other)
    };
    let rest = shape.fields.len();
    shape.name == others.name
        && shape.fields.len() == others.fields.len()
        && shape.fields.iter().enumerate().all(is_same)
        && same(one.get(rest), other.get(rest))
}

/// Texts, each with a number or nothing but the fact. What is marked in a walk is kept in the map
/// that JSON's objects are: each further type of map is a B-tree more to compile.
pub(crate) type Marks = JsonMap<String, Value>;

/// Whether a value equals one that the document holds as JSON text.
pub(crate) fn is_listed(listed: &str, value: &Value) -> bool {
    serde_json::from_slice(listed.as_bytes())
        .is_ok_and(|listed: Value| canonical(&listed) == canonical(value))
}

/// The first two items of an array that are equal.
pub(crate) fn duplicate(list: &Value) -> Option<(usize, usize)> {
    let mut seen = Marks::new();
    let items = list.as_array()?.iter().map(canonical).enumerate();
    for (second, item) in items {
        if let Some(first) = seen.insert(item, second.into()) {
            let first = first.as_u64().and_then(|first| usize::try_from(first).ok());
            return Some((first?, second));
        }
    }
    None
}

/// A text that is the same for equal values: numbers as decimals, properties by their names.
fn canonical(value: &Value) -> String {
    match value {
        Value::Number(number) => match Decimal::parse(&number.to_string()) {
            Some(decimal) => decimal.to_string(),
            None => number.to_string(),
        },
        Value::Array(items) => {
            format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(","))
        }
        Value::Object(properties) => {
            let entries: BinaryHeap<String> = properties
                .iter()
                .map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), canonical(value)))
                .collect();
            format!("{{{}}}", entries.into_sorted_vec().join(","))
        }
        scalar => scalar.to_string(),
    }
}
