//! Which operations of a document there are to be.

use glob::{MatchOptions, Pattern};

use super::entry::{Section, Subject, Verb};

/// An operation, as the settings may speak of it.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The template of its path; a webhook has none.
    pub path: Option<&'a str>,
    /// In upper case.
    pub method: &'a str,
    /// `operationId`.
    pub id: Option<&'a str>,
    /// `tags`.
    pub tags: &'a [&'a str],
}

/// Decides which operations stay. Without settings all do.
#[derive(Debug, Default)]
pub struct Filter<'s> {
    sections: Vec<&'s Section>,
}

impl<'s> Filter<'s> {
    pub(super) fn new(sections: Vec<&'s Section>) -> Self {
        let chooses = |section: &&Section| {
            section.entries.iter().any(|entry| matches!(entry.verb, Verb::Keep | Verb::LeaveOut))
        };
        Self { sections: sections.into_iter().filter(chooses).collect() }
    }

    /// Whether the settings choose at all.
    pub fn chooses(&self) -> bool {
        !self.sections.is_empty()
    }

    /// Whether an operation stays: it is kept by some entry, if there are any of that sort, and left
    /// out by none.
    pub fn keeps(&self, operation: Candidate<'_>) -> bool {
        let keep_all =
            !self.sections.iter().flat_map(|it| &it.entries).any(|it| it.verb == Verb::Keep);
        // Every entry is asked, so that those which are never right are found.
        let kept = self.names(Verb::Keep, operation);
        let left_out = self.names(Verb::LeaveOut, operation);
        (keep_all || kept) && !left_out
    }

    /// Whether some entry names an operation.
    fn names(&self, verb: Verb, operation: Candidate<'_>) -> bool {
        let Candidate { path, method, id, tags } = operation;
        let line = format!("{method} {}", path.unwrap_or_default());
        let mut named = false;
        for section in &self.sections {
            let mut take = |subject: Subject, word: &str| {
                section.know(subject, word);
                let entry =
                    section.take(verb, subject, |entry| fits(subject, &entry.key.text, word));
                named |= entry.is_some();
            };
            path.into_iter().for_each(|path| take(Subject::Path, path));
            tags.iter().for_each(|tag| take(Subject::Tag, tag));
            id.into_iter().for_each(|id| take(Subject::Operation, id));
            path.is_some().then(|| take(Subject::Operation, &line));
        }
        named
    }
}

/// In a path `*` stands for a step and `**` for any number of them.
fn fits(subject: Subject, pattern: &str, word: &str) -> bool {
    if subject != Subject::Path || pattern == word {
        return pattern == word;
    }
    let options = MatchOptions { require_literal_separator: true, ..MatchOptions::new() };
    // What is no pattern was refused when the settings were read.
    Pattern::new(pattern).is_ok_and(|pattern| pattern.matches_with(word, options))
}
