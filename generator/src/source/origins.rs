//! Where the values of the finished tree stood in the sources.

use std::collections::HashMap;

use super::tree::{Node, Value, source_key};
use crate::diag::{Place, Pointer};

/// The record of all moves, as a tree over the pointers into the finished document.
#[derive(Debug)]
pub(super) struct Origins {
    root: Place,
    moves: Branch,
}

/// Only ever asked by key, so the order of the map does not matter.
#[derive(Debug, Default)]
struct Branch {
    origin: Option<Place>,
    children: HashMap<Box<str>, Branch>,
}

impl Origins {
    /// Collects the moves out of a tree.
    pub(super) fn of(tree: &Node, root: &Place) -> Self {
        Self { root: root.clone(), moves: moves(tree).unwrap_or_default() }
    }

    /// The place of a value: the move nearest above it says where that went, the rest of the pointer
    /// is as it was.
    pub(super) fn place(&self, pointer: &Pointer) -> Place {
        let keys = pointer.keys();
        let mut branch = Some(&self.moves);
        let mut place = self.root.clone();
        for key in keys {
            place = place.child(source_key(key));
            branch = branch.and_then(|branch| branch.children.get(key));
            if let Some(origin) = branch.and_then(|branch| branch.origin.as_ref()) {
                place = origin.clone();
            }
        }
        place
    }
}

/// The moves at and below a node, if there are any.
fn moves(node: &Node) -> Option<Branch> {
    let mut children = HashMap::new();
    match &node.value {
        Value::Mapping(mapping) => {
            let moved = mapping.iter().filter_map(|(key, child)| {
                let branch = moves(child)?;
                Some((key.into(), branch))
            });
            children.extend(moved);
        }
        Value::Sequence(items) => {
            let items = items.iter().enumerate();
            let moved = items.filter_map(|(index, child)| {
                let branch = moves(child)?;
                Some((index.to_string().into(), branch))
            });
            children.extend(moved);
        }
        _ => {}
    }
    let origin = node.origin().cloned();
    (origin.is_some() || !children.is_empty()).then_some(Branch { origin, children })
}
