//! The values that a schema lists, where they are not of its type.

use std::collections::{BTreeSet, HashSet};

use super::super::notes::wrong_enum;
use super::super::tree::{Cursor, Mapping, Node, Number, Value};
use super::scalars::{number, written};
use super::{Context, take_from};

/// `type: string, enum: [1.0, true]` becomes `enum: ["1.0", "true"]`, as it was written, and
/// `type: integer, enum: ["1"]` becomes `enum: [1]`; the same for `default` and what was `const`.
///
/// A value that no reading makes one of the type is never met, so it goes away, unless all are such.
pub(super) fn typed(schema: &mut Mapping, at: &Cursor, context: &mut Context) {
    let Some(word) = schema.get("type").and_then(Node::str).map(str::to_owned) else { return };
    if let Some(node) = schema.get_mut("x-const") {
        // The list of one that was made of it is where this is said.
        read_as(&word, node, &at.key("const"), context);
    }
    if let Some(node) = schema.get_mut("default") {
        let at = at.key("default");
        if read_as(&word, node, &at, context) {
            say(&word, "the default", node, &at, context);
        }
    }
    let at = at.key("enum");
    let Some(values) = schema.get_mut("enum").and_then(Node::sequence_mut) else { return };
    let mut read = BTreeSet::new();
    for (index, node) in values.iter_mut().enumerate() {
        let at = at.index(index);
        if read_as(&word, node, &at, context) {
            say(&word, "a value", node, &at, context);
            read.insert(index);
        }
    }
    let is_met = |node: &Node| node.is_of(&word);
    let are_met = values.iter().all(|it| it.is_null() || is_met(it));
    if !read.is_empty() || (values.iter().any(is_met) && !are_met) {
        keep_met(values, &word, &read, &at, context);
    }
}

/// Leaves out what is never met, and what was read as a value that is listed as well.
fn keep_met(
    values: &mut Vec<Node>,
    word: &str,
    read: &BTreeSet<usize>,
    at: &Cursor,
    context: &mut Context,
) {
    let is_met = values.iter().any(|it| it.is_of(word));
    let all = std::mem::take(values);
    let listed = all.iter().enumerate().filter(|(index, _)| !read.contains(index));
    let mut seen: HashSet<String> = listed.filter_map(|(_, node)| scalar(node)).collect();
    for (index, node) in all.into_iter().enumerate() {
        let node = node.moved_from(at.index(index).place());
        if read.contains(&index) && scalar(&node).is_some_and(|text| !seen.insert(text)) {
            continue;
        }
        // A list with null in it is how many documents say that a value is nullable.
        if node.is_null() || node.is_of(word) || !is_met {
            values.push(node);
            continue;
        }
        let place = node.origin().cloned().unwrap_or_else(|| at.place());
        let help =
            "no value is of this type and in the list, so it is left out; correct one of the two";
        wrong_enum(context.notes, word, &node, place, help);
    }
}

/// A scalar as text; values of one type are equal where these are.
fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// `type: array, items: I, enum: [a, b]`, where the values are no lists but fit `I`, becomes
/// `items: I` with that `enum`.
pub(super) fn of_items(schema: &mut Mapping, at: &Cursor, context: &mut Context) {
    if schema.get("type").and_then(Node::str) != Some("array") {
        return;
    }
    let values = schema.get("enum").and_then(Node::sequence).unwrap_or_default();
    let items = schema.get("items").and_then(Node::mapping);
    let Some(items) = items.filter(|_| !values.is_empty()) else { return };
    let word = items.get("type").and_then(Node::str);
    let fits = |node: &Node| word.is_some_and(|word| word != "array" && node.is_of(word));
    if items.contains("$ref") || items.contains("enum") || !values.iter().all(fits) {
        return;
    }
    let message = "the `enum` of an array lists arrays; these are values of its items";
    let help = "it is read as the `enum` of `items`; move it there";
    context.warn("enum-of-items", at.key("enum").place(), message, help);
    let values = take_from(schema, "enum", at);
    if let Some((items, values)) = schema.get_mut("items").and_then(Node::mapping_mut).zip(values) {
        items.set("enum", values);
    }
}

/// Makes a value one of the type, if there is a way to read it so; `false` if it is left as it is.
fn read_as(word: &str, node: &mut Node, at: &Cursor, context: &Context) -> bool {
    let value = match (word, &node.value) {
        ("string", Value::Number(_) | Value::Bool(_)) => Some(written(node, at, context).into()),
        ("number", Value::String(text)) => number(text).map(Value::Number),
        ("integer", Value::String(text)) => {
            number(text).and_then(Number::to_integer).map(|it| Number::Integer(it).into())
        }
        ("boolean", Value::String(text)) => match text.as_str() {
            "true" => Some(true.into()),
            "false" => Some(false.into()),
            _ => None,
        },
        _ => None,
    };
    match value {
        Some(value) => {
            node.value = value;
            true
        }
        None => false,
    }
}

fn say(word: &str, what: &str, node: &Node, at: &Cursor, context: &mut Context) {
    let place = node.origin().cloned().unwrap_or_else(|| at.place());
    let (message, help) = match &node.value {
        Value::String(text) => {
            let found = format!("{what} of a schema of type `{word}` is not in quotes");
            (found, format!("it is read as the text \"{text}\"; write it in quotes"))
        }
        _ => {
            let found = format!("{what} of a schema of type `{word}` is in quotes");
            (found, "it is read as if it were not; remove the quotes".to_owned())
        }
    };
    context.warn("wrong-scalar", place, &message, &help);
}
