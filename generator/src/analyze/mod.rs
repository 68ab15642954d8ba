//! What follows from the IR and is needed to write Rust: facts, not names and not tokens.

mod accepts;
mod annex_b;
mod direction;
mod disjoint;
mod endless;
mod engines;
mod files;
mod finite;
mod hoist;
mod layout;
mod merge;
mod nesting;
mod pattern;
mod reached;
mod recursion;
mod secrets;
mod shared;
mod tags;
mod translate;

pub use accepts::Accepts;
pub use direction::Arriving;
pub use engines::Engines;
pub use finite::Finite;
pub use layout::{Group, Layout, Need};
pub use recursion::Boxes;
pub use shared::SharedErrors;
pub use tags::By;

use crate::diag::Sink;
use crate::ir::Api;
use crate::settings::Given;

/// What is known of an API's types.
#[derive(Debug)]
pub struct Facts {
    /// The types that callers never build, for servers do.
    pub arriving: Arriving,
    /// Where a box goes.
    pub boxes: Boxes,
    /// The types that have a value which ends.
    pub finite: Finite,
    /// Which of them stand together.
    pub layout: Layout,
    /// Which operations share an error type.
    pub errors: SharedErrors,
    /// For each operation, by its index, the one whose type of headers it shares; mostly itself.
    pub headers: Vec<usize>,
    /// The engines that patterns need.
    pub engines: Engines,
    /// The `recursion_limit` that the types need, if it is not the usual one.
    pub recursion_limit: Option<usize>,
}

/// Marks what the document leaves to be found out, merges what is equal, and gives the facts about
/// the rest.
pub fn analyze(api: &mut Api, given: &Given<'_, '_>, sink: &mut Sink) -> Facts {
    files::mark(api);
    secrets::mark(api);
    direction::settle(api);
    merge::merge(api, given);
    endless::cut(api, sink);
    disjoint::settle(api);
    hoist::hoist(api);
    let engines = Engines::decide(api, sink);
    let layout = Layout::of(api);
    Facts {
        arriving: Arriving::of(api),
        boxes: Boxes::of(api),
        finite: Finite::of(api),
        errors: SharedErrors::of(api, &layout),
        headers: shared::headers(api, &layout),
        engines,
        recursion_limit: nesting::limit(api),
        layout,
    }
}
