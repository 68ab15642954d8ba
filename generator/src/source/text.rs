//! Texts that are read beside a document: its overlays, and the settings.

use std::fmt;
use std::path::{Path, PathBuf};

use super::refs::read_text;

/// A text, and the name that diagnostics shall show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Mostly the path that it was read from.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// A file or folder of which nothing can be made, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable {
    /// The file or folder.
    pub path: PathBuf,
    /// What is wrong with it.
    pub why: String,
}

impl Text {
    /// Reads a file.
    ///
    /// # Errors
    /// There is no such file, or it is not text in UTF-8.
    pub fn read(path: &Path) -> Result<Self, Unusable> {
        match read_text(path) {
            Ok(text) => Ok(Self { name: path.display().to_string(), text }),
            Err(unreadable) => Err(Unusable::new(path, unreadable.to_string())),
        }
    }
}

impl Unusable {
    pub(super) fn new(path: &Path, why: impl Into<String>) -> Self {
        Self { path: path.to_owned(), why: why.into() }
    }
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.why)
    }
}

impl std::error::Error for Unusable {}
