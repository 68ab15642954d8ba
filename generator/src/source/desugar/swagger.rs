//! What Swagger 2 wrote otherwise, in documents that were converted by half.

use super::super::tree::{Cursor, Mapping, Node, Value};
use super::parameters::is_described;
use super::{Context, part_of, take_from};
use crate::diag::Place;

/// `parameters: [{ in: body, schema: S }]` becomes
/// `requestBody: { content: { application/json: { schema: S } } }`.
pub(super) fn body(operation: &mut Mapping, at: &Cursor, context: &mut Context) {
    for (mut parameter, at) in taken(operation, "body", at) {
        let at = Cursor::Start(&at);
        if has_body(operation) {
            second(&at, context);
            continue;
        }
        let message = "a parameter in the body is Swagger 2; it is read as the `requestBody`";
        context.warn("swagger-body", at.place(), message, "write a `requestBody`");
        let schema = take_from(&mut parameter, "schema", &at).map(|it| ("schema".to_owned(), it));
        let media = Mapping::from_iter(schema);
        let mut body = content("application/json", media, &at);
        for key in ["description", "required"] {
            if let Some(node) = take_from(&mut parameter, key, &at) {
                body.set(key, node);
            }
        }
        operation.set("requestBody", part_of(&at, body));
    }
}

/// `parameters: [{ in: formData, name: n, type: string, required: true }]` becomes the `requestBody`
/// `{ content: { M: { schema: { type: object, required: [n], properties: { n: { type: string } } } } } }`,
/// where M is `multipart/form-data` if that is among `consumes` or a file is sent.
pub(super) fn form(operation: &mut Mapping, at: &Cursor, context: &mut Context) {
    let fields = taken(operation, "formData", at);
    let Some((_, first)) = fields.first().cloned() else { return };
    let first = Cursor::Start(&first);
    if has_body(operation) {
        return second(&first, context);
    }
    let message = "parameters in `formData` are Swagger 2; they are read as the `requestBody`";
    context.warn("swagger-body", first.place(), message, "write a `requestBody`");
    let is_file = |(field, _): &(Mapping, _)| field.get("type").and_then(Node::str) == Some("file");
    let consumes = operation.take("consumes");
    let consumes = consumes.as_ref().and_then(Node::sequence).unwrap_or_default();
    let is_multipart = consumes.iter().any(|it| it.str() == Some("multipart/form-data"));
    let form = match is_multipart || fields.iter().any(is_file) {
        true => "multipart/form-data",
        false => "application/x-www-form-urlencoded",
    };
    let is_required =
        |(field, _): &(Mapping, _)| field.get("required").and_then(Node::bool) == Some(true);
    let is_required = fields.iter().any(is_required);
    let mut body = content(form, media(fields, form, &first), &first);
    body.set("required", is_required);
    operation.set("requestBody", part_of(&first, body));
}

/// The fields of a form as the properties of an object.
fn media(fields: Vec<(Mapping, Place)>, form: &str, first: &Cursor) -> Mapping {
    let (mut properties, mut required) = (Mapping::new(), Vec::new());
    let mut encodings = Mapping::new();
    for (mut field, at) in fields {
        let at = Cursor::Start(&at);
        let Some(name) = field.get("name").and_then(Node::str).map(str::to_owned) else { continue };
        if field.get("required").and_then(Node::bool) == Some(true) {
            required.push(Node::from(name.as_str()).moved_from(at.key("name").place()));
        }
        // In parts, each item is one.
        let style = list_style(&field, "query").filter(|_| !form.starts_with("multipart"));
        if let Some((style, explode)) = style {
            let encoding = [("style", Node::from(style)), ("explode", Node::from(explode))];
            let encoding = encoding.map(|(key, node)| (key.to_owned(), node));
            encodings.set(name.as_str(), part_of(&at, Mapping::from_iter(encoding)));
        }
        properties.set(name, property(&mut field, &at));
    }
    let mut schema = Mapping::from_iter([("type".to_owned(), Node::from("object"))]);
    if !required.is_empty() {
        schema.set("required", required);
    }
    schema.set("properties", properties);
    let mut media = Mapping::from_iter([("schema".to_owned(), part_of(first, schema))]);
    if !encodings.is_empty() {
        media.set("encoding", encodings);
    }
    media
}

/// The schema of a property of a form.
fn property(field: &mut Mapping, at: &Cursor) -> Node {
    let described = take_from(field, "schema", at);
    let mut schema = match described.map(|it| it.value) {
        Some(Value::Mapping(schema)) => *schema,
        _ => keywords(field, at),
    };
    if let Some(description) = take_from(field, "description", at) {
        schema.set("description", description);
    }
    part_of(at, schema)
}

