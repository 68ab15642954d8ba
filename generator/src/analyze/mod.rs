//! What follows from the IR and is needed to write Rust: facts, not names and not tokens.

mod recursion;
mod secrets;

pub use recursion::Boxes;

use crate::ir::Api;

/// Marks what the document leaves to be found out, and gives the facts about the rest.
pub fn analyze(api: &mut Api) -> Boxes {
    secrets::mark(api);
    Boxes::of(api)
}
