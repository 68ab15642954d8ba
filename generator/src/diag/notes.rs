//! Warnings that a real document would earn a thousand times, given once.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::{Diagnostic, Place, Sink, Target, elsewhere};

/// Collects warnings; those of the same code and message count as one, at the first place.
#[derive(Debug, Default)]
pub struct Notes {
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
    pub fn warn(&mut self, code: &'static str, place: Place, message: &str, help: &str) {
        self.add(code, place, Target::Value, message, help);
    }

    /// Warns about a key.
    pub fn warn_key(&mut self, code: &'static str, place: Place, message: &str, help: &str) {
        self.add(code, place, Target::Key, message, help);
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

    /// Hands them over, in the order in which they were found first.
    pub fn report(self, sink: &mut Sink) {
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
