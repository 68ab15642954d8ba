//! What the user decides about a document: which names, which operations, which types.
//!
//! | part | module |
//! |---|---|
//! | `generator.toml` as text to [`Settings`] | `read` |
//! | an entry, and whether anything used it | `entry` |
//! | `keep` and `leave-out`: which operations there are | `filter` |
//! | `rename`: names that the user gives | `given` |
//! | `types`: which Rust type a format becomes | `formats` |
//!
//! A section holds for all documents, or stands below `apis.NAME` and holds for one. An entry that
//! nothing uses is an error, with its place: it is mostly misspelt, or the document has changed.
//!
//! This module reads no files and changes no document: the stages that it speaks of ask it.

mod entry;
mod filter;
mod formats;
mod given;
mod read;

pub use filter::{Candidate, Filter};
pub use formats::Formats;
pub use given::{Given, Name};

use entry::{Key, Section};

use crate::diag::{Diagnostic, Failed, FileId, Locate, Sink, nearest};

/// The settings for all documents of a run.
#[derive(Debug, Default)]
pub struct Settings {
    file: Option<FileId>,
    all: Section,
    documents: Vec<(Key, Section)>,
}

impl Settings {
    /// Reads the text of a settings file.
    ///
    /// # Errors
    /// It is not TOML, or has sections or values that mean nothing; why stands in the sink.
    pub fn read(file: FileId, text: &str, sink: &mut Sink) -> Result<Self, Failed> {
        read::settings(file, text, sink)
    }

    /// Those for the document of a name.
    pub fn of(&self, name: &str) -> Choices<'_> {
        let own = self.documents.iter().filter(|(key, _)| key.text == name);
        let own = own.map(|(key, section)| {
            key.used.set(true);
            section
        });
        Choices { file: self.file, sections: own.chain([&self.all]).collect() }
    }

    /// Reports what nothing used; `names` are those of the documents.
    pub fn report_unused(&self, names: &[&str], sink: &mut Sink) {
        let Some(file) = self.file else { return };
        self.all.report_unused(file, sink);
        for (key, section) in &self.documents {
            if key.used.get() {
                section.report_unused(file, sink);
                continue;
            }
            let message = format!("there is no document `{}`", key.text);
            let error = Diagnostic::error("unused-setting", message);
            let help = match nearest(&key.text, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the documents are {}", names.join(", ")),
            };
            sink.report(error.at_bytes(file, key.span.clone()).help(help));
        }
    }
}

/// The settings for one document: its own before those for all.
#[derive(Clone, Debug, Default)]
pub struct Choices<'s> {
    file: Option<FileId>,
    sections: Vec<&'s Section>,
}

impl<'s> Choices<'s> {
    /// Which operations there are to be.
    pub fn filter(&self) -> Filter<'s> {
        Filter::new(self.sections.clone())
    }

    /// The types of formats.
    pub fn formats(&self) -> Formats<'s> {
        Formats::new(self.sections.clone())
    }

    /// The names that are given to things of a document that was read from `root`.
    pub fn given<'f>(&self, root: FileId, files: &'f dyn Locate) -> Given<'s, 'f> {
        Given::new(self.file, self.sections.clone(), root, files)
    }
}
