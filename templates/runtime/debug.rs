//! `Debug` for models: one walk that leaves out absent fields and never shows a secret.

use std::fmt;

use serde_json::Value;

use super::gaps::Gaps;
use super::model::{Level, List, Map, Model, Rest, Slot, View};

/// What stands where a secret is.
pub(crate) const REDACTED: &str = "[redacted]";

/// Formats `slot`; what every model's `Debug` calls.
///
/// # Errors
/// The formatter's own.
pub fn fmt(slot: &dyn Slot, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    // By way of a pointer: else the compiler, in deciding what to inline, looks for every model at
    // all that the walk may call.
    const WALK: fn(View<'_>, &mut fmt::Formatter<'_>) -> fmt::Result =
        |view, formatter| fmt::Debug::fmt(&view, formatter);
    WALK(slot.view(), formatter)
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(_level) = Level::enter() else { return formatter.write_str("..") };
        match *self {
            View::Absent | View::Null => formatter.write_str("null"),
            View::Bool(value) => value.fmt(formatter),
            View::I64(value) => value.fmt(formatter),
            View::U64(value) => value.fmt(formatter),
            View::I128(value) => value.fmt(formatter),
            View::F64(value) => value.fmt(formatter),
            View::Str(value) => value.fmt(formatter),
            View::Text(value) => write!(formatter, "{value}"),
            View::File(file) => file.fmt(formatter),
            View::Json(value) => json(value, formatter),
            View::Enum(value, _) => value.fmt(formatter),
            View::List(list) => items(list, formatter),
            View::Map(map) => entries(map, formatter),
            View::Model(model) => fields(model, formatter),
            View::Variant(variant) if variant.is_secret() => formatter.write_str(REDACTED),
            View::Variant(variant) => fmt::Debug::fmt(&variant.inner(), formatter),
            View::Untagged(value, tag) => match value.get(tag) {
                Some(tag) => write!(formatter, "Unknown({tag}, ..)"),
                None => formatter.write_str("Unknown(..)"),
            },
        }
    }
}

fn items(list: &dyn List, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    formatter.debug_list().entries((0..list.len()).map(|index| list.item(index))).finish()
}

fn entries(map: &dyn Map, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = formatter.debug_map();
    let _ = map.entries(&mut |key, value| {
        shown.entry(&key, &value);
        Ok(())
    });
    shown.finish()
}

fn fields(model: &dyn Model, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let shape = model.describe();
    let mut shown = formatter.debug_struct(shape.name);
    let gaps = Gaps::of(model);
    for (index, field) in shape.fields.iter().enumerate() {
        match model.get(index) {
            View::Absent => &mut shown,
            view if gaps.has(field.name(), view) => &mut shown,
            _ if field.is_secret() => shown.field(field.name(), &format_args!("{REDACTED}")),
            view => shown.field(field.name(), &view),
        };
    }
    match (model.get(shape.fields.len()), shape.rest) {
        (View::Map(rest), _) if rest.len() == 0 => shown.finish(),
        (rest, Rest::Typed(_)) => shown.field("..", &rest).finish(),
        (View::Map(rest), _) => shown.field("..", &Names(rest)).finish(),
        _ => shown.finish(),
    }
}

/// The names of properties whose values nobody vouches for.
struct Names<'a>(&'a dyn Map);

impl fmt::Debug for Names<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names = formatter.debug_set();
        let _ = self.0.entries(&mut |name, _| {
            names.entry(&name);
            Ok(())
        });
        names.finish()
    }
}

/// Untyped JSON: of an object only the names, for nobody vouches for its values.
fn json(value: &Value, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    match value {
        Value::Object(properties) => formatter.debug_set().entries(properties.keys()).finish(),
        Value::Array(items) => items
            .iter()
            .fold(&mut formatter.debug_list(), |list, item| list.entry(&View::Json(item)))
            .finish(),
        scalar => write!(formatter, "{scalar}"),
    }
}
