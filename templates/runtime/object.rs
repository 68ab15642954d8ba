//! Decoding an object into a model, property by property, whatever it is read from.
//!
//! A source hands out its properties as an [`Object`]; what the document says of them is kept to
//! here, once.

use std::cell::{Cell, RefCell};

use serde_json::Value;

use super::field::Field;
use super::gaps::Missing;
use super::model::{Entries, Model, Rest, Slot, Source, Stop, View, Walk};
use super::validate::push_key;
use super::value_source::{self, ValueSource};

/// What holds for a walk as a whole, and what it leaves behind for the levels around it.
pub(crate) struct Trail {
    missing: Missing,
    /// The keys that lead to the value that failed, gathered from within while the error unwinds.
    keys: RefCell<Vec<String>>,
    /// Whether a `null` was read for an `Option` since this was last asked.
    null: Cell<bool>,
}

impl Trail {
    pub(crate) fn new(missing: Missing) -> Self {
        Self { missing, keys: RefCell::default(), null: Cell::default() }
    }

    /// Notes that the value of `key` failed.
    #[cold]
    pub(crate) fn push(&self, key: &str) {
        self.keys.borrow_mut().push(key.to_owned());
    }

    /// Notes that `null` was read.
    #[inline]
    pub(crate) fn note_null(&self) {
        self.null.set(true);
    }

    /// The JSON pointer to the value that failed.
    pub(crate) fn pointer(&self) -> String {
        let mut pointer = String::new();
        for key in self.keys.borrow().iter().rev() {
            push_key(&mut pointer, key);
        }
        pointer
    }
}

/// An object that is being read: a key, then what becomes of its value, and so on.
pub(crate) trait Object {
    /// Reads the next key, if there is one, and finds it among the fields.
    fn key(&mut self, keys: Keys<'_>) -> Walk<Option<usize>>;
    /// Reads the value into `slot`.
    fn value(&mut self, slot: &mut dyn Slot) -> Walk;
    /// Reads the value into `slot` unless it is `null`; tells whether it did.
    fn optional(&mut self, slot: &mut dyn Slot) -> Walk<bool>;
    /// Reads the value into a map.
    fn entry(&mut self, entries: &mut dyn Entries, key: &str) -> Walk;
    /// Reads past the value.
    fn skip(&mut self) -> Walk;
    /// Refuses the object, for the reason given.
    fn refuse(&mut self, reason: &str) -> Stop;
}

/// The properties of an object that is at hand: each key, and the source of its value.
pub(crate) struct Properties<I, S> {
    /// Those to come.
    pub(crate) sources: I,
    /// The last that came.
    pub(crate) value: S,
}

impl<'a, S: Source, I: Iterator<Item = (&'a str, S)>> Object for Properties<I, S> {
    fn key(&mut self, keys: Keys<'_>) -> Walk<Option<usize>> {
        Ok(self.sources.next().map(|(key, value)| {
            self.value = value;
            keys.find(key)
        }))
    }

    fn value(&mut self, slot: &mut dyn Slot) -> Walk {
        slot.decode(&mut self.value)
    }

    fn optional(&mut self, slot: &mut dyn Slot) -> Walk<bool> {
        self.value.optional(slot)
    }

    fn entry(&mut self, entries: &mut dyn Entries, key: &str) -> Walk {
        entries.entry(key, &mut self.value)
    }

    fn skip(&mut self) -> Walk {
        Ok(())
    }

    fn refuse(&mut self, reason: &str) -> Stop {
        self.value.refuse(reason.to_owned())
    }
}

/// Reads `object` into `model`.
pub(crate) fn read(model: &mut dyn Model, object: &mut dyn Object, trail: &Trail) -> Walk {
    let fields = model.describe().fields;
    let mut seen = Seen::default();
    let mut next = 0;
    let mut other = String::new();
    while let Some(index) = object.key(Keys { fields, next, other: &mut other })? {
        let Some(field) = fields.get(index) else {
            match model.get_mut(index).entries_mut() {
                Some(map) => object.entry(map, &other).inspect_err(|_| trail.push(&other))?,
                None => object.skip()?,
            }
            continue;
        };
        if !seen.insert(index) && !again(model, index, field) {
            return Err(object.refuse(&format!("duplicate field `{}`", field.name())));
        }
        next = index + 1;
        property(model, index, field, object, trail).inspect_err(|_| trail.push(field.name()))?;
    }
    for (index, field) in fields.iter().enumerate() {
        if field.is_required() && !seen.has(index) && !trail.missing.pass(model, index) {
            return Err(object.refuse(&format!("missing field `{}`", field.name())));
        }
    }
    Ok(())
}

