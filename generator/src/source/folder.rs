//! The documents of a folder.

use std::path::{Path, PathBuf};

/// Every `NAME.yaml`, `NAME.yml` and `NAME.json` that stands directly in a folder, by name; an
/// overlay is no document.
///
/// # Errors
/// The folder cannot be read.
pub fn documents(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_document = [".yaml", ".yml", ".json"].iter().any(|suffix| name.ends_with(suffix));
        if is_document && !name.contains(".overlay.") && path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
