//! The documents of a folder, and what stands beside them.

use std::path::{Path, PathBuf};

use super::text::{Text, Unusable};

const SUFFIXES: [&str; 3] = [".yaml", ".yml", ".json"];

/// What stands between the name of a document and the suffix of its overlay.
const OVERLAY: &str = ".overlay";

/// The name of the settings.
const SETTINGS: &str = "generator.toml";

/// What a folder holds for the generator.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The documents, by name, each with its overlays.
    pub documents: Vec<(PathBuf, Vec<Text>)>,
    /// `generator.toml`.
    pub settings: Option<Text>,
}

/// Lists a folder: every `NAME.yaml`, `NAME.yml` and `NAME.json` that stands directly in it is a
/// document unless it is hidden, `NAME.overlay.yaml` (`.yml`, `.json`) an overlay of the document `NAME`, and
/// `generator.toml` holds the settings.
///
/// # Errors
/// The folder or one of these files cannot be read, or an overlay has no document.
pub fn documents(folder: &Path) -> Result<Listed, Unusable> {
    let names = names(folder).map_err(|error| Unusable::new(folder, error.to_string()))?;
    let stems = || names.iter().filter_map(|name| Some((name, stem(name)?)));
    let mut documents: Vec<(PathBuf, Vec<Text>)> = Vec::new();
    for (name, of) in stems().filter(|(_, stem)| !stem.ends_with(OVERLAY)) {
        let overlays = stems().filter(|(_, stem)| stem.strip_suffix(OVERLAY) == Some(of));
        let overlays = overlays.map(|(name, _)| Text::read(&folder.join(name)));
        documents.push((folder.join(name), overlays.collect::<Result<_, _>>()?));
    }
    for (name, of) in stems().filter_map(|(name, stem)| Some((name, stem.strip_suffix(OVERLAY)?))) {
        if !stems().any(|(_, stem)| stem == of) {
            let why = format!("an overlay of `{of}`, and there is no such document beside it");
            return Err(Unusable::new(&folder.join(name), why));
        }
    }
    let settings = names.iter().any(|name| name == SETTINGS);
    let settings = settings.then(|| Text::read(&folder.join(SETTINGS))).transpose()?;
    Ok(Listed { documents, settings })
}

fn stem(name: &str) -> Option<&str> {
    SUFFIXES.iter().find_map(|suffix| name.strip_suffix(suffix))
}

/// The names of the files, sorted; those that start with a dot are an editor's or a tool's own.
fn names(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_file() && !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}
