//! The described headers of a response, read into their model as leniently as may be; and bodies
//! that are plain text.

use http::HeaderMap;
use serde_json::Value;

use super::gaps::Missing;
use super::model::{Accept, Entries, Model, Room, Slot, Source, Stop, Walk};
use super::object::{self, Properties, Trail};
use super::value_source::ValueSource;

/// Fills each field of `model` from the header of its name; what does not parse stays `None`.
pub(crate) fn fill(model: &mut dyn Model, headers: &HeaderMap) {
    for (index, field) in model.describe().fields.iter().enumerate() {
        let Some(text) = joined(headers, field.name()) else { continue };
        let slot = model.get_mut(index);
        if slot.decode(&mut HeaderSource(Some(&text))).is_err() {
            // Decoding may have stopped half-way; nothing is better than a part.
            let _ = slot.decode(&mut HeaderSource(None));
        }
    }
}

/// Fills `slot` from a text that is not JSON.
pub(crate) fn text(text: &str, slot: &mut dyn Slot) -> Walk {
    slot.decode(&mut HeaderSource(Some(text)))
}

/// Several lines of one header are one list (RFC 9110, section 5.3).
fn joined(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut text: Option<String> = None;
    for value in headers.get_all(name) {
        let value = str::from_utf8(value.as_bytes()).ok()?;
        match &mut text {
            None => text = Some(value.to_owned()),
            Some(text) => {
                text.push_str(", ");
                text.push_str(value);
            }
        }
    }
    text
}

/// The text of a header in style `simple`, or its absence.
struct HeaderSource<'a>(Option<&'a str>);

impl HeaderSource<'_> {
    fn raw(&self) -> Walk<&str> {
        self.0.ok_or(Stop)
    }

    fn parse<T: std::str::FromStr>(&self) -> Walk<T> {
        self.raw()?.trim().parse().map_err(|_| Stop)
    }

    fn parts(&self) -> Walk<Vec<&str>> {
        Ok(self.raw()?.split(',').map(str::trim).collect())
    }

    /// `key=value` for each property where the style explodes, `key,value` where it does not.
    fn pairs(&self) -> Walk<Vec<(&str, &str)>> {
        let parts = self.parts()?;
        let mut pairs = Vec::new();
        for part in &parts {
            pairs.extend(part.split_once('='));
        }
        if pairs.len() == parts.len() {
            return Ok(pairs);
        }
        pairs.clear();
        for pair in parts.chunks(2) {
            let [key, value] = pair else { return Err(Stop) };
            pairs.push((*key, *value));
        }
        Ok(pairs)
    }
}

impl Source for HeaderSource<'_> {
    fn string(&mut self, target: &mut String) -> Walk {
        self.raw()?.clone_into(target);
        Ok(())
    }

    fn text(&mut self, target: &mut dyn Accept) -> Walk {
        target.accept(self.raw()?).map_err(|_| Stop)
    }

    fn integer(&mut self) -> Walk<i128> {
        self.parse()
    }

    fn i64(&mut self) -> Walk<i64> {
        self.integer()?.try_into().map_err(|_| Stop)
    }

    fn f64(&mut self) -> Walk<f64> {
        self.parse()
    }

    fn bool(&mut self) -> Walk<bool> {
        // Python services write `True`.
        self.raw()?.trim().to_ascii_lowercase().parse().map_err(|_| Stop)
    }

    fn json(&mut self) -> Walk<Value> {
        let text = self.raw()?;
        Ok(serde_json::from_slice(text.as_bytes()).unwrap_or_else(|_| Value::from(text)))
    }

    fn optional(&mut self, target: &mut dyn Slot) -> Walk<bool> {
        match self.0 {
            Some(_) => target.decode(self).map(|()| true),
            None => Ok(false),
        }
    }

    fn optional_string(&mut self, target: &mut Option<String>) -> Walk {
        *target = self.0.map(str::to_owned);
        Ok(())
    }

    fn seq(&mut self, target: &mut dyn Room) -> Walk {
        for part in self.parts()? {
            if let Some(slot) = target.make() {
                slot.decode(&mut HeaderSource(Some(part)))?;
            }
        }
        Ok(())
    }

    fn map(&mut self, target: &mut dyn Entries) -> Walk {
        for (key, value) in self.pairs()? {
            target.entry(key, &mut HeaderSource(Some(value)))?;
        }
        Ok(())
    }

    fn model(&mut self, model: &mut dyn Model) -> Walk {
        let pairs = self.pairs()?;
        let sources = pairs.iter().map(|(key, value)| (*key, HeaderSource(Some(value))));
        let mut properties = Properties { sources, value: HeaderSource(None) };
        object::read(model, &mut properties, &Trail::new(Missing::Refused))
    }

    fn replay(&mut self, value: &Value, slot: &mut dyn Slot) -> Walk {
        let trail = Trail::new(Missing::Nullable);
        slot.decode(&mut ValueSource::new(value, &trail))
    }

    fn refuse(&mut self, _: String) -> Stop {
        Stop
    }
}
