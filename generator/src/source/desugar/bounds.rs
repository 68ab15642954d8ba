//! Bounds of numbers: numeric exclusive ones, and those that openapiv3 cannot hold exactly.

use super::super::files::Files;
use super::super::tree::{Cursor, Mapping, Node, Number, OWN, Value};
use super::Context;
use crate::diag::Place;

/// `maximum: 1e400`, which the parsers of YAML take for text, goes away: no double holds it.
pub(super) fn beyond(schema: &mut Mapping, at: &Cursor, context: &mut Context) {
    for key in BOUNDS {
        let is_beyond = |text: &str| {
            let is_word = !text.bytes().any(|byte| byte.is_ascii_digit());
            !is_word && text.parse().is_ok_and(f64::is_infinite)
        };
        if schema.get(key).and_then(Node::str).is_some_and(is_beyond) {
            unbounded(schema, key, at.key(key).place(), context);
        }
    }
}

const BOUNDS: &[&str] = &[
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
];

/// Takes a bound away that is none.
fn unbounded(schema: &mut Mapping, key: &str, place: Place, context: &mut Context) {
    let message = format!("`{key}` is no number that a double can hold, and ignored");
    context.warn("wrong-bound", place, &message, "leave it out if there is no bound");
    schema.take(key);
}

/// `exclusiveMinimum: 5` becomes `minimum: 5, exclusiveMinimum: true`. Where `minimum` is there as
/// well, the stricter of the two wins.
pub(super) fn exclusive(schema: &mut Mapping, at: &Cursor, _: &mut Context) {
    for (inclusive, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")]
    {
        let Some(bound) = schema.get(exclusive).and_then(Node::number) else { continue };
        let other = schema.get(inclusive).and_then(Node::number);
        let is_weaker = other.is_some_and(|other| match inclusive {
            "minimum" => other.to_f64() > bound.to_f64(),
            _ => other.to_f64() < bound.to_f64(),
        });
        if is_weaker {
            schema.take(exclusive);
            continue;
        }
        let place = at.key(exclusive).place();
        schema.set(inclusive, Node::from(bound).moved_from(place));
        schema.set(exclusive, true);
    }
}

/// `minimum: 18446744073709551616` becomes `x-oas-minimum: "18446744073709551616"`: what does not fit
/// into openapiv3's numbers (`i64` for integers, `f64` for numbers, `usize` for counts) is kept as the
/// text that was written.
pub(super) fn range(schema: &mut Mapping, at: &Cursor, context: &mut Context) {
    let is_integer = schema.get("type").and_then(Node::str) == Some("integer");
    for key in ["minimum", "maximum", "multipleOf"] {
        let Some(number) = schema.get(key).and_then(Node::number) else { continue };
        let origin = schema.get(key).and_then(Node::origin).cloned();
        let place = || origin.clone().unwrap_or_else(|| at.key(key).place());
        if !number.to_f64().is_finite() {
            unbounded(schema, key, place(), context);
            continue;
        }
        let held = if is_integer { as_i64(number) } else { as_f64(number) };
        match held {
            Some(held) => schema.get_mut(key).into_iter().for_each(|node| node.value = held.into()),
            None => {
                let text = exact_text(number, &place(), context.files);
                schema.set(key, text);
                schema.rename(key, format!("{OWN}{key}"));
            }
        }
    }
    for key in ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"]
    {
        count(schema, key, at, context);
    }
}

fn as_i64(number: Number) -> Option<Number> {
    let integer = i64::try_from(number.to_integer()?).ok()?;
    Some(Number::Integer(integer.into()))
}

/// The number itself, where a double holds exactly what was probably written.
fn as_f64(number: Number) -> Option<Number> {
    const EXACT: i128 = 1 << 53;
    match number {
        Number::Integer(integer) => (integer.abs() <= EXACT).then_some(number),
        Number::Float(float) => (digits(float) < 16 && float.abs() < 1e18).then_some(number),
    }
}

/// How many digits a double takes: many mean that some of those written may be missing.
fn digits(float: f64) -> usize {
    let text = format!("{float:e}");
    let mantissa = text.split('e').next().unwrap_or_default();
    mantissa.bytes().filter(u8::is_ascii_digit).count()
}

fn exact_text(number: Number, place: &Place, files: &Files) -> String {
    let is_number = |text: &&str| text.parse::<f64>().is_ok_and(|it| it == number.to_f64());
    match number {
        Number::Integer(integer) => integer.to_string(),
        Number::Float(float) => {
            let text = files.text_of(place).map(str::trim).filter(is_number);
            text.map_or_else(|| float.to_string(), str::to_owned)
        }
    }
}

/// A negative count bounds nothing; one beyond 64 bits is kept as text.
fn count(schema: &mut Mapping, key: &str, at: &Cursor, context: &mut Context) {
    let Some(Value::Number(number)) = schema.get(key).map(|node| &node.value) else { return };
    let Some(integer) = number.to_integer() else {
        // The check refuses fractions; what is too large for us is no bound for anyone.
        if number.to_f64().fract() == 0.0 || !number.to_f64().is_finite() {
            schema.take(key);
        }
        return;
    };
    if integer < 0 {
        let message = format!("`{key}` is negative, and ignored");
        context.warn(
            "wrong-bound",
            at.key(key).place(),
            &message,
            "leave it out if there is no bound",
        );
        schema.take(key);
    } else if u64::try_from(integer).is_err() {
        schema.set(key, integer.to_string());
        schema.rename(key, format!("{OWN}{key}"));
    } else {
        schema.set(key, Number::Integer(integer));
    }
}
