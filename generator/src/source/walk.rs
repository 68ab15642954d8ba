//! Walks over a tree that know which object stands where.
//!
//! Examples, defaults, enum values and foreign extensions are data of the document's author: no walk
//! looks into them, however much what is in there looks like a schema.

use super::model::Shape;
use super::tree::{Cursor, Node, Value};

/// Inlining of references may nest a tree deeper than any document that was read.
pub(super) const DEEPEST: usize = 250;

/// What to do after a node was seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Then {
    Descend,
    Skip,
}

/// Shows every modelled value, parents first.
pub(super) fn walk(
    shape: Shape,
    node: &Node,
    at: &Cursor,
    see: &mut impl FnMut(Shape, &Node, &Cursor),
) {
    let start = node.origin().map(Cursor::Start);
    let at = start.as_ref().unwrap_or(at);
    let shape = alone(shape, node);
    see(shape, node, at);
    match &node.value {
        Value::Mapping(mapping) => {
            for (key, child) in mapping.iter() {
                let shape = shape_of(shape, key);
                if shape != Shape::Any {
                    walk(shape, child, &at.key(key), see);
                }
            }
        }
        Value::Sequence(items) => {
            let Shape::List(shape) = shape else { return };
            if *shape == Shape::Any {
                return;
            }
            for (index, item) in items.iter().enumerate() {
                walk(*shape, item, &at.index(index), see);
            }
        }
        _ => {}
    }
}

/// Hands out every modelled value to be changed, parents first; children are those that are there
/// after the change.
pub(super) fn walk_mut(
    shape: Shape,
    node: &mut Node,
    at: &Cursor,
    change: &mut impl FnMut(Shape, &mut Node, &Cursor, usize) -> Then,
) {
    walk_mut_from(shape, node, at, 0, change);
}

fn walk_mut_from(
    shape: Shape,
    node: &mut Node,
    at: &Cursor,
    depth: usize,
    change: &mut impl FnMut(Shape, &mut Node, &Cursor, usize) -> Then,
) {
    let shape = alone(shape, node);
    let before = node.origin().cloned();
    let start = before.as_ref().map(Cursor::Start);
    if change(shape, node, start.as_ref().unwrap_or(at), depth) == Then::Skip || depth > DEEPEST {
        return;
    }
    let after = node.origin().cloned();
    let start = after.as_ref().map(Cursor::Start);
    let at = start.as_ref().unwrap_or(at);
    match &mut node.value {
        Value::Mapping(mapping) => {
            for (key, child) in mapping.iter_mut() {
                let shape = shape_of(shape, key);
                if shape != Shape::Any {
                    walk_mut_from(shape, child, &at.key(key), depth + 1, change);
                }
            }
        }
        Value::Sequence(items) => {
            let Shape::List(shape) = shape else { return };
            if *shape == Shape::Any {
                return;
            }
            for (index, item) in items.iter_mut().enumerate() {
                walk_mut_from(*shape, item, &at.index(index), depth + 1, change);
            }
        }
        _ => {}
    }
}

/// An object in the place of a list is taken for its only item, until it is made one.
fn alone(shape: Shape, node: &Node) -> Shape {
    match shape {
        Shape::List(item) if node.mapping().is_some() => *item,
        _ => shape,
    }
}

fn shape_of(shape: Shape, key: &str) -> Shape {
    match shape {
        Shape::Map(values) => *values,
        _ => shape.kind().map_or(Shape::Any, |kind| kind.shape_of(key)),
    }
}
