//! Properties that a document requires and that were not there, or were `null` against its word.
//!
//! Decoding may let one pass; its field then holds a placeholder. So that the object goes out as it
//! came, the map of the properties that have no field notes the name, and as long as the field is
//! blank, no walk sees the property. The `null` is kept in the same map.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::decode;
use super::model::{Map, Model, Slot, View};
use super::value_source::attempt;

/// What decoding does about a required property that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// It refuses the object.
    Refused,
    /// It takes the property for `null` where that is a value of it, and else refuses the object: a
    /// client is no stricter than it must be.
    Nullable,
    /// It lets the field keep its placeholder.
    Accepted,
}

impl Missing {
    /// From whether an incomplete object is taken.
    pub(crate) fn accepted(on: bool) -> Self {
        if on { Self::Accepted } else { Self::Nullable }
    }

    /// Whether field `index` may be missing, and was noted to be.
    #[cold]
    pub(crate) fn pass(self, model: &mut dyn Model, index: usize) -> bool {
        let may = match self {
            Self::Refused => false,
            Self::Nullable => attempt(&Value::Null, model.get_mut(index)),
            Self::Accepted => true,
        };
        let fields = model.describe().fields;
        let Some(field) = fields.get(index).filter(|_| may) else { return false };
        let entries = model.get_mut(fields.len()).entries_mut();
        entries.is_some_and(|entries| entries.note_gap(field.name()))
    }
}

/// What the blank values of the types that are strings in JSON look like.
const BLANK_TEXTS: &[&str] = &[
    "",
    "0",
    "00000000-0000-0000-0000-000000000000",
    "0000-01-01",
    "0000-01-01T00:00:00",
    "00:00:00",
    "1970-01-01T00:00:00Z",
    "data:",
];

/// Whether a value is what [`Slot::blank`] makes.
pub(crate) fn is_blank(view: View<'_>) -> bool {
    match view {
        View::Absent | View::Null => true,
        View::Bool(value) => !value,
        View::I64(value) => value == 0,
        View::U64(value) => value == 0,
        View::I128(value) => value == 0,
        View::F64(value) => value == 0.0,
        View::Str(text) | View::Enum(text, _) => text.is_empty(),
        View::Text(text) => BLANK_TEXTS.contains(&text.to_string().as_str()),
        View::File(file) => file.bytes().is_empty(),
        View::Json(value) | View::Untagged(value, _) => value.is_null(),
        View::List(list) => list.is_blank(),
        View::Map(map) => map.is_bare(),
        View::Variant(variant) => is_blank(variant.inner()),
        View::Model(model) => (0..=model.describe().fields.len()).all(|it| is_blank(model.get(it))),
    }
}

/// The required properties of a model that were not there.
#[derive(Clone, Copy, Default)]
pub(crate) struct Gaps<'a>(Option<&'a BTreeMap<String, Value>>);

impl<'a> Gaps<'a> {
    /// Those that the map of the other properties has noted.
    pub(crate) fn noted_in(rest: &'a dyn Map) -> Self {
        Self(rest.gaps())
    }

    /// Those of a model.
    pub(crate) fn of(model: &'a dyn Model) -> Self {
        match model.get(model.describe().fields.len()) {
            View::Map(rest) => Self::noted_in(rest),
            _ => Self(None),
        }
    }

    /// Whether a property is missing, of which the field holds `view`.
    #[inline]
    pub(crate) fn has(self, name: &str, view: View<'_>) -> bool {
        self.0.is_some_and(|gaps| is_gap(gaps, name, view))
    }
}

#[cold]
fn is_gap(gaps: &BTreeMap<String, Value>, name: &str, view: View<'_>) -> bool {
    gaps.contains_key(name) && is_blank(view)
}

/// A value that may lack properties which the document requires, or have `null` for them: for
/// reading what a server sends that bends its own document, by
/// `serde_json::from_slice::<Incomplete<Order>>(body)?.0`.
///
/// The field of a missing property has the empty value of its type: `0`, `""`, no items. As long as
/// it stays like that, the property goes out as it came, and `validate` reports it.
/// [`UnknownFields::missing`](super::unknown::UnknownFields::missing) names such properties; taken
/// out there with [`remove`](super::unknown::UnknownFields::remove), they are what their fields say,
/// empty or not. Objects whose other properties have a type of their own have nowhere to note what
/// is missing, and must be complete.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Incomplete<T>(pub T);

impl<'de, T: Slot> Deserialize<'de> for Incomplete<T> {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut value = T::blank();
        decode::deserialize_into(&mut value, deserializer, Missing::Accepted)?;
        Ok(Self(value))
    }
}
