//! Makes identifiers, each once.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span};

use super::reserved;

/// The names that are taken in one namespace.
#[derive(Debug, Default)]
pub(super) struct Scope {
    reserved: &'static [&'static str],
    taken: BTreeSet<String>,
}

impl Scope {
    /// A namespace in which some names are taken by what stands there anyway.
    pub(super) fn new(reserved: &'static [&'static str]) -> Self {
        Self { reserved, taken: BTreeSet::new() }
    }

    /// Takes `wanted`, or what comes nearest to it. Words that leave nothing of a name become
    /// `fallback`; a reserved name gets it as a suffix; one that is taken gets a number.
    pub(super) fn claim(&mut self, wanted: &str, fallback: &str) -> Ident {
        let snake = fallback.chars().all(|char| !char.is_uppercase());
        let mut name = legal(wanted, fallback);
        if self.reserved.contains(&name.as_str()) || reserved::NEVER.contains(&name.as_str()) {
            let separator = if snake { "_" } else { "" };
            name = format!("{name}{separator}{fallback}");
        }
        let mut unique = name.clone();
        let mut number = 2;
        while !self.taken.insert(unique.clone()) {
            let separator =
                if snake || name.ends_with(|char: char| char.is_ascii_digit()) { "_" } else { "" };
            unique = format!("{name}{separator}{number}");
            number += 1;
        }
        ident(&unique)
    }
}

/// A name of our own making as an identifier, raw where it is a keyword.
pub(super) fn ident(name: &str) -> Ident {
    if reserved::KEYWORDS.contains(&name) {
        Ident::new_raw(name, Span::call_site())
    } else {
        Ident::new(name, Span::call_site())
    }
}

/// An identifier without `r#`.
pub(super) fn bare(ident: &Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

/// Leaves what an identifier may hold.
fn legal(wanted: &str, fallback: &str) -> String {
    let kept: String =
        wanted.chars().filter(|char| unicode_ident::is_xid_continue(*char)).collect();
    match kept.chars().next() {
        None => fallback.to_owned(),
        Some('_') if kept.trim_matches('_').is_empty() => fallback.to_owned(),
        Some(first) if first.is_ascii_digit() => match fallback.chars().next() {
            Some(initial) if initial.is_uppercase() => format!("{fallback}{kept}"),
            _ => format!("_{kept}"),
        },
        Some(first) if !(first == '_' || unicode_ident::is_xid_start(first)) => format!("_{kept}"),
        Some(_) => kept,
    }
}
