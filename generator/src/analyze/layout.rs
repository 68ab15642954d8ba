//! Which operations and types stand together: one group for all, or, for a document with many
//! operations, one for each tag, so that a user compiles what is used.

use std::collections::{BTreeMap, BTreeSet};

use super::reached;
use super::tags::{By, Tags};
use crate::ir::{Api, Origin, SchemaId, Shape, TypeId};

/// Documents with more operations than this are laid out by tag.
const MOST_TOGETHER: usize = 100;

/// Types that more tags than this reach belong to all of them.
const MOST_TAGS: usize = 5;

/// The groups of an API.
#[derive(Debug, Default)]
pub struct Layout {
    /// The tags, in the order of the operations; empty when everything stands together.
    pub tags: Vec<String>,
    /// Where they come from.
    pub by: By,
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
        let large = api.operations.len() > MOST_TOGETHER;
        let mut tags = if large { Tags::of(api) } else { Tags::none(api) };
        let apart = !tags.names.is_empty() && !api.webhooks.is_empty();
        let webhooks = apart.then_some(tags.names.len());
        if apart {
            tags.names.push("webhooks".to_owned());
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
        for (index, tag) in tags.of.iter().enumerate() {
            let need = tag.map_or(Need::All, |tag| Need::Tags(vec![tag]));
            groups.entry(need).or_default().operations.push(index);
        }
        let groups = groups.into_iter().map(|(need, group)| Group { need, ..group });
        let Tags { names: tags, by, .. } = tags;
        Self { groups: groups.collect(), tags, by, webhooks, implied }
    }
}

/// For each type the tags whose operations reach it; those of no tag count as one more.
fn users(api: &Api, tags: &Tags, webhooks: Option<usize>) -> Vec<BTreeSet<usize>> {
    let mut named: BTreeMap<usize, Vec<TypeId>> = BTreeMap::new();
    for (operation, tag) in api.operations.iter().zip(&tags.of) {
        let open = named.entry(tag.unwrap_or(tags.names.len())).or_default();
        operation.each_id(&mut |id| open.push(id));
    }
    for event in &api.webhooks {
        let open = named.entry(webhooks.unwrap_or(tags.names.len())).or_default();
        event.each_id(&mut |id| open.push(id));
    }
    // A further name of a type stands with the place that it is the name of.
    let mut names: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    let tags_of = tags.by_id(api);
    for (index, def) in api.types.iter().enumerate() {
        match (&def.shape, &def.origin) {
            (Shape::Alias(_), Origin::Property(owner, _)) => names.entry(*owner).or_default(),
            (Shape::Alias(_), Origin::Operation(id, _)) => {
                // Where it is not of an operation, it is of a webhook.
                let tag = tags_of.get(id.as_str()).copied().or(webhooks);
                named.entry(tag.unwrap_or(tags.names.len())).or_default()
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
    tags: &Tags,
    of_types: &[BTreeSet<usize>],
) -> BTreeMap<SchemaId, BTreeSet<usize>> {
    let mut users: BTreeMap<SchemaId, BTreeSet<usize>> = BTreeMap::new();
    for (def, of_type) in api.types.iter().zip(of_types) {
        for id in reached::schemas(api, |each| def.each_rules(each)) {
            users.entry(id).or_default().extend(of_type);
        }
    }
    for (operation, tag) in api.operations.iter().zip(&tags.of) {
        for id in reached::schemas(api, |each| operation.each_rules(each)) {
            users.entry(id).or_default().insert(tag.unwrap_or(tags.names.len()));
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
fn implied(parts: Vec<&BTreeSet<usize>>, tags: &Tags) -> Vec<usize> {
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

fn need(users: &BTreeSet<usize>, tags: &Tags) -> Need {
    if tags.names.is_empty() || users.contains(&tags.names.len()) || users.len() > MOST_TAGS {
        Need::All
    } else if users.is_empty() {
        Need::None
    } else {
        Need::Tags(users.iter().copied().collect())
    }
}
