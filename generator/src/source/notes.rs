//! Warnings that several steps word alike.

use super::tree::Node;
use crate::diag::{Notes, Place};

/// Warns about a value of an `enum` that is not of the type beside it.
pub(super) fn wrong_enum(notes: &mut Notes, word: &str, value: &Node, place: Place, help: &str) {
    let (of, found) = (typed(Some(word)), value.describe());
    let message = format!("a value of the `enum` of {of} is {found}");
    notes.warn("wrong-enum", place, &message, help);
}

/// A type, with its article.
pub(super) fn typed(word: Option<&str>) -> String {
    let word = word.unwrap_or("value");
    let article = if word.starts_with(['a', 'i', 'o']) { "an" } else { "a" };
    format!("{article} `{word}`")
}
