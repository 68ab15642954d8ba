//! What stands behind the names that types have.

use crate::ir::{Shape, TypeDef, TypeRef};

/// Names for names deeper than this lead nowhere.
const DEEPEST: usize = 32;

/// Whether a type is looked for behind what lets it be `null`, too.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Null {
    Kept,
    Passed,
}

/// The type behind other names for it; none where they have no end.
pub(super) fn behind_names<'t>(
    types: &'t [TypeDef],
    mut ty: &'t TypeRef,
    null: Null,
) -> Option<&'t TypeRef> {
    for _ in 0..DEEPEST {
        ty = match ty {
            TypeRef::Nullable(inner) if null == Null::Passed => inner,
            TypeRef::Named(id) => match &types.get(id.0)?.shape {
                Shape::Alias(inner) => inner,
                _ => return Some(ty),
            },
            _ => return Some(ty),
        };
    }
    None
}
