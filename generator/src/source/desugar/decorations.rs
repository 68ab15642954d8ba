//! What is written about an API and changes nothing of it: contact, license, tags, examples and
//! links to documentation. Faults in there must not stand in the way.

use super::super::check::is_sound;
use super::super::model::{Kind, Shape};
use super::super::tree::{Cursor, Mapping, Node, Value};
use super::super::walk::{Then, walk_mut};
use super::Context;
use crate::diag::Place;

/// `tags: [pets]` becomes `tags: [{name: pets}]`, `servers: [/v1]` becomes `servers: [{url: /v1}]`,
/// `404: Not found` becomes `404: {description: Not found}`, and an example that stands for itself
/// becomes the `value` of one.
pub(super) fn wrap(shape: Shape, node: &mut Node, at: &Cursor, context: &mut Context) {
    let is_text = matches!(node.value, Value::String(_));
    let key = match shape {
        Shape::Object(Kind::Tag) if is_text => "name",
        Shape::Object(Kind::Server) if is_text => "url",
        Shape::RefOr(Kind::Response) if is_text => "description",
        Shape::RefOr(Kind::Example) if node.mapping().is_none() && !node.is_null() => "value",
        _ => return,
    };
    let message = format!("this should be {}, not {}", name(shape), node.describe());
    let help = format!("it is read as its `{key}`");
    context.warn("wrong-scalar", at.place(), &message, &help);
    let inner = std::mem::take(node).moved_from(at.place());
    *node = Node::from(Mapping::from_iter([(key.to_owned(), inner)])).moved_from(at.place());
}

/// Leaves out what the structural check would refuse, at the smallest unit.
pub(super) fn drop_faulty(tree: &mut Node, root: &Place, context: &mut Context) {
    let at = Cursor::Start(root);
    walk_mut(Shape::Object(Kind::OpenApi), tree, &at, &mut |shape, node, at, _| {
        if let (Some(kind), Some(object)) = (shape.kind(), node.mapping_mut()) {
            drop_from(kind, object, at, context);
        }
        Then::Descend
    });
}

fn drop_from(kind: Kind, object: &mut Mapping, at: &Cursor, context: &mut Context) {
    object.retain(|key, node| {
        let Some(field) = kind.field(key).filter(|field| is_decoration(field.shape)) else {
            return true;
        };
        let at = at.key(key);
        match (field.shape, &mut node.value) {
            (Shape::List(item), Value::Sequence(items)) => {
                let mut index = 0;
                items.retain(|node| {
                    index += 1;
                    is_kept(*item, node, &at.index(index - 1), context)
                });
                true
            }
            (Shape::Map(value), Value::Mapping(entries)) => {
                entries.retain(|key, node| is_kept(*value, node, &at.key(key), context));
                true
            }
            _ => is_kept(field.shape, node, &at, context),
        }
    });
}

fn is_kept(shape: Shape, node: &Node, at: &Cursor, context: &mut Context) -> bool {
    let is_kept = is_sound(shape, node);
    if !is_kept {
        let message =
            format!("this is not {} as the specification has it, and left out", name(shape));
        context.warn("faulty-decoration", at.place(), &message, "correct it, or remove it");
    }
    is_kept
}

fn name(shape: Shape) -> String {
    shape.kind().map_or_else(|| shape.describe(), |kind| kind.object().name.to_owned())
}

fn is_decoration(shape: Shape) -> bool {
    match shape {
        Shape::List(inner) | Shape::Map(inner) => is_decoration(*inner),
        _ => matches!(
            shape.kind(),
            Some(
                Kind::Contact
                    | Kind::Example
                    | Kind::ExternalDocs
                    | Kind::License
                    | Kind::Tag
                    | Kind::Xml
            )
        ),
    }
}
