//! Schemas that say more than their `$ref`.

use super::super::Version;
use super::super::tree::{Cursor, Mapping, Node};
use super::{Context, part_of};

/// What may stand beside a `$ref` in 3.0 and is worth keeping, though 3.0 says that it is ignored.
const ANNOTATIONS: &[&str] = &[
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "nullable",
    "externalDocs",
    "xml",
];

/// `{ $ref: R, description: D }` becomes `{ description: D, allOf: [{ $ref: R }] }`.
///
/// That is what it means since 3.1. In 3.0 whatever stands beside a `$ref` is ignored; annotations,
/// which can do no harm and are nearly always meant, are kept, assertions dropped with a warning.
pub(super) fn siblings(schema: &mut Mapping, at: &Cursor, context: &mut Context) {
    if schema.get("$ref").and_then(Node::str).is_none() {
        return;
    }
    for key in ["$comment", "$id", "$schema", "summary"] {
        schema.take(key);
    }
    if context.version == Version::V3_0 {
        drop_assertions(schema, at, context);
    }
    if schema.len() == 1 {
        return;
    }
    let Some(reference) = schema.take("$ref") else { return };
    let target = Mapping::from_iter([("$ref".to_owned(), reference)]);
    let target = part_of(at, target);
    match schema.get_mut("allOf").and_then(Node::sequence_mut) {
        Some(branches) => branches.insert(0, target),
        None => {
            schema.set("allOf", vec![target]);
        }
    }
}

fn drop_assertions(schema: &mut Mapping, at: &Cursor, context: &mut Context) {
    schema.retain(|key, _| {
        let keep = key == "$ref" || key.starts_with("x-") || ANNOTATIONS.contains(&key.as_str());
        if !keep {
            let message = format!("`{key}` beside a `$ref` is ignored in OpenAPI 3.0");
            let help = "wrap the reference: `allOf: [{ $ref: ... }]`, with the rest beside `allOf`";
            context.warn("ignored-sibling", at.key(key).place(), &message, help);
        }
        keep
    });
}
