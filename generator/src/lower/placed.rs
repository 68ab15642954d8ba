//! Schemas that stand in components which are no schemas themselves: responses, bodies, parameters
//! and headers. Many operations refer to one, and mean one type.

use std::borrow::Borrow;

use openapiv3::{ReferenceOr, Schema};

use super::Lowering;
use super::schema::Use;
use crate::diag::Pointer;
use crate::ir::{Kind, Origin};

impl<'a> Lowering<'a> {
    /// A schema of an operation, at that place: lowered once, and called after the component, if the
    /// place is in one.
    pub(super) fn placed<S: Borrow<Schema>>(
        &mut self,
        schema: &'a ReferenceOr<S>,
        origin: Origin,
        pointer: &Pointer,
    ) -> Use {
        let Some(shared) = shared(pointer) else {
            return self.schema_or_reference(schema, origin, pointer);
        };
        let place = pointer.to_string();
        if let Some(used) = self.placed.get(&place) {
            return used.clone();
        }
        let used = self.schema_or_reference(schema, shared, pointer);
        self.placed.insert(place, used.clone());
        used
    }
}

/// What a type is named after that stands in a component.
fn shared(pointer: &Pointer) -> Option<Origin> {
    let keys = pointer.keys();
    let ["components", kind, name, inner @ ..] = keys.as_slice() else { return None };
    let all = [Kind::Header, Kind::Parameter, Kind::Body, Kind::Response];
    let kind = all.into_iter().find(|it| it.group() == *kind)?;
    Some(match inner {
        ["headers", header, ..] => Origin::Shared(Kind::Header, format!("{name} {header}")),
        _ => Origin::Shared(kind, (*name).to_owned()),
    })
}
