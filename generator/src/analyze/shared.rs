//! Which operations have the same errors and so share one type for them.

use super::Layout;
use crate::ir::{Api, Status, TypeRef};

/// The documented errors of an operation: what each status holds.
type Errors<'a> = Vec<(Status, Option<&'a TypeRef>)>;

/// For each operation the first of its group that has the same errors.
pub(super) fn errors(api: &Api, layout: &Layout) -> Vec<usize> {
    let mut first: Vec<usize> = (0..api.operations.len()).collect();
    for group in &layout.groups {
        let mut known: Vec<(Errors<'_>, usize)> = Vec::new();
        for index in &group.operations {
            let Some(operation) = api.operations.get(*index) else { continue };
            let errors = operation.errors();
            let errors: Errors<'_> =
                errors.map(|(_, response)| (response.status, response.body.as_ref())).collect();
            match known.iter().find(|(same, _)| *same == errors) {
                Some((_, same)) => {
                    if let Some(slot) = first.get_mut(*index) {
                        *slot = *same;
                    }
                }
                None => known.push((errors, *index)),
            }
        }
    }
    first
}
