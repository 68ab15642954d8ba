//! What a model says of itself, once, and the traits that walk over it.
//!
//! A model states its [`Shape`] as static data and hands out its fields one by one: as a [`View`]
//! to be read, as a [`Slot`] to be written. Decoding, encoding, validating, comparing and
//! `Debug` are each one walk over that description. This module holds the description and the traits; it walks
//! nothing itself.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use super::field::Field;
use super::multipart::FilePart;
use super::rules::Rule;
use super::unions::Choice;

/// The walk stopped; whoever stopped it knows why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop;

/// The outcome of a step of a walk.
pub type Walk<T = ()> = Result<T, Stop>;

/// A struct of the document: what the document says of it, and its fields by position. Every model
/// is a [`Slot`].
pub trait Model: Send + Sync {
    /// What the document says of this model.
    fn describe(&self) -> &'static Shape;

    /// The placeholder of [`Slot::blank`].
    fn blank() -> Self
    where
        Self: Sized;

    /// Field `index` of [`Shape::fields`]; any greater index is the map of the other properties. A
    /// struct of headers has none, and shows nothing there.
    fn get(&self, index: usize) -> View<'_>;

    /// As [`Model::get`], to be written.
    fn get_mut(&mut self, index: usize) -> &mut dyn Slot;
}

/// Anything that has a JSON form: a model, a field of one, an item of a list.
pub trait Slot: Send + Sync {
    /// A placeholder that [`Slot::decode`] fills; it is never handed out before that succeeded.
    fn blank() -> Self
    where
        Self: Sized;

    /// Takes the value from `source`.
    fn decode(&mut self, source: &mut dyn Source) -> Walk;

    /// Shows the value.
    fn view(&self) -> View<'_>;

    /// Shows the value where something must stand, an item of a list say: what is not there is
    /// `null`.
    #[inline]
    fn view_some(&self) -> View<'_>
    where
        Self: Sized,
    {
        self.view()
    }

    /// The map, if it is one that keeps the properties which its document does not name.
    fn entries_mut(&mut self) -> Option<&mut dyn Entries> {
        None
    }

    /// Takes the value of an `Option` from `source`, where `null` means `None`.
    fn decode_option(target: &mut Option<Self>, source: &mut dyn Source) -> Walk
    where
        Self: Sized,
    {
        // Filled where it stays: a model may be large. What is there already is filled anew, so that
        // nothing but `null` drops it.
        if !source.optional(target.get_or_insert_with(Self::blank))? {
            *target = None;
        }
        Ok(())
    }

    /// Takes the value of an `Option` within an `Option` from `source`, of which `null` leaves the
    /// outer one.
    fn decode_nullable(target: &mut Option<Option<Self>>, source: &mut dyn Source) -> Walk
    where
        Self: Sized,
    {
        Self::decode_option(target.get_or_insert(None), source)
    }

    /// Takes the items of a list from `source`.
    fn decode_list(target: &mut Vec<Self>, source: &mut dyn Source) -> Walk
    where
        Self: Sized,
    {
        target.clear();
        source.seq(target)
    }

    /// [`Room::make`] of a list. It stands here so that it is compiled beside its type, as what it
    /// needs of it is, and not beside `Vec`.
    fn make_item(target: &mut Vec<Self>) -> Option<&mut dyn Slot>
    where
        Self: Sized,
    {
        target.push(Self::blank());
        match target.last_mut() {
            Some(item) => Some(item),
            None => None,
        }
    }
}

/// Where a source puts the items of an array.
pub trait Room {
    /// Makes room for the next item; a source skips the item if there is none.
    fn make(&mut self) -> Option<&mut dyn Slot>;
}

/// A map that a source fills.
pub trait Entries {
    /// Takes the value of a property.
    fn entry(&mut self, key: &str, source: &mut dyn Source) -> Walk;

    /// Notes that a property is missing which the document requires; tells whether it did. Only maps
    /// of unnamed properties do.
    fn note_gap(&mut self, _name: &str) -> bool {
        false
    }
}

/// What takes a string, or refuses it.
pub trait Accept {
    /// Takes a string.
    ///
    /// # Errors
    /// Why it is refused.
    fn accept(&mut self, text: &str) -> Result<(), String>;
}

impl<F: FnMut(&str) -> Result<(), String>> Accept for F {
    fn accept(&mut self, text: &str) -> Result<(), String> {
        self(text)
    }
}

