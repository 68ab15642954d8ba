//! The changes that an action makes to a tree.

use super::super::parse::DEEPEST;
use super::super::tree::{Mapping, Node, Value};
use super::Refused;
use crate::diag::{Diagnostic, FileId, Place, Pointer};

/// Actions that add more values than this copy a document into itself.
const MOST_VALUES: usize = 500_000;

/// A value that is to change, and where it stands in the sources.
pub(super) struct Target<'t> {
    pub(super) node: &'t mut Node,
    pub(super) place: &'t Place,
}

/// Merges `update` into a value that was selected; `from` is where it stands in the overlay.
pub(super) fn update(target: Target<'_>, update: &Node, from: &Place) -> Result<(), Refused> {
    match (&mut target.node.value, &update.value) {
        // Only an array that was itself selected takes a single value.
        (Value::Sequence(items), value) if !matches!(value, Value::Sequence(_)) => {
            items.push(copy(update, from));
            Ok(())
        }
        _ => merge(target, update, from),
    }
}

/// By the specification: objects are merged, arrays joined, other values replaced, and nothing turns
/// into a value of another sort.
fn merge(target: Target<'_>, update: &Node, from: &Place) -> Result<(), Refused> {
    let from = update.origin().unwrap_or(from);
    match (&mut target.node.value, &update.value) {
        (Value::Mapping(known), Value::Mapping(update)) => {
            merge_objects(known, target.place, update, from)
        }
        (Value::Sequence(items), Value::Sequence(update)) => {
            let added = update.iter().enumerate();
            items.extend(added.map(|(index, item)| copy(item, &from.index(index))));
            Ok(())
        }
        (Value::Mapping(_) | Value::Sequence(_), _)
        | (_, Value::Mapping(_) | Value::Sequence(_)) => Err(mismatch(&target, update, from)),
        _ => {
            *target.node = copy(update, from);
            Ok(())
        }
    }
}

fn merge_objects(
    known: &mut Mapping,
    place: &Place,
    update: &Mapping,
    from: &Place,
) -> Result<(), Refused> {
    for (key, node) in update.iter() {
        let from = from.child(key);
        match known.get_mut(key) {
            Some(target) => {
                let place = target.origin().cloned().unwrap_or_else(|| place.child(key));
                merge(Target { node: target, place: &place }, node, &from)?;
            }
            None => {
                known.set(key, copy(node, &from));
            }
        }
    }
    Ok(())
}

/// A value for the document, which remembers where it came from.
fn copy(node: &Node, from: &Place) -> Node {
    node.clone().moved_from(from.clone())
}

fn mismatch(target: &Target<'_>, update: &Node, from: &Place) -> Refused {
    let (found, update) = (target.node.describe(), update.describe());
    let message = format!("{update} cannot be merged into {found}");
    let error = Diagnostic::error("wrong-action", message)
        .at(from.clone())
        .related(target.place.clone(), "merged into this")
        .help("remove the old value by an action before this one");
    Box::new(error)
}

/// Takes a value out of an object or an array. What moves up in an array remembers where it stood.
pub(super) fn remove(parent: &mut Node, key: &str, place: &Place) {
    match &mut parent.value {
        Value::Mapping(mapping) => {
            mapping.take(key);
        }
        Value::Sequence(items) => {
            let Some(gone) = key.parse().ok().filter(|index| *index < items.len()) else { return };
            let all = std::mem::take(items).into_iter().enumerate();
            let kept = all.filter(|(index, _)| *index != gone);
            items.extend(kept.map(|(index, item)| match index > gone {
                true => item.moved_from(place.index(index)),
                false => item,
            }));
        }
        _ => {}
    }
}

/// The number of values in `update`, if the document can take them.
pub(super) fn bounded(update: &Node, at: &Pointer, inserted: usize) -> Result<usize, Refused> {
    let size = size(update);
    if at.keys().len() + size.depth > DEEPEST {
        let message = format!("values nest more than {DEEPEST} levels deep after this");
        return Err(Diagnostic::error("too-deep", message).help("nest them less deep").into());
    }
    if inserted + size.count > MOST_VALUES {
        let message = format!("the overlays add more than {MOST_VALUES} values");
        let help = "select fewer values, or copy smaller ones";
        return Err(Diagnostic::error("overlay-too-large", message).help(help).into());
    }
    Ok(size.count)
}

struct Size {
    depth: usize,
    count: usize,
}

fn size(node: &Node) -> Size {
    let mut size = Size { depth: 0, count: 1 };
    let mut add = |node: &Node| {
        let inner = self::size(node);
        size.depth = size.depth.max(inner.depth + 1);
        size.count += inner.count;
    };
    match &node.value {
        Value::Mapping(mapping) => mapping.iter().for_each(|(_, node)| add(node)),
        Value::Sequence(items) => items.iter().for_each(add),
        _ => {}
    }
    size
}

pub(super) fn find_mut<'t>(tree: &'t mut Node, at: &Pointer) -> Option<&'t mut Node> {
    at.keys().into_iter().try_fold(tree, |node, key| match &mut node.value {
        Value::Mapping(mapping) => mapping.get_mut(key),
        Value::Sequence(items) => items.get_mut(key.parse::<usize>().ok()?),
        _ => None,
    })
}

/// Where in the sources stands what now stands at a pointer.
pub(super) fn place(tree: &Node, root: FileId, at: &Pointer) -> Place {
    let mut place = Place::new(root, Pointer::root());
    let mut node = Some(tree);
    for key in at.keys() {
        node = node.and_then(|node| node.child(key));
        let moved = node.and_then(Node::origin).cloned();
        place = moved.unwrap_or_else(|| place.child(key));
    }
    place
}
