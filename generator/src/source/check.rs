//! The structural check: whether every field holds what its object says.
//!
//! It reads the table in [`super::model`] and looks at a tree that is desugared already. What it lets
//! pass, [`super::convert`] can read without loss.

use std::collections::HashMap;

use super::model::{Field, Kind, Need, Shape};
use super::tree::{Cursor, Mapping, Node, Number, Value, source_key};
use super::walk::walk;
use crate::diag::{Diagnostic, Notes, Place, Sink, nearest};

/// Checks a document.
pub(super) fn check(tree: &Node, root: &Place, notes: &mut Notes, sink: &mut Sink) {
    check_as(Kind::OpenApi, tree, root, notes, sink);
}

/// Checks a tree that is an object of a kind.
pub(super) fn check_as(kind: Kind, tree: &Node, root: &Place, notes: &mut Notes, sink: &mut Sink) {
    let shape = Shape::Object(kind);
    if !accepts(shape, tree) {
        sink.report(wrong_type(kind.object().name, shape, tree, &Cursor::Start(root)));
    }
    let mut operations = HashMap::new();
    walk(shape, tree, &Cursor::Start(root), &mut |shape, node, at| {
        match shape {
            Shape::Object(_) | Shape::RefOr(_) | Shape::SchemaOrFlag => {
                if let Some((kind, object)) = shape.kind().zip(node.mapping()) {
                    check_object(kind, object, at, notes, sink);
                }
            }
            Shape::List(inner) => check_items(*inner, node, at, sink),
            Shape::Map(inner) => check_entries(*inner, node, at, sink),
            _ => {}
        }
        if shape == Shape::Object(Kind::Operation) {
            check_operation_id(node, at, &mut operations, sink);
        }
    });
}

/// Whether the check has nothing against a value, and against anything in it.
pub(super) fn is_sound(shape: Shape, node: &Node) -> bool {
    let are_sound = |shape: Shape, node: &Node| match &node.value {
        Value::Sequence(items) => match shape {
            Shape::List(item) => items.iter().all(|node| is_sound(*item, node)),
            _ => true,
        },
        Value::Mapping(entries) => match shape {
            Shape::Map(value) => entries.iter().all(|(_, node)| is_sound(*value, node)),
            _ => shape.kind().is_none_or(|kind| is_sound_object(kind, entries)),
        },
        _ => true,
    };
    accepts(shape, node) && are_sound(shape, node)
}

fn is_sound_object(kind: Kind, object: &Mapping) -> bool {
    let fields = kind.object().fields.iter();
    let mut required = fields.filter(|field| field.need == Need::Required);
    let is_complete = object.contains("$ref") || required.all(|field| object.contains(field.name));
    is_complete && object.iter().all(|(key, node)| is_sound(kind.shape_of(key), node))
}

fn check_object(kind: Kind, object: &Mapping, at: &Cursor, notes: &mut Notes, sink: &mut Sink) {
    for (key, node) in object.iter() {
        let shape = kind.shape_of(key);
        if kind == Kind::Paths && !key.starts_with('/') && !key.starts_with("x-") {
            check_twice(key, node, at, sink);
        }
        if !accepts(shape, node) {
            let what = format!("`{}` of {}", source_key(key), kind.object().name);
            sink.report(wrong_type(&what, shape, node, &at.key(key)));
        } else if shape == Shape::Any {
            check_known(kind, key, at, notes);
        }
    }
    if let Some(node) = object.get("$ref") {
        if node.str().is_none() && kind.field("$ref").is_none() {
            sink.report(wrong_type("`$ref`", Shape::Text, node, &at.key("$ref")));
        }
        return;
    }
    let missing = |field: &&Field| field.need == Need::Required && !object.contains(field.name);
    for field in kind.object().fields.iter().filter(missing) {
        sink.report(missing_field(kind, field.name, at));
    }
}

/// Operations that another path item has as well, which has the same path but for its slash.
fn check_twice(path: &str, item: &Node, at: &Cursor, sink: &mut Sink) {
    let keys = item.mapping().into_iter().flat_map(Mapping::iter);
    for (method, node) in keys {
        let place = node.origin().cloned().unwrap_or_else(|| at.key(path).key(method).place());
        let message = format!("`/{path}` has another operation `{}`", method.to_ascii_lowercase());
        let other = at.key(&format!("/{path}")).place();
        let error = Diagnostic::error("duplicate-operation", message).at_key(place);
        sink.report(error.related(other, "the other path").help("remove one of the two"));
    }
}

fn missing_field(kind: Kind, name: &str, at: &Cursor) -> Diagnostic {
    let message = format!("{} has no `{name}`", capital(kind.object().name));
    Diagnostic::error("missing-field", message)
        .at_key(at.place())
        .help(format!("add `{name}`; the specification requires it"))
}

