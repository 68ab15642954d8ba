//! What the rules of several schemas have in common, told once: a large schema that stands inline in
//! each variant of a union becomes one that rules refer to.

use std::collections::BTreeMap;

use crate::diag::Place;
use crate::ir::{Api, Rule, Schema, SchemaId};

/// Lists of fewer rules than this, those within them counted, stay where they are.
const LEAST: usize = 12;

/// Moves lists of rules that stand more than once among the schemas that rules refer to.
pub(super) fn hoist(api: &mut Api) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    api.each_rules_mut(&mut |_, rules| rules.iter().for_each(|rule| count(rule, &mut counts)));
    counts.retain(|_, count| *count > 1);
    if counts.is_empty() {
        return;
    }
    let mut hoisted =
        Hoisted { counts, known: BTreeMap::new(), first: api.schemas.len(), schemas: Vec::new() };
    api.each_rules_mut(&mut |place, rules| hoisted.within(place, rules));
    api.schemas.append(&mut hoisted.schemas);
}

fn count(rule: &Rule, counts: &mut BTreeMap<String, usize>) {
    rule.each_list(&mut |rules| {
        if weight(rules) >= LEAST {
            *counts.entry(key(rules)).or_default() += 1;
            rules.iter().for_each(|rule| count(rule, counts));
        }
    });
}

fn weight(rules: &[Rule]) -> usize {
    let mut all = rules.len();
    rules.iter().for_each(|rule| rule.each_list(&mut |rules| all += weight(rules)));
    all
}

fn key(rules: &[Rule]) -> String {
    format!("{rules:?}")
}

struct Hoisted {
    /// The lists that stand more than once.
    counts: BTreeMap<String, usize>,
    known: BTreeMap<String, SchemaId>,
    /// The index of the first schema that is new.
    first: usize,
    schemas: Vec<Schema>,
}

impl Hoisted {
    /// Looks into the rules of a schema; these themselves stay.
    fn within(&mut self, place: &Place, rules: &mut [Rule]) {
        for rule in rules {
            rule.each_list_mut(&mut |rules| {
                if weight(rules) >= LEAST {
                    self.list(place, rules);
                }
            });
        }
    }

    fn list(&mut self, place: &Place, rules: &mut Vec<Rule>) {
        let key = key(rules);
        if !self.counts.contains_key(&key) {
            return self.within(place, rules);
        }
        let id = match self.known.get(&key) {
            Some(id) => *id,
            None => {
                let mut rules = std::mem::take(rules);
                self.within(place, &mut rules);
                let id = SchemaId(self.first + self.schemas.len());
                let name = format!("part {}", self.schemas.len() + 1);
                self.schemas.push(Schema { name, place: place.clone(), rules });
                self.known.insert(key, id);
                id
            }
        };
        *rules = vec![Rule::Schema(id)];
    }
}