/// Takes the parameters out that are in a place of Swagger 2, each with where it stood.
fn taken(operation: &mut Mapping, place: &str, at: &Cursor) -> Vec<(Mapping, Place)> {
    let is_there = |node: &Node| {
        let word = node.child("in").and_then(Node::str);
        word.is_some_and(|word| word.eq_ignore_ascii_case(place))
    };
    let list = operation.get_mut("parameters").and_then(Node::sequence_mut);
    let Some(list) = list.filter(|list| list.iter().any(is_there)) else { return Vec::new() };
    let from = at.key("parameters");
    let all = std::mem::take(list).into_iter().enumerate();
    let all = all.map(|(index, node)| node.moved_from(from.index(index).place()));
    let (found, others): (Vec<Node>, Vec<Node>) = all.partition(is_there);
    *list = others;
    let found = found.into_iter().filter_map(|node| {
        let place = node.origin().cloned().unwrap_or_else(|| from.place());
        match node.value {
            Value::Mapping(parameter) => Some((*parameter, place)),
            _ => None,
        }
    });
    found.collect()
}

fn has_body(operation: &Mapping) -> bool {
    operation.get("requestBody").is_some_and(|it| !it.is_null())
}

fn second(at: &Cursor, context: &mut Context) {
    let message = "a second body of the operation is left out";
    context.warn("swagger-body", at.place(), message, "remove it");
}

/// A request body of one media type.
fn content(media_type: &str, media: Mapping, at: &Cursor) -> Mapping {
    let content = Mapping::from_iter([(media_type.to_owned(), part_of(at, media))]);
    Mapping::from_iter([("content".to_owned(), part_of(at, content))])
}

/// What Swagger 2 wrote right into a parameter, and 3.0 writes into its schema.
const SCHEMA_KEYWORDS: &[&str] = &[
    "type",
    "format",
    "items",
    "enum",
    "default",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
];

fn keywords(parameter: &mut Mapping, at: &Cursor) -> Mapping {
    let mut schema = Mapping::new();
    for key in SCHEMA_KEYWORDS {
        if let Some(node) = take_from(parameter, key, at) {
            schema.set(*key, node);
        }
    }
    schema
}

/// `{ name: n, in: query, type: string }` becomes `{ name: n, in: query, schema: { type: string } }`.
pub(super) fn schema(parameter: &mut Mapping, at: &Cursor, context: &mut Context) {
    if is_described(parameter) || !parameter.contains("type") {
        return;
    }
    let message = "the type stands outside of `schema`, as in Swagger 2; it is read as if inside";
    let help = "write `schema: { type: ... }`";
    context.warn("swagger-parameter", at.key("type").place(), message, help);
    let schema = keywords(parameter, at);
    parameter.set("schema", part_of(at, schema));
}

/// `collectionFormat: pipes` becomes `style: pipeDelimited, explode: false`, unless there is one of
/// these. Without it, the list of a parameter as Swagger 2 wrote them becomes `a,b`, which was the
/// default.
pub(super) fn collection(parameter: &mut Mapping, at: &Cursor, context: &mut Context) {
    if parameter.contains("style") || parameter.contains("explode") {
        return;
    }
    let place = parameter.get("in").and_then(Node::str).unwrap_or_default().to_owned();
    let format = parameter.get("collectionFormat").and_then(Node::str).map(str::to_owned);
    if format.is_none() && (is_described(parameter) || place != "query") {
        return;
    }
    let Some((style, explode)) = list_style(parameter, &place) else {
        if let Some(format) = format {
            let message = format!("there is no `collectionFormat: {format}` here; it is ignored");
            let help = "write a `style`, and whether to `explode`";
            context.warn("collection-format", at.key("collectionFormat").place(), &message, help);
            parameter.take("collectionFormat");
        }
        return;
    };
    let meant = format!("`style: {style}, explode: {explode}`");
    let (message, place) = match format {
        Some(format) => (
            format!("`collectionFormat: {format}` is Swagger 2; it is read as {meant}"),
            at.key("collectionFormat").place(),
        ),
        None => (
            format!("in Swagger 2 a list is written `a,b`; it is read as {meant}"),
            at.key("type").place(),
        ),
    };
    context.warn("collection-format", place, &message, &format!("write {meant}"));
    parameter.take("collectionFormat");
    parameter.set("style", style);
    parameter.set("explode", explode);
}

/// How a list is written, by its `collectionFormat`: style and `explode`. Nothing where that is no
/// way here, or where there is no list.
fn list_style(parameter: &Mapping, place: &str) -> Option<(&'static str, bool)> {
    let format = parameter.get("collectionFormat").and_then(Node::str);
    if format.is_none() && parameter.get("type").and_then(Node::str) != Some("array") {
        return None;
    }
    match (place, format.unwrap_or("csv")) {
        ("query", "csv") => Some(("form", false)),
        ("query", "multi") => Some(("form", true)),
        ("query", "ssv") => Some(("spaceDelimited", false)),
        ("query", "pipes") => Some(("pipeDelimited", false)),
        ("path" | "header", "csv") => Some(("simple", false)),
        _ => None,
    }
}
