//! A value as the rules of a document see it: by its type in JSON, whatever Rust type holds it.

use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

use super::decimal::Decimal;
use super::field::Field;
use super::gaps::Gaps;
use super::model::{List, Map, Model, Shape, View};
use super::rules::JsonType;

/// A value by its type in JSON.
pub(crate) enum Instance<'a> {
    Null,
    Bool(bool),
    /// The number; none where it is beyond what can be compared, such as NaN.
    Number(Option<Decimal>),
    Text(Cow<'a, str>),
    List(&'a dyn List),
    Object(Object<'a>),
}

/// An object, with or without a model.
#[derive(Clone, Copy)]
pub(crate) enum Object<'a> {
    Model(&'a dyn Model),
    Map(&'a dyn Map),
}

/// Whether a value may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Secrecy {
    Open,
    Secret,
}

impl Secrecy {
    /// The stricter of two.
    pub(crate) fn and(self, other: Self) -> Self {
        if other == Self::Secret { other } else { self }
    }
}

impl From<bool> for Secrecy {
    /// From whether something is a secret.
    fn from(secret: bool) -> Self {
        if secret { Self::Secret } else { Self::Open }
    }
}

/// The value inside the unions that a view may stand for, and whether one of them hides it.
pub(crate) fn unwrapped(view: View<'_>, secrecy: Secrecy) -> (View<'_>, Secrecy) {
    match view {
        View::Variant(variant) => {
            unwrapped(variant.inner(), secrecy.and(variant.is_secret().into()))
        }
        view => (view, secrecy),
    }
}

impl<'a> Instance<'a> {
    pub(crate) fn of(view: View<'a>) -> Self {
        match view {
            View::Absent | View::Null => Self::Null,
            View::Bool(value) => Self::Bool(value),
            View::I64(value) => Self::Number(Some(Decimal::from(i128::from(value)))),
            View::U64(value) => Self::Number(Some(Decimal::from(i128::from(value)))),
            View::I128(value) => Self::Number(Some(Decimal::from(value))),
            View::F64(value) => Self::Number(Decimal::from_f64(value)),
            View::Str(value) => Self::Text(Cow::Borrowed(value)),
            View::Text(value) => Self::Text(Cow::Owned(value.to_string())),
            View::Enum(value, _) => Self::Text(Cow::Borrowed(value)),
            // What holds for the length of a file is meant in bytes.
            View::File(file) => {
                Self::Text(Cow::Owned(file.bytes().iter().copied().map(char::from).collect()))
            }
            View::Json(value) | View::Untagged(value, _) => Self::of_json(value),
            View::List(list) => Self::List(list),
            View::Map(map) => Self::Object(Object::Map(map)),
            View::Model(model) => Self::Object(Object::Model(model)),
            View::Variant(variant) => Self::of(variant.inner()),
        }
    }

    fn of_json(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Self::Number(Decimal::parse(&number.to_string())),
            Value::String(text) => Self::Text(Cow::Borrowed(text)),
            Value::Array(items) => Self::List(items),
            Value::Object(properties) => Self::Object(Object::Map(properties)),
        }
    }

    pub(crate) fn is(&self, ty: JsonType) -> bool {
        match ty {
            JsonType::Array => matches!(self, Self::List(_)),
            JsonType::Boolean => matches!(self, Self::Bool(_)),
            JsonType::Integer => {
                matches!(self, Self::Number(Some(number)) if number.is_integer())
            }
            JsonType::Null => matches!(self, Self::Null),
            JsonType::Number => matches!(self, Self::Number(_)),
            JsonType::Object => matches!(self, Self::Object(_)),
            JsonType::String => matches!(self, Self::Text(_)),
        }
    }
}

/// In a word, or the value itself where it is a scalar: what stands inside may be a secret.
impl fmt::Display for Instance<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => formatter.write_str("null"),
            Self::Bool(value) => write!(formatter, "{value}"),
            Self::Number(Some(number)) => write!(formatter, "{number}"),
            Self::Number(None) => formatter.write_str("a number"),
            Self::Text(text) => write!(formatter, "{text:?}"),
            Self::List(list) => write!(formatter, "an array of {}", Counted::items(list.len())),
            Self::Object(object) => {
                write!(formatter, "an object of {}", Counted::properties(object.len()))
            }
        }
    }
}

