//! Properties that a document requires and that were not there, or were `null` against its word.
//!
//! Decoding may let one pass; its field then holds a placeholder. So that the object goes out as it
//! came, the map of the properties that have no field notes the name with the placeholder, and as
//! long as the field holds that, no walk sees the property. The `null` is kept in the same map.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::decode;
use super::encode::to_json;
use super::model::{AnyModel, Map, Slot, View};

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
    pub(crate) fn pass(self, model: &mut dyn AnyModel, index: usize) -> bool {
        let fields = model.shape().fields;
        let view = model.get(index);
        let may = match self {
            Self::Refused => false,
            Self::Nullable => matches!(view, View::Absent),
            Self::Accepted => true,
        };
        let placeholder = to_json(view);
        let Some(field) = fields.get(index).filter(|_| may) else { return false };
        model.get_mut(fields.len()).note_gap(field.name(), placeholder)
    }
}

/// The required properties of a model that were not there.
#[derive(Clone, Copy, Default, PartialEq)]
pub(crate) struct Gaps<'a>(Option<&'a BTreeMap<String, Value>>);

impl<'a> Gaps<'a> {
    /// Those that the map of the other properties has noted.
    pub(crate) fn noted_in(rest: &'a dyn Map) -> Self {
        Self(rest.gaps())
    }

    /// Those of a model.
    pub(crate) fn of(model: &'a dyn AnyModel) -> Self {
        match model.get(model.shape().fields.len()) {
            View::Map(rest) => Self::noted_in(rest),
            _ => Self(None),
        }
    }

    /// Whether a property is missing, of which the field holds `view`.
    #[inline]
    pub(crate) fn has(self, name: &str, view: View<'_>) -> bool {
        self.0.is_some_and(|gaps| gaps.get(name).is_some_and(|it| *it == to_json(view)))
    }
}

/// A value that may lack properties which the document requires, or have `null` for them: for
/// reading what a server sends that bends its own document, by
/// `serde_json::from_slice::<Incomplete<Order>>(body)?.0`.
///
/// The field of a missing property has the empty value of its type: `0`, `""`, no items. As long as
/// it stays like that, the property goes out as it came, and `validate` reports it.
/// [`UnknownFields::missing`](super::unknown::UnknownFields::missing) names such properties.
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
