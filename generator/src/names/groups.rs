//! Names of the modules and cargo features that a large API is split into.

use heck::{ToKebabCase, ToSnakeCase};

use super::GroupNames;
use super::reserved;
use super::scope::{Scope, bare};
use crate::analyze::{Layout, Need};

/// The feature of types that no operation reaches.
pub const UNREACHED: &str = "unreached-models";

/// The cargo features of the tags.
pub(super) fn features(layout: &Layout, prefix: &str) -> Vec<String> {
    let mut scope = Scope::new(reserved::FEATURES);
    let claimed = layout.tags.iter().map(|tag| scope.claim(&tag.to_snake_case(), "tag"));
    claimed.map(|tag| format!("{prefix}{}", bare(&tag).to_kebab_case())).collect()
}

/// The modules of the groups: a tag's own, what a few tags share, and what all do.
pub(super) fn names(layout: &Layout, features: &[String], prefix: &str) -> Vec<GroupNames> {
    let mut scope = Scope::new(reserved::GROUPS);
    let groups = layout.groups.iter().map(|group| {
        let (wanted, features) = match &group.need {
            Need::All => ("common".to_owned(), Vec::new()),
            Need::None => ("unreached".to_owned(), vec![format!("{prefix}{UNREACHED}")]),
            Need::Tags(tags) => {
                let words = tags
                    .iter()
                    .filter_map(|tag| layout.tags.get(*tag))
                    .map(|tag| tag.to_snake_case());
                let needed = tags.iter().filter_map(|tag| features.get(*tag)).cloned();
                (words.collect::<Vec<_>>().join("_and_"), needed.collect())
            }
        };
        GroupNames { module: scope.claim(&wanted, "tag"), features }
    });
    groups.collect()
}