/// A value as every walk but decoding sees it.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// Nothing: an optional field that is not there; `null` where something must be.
    Absent,
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer.
    I64(i64),
    /// An integer that `i64` may not hold.
    U64(u64),
    /// An integer that neither of these may hold.
    I128(i128),
    /// A number.
    F64(f64),
    /// A string.
    Str(&'a str),
    /// A value that is a string in JSON.
    Text(&'a dyn fmt::Display),
    /// A file.
    File(&'a FilePart),
    /// Any JSON value.
    Json(&'a Value),
    /// A value of an enum of strings, and those that the document lists; any, if it lists none.
    Enum(&'a str, &'static Listed),
    /// An array.
    List(&'a dyn List),
    /// An object whose keys the document does not name.
    Map(&'a dyn Map),
    /// A model.
    Model(&'a dyn Model),
    /// A value of a union, with the rules of its variant.
    Variant(&'a dyn Variant),
    /// An object that no variant of its union takes, and the discriminator that says so.
    Untagged(&'a Value, &'static str),
}

impl View<'_> {
    /// The value where something must stand, an item of a list say: what is not there is `null`.
    #[inline]
    #[must_use]
    pub fn or_null(self) -> Self {
        match self {
            Self::Absent => Self::Null,
            view => view,
        }
    }
}

/// An array of the document.
#[allow(clippy::len_without_is_empty, reason = "the walks have no use for it")]
pub trait List {
    /// How many items there are.
    fn len(&self) -> usize;
    /// The item at `index`; absent beyond the end.
    fn item(&self, index: usize) -> View<'_>;
    /// Whether it is what [`Slot::blank`] makes.
    fn is_blank(&self) -> bool {
        self.len() == 0
    }
}

/// An object whose keys the document does not name.
#[allow(clippy::len_without_is_empty, reason = "the walks have no use for it")]
pub trait Map {
    /// How many entries there are.
    fn len(&self) -> usize;
    /// The value of an entry.
    fn get(&self, key: &str) -> Option<View<'_>>;
    /// Shows the entries one by one, in the order of their keys.
    fn entries(&self, each: &mut dyn FnMut(&str, View<'_>) -> Walk) -> Walk;
    /// Whether there are neither entries nor gaps, as far as that is known at a glance.
    fn is_bare(&self) -> bool {
        self.len() == 0
    }
    /// What [`Entries::note_gap`] has noted, if anything.
    fn gaps(&self) -> Option<&BTreeMap<String, Value>> {
        None
    }
}

/// A value that is one of several types.
pub trait Variant {
    /// The value inside.
    fn inner(&self) -> View<'_>;
    /// The rules that it must keep as this variant.
    fn rules(&self) -> &'static [Rule];
    /// What decides, where the value may be of several variants.
    fn choice(&self) -> Option<&'static Choice>;
    /// Whether it is kept out of `Debug` and of error messages.
    fn is_secret(&self) -> bool;
}

/// The values of an enum of strings. The reference to them is as wide as a pointer, which a
/// [`View`] has room for.
pub type Listed = &'static [&'static str];

/// A level of nesting that a walk has entered. A walk recurses as the value nests, and a value
/// nested beyond measure must end in an error, not in an overflow of the stack.
pub(crate) struct Level(());

/// Twice what JSON's own reader allows.
const DEEPEST: u32 = 256;

thread_local! {
    static LEVELS: Cell<u32> = const { Cell::new(0) };
}

impl Level {
    /// Goes one level down, if there is one.
    pub(crate) fn enter() -> Option<Self> {
        let level = LEVELS.get();
        if level >= DEEPEST {
            return None;
        }
        LEVELS.set(level + 1);
        Some(Self(()))
    }
}

impl Drop for Level {
    fn drop(&mut self) {
        LEVELS.set(LEVELS.get().saturating_sub(1));
    }
}

/// Where a value comes from: a deserializer behind an object-safe face. Each source is read once.
pub trait Source {
    /// Reads a string into `target`.
    fn string(&mut self, target: &mut String) -> Walk;
    /// Reads a string and lets `target` take or refuse it, with the reason.
    fn text(&mut self, target: &mut dyn Accept) -> Walk;
    /// Reads an integer; a number such as `1.0` is one.
    fn integer(&mut self) -> Walk<i128>;
    /// Reads an integer that fits 64 bits, the usual case.
    fn i64(&mut self) -> Walk<i64>;
    /// Reads a number.
    fn f64(&mut self) -> Walk<f64>;
    /// Reads a boolean.
    fn bool(&mut self) -> Walk<bool>;
    /// Reads any value.
    fn json(&mut self) -> Walk<Value>;
    /// Reads a value into `target`, unless it is `null`; tells whether it did.
    fn optional(&mut self, target: &mut dyn Slot) -> Walk<bool>;
    /// Reads a string or `null`; the commonest optional field, spared a detour.
    fn optional_string(&mut self, target: &mut Option<String>) -> Walk;
    /// Reads the items of an array into `target`.
    fn seq(&mut self, target: &mut dyn Room) -> Walk;
    /// Reads the properties of an object into `target`.
    fn map(&mut self, target: &mut dyn Entries) -> Walk;
    /// Reads an object into `model`.
    fn model(&mut self, model: &mut dyn Model) -> Walk;
    /// Reads `slot` from a value that was taken from this source with [`Source::json`].
    fn replay(&mut self, value: &Value, slot: &mut dyn Slot) -> Walk;
    /// Refuses the value that was read, for the reason given.
    fn refuse(&mut self, reason: String) -> Stop;
}

/// What a document says of an object: its properties and what else may stand beside them.
#[derive(Debug)]
pub struct Shape {
    /// The name of the Rust type.
    pub name: &'static str,
    /// The properties, in the document's order.
    pub fields: &'static [Field],
    /// The properties that are not among `fields`.
    pub rest: Rest,
    /// Rules on the object as a whole.
    pub rules: &'static [Rule],
}

/// What may stand in an object beside its named properties.
#[derive(Clone, Copy, Debug)]
pub enum Rest {
    /// Anything: the document is silent, or says `additionalProperties: true`.
    Open,
    /// Nothing, says the document (`additionalProperties: false`). What a server sends all the
    /// same is kept when decoding, and is a violation when validating.
    Closed,
    /// Values of one schema (`additionalProperties: {...}`), for which these rules hold.
    Typed(&'static [Rule]),
}

// What is generic in a model is not `#[inline]`, which would compile it in every codegen unit that
// sees the model, and all that the model needs with it.
impl<T: Model> Slot for T {
    fn blank() -> Self {
        Model::blank()
    }

    #[inline(never)]
    fn decode(&mut self, source: &mut dyn Source) -> Walk {
        source.model(self)
    }

    #[inline(never)]
    fn view(&self) -> View<'_> {
        View::Model(self)
    }
}

/// So that a model in a box is a [`Slot`] too; for boxes of any slot Rust would not see that they
/// are no models themselves.
impl<T: Model> Model for Box<T> {
    fn describe(&self) -> &'static Shape {
        T::describe(self)
    }

    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn get(&self, index: usize) -> View<'_> {
        T::get(self, index)
    }

    fn get_mut(&mut self, index: usize) -> &mut dyn Slot {
        T::get_mut(self, index)
    }
}

/// Implements decoding, encoding and `Debug` for a type of its own around another one.
/// Its rules hold wherever it stands, in itself too.
#[allow(unused_macros, reason = "a document may have none")]
macro_rules! newtype {
    ($name:ident) => {
        $crate::runtime::model::newtype!($name, it => $crate::runtime::model::Slot::view(&it.0));
    };
    ($name:ident, $rules:expr) => {
        impl $crate::runtime::model::Variant for $name {
            #[inline]
            fn inner(&self) -> $crate::runtime::model::View<'_> {
                $crate::runtime::model::Slot::view(&self.0)
            }
            #[inline]
            fn rules(&self) -> &'static [$crate::runtime::rules::Rule] {
                static RULES: &[$crate::runtime::rules::Rule] = $rules;
                RULES
            }
            #[inline]
            fn choice(&self) -> Option<&'static $crate::runtime::unions::Choice> {
                None
            }
            #[inline]
            fn is_secret(&self) -> bool {
                false
            }
        }
        $crate::runtime::model::newtype!($name, it => $crate::runtime::model::View::Variant(it));
    };
    ($name:ident, $it:ident => $view:expr) => {
        impl $crate::runtime::model::Slot for $name {
            #[inline]
            fn blank() -> Self {
                Self($crate::runtime::model::blank())
            }
            #[inline]
            fn decode(
                &mut self,
                source: &mut dyn $crate::runtime::model::Source,
            ) -> $crate::runtime::model::Walk {
                $crate::runtime::model::Slot::decode(&mut self.0, source)
            }
            #[inline]
            fn view(&self) -> $crate::runtime::model::View<'_> {
                let $it = self;
                $view
            }
        }
        $crate::runtime::model::model!($name);
    };
}

/// The placeholder of a field, see [`Slot::blank`].
#[inline]
#[must_use]
pub fn blank<T: Slot>() -> T {
    T::blank()
}

/// Implements what Rust wants to see for each type by itself, each as one call of a shared walk:
/// `Debug`, `PartialEq`, `Serialize` and `Deserialize`.
#[allow(unused_macros, reason = "a document may have no models")]
macro_rules! model {
    ($name:ident) => {
        $crate::runtime::model::plain!($name);
        $crate::runtime::model::json!($name);
    };
}

/// Implements `Debug` and `PartialEq` for a [`Slot`]. Two values are equal where their JSON is.
#[allow(unused_macros, reason = "a document may have no models")]
macro_rules! plain {
    ($name:ident) => {
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::runtime::debug::fmt(self, formatter)
            }
        }
        impl PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::runtime::equality::eq(self, other)
            }
        }
    };
}

/// Implements serde's traits for a [`Slot`].
#[allow(unused_macros, reason = "a document may have no types")]
macro_rules! json {
    ($name:ident) => {
        impl ::serde::Serialize for $name {
            #[inline]
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::encode::serialize(self, serializer)
            }
        }
        impl<'de> ::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::runtime::decode::deserialize(deserializer)
            }
        }
    };
}

#[allow(unused_imports, reason = "a document may have no types")]
pub(crate) use {json, model, newtype, plain};
