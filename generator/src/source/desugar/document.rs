//! The document as a whole: root, info, components, paths.

use super::super::Version;
use super::super::tree::{Cursor, Mapping, Node};
use super::Context;

/// A missing `paths` becomes `paths: {}`: since 3.1 it may be missing. A missing `info` becomes one.
pub(super) fn root(document: &mut Mapping, at: &Cursor, context: &mut Context) {
    let is_missing = |key: &str| document.get(key).is_none_or(Node::is_null);
    let (no_paths, no_info) = (is_missing("paths"), is_missing("info"));
    if no_paths {
        if context.version == Version::V3_0 {
            let help = "write `paths: {}` if the document is only about models";
            context.warn_key("missing-field", at.place(), "the document has no `paths`", help);
        }
        document.set("paths", Mapping::new());
    }
    if no_info {
        let help = "add `info: { title: ..., version: ... }`";
        context.warn_key("missing-field", at.place(), "the document has no `info`", help);
        let fields = [("title", "API"), ("version", "0.0.0")];
        let info = fields.map(|(key, text)| (key.to_owned(), Node::from(text)));
        document.set("info", Mapping::from_iter(info));
    }
}

/// A missing title or version is made up.
pub(super) fn info(info: &mut Mapping, at: &Cursor, context: &mut Context) {
    for (key, text) in [("title", "API"), ("version", "0.0.0")] {
        if info.get(key).is_none_or(Node::is_null) {
            let message = format!("`info` has no `{key}`; \"{text}\" is taken");
            context.warn_key("missing-field", at.place(), &message, "add the field");
            info.set(key, text);
        }
    }
}

/// `pathItems` and `mediaTypes` go away: they were inlined where they are referred to.
pub(super) fn components(components: &mut Mapping, _: &Cursor, _: &mut Context) {
    components.take("pathItems");
    components.take("mediaTypes");
}

/// `pets/{id}:` becomes `/pets/{id}:`.
pub(super) fn paths(paths: &mut Mapping, at: &Cursor, context: &mut Context) {
    let is_odd = |key: &&str| !key.starts_with('/') && !key.starts_with("x-");
    let odd: Vec<String> = paths.keys().filter(is_odd).map(str::to_owned).collect();
    for key in odd {
        let place = at.key(&key).place();
        let message = "a path must start with a slash";
        context.warn_key("path-slash", place.clone(), message, "it is read as if it did");
        if let Some(item) = paths.get_mut(&key) {
            *item = std::mem::take(item).moved_from(place);
        }
        paths.rename(&key, format!("/{key}"));
    }
}

/// A server variable without a `default` gets the first of its `enum`, or nothing to begin with.
pub(super) fn variable_default(variable: &mut Mapping, at: &Cursor, context: &mut Context) {
    if variable.get("default").is_some_and(|node| !node.is_null()) {
        return;
    }
    let first = variable.get("enum").and_then(Node::sequence).and_then(|values| values.first());
    let default = first.and_then(Node::str).unwrap_or_default().to_owned();
    let message = format!("the server variable has no `default`; \"{default}\" is taken");
    context.warn_key("missing-field", at.place(), &message, "add the field");
    variable.set("default", default.as_str());
}
