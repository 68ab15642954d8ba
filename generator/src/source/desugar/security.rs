//! Security schemes.

use super::super::tree::{Cursor, Mapping, Node, OWN, Value};
use super::Context;

/// `type: mutualTLS`, and any type that 3.0 does not know, becomes `type: http` with a `scheme` of
/// that name and `x-oas-type`; the `type: basic` of Swagger 2 becomes `type: http, scheme: basic`.
pub(super) fn kind(scheme: &mut Mapping, at: &Cursor, context: &mut Context) {
    let Some(word) = scheme.get("type").and_then(Node::str).map(str::to_owned) else { return };
    match word.as_str() {
        "apiKey" | "http" | "oauth2" | "openIdConnect" => return,
        "basic" => {
            let message = "`type: basic` is Swagger 2";
            let help = "write `type: http` and `scheme: basic`";
            context.warn("swagger-security", at.key("type").place(), message, help);
            scheme.set("scheme", "basic");
        }
        "mutualTLS" => {
            scheme.set("scheme", "mutualTLS");
            scheme.set(format!("{OWN}type"), "mutualTLS");
        }
        _ => {
            let message = format!("there is no security scheme of type `{word}`");
            let help = "the types are apiKey, http, oauth2, openIdConnect and mutualTLS";
            context.warn("security-type", at.key("type").place(), &message, help);
            scheme.set("scheme", word.as_str());
            scheme.set(format!("{OWN}type"), word.as_str());
        }
    }
    scheme.set("type", "http");
}

/// A scheme that does not say all that its type asks for becomes one that the user brings an
/// implementation of: `type: http` with the type for its `scheme`, and `x-oas-type`.
pub(super) fn incomplete(scheme: &mut Mapping, at: &Cursor, context: &mut Context) {
    if scheme.contains("$ref") {
        return;
    }
    let Some(word) = scheme.get("type").and_then(Node::str).map(str::to_owned) else { return };
    let missing = needed_by_type(&word).iter().find(|name| !scheme.contains(name));
    if let Some(missing) = missing {
        let message = format!("the security scheme of type `{word}` has no `{missing}`");
        let help = format!("add `{missing}`; until then calls need an `Authenticate` of yours");
        context.warn_key("missing-field", at.place(), &message, &help);
        scheme.set("type", "http");
        scheme.set("scheme", word.as_str());
        scheme.set(format!("{OWN}type"), word.as_str());
    }
}

/// What a security scheme needs depends on its type.
fn needed_by_type(word: &str) -> &'static [&'static str] {
    match word {
        "apiKey" => &["in", "name"],
        "http" => &["scheme"],
        "oauth2" => &["flows"],
        "openIdConnect" => &["openIdConnectUrl"],
        _ => &[],
    }
}

/// Missing scopes become none; a scope without description gets an empty one.
pub(super) fn scopes(flow: &mut Mapping, at: &Cursor, context: &mut Context) {
    if flow.get("scopes").is_none_or(Node::is_null) {
        let message = "the flow has no `scopes`";
        context.warn_key(
            "missing-field",
            at.place(),
            message,
            "write `scopes: {}` if there are none",
        );
        flow.set("scopes", Mapping::new());
    }
    let scopes = flow.get_mut("scopes").and_then(Node::mapping_mut);
    for (_, node) in scopes.into_iter().flat_map(Mapping::iter_mut) {
        if node.is_null() {
            node.value = Value::from("");
        }
    }
}
