//! The untyped tree that the passes of this stage work on: key order kept, integers exact, and on
//! every node that was moved the place it came from.
//!
//! The tree knows nothing about OpenAPI; which object stands where is in [`super::model`].

use indexmap::IndexMap;
use indexmap::map::Entry;

use crate::diag::{FileId, Place, Pointer};

/// A value, and where it stood in the sources if that is not where it stands now.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    pub value: Value,
    origin: Option<Box<Place>>,
}

#[derive(Clone, Debug, Default)]
pub(super) enum Value {
    #[default]
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    Sequence(Vec<Node>),
    Mapping(Box<Mapping>),
}

/// An integer exactly, anything else as the nearest double.
#[derive(Clone, Copy, Debug)]
pub(super) enum Number {
    Integer(i128),
    Float(f64),
}

/// Keys in the order of the source.
#[derive(Clone, Debug, Default)]
pub(super) struct Mapping(IndexMap<String, Node>);

impl Node {
    pub(super) fn mapping(&self) -> Option<&Mapping> {
        match &self.value {
            Value::Mapping(mapping) => Some(mapping),
            _ => None,
        }
    }

    pub(super) fn mapping_mut(&mut self) -> Option<&mut Mapping> {
        match &mut self.value {
            Value::Mapping(mapping) => Some(mapping),
            _ => None,
        }
    }

    pub(super) fn sequence(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Sequence(items) => Some(items),
            _ => None,
        }
    }

    pub(super) fn sequence_mut(&mut self) -> Option<&mut Vec<Node>> {
        match &mut self.value {
            Value::Sequence(items) => Some(items),
            _ => None,
        }
    }

    pub(super) fn str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(flag) => Some(flag),
            _ => None,
        }
    }

    pub(super) fn number(&self) -> Option<Number> {
        match self.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// What kind of value it is, with its article, for messages.
    pub(super) fn describe(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Sequence(_) => "an array",
            Value::Mapping(_) => "an object",
        }
    }

    /// Whether it is of a type of JSON Schema, by its word.
    pub(super) fn is_of(&self, word: &str) -> bool {
        match &self.value {
            Value::Null => false,
            Value::Bool(_) => word == "boolean",
            Value::Number(number) => {
                word == "number" || (word == "integer" && number.to_f64().fract() == 0.0)
            }
            Value::String(_) => word == "string",
            Value::Sequence(_) => word == "array",
            Value::Mapping(_) => word == "object",
        }
    }

    /// The target of a Reference Object.
    pub(super) fn reference(&self) -> Option<&str> {
        self.mapping()?.get("$ref")?.str()
    }

    pub(super) fn child(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Mapping(mapping) => mapping.get(key),
            Value::Sequence(items) => items.get(key.parse::<usize>().ok()?),
            _ => None,
        }
    }

    pub(super) fn find(&self, pointer: &Pointer) -> Option<&Node> {
        let keys = pointer.keys();
        keys.into_iter().try_fold(self, |node, key| node.child(key))
    }

    pub(super) fn origin(&self) -> Option<&Place> {
        self.origin.as_deref()
    }

    /// Notes where the node stood before it was moved. What a node already knows stays.
    #[must_use]
    pub(super) fn moved_from(mut self, place: Place) -> Self {
        self.origin.get_or_insert_with(|| Box::new(place));
        self
    }
}

impl<T: Into<Value>> From<T> for Node {
    fn from(value: T) -> Self {
        Self { value: value.into(), origin: None }
    }
}

impl From<&serde_json::Value> for Node {
    fn from(json: &serde_json::Value) -> Self {
        use serde_json::Value as Json;
        match json {
            Json::Null => Self::default(),
            Json::Bool(flag) => (*flag).into(),
            Json::Number(number) => Number::from(number).into(),
            Json::String(text) => text.as_str().into(),
            Json::Array(items) => items.iter().map(Self::from).collect::<Vec<_>>().into(),
            Json::Object(map) => {
                let entries = map.iter().map(|(key, value)| (key.clone(), Self::from(value)));
                entries.collect::<Mapping>().into()
            }
        }
    }
}

