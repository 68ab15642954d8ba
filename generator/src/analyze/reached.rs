//! What is reached from what: types from types, and the schemas that rules refer to.

use std::collections::BTreeSet;

use crate::ir::{Api, Rule, SchemaId, TypeId};

/// These types, and all that they are made of.
pub(super) fn types(api: &Api, open: Vec<TypeId>) -> BTreeSet<TypeId> {
    types_with(api, open, |_| &[])
}

/// These types, all that they are made of, and for each what else comes with it.
pub(super) fn types_with<'a>(
    api: &Api,
    mut open: Vec<TypeId>,
    with: impl Fn(TypeId) -> &'a [TypeId],
) -> BTreeSet<TypeId> {
    let mut reached = BTreeSet::new();
    while let Some(id) = open.pop() {
        if let (true, Some(def)) = (reached.insert(id), api.ty(id)) {
            def.each_id(&mut |part| open.push(part));
            open.extend(with(id));
        }
    }
    reached
}

/// The schemas that rules lead to: those of a type, say, or of an operation.
pub(super) fn schemas(
    api: &Api,
    each_rules: impl FnOnce(&mut dyn FnMut(&[Rule])),
) -> BTreeSet<SchemaId> {
    let mut reached = BTreeSet::new();
    let mut open = Vec::new();
    each_rules(&mut |rules| rules.iter().for_each(|rule| references(rule, &mut open)));
    while let Some(id) = open.pop() {
        if let (true, Some(schema)) = (reached.insert(id), api.schemas.get(id.0)) {
            schema.rules.iter().for_each(|rule| references(rule, &mut open));
        }
    }
    reached
}

fn references(rule: &Rule, found: &mut Vec<SchemaId>) {
    if let Rule::Schema(id) = rule {
        found.push(*id);
    }
    rule.each_list(&mut |rules| rules.iter().for_each(|rule| references(rule, found)));
}
