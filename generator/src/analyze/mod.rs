//! What follows from the IR and is needed to write Rust: facts, not names and not tokens.

mod accepts;
mod finite;
mod layout;
mod merge;
mod recursion;
mod secrets;

pub use accepts::{Accepts, JsonType};
pub use finite::Finite;
pub use layout::{Group, Layout, Need};
pub use recursion::Boxes;

use crate::ir::Api;

/// What is known of an API's types.
#[derive(Debug)]
pub struct Facts {
    /// Where a box goes.
    pub boxes: Boxes,
    /// The types that have a value which ends.
    pub finite: Finite,
    /// Which of them stand together.
    pub layout: Layout,
}

/// Marks what the document leaves to be found out, merges what is equal, and gives the facts about
/// the rest.
pub fn analyze(api: &mut Api) -> Facts {
    secrets::mark(api);
    merge::merge(api);
    Facts { boxes: Boxes::of(api), finite: Finite::of(api), layout: Layout::of(api) }
}