impl From<&serde_json::Number> for Number {
    fn from(number: &serde_json::Number) -> Self {
        let integer = number.as_i64().map(i128::from).or(number.as_u64().map(i128::from));
        integer.map_or_else(|| Self::Float(number.as_f64().unwrap_or(f64::NAN)), Self::Integer)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

impl From<Number> for Value {
    fn from(number: Number) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<Vec<Node>> for Value {
    fn from(items: Vec<Node>) -> Self {
        Self::Sequence(items)
    }
}

impl From<Mapping> for Value {
    fn from(mapping: Mapping) -> Self {
        Self::Mapping(Box::new(mapping))
    }
}

/// Equal as JSON values: key order does not count, nor do origins.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Number(a), Value::Number(b)) => a == b,
            (Value::String(a), Value::String(b)) => a == b,
            (Value::Sequence(a), Value::Sequence(b)) => a == b,
            (Value::Mapping(a), Value::Mapping(b)) => a.0 == b.0,
            _ => false,
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => a == b,
            (a, b) => a.to_f64() == b.to_f64(),
        }
    }
}

impl Number {
    pub(super) fn to_f64(self) -> f64 {
        match self {
            Self::Integer(integer) => integer as f64,
            Self::Float(float) => float,
        }
    }

    /// The number as an integer, also when it is written `1.0` or `1e3`.
    pub(super) fn to_integer(self) -> Option<i128> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        match self {
            Self::Integer(integer) => Some(integer),
            Self::Float(float) if float.fract() == 0.0 && float.abs() <= EXACT => {
                Some(float as i128)
            }
            Self::Float(_) => None,
        }
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Integer(integer) => integer.fmt(f),
            Self::Float(float) => float.fmt(f),
        }
    }
}

impl Mapping {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn contains(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.0.get(key)
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.0.get_mut(key)
    }

    /// Sets a value: in place when the key exists, at the end otherwise.
    pub(super) fn set(&mut self, key: impl Into<String>, node: impl Into<Node>) -> Option<Node> {
        self.0.insert(key.into(), node.into())
    }

    /// Adds a value, or hands the key back if it is there already.
    pub(super) fn add(&mut self, key: String, node: Node) -> Option<String> {
        match self.0.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(node);
                None
            }
            Entry::Occupied(entry) => Some(entry.key().clone()),
        }
    }

    /// Takes a value out; the others keep their order.
    pub(super) fn take(&mut self, key: &str) -> Option<Node> {
        self.0.shift_remove(key)
    }

    /// Gives a value another key, at the same position; `false` if there is none or the new key is
    /// taken.
    pub(super) fn rename(&mut self, from: &str, to: impl Into<String>) -> bool {
        let to = to.into();
        let index = self.0.get_index_of(from);
        index.is_some_and(|index| self.0.replace_index(index, to).is_ok())
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Node)> {
        self.0.iter().map(|(key, node)| (key.as_str(), node))
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut Node)> {
        self.0.iter_mut().map(|(key, node)| (key.as_str(), node))
    }

    pub(super) fn retain(&mut self, keep: impl FnMut(&String, &mut Node) -> bool) {
        self.0.retain(keep);
    }
}

impl IntoIterator for Mapping {
    type Item = (String, Node);
    type IntoIter = indexmap::map::IntoIter<String, Node>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl FromIterator<(String, Node)> for Mapping {
    fn from_iter<I: IntoIterator<Item = (String, Node)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

/// Where a walk stands: a list on the stack, turned into a [`Place`] only when something is to be
/// said about it.
#[derive(Clone, Copy)]
pub(super) enum Cursor<'a> {
    Start(&'a Place),
    Key(&'a Cursor<'a>, &'a str),
    Index(&'a Cursor<'a>, usize),
}

/// What our own extensions start with; see [`Cursor::place`].
pub(super) const OWN: &str = "x-oas-";

impl<'a> Cursor<'a> {
    pub(super) fn key(&'a self, key: &'a str) -> Self {
        Self::Key(self, key)
    }

    pub(super) fn index(&'a self, index: usize) -> Self {
        Self::Index(self, index)
    }

    pub(super) fn file(&self) -> FileId {
        match self {
            Self::Start(place) => place.file,
            Self::Key(parent, _) | Self::Index(parent, _) => parent.file(),
        }
    }

    /// The place in the source. Our own extensions stand where the keyword stands after which they
    /// are named.
    pub(super) fn place(&self) -> Place {
        match self {
            Self::Start(place) => (*place).clone(),
            Self::Key(parent, key) => parent.place().child(source_key(key)),
            Self::Index(parent, index) => parent.place().index(*index),
        }
    }

    /// How many steps below the start.
    pub(super) fn last_key(&self) -> Option<&'a str> {
        match self {
            Self::Key(_, key) => Some(key),
            _ => None,
        }
    }
}

/// The key in the source of a key in the rearranged tree.
pub(super) fn source_key(key: &str) -> &str {
    key.strip_prefix(OWN).unwrap_or(key)
}
