//! All loaded texts, and where in them a place is.

use std::cell::OnceCell;
use std::ops::Range;

use super::locate::Index;
use crate::diag::{FileId, Locate, Place, Target};

/// The texts that documents were read from. Kept as long as something may be said about them.
#[derive(Debug, Default)]
pub struct Files {
    files: Vec<File>,
}

#[derive(Debug)]
struct File {
    name: String,
    text: String,
    /// Made when first a place is asked for.
    index: OnceCell<Index>,
}

impl Files {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text under the name that diagnostics shall show.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        self.files.push(File { name: name.into(), text: text.into(), index: OnceCell::new() });
        FileId(id)
    }

    /// The source text of exactly this value; `None` if it cannot be found.
    pub fn text_of(&self, place: &Place) -> Option<&str> {
        let file = self.get(place.file)?;
        file.text.get(self.span(place, Target::Value)?)
    }

    /// The last key of this name in the mapping at `parent`, where it stands more than once.
    pub(super) fn last_key(&self, parent: &Place, key: &str) -> Option<Range<usize>> {
        let file = self.get(parent.file)?;
        file.index().last_key(&file.text, &parent.pointer, key)
    }

    /// Where a text nests so deep that no parser should be asked to read it.
    pub(super) fn too_deep(&self, file: FileId) -> Option<usize> {
        self.get(file)?.index().too_deep()
    }

    /// An alias that stands within the value that it stands for, if there is one.
    pub(super) fn endless_alias(&self, file: FileId) -> Option<Range<usize>> {
        self.get(file)?.index().endless_alias()
    }

    fn get(&self, file: FileId) -> Option<&File> {
        self.files.get(usize::try_from(file.0).ok()?)
    }
}

impl File {
    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.text))
    }
}

impl Locate for Files {
    fn name(&self, file: FileId) -> &str {
        self.get(file).map_or("", |file| &file.name)
    }

    fn text(&self, file: FileId) -> &str {
        self.get(file).map_or("", |file| &file.text)
    }

    fn span(&self, place: &Place, target: Target) -> Option<Range<usize>> {
        let file = self.get(place.file)?;
        file.index().find(&file.text, &place.pointer, target)
    }
}
