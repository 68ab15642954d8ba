//! Which operations have the same errors, or the same headers, and so share one type for them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Layout, Need};
use crate::ir::{Api, Content, Operation, Rule, Status, TypeId, TypeRef};

/// Which operations have the same errors.
#[derive(Debug)]
pub struct SharedErrors {
    /// For each operation the first that has the same errors; mostly itself.
    first: Vec<usize>,
    /// By the first of them, the operations that have the same errors, where there are several.
    members: BTreeMap<usize, Vec<usize>>,
    /// Those of the first whose errors operations of other groups have too.
    apart: BTreeSet<usize>,
}

impl SharedErrors {
    /// Finds them: in all groups where everyone has the types of the errors, else in each group.
    pub(super) fn of(api: &Api, layout: &Layout) -> Self {
        let everyones: BTreeSet<TypeId> = match layout.groups.first() {
            Some(group) if group.need == Need::All => group.types.iter().copied().collect(),
            _ => BTreeSet::new(),
        };
        let is_everyones = |errors: &Errors<'_>| {
            let mut types = errors.iter().filter_map(|(_, content)| content.as_ref()?.ty());
            types.all(|ty| is_everyones_type(ty, &everyones))
        };
        let first = firsts(api, layout, errors, is_everyones);
        let of_others = layout.groups.iter().flat_map(|group| {
            let firsts = group.operations.iter().filter_map(|index| first.get(*index));
            firsts.copied().filter(|first| !group.operations.contains(first))
        });
        let apart = of_others.collect();
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, first) in first.iter().enumerate() {
            members.entry(*first).or_default().push(index);
        }
        members.retain(|_, members| members.len() > 1);
        Self { first, members, apart }
    }

    /// The first operation with the errors of operation `index`, if several have them.
    pub fn first(&self, index: usize) -> Option<usize> {
        self.first.get(index).copied().filter(|first| self.members.contains_key(first))
    }

    /// The operations with the errors of the first of them, where there are several.
    pub fn members(&self) -> impl Iterator<Item = (usize, &[usize])> {
        self.members.iter().map(|(first, members)| (*first, members.as_slice()))
    }

    /// The operations with the errors of operation `first`, if several have them.
    pub fn members_of(&self, first: usize) -> &[usize] {
        self.members.get(&first).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether the errors of operation `first` belong to several groups, and so to none.
    pub fn is_apart(&self, first: usize) -> bool {
        self.apart.contains(&first)
    }

    /// The first operations of those whose errors belong to several groups.
    pub fn apart(&self) -> impl Iterator<Item = usize> {
        self.apart.iter().copied()
    }
}

type Errors<'a> = Vec<(Status, Option<&'a Content>)>;

fn errors(operation: &Operation) -> Errors<'_> {
    let errors = operation.errors_by_status().into_iter();
    errors.map(|(_, response)| (response.status, response.body.as_ref())).collect()
}

fn is_everyones_type(ty: &TypeRef, everyones: &BTreeSet<TypeId>) -> bool {
    let mut all = true;
    ty.each_id(&mut |id| all &= everyones.contains(&id));
    all
}

/// A header as its type and its docs have it.
type Header<'a> = (&'a str, &'a TypeRef, &'a [Rule], Option<&'a str>, bool);

/// For each operation the first of its group whose responses of success have the same headers.
pub(super) fn headers(api: &Api, layout: &Layout) -> Vec<usize> {
    fn told(operation: &Operation) -> Vec<Header<'_>> {
        let headers = operation.success_headers().into_iter();
        let header = headers.map(|field| {
            let words = field.description.as_deref();
            (field.name.as_str(), &field.ty, field.rules.as_slice(), words, field.secret)
        });
        header.collect()
    }
    firsts(api, layout, told, |_| false)
}

/// For each operation the first of which `part` tells the same: of its group, or of all where
/// `is_everyones` says so of the part.
fn firsts<'a, T: PartialEq>(
    api: &'a Api,
    layout: &Layout,
    part: impl Fn(&'a Operation) -> T,
    is_everyones: impl Fn(&T) -> bool,
) -> Vec<usize> {
    let mut first: Vec<usize> = (0..api.operations.len()).collect();
    let mut known: Vec<(T, usize, usize)> = Vec::new();
    for (at, group) in layout.groups.iter().enumerate() {
        for index in &group.operations {
            let Some(part) = api.operations.get(*index).map(&part) else { continue };
            let anywhere = is_everyones(&part);
            let mut known_here = known.iter().filter(|(_, home, _)| anywhere || *home == at);
            match known_here.find(|(same, ..)| *same == part) {
                Some((.., same)) => {
                    if let Some(slot) = first.get_mut(*index) {
                        *slot = *same;
                    }
                }
                None => known.push((part, at, *index)),
            }
        }
    }
    first
}
