//! What the keywords of a schema speak of, for `unevaluatedProperties` and `unevaluatedItems`: the
//! properties and items of a value that they have rules for.

use serde_json::Value;

use super::assert::Checker;
use super::equality::Marks;
use super::instance::{Instance, Object};
use super::model::{Level, List, View};
use super::rules::Rule;

/// The properties and items that some rules speak of.
#[derive(Default)]
pub(crate) struct Evaluated {
    properties: Marks,
    /// Of each item, as far as is known, whether it is spoken of.
    items: Vec<bool>,
}

impl Evaluated {
    /// What `rules` speak of in a value. Of the parts of a choice only those count that hold.
    pub(crate) fn of(checker: &mut Checker, view: View<'_>, rules: &'static [Rule]) -> Self {
        let mut evaluated = Self::default();
        evaluated.rules(checker, view, rules);
        evaluated
    }

    pub(crate) fn has_property(&self, name: &str) -> bool {
        self.properties.contains_key(name)
    }

    pub(crate) fn has_item(&self, index: usize) -> bool {
        self.items.get(index).is_some_and(|item| *item)
    }

    fn property(&mut self, name: &str) {
        self.properties.insert(name.to_owned(), Value::Null);
    }

    fn first_items(&mut self, count: usize) {
        (0..count).for_each(|index| self.item(index));
    }

    fn item(&mut self, index: usize) {
        if self.items.len() <= index {
            self.items.resize(index + 1, false);
        }
        if let Some(item) = self.items.get_mut(index) {
            *item = true;
        }
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
                entries.iter().for_each(|(name, _)| self.property(name));
            }
            Rule::PatternProperties(entries) => object.each(&mut |name, _| {
                if entries.iter().any(|(pattern, _)| pattern.is_match(name)) {
                    self.property(name);
                }
            }),
            Rule::DependentSchemas(entries) => {
                for (_, rules) in entries.iter().filter(|(name, _)| object.get(name).is_some()) {
                    self.rules(checker, view, rules);
                }
            }
            Rule::Values(_)
            | Rule::AdditionalProperties { .. }
            | Rule::UnevaluatedProperties { .. } => object.each(&mut |name, _| self.property(name)),
            _ => {}
        }
    }

    fn of_list(&mut self, checker: &mut Checker, list: &dyn List, rule: &'static Rule) {
        match rule {
            Rule::PrefixItems(parts) => self.first_items(parts.len()),
            Rule::Items(_) | Rule::ItemsFrom(..) | Rule::UnevaluatedItems { .. } => {
                self.first_items(list.len());
            }
            Rule::Contains { rules, .. } => {
                for index in 0..list.len() {
                    if checker.item_holds(list, index, rules) {
                        self.item(index);
                    }
                }
            }
            _ => {}
        }
    }
}
