//! What `--check` finds: files that differ from what would be written.

use std::fmt::Write as _;
use std::path::Path;

use similar::TextDiff;

use super::{Files, is_ours, write::stale};

/// A file that is not as it should be.
#[derive(Debug)]
pub struct Difference {
    /// Its path below the folder.
    pub path: String,
    /// What would change, as a unified diff.
    pub diff: String,
}

/// Lines of one diff that are shown; a new file of thousands says nothing more.
const MOST_LINES: usize = 60;

/// The differences between `files` and what stands in `folder`.
pub fn compare(files: &Files, folder: &Path) -> Vec<Difference> {
    let changed = files.iter().filter_map(|(path, text)| {
        let present = std::fs::read_to_string(folder.join(path)).unwrap_or_default();
        (present != *text)
            .then(|| Difference { path: path.clone(), diff: diff(path, &present, text) })
    });
    let stale = stale(files, folder).into_iter().filter_map(|path| {
        let present = std::fs::read_to_string(folder.join(&path)).ok()?;
        is_ours(&present).then(|| Difference { diff: diff(&path, &present, ""), path })
    });
    changed.chain(stale).collect()
}

fn diff(path: &str, old: &str, new: &str) -> String {
    let full = TextDiff::from_lines(old, new)
        .unified_diff()
        .header(&format!("{path} (as it is)"), &format!("{path} (as generated)"))
        .to_string();
    let mut shown: String = full.split_inclusive('\n').take(MOST_LINES).collect();
    let more = full.lines().count().saturating_sub(MOST_LINES);
    if more > 0 {
        let _ = writeln!(shown, "... and {more} more lines");
    }
    shown
}
