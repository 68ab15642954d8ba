//! Decoding: one walk from any serde deserializer into a [`Slot`].
//!
//! Generic in the deserializer only, never in the model. Strict about structure, lenient about
//! constraints; an error knows the JSON pointer of the value that it refused.

use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess,
    Unexpected, Visitor,
};
use serde_json::Value;

use super::attempts::Attempts;
use super::gaps::Missing;
use super::model::{Accept, Entries, Model, Room, Slot, Source, Stop, Walk};
use super::object::{self, Keys, Object, Trail};
use super::value_source::ValueSource;

/// Why bytes did not decode, and where in them.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The JSON pointer of the value that was refused.
    pub(crate) pointer: String,
    /// What was wrong with it.
    pub(crate) error: serde_json::Error,
}

/// Deserializes a model; what every model's `Deserialize` calls.
///
/// # Errors
/// The deserializer's own, with the JSON pointer in front where the value is not the outermost.
pub fn deserialize<'de, T: Slot, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    type Walk<D, E> = fn(&mut dyn Slot, D, Missing) -> Result<(), E>;
    // By way of a pointer: see `debug::fmt`.
    let walk: Walk<D, D::Error> = deserialize_into;
    let mut slot = T::blank();
    walk(&mut slot, deserializer, Missing::Refused)?;
    Ok(slot)
}

pub(crate) fn deserialize_into<'de, D: Deserializer<'de>>(
    slot: &mut dyn Slot,
    deserializer: D,
    missing: Missing,
) -> Result<(), D::Error> {
    Attempts::begin();
    let trail = Trail::new(missing);
    let seed = Seed { slot, trail: &trail };
    seed.deserialize(deserializer).map_err(|error| match trail.pointer() {
        pointer if pointer.is_empty() => error,
        pointer => D::Error::custom(format_args!("{pointer}: {error}")),
    })
}

/// Decodes one JSON text, and nothing but it, into `slot`.
pub(crate) fn from_slice(
    bytes: &[u8],
    slot: &mut dyn Slot,
    missing: Missing,
) -> Result<(), Failure> {
    Attempts::begin();
    let trail = Trail::new(missing);
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    Seed { slot, trail: &trail }
        .deserialize(&mut deserializer)
        .and_then(|()| deserializer.end())
        .map_err(|error| Failure { pointer: trail.pointer(), error })
}

/// Decodes into a slot that exists already.
struct Seed<'a> {
    slot: &'a mut dyn Slot,
    trail: &'a Trail,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        Reader::run(deserializer, self.trail, |source| self.slot.decode(source))
    }
}

/// Decodes into what a room makes; what it has no room for is read past.
struct RoomSeed<'a> {
    room: &'a mut dyn Room,
    trail: &'a Trail,
}

impl<'de> DeserializeSeed<'de> for RoomSeed<'_> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.room.make() {
            Some(slot) => Seed { slot, trail: self.trail }.deserialize(deserializer),
            None => IgnoredAny::deserialize(deserializer).map(drop),
        }
    }
}

/// Decodes the value of a property into a map.
struct EntrySeed<'a> {
    entries: &'a mut dyn Entries,
    key: &'a str,
    trail: &'a Trail,
}

impl<'de> DeserializeSeed<'de> for EntrySeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        Reader::run(deserializer, self.trail, |source| self.entries.entry(self.key, source))
    }
}

/// A deserializer as a [`Source`].
struct Reader<'a, 'de, D: Deserializer<'de>> {
    deserializer: Option<D>,
    error: Option<D::Error>,
    trail: &'a Trail,
}

impl<'a, 'de, D: Deserializer<'de>> Reader<'a, 'de, D> {
    /// A step of the walk over one deserializer, with its error where the step stops.
    #[inline]
    fn run(
        deserializer: D,
        trail: &'a Trail,
        step: impl FnOnce(&mut Self) -> Walk,
    ) -> Result<(), D::Error> {
        let mut source = Self { deserializer: Some(deserializer), error: None, trail };
        match step(&mut source) {
            Ok(()) => Ok(()),
            Err(Stop) => Err(source.into_error()),
        }
    }

    fn into_error(self) -> D::Error {
        self.error.unwrap_or_else(|| D::Error::custom("the value could not be read"))
    }

    #[inline]
    fn read<T>(&mut self, read: impl FnOnce(D) -> Result<T, D::Error>) -> Walk<T> {
        let deserializer = self.deserializer.take().ok_or(Stop)?;
        read(deserializer).map_err(|error| {
            self.error = Some(error);
            Stop
        })
    }
}

