//! A JSON value that has been read already, to be decoded: what a union looks at before it chooses.

use serde::de::{Error as _, Unexpected};
use serde_json::{Error, Value};

use super::decode::whole;
use super::gaps::Missing;
use super::model::{Accept, Entries, Model, Room, Slot, Source, Stop, Walk};
use super::object::{self, Properties, Trail};

/// Decodes `value` into `slot`, and tells whether it could, with nothing missing.
pub(crate) fn attempt(value: &Value, slot: &mut dyn Slot) -> bool {
    let trail = Trail::new(Missing::Refused);
    slot.decode(&mut ValueSource::new(value, &trail)).is_ok()
}

/// A value as a [`Source`].
pub(crate) struct ValueSource<'a> {
    value: &'a Value,
    trail: &'a Trail,
    reason: Option<String>,
}

impl<'a> ValueSource<'a> {
    pub(crate) fn new(value: &'a Value, trail: &'a Trail) -> Self {
        Self { value, trail, reason: None }
    }

    /// Decodes the value into `slot`.
    ///
    /// # Errors
    /// Why it is refused.
    pub(crate) fn fill(mut self, slot: &mut dyn Slot) -> Result<(), String> {
        slot.decode(&mut self).map_err(|Stop| self.into_reason())
    }

    fn into_reason(self) -> String {
        self.reason.unwrap_or_else(|| "the value could not be read".to_owned())
    }

    /// What was asked for, unless the value is something else.
    fn expect<T>(&mut self, found: Option<T>, expected: &str) -> Walk<T> {
        found.ok_or_else(|| self.mismatch(expected))
    }

    #[cold]
    fn mismatch(&mut self, expected: &str) -> Stop {
        let found = match self.value {
            Value::Null => Unexpected::Unit,
            Value::Bool(value) => Unexpected::Bool(*value),
            Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(value), _) => Unexpected::Unsigned(value),
                (None, Some(value)) => Unexpected::Signed(value),
                _ => number.as_f64().map_or(Unexpected::Other("number"), Unexpected::Float),
            },
            Value::String(value) => Unexpected::Str(value),
            Value::Array(_) => Unexpected::Seq,
            Value::Object(_) => Unexpected::Map,
        };
        self.refuse(Error::invalid_type(found, &expected).to_string())
    }

    fn child(&self, value: &'a Value) -> Self {
        Self::new(value, self.trail)
    }
}

impl Source for ValueSource<'_> {
    fn string(&mut self, target: &mut String) -> Walk {
        *target = self.expect(self.value.as_str(), "a string")?.to_owned();
        Ok(())
    }

    fn text(&mut self, target: &mut dyn Accept) -> Walk {
        let text = self.expect(self.value.as_str(), "a string")?;
        target.accept(text).map_err(|reason| self.refuse(reason))
    }

    fn integer(&mut self) -> Walk<i128> {
        let value = self.value;
        let integer = value.as_i64().map(i128::from).or(value.as_u64().map(i128::from));
        match (integer, value.as_f64()) {
            (None, Some(number)) => whole(number).ok_or_else(|| {
                let error = Error::invalid_value(Unexpected::Float(number), &"an integer");
                self.refuse(error.to_string())
            }),
            (integer, _) => self.expect(integer, "an integer"),
        }
    }

    fn i64(&mut self) -> Walk<i64> {
        let integer = self.integer()?;
        i64::try_from(integer)
            .map_err(|_| self.refuse(format!("the integer {integer} does not fit the type")))
    }

    fn f64(&mut self) -> Walk<f64> {
        self.expect(self.value.as_f64(), "f64")
    }

    fn bool(&mut self) -> Walk<bool> {
        self.expect(self.value.as_bool(), "a boolean")
    }

    fn json(&mut self) -> Walk<Value> {
        Ok(self.value.clone())
    }

    fn optional(&mut self, target: &mut dyn Slot) -> Walk<bool> {
        if self.value.is_null() {
            self.trail.note_null();
            return Ok(false);
        }
        target.decode(self).map(|()| true)
    }

    fn optional_string(&mut self, target: &mut Option<String>) -> Walk {
        *target = None;
        if self.value.is_null() {
            self.trail.note_null();
        } else {
            self.string(target.get_or_insert_default())?;
        }
        Ok(())
    }

    fn seq(&mut self, target: &mut dyn Room) -> Walk {
        let items = self.expect(self.value.as_array(), "an array")?;
        for (index, item) in items.iter().enumerate() {
            if let Some(slot) = target.make() {
                self.child(item).fill(slot).map_err(|reason| {
                    self.trail.push(&index.to_string());
                    self.refuse(reason)
                })?;
            }
        }
        Ok(())
    }

    fn map(&mut self, target: &mut dyn Entries) -> Walk {
        let entries = self.expect(self.value.as_object(), "an object")?;
        for (key, value) in entries {
            let mut source = self.child(value);
            target.entry(key, &mut source).map_err(|Stop| {
                self.trail.push(key);
                self.refuse(source.into_reason())
            })?;
        }
        Ok(())
    }

    fn model(&mut self, model: &mut dyn Model) -> Walk {
        let Some(entries) = self.value.as_object() else {
            return self.expect(None, &format!("an object for {}", model.describe().name));
        };
        let sources = entries.iter().map(|(key, value)| (key.as_str(), self.child(value)));
        let mut properties = Properties { sources, value: self.child(&Value::Null) };
        let read = object::read(model, &mut properties, self.trail);
        let value = properties.value;
        read.map_err(|Stop| self.refuse(value.into_reason()))
    }

    fn replay(&mut self, value: &Value, slot: &mut dyn Slot) -> Walk {
        ValueSource::new(value, self.trail).fill(slot).map_err(|reason| self.refuse(reason))
    }

    fn refuse(&mut self, reason: String) -> Stop {
        self.reason = Some(reason);
        Stop
    }
}
