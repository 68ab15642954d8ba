//! Parameters, headers and encodings.

use super::super::tree::{Cursor, Mapping, Node, OWN};
use super::{Context, part_of};

/// `in: querystring` becomes `in: query` with `x-oas-in: querystring`.
pub(super) fn querystring(parameter: &mut Mapping, _: &Cursor, _: &mut Context) {
    if parameter.get("in").and_then(Node::str) == Some("querystring") {
        parameter.set("in", "query");
        parameter.set(format!("{OWN}in"), "querystring");
    }
}

/// A parameter without schema becomes one with `schema: { type: string }`, which is what all of them
/// are on the wire.
pub(super) fn schema_missing(parameter: &mut Mapping, at: &Cursor, context: &mut Context) {
    if parameter.get("content").and_then(Node::mapping).is_some_and(Mapping::is_empty) {
        parameter.take("content");
    }
    if parameter.contains("$ref") {
        return;
    }
    if is_described(parameter) {
        both(parameter, at, context);
        return;
    }
    let message = "there is neither `schema` nor `content`; a string is taken to be meant";
    context.warn_key("missing-field", at.place(), message, "write `schema: { type: string }`");
    let fields = [("type".to_owned(), Node::from("string"))];
    parameter.set("schema", part_of(at, Mapping::from_iter(fields)));
}

/// `content` says more, so `schema` goes away where both are there.
fn both(parameter: &mut Mapping, at: &Cursor, context: &mut Context) {
    if parameter.contains("content") && parameter.contains("schema") {
        let message = "there are both `schema` and `content`; `schema` is ignored";
        context.warn("schema-and-content", at.key("schema").place(), message, "remove one of them");
        parameter.take("schema");
    }
}

pub(super) fn is_described(parameter: &Mapping) -> bool {
    let is_there = |key: &str| parameter.get(key).is_some_and(|it| !it.is_null());
    is_there("schema") || is_there("content") || is_there("$ref")
}

/// A parameter of the path is `required: true`, whatever is written.
pub(super) fn path_required(parameter: &mut Mapping, at: &Cursor, context: &mut Context) {
    let is_path = parameter.get("in").and_then(Node::str) == Some("path");
    if !is_path || parameter.get("required").and_then(Node::bool) == Some(true) {
        return;
    }
    // What is neither true, false nor absent is the check's to refuse.
    if parameter.get("required").is_none_or(|it| it.bool().is_some() || it.is_null()) {
        let message = "a parameter of the path is always required";
        context.warn_key("optional-path", at.place(), message, "write `required: true`");
        parameter.set("required", true);
    }
}

/// A style that the location does not have goes away, so that the default is used. The `style:
/// cookie` of 3.2 becomes `x-oas-style: cookie`.
pub(super) fn style(parameter: &mut Mapping, at: &Cursor, context: &mut Context) {
    let Some(style) = parameter.get("style").and_then(Node::str) else { return };
    let (styles, default): (&[&str], _) = match parameter.get("in").and_then(Node::str) {
        Some("path") => (&["matrix", "label", "simple"], "simple"),
        Some("header") => (&["simple"], "simple"),
        Some("query") => (&["form", "spaceDelimited", "pipeDelimited", "deepObject"], "form"),
        Some("cookie") => (&["form"], "form"),
        _ => return,
    };
    if style == "cookie" && parameter.get("in").and_then(Node::str) == Some("cookie") {
        parameter.rename("style", format!("{OWN}style"));
    } else if !styles.contains(&style) {
        let message = format!("there is no style `{style}` here; `{default}` is used");
        let help = format!("the styles here are {}", styles.join(", "));
        context.warn("wrong-style", at.key("style").place(), &message, &help);
        parameter.take("style");
    }
}

/// The same for headers, whose location is known.
pub(super) fn header_style(header: &mut Mapping, at: &Cursor, context: &mut Context) {
    // Documents that make headers of parameters.
    header.take("name");
    header.take("in");
    if header.get("style").and_then(Node::str).is_some_and(|style| style != "simple") {
        let message = "headers have the style `simple` only, which is used";
        context.warn("wrong-style", at.key("style").place(), message, "remove `style`");
        header.take("style");
    }
}

/// An absent `explode` becomes `explode: true` where the style is `form`, which is its default there
/// and which openapiv3 would read as false.
pub(super) fn encoding_explode(encoding: &mut Mapping, _: &Cursor, _: &mut Context) {
    let style = encoding.get("style").and_then(Node::str);
    if style.is_none_or(|style| style == "form") && !encoding.contains("explode") {
        encoding.set("explode", true);
    }
}
