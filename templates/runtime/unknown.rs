//! Properties that a document does not name, kept so that no data is lost.

use std::collections::BTreeMap;
use std::mem::{self, ManuallyDrop};
use std::sync::Arc;

use serde_json::Value;

use super::model::{Entries, Map, Slot, Source, View, Walk};

/// The properties of an object that its document does not name, as they came.
///
/// They go out again when the object is encoded. Most objects have none, so that this is no wider
/// than a pointer. `Debug` shows the names only: a value may be a secret.
// Shared between clones until one is changed.
#[derive(Clone, Default)]
pub struct UnknownFields(ManuallyDrop<Option<Arc<Kept>>>);

impl Drop for UnknownFields {
    #[inline]
    fn drop(&mut self) {
        if self.0.is_some() {
            release(self);
        }
    }
}

/// Drops what is kept, in code that is compiled once and, being `extern "C"`, never unwinds. Each
/// model ends in such a map; if dropping one could unwind, then every struct of models would hold the
/// code that drops the rest of its fields twice.
#[cold]
extern "C" fn release(fields: &mut UnknownFields) {
    drop(mem::take(&mut *fields.0));
}

#[derive(Clone, Default, PartialEq)]
struct Kept {
    properties: BTreeMap<String, Value>,
    /// See [`super::gaps`]; a map like the other, so that one is compiled.
    gaps: BTreeMap<String, Value>,
}

impl UnknownFields {
    /// No properties.
    #[must_use]
    pub const fn new() -> Self {
        Self(ManuallyDrop::new(None))
    }

    /// The value of a property.
    #[inline]
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.kept().properties.get(name)
    }

    /// Adds a property, and gives back the value that it had.
    #[inline]
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.kept_mut().properties.insert(name.into(), value.into())
    }

    /// Takes a property out, one that is [`missing`](Self::missing) too.
    #[inline]
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let has = |map: &BTreeMap<String, Value>| map.contains_key(name);
        // What is shared is copied only where it changes.
        let kept = self.0.as_mut().filter(|kept| has(&kept.properties) || has(&kept.gaps))?;
        let kept = Arc::make_mut(kept);
        kept.gaps.remove(name);
        kept.properties.remove(name)
    }

    /// The properties by name, in the order of the names.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.kept().properties.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The properties that the document requires and that were not there, or `null` against its
    /// word, when the object was decoded: see [`Incomplete`](super::gaps::Incomplete).
    #[inline]
    pub fn missing(&self) -> impl Iterator<Item = &str> {
        self.kept().gaps.keys().map(String::as_str)
    }

    #[inline]
    fn kept(&self) -> &Kept {
        static NOTHING: Kept = Kept { properties: BTreeMap::new(), gaps: BTreeMap::new() };
        self.0.as_deref().unwrap_or(&NOTHING)
    }

    fn kept_mut(&mut self) -> &mut Kept {
        Arc::make_mut(self.0.get_or_insert_default())
    }

    /// How many properties there are.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        self.kept().properties.len()
    }

    /// Whether there are none.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// From which everything was taken out is what never had any.
impl PartialEq for UnknownFields {
    fn eq(&self, other: &Self) -> bool {
        self.kept() == other.kept()
    }
}

impl std::fmt::Debug for UnknownFields {
    #[inline]
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_set().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

impl<K: Into<String>> FromIterator<(K, Value)> for UnknownFields {
    #[inline]
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
        Self::new()
    }

    fn decode(&mut self, source: &mut dyn Source) -> Walk {
        *self = Self::new();
        source.map(self)
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::Map(self)
    }

    fn entries_mut(&mut self) -> Option<&mut dyn Entries> {
        Some(self)
    }
}

impl Entries for UnknownFields {
    fn entry(&mut self, key: &str, source: &mut dyn Source) -> Walk {
        let value = source.json()?;
        self.insert(key, value);
        Ok(())
    }

    fn note_gap(&mut self, name: &str) -> bool {
        self.kept_mut().gaps.insert(name.to_owned(), Value::Null);
        true
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

    fn is_bare(&self) -> bool {
        self.0.is_none()
    }

    fn gaps(&self) -> Option<&BTreeMap<String, Value>> {
        self.0.as_ref().map(|kept| &kept.gaps)
    }
}
