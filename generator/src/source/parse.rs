//! From text to [`Node`], through serde_yaml and serde_json.
//!
//! What the parsers do not mind and we do is found here: keys that stand twice, and nesting so deep
//! that later stages, which recurse, could run out of stack. YAML's own conveniences end here: merge
//! keys are applied, tags dropped, keys that are not strings become the text they were written as.

mod syntax;

use std::cell::RefCell;
use std::fmt;

use indexmap::IndexSet;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::files::Files;
use super::tree::{Cursor, Mapping, Node, Number, Value};
use crate::diag::Locate as _;
use crate::diag::{Diagnostic, Failed, FileId, Place, Pointer, Sink};

/// Real documents stay under 30. Both parsers stop at 128 by themselves, less helpfully.
pub(super) const DEEPEST: usize = 100;

/// Reads a loaded text: JSON if its first character is `{` or `[`, else YAML.
pub(super) fn parse(file: FileId, files: &Files, sink: &mut Sink) -> Result<Node, Failed> {
    let text = files.text(file);
    let attempt = if text.trim_start().starts_with(['{', '[']) {
        let json = Attempt::new(Dialect::Json, file, files);
        // YAML in flow style starts like JSON; where it is neither, JSON's error says more.
        let may_be_yaml = json.is_broken() && !files.name(file).ends_with(".json");
        let yaml = may_be_yaml.then(|| Attempt::new(Dialect::Yaml, file, files));
        yaml.filter(|yaml| !yaml.is_broken()).unwrap_or(json)
    } else {
        Attempt::new(Dialect::Yaml, file, files)
    };
    let is_object = attempt.tree.as_ref().is_ok_and(|tree| tree.mapping().is_some());
    if let Some(comment) = syntax::comment(file, text).filter(|_| !is_object) {
        sink.report(comment);
        return Err(Failed);
    }
    for (parent, key) in &attempt.faults.duplicates {
        sink.report(duplicate(parent, key, files));
    }
    attempt.tree.map_err(|diagnostic| {
        let place = attempt.faults.too_deep;
        let endless = place.as_ref().and_then(|_| files.endless_alias(file));
        sink.report(match (endless, place) {
            (Some(alias), _) => endless_alias().at_bytes(file, alias),
            (None, Some(place)) => too_deep().at(place),
            (None, None) => *diagnostic,
        });
        Failed
    })
}

/// What came of reading a text in one dialect.
struct Attempt {
    tree: Result<Node, Box<Diagnostic>>,
    faults: Faults,
}

impl Attempt {
    fn new(dialect: Dialect, file: FileId, files: &Files) -> Self {
        let text = files.text(file);
        let root = Place::new(file, Pointer::root());
        let at = Cursor::Start(&root);
        let faults = RefCell::new(Faults::default());
        let seed = Seed { at: &at, depth: 0, dialect, faults: &faults };
        let tree = match dialect {
            Dialect::Json => json(seed, text).map_err(|it| syntax::json_error(&it, file, text)),
            Dialect::Yaml => match bottomless(file, files) {
                Some(at) => Err(too_deep().at_bytes(file, at..at + 1)),
                None => yaml(seed, text).map_err(|it| syntax::yaml_error(&it, file, text)),
            },
        };
        Self { tree: tree.map_err(Box::new), faults: faults.into_inner() }
    }

    /// Whether it is not text of the dialect, for all that is known.
    fn is_broken(&self) -> bool {
        self.tree.is_err() && self.faults.too_deep.is_none()
    }
}

fn json(seed: Seed, text: &str) -> serde_json::Result<Node> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let node = seed.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(node)
}

fn yaml(seed: Seed, text: &str) -> serde_yaml::Result<Node> {
    seed.deserialize(serde_yaml::Deserializer::from_str(text))
}

fn duplicate(parent: &Place, key: &str, files: &Files) -> Diagnostic {
    let place = parent.child(key);
    let diagnostic = Diagnostic::error("duplicate-key", format!("the key `{key}` stands twice"))
        .at_key(place.clone())
        .help("remove one of the two, or merge them")
        .related(place, "first");
    match files.last_key(parent, key) {
        Some(span) => diagnostic.at_bytes(parent.file, span),
        None => diagnostic,
    }
}

fn too_deep() -> Diagnostic {
    let message = format!("values nest more than {DEEPEST} levels deep");
    Diagnostic::error("too-deep", message)
        .help("move inner schemas to `components/schemas` and refer to them")
}

