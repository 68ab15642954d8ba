//! Security schemes.

use std::collections::BTreeSet;

use super::super::check::is_sound;
use super::super::model::{Kind, Shape};
use super::super::tree::{Cursor, Mapping, Node, OWN, Value};
use super::super::walk::walk;
use super::Context;
use crate::diag::Place;

/// Leaves out the schemes that the structural check would refuse, where no operation asks for them.
pub(super) fn drop_faulty(tree: &mut Node, root: &Place, context: &mut Context) {
    let used = used(tree, root);
    let at = Cursor::Start(root);
    let at = at.key("components");
    let at = at.key("securitySchemes");
    let components = tree.mapping_mut().and_then(|it| it.get_mut("components"));
    let schemes = components.and_then(|it| it.mapping_mut()?.get_mut("securitySchemes"));
    let Some(schemes) = schemes.and_then(Node::mapping_mut) else { return };
    schemes.retain(|name, scheme| {
        let keep = used.contains(name) || is_sound(Shape::RefOr(Kind::SecurityScheme), scheme);
        if !keep {
            let message = "this is not a Security Scheme Object as the specification has it, and left out; nothing uses it";
            let place = at.key(name).place();
            context.warn("faulty-scheme", place, message, "correct it, or remove it");
        }
        keep
    });
}

/// The schemes that requirements name, and those that others refer to.
fn used(tree: &Node, root: &Place) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    walk(
        Shape::Object(Kind::OpenApi),
        tree,
        &Cursor::Start(root),
        &mut |shape, node, _| match shape {
            Shape::Object(Kind::OpenApi | Kind::Operation) => {
                let list = node.child("security").and_then(Node::sequence).unwrap_or_default();
                let names = list.iter().filter_map(Node::mapping).flat_map(Mapping::keys);
                used.extend(names.map(str::to_owned));
            }
            Shape::RefOr(Kind::SecurityScheme) => {
                let name = node.reference().and_then(|it| it.rsplit('/').next());
                used.extend(name.map(str::to_owned));
            }
            _ => {}
        },
    );
    used
}

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
        "bearer" | "Bearer" => {
            let message = "`bearer` is no type of a security scheme, but a scheme of HTTP";
            let help = "write `type: http` and `scheme: bearer`";
            context.warn("security-type", at.key("type").place(), message, help);
            scheme.set("scheme", "bearer");
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
