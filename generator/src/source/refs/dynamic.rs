//! References to whatever schema is recursing.

use super::super::tree::{Mapping, Node, Value};
use crate::diag::Pointer;

/// `$dynamicRef: '#node'` becomes `$ref` to the schema around it with `$dynamicAnchor: node`, and
/// `$recursiveRef: '#'` to the one with `$recursiveAnchor: true`.
///
/// That is what they mean as long as no schema extends the recursing one from outside, which is what
/// 3.0 could not say anyway.
pub(super) fn resolve(tree: &mut Node, text: &str) {
    // Nearly no document has any.
    if text.contains("$dynamicRef") || text.contains("$recursiveRef") {
        let mut around = Vec::new();
        visit(tree, &Pointer::root(), &mut around);
    }
}

/// The anchors around a node, innermost last; a recursive one has no name.
type Anchors = Vec<(String, Pointer)>;

fn visit(node: &mut Node, at: &Pointer, around: &mut Anchors) {
    match &mut node.value {
        Value::Mapping(schema) => {
            let outside = around.len();
            around.extend(anchor_of(schema).map(|name| (name, at.clone())));
            replace(schema, around);
            for (key, child) in schema.iter_mut() {
                visit(child, &at.child(key), around);
            }
            around.truncate(outside);
        }
        Value::Sequence(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                visit(item, &at.index(index), around);
            }
        }
        _ => {}
    }
}

fn anchor_of(schema: &Mapping) -> Option<String> {
    let is_recursive = schema.get("$recursiveAnchor").and_then(Node::bool) == Some(true);
    let name = schema.get("$dynamicAnchor").and_then(Node::str);
    name.map(str::to_owned).or(is_recursive.then(String::new))
}

fn replace(schema: &mut Mapping, around: &Anchors) {
    for key in ["$dynamicRef", "$recursiveRef"] {
        let name = schema.get(key).and_then(Node::str).and_then(|text| text.strip_prefix('#'));
        let target = name.and_then(|name| around.iter().rev().find(|(anchor, _)| anchor == name));
        if let Some((_, target)) = target
            && schema.rename(key, "$ref")
        {
            schema.set("$ref", format!("#{target}"));
        }
    }
}
