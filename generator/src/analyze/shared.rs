//! Which operations have the same errors, or the same headers, and so share one type for them.

use super::Layout;
use crate::ir::{Api, Content, Operation, Rule, Status, TypeRef};

/// For each operation the first of its group that has the same errors.
pub(super) fn errors(api: &Api, layout: &Layout) -> Vec<usize> {
    firsts(api, layout, |operation| -> Vec<(Status, Option<&Content>)> {
        let errors = operation.errors();
        errors.map(|(_, response)| (response.status, response.body.as_ref())).collect()
    })
}

/// A header as its type and its docs have it.
type Header<'a> = (&'a str, &'a TypeRef, &'a [Rule], Option<&'a str>, bool);

/// For each operation the first of its group whose responses of success have the same headers.
pub(super) fn headers(api: &Api, layout: &Layout) -> Vec<usize> {
    firsts(api, layout, |operation| -> Vec<Header<'_>> {
        let headers = operation.success_headers().into_iter();
        let header = headers.map(|field| {
            let words = field.description.as_deref();
            (field.name.as_str(), &field.ty, field.rules.as_slice(), words, field.secret)
        });
        header.collect()
    })
}

/// For each operation the first of its group of which `part` tells the same.
fn firsts<'a, T: PartialEq>(
    api: &'a Api,
    layout: &Layout,
    part: impl Fn(&'a Operation) -> T,
) -> Vec<usize> {
    let mut first: Vec<usize> = (0..api.operations.len()).collect();
    for group in &layout.groups {
        let mut known: Vec<(T, usize)> = Vec::new();
        for index in &group.operations {
            let Some(part) = api.operations.get(*index).map(&part) else { continue };
            match known.iter().find(|(same, _)| *same == part) {
                Some((_, same)) => {
                    if let Some(slot) = first.get_mut(*index) {
                        *slot = *same;
                    }
                }
                None => known.push((part, *index)),
            }
        }
    }
    first
}
