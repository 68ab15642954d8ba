//! Properties that a document does not name, kept so that no data is lost.

use std::collections::BTreeMap;

use serde_json::Value;

use super::model::{Map, Slot, Source, View, Walk};

/// The properties of an object that its document does not name, as they came.
///
/// They go out again when the object is encoded. Most objects have none, so that this is no wider
/// than a pointer. `Debug` shows the names only: a value may be a secret.
#[derive(Clone, Default, PartialEq)]
#[allow(clippy::box_collection, reason = "a pointer is a third as wide as a map")]
pub struct UnknownFields(Option<Box<BTreeMap<String, Value>>>);

impl UnknownFields {
    /// No properties.
    #[must_use]
    pub const fn new() -> Self {
        Self(None)
    }

    /// The value of a property.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.get(name)
    }

    /// Adds a property, and gives back the value that it had.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.0.get_or_insert_default().insert(name.into(), value.into())
    }

    /// Takes a property out.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        self.0.as_mut()?.remove(name)
    }

    /// The properties by name, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().flat_map(|map| map.iter()).map(|(name, value)| (name.as_str(), value))
    }

    /// How many properties there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |map| map.len())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl std::fmt::Debug for UnknownFields {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_set().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

impl<K: Into<String>> FromIterator<(K, Value)> for UnknownFields {
    fn from_iter<I: IntoIterator<Item = (K, Value)>>(properties: I) -> Self {
        let mut fields = Self::new();
        for (name, value) in properties {
            fields.insert(name, value);
        }
        fields
    }
}

impl Slot for UnknownFields {
    #[inline]
    fn blank() -> Self {
        Self(None)
    }

    fn decode(&mut self, source: &mut dyn Source) -> Walk {
        self.0 = None;
        source.map(&mut |key, source| self.decode_entry(key, source))
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::Map(self)
    }

    fn decode_entry(&mut self, key: &str, source: &mut dyn Source) -> Walk {
        let value = source.json()?;
        self.insert(key, value);
        Ok(())
    }
}

impl Map for UnknownFields {
    fn len(&self) -> usize {
        self.len()
    }

    fn get(&self, key: &str) -> Option<View<'_>> {
        self.get(key).map(View::Json)
    }

    fn entries(&self, each: &mut dyn FnMut(&str, View<'_>) -> Walk) -> Walk {
        self.iter().try_for_each(|(name, value)| each(name, View::Json(value)))
    }
}
