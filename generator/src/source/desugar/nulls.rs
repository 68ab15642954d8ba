//! `null` where it says nothing, and where it does.

use super::super::model::{Kind, Shape};
use super::super::tree::{Cursor, Mapping, Node, Value};
use super::Context;

/// Takes fields out that hold null, such as the `parameters:` of YAML with nothing behind it. Fields
/// that may hold any value keep theirs.
pub(super) fn drop_nulls(kind: Kind, object: &mut Mapping, at: &Cursor, context: &mut Context) {
    object.retain(|key, node| {
        let field = kind.field(key);
        let keep = !node.is_null() || field.is_none_or(|field| field.shape == Shape::Any);
        if !keep {
            let help = "leave the field out where there is nothing to say";
            let message = format!("`{key}` of {} is null, and ignored", kind.object().name);
            context.warn_key("null-field", at.key(key).place(), &message, help);
        }
        keep
    });
}

/// A null in a list or a map becomes an empty object or list: `application/json:` with nothing
/// behind it. The `[]` that some languages write for an empty object becomes one, too.
pub(super) fn fill(shape: Shape, node: &mut Node, at: &Cursor, context: &mut Context) {
    let is_list = node.sequence().is_some_and(<[Node]>::is_empty);
    let takes_list = matches!(shape, Shape::List(_) | Shape::RefOr(Kind::Example));
    let what = match node.is_null() {
        true => "null",
        false if is_list && !takes_list => "an empty array",
        false => return,
    };
    node.value = match shape {
        Shape::Object(_) | Shape::RefOr(_) | Shape::Map(_) => Mapping::new().into(),
        Shape::SchemaOrFlag if is_list => Mapping::new().into(),
        Shape::List(_) => Value::Sequence(Vec::new()),
        _ => return,
    };
    let message =
        format!("this is {what} where {} belongs; an empty one is taken", shape.describe());
    context.warn("null-value", at.place(), &message, "write `{}` or `[]`");
}
