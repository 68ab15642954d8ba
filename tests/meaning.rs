//! What a document means survives generation: for each feature of OpenAPI, a schema and the JSON
//! values that it takes, shows, refuses and finds fault with.
//!
//! The features are data, in `meaning/*.yaml`; what their keys mean stands in `meaning/data.rs`. All
//! features of a version of OpenAPI become one document and one crate; a harness decodes, encodes and
//! validates every value in one run, and every mismatch is told at once. What the generator cannot do
//! yet stands in `meaning/known_failures.txt`, a feature a line; an entry that no longer fails fails
//! the test. With `MEANING_SHOW=1` and `--nocapture` the faults of known failures are printed too.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where its own ground is missing, and says so"
)]

#[path = "meaning/compare.rs"]
mod compare;
#[path = "meaning/crates.rs"]
mod crates;
#[path = "meaning/data.rs"]
mod data;
#[path = "meaning/document.rs"]
mod document;

use std::collections::{BTreeMap, BTreeSet};

use data::Feature;

/// What is wrong with each feature, by its name.
type Faults = BTreeMap<String, Vec<String>>;

const KNOWN_FAILURES: &str = include_str!("meaning/known_failures.txt");

#[test]
fn values_mean_what_the_document_says() {
    let features = data::read();
    assert!(features.len() >= 110, "only {} features", features.len());
    let mut faults = Faults::new();
    let harness = crates::build(&features, &mut faults);
    compare::compare(&features, &harness, &mut faults);
    check(&features, &faults);
}

/// The failing features are those that are known to fail, and no others.
#[track_caller]
fn check(features: &[Feature], faults: &Faults) {
    let known: BTreeSet<&str> = KNOWN_FAILURES
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let mut report = Vec::new();
    for (name, said) in faults.iter().filter(|(name, _)| !known.contains(name.as_str())) {
        report.push(format!("{name}\n    {}", said.join("\n    ")));
    }
    let names: BTreeSet<&str> = features.iter().map(|feature| feature.name.as_str()).collect();
    for name in known.iter().filter(|name| !faults.contains_key(**name)) {
        let why = if names.contains(name) { "no longer fails" } else { "is no feature" };
        report.push(format!("{name}: {why}; take it out of tests/meaning/known_failures.txt"));
    }
    if std::env::var_os("MEANING_SHOW").is_some() {
        let cases: usize = features.iter().map(Feature::len).sum();
        eprintln!("{} features, {cases} cases, {} known failures", names.len(), known.len());
        faults.iter().for_each(|(name, said)| eprintln!("{name}\n    {}", said.join("\n    ")));
    }
    let count = report.len();
    assert!(report.is_empty(), "{count} of {}:\n{}", features.len(), report.join("\n"));
}
