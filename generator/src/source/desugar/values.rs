//! The values that a schema lists, where they are not of its type.

use super::super::tree::{Cursor, Mapping, Node, Number, Value};
use super::Context;
use super::scalars::{number, written};

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
    for (index, node) in values.iter_mut().enumerate() {
        let at = at.index(index);
        if read_as(&word, node, &at, context) {
            say(&word, "a value", node, &at, context);
        }
    }
    let is_met = |node: &Node| node.is_of(&word);
    if values.iter().any(is_met) && !values.iter().all(|it| it.is_null() || is_met(it)) {
        keep_met(values, &word, &at, context);
    }
}

fn keep_met(values: &mut Vec<Node>, word: &str, at: &Cursor, context: &mut Context) {
    for (index, node) in std::mem::take(values).into_iter().enumerate() {
        let node = node.moved_from(at.index(index).place());
        // A list with null in it is how many documents say that a value is nullable.
        if node.is_null() || node.is_of(word) {
            values.push(node);
            continue;
        }
        let place = node.origin().cloned().unwrap_or_else(|| at.place());
        let message =
            format!("a value of the `enum` of a schema of type `{word}` is {}", node.describe());
        let help =
            "no value is of this type and in the list, so it is left out; correct one of the two";
        context.warn("wrong-enum", place, &message, help);
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