/// Of a key that comes twice the last value counts, as in most readers of JSON; but two objects must
/// not become one. Tells whether the field can be read again.
#[cold]
fn again(model: &mut dyn Model, index: usize, field: &Field) -> bool {
    if field.is_required() {
        return !matches!(model.get(index), View::Model(_));
    }
    value_source::attempt(&Value::Null, model.get_mut(index))
}

fn property(
    model: &mut dyn Model,
    index: usize,
    field: &Field,
    object: &mut dyn Object,
    trail: &Trail,
) -> Walk {
    if field.is_required() && trail.missing == Missing::Accepted {
        return null_or_value(model, index, object, trail);
    }
    object.value(model.get_mut(index))?;
    let is_null = trail.null.take() && !field.is_required();
    if is_null && matches!(model.get(index), View::Absent) {
        keep_null(model, field.name());
    }
    Ok(())
}

/// Reads a required property that may be `null` against the document's word, which is as if it were
/// missing.
fn null_or_value(
    model: &mut dyn Model,
    index: usize,
    object: &mut dyn Object,
    trail: &Trail,
) -> Walk {
    let slot = model.get_mut(index);
    if object.optional(slot)? || value_source::attempt(&Value::Null, slot) {
        return Ok(());
    }
    match model.describe().fields.get(index) {
        Some(field) if trail.missing.pass(model, index) => {
            keep_null(model, field.name());
            Ok(())
        }
        _ => Err(object.refuse("it may not be null")),
    }
}

/// A property that is `null`, though the document does not say that it may be, is absent to its
/// field. So that the object goes out as it came, it stands among the properties that the document
/// does not name.
#[cold]
fn keep_null(model: &mut dyn Model, name: &str) {
    let shape = model.describe();
    if matches!(shape.rest, Rest::Open | Rest::Closed) {
        let trail = Trail::new(Missing::Nullable);
        if let Some(entries) = model.get_mut(shape.fields.len()).entries_mut() {
            // What keeps any JSON does not refuse `null`.
            let _ = entries.entry(name, &mut ValueSource::new(&Value::Null, &trail));
        }
    }
}

/// Which fields have been read, by index.
#[derive(Default)]
struct Seen {
    first: u64,
    more: Vec<u64>,
}

impl Seen {
    /// Adds a field; tells whether it is new.
    #[inline]
    fn insert(&mut self, index: usize) -> bool {
        let bit = 1 << (index % 64);
        let word = match (index / 64).checked_sub(1) {
            None => &mut self.first,
            Some(word) => {
                if self.more.len() <= word {
                    self.more.resize(word + 1, 0);
                }
                match self.more.get_mut(word) {
                    Some(word) => word,
                    None => return true,
                }
            }
        };
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    #[inline]
    fn has(&self, index: usize) -> bool {
        let word = match (index / 64).checked_sub(1) {
            None => self.first,
            Some(word) => self.more.get(word).copied().unwrap_or_default(),
        };
        word & (1 << (index % 64)) != 0
    }
}

/// Finds a key among the fields, first among those from `next` on.
///
/// Gives the field's index. Of a key that is no field, it is the index of the map of the other
/// properties, and the name stands in `other`: an index is cheaper to hand on than a choice of both.
pub(crate) struct Keys<'a> {
    fields: &'static [Field],
    next: usize,
    other: &'a mut String,
}

impl Keys<'_> {
    #[inline]
    pub(crate) fn find(self, name: &str) -> usize {
        if self.fields.get(self.next).is_some_and(|field| field.name() == name) {
            return self.next;
        }
        find(self.fields, self.next, name).unwrap_or_else(|| {
            name.clone_into(self.other);
            self.fields.len()
        })
    }
}

/// Servers keep the document's order and leave out what is optional, so that a field is likely to
/// come soon after the one that was expected.
fn find(fields: &[Field], expected: usize, name: &str) -> Option<usize> {
    let (before, after) = fields.split_at_checked(expected)?;
    match after.iter().position(|field| field.name() == name) {
        Some(ahead) => Some(expected + ahead),
        None => before.iter().position(|field| field.name() == name),
    }
}
