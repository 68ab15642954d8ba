//! Path items, operations and what they answer.

use std::collections::HashSet;

use super::super::Version;
use super::super::model::{Kind, METHODS, Shape};
use super::super::tree::{Cursor, Mapping, Node};
use super::super::walk::{Then, walk_mut};
use super::Context;
use crate::diag::Place;

/// `GET:` becomes `get:`.
pub(super) fn methods(item: &mut Mapping, at: &Cursor, context: &mut Context) {
    let is_odd = |key: &&str| {
        !METHODS.contains(key) && METHODS.iter().any(|method| method.eq_ignore_ascii_case(key))
    };
    let odd: Vec<String> = item.keys().filter(is_odd).map(str::to_owned).collect();
    for key in odd {
        let place = at.key(&key).place();
        if let Some(operation) = item.get_mut(&key) {
            *operation = std::mem::take(operation).moved_from(place.clone());
        }
        if item.rename(&key, key.to_ascii_lowercase()) {
            let help = "it is read as if it were";
            context.warn_key("method-case", place, "methods are written in lower case", help);
        }
    }
}

/// Extensions of a callback go away: openapiv3 takes every key of it for an expression.
pub(super) fn callback(callback: &mut Mapping, _: &Cursor, _: &mut Context) {
    callback.retain(|key, _| !key.starts_with("x-"));
}

/// A missing `responses`, which 3.1 allows, becomes `responses: {}`.
pub(super) fn responses_missing(operation: &mut Mapping, at: &Cursor, context: &mut Context) {
    if operation.get("responses").is_some_and(|it| !it.is_null()) {
        return;
    }
    if context.version == Version::V3_0 {
        let message =
            "the operation has no `responses`; any answer is taken for a success without a body";
        let help =
            "say at least what a success looks like: `responses: { '200': { description: ... } }`";
        context.warn_key("missing-field", at.place(), message, help);
    }
    operation.set("responses", Mapping::new());
}

/// Keys that are no status codes go away, and so does the second of `2XX` and `2xx`.
pub(super) fn response_codes(responses: &mut Mapping, at: &Cursor, context: &mut Context) {
    let mut seen = HashSet::new();
    responses.retain(|key, _| {
        if is_code(key) && !seen.insert(key.to_ascii_uppercase()) {
            let message = format!("`{key}` stands twice, in capitals and not; the first is taken");
            let place = at.key(key).place();
            context.warn_key("response-code", place, &message, "remove one of the two");
            return false;
        }
        let keep = key == "default" || key.starts_with("x-") || is_code(key);
        if !keep {
            let message = format!("`{key}` is no status code; the response is left out");
            let help = "use a code such as `404`, a range such as `4XX`, or `default`";
            context.warn_key("response-code", at.key(key).place(), &message, help);
        }
        keep
    });
}

fn is_code(key: &str) -> bool {
    match key.as_bytes() {
        [first, b'X' | b'x', b'X' | b'x'] => (b'1'..=b'5').contains(first),
        [first, second, third] => {
            (b'1'..=b'9').contains(first) && second.is_ascii_digit() && third.is_ascii_digit()
        }
        _ => false,
    }
}

/// A missing description, which 3.2 allows, becomes an empty one.
pub(super) fn description(response: &mut Mapping, at: &Cursor, context: &mut Context) {
    if response.contains("$ref") || response.get("description").is_some_and(|it| !it.is_null()) {
        return;
    }
    if context.version < Version::V3_2 {
        let message = "the response has no `description`";
        context.warn_key("missing-field", at.place(), message, "add one, if only an empty one");
    }
    response.set("description", "");
}

/// A missing `content` of a request body becomes an empty one.
pub(super) fn content(body: &mut Mapping, at: &Cursor, context: &mut Context) {
    if body.contains("$ref") || body.get("content").is_some_and(|it| !it.is_null()) {
        return;
    }
    let help = "say what is sent: `content: { application/json: { schema: ... } }`";
    context.warn_key("missing-field", at.place(), "the request body has no `content`", help);
    body.set("content", Mapping::new());
}

/// A link that leads nowhere gets an empty `operationRef`.
pub(super) fn link_target(link: &mut Mapping, at: &Cursor, context: &mut Context) {
    let leads = |key: &str| link.get(key).is_some_and(|it: &Node| !it.is_null());
    if leads("$ref") || leads("operationRef") || leads("operationId") {
        return;
    }
    let message = "the link has neither `operationId` nor `operationRef`";
    context.warn_key("missing-field", at.place(), message, "name the operation that it leads to");
    link.set("operationRef", "");
}

/// The `operationId` of an operation that was copied, with a path item that two paths refer to, goes
/// away in all copies but the first.
pub(super) fn copied_ids(tree: &mut Node, root: &Place) {
    let mut seen = HashSet::new();
    let shape = Shape::Object(Kind::OpenApi);
    walk_mut(shape, tree, &Cursor::Start(root), &mut |shape, node, at, _| match shape {
        Shape::Object(Kind::Operation) => {
            if let Some(operation) = node.mapping_mut().filter(|_| !seen.insert(at.place())) {
                operation.take("operationId");
            }
            Then::Skip
        }
        Shape::Object(Kind::OpenApi | Kind::Paths | Kind::PathItem) | Shape::Map(_) => {
            Then::Descend
        }
        _ => Then::Skip,
    });
}
