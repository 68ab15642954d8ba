//! Scalars written as another type than the specification asks for.

use super::super::model::Shape;
use super::super::tree::{Cursor, Node, Number, Value};
use super::Context;

/// `version: 1.10` becomes `version: "1.10"`; `required: "true"` and `1` become `required: true`;
/// `minLength: "3"` and `minLength: 3.0` become `minLength: 3`.
pub(super) fn coerce(shape: Shape, node: &mut Node, at: &Cursor, context: &mut Context) {
    // References have been resolved, and a number never was one.
    if at.last_key() == Some("$ref") {
        return;
    }
    let coerced = match (shape, &node.value) {
        (Shape::Text, Value::Number(_) | Value::Bool(_)) => {
            Value::String(written(node, at, context))
        }
        (Shape::Flag | Shape::SchemaOrFlag, Value::String(text)) => {
            match text.to_ascii_lowercase().as_str() {
                "true" | "yes" => Value::Bool(true),
                "false" | "no" => Value::Bool(false),
                _ => return,
            }
        }
        // The numeric bounds of 3.1 have the names of flags.
        (Shape::Flag, Value::Number(Number::Integer(flag @ (0 | 1))))
            if !at.last_key().is_some_and(|key| key.starts_with("exclusive")) =>
        {
            Value::Bool(*flag == 1)
        }
        (Shape::Number | Shape::Count, Value::String(text)) => match number(text) {
            Some(number) => Value::Number(number),
            None => return,
        },
        (Shape::Count, Value::Number(number @ Number::Float(_))) => {
            // The same number; nothing to warn about.
            if let Some(integer) = number.to_integer() {
                node.value = Value::Number(Number::Integer(integer));
            }
            return;
        }
        _ => return,
    };
    let message = format!("this should be {}, not {}", shape.describe(), node.describe());
    let help = match (shape, &node.value) {
        (Shape::Flag, Value::Number(_)) => "it is read as one; write `true` or `false`",
        _ => "it is read as if it were; correct its quotes",
    };
    node.value = coerced;
    // YAML makes numbers of unquoted versions; that is no reason to complain.
    if shape != Shape::Text {
        context.warn("wrong-scalar", at.place(), &message, help);
    }
}

/// As it was written, because `1.10` is no number.
pub(super) fn written(node: &Node, at: &Cursor, context: &Context) -> String {
    let plain = match &node.value {
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        _ => String::new(),
    };
    let place = node.origin().cloned().unwrap_or_else(|| at.place());
    let text = context.files.text_of(&place).map(str::trim);
    // Through an alias or a repaired place the text may be anything.
    let is_same = |text: &&str| match &node.value {
        Value::Number(written) => {
            number(text).or_else(|| radix(text)).is_some_and(|it| it == *written)
        }
        _ => text.eq_ignore_ascii_case(&plain),
    };
    text.filter(is_same).map_or(plain, str::to_owned)
}

pub(super) fn number(text: &str) -> Option<Number> {
    let integer = text.parse().ok().map(Number::Integer);
    let float = || text.parse().ok().filter(|it: &f64| it.is_finite()).map(Number::Float);
    integer.or_else(float)
}

/// `0x1F`, `0o17` and `0b11`, which YAML takes for numbers.
fn radix(text: &str) -> Option<Number> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (digits, radix) = match digits.get(..2)? {
        "0x" => (digits.get(2..)?, 16),
        "0o" => (digits.get(2..)?, 8),
        "0b" => (digits.get(2..)?, 2),
        _ => return None,
    };
    let value = i128::from_str_radix(digits, radix).ok()?;
    Some(Number::Integer(if text.starts_with('-') { -value } else { value }))
}
