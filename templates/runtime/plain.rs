//! A value as plain text, lists and objects: what the styles of parameters are written from, and
//! what a preview shows of a body.

use serde_json::Value;

use super::debug::REDACTED;
use super::encode::to_json;
use super::gaps::Gaps;
use super::model::{Level, Map, Model, Rest, View};
use super::multipart::FilePart;

/// A value without its types.
#[derive(Debug)]
pub(crate) enum Plain {
    /// `null`, or nothing at all.
    Nothing,
    /// A string.
    Text(String),
    /// A number or a boolean, as JSON writes it.
    Literal(String),
    /// An array.
    List(Vec<Plain>),
    /// An object, its properties in the document's order.
    Object(Vec<(String, Plain)>),
    /// A file.
    File(FilePart),
    /// A secret, where secrets are hidden.
    Redacted,
}

/// Whether a reader may see secrets: a server may, a preview may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Secrets {
    Shown,
    Hidden,
}

/// The layout of JSON text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    Compact,
    /// With this many levels around it.
    Pretty(usize),
}

impl Plain {
    pub(crate) fn of(view: View<'_>, secrets: Secrets) -> Self {
        let Some(_level) = Level::enter() else { return Self::Nothing };
        match view {
            View::Absent | View::Null => Self::Nothing,
            View::Bool(value) => Self::Literal(value.to_string()),
            View::I64(value) => Self::Literal(value.to_string()),
            View::U64(value) => Self::Literal(value.to_string()),
            View::I128(value) => Self::Literal(value.to_string()),
            View::F64(_) => Self::Literal(to_json(view).to_string()),
            View::Str(value) => Self::Text(value.to_owned()),
            View::Text(value) => Self::Text(value.to_string()),
            View::Enum(value, _) => Self::Text(value.to_owned()),
            View::File(file) => Self::File(file.clone()),
            View::Variant(variant) if variant.is_secret() && secrets == Secrets::Hidden => {
                Self::Redacted
            }
            View::Variant(variant) => Self::of(variant.inner(), secrets),
            View::Json(value) | View::Untagged(value, _) => Self::from_json(value, secrets),
            View::List(list) => {
                let items = (0..list.len()).map(|index| Self::of(list.item(index), secrets));
                Self::List(items.collect())
            }
            View::Map(map) => Self::Object(entries(map, Rest::Typed(&[]), secrets)),
            View::Model(model) => Self::Object(properties(model, secrets)),
        }
    }

    fn from_json(value: &Value, secrets: Secrets) -> Self {
        match value {
            // Nobody vouches for untyped data.
            _ if secrets == Secrets::Hidden && !value.is_null() => Self::Redacted,
            Value::Null => Self::Nothing,
            Value::String(text) => Self::Text(text.clone()),
            Value::Bool(_) | Value::Number(_) => Self::Literal(value.to_string()),
            Value::Array(items) => {
                Self::List(items.iter().map(|item| Self::from_json(item, secrets)).collect())
            }
            Value::Object(entries) => {
                let entry =
                    |(key, value): (&String, _)| (key.clone(), Self::from_json(value, secrets));
                Self::Object(entries.iter().map(entry).collect())
            }
        }
    }

    /// The text of it, where text is asked for: JSON for what is more than a scalar.
    pub(crate) fn to_text(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) | Self::Literal(text) => text.clone(),
            Self::File(file) => String::from_utf8_lossy(file.bytes()).into_owned(),
            Self::Redacted => REDACTED.to_owned(),
            Self::List(_) | Self::Object(_) => self.to_json(Layout::Compact),
        }
    }

    pub(crate) fn to_json(&self, layout: Layout) -> String {
        let mut json = String::new();
        self.write_json(layout, &mut json);
        json
    }

    fn write_json(&self, layout: Layout, json: &mut String) {
        match self {
            Self::Nothing => json.push_str("null"),
            Self::Text(text) => write_string(text, json),
            Self::File(_) => write_string(&self.to_text(), json),
            Self::Redacted => write_string(REDACTED, json),
            Self::Literal(text) => json.push_str(text),
            Self::List(items) => {
                write_items(('[', ']'), layout, items, json, |item, layout, json| {
                    item.write_json(layout, json);
                });
            }
            Self::Object(entries) => {
                write_items(('{', '}'), layout, entries, json, |(key, value), layout, json| {
                    write_string(key, json);
                    json.push_str(if layout == Layout::Compact { ":" } else { ": " });
                    value.write_json(layout, json);
                });
            }
        }
    }
}

fn write_string(text: &str, json: &mut String) {
    json.push_str(&Value::from(text).to_string());
}

fn write_items<T>(
    (open, close): (char, char),
    layout: Layout,
    items: &[T],
    json: &mut String,
    write: impl Fn(&T, Layout, &mut String),
) {
    let inner = match layout {
        Layout::Pretty(depth) if !items.is_empty() => Layout::Pretty(depth + 1),
        _ => Layout::Compact,
    };
    json.push(open);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            json.push(',');
        }
        write_break(inner, json);
        write(item, inner, json);
    }
    if inner != Layout::Compact {
        write_break(layout, json);
    }
    json.push(close);
}

fn write_break(layout: Layout, json: &mut String) {
    if let Layout::Pretty(depth) = layout {
        json.push('\n');
        for _ in 0..depth {
            json.push_str("  ");
        }
    }
}

fn properties(model: &dyn Model, secrets: Secrets) -> Vec<(String, Plain)> {
    let shape = model.describe();
    let mut properties = Vec::new();
    let gaps = Gaps::of(model);
    for (index, field) in shape.fields.iter().enumerate() {
        let value = match model.get(index) {
            View::Absent if !field.is_required() => continue,
            view if gaps.has(field.name(), view) => continue,
            _ if field.is_secret() && secrets == Secrets::Hidden => Plain::Redacted,
            view => Plain::of(view, secrets),
        };
        properties.push((field.name().to_owned(), value));
    }
    if let View::Map(rest) = model.get(shape.fields.len()) {
        properties.extend(entries(rest, shape.rest, secrets));
    }
    properties
}

fn entries(map: &dyn Map, rest: Rest, secrets: Secrets) -> Vec<(String, Plain)> {
    let mut entries = Vec::with_capacity(map.len());
    // The callback never stops the walk.
    let _ = map.entries(&mut |key, value| {
        let value = match (rest, secrets) {
            // What the document does not name may be a secret.
            (Rest::Open | Rest::Closed, Secrets::Hidden) => Plain::Redacted,
            _ => Plain::of(value, secrets),
        };
        entries.push((key.to_owned(), value));
        Ok(())
    });
    entries
}
