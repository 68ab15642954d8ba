//! Takes out the operations that the settings leave out, and the components that only they used.
//!
//! It works on one tree, in which every reference is one to a component of its own: whatever a
//! reference may lead to is still there when it is followed. So a fault in a reference of an operation
//! that is left out is still an error, a fault anywhere else in it is not.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Kind, METHODS, Shape};
use super::tree::{Cursor, Mapping, Node};
use super::walk::walk;
use crate::diag::{Place, Pointer};
use crate::settings::{Candidate, Filter};

/// 3.2's map of operations with other methods.
const ADDITIONAL: &str = "additionalOperations";

/// Takes out what the filter leaves out; nothing, if it does not choose.
pub(super) fn filter(tree: &mut Node, start: &Place, filter: &Filter<'_>) {
    if !filter.chooses() {
        return;
    }
    let Some(document) = tree.mapping_mut() else { return };
    for section in ["paths", "webhooks"] {
        let items = document.get_mut(section).and_then(Node::mapping_mut);
        let Some(items) = items else { continue };
        items.retain(|key, item| {
            let path = (section == "paths").then_some(key.as_str());
            key.starts_with("x-") || item.mapping_mut().is_none_or(|it| path_item(it, path, filter))
        });
    }
    prune(tree, start);
}

/// Whether an operation is left in a path item.
fn path_item(item: &mut Mapping, path: Option<&str>, filter: &Filter<'_>) -> bool {
    let keeps = |method: &str, operation: &Node| {
        let tags = operation.child("tags");
        let listed = tags.and_then(Node::sequence).unwrap_or_default().iter();
        // One tag may stand without brackets.
        let tags: Vec<&str> = listed.chain(tags).filter_map(Node::str).collect();
        let id = operation.child("operationId").and_then(Node::str);
        filter.keeps(Candidate { path, method: &method.to_uppercase(), id, tags: &tags })
    };
    item.retain(|key, node| !is_method(key) || keeps(key, node));
    if let Some(others) = item.get_mut(ADDITIONAL).and_then(Node::mapping_mut) {
        others.retain(|method, node| keeps(method, node));
    }
    let others = item.get(ADDITIONAL).and_then(Node::mapping);
    let has_others = others.is_some_and(|others| !others.is_empty());
    has_others || item.keys().any(is_method)
}

/// 3.2 has one method more.
fn is_method(key: &str) -> bool {
    METHODS.contains(&key) || key == "query"
}

/// Section and name of a component.
type Component = (String, String);

/// Takes out the components that nothing refers to; security schemes go by name, and stay.
fn prune(tree: &mut Node, start: &Place) {
    let kept = reached(tree, start);
    let components = tree.mapping_mut().and_then(|it| it.get_mut("components"));
    let sections = components.and_then(Node::mapping_mut);
    for (section, node) in sections.into_iter().flat_map(Mapping::iter_mut) {
        let is_known = Kind::Components.field(section).is_some();
        if let (true, Some(entries)) =
            (is_known && section != "securitySchemes", node.mapping_mut())
        {
            entries.retain(|name, _| kept.contains(&(section.to_owned(), name.clone())));
        }
    }
}

/// The components that are referred to from outside them, directly or not.
fn reached(tree: &Node, start: &Place) -> BTreeSet<Component> {
    let cursor = Cursor::Start(start);
    let mut open: Vec<Component> = Vec::new();
    for (key, node) in tree.mapping().into_iter().flat_map(Mapping::iter) {
        if key != "components" {
            referred(Kind::OpenApi.shape_of(key), node, &cursor, &mut open);
        }
    }
    let children = children(tree);
    let mut reached = BTreeSet::new();
    while let Some((section, name)) = open.pop() {
        let at = Pointer::root().child("components").child(&*section).child(&*name);
        let shape = Kind::Components.shape_of(&section);
        if let (Some(node), Shape::Map(shape)) = (tree.find(&at), shape)
            && reached.insert((section.clone(), name.clone()))
        {
            referred(*shape, node, &cursor, &mut open);
            open.extend(children.get(&name).into_iter().flatten().map(|name| schema(name)));
        }
    }
    reached
}

/// Collects what is referred to below a node.
fn referred(shape: Shape, node: &Node, at: &Cursor, found: &mut Vec<Component>) {
    walk(shape, node, at, &mut |shape, node, _| {
        found.extend(node.reference().and_then(component));
        if shape == Shape::Object(Kind::Discriminator) {
            let mapping = node.child("mapping").and_then(Node::mapping);
            let targets = mapping.into_iter().flat_map(Mapping::iter);
            found.extend(targets.filter_map(|(_, node)| component(node.str()?)));
        }
    });
}

/// The schemas that extend one with a discriminator: whoever reads the base may be given any of them.
fn children(tree: &Node) -> BTreeMap<String, Vec<String>> {
    let mut children: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let schemas = tree.child("components").and_then(|it| it.child("schemas")?.mapping());
    for (name, node) in schemas.into_iter().flat_map(Mapping::iter) {
        let parts = node.child("allOf").and_then(Node::sequence).unwrap_or_default();
        for (_, base) in parts.iter().filter_map(|part| component(part.reference()?)) {
            let base_node = schemas.and_then(|schemas| schemas.get(&base));
            if base_node.is_some_and(|base| base.child("discriminator").is_some()) {
                children.entry(base).or_default().push(name.to_owned());
            }
        }
    }
    children
}

fn schema(name: &str) -> Component {
    ("schemas".to_owned(), name.to_owned())
}

fn component(reference: &str) -> Option<Component> {
    let pointer = Pointer::parse(reference.strip_prefix('#')?)?;
    match *pointer.keys() {
        ["components", section, name] => Some((section.to_owned(), name.to_owned())),
        _ => None,
    }
}
