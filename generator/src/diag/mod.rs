//! What is said to the user about his documents: diagnostics, where they point, how they are printed.
//!
//! A stage reports into a [`Sink`] and goes on; a gate between stages ([`Sink::gate`]) stops the run
//! when there were errors. A place is a file and a JSON pointer and costs next to nothing to make;
//! it becomes a line and a column in [`render`], through [`Locate`], only when something is printed.
//!
//! This module reads no files, prints nothing itself, and knows nothing about OpenAPI.

mod lines;
mod notes;
mod pointer;
mod render;
mod sink;
mod suggest;

pub use lines::{Lines, Position};
pub use notes::Notes;
pub use pointer::Pointer;
pub use render::{Format, render};
pub use sink::{Failed, Sink};
pub use suggest::nearest;

use std::ops::Range;

/// What a message ends in that is told once for several places: how many there are beside the first.
pub fn elsewhere(others: usize) -> String {
    match others {
        0 => String::new(),
        1 => " (and at 1 other place)".to_owned(),
        others => format!(" (and at {others} other places)"),
    }
}

/// One loaded text. The number is the order of loading, so the root of an API comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileId(pub u32);

/// A value in a source file.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The value in it.
    pub pointer: Pointer,
}

impl Place {
    /// The value at a pointer.
    pub fn new(file: FileId, pointer: Pointer) -> Self {
        Self { file, pointer }
    }

    /// The value under `key` of this one.
    pub fn child(&self, key: impl Into<Box<str>>) -> Self {
        Self::new(self.file, self.pointer.child(key))
    }

    /// The item number `i` of this one.
    pub fn index(&self, i: usize) -> Self {
        Self::new(self.file, self.pointer.index(i))
    }
}

/// What of a place is meant, and underlined.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Target {
    /// The value itself.
    #[default]
    Value,
    /// The key under which the value stands in its mapping.
    Key,
}

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Severity {
    /// No sensible output exists; the run stops at the next gate.
    Error,
    /// The run goes on, with the smallest possible unit repaired or left out.
    Warning,
}

impl Severity {
    /// As it is printed.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One problem, in the document's terms.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Stable and greppable: `dangling-ref`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub place: Option<Place>,
    /// What of the place.
    pub target: Target,
    /// Bytes of the file of `place`, for texts of which there is no tree. Goes before `place.pointer`.
    pub span: Option<Range<usize>>,
    /// Other places that belong to the problem, each with a word on why.
    pub related: Vec<(Place, String)>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Something of which no sensible output exists.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message.into())
    }

    /// Something that was repaired or left out.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message.into())
    }

    fn new(severity: Severity, code: &'static str, message: String) -> Self {
        Self {
            severity,
            code,
            message: shortened(message),
            place: None,
            target: Target::Value,
            span: None,
            related: Vec::new(),
            help: None,
        }
    }

    /// Points at a value.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self.target = Target::Value;
        self
    }

    /// Points at the key of a value.
    #[must_use]
    pub fn at_key(mut self, place: Place) -> Self {
        self.place = Some(place);
        self.target = Target::Key;
        self
    }

    /// Points at bytes of a file, where no pointer can.
    #[must_use]
    pub fn at_bytes(mut self, file: FileId, span: Range<usize>) -> Self {
        let place = self.place.take().filter(|place| place.file == file);
        self.place = Some(place.unwrap_or_else(|| Place::new(file, Pointer::root())));
        self.span = Some(span);
        self
    }

    /// Points at another place that belongs to the problem.
    #[must_use]
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(shortened(help.into()));
        self
    }
}

/// As much of a sentence as anyone reads: the names in it may be megabytes of a document.
fn shortened(text: String) -> String {
    const LONGEST: usize = 1000;
    match text.char_indices().nth(LONGEST) {
        None => text,
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}

/// What [`render`] needs to know about files in order to show a place.
pub trait Locate {
    /// The name to print: as given on the command line, or relative to that.
    fn name(&self, file: FileId) -> &str;
    /// The whole text.
    fn text(&self, file: FileId) -> &str;
    /// The bytes of a place, or of its nearest ancestor that exists in the text.
    fn span(&self, place: &Place, target: Target) -> Option<Range<usize>>;
}
