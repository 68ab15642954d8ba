//! Names of the modules and cargo features that a large API is split into.

use heck::{ToKebabCase as _, ToSnakeCase as _};

use super::GroupNames;
use super::reserved;
use super::scope::{Case, Scope, bare};
use crate::analyze::{Layout, Need};
use crate::diag::Sink;
use crate::settings::Given;

/// The feature of types that no operation reaches.
pub const UNREACHED: &str = "unreached-models";

/// The words of the tags.
pub(super) fn tags(layout: &Layout, given: &Given<'_, '_>, sink: &mut Sink) -> Vec<String> {
    let mut scope = Scope::new(reserved::FEATURES);
    let tags = layout.tags.iter().map(|tag| (given.tag(tag), tag.to_snake_case()));
    scope.claim_all(tags, Case::Snake, "tag", sink).iter().map(bare).collect()
}

/// The cargo features of the tags.
pub(super) fn features(tags: &[String], prefix: &str) -> Vec<String> {
    tags.iter().map(|tag| format!("{prefix}{}", tag.to_kebab_case())).collect()
}

/// The modules of the groups: a tag's own, what a few tags share, and what all do.
pub(super) fn names(
    layout: &Layout,
    tags: &[String],
    features: &[String],
    prefix: &str,
) -> Vec<GroupNames> {
    let mut scope = Scope::new(reserved::GROUPS);
    let groups = layout.groups.iter().map(|group| {
        let (wanted, features) = match &group.need {
            Need::All => ("common".to_owned(), Vec::new()),
            Need::None => ("unreached".to_owned(), vec![format!("{prefix}{UNREACHED}")]),
            Need::Tags(needed) => {
                let words: Vec<&str> =
                    needed.iter().filter_map(|tag| tags.get(*tag)).map(String::as_str).collect();
                let needed = needed.iter().filter_map(|tag| features.get(*tag)).cloned();
                (words.join("_and_"), needed.collect())
            }
        };
        GroupNames { module: scope.claim(&wanted, "tag"), features }
    });
    groups.collect()
}
