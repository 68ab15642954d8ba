//! Entries of the settings, and who used them.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diag::{Diagnostic, FileId, Sink, nearest};

/// A key or a word of a list, and where it stands.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) text: String,
    pub(super) span: Range<usize>,
    /// Whether it meant anything.
    pub(super) used: Cell<bool>,
}

impl Key {
    pub(super) fn new(text: impl Into<String>, span: Range<usize>) -> Self {
        Self { text: text.into(), span, used: Cell::new(false) }
    }
}

/// What an entry is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Subject {
    Path,
    Tag,
    Operation,
    Type,
    Field,
    Header,
    Value,
    Variant,
    Parameter,
    Format,
}

/// What an entry does with its subject.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Verb {
    Keep,
    LeaveOut,
    Rename,
    /// Choose the Rust type of a format.
    Type,
}

/// A line of the settings.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) verb: Verb,
    pub(super) subject: Subject,
    /// The type or operation that the subject is a part of, where it is told so.
    pub(super) owner: Option<String>,
    pub(super) key: Key,
    /// The new name or the type; nothing for the words of a list.
    pub(super) value: Key,
}

impl Entry {
    /// As it is written, without its section.
    fn shown(&self) -> String {
        let of = self.owner.as_ref().map(|owner| format!(" of `{owner}`")).unwrap_or_default();
        format!("`{}`{of}", self.key.text)
    }
}

/// A section of the settings.
#[derive(Debug, Default)]
pub(super) struct Section {
    pub(super) entries: Vec<Entry>,
    /// What could have been meant, in documents that were looked at. Only for subjects that the
    /// section speaks of.
    known: RefCell<BTreeMap<Subject, BTreeSet<String>>>,
}

impl Section {
    /// Uses all entries that fit, and gives the first.
    pub(super) fn take(
        &self,
        verb: Verb,
        subject: Subject,
        fits: impl Fn(&Entry) -> bool,
    ) -> Option<&Entry> {
        let about = |entry: &&Entry| entry.verb == verb && entry.subject == subject;
        let mut first = None;
        for entry in self.entries.iter().filter(about).filter(|entry| fits(entry)) {
            entry.key.used.set(true);
            first = first.or(Some(entry));
        }
        first
    }

    /// Notes what an entry could have meant.
    pub(super) fn know(&self, subject: Subject, word: &str) {
        let mut known = self.known.borrow_mut();
        let words = known.entry(subject).or_default();
        if !words.contains(word) {
            words.insert(word.to_owned());
        }
    }

    pub(super) fn report_unused(&self, file: FileId, sink: &mut Sink) {
        let known = self.known.borrow();
        for entry in self.entries.iter().filter(|entry| !entry.key.used.get()) {
            let subject = match entry.subject {
                Subject::Path => "path",
                Subject::Tag => "tag",
                Subject::Operation => "operation",
                Subject::Type => "type",
                Subject::Field => "property",
                Subject::Header => "response header",
                Subject::Value => "enum value",
                Subject::Variant => "variant",
                Subject::Parameter => "parameter",
                Subject::Format => "format",
            };
            let message = format!("there is no {subject} {}", entry.shown());
            let error = Diagnostic::error("unused-setting", message);
            let words = known.get(&entry.subject).into_iter().flatten().map(String::as_str);
            let help = match nearest(&entry.key.text, words) {
                Some(near) if near == entry.key.text => {
                    "the format is one of another kind of value; choose another type".to_owned()
                }
                Some(near) => format!("did you mean `{near}`?"),
                None if entry.subject == Subject::Tag && entry.verb == Verb::Rename => {
                    "tags are modules only where a document has many operations".to_owned()
                }
                None => "correct it, or remove it".to_owned(),
            };
            sink.report(error.at_bytes(file, entry.key.span.clone()).help(help));
        }
    }
}
