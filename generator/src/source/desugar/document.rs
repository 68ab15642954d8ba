//! The document as a whole: root, info, components, paths.

use super::super::Version;
use super::super::model::METHODS;
use super::super::refs::add_parameters;
use super::super::tree::{Cursor, Mapping, Node, Value};
use super::{Context, part_of, take_from};

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

/// `pets/{id}:` becomes `/pets/{id}:`. Where that path is there already, the operations that it does
/// not have move over to it; others stay where they are, for the check to refuse. Of
/// `https://x.y/pets:`, what is before the path becomes the server of its operations.
pub(super) fn paths(paths: &mut Mapping, at: &Cursor, context: &mut Context) {
    let is_odd = |key: &&str| !key.starts_with('/') && !key.starts_with("x-");
    let odd: Vec<String> = paths.keys().filter(is_odd).map(str::to_owned).collect();
    for key in odd {
        let place = at.key(&key).place();
        let (server, slashed) = server_and_path(&key);
        let help = match server {
            Some(_) => "what is before the path is read as the server of its operations",
            None => "it is read as if it did",
        };
        let message = "a path must start with a slash";
        context.warn_key("path-slash", place.clone(), message, help);
        let mut item = paths.get_mut(&key).map(std::mem::take).unwrap_or_default();
        if let Some((url, item)) = server.zip(item.mapping_mut()) {
            give_server(item, url, &Cursor::Start(&place));
        }
        let item = item.moved_from(place);
        let place = at.key(&slashed).place();
        // With nothing behind it, the other is none.
        let known = paths.get_mut(&slashed).filter(|it| !it.is_null());
        let place = known.as_ref().and_then(|it| it.origin().cloned()).unwrap_or(place);
        match known.and_then(Node::mapping_mut) {
            Some(known) => {
                let rest = merged(known, &Cursor::Start(&place), item);
                if rest.is_null() {
                    paths.take(&key);
                } else {
                    paths.set(key, rest);
                }
            }
            None => {
                if paths.get(&slashed).is_some_and(Node::is_null) {
                    paths.take(&slashed);
                }
                paths.set(key.as_str(), item);
                paths.rename(&key, slashed);
            }
        }
    }
}

/// A path without its slash, and what comes before the path where that is a URL.
fn server_and_path(key: &str) -> (Option<&str>, String) {
    let host = key.find("://").map_or(0, |mark| mark + "://".len());
    let path = key.get(host..).and_then(|rest| rest.find('/')).map_or(key.len(), |at| host + at);
    match key.split_at_checked(path) {
        Some((server, "")) if host > 0 => (Some(server), "/".to_owned()),
        Some((server, path)) if host > 0 => (Some(server), path.to_owned()),
        _ => (None, format!("/{key}")),
    }
}

/// Gives a path item a server, unless it has one.
fn give_server(item: &mut Mapping, url: &str, at: &Cursor) {
    if !item.contains("servers") {
        let fields = [("url".to_owned(), Node::from(url))];
        let servers = vec![part_of(at, Mapping::from_iter(fields))];
        item.set("servers", Node::from(servers).moved_from(at.place()));
    }
}

/// Moves operations from a path item into that of the same path; null, or an item with those that
/// both have. What each item says of all its operations stays with these.
fn merged(known: &mut Mapping, at: &Cursor, other: Node) -> Node {
    let place = other.origin().cloned().unwrap_or_else(|| at.place());
    let Value::Mapping(mut other) = other.value else { return other };
    let from = Cursor::Start(&place);
    hand_down(known, at);
    hand_down(&mut other, &from);
    let mut rest = Mapping::new();
    for (key, node) in *other {
        let node = node.moved_from(from.key(&key).place());
        let same = known.keys().find(|it| it.eq_ignore_ascii_case(&key));
        match same {
            Some(_) if is_method(&key) => {
                rest.set(key, node);
            }
            Some(_) => {}
            None => {
                known.set(key, node);
            }
        }
    }
    if rest.is_empty() { Node::default() } else { Node::from(rest).moved_from(place) }
}

/// Gives what a path item says of all its operations to these instead: to the parameters of each it
/// adds, of all else what is an operation's own goes first.
fn hand_down(item: &mut Mapping, at: &Cursor) {
    for key in ["parameters", "servers", "summary", "description"] {
        let Some(mut shared) = take_from(item, key, at) else { continue };
        let place = at.key(key).place();
        for (index, node) in shared.sequence_mut().into_iter().flatten().enumerate() {
            *node = std::mem::take(node).moved_from(place.index(index));
        }
        let operations = item.iter_mut().filter(|(key, _)| is_method(key));
        for operation in operations.filter_map(|(_, node)| node.mapping_mut()) {
            match operation.get_mut(key).filter(|own| !own.is_null()) {
                Some(own) if key == "parameters" => {
                    let shared = shared.sequence().unwrap_or_default();
                    own.sequence_mut().into_iter().for_each(|own| add_parameters(own, shared));
                }
                Some(_) => {}
                None => {
                    operation.set(key, shared.clone());
                }
            }
        }
    }
}

fn is_method(key: &str) -> bool {
    METHODS.iter().any(|method| method.eq_ignore_ascii_case(key))
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
