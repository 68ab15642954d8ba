//! What the keywords of a schema speak of, for `unevaluatedProperties` and `unevaluatedItems`: the
//! properties and items of a value that they have rules for.

use std::collections::BTreeSet;

use super::assert::Checker;
use super::instance::{Instance, Object};
use super::model::{Level, List, View};
use super::rules::Rule;

/// The properties and items that some rules speak of.
#[derive(Default)]
pub(crate) struct Evaluated {
    properties: BTreeSet<String>,
    items: BTreeSet<usize>,
}

impl Evaluated {
    /// What `rules` speak of in a value. Of the parts of a choice only those count that hold.
    pub(crate) fn of(checker: &mut Checker, view: View<'_>, rules: &'static [Rule]) -> Self {
        let mut evaluated = Self::default();
        evaluated.rules(checker, view, rules);
        evaluated
    }

    pub(crate) fn has_property(&self, name: &str) -> bool {
        self.properties.contains(name)
    }

    pub(crate) fn has_item(&self, index: usize) -> bool {
        self.items.contains(&index)
    }

    fn rules(&mut self, checker: &mut Checker, view: View<'_>, rules: &'static [Rule]) {
        let Some(_level) = Level::enter() else { return };
        let instance = Instance::of(view);
        for rule in rules {
            match &instance {
                Instance::Object(object) => self.of_object(checker, view, *object, rule),
                Instance::List(list) => self.of_list(checker, *list, rule),
                _ => {}
            }
            self.of_parts(checker, view, rule);
        }
    }

    fn of_parts(&mut self, checker: &mut Checker, view: View<'_>, rule: &'static Rule) {
        match rule {
            Rule::AnyOf(parts) | Rule::OneOf(parts) => {
                for rules in *parts {
                    if checker.holds(view, rules) {
                        self.rules(checker, view, rules);
                    }
                }
            }
            Rule::If { test, then, otherwise } => {
                if checker.holds(view, test) {
                    self.rules(checker, view, test);
                    self.rules(checker, view, then);
                } else {
                    self.rules(checker, view, otherwise);
                }
            }
            Rule::Schema(schema) => self.rules(checker, view, schema.rules),
            _ => {}
        }
    }

    fn of_object(
        &mut self,
        checker: &mut Checker,
        view: View<'_>,
        object: Object<'_>,
        rule: &'static Rule,
    ) {
        match rule {
            Rule::Properties(entries) => {
                self.properties.extend(entries.iter().map(|(name, _)| (*name).to_owned()));
            }
            Rule::PatternProperties(entries) => object.each(&mut |name, _| {
                if entries.iter().any(|(pattern, _)| pattern.is_match(name)) {
                    self.properties.insert(name.to_owned());
                }
            }),
            Rule::DependentSchemas(entries) => {
                for (_, rules) in entries.iter().filter(|(name, _)| object.get(name).is_some()) {
                    self.rules(checker, view, rules);
                }
            }
            Rule::Values(_)
            | Rule::AdditionalProperties { .. }
            | Rule::UnevaluatedProperties { .. } => object.each(&mut |name, _| {
                self.properties.insert(name.to_owned());
            }),
            _ => {}
        }
    }

    fn of_list(&mut self, checker: &mut Checker, list: &dyn List, rule: &'static Rule) {
        match rule {
            Rule::PrefixItems(parts) => self.items.extend(0..parts.len()),
            Rule::Items(_) | Rule::ItemsFrom(..) | Rule::UnevaluatedItems { .. } => {
                self.items.extend(0..list.len());
            }
            Rule::Contains { rules, .. } => {
                let fitting =
                    (0..list.len()).filter(|index| checker.item_holds(list, *index, rules));
                self.items.extend(fitting);
            }
            _ => {}
        }
    }
}
