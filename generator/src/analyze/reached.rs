//! Which of the schemas that rules may refer to are referred to.

use std::collections::BTreeSet;

use crate::ir::{Api, Rule, SchemaId};

/// The schemas that the rules of types and operations lead to.
pub(super) fn schemas(api: &Api) -> BTreeSet<SchemaId> {
    let mut reached = BTreeSet::new();
    let mut open = Vec::new();
    api.each_rules(&mut |rules| rules.iter().for_each(|rule| references(rule, &mut open)));
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
