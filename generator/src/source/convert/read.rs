//! The small readers that all objects are made of. What does not fit reads as nothing.

use indexmap::IndexMap;
use openapiv3::ReferenceOr;
use serde_json::Value as Json;

use crate::source::tree::{Node, Number, Value};

/// Hands out the fields of an object.
pub(super) fn each(node: Node, mut field: impl FnMut(String, Node)) {
    if let Value::Mapping(mapping) = node.value {
        for (key, node) in *mapping {
            field(key, node);
        }
    }
}

/// Keeps an extension; other unknown fields are ignored.
pub(super) fn keep(extensions: &mut IndexMap<String, Json>, key: String, node: Node) {
    if key.starts_with("x-") {
        extensions.insert(key, json(node));
    }
}

pub(super) fn or_ref<T>(mut node: Node, read: impl FnOnce(Node) -> T) -> ReferenceOr<T> {
    let reference = node.mapping_mut().and_then(|mapping| mapping.get_mut("$ref"));
    match reference.map(std::mem::take).and_then(text) {
        Some(reference) => ReferenceOr::Reference { reference },
        None => ReferenceOr::Item(read(node)),
    }
}

pub(super) fn list<T>(node: Node, read: impl FnMut(Node) -> T) -> Vec<T> {
    match node.value {
        Value::Sequence(items) => items.into_iter().map(read).collect(),
        _ => Vec::new(),
    }
}

pub(super) fn map<T>(node: Node, mut read: impl FnMut(Node) -> T) -> IndexMap<String, T> {
    match node.value {
        Value::Mapping(mapping) => {
            mapping.into_iter().map(|(key, node)| (key, read(node))).collect()
        }
        _ => IndexMap::new(),
    }
}

pub(super) fn text(node: Node) -> Option<String> {
    match node.value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

pub(super) fn text_or_empty(node: Node) -> String {
    text(node).unwrap_or_default()
}

pub(super) fn flag(node: &Node) -> Option<bool> {
    node.bool()
}

pub(super) fn flag_or_false(node: Node) -> bool {
    node.bool().unwrap_or_default()
}

pub(super) fn count(node: &Node) -> Option<usize> {
    usize::try_from(node.number()?.to_integer()?).ok()
}

pub(super) fn json(node: Node) -> Json {
    match node.value {
        Value::Null => Json::Null,
        Value::Bool(flag) => flag.into(),
        Value::Number(number) => number_to_json(number),
        Value::String(text) => text.into(),
        Value::Sequence(items) => items.into_iter().map(json).collect(),
        Value::Mapping(mapping) => {
            Json::Object(mapping.into_iter().map(|(key, node)| (key, json(node))).collect())
        }
    }
}

/// Infinities and NaN, which YAML can write, have no JSON.
fn number_to_json(number: Number) -> Json {
    match number {
        Number::Integer(integer) => match (i64::try_from(integer), u64::try_from(integer)) {
            (Ok(signed), _) => signed.into(),
            (_, Ok(unsigned)) => unsigned.into(),
            _ => number.to_f64().into(),
        },
        Number::Float(float) => float.into(),
    }
}
