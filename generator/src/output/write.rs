//! Writes files, only those that change, and removes those of ours that are no longer made.

use std::io;
use std::path::{Path, PathBuf};

use super::{Files, is_ours};

/// What a run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were written.
    pub written: usize,
    /// Files that were as they should be.
    pub unchanged: usize,
    /// Files that were removed.
    pub removed: usize,
}

/// Why nothing was written.
#[derive(Debug)]
pub enum Refused {
    /// A file is in the way that is not ours.
    Foreign(PathBuf),
    /// The file system said no.
    Io(PathBuf, io::Error),
}

/// Folders below which a file of ours that is no longer made is removed.
const OWNED: &[&str] = &["src", "examples"];

/// Brings `folder` in line with `files`.
///
/// # Errors
/// A file that is not ours stands where one should be written: then nothing is written at all. Or
/// the file system refuses.
pub fn write(files: &Files, folder: &Path) -> Result<Summary, Refused> {
    let changed = changed(files, folder)?;
    let mut summary = Summary { unchanged: files.len() - changed.len(), ..Summary::default() };
    for (path, text) in changed {
        let path = folder.join(path);
        let parent = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent).map_err(|error| Refused::Io(parent.to_owned(), error))?;
        std::fs::write(&path, text).map_err(|error| Refused::Io(path.clone(), error))?;
        summary.written += 1;
    }
    for path in stale(files, folder) {
        let path = folder.join(path);
        if std::fs::read_to_string(&path).is_ok_and(|text| is_ours(&text)) {
            std::fs::remove_file(&path).map_err(|error| Refused::Io(path.clone(), error))?;
            summary.removed += 1;
        }
    }
    Ok(summary)
}

fn changed<'a>(files: &'a Files, folder: &Path) -> Result<Vec<(&'a str, &'a str)>, Refused> {
    let mut changed = Vec::new();
    for (path, text) in files {
        let target = folder.join(path);
        match std::fs::read(&target) {
            Ok(present) if present == text.as_bytes() => {}
            Ok(present) => {
                let present = String::from_utf8_lossy(&present);
                // An empty one is what is left where a disk was full.
                if !present.is_empty() && !is_ours(&present) {
                    return Err(Refused::Foreign(target));
                }
                changed.push((path.as_str(), text.as_str()));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                changed.push((path.as_str(), text.as_str()));
            }
            Err(error) => return Err(Refused::Io(target, error)),
        }
    }
    Ok(changed)
}

/// Files in the folders that we own which are not among `files`, in the order of their paths.
pub(super) fn stale(files: &Files, folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for owned in OWNED {
        walk(&folder.join(owned), owned, &mut found);
    }
    found.retain(|path| !files.contains_key(path));
    found.sort();
    found
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = format!("{prefix}/{}", entry.file_name().to_string_lossy());
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&entry.path(), &path, found),
            Ok(kind) if kind.is_file() => found.push(path),
            _ => {}
        }
    }
}
