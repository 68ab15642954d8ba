//! Which operations and types stand together: one group for all, or, for a document with many
//! operations, one for each tag, so that a user compiles what is used.

use std::collections::{BTreeMap, BTreeSet};

use super::reached;
use crate::ir::{Api, Operation, Origin, SchemaId, Shape, TypeId};

/// Documents with more operations than this are laid out by tag.
const MOST_TOGETHER: usize = 100;

/// Types that more tags than this reach belong to all of them.
const MOST_TAGS: usize = 5;

/// The groups of an API.
#[derive(Debug, Default)]
pub struct Layout {
    /// The tags, in the order of the operations; empty when everything stands together.
    pub tags: Vec<String>,
    /// Which of the tags stands for the webhooks, if they have one: those of an API that is split.
    pub webhooks: Option<usize>,
    /// Tags that come with what no operation reaches: some of it is made of their types.
    pub implied: Vec<usize>,
    /// The groups, in the order of their tags; the first holds what all tags share.
    pub groups: Vec<Group>,
}

/// Types and operations that stand together.
#[derive(Debug, Default)]
pub struct Group {
    /// Who needs it.
    pub need: Need,
    /// Its types, in the document's order.
    pub types: Vec<TypeId>,
    /// The indices of its operations, in the document's order.
    pub operations: Vec<usize>,
    /// The schemas that rules of its types and operations refer to, in the document's order.
    pub schemas: Vec<SchemaId>,
}

/// Who needs a group.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Everyone.
    #[default]
    All,
    /// Whoever uses one of these tags, which are indices into [`Layout::tags`].
    Tags(Vec<usize>),
    /// No operation and no webhook does: what a document merely defines.
    None,
}

impl Layout {
    /// Whether the API is laid out by tag.
    pub fn is_split(&self) -> bool {
        !self.tags.is_empty()
    }

    /// Lays out an API.
    pub(super) fn of(api: &Api) -> Self {
        let mut tags = if api.operations.len() > MOST_TOGETHER { tags(api) } else { Vec::new() };
        let apart = !tags.is_empty() && !api.webhooks.is_empty();
        let webhooks = apart.then_some(tags.len());
        if apart {
            tags.push("webhooks".to_owned());
        }
        let mut groups: BTreeMap<Need, Group> = BTreeMap::new();
        groups.entry(Need::All).or_default();
        let reached = users(api, &tags, webhooks);
        for (index, users) in reached.iter().enumerate() {
            let need = need(users, &tags);
            groups.entry(need).or_default().types.push(TypeId(index));
        }
        let schemas = schema_users(api, &tags, &reached);
        for (id, users) in &schemas {
            groups.entry(need(users, &tags)).or_default().schemas.push(*id);
        }
        let unreached = groups.get(&Need::None).map(|group| group.types.clone());
        let parts = parts(api, unreached.unwrap_or_default(), &reached, &schemas);
        let implied = implied(parts, &tags);
        for (index, operation) in api.operations.iter().enumerate() {
            let need = tag_of(operation, &tags).map_or(Need::All, |tag| Need::Tags(vec![tag]));
            groups.entry(need).or_default().operations.push(index);
        }
        let groups = groups.into_iter().map(|(need, group)| Group { need, ..group });
        Self { groups: groups.collect(), tags, webhooks, implied }
    }
}

/// The first tag of each operation, each once.
fn tags(api: &Api) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in api.operations.iter().filter_map(|operation| operation.tags.first()) {
        if !tags.contains(tag) {
            tags.push(tag.clone());
        }
    }
    // One tag for everything tells nothing apart.
    if tags.len() > 1 { tags } else { Vec::new() }
}

/// An operation belongs to its first tag; the others are for readers.
fn tag_of(operation: &Operation, tags: &[String]) -> Option<usize> {
    let first = operation.tags.first()?;
    tags.iter().position(|tag| tag == first)
}

