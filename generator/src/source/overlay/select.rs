//! JSONPath (RFC 9535), by a library that works on JSON: the document is shown to it as such.

use std::fmt;

use serde_json::Value as Json;
use serde_json_path::{JsonPath, PathElement};

use super::super::tree::{Node, Number, Value};
use crate::diag::Pointer;

/// Longer paths are refused: nobody writes them, and the parser recurses.
const LONGEST: usize = 1000;

/// Parentheses deeper than this are refused: the parser takes twice the time for each.
const DEEPEST: usize = 8;

/// A path that was understood.
pub(super) struct Query {
    path: JsonPath,
    text: String,
}

impl Query {
    /// Reads a path; what is wrong with it, otherwise.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if text.len() > LONGEST {
            return Err(format!("is longer than {LONGEST} bytes"));
        }
        if nesting(text) > DEEPEST {
            return Err(format!("nests more than {DEEPEST} levels of parentheses or brackets"));
        }
        let path = JsonPath::parse(text).map_err(|error| match text.get(error.position()..) {
            Some(rest) if !rest.is_empty() => format!("is no JSONPath from `{rest}` on"),
            _ => "is no JSONPath".to_owned(),
        })?;
        Ok(Self { path, text: text.to_owned() })
    }
}

/// How deep brackets stand in each other, by the opening ones that are not closed.
fn nesting(text: &str) -> usize {
    let mut open = 0_usize;
    let depths = text.bytes().map(|byte| {
        match byte {
            b'(' | b'[' | b'!' => open += 1,
            b')' | b']' => open = open.saturating_sub(1),
            _ => {}
        }
        open
    });
    depths.max().unwrap_or_default()
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A document as JSON.
pub(super) struct View(Json);

impl View {
    pub(super) fn of(tree: &Node) -> Self {
        Self(json(tree))
    }

    /// The values that a path selects, each once: parents before children, items by their index.
    pub(super) fn select(&self, query: &Query) -> Vec<Pointer> {
        let found = query.path.query_located(&self.0);
        let mut steps: Vec<Vec<Step>> =
            found.locations().map(|location| location.iter().map(Step::of).collect()).collect();
        steps.sort();
        steps.dedup();
        let pointers = steps.iter().map(|steps| {
            steps.iter().fold(Pointer::root(), |at, step| match step {
                Step::Index(index) => at.index(*index),
                Step::Key(key) => at.child(*key),
            })
        });
        pointers.collect()
    }

    /// Looks again at what was changed.
    pub(super) fn refresh(&mut self, tree: &Node, at: &Pointer) {
        let slot = self.0.pointer_mut(&at.to_string());
        if let Some((slot, node)) = slot.zip(tree.find(at)) {
            *slot = json(node);
        }
    }
}

/// A step of a location, in an order that fits removal.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Step<'a> {
    Index(usize),
    Key(&'a str),
}

impl<'a> Step<'a> {
    fn of(element: &PathElement<'a>) -> Self {
        match element {
            PathElement::Index(index) => Self::Index(*index),
            PathElement::Name(name) => Self::Key(name),
        }
    }
}

fn json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(flag) => Json::Bool(*flag),
        Value::Number(number) => number_of(*number),
        Value::String(text) => Json::String(text.clone()),
        Value::Sequence(items) => Json::Array(items.iter().map(json).collect()),
        Value::Mapping(mapping) => {
            Json::Object(mapping.iter().map(|(key, node)| (key.to_owned(), json(node))).collect())
        }
    }
}

fn number_of(number: Number) -> Json {
    let integer = match number {
        Number::Integer(integer) => i64::try_from(integer).map(Json::from).ok(),
        Number::Float(_) => None,
    };
    // For a comparison in a filter the nearest double does.
    integer.unwrap_or_else(|| Json::from(number.to_f64()))
}
