//! Encoding: one walk over a [`View`] into any serde serializer.
//!
//! Generic in the serializer only, never in the model.

use serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

use super::field::Field;
use super::gaps::Gaps;
use super::model::{Level, List, Map, Model, Slot, Stop, View};

/// Serializes `slot`; what every model's `Serialize` calls.
///
/// # Errors
/// The serializer's own.
#[inline]
pub fn serialize<S: Serializer>(slot: &dyn Slot, serializer: S) -> Result<S::Ok, S::Error> {
    // By way of a pointer: see `debug::fmt`.
    let walk: fn(View<'_>, S) -> Result<S::Ok, S::Error> =
        |view, serializer| view.serialize(serializer);
    walk(slot.view(), serializer)
}

/// The value as JSON; `null` where it cannot be, such as for the number NaN.
///
/// By way of its text: the walk is compiled for each serializer, and this is asked for rarely.
pub(crate) fn to_json(view: View<'_>) -> Value {
    let text = serde_json::to_vec(&view).unwrap_or_default();
    serde_json::from_slice(&text).unwrap_or_default()
}

/// The integer that a number is, if it is one that `f64` holds exactly: a body's `5` that passed
/// through a `number` goes out as `5` again, not as `5.0`.
pub(crate) fn whole(value: f64) -> Option<i64> {
    const EXACT: u64 = 1 << 53;
    // Not `fract`, which is a call of the mathematical library on most processors' baseline.
    #[allow(clippy::cast_possible_truncation, reason = "what does not fit does not compare equal")]
    let integer = value as i64;
    #[allow(clippy::cast_precision_loss, reason = "what is not held exactly is refused")]
    let exact = integer.unsigned_abs() < EXACT && integer as f64 == value;
    let negative_zero = integer == 0 && value.is_sign_negative();
    (exact && !negative_zero).then_some(integer)
}

impl Serialize for View<'_> {
    // Into the loop over the fields, where the string is told apart without a call.
    #[inline(always)]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            View::Str(value) => serializer.serialize_str(value),
            View::I64(value) => serializer.serialize_i64(value),
            View::Bool(value) => serializer.serialize_bool(value),
            View::Model(model) => object(model, serializer),
            View::List(items) => list(items, serializer),
            View::Enum(value, _) => serializer.serialize_str(value),
            View::Absent | View::Null => serializer.serialize_unit(),
            View::U64(value) => serializer.serialize_u64(value),
            View::I128(value) => serializer.serialize_i128(value),
            View::F64(value) => match whole(value) {
                Some(whole) => serializer.serialize_i64(whole),
                None => serializer.serialize_f64(value),
            },
            View::Text(value) => serializer.collect_str(value),
            View::File(file) => match str::from_utf8(file.bytes()) {
                Ok(text) => serializer.serialize_str(text),
                Err(_) => Err(S::Error::custom("JSON holds no bytes")),
            },
            View::Variant(variant) => variant.inner().serialize(serializer),
            View::Json(value) | View::Untagged(value, _) => value.serialize(serializer),
            View::Map(entries) => map(entries, serializer),
        }
    }
}

fn object<S: Serializer>(model: &dyn Model, serializer: S) -> Result<S::Ok, S::Error> {
    let _level = Level::enter().ok_or_else(too_deep)?;
    let fields = model.describe().fields;
    // Of most objects there is no more to say than their fields do.
    let rest = match model.get(fields.len()) {
        View::Map(map) if !map.is_bare() => Some(map),
        _ => None,
    };
    let gaps = rest.map_or(Gaps::default(), Gaps::noted_in);
    let mut object = serializer.serialize_map(None)?;
    for (index, field) in fields.iter().enumerate() {
        let view = model.get(index);
        let is_absent = matches!(view, View::Absent) && !field.is_required();
        if !is_absent && !gaps.has(field.name(), view) {
            // Not `serialize_entry`, which is one call more for each field.
            object.serialize_key(field.name())?;
            object.serialize_value(&view)?;
        }
    }
    if let Some(rest) = rest {
        // A `null` that was decoded for a field is kept there until the field has a value.
        let is_stale = |key: &str, value: &View<'_>| {
            let is_field = |(index, field): (usize, &Field)| {
                let view = model.get(index);
                field.name() == key
                    && !matches!(view, View::Absent)
                    && !gaps.has(field.name(), view)
            };
            matches!(value, View::Json(Value::Null)) && fields.iter().enumerate().any(is_field)
        };
        entries(rest, &is_stale, &mut object)?;
    }
    object.end()
}

fn map<S: Serializer>(map: &dyn Map, serializer: S) -> Result<S::Ok, S::Error> {
    let _level = Level::enter().ok_or_else(too_deep)?;
    let mut object = serializer.serialize_map(Some(map.len()))?;
    entries(map, &|_, _| false, &mut object)?;
    object.end()
}

fn entries<M: SerializeMap>(
    map: &dyn Map,
    is_stale: &dyn Fn(&str, &View<'_>) -> bool,
    object: &mut M,
) -> Result<(), M::Error> {
    let mut failed = None;
    let walk = map.entries(&mut |key, value| {
        if is_stale(key, &value) {
            return Ok(());
        }
        object.serialize_entry(key, &value).map_err(|error| {
            failed = Some(error);
            Stop
        })
    });
    match (walk, failed) {
        (Ok(()), _) => Ok(()),
        (Err(Stop), Some(error)) => Err(error),
        (Err(Stop), None) => Err(M::Error::custom("a map could not be encoded")),
    }
}

fn list<S: Serializer>(items: &dyn List, serializer: S) -> Result<S::Ok, S::Error> {
    let _level = Level::enter().ok_or_else(too_deep)?;
    let len = items.len();
    let mut seq = serializer.serialize_seq(Some(len))?;
    for index in 0..len {
        seq.serialize_element(&items.item(index))?;
    }
    seq.end()
}

fn too_deep<E: serde::ser::Error>() -> E {
    E::custom("the value nests more than 256 levels deep")
}