/// The tags of operations by their ids; as one more, that of those without.
fn tags_of<'a>(api: &'a Api, tags: &[String]) -> BTreeMap<&'a str, usize> {
    let all = api.operations.iter();
    all.map(|it| (it.id.as_str(), tag_of(it, tags).unwrap_or(tags.len()))).collect()
}

/// For each type the tags whose operations reach it; those of no tag count as one more.
fn users(api: &Api, tags: &[String], webhooks: Option<usize>) -> Vec<BTreeSet<usize>> {
    let mut named: BTreeMap<usize, Vec<TypeId>> = BTreeMap::new();
    for operation in &api.operations {
        let open = named.entry(tag_of(operation, tags).unwrap_or(tags.len())).or_default();
        operation.each_id(&mut |id| open.push(id));
    }
    for event in &api.webhooks {
        let open = named.entry(webhooks.unwrap_or(tags.len())).or_default();
        event.each_id(&mut |id| open.push(id));
    }
    // A further name of a type stands with the place that it is the name of.
    let mut names: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    let tags_of = tags_of(api, tags);
    for (index, def) in api.types.iter().enumerate() {
        match (&def.shape, &def.origin) {
            (Shape::Alias(_), Origin::Property(owner, _)) => names.entry(*owner).or_default(),
            (Shape::Alias(_), Origin::Operation(id, _)) => {
                // Where it is not of an operation, it is of a webhook.
                let tag = tags_of.get(id.as_str()).copied().or(webhooks);
                named.entry(tag.unwrap_or(tags.len())).or_default()
            }
            _ => continue,
        }
        .push(TypeId(index));
    }
    let of = |id| names.get(&id).map(Vec::as_slice).unwrap_or_default();
    let mut users: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); api.types.len()];
    for (tag, open) in named {
        for id in reached::types_with(api, open, of) {
            users.get_mut(id.0).into_iter().for_each(|users| {
                users.insert(tag);
            });
        }
    }
    users
}

/// As [`users`], for the schemas that any rule leads to.
fn schema_users(
    api: &Api,
    tags: &[String],
    of_types: &[BTreeSet<usize>],
) -> BTreeMap<SchemaId, BTreeSet<usize>> {
    let mut users: BTreeMap<SchemaId, BTreeSet<usize>> = BTreeMap::new();
    for (def, of_type) in api.types.iter().zip(of_types) {
        for id in reached::schemas(api, |each| def.each_rules(each)) {
            users.entry(id).or_default().extend(of_type);
        }
    }
    for operation in &api.operations {
        for id in reached::schemas(api, |each| operation.each_rules(each)) {
            users.entry(id).or_default().insert(tag_of(operation, tags).unwrap_or(tags.len()));
        }
    }
    users
}

/// Of all that types are made of, who uses it.
fn parts<'a>(
    api: &Api,
    types: Vec<TypeId>,
    of_types: &'a [BTreeSet<usize>],
    of_schemas: &'a BTreeMap<SchemaId, BTreeSet<usize>>,
) -> Vec<&'a BTreeSet<usize>> {
    let types = reached::types(api, types);
    let defs = types.iter().filter_map(|id| api.ty(*id));
    let schemas = defs.flat_map(|def| reached::schemas(api, |each| def.each_rules(each)));
    let of_schemas = schemas.filter_map(|id| of_schemas.get(&id));
    types.iter().filter_map(|id| of_types.get(id.0)).chain(of_schemas).collect()
}

/// Tags of which each of these has one, unless everyone has it.
fn implied(parts: Vec<&BTreeSet<usize>>, tags: &[String]) -> Vec<usize> {
    let mut implied = BTreeSet::new();
    for users in parts {
        if let Need::Tags(users) = need(users, tags)
            && !users.iter().any(|tag| implied.contains(tag))
        {
            implied.extend(users.first());
        }
    }
    implied.into_iter().collect()
}

fn need(users: &BTreeSet<usize>, tags: &[String]) -> Need {
    if tags.is_empty() || users.contains(&tags.len()) || users.len() > MOST_TAGS {
        Need::All
    } else if users.is_empty() {
        Need::None
    } else {
        Need::Tags(users.iter().copied().collect())
    }
}
