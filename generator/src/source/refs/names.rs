//! Names of components that references made necessary.

use super::super::files::Files;
use crate::diag::{Locate, Place};

/// Names for a target, the preferred first; all of them are legal component names.
pub(super) fn candidates(target: &Place, files: &Files) -> Vec<String> {
    let stem = legal(stem(files.name(target.file)));
    let words: Vec<String> = meaningful(&target.pointer.keys());
    let tail = words.iter().skip(words.len().saturating_sub(3));
    let tail: Vec<&str> = tail.map(String::as_str).collect();
    let short = if tail.is_empty() { stem.clone() } else { tail.join("_") };
    let long = format!("{stem}_{short}");
    vec![short, long]
}

/// The words of a pointer that say something: not the keywords, numbers and media types.
fn meaningful(keys: &[&str]) -> Vec<String> {
    const STRUCTURE: &[&str] = &[
        "components",
        "schemas",
        "responses",
        "parameters",
        "examples",
        "requestBodies",
        "headers",
        "securitySchemes",
        "links",
        "callbacks",
        "pathItems",
        "paths",
        "schema",
        "content",
        "properties",
        "items",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "definitions",
        "$defs",
        "additionalProperties",
        "requestBody",
        "value",
        "patternProperties",
        "prefixItems",
    ];
    let is_word = |key: &&&str| {
        let is_media_type = key.contains('/') && !key.starts_with('/');
        let is_index = key.len() < 3 && key.bytes().all(|it| it.is_ascii_digit());
        !STRUCTURE.contains(key) && !is_index && !is_media_type
    };
    let words = keys.iter().filter(is_word).map(|key| legal(key));
    words.filter(|word| !word.is_empty()).collect()
}

fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// Only the characters that component names may have.
fn legal(word: &str) -> String {
    let is_legal = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.' || c == '_';
    let words = word.split(|c| !is_legal(c)).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_")
}
