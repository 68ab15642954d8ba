//! What a large document is split by: its tags, and where they tell nothing apart, its paths.

use std::collections::BTreeMap;

use crate::ir::Api;

/// Where the names of the parts come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// The tags of operations.
    #[default]
    Tag,
    /// A step of their paths.
    Path,
}

/// The parts that a document is split into.
#[derive(Debug)]
pub(super) struct Tags {
    /// Their names, in the order of the operations.
    pub(super) names: Vec<String>,
    /// For each operation that of its part.
    pub(super) of: Vec<Option<usize>>,
    pub(super) by: By,
}

impl Tags {
    /// No parts: everything stands together.
    pub(super) fn none(api: &Api) -> Self {
        Self::named(api.operations.iter().map(|_| None), By::Tag)
    }

    /// Those of an API.
    pub(super) fn of(api: &Api) -> Self {
        // An operation belongs to its first tag; the others are for readers.
        let first = |index: usize| Some(api.operations.get(index)?.tags.first()?.as_str());
        let tags = Self::named((0..api.operations.len()).map(first), By::Tag);
        // One tag for everything tells nothing apart.
        if tags.names.len() > 1 {
            return tags;
        }
        let paths: Vec<Vec<&str>> = api.operations.iter().map(|it| steps(&it.path)).collect();
        let depth = (0..DEEPEST).find(|depth| tells_apart(&paths, *depth));
        let Some(depth) = depth else { return Self::none(api) };
        Self::named(paths.iter().map(|path| path.get(depth).copied()), By::Path)
    }

    fn named<'n>(of_operations: impl Iterator<Item = Option<&'n str>>, by: By) -> Self {
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        let mut names: Vec<String> = Vec::new();
        let of = of_operations.map(|name| {
            let name = name?;
            Some(*known.entry(name).or_insert_with(|| {
                names.push(name.to_owned());
                names.len() - 1
            }))
        });
        let of = of.collect();
        Self { names, of, by }
    }

    /// The parts by the ids of their operations; as one more, that of those without.
    pub(super) fn by_id<'a>(&self, api: &'a Api) -> BTreeMap<&'a str, usize> {
        let all = api.operations.iter().zip(&self.of);
        all.map(|(it, tag)| (it.id.as_str(), tag.unwrap_or(self.names.len()))).collect()
    }
}

/// Steps of a path further down tell nothing of what an API consists of.
const DEEPEST: usize = 4;

/// The steps of a path that are no parameters, without a query and without what Google's APIs have
/// behind a colon.
fn steps(path: &str) -> Vec<&str> {
    let path = path.split('?').next().unwrap_or_default();
    let steps = path.split('/').filter(|step| !step.contains('{'));
    steps.filter_map(|step| step.split(':').next()).filter(|step| !step.is_empty()).collect()
}

/// Whether a step is neither the same for nearly all operations, such as a version, nor another one
/// for each, nor missing for most.
fn tells_apart(paths: &[Vec<&str>], depth: usize) -> bool {
    let at: Vec<&str> = paths.iter().filter_map(|path| path.get(depth).copied()).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for step in &at {
        *counts.entry(step).or_default() += 1;
    }
    let most = counts.values().copied().max().unwrap_or_default();
    let several = counts.len() > 1 && counts.len() * 2 < paths.len();
    several && most * 5 < paths.len() * 4 && at.len() * 2 > paths.len()
}
