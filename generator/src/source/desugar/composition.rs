//! Null as a branch of `oneOf` and `anyOf`.

use std::collections::BTreeSet;

use super::super::tree::{Cursor, Mapping, Node, Value};
use super::{Context, take_from};
use crate::diag::Pointer;

/// The references that lead to nothing but null: those to components such as the `NullEnum` of
/// `drf-spectacular`, before anything is made of them.
pub(super) fn nulls(tree: &Node) -> BTreeSet<String> {
    let root = Pointer::root().child("components").child("schemas");
    let schemas = tree.find(&root).and_then(Node::mapping);
    let all = schemas.into_iter().flat_map(Mapping::iter);
    let nulls = all.filter(|(_, schema)| is_null(schema));
    nulls.map(|(name, _)| format!("#{}", root.child(name))).collect()
}

/// `anyOf: [S, { type: "null" }]` becomes `nullable: true` with what is left: several branches stay a
/// choice, a lone `$ref` becomes `allOf: [{ $ref }]`, a lone schema is merged into its parent, where
/// no keyword stands in both. A `$ref` to what takes nothing but null is such a branch as well.
pub(super) fn null_branches(schema: &mut Mapping, at: &Cursor, context: &mut Context) {
    let leads_to_null =
        |branch: &Node| branch.reference().is_some_and(|to| context.nulls.contains(to));
    for key in ["anyOf", "oneOf"] {
        let Some(branches) = schema.get_mut(key).and_then(Node::sequence_mut) else { continue };
        let count = branches.len();
        let at_key = at.key(key);
        let mut kept = Vec::new();
        for (index, branch) in std::mem::take(branches).into_iter().enumerate() {
            if !(is_null(&branch) || leads_to_null(&branch)) {
                kept.push(branch.moved_from(at_key.index(index).place()));
            }
        }
        let has_null = kept.len() < count;
        let is_lone = kept.len() == 1;
        *branches = kept;
        if !has_null {
            continue;
        }
        if admits_null(schema) {
            schema.set("nullable", true);
        }
        if is_lone {
            unwrap(schema, key);
        } else if schema.get(key).and_then(Node::sequence).is_some_and(<[Node]>::is_empty) {
            schema.take(key);
            schema.set("enum", vec![Node::default()]);
        }
    }
}

/// Whether a branch takes null and nothing else.
fn is_null(branch: &Node) -> bool {
    let Some(branch) = branch.mapping() else { return false };
    let only = |node: &Node| {
        node.sequence().is_some_and(|it| it.len() == 1 && it.iter().all(is_null_word))
    };
    let by_type = branch.get("type").is_some_and(|it| is_null_word(it) || only(it));
    let by_value = branch.get("const").is_some_and(Node::is_null)
        || branch
            .get("enum")
            .and_then(Node::sequence)
            .is_some_and(|it| !it.is_empty() && it.iter().all(Node::is_null));
    by_type || by_value
}

fn is_null_word(node: &Node) -> bool {
    node.is_null() || node.str() == Some("null")
}

/// A type beside the choice may forbid null again.
fn admits_null(schema: &Mapping) -> bool {
    schema.get("type").is_none_or(|node| match node.sequence() {
        Some(types) => types.iter().any(is_null_word),
        None => is_null_word(node),
    })
}

/// Of these the outer schema may have its own; all others must agree.
const ANNOTATIONS: &[&str] =
    &["title", "description", "example", "examples", "default", "deprecated"];

fn unwrap(schema: &mut Mapping, key: &str) {
    let Some(branches) = schema.take(key) else { return };
    let Value::Sequence(mut branches) = branches.value else { return };
    let clashes = |branch: &Mapping| {
        let mut keys = branch.keys();
        keys.any(|key| key == "$ref" || (schema.contains(key) && !ANNOTATIONS.contains(&key)))
    };
    match branches.first().and_then(Node::mapping) {
        Some(branch) if !clashes(branch) => {
            let branch = branches.pop().unwrap_or_default();
            merge(schema, branch);
        }
        _ => match schema.get_mut("allOf").and_then(Node::sequence_mut) {
            Some(all) => all.append(&mut branches),
            None => {
                schema.set("allOf", branches);
            }
        },
    }
}

fn merge(schema: &mut Mapping, branch: Node) {
    let Some(place) = branch.origin().cloned() else { return };
    let Value::Mapping(mut branch) = branch.value else { return };
    let at = Cursor::Start(&place);
    let keys: Vec<String> = branch.keys().map(str::to_owned).collect();
    for key in keys {
        if let Some(node) = take_from(&mut branch, &key, &at).filter(|_| !schema.contains(&key)) {
            schema.set(key, node);
        }
    }
}
