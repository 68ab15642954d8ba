//! Makes one tree of many files: after this, every reference reads `#/components/<section>/<name>`.
//!
//! ```yaml
//! # before                                        # after
//! schema: { $ref: 'pet.yaml' }                    schema: { $ref: '#/components/schemas/pet' }
//! x: { $ref: '#/paths/~1a/get/.../schema' }       x: { $ref: '#/components/schemas/a_get' }
//! /pets: { $ref: 'pets.yaml' }                    /pets: { get: ... }
//! ```
//!
//! Two steps: [`plan`] reads all that is referred to, finds what each reference means and names the
//! components that are to be; nothing is changed, so every place is still the place in a file. Then
//! [`rewrite`] copies, replaces and inlines. Edges are kept where 3.0 can express them, so sharing and
//! cycles survive; where it cannot (path items, operations, plain values) the target is inlined.

mod dynamic;
mod ids;
mod names;
mod plan;
mod rewrite;
mod sources;

pub(super) use rewrite::add_parameters;
pub(super) use sources::{Sources, read_text};

use super::tree::Node;
use crate::diag::{FileId, Sink};

/// Resolves all references of the document at `root`.
pub(super) fn resolve(root: FileId, mut sources: Sources, sink: &mut Sink) -> Node {
    let plan = plan::plan(root, &mut sources, sink);
    rewrite::rewrite(root, &mut sources, &plan, sink)
}