fn check_items(shape: Shape, list: &Node, at: &Cursor, sink: &mut Sink) {
    for (index, item) in list.sequence().unwrap_or_default().iter().enumerate() {
        if !accepts(shape, item) {
            let what = match at.last_key() {
                Some(key) => format!("every item of `{}`", source_key(key)),
                None => "every item of the list".to_owned(),
            };
            sink.report(wrong_type(&what, shape, item, &at.index(index)));
        }
    }
}

fn check_entries(shape: Shape, map: &Node, at: &Cursor, sink: &mut Sink) {
    for (key, node) in map.mapping().into_iter().flat_map(Mapping::iter) {
        if !accepts(shape, node) {
            let what = match at.last_key() {
                Some(parent) => format!("`{key}` in `{}`", source_key(parent)),
                None => format!("`{key}`"),
            };
            sink.report(wrong_type(&what, shape, node, &at.key(key)));
        }
    }
}

fn accepts(shape: Shape, node: &Node) -> bool {
    match (shape, &node.value) {
        (Shape::Any, _)
        | (Shape::Text, Value::String(_))
        | (Shape::Flag, Value::Bool(_))
        | (Shape::Object(_) | Shape::RefOr(_) | Shape::Map(_), Value::Mapping(_))
        | (Shape::SchemaOrFlag, Value::Mapping(_) | Value::Bool(_))
        | (Shape::List(_), Value::Sequence(_)) => true,
        (Shape::Number, Value::Number(number)) => number.to_f64().is_finite(),
        (Shape::Count, Value::Number(Number::Integer(count))) => u64::try_from(*count).is_ok(),
        (Shape::Words(words), Value::String(word)) => words.contains(&word.as_str()),
        _ => false,
    }
}

fn wrong_type(what: &str, shape: Shape, node: &Node, at: &Cursor) -> Diagnostic {
    let found = match &node.value {
        Value::String(word) if matches!(shape, Shape::Words(_)) => format!("`{word}`"),
        Value::Number(number) if shape == Shape::Count => number.to_string(),
        _ => node.describe().to_owned(),
    };
    let message = format!("{what} must be {}, found {found}", shape.describe());
    let error = Diagnostic::error("wrong-type", message).at(at.place());
    match (shape, node.str()) {
        (Shape::Words(words), Some(word)) => match nearest(word, words.iter().copied()) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None if matches!(word, "body" | "formData") => {
                error.help("what is sent as a body is the `requestBody` of an operation")
            }
            None if words.contains(&"object") && word.starts_with(char::is_uppercase) => {
                error.help(format!("to name a schema, write `$ref: '#/components/schemas/{word}'`"))
            }
            None => error,
        },
        (Shape::List(_), _) => error.help("write a list: `[...]`, or lines that start with `- `"),
        (Shape::Object(_) | Shape::RefOr(_) | Shape::Map(_), Some(_)) => error
            .help("write an object with keys and values; check the indentation of what follows"),
        _ => error.help("correct the value, or remove the field"),
    }
}

/// Fields that no version of the specification knows, and that everybody writes.
const COMMON: &[(Kind, &str)] = &[
    (Kind::Schema, "id"),
    (Kind::Schema, "additionalItems"),
    (Kind::Schema, "collectionFormat"),
    (Kind::Parameter, "collectionFormat"),
];

fn check_known(kind: Kind, key: &str, at: &Cursor, notes: &mut Notes) {
    let is_known = key.starts_with("x-") || key == "$ref" || kind.field(key).is_some();
    if is_known || COMMON.contains(&(kind, key)) {
        return;
    }
    let fields = kind.object().fields.iter().map(|field| field.name);
    let help = match nearest(key, fields) {
        Some(near) => format!("did you mean `{near}`?"),
        None if kind == Kind::PathItem => {
            "the methods are get, put, post, delete, options, head, patch and trace".to_owned()
        }
        None => "remove it, or start its name with `x-`".to_owned(),
    };
    let message = format!("`{key}` is no field of {}, and ignored", kind.object().name);
    notes.warn_key("unknown-field", at.key(key).place(), &message, &help);
}

/// An identifier may stand once. Copies of one and the same source are told apart by their path.
fn check_operation_id(
    operation: &Node,
    at: &Cursor,
    seen: &mut HashMap<String, Place>,
    sink: &mut Sink,
) {
    let Some(id) = operation.child("operationId").and_then(Node::str) else { return };
    let place = at.key("operationId").place();
    if let Some(first) = seen.get(id) {
        // A copy, such as that of a callback among the components.
        if *first == place {
            return;
        }
        let message = format!("two operations have the `operationId` `{id}`");
        let warning = Diagnostic::warning("duplicate-operation-id", message)
            .at(place)
            .related(first.clone(), "first")
            .help("give one of them another identifier; until then its function gets a number");
        sink.report(warning);
    } else {
        seen.insert(id.to_owned(), place);
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}