/// The value of a property.
pub(crate) struct Property<'a> {
    pub(crate) view: View<'a>,
    pub(crate) secrecy: Secrecy,
}

impl<'a> Object<'a> {
    /// How many properties there are.
    pub(crate) fn len(self) -> usize {
        match self {
            Self::Map(map) => map.len(),
            Self::Model(_) => {
                let mut count = 0;
                self.each(&mut |_, _| count += 1);
                count
            }
        }
    }

    /// A property, if it is there.
    pub(crate) fn get(self, name: &str) -> Option<Property<'a>> {
        let model = match self {
            Self::Map(map) => return entry(map, name),
            Self::Model(model) => model,
        };
        let fields = model.describe().fields;
        if let Some((index, field)) =
            fields.iter().enumerate().find(|(_, field)| field.name() == name)
        {
            return of_field(field, model.get(index), Gaps::of(model));
        }
        match model.get(fields.len()) {
            View::Map(rest) => entry(rest, name),
            _ => None,
        }
    }

    /// Shows the properties one by one.
    pub(crate) fn each(self, each: &mut dyn FnMut(&str, Property<'_>)) {
        let mut shape = None;
        let rest = match self {
            Self::Map(map) => View::Map(map),
            Self::Model(model) => {
                shape = Some(model.describe());
                let (fields, gaps) = (model.describe().fields, Gaps::of(model));
                for (index, field) in fields.iter().enumerate() {
                    if let Some(property) = of_field(field, model.get(index), gaps) {
                        each(field.name(), property);
                    }
                }
                model.get(fields.len())
            }
        };
        let View::Map(rest) = rest else { return };
        // The callback never stops the walk.
        let _ = rest.entries(&mut |name, view| {
            if !shape.is_some_and(|shape| is_null_of_field(shape, name, &view)) {
                each(name, Property { view, secrecy: Secrecy::Open });
            }
            Ok(())
        });
    }
}

/// What a field holds, if it is there: in a required one, nothing is `null`.
fn of_field<'a>(field: &Field, view: View<'a>, gaps: Gaps<'_>) -> Option<Property<'a>> {
    let view = match view {
        view if gaps.has(field.name(), view) => return None,
        View::Absent if field.is_required() => View::Null,
        View::Absent => return None,
        view => view,
    };
    Some(Property { view, secrecy: field.is_secret().into() })
}

/// Whether an unnamed property is the `null` of a field: absent to it, and kept only so that it goes
/// out again.
pub(crate) fn is_null_of_field(shape: &Shape, name: &str, view: &View<'_>) -> bool {
    matches!(view, View::Json(Value::Null)) && shape.fields.iter().any(|field| field.name() == name)
}

fn entry<'a>(map: &'a dyn Map, name: &str) -> Option<Property<'a>> {
    map.get(name).map(|view| Property { view, secrecy: Secrecy::Open })
}

/// A number of things, in words.
pub(crate) struct Counted {
    count: u64,
    one: &'static str,
    many: &'static str,
}

impl Counted {
    pub(crate) fn items(count: usize) -> Self {
        Self { count: count as u64, one: "item", many: "items" }
    }

    pub(crate) fn properties(count: usize) -> Self {
        Self { count: count as u64, one: "property", many: "properties" }
    }

    pub(crate) fn characters(count: u64) -> Self {
        Self { count, one: "character", many: "characters" }
    }
}

impl fmt::Display for Counted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let things = if self.count == 1 { self.one } else { self.many };
        write!(formatter, "{} {things}", self.count)
    }
}
