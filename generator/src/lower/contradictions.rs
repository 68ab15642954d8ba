//! Lists that must hold for one value and have none in common: a document that contradicts itself.
//! Each such set of lists is told once, when all schemas have been looked at.

use indexmap::{IndexMap, IndexSet};

use crate::diag::{Diagnostic, Place, Pointer, elsewhere};

/// The lists, and where it is said that all of them hold.
#[derive(Default)]
pub(super) struct Contradictions(IndexMap<Vec<Pointer>, IndexSet<Pointer>>);

impl Contradictions {
    /// Takes lists that contradict each other, and the place of the `allOf` that they are parts of.
    pub(super) fn add(&mut self, lists: Vec<Pointer>, composer: &Pointer) {
        self.0.entry(lists).or_default().insert(composer.clone());
    }

    /// A warning for each. What builds on a schema that contradicts itself does so too, and is counted.
    pub(super) fn warnings(&self, place: impl Fn(&Pointer) -> Place) -> Vec<Diagnostic> {
        let all = self.0.iter().filter_map(|(lists, composers)| {
            let lists: Vec<Place> = lists.iter().map(&place).collect();
            let composer = place(composers.first()?);
            let message = message(&lists) + &elsewhere(composers.len() - 1);
            let warning = Diagnostic::warning("disjoint-values", message);
            let help = "let the lists have values in common; until then any that one of them has \
                        is taken";
            let warning = warning.at_key(composer).help(help);
            Some(lists.into_iter().fold(warning, |it, list| it.related(list, "one of the lists")))
        });
        all.collect()
    }
}

fn message(lists: &[Place]) -> String {
    let word = if lists.len() == 2 { "both" } else { "all of" };
    let lists: Vec<String> = lists.iter().map(|list| format!("`#{}`", list.pointer)).collect();
    format!("the parts contradict each other: no value is in {word} {}", lists.join(" and "))
}