impl<'de, D: Deserializer<'de>> Source for Reader<'_, 'de, D> {
    #[inline]
    fn string(&mut self, target: &mut String) -> Walk {
        self.read(|deserializer| deserializer.deserialize_string(StringVisitor(target)))
    }

    fn text(&mut self, target: &mut dyn Accept) -> Walk {
        self.read(|deserializer| deserializer.deserialize_str(TextVisitor(target)))
    }

    fn integer(&mut self) -> Walk<i128> {
        self.read(|deserializer| deserializer.deserialize_any(IntegerVisitor))
    }

    #[inline]
    fn i64(&mut self) -> Walk<i64> {
        self.read(|deserializer| deserializer.deserialize_i64(I64Visitor))
    }

    fn f64(&mut self) -> Walk<f64> {
        self.read(f64::deserialize)
    }

    #[inline]
    fn bool(&mut self) -> Walk<bool> {
        self.read(bool::deserialize)
    }

    fn json(&mut self) -> Walk<Value> {
        self.read(Value::deserialize)
    }

    fn optional(&mut self, target: &mut dyn Slot) -> Walk<bool> {
        let seed = OptionSeed(Seed { slot: target, trail: self.trail });
        self.read(|deserializer| seed.deserialize(deserializer))
    }

    #[inline]
    fn optional_string(&mut self, target: &mut Option<String>) -> Walk {
        *target = self.read(Option::<String>::deserialize)?;
        if target.is_none() {
            self.trail.note_null();
        }
        Ok(())
    }

    fn seq(&mut self, target: &mut dyn Room) -> Walk {
        let visitor = SeqVisitor { room: target, trail: self.trail };
        self.read(|deserializer| deserializer.deserialize_seq(visitor))
    }

    fn map(&mut self, target: &mut dyn Entries) -> Walk {
        let visitor = MapVisitor { entries: target, trail: self.trail };
        self.read(|deserializer| deserializer.deserialize_map(visitor))
    }

    #[inline]
    fn model(&mut self, model: &mut dyn Model) -> Walk {
        let trail = self.trail;
        self.read(|deserializer| deserializer.deserialize_map(ModelVisitor { model, trail }))
    }

    fn replay(&mut self, value: &Value, slot: &mut dyn Slot) -> Walk {
        ValueSource::new(value, self.trail).fill(slot).map_err(|reason| self.refuse(reason))
    }

    fn refuse(&mut self, reason: String) -> Stop {
        self.error = Some(D::Error::custom(reason));
        Stop
    }
}

struct StringVisitor<'a>(&'a mut String);

impl Visitor<'_> for StringVisitor<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    #[inline]
    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        // Not `clone_into`: that grows the buffer that is there, by way of the allocator's slow path.
        *self.0 = value.to_owned();
        Ok(())
    }

    #[inline]
    fn visit_string<E>(self, value: String) -> Result<(), E> {
        *self.0 = value;
        Ok(())
    }
}

struct TextVisitor<'a>(&'a mut dyn Accept);

impl Visitor<'_> for TextVisitor<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.0.accept(value).map_err(E::custom)
    }
}

struct I64Visitor;

impl Visitor<'_> for I64Visitor {
    type Value = i64;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an integer")
    }

    #[inline]
    fn visit_i64<E>(self, value: i64) -> Result<i64, E> {
        Ok(value)
    }

    #[inline]
    fn visit_u64<E: Error>(self, value: u64) -> Result<i64, E> {
        i64::try_from(value).map_err(|_| out_of_range(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<i64, E> {
        let integer = IntegerVisitor.visit_f64(value)?;
        i64::try_from(integer).map_err(|_| out_of_range(value))
    }
}

fn out_of_range<E: Error>(value: impl fmt::Display) -> E {
    E::custom(format_args!("the integer {value} does not fit the type"))
}

struct IntegerVisitor;

impl Visitor<'_> for IntegerVisitor {
    type Value = i128;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an integer")
    }

    fn visit_i64<E>(self, value: i64) -> Result<i128, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<i128, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<i128, E> {
        whole(value).ok_or_else(|| E::invalid_value(Unexpected::Float(value), &self))
    }
}

