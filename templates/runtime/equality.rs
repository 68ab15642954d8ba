//! Equality of JSON: `1` and `1.0` are one number, and the order of properties is none.

use std::collections::BTreeMap;

use serde_json::Value;

use super::decimal::Decimal;

/// Whether a value equals one that the document holds as JSON text.
pub(crate) fn is_listed(listed: &str, value: &Value) -> bool {
    serde_json::from_str(listed).is_ok_and(|listed: Value| canonical(&listed) == canonical(value))
}

/// The first two items of an array that are equal.
pub(crate) fn duplicate(list: &Value) -> Option<(usize, usize)> {
    let mut seen = BTreeMap::new();
    let items = list.as_array()?.iter().map(canonical).enumerate();
    for (second, item) in items {
        if let Some(first) = seen.insert(item, second) {
            return Some((first, second));
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
            let mut entries: Vec<String> = properties
                .iter()
                .map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), canonical(value)))
                .collect();
            entries.sort();
            format!("{{{}}}", entries.join(","))
        }
        scalar => scalar.to_string(),
    }
}
