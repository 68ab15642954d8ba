//! Collects diagnostics; never prints.

use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use super::{Diagnostic, Severity};

/// Where a stage reports what it finds, in order.
#[derive(Debug, Default)]
pub struct Sink {
    diagnostics: Vec<Diagnostic>,
    errors: usize,
    /// The hashes of all. Only ever asked, so its order does not matter.
    known: HashSet<u64>,
}

/// A stage could not go on. Why is in the sink.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Failed;

impl Sink {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a diagnostic; one that was reported before, to the letter and the place, says nothing
    /// new.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        let hasher = BuildHasherDefault::<DefaultHasher>::default();
        if !self.known.insert(hasher.hash_one(&diagnostic)) {
            return;
        }
        self.errors += usize::from(diagnostic.severity == Severity::Error);
        self.diagnostics.push(diagnostic);
    }

    /// Whether any error was reported.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// Stands between stages: what follows may rely on there having been no errors.
    pub fn gate(&self) -> Result<(), Failed> {
        if self.has_errors() { Err(Failed) } else { Ok(()) }
    }

    /// What was reported, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter()
    }

    /// What was reported, in order.
    pub fn as_slice(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// What was reported, in order.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.diagnostics
    }
}

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("there were errors")
    }
}

impl std::error::Error for Failed {}
