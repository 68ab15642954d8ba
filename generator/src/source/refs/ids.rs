//! References that are meant relative to a schema's `$id`, as JSON Schema 2020-12 has it (core,
//! section 8.2.1). They become references by the path to their target.

use std::collections::BTreeMap;

use super::super::tree::{Node, Value};
use crate::diag::Pointer;

/// Below a schema with `$id`, `$ref: '#/$defs/x'` becomes `#/components/schemas/A/$defs/x`; a
/// reference to the `$id` of a schema in this file becomes one to its place.
///
/// What such a reference means only by the path from the root of the document stays as it is: many
/// documents give their schemas an `$id` that they do not go by.
pub(super) fn resolve(tree: &mut Node, text: &str) {
    // Nearly no document has any.
    if !text.contains("$id") {
        return;
    }
    let mut known = Known::default();
    collect(tree, &Base::default(), &Pointer::root(), &mut known);
    let mut found = Vec::new();
    find(tree, tree, &Base::default(), &Pointer::root(), &known, &mut found);
    for (at, reference) in found {
        replace(tree, &at, reference);
    }
}

/// The schema that references are relative to.
#[derive(Clone, Default)]
struct Base {
    id: String,
    at: Option<Pointer>,
}

impl Base {
    /// The base inside of a node.
    fn inside(&self, node: &Node, at: &Pointer) -> Option<Self> {
        let id = node.child("$id")?.str()?.trim_end_matches('#');
        (!id.is_empty()).then(|| Self { id: join(&self.id, id), at: Some(at.clone()) })
    }
}

/// What references may go by; of two that are called the same, the first.
#[derive(Default)]
struct Known {
    /// Schemas by their `$id`.
    ids: BTreeMap<String, Pointer>,
    /// What has an `$anchor`, by that and the `$id` around it.
    anchors: BTreeMap<(String, String), Pointer>,
}

fn collect(node: &Node, base: &Base, at: &Pointer, known: &mut Known) {
    let own = base.inside(node, at);
    if let Some(own) = &own {
        known.ids.entry(own.id.clone()).or_insert_with(|| at.clone());
    }
    let base = own.as_ref().unwrap_or(base);
    if let Some(name) = node.child("$anchor").and_then(Node::str).filter(|_| base.at.is_some()) {
        let key = (base.id.clone(), name.to_owned());
        known.anchors.entry(key).or_insert_with(|| at.clone());
    }
    for (at, child) in children(node, at) {
        collect(child, base, &at, known);
    }
}

fn find(
    tree: &Node,
    node: &Node,
    base: &Base,
    at: &Pointer,
    known: &Known,
    found: &mut Vec<(Pointer, String)>,
) {
    let own = base.inside(node, at);
    let base = own.as_ref().unwrap_or(base);
    if let Some(target) = node.reference().and_then(|text| target(tree, text, base, known)) {
        found.push((at.clone(), target));
    }
    for (at, child) in children(node, at) {
        find(tree, child, base, &at, known, found);
    }
}

/// The reference by path, if this one goes by an `$id`.
fn target(tree: &Node, reference: &str, base: &Base, known: &Known) -> Option<String> {
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let id = if path.is_empty() { base.id.clone() } else { join(&base.id, path) };
    let pointer = match Pointer::parse(fragment) {
        Some(inside) => {
            let schema = if path.is_empty() { base.at.as_ref() } else { known.ids.get(&id) };
            inside.keys().into_iter().fold(schema?.clone(), |at, key| at.child(key))
        }
        None => known.anchors.get(&(id, fragment.to_owned()))?.clone(),
    };
    tree.find(&pointer).map(|_| format!("#{pointer}"))
}

fn replace(tree: &mut Node, at: &Pointer, reference: String) {
    let node = at.keys().into_iter().try_fold(tree, |node, key| match &mut node.value {
        Value::Mapping(mapping) => mapping.get_mut(key),
        Value::Sequence(items) => items.get_mut(key.parse::<usize>().ok()?),
        _ => None,
    });
    if let Some(schema) = node.and_then(Node::mapping_mut) {
        schema.set("$ref", reference);
    }
}

fn children<'n>(node: &'n Node, at: &Pointer) -> Vec<(Pointer, &'n Node)> {
    match &node.value {
        Value::Mapping(mapping) => {
            mapping.iter().map(|(key, child)| (at.child(key), child)).collect()
        }
        Value::Sequence(items) => {
            items.iter().enumerate().map(|(index, child)| (at.index(index), child)).collect()
        }
        _ => Vec::new(),
    }
}

/// A reference to a document, seen from another one: both may be relative.
pub(super) fn join(base: &str, reference: &str) -> String {
    let is_absolute = reference.contains("://") || reference.starts_with("urn:");
    let folder = base.rfind('/').map_or("", |end| base.get(..=end).unwrap_or_default());
    let host = base.find("://").and_then(|start| {
        let end = base.get(start + 3..)?.find('/')?;
        base.get(..start + 3 + end)
    });
    match reference.strip_prefix('/') {
        _ if is_absolute => reference.to_owned(),
        Some(_) => format!("{}{reference}", host.unwrap_or_default()),
        None => format!("{folder}{}", reference.trim_start_matches("./")),
    }
}
