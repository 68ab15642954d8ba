//! Single keywords of 3.1, and of dialects that never were OpenAPI.

use super::super::tree::{Cursor, Mapping, Node, Number, Value};
use super::{Context, part_of, take_from};

/// `$defs` goes away: what is referred to in it has become a component, the rest is unused.
pub(super) fn definitions(schema: &mut Mapping, _: &Cursor, _: &mut Context) {
    for key in ["$defs", "definitions"] {
        if schema.get(key).is_some_and(|node| node.mapping().is_some()) {
            schema.take(key);
        }
    }
}

/// `const: C` becomes `enum: [C]` with `x-const: C`, and with the type of `C` where none is given.
pub(super) fn constant(schema: &mut Mapping, at: &Cursor, _: &mut Context) {
    let Some(value) = take_from(schema, "const", at) else { return };
    if value.is_null() {
        schema.set("nullable", true);
    }
    if let Some(word) = type_of(&value).filter(|_| !schema.contains("type")) {
        schema.set("type", Node::from(word).moved_from(at.key("const").place()));
    }
    schema.set("enum", vec![value.clone()]);
    schema.set("x-const", value);
}

fn type_of(value: &Node) -> Option<&'static str> {
    match &value.value {
        Value::String(_) => Some("string"),
        Value::Bool(_) => Some("boolean"),
        Value::Number(Number::Integer(_)) => Some("integer"),
        Value::Number(Number::Float(_)) => Some("number"),
        _ => None,
    }
}

/// `examples: [A, B]` becomes `example: A`, where there is none, and `x-oas-examples: [A, B]`.
pub(super) fn examples(schema: &mut Mapping, at: &Cursor, _: &mut Context) {
    let Some(list) = schema.get("examples").and_then(Node::sequence) else { return };
    let first = list.first().cloned();
    if let Some(first) = first.filter(|_| !schema.contains("example")) {
        let place = at.key("examples").place().index(0);
        schema.set("example", first.moved_from(place));
    }
}

/// `contentEncoding: base64` becomes `format: byte`, and a `contentMediaType` of bytes, such as
/// `image/png`, without an encoding `format: binary`; both are kept as `x-oas-`, too.
pub(super) fn content(schema: &mut Mapping, _: &Cursor, _: &mut Context) {
    if schema.contains("format") {
        return;
    }
    let encoding = schema.get("contentEncoding").and_then(Node::str);
    let media_type = schema.get("contentMediaType").and_then(Node::str);
    let format = match (encoding, media_type) {
        (Some("base64"), _) => "byte",
        (Some("base64url"), _) => "base64url",
        (None | Some("binary"), Some(media_type)) if is_binary(media_type) => "binary",
        _ => return,
    };
    schema.set("format", format);
    if !schema.contains("type") {
        schema.set("type", "string");
    }
}

fn is_binary(media_type: &str) -> bool {
    const BYTES: &[&str] = &["application/octet-stream", "audio/", "image/", "video/"];
    BYTES.iter().any(|start| media_type.starts_with(start))
}

/// `required: true`, which is how drafts before 4 marked a property, goes away; the list of the
/// parent says what is required.
pub(super) fn required_flag(schema: &mut Mapping, at: &Cursor, context: &mut Context) {
    let is_flag =
        |node: &Node| node.bool().is_some() || matches!(node.str(), Some("true" | "false"));
    if schema.get("required").is_some_and(is_flag) {
        let message = "`required` of a schema lists properties; a boolean is ignored";
        let help = "name the property in the `required` list of the object that it belongs to";
        context.warn("required-flag", at.key("required").place(), message, help);
        schema.take("required");
    }
}

/// `pattern: /^a+$/`, as JavaScript writes it, becomes `pattern: ^a+$`. With a flag that changes what
/// is matched, such as `i`, there is no such pattern, and it goes away.
pub(super) fn pattern_literal(schema: &mut Mapping, at: &Cursor, context: &mut Context) {
    let Some(node) = schema.get_mut("pattern") else { return };
    let Some((pattern, flags)) = node.str().and_then(literal) else { return };
    let place = at.key("pattern").place();
    if let Some(flag) = flags.chars().find(|flag| "ims".contains(*flag)) {
        let message = format!("a pattern has no flags; with its `{flag}` this one is left out");
        let help = "write what is meant without it, as in `^[A-Za-z]+$`, and no slashes around it";
        context.warn("pattern-literal", place, &message, help);
        schema.take("pattern");
        return;
    }
    let message = "slashes around a pattern would be signs that a text must have";
    let help = format!("it is read without them; write `{pattern}`");
    context.warn("pattern-literal", place, message, &help);
    node.value = pattern.to_owned().into();
}

/// Pattern and flags of a literal of JavaScript. `/api/` may be a pattern of its own; what an anchor
/// is in, or a flag is behind, matches nothing with its slashes.
fn literal(text: &str) -> Option<(&str, &str)> {
    let (pattern, flags) = text.strip_prefix('/')?.rsplit_once('/')?;
    // JavaScript would not take a slash within.
    let is_whole = !pattern.replace("\\/", "").contains('/');
    let is_flags = flags.chars().all(|flag| "dgimsuvy".contains(flag));
    let is_anchored =
        pattern.starts_with('^') || (pattern.ends_with('$') && !pattern.ends_with("\\$"));
    let is_flagged = !flags.is_empty() && pattern.contains(['[', '(', '\\']);
    (is_whole && is_flags && (is_anchored || is_flagged)).then_some((pattern, flags))
}

/// `items: [A, B], additionalItems: C`, which is how drafts before 2020 wrote tuples, becomes
/// `prefixItems: [A, B], items: C`.
pub(super) fn items_list(schema: &mut Mapping, at: &Cursor, context: &mut Context) {
    if schema.get("items").is_none_or(|node| node.sequence().is_none()) {
        return;
    }
    let message = "`items` is one schema; a list is read as `prefixItems`";
    let help = "write `prefixItems`";
    context.warn("items-list", at.key("items").place(), message, help);
    if let Some(items) = take_from(schema, "items", at) {
        schema.set("prefixItems", items);
    }
    if let Some(rest) = take_from(schema, "additionalItems", at) {
        schema.set("items", rest);
    }
}

/// `discriminator: petType`, as in Swagger 2, becomes `discriminator: { propertyName: petType }`; one
/// that names no property goes away.
pub(super) fn discriminator(schema: &mut Mapping, at: &Cursor, context: &mut Context) {
    let Some(node) = schema.get_mut("discriminator") else { return };
    let at = at.key("discriminator");
    let help = "write `discriminator: { propertyName: ... }`";
    if let Some(name) = node.str() {
        let name = Node::from(name).moved_from(at.place());
        let message = "`discriminator` is an object; the string is read as its `propertyName`";
        context.warn("discriminator-string", at.place(), message, help);
        let object = Mapping::from_iter([("propertyName".to_owned(), name)]);
        *node = part_of(&at, object);
    } else if node.mapping().is_some_and(|it| !it.contains("propertyName")) {
        let message = "the discriminator names no property, and is ignored";
        context.warn("discriminator-property", at.place(), message, help);
        schema.take("discriminator");
    }
}

/// `dataValue: V`, which 3.2 prefers, becomes `value: V`.
pub(super) fn data_value(example: &mut Mapping, _: &Cursor, _: &mut Context) {
    if !example.contains("value") {
        example.rename("dataValue", "value");
    }
}
