//! Makes identifiers, each once.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};

use super::{reserved, words};
use crate::diag::{Diagnostic, FileId, Sink};
use crate::settings::Name;

/// The names that are taken in one namespace.
#[derive(Debug, Default)]
pub(super) struct Scope {
    reserved: [&'static [&'static str]; 2],
    taken: BTreeSet<String>,
    /// The number to try next for a name that is taken: thousands may want the same.
    numbers: BTreeMap<String, usize>,
    /// The names that the user gave, with the place of each in the settings.
    given: BTreeMap<String, (FileId, Range<usize>)>,
    /// Names of the document that are given to something else.
    clashes: BTreeSet<String>,
}

/// How a name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// `UpperCamelCase`, for types and variants.
    Camel,
    /// `snake_case`, for everything else.
    Snake,
}

impl Scope {
    /// A namespace in which some names are taken by what stands there anyway.
    pub(super) fn new(reserved: &'static [&'static str]) -> Self {
        Self { reserved: [reserved, &[]], ..Self::default() }
    }

    /// A namespace of types, in which the prelude's names are taken and some others.
    pub(super) fn of_types(reserved: &'static [&'static str]) -> Self {
        Self { reserved: [reserved::PRELUDE, reserved], ..Self::default() }
    }

    /// Whether a name is to be had as it is.
    pub(super) fn is_free(&self, name: &str) -> bool {
        !self.is_reserved(name) && !self.taken.contains(name)
    }

    fn is_reserved(&self, name: &str) -> bool {
        let lists = self.reserved.iter().chain([&reserved::NEVER]);
        lists.into_iter().any(|list| list.contains(&name))
    }

    /// Names things in their order: those whose name the user gives before all others, so that it is
    /// theirs. `wanted` is what the others would be called.
    pub(super) fn claim_all<'s>(
        &mut self,
        things: impl Iterator<Item = (Option<Name<'s>>, String)>,
        case: Case,
        fallback: &str,
        sink: &mut Sink,
    ) -> Vec<Ident> {
        let things: Vec<(Option<Ident>, String)> = things
            .map(|(name, wanted)| (name.and_then(|name| self.give(&name, case, sink)), wanted))
            .collect();
        let names = things
            .into_iter()
            .map(|(given, wanted)| given.unwrap_or_else(|| self.claim(&wanted, fallback)))
            .collect();
        self.report_clashes(sink);
        names
    }

    /// Takes exactly the name that the user gives. One that cannot be had is reported.
    pub(super) fn give(&mut self, name: &Name<'_>, case: Case, sink: &mut Sink) -> Option<Ident> {
        let report = |sink: &mut Sink, message: String, help: &str| {
            let error = Diagnostic::error("wrong-name", message);
            sink.report(error.at_bytes(name.file, name.span.clone()).help(help));
            None
        };
        if let Err(help) = check(name.text, case) {
            let what = match case {
                Case::Camel => "a type or a variant",
                Case::Snake => "a field, a function or a module",
            };
            return report(sink, format!("`{}` is no name for {what}", name.text), &help);
        }
        if self.is_reserved(name.text) {
            let message = format!("`{}` is a name that generated code needs itself", name.text);
            return report(sink, message, "choose another name");
        }
        if !self.taken.insert(name.text.to_owned()) {
            let message = format!("`{}` is given to two things that stand together", name.text);
            return report(sink, message, "choose another name for one of them");
        }
        self.given.insert(name.text.to_owned(), (name.file, name.span.clone()));
        Some(ident(name.text))
    }

    /// Reports the names that the user gave to one thing while the document gives them to another.
    pub(super) fn report_clashes(&mut self, sink: &mut Sink) {
        for name in std::mem::take(&mut self.clashes) {
            let Some((file, span)) = self.given.get(&name) else { continue };
            let message = format!("`{name}` is what something else beside it is called already");
            let error = Diagnostic::error("wrong-name", message).at_bytes(*file, span.clone());
            sink.report(error.help("choose another name, or rename the other one as well"));
        }
    }

    /// Takes `wanted`, or what comes nearest to it. Words that leave nothing of a name become
    /// `fallback`; a reserved name gets it as a suffix; one that is taken gets a number.
    pub(super) fn claim(&mut self, wanted: &str, fallback: &str) -> Ident {
        let snake = fallback.chars().all(|char| !char.is_uppercase());
        let mut name = legal(words::several(wanted), fallback);
        if self.is_reserved(&name) {
            let separator = if snake { "_" } else { "" };
            name = format!("{name}{separator}{fallback}");
        }
        if self.given.contains_key(&name) {
            self.clashes.insert(name.clone());
        }
        let unique =
            if self.taken.insert(name.clone()) { name } else { self.numbered(name, snake) };
        ident(&unique)
    }

    /// Takes a name that is taken with the first number that is free.
    fn numbered(&mut self, name: String, snake: bool) -> String {
        let ends_in_digit = name.ends_with(|char: char| char.is_ascii_digit());
        let separator = if snake || ends_in_digit { "_" } else { "" };
        let number = self.numbers.entry(name.clone()).or_insert(2);
        loop {
            let unique = format!("{name}{separator}{number}");
            *number += 1;
            if self.taken.insert(unique.clone()) {
                return unique;
            }
        }
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

/// An identifier without `r#`, as files and the links of docs are called.
pub fn bare(ident: &Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

/// Whether a name is an identifier in the case that the compiler asks for; what to do, otherwise.
fn check(name: &str, case: Case) -> Result<(), String> {
    let mut chars = name.chars();
    let starts = chars.next().is_some_and(|char| char == '_' || unicode_ident::is_xid_start(char));
    if !starts || !chars.all(unicode_ident::is_xid_continue) || name.trim_matches('_').is_empty() {
        return Err("a name has letters, digits and `_`, and starts with a letter".to_owned());
    }
    let (wanted, is_fine) = match case {
        Case::Camel => (
            name.to_upper_camel_case(),
            !name.contains('_') && !name.starts_with(char::is_lowercase),
        ),
        Case::Snake => {
            let is_plain = !name.starts_with('_') && !name.ends_with('_') && !name.contains("__");
            (name.to_snake_case(), is_plain && !name.contains(char::is_uppercase))
        }
    };
    if is_fine { Ok(()) } else { Err(format!("write it as `{wanted}`")) }
}

/// Leaves what an identifier may hold.
fn legal(wanted: &str, fallback: &str) -> String {
    let mut kept = String::with_capacity(wanted.len());
    for char in wanted.chars().filter(|char| unicode_ident::is_xid_continue(*char)) {
        // Where a sign goes that something stood between, so does what is then one too many.
        if char != '_' || !kept.ends_with('_') {
            kept.push(char);
        }
    }
    let is_camel = fallback.starts_with(char::is_uppercase);
    match kept.chars().next() {
        None => fallback.to_owned(),
        Some('_') if kept.trim_matches('_').is_empty() => fallback.to_owned(),
        // Such as `ª`, which has no other case.
        Some(first) if is_camel && first.is_lowercase() => format!("{fallback}{kept}"),
        Some(first) if first.is_ascii_digit() => match is_camel {
            true => format!("{fallback}{kept}"),
            false => format!("_{kept}"),
        },
        Some(first) if !(first == '_' || unicode_ident::is_xid_start(first)) => format!("_{kept}"),
        Some(_) => kept,
    }
}
