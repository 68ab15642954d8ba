//! What is written shorter than the specification has it, and means one thing only.

use super::super::model::{Kind, Shape};
use super::super::tree::{Cursor, Mapping, Node, Value};
use super::Context;
use super::scalars::coerce;
use super::types::is_type_word;

/// What the passes over an object look at comes first: flags, words, and lists of one.
pub(super) fn fields(kind: Kind, object: &mut Mapping, at: &Cursor, context: &mut Context) {
    for (key, node) in object.iter_mut() {
        let at = at.key(key);
        let shape = kind.shape_of(key);
        match shape {
            Shape::Flag | Shape::SchemaOrFlag => coerce(shape, node, &at, context),
            // What is written for the type of a schema is a matter of its own.
            Shape::Words(words) if kind != Kind::Schema => word_case(words, node, &at, context),
            Shape::List(_) => list_of_one(shape, node, &at, context),
            _ => {}
        }
    }
}

/// `in: Query` becomes `in: query`.
fn word_case(words: &[&str], node: &mut Node, at: &Cursor, context: &mut Context) {
    let Some(word) = node.str().filter(|word| !words.contains(word)) else { return };
    let Some(meant) = words.iter().find(|it| it.eq_ignore_ascii_case(word)) else { return };
    let message = format!("`{word}` is written `{meant}`");
    context.warn("word-case", at.place(), &message, "it is read as if it were");
    node.value = Value::from(*meant);
}

/// `tags: pets` becomes `tags: [pets]`, `allOf: { $ref: R }` becomes `allOf: [{ $ref: R }]`.
pub(super) fn list_of_one(shape: Shape, node: &mut Node, at: &Cursor, context: &mut Context) {
    let Shape::List(item) = shape else { return };
    if !is_item(*item, node, at) {
        return;
    }
    let message = format!("this should be an array, not {}", node.describe());
    let help = "it is read as an array of one; put it into brackets";
    context.warn("lone-item", at.place(), &message, help);
    let inner = std::mem::take(node).moved_from(at.place());
    *node = Node::from(vec![inner]).moved_from(at.place());
}

/// Whether a value that stands where a list belongs is what that would be a list of.
fn is_item(item: Shape, node: &Node, at: &Cursor) -> bool {
    let has = |key: &str| node.child(key).is_some();
    match (item, &node.value) {
        // Of a schema, a flag in quotes; see [`super::keywords::required_flag`].
        (Shape::Text, Value::String(text)) => {
            at.last_key() != Some("required") || !matches!(text.as_str(), "true" | "false")
        }
        (Shape::Any, Value::String(_) | Value::Number(_) | Value::Bool(_))
        | (Shape::Object(Kind::Server | Kind::Tag) | Shape::Map(_), Value::String(_)) => true,
        (Shape::Map(_), Value::Mapping(_)) => true,
        (Shape::Object(Kind::Server), Value::Mapping(_)) => has("url"),
        (Shape::Object(Kind::Tag), Value::Mapping(_)) => has("name"),
        (Shape::RefOr(Kind::Parameter), Value::Mapping(_)) => has("$ref") || has("in"),
        (Shape::RefOr(Kind::Schema), Value::Mapping(schema)) => {
            schema.keys().any(|key| Kind::Schema.field(key).is_some())
        }
        _ => false,
    }
}

/// `security: [key]` becomes `security: [{ key: [] }]`.
pub(super) fn requirement(shape: Shape, node: &mut Node, at: &Cursor, context: &mut Context) {
    let Shape::Map(Shape::List(Shape::Text)) = shape else { return };
    let Some(name) = node.str().map(str::to_owned) else { return };
    let message = "what `security` lists should be an object, not a string";
    let help = format!("it is read as the name of a security scheme; write `{{ {name}: [] }}`");
    context.warn("wrong-scalar", at.place(), message, &help);
    let scopes = Node::from(Vec::new());
    *node = Node::from(Mapping::from_iter([(name, scopes)])).moved_from(at.place());
}

/// `items: string` becomes `items: { type: string }`, and the header `X-A: string` becomes
/// `X-A: { schema: { type: string } }`.
pub(super) fn type_alone(shape: Shape, node: &mut Node, at: &Cursor, context: &mut Context) {
    let is_meant = node.str().is_some_and(is_type_word);
    let Some(kind) = shape.component().filter(|_| is_meant) else { return };
    if !matches!(kind, Kind::Schema | Kind::Header) {
        return;
    }
    let message = format!("this should be {}, not a string", kind.object().name);
    context.warn("wrong-scalar", at.place(), &message, "it is read as its type");
    let of = |key: &str, node: Node| {
        Node::from(Mapping::from_iter([(key.to_owned(), node)])).moved_from(at.place())
    };
    let schema = of("type", std::mem::take(node).moved_from(at.place()));
    *node = if kind == Kind::Header { of("schema", schema) } else { schema };
}

/// A server without `url` goes away.
pub(super) fn servers(shape: Shape, node: &mut Node, at: &Cursor, context: &mut Context) {
    let Shape::List(Shape::Object(Kind::Server)) = shape else { return };
    let Some(servers) = node.sequence_mut() else { return };
    for (index, server) in std::mem::take(servers).into_iter().enumerate() {
        let server = server.moved_from(at.index(index).place());
        let lacks_url = server.mapping().is_some_and(|it| it.get("url").is_none_or(Node::is_null));
        if lacks_url {
            let place = at.index(index).place();
            let message = "the server has no `url`, and is left out";
            context.warn_key("missing-field", place, message, "add `url`, or remove the server");
        } else {
            servers.push(server);
        }
    }
}