fn endless_alias() -> Diagnostic {
    let message = "this alias stands within the value that it stands for, which never ends";
    Diagnostic::error("endless-alias", message)
        .help("refer to the schema instead: `$ref: '#/components/schemas/Name'`")
}

/// Where brackets nest so deep that YAML's parser, which looks at all that are open for each word,
/// would take hours. Few texts have as many brackets as that takes, and are looked at.
fn bottomless(file: FileId, files: &Files) -> Option<usize> {
    let brackets = files.text(file).bytes().filter(|byte| matches!(byte, b'[' | b'{'));
    brackets.take(DEEPEST + 1).count().gt(&DEEPEST).then(|| files.too_deep(file)).flatten()
}

/// What the parsers would let pass.
#[derive(Default)]
struct Faults {
    /// Mapping and key, each once.
    duplicates: IndexSet<(Place, String)>,
    too_deep: Option<Place>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Dialect {
    Json,
    Yaml,
}

/// Makes a node of the value that stands at a place.
#[derive(Clone, Copy)]
struct Seed<'a> {
    at: &'a Cursor<'a>,
    depth: usize,
    dialect: Dialect,
    faults: &'a RefCell<Faults>,
}

impl<'a> Seed<'a> {
    fn child<E: Error>(self, at: &'a Cursor<'a>) -> Result<Self, E> {
        if self.depth >= DEEPEST {
            self.faults.borrow_mut().too_deep = Some(at.place());
            return Err(E::custom("too deep"));
        }
        Ok(Self { at, depth: self.depth + 1, ..self })
    }

    fn duplicate(self, key: String) {
        let mut faults = self.faults.borrow_mut();
        faults.duplicates.insert((self.at.place(), key));
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::default())
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::default())
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Number::Integer(value.into()).into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Number::Integer(value.into()).into())
    }

    fn visit_i128<E>(self, value: i128) -> Result<Node, E> {
        Ok(Number::Integer(value).into())
    }

    fn visit_u128<E>(self, value: u128) -> Result<Node, E> {
        let integer = i128::try_from(value).map(Number::Integer);
        Ok(integer.unwrap_or(Number::Float(value as f64)).into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Number::Float(value).into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        loop {
            let at = self.at.index(items.len());
            match access.next_element_seed(self.child(&at)?)? {
                Some(item) => items.push(item),
                None => return Ok(items.into()),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut mapping = Mapping::new();
        while let Some(key) = access.next_key_seed(Key)? {
            let at = self.at.key(&key);
            let node = access.next_value_seed(self.child(&at)?)?;
            if let Some(key) = mapping.add(key, node) {
                self.duplicate(key);
            }
        }
        if self.dialect == Dialect::Yaml {
            merge(&mut mapping, self.at);
        }
        Ok(mapping.into())
    }

    /// A value with a tag of its own, such as `!Ref x`: the tag says nothing to us.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Node, A::Error> {
        let (_tag, variant): (String, _) = access.variant()?;
        variant.newtype_variant_seed(self)
    }
}

/// Applies a merge key: `<<: *base`, or a list of those; keys that are there go before.
fn merge(mapping: &mut Mapping, at: &Cursor) {
    const MERGE: &str = "<<";
    let is_base = |node: &Node| node.mapping().is_some();
    let is_merge = |node: &Node| {
        is_base(node) || node.sequence().is_some_and(|items| items.iter().all(is_base))
    };
    if !mapping.get(MERGE).is_some_and(is_merge) {
        return;
    }
    let at = at.key(MERGE);
    match mapping.take(MERGE).unwrap_or_default().value {
        Value::Mapping(base) => merge_one(mapping, *base, &at),
        Value::Sequence(items) => {
            for (index, item) in items.into_iter().enumerate() {
                if let Value::Mapping(base) = item.value {
                    merge_one(mapping, *base, &at.index(index));
                }
            }
        }
        _ => {}
    }
}

fn merge_one(mapping: &mut Mapping, base: Mapping, at: &Cursor) {
    for (key, node) in base {
        if !mapping.contains(&key) {
            let place = at.key(&key).place();
            mapping.set(key, node.moved_from(place));
        }
    }
}

/// The text of a key, whatever YAML would make of it: `200`, `true`, `1.10`.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is a string")
    }

    fn visit_str<E>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_string<E>(self, value: String) -> Result<String, E> {
        Ok(value)
    }
}