/// The integer that a number is, if it is one. Integers that fit 64 bits do not come as `f64`: what
/// does is a fraction without digits, such as `1.0`, or an integer that was rounded.
pub(crate) fn whole(value: f64) -> Option<i128> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    #[allow(clippy::cast_possible_truncation, reason = "a whole number below 2^63 fits")]
    (value.fract() == 0.0 && value.abs() < LIMIT).then_some(value as i128)
}

/// Decodes unless the value is `null`; tells whether it did.
struct OptionSeed<'a>(Seed<'a>);

impl<'de> DeserializeSeed<'de> for OptionSeed<'_> {
    type Value = bool;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for OptionSeed<'_> {
    type Value = bool;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value or null")
    }

    fn visit_none<E>(self) -> Result<bool, E> {
        self.0.trail.note_null();
        Ok(false)
    }

    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        self.0.deserialize(deserializer).map(|()| true)
    }
}

struct SeqVisitor<'a> {
    room: &'a mut dyn Room,
    trail: &'a Trail,
}

impl<'de> Visitor<'de> for SeqVisitor<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let mut index = 0_usize;
        loop {
            let seed = RoomSeed { room: self.room, trail: self.trail };
            match seq.next_element_seed(seed) {
                Ok(Some(())) => index += 1,
                Ok(None) => return Ok(()),
                Err(error) => {
                    self.trail.push(&index.to_string());
                    return Err(error);
                }
            }
        }
    }
}

struct MapVisitor<'a> {
    entries: &'a mut dyn Entries,
    trail: &'a Trail,
}

impl<'de> Visitor<'de> for MapVisitor<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let seed = EntrySeed { entries: self.entries, key: &key, trail: self.trail };
            map.next_value_seed(seed).inspect_err(|_| self.trail.push(key.as_str()))?;
        }
        Ok(())
    }
}

struct ModelVisitor<'a> {
    model: &'a mut dyn Model,
    trail: &'a Trail,
}

impl<'de> Visitor<'de> for ModelVisitor<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an object for {}", self.model.describe().name)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let Self { model, trail } = self;
        let mut properties = Properties { map, error: None, trail };
        object::read(model, &mut properties, trail).map_err(|Stop| {
            properties.error.unwrap_or_else(|| A::Error::custom("the object could not be read"))
        })
    }
}

/// The properties of an object that a deserializer reads.
struct Properties<'a, 'de, A: MapAccess<'de>> {
    map: A,
    error: Option<A::Error>,
    trail: &'a Trail,
}

impl<'de, A: MapAccess<'de>> Properties<'_, 'de, A> {
    #[inline]
    fn read<T>(&mut self, seed: impl DeserializeSeed<'de, Value = T>) -> Walk<T> {
        let value = self.map.next_value_seed(seed);
        self.keep(value)
    }

    #[inline]
    fn keep<T>(&mut self, result: Result<T, A::Error>) -> Walk<T> {
        result.map_err(|error| {
            self.error = Some(error);
            Stop
        })
    }
}

impl<'de, A: MapAccess<'de>> Object for Properties<'_, 'de, A> {
    fn key(&mut self, keys: Keys<'_>) -> Walk<Option<usize>> {
        let key = self.map.next_key_seed(KeySeed(keys));
        self.keep(key)
    }

    fn value(&mut self, slot: &mut dyn Slot) -> Walk {
        self.read(Seed { slot, trail: self.trail })
    }

    fn optional(&mut self, slot: &mut dyn Slot) -> Walk<bool> {
        self.read(OptionSeed(Seed { slot, trail: self.trail }))
    }

    fn entry(&mut self, entries: &mut dyn Entries, key: &str) -> Walk {
        self.read(EntrySeed { entries, key, trail: self.trail })
    }

    fn skip(&mut self) -> Walk {
        let value = self.map.next_value::<IgnoredAny>();
        self.keep(value).map(drop)
    }

    fn refuse(&mut self, reason: &str) -> Stop {
        self.error = Some(A::Error::custom(reason));
        Stop
    }
}

/// Finds a key among the fields.
struct KeySeed<'a>(Keys<'a>);

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = usize;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = usize;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a property name")
    }

    #[inline]
    fn visit_str<E>(self, name: &str) -> Result<usize, E> {
        Ok(self.0.find(name))
    }
}
