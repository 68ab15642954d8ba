//! Warnings that a real document would earn a thousand times, given once.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::tree::Node;
use crate::diag::{Diagnostic, Place, Sink, Target, elsewhere};

/// Collects warnings; those of the same code and message count as one, at the first place.
#[derive(Debug, Default)]
pub(super) struct Notes {
    notes: IndexMap<(&'static str, String), Note>,
}

#[derive(Debug)]
struct Note {
    first: Place,
    target: Target,
    help: String,
    /// Copies of one source count once.
    places: HashSet<Place>,
}

impl Notes {
    /// Warns about a value.
    pub(super) fn warn(&mut self, code: &'static str, place: Place, message: &str, help: &str) {
        self.add(code, place, Target::Value, message, help);
    }

    /// Warns about a key.
    pub(super) fn warn_key(&mut self, code: &'static str, place: Place, message: &str, help: &str) {
        self.add(code, place, Target::Key, message, help);
    }

    /// Warns about a value of an `enum` that is not of the type beside it.
    pub(super) fn wrong_enum(&mut self, word: &str, value: &Node, place: Place, help: &str) {
        let (of, found) = (typed(Some(word)), value.describe());
        let message = format!("a value of the `enum` of {of} is {found}");
        self.warn("wrong-enum", place, &message, help);
    }

    fn add(&mut self, code: &'static str, place: Place, target: Target, message: &str, help: &str) {
        let note = self.notes.entry((code, message.to_owned())).or_insert_with(|| Note {
            first: place.clone(),
            target,
            help: help.to_owned(),
            places: HashSet::new(),
        });
        note.places.insert(place);
    }

    pub(super) fn report(self, sink: &mut Sink) {
        for ((code, mut message), note) in self.notes {
            message.push_str(&elsewhere(note.places.len().saturating_sub(1)));
            let warning = Diagnostic::warning(code, message).help(note.help);
            sink.report(match note.target {
                Target::Value => warning.at(note.first),
                Target::Key => warning.at_key(note.first),
            });
        }
    }
}

/// A type, with its article.
pub(super) fn typed(word: Option<&str>) -> String {
    let word = word.unwrap_or("value");
    let article = if word.starts_with(['a', 'i', 'o']) { "an" } else { "a" };
    format!("{article} `{word}`")
}
