//! The rules of a schema, asked of one value and of what stands in it.
//!
//! A [`Checker`] either gathers every violation, or, below a keyword that only asks whether a schema
//! holds, finds out whether there is one. Whoever calls it walks over models; this module knows
//! them as objects with properties.

use std::fmt;

use serde_json::Value;

use super::decimal::Decimal;
use super::encode::to_json;
use super::equality::{Marks, duplicate, is_listed};
use super::evaluated::Evaluated;
use super::excerpt::join;
use super::instance::{Counted, Instance, Object, Property, Secrecy, unwrapped};
use super::model::{Level, List, View};
use super::rules::{Rule, Schema, Way};
use super::validate::{Part, Violation, Violations, push_key};

/// Where the walk stands, and what it has found.
pub(crate) struct Checker {
    part: Part,
    /// Which way the value travels, if anyone knows.
    way: Option<Way>,
    pointer: String,
    pub(crate) secrecy: Secrecy,
    findings: Findings,
    /// Whether a schema holds at a place, as 1 or 0: asked once, however many ways lead there.
    holding: Marks,
    /// The schemas whose violations at a place are told already.
    told: Marks,
}

/// What is looked for.
enum Findings {
    /// Every violation.
    All(Violations),
    /// Whether there is any.
    Any(bool),
}

impl Checker {
    pub(crate) fn new(part: Part, way: Option<Way>) -> Self {
        Self {
            part,
            way,
            pointer: String::new(),
            secrecy: Secrecy::Open,
            findings: Findings::All(Violations::default()),
            holding: Marks::new(),
            told: Marks::new(),
        }
    }

    /// All that was found.
    pub(crate) fn into_violations(self) -> Violations {
        match self.findings {
            Findings::All(violations) => violations,
            Findings::Any(_) => Violations::default(),
        }
    }

    /// Hands over what was found so far.
    pub(crate) fn take(&mut self) -> Violations {
        match &mut self.findings {
            Findings::All(violations) => std::mem::take(violations),
            Findings::Any(_) => Violations::default(),
        }
    }

    /// Adds what was found elsewhere.
    pub(crate) fn put(&mut self, found: Violations) {
        match &mut self.findings {
            Findings::All(violations) => violations.extend(found),
            Findings::Any(any) => *any |= !found.is_empty(),
        }
    }

    /// Whether any of these stands below the place where the walk is.
    pub(crate) fn is_deeper(&self, found: &Violations) -> bool {
        found.iter().any(|violation| violation.pointer.len() > self.pointer.len())
    }

    /// Whether more violations would tell nothing new.
    fn is_settled(&self) -> bool {
        matches!(self.findings, Findings::Any(true))
    }

    /// Goes below a key; the way back is for [`Checker::leave`].
    pub(crate) fn enter(&mut self, key: &str, secrecy: Secrecy) -> (usize, Secrecy) {
        let back = (self.pointer.len(), self.secrecy);
        self.secrecy = self.secrecy.and(secrecy);
        push_key(&mut self.pointer, key);
        back
    }

    /// Goes back to where a key was entered.
    pub(crate) fn leave(&mut self, (length, secrecy): (usize, Secrecy)) {
        self.pointer.truncate(length);
        self.secrecy = secrecy;
    }

    /// Visits what stands below a key.
    pub(crate) fn below(&mut self, key: &str, secrecy: Secrecy, visit: impl FnOnce(&mut Self)) {
        let back = self.enter(key, secrecy);
        visit(self);
        self.leave(back);
    }

    /// Notes a violation.
    pub(crate) fn broken(
        &mut self,
        keyword: &'static str,
        limit: impl fmt::Display,
        found: impl fmt::Display,
    ) {
        self.note(keyword, &limit, &found);
    }

    fn note(&mut self, keyword: &'static str, limit: &dyn fmt::Display, found: &dyn fmt::Display) {
        match &mut self.findings {
            Findings::Any(any) => *any = true,
            Findings::All(violations) => {
                let mut violation =
                    Violation::new(self.part, self.pointer.as_str(), keyword, limit.to_string());
                if self.secrecy == Secrecy::Open {
                    violation.found = Some(clip(&found.to_string()));
                }
                violations.push(violation);
            }
        }
    }

    /// Asks every rule of the value and of what stands in it.
    pub(crate) fn apply(&mut self, view: View<'_>, rules: &'static [Rule]) {
        if rules.is_empty() {
            return;
        }
        let Some(_level) = Level::enter() else {
            self.broken("depth", "at most 256 levels", "more");
            return;
        };
        let outer = self.secrecy;
        let (view, secrecy) = unwrapped(view, outer);
        self.secrecy = secrecy;
        let instance = Instance::of(view);
        for rule in rules {
            self.rule(rule, view, &instance);
            if self.is_settled() {
                break;
            }
        }
        self.secrecy = outer;
    }

    /// Whether the value keeps the rules.
    pub(crate) fn holds(&mut self, view: View<'_>, rules: &'static [Rule]) -> bool {
        let outer = std::mem::replace(&mut self.findings, Findings::Any(false));
        self.apply(view, rules);
        matches!(std::mem::replace(&mut self.findings, outer), Findings::Any(false))
    }

    /// Which of several schemas hold.
    pub(crate) fn holding(&mut self, view: View<'_>, parts: &[&'static [Rule]]) -> Vec<usize> {
        let parts = parts.iter().enumerate();
        parts.filter(|(_, rules)| self.holds(view, rules)).map(|(index, _)| index).collect()
    }

    fn rule(&mut self, rule: &'static Rule, view: View<'_>, instance: &Instance<'_>) {
        match rule {
            Rule::Type(types) if !types.iter().any(|ty| instance.is(*ty)) => {
                let words: Vec<_> = types.iter().map(|ty| ty.word()).collect();
                self.broken("type", join(&words, " or "), instance);
            }
            Rule::False(keyword) => self.broken(keyword, "false", instance),
            Rule::Const(listed) if !is_listed(listed, &to_json(view)) => {
                self.broken("const", listed, instance);
            }
            Rule::Enum(listed) => {
                let value = to_json(view);
                if !listed.iter().any(|listed| is_listed(listed, &value)) {
                    self.broken("enum", join(listed, ", "), instance);
                }
            }
            Rule::Not(rules) if self.holds(view, rules) => {
                self.broken("not", "a schema that must not hold", instance);
            }
            Rule::AnyOf(parts) if !parts.iter().any(|rules| self.holds(view, rules)) => {
                self.none("anyOf", parts.len());
            }
            Rule::OneOf(parts) => self.one_of(view, parts),
            Rule::If { test, then, otherwise } => {
                let rules = if self.holds(view, test) { then } else { otherwise };
                self.apply(view, rules);
            }
            Rule::Schema(schema) => self.schema(view, schema),
            _ => match instance {
                Instance::Text(text) => self.text(rule, text),
                Instance::Number(Some(number)) => self.number(rule, number),
                Instance::List(list) => self.list(rule, *list),
                Instance::Object(object) => self.object(rule, view, *object),
                Instance::Null | Instance::Bool(_) | Instance::Number(None) => {}
            },
        }
    }

    /// `oneOf`: exactly one of the parts holds.
    fn one_of(&mut self, view: View<'_>, parts: &[&'static [Rule]]) {
        match self.holding(view, parts).as_slice() {
            [_] => {}
            [] => self.none("oneOf", parts.len()),
            many => self.many(many, parts.len()),
        }
    }

    /// More than one part of a `oneOf` holds.
    pub(crate) fn many(&mut self, holding: &[usize], parts: usize) {
        let found: Vec<_> = holding.iter().map(|index| (index + 1).to_string()).collect();
        let found = format!("numbers {}", found.join(" and "));
        self.broken("oneOf", format_args!("exactly one of {parts} schemas"), found);
    }

    /// No part of a choice holds.
    pub(crate) fn none(&mut self, keyword: &'static str, parts: usize) {
        let least = if keyword == "oneOf" { "exactly" } else { "at least" };
        self.broken(keyword, format_args!("{least} one of {parts} schemas"), "none");
    }

    /// The rules of a schema that is referred to. One that leads back to itself without going into
    /// the value adds nothing.
    fn schema(&mut self, view: View<'_>, schema: &'static Schema) {
        // The names of components hold no space, and a pointer begins with `/` if it is not empty.
        let key = format!("{} {}", schema.name, self.pointer);
        if matches!(self.findings, Findings::All(_)) {
            if self.told.insert(key, Value::Null).is_none() {
                self.apply(view, schema.rules);
            }
            return;
        }
        let holds = match self.holding.get(&key) {
            Some(known) => *known == Value::Bool(true),
            None => {
                self.holding.insert(key.clone(), true.into());
                let holds = self.holds(view, schema.rules);
                self.holding.insert(key, holds.into());
                holds
            }
        };
        if !holds {
            self.broken("$ref", schema.name, "another value");
        }
    }

    fn text(&mut self, rule: &Rule, text: &str) {
        let length = || text.chars().count() as u64;
        match rule {
            Rule::MinLength(min) if length() < *min => {
                self.broken("minLength", min, Counted::characters(length()));
            }
            Rule::MaxLength(max) if length() > *max => {
                self.broken("maxLength", max, Counted::characters(length()));
            }
            Rule::Pattern(pattern) if !pattern.is_match(text) => {
                self.broken("pattern", pattern.source(), format_args!("{text:?}"));
            }
            _ => {}
        }
    }

    fn number(&mut self, rule: &Rule, value: &Decimal) {
        match rule {
            Rule::Minimum(min) if *value < Decimal::literal(min) => {
                self.broken("minimum", min, value);
            }
            Rule::ExclusiveMinimum(min) if *value <= Decimal::literal(min) => {
                self.broken("exclusiveMinimum", min, value);
            }
            Rule::Maximum(max) if *value > Decimal::literal(max) => {
                self.broken("maximum", max, value);
            }
            Rule::ExclusiveMaximum(max) if *value >= Decimal::literal(max) => {
                self.broken("exclusiveMaximum", max, value);
            }
            Rule::MultipleOf(step) if !value.is_multiple_of(&Decimal::literal(step)) => {
                self.broken("multipleOf", step, value);
            }
            _ => {}
        }
    }

    fn list(&mut self, rule: &'static Rule, list: &dyn List) {
        let count = list.len() as u64;
        match rule {
            Rule::MinItems(min) if count < *min => {
                self.broken("minItems", min, Counted::items(list.len()));
            }
            Rule::MaxItems(max) if count > *max => {
                self.broken("maxItems", max, Counted::items(list.len()));
            }
            Rule::UniqueItems => {
                if let Some((first, second)) = duplicate(&to_json(View::List(list))) {
                    let found = format_args!("equal items {first} and {second}").to_string();
                    self.broken("uniqueItems", "true", found);
                }
            }
            Rule::Items(rules) => self.items(list, 0, rules),
            Rule::ItemsFrom(first, rules) => self.items(list, *first, rules),
            Rule::PrefixItems(parts) => {
                for (index, rules) in parts.iter().enumerate().take(list.len()) {
                    self.item(list, index, rules);
                }
            }
            Rule::Contains { rules, min, max } => self.contains(list, rules, (*min, *max)),
            Rule::UnevaluatedItems { beside, rules } => {
                let evaluated = Evaluated::of(self, View::List(list), beside);
                for index in (0..list.len()).filter(|index| !evaluated.has_item(*index)) {
                    self.item(list, index, rules);
                }
            }
            _ => {}
        }
    }

    fn items(&mut self, list: &dyn List, first: usize, rules: &'static [Rule]) {
        for index in first..list.len() {
            self.item(list, index, rules);
            if self.is_settled() {
                return;
            }
        }
    }

    fn item(&mut self, list: &dyn List, index: usize, rules: &'static [Rule]) {
        self.below(&index.to_string(), Secrecy::Open, |this| this.apply(list.item(index), rules));
    }

    /// Whether the item keeps the rules.
    pub(crate) fn item_holds(
        &mut self,
        list: &dyn List,
        index: usize,
        rules: &'static [Rule],
    ) -> bool {
        let mut holds = false;
        self.below(&index.to_string(), Secrecy::Open, |this| {
            holds = this.holds(list.item(index), rules)
        });
        holds
    }

    fn contains(
        &mut self,
        list: &dyn List,
        rules: &'static [Rule],
        (min, max): (Option<u64>, Option<u64>),
    ) {
        let fitting = (0..list.len()).filter(|index| self.item_holds(list, *index, rules));
        let count = fitting.count();
        let found = format_args!("{} that fit", Counted::items(count)).to_string();
        match min {
            None if count == 0 => self.broken("contains", "at least one item that fits", &found),
            Some(min) if (count as u64) < min => self.broken("minContains", min, &found),
            _ => {}
        }
        if let Some(max) = max.filter(|max| count as u64 > *max) {
            self.broken("maxContains", max, &found);
        }
    }

    fn object(&mut self, rule: &'static Rule, view: View<'_>, object: Object<'_>) {
        match rule {
            Rule::MinProperties(min) if (object.len() as u64) < *min => {
                self.broken("minProperties", min, Counted::properties(object.len()));
            }
            Rule::MaxProperties(max) if object.len() as u64 > *max => {
                self.broken("maxProperties", max, Counted::properties(object.len()));
            }
            Rule::Required(names) => self.required("required", names, object),
            Rule::RequiredIn(way, names) if self.way == Some(*way) => {
                self.required("required", names, object);
            }
            Rule::DependentRequired(entries) => {
                for (_, names) in entries.iter().filter(|(name, _)| object.get(name).is_some()) {
                    self.required("dependentRequired", names, object);
                }
            }
            Rule::DependentSchemas(entries) => {
                for (_, rules) in entries.iter().filter(|(name, _)| object.get(name).is_some()) {
                    self.apply(view, rules);
                }
            }
            Rule::Properties(entries) => {
                for (name, rules) in *entries {
                    if let Some(property) = object.get(name) {
                        self.property(name, &property, rules);
                    }
                }
            }
            _ => self.each_property(rule, view, object),
        }
    }

    /// The keywords that speak of properties which they do not name.
    fn each_property(&mut self, rule: &'static Rule, view: View<'_>, object: Object<'_>) {
        match rule {
            Rule::Values(rules) => {
                object.each(&mut |name, property| self.property(name, &property, rules));
            }
            Rule::PatternProperties(entries) => object.each(&mut |name, property| {
                for (_, rules) in entries.iter().filter(|(pattern, _)| pattern.is_match(name)) {
                    self.property(name, &property, rules);
                }
            }),
            Rule::AdditionalProperties { names, patterns, rules } => {
                object.each(&mut |name, property| {
                    let is_named = names.contains(&name);
                    if !is_named && !patterns.iter().any(|pattern| pattern.is_match(name)) {
                        self.property(name, &property, rules);
                    }
                });
            }
            Rule::UnevaluatedProperties { beside, rules } => {
                let evaluated = Evaluated::of(self, view, beside);
                object.each(&mut |name, property| {
                    if !evaluated.has_property(name) {
                        self.property(name, &property, rules);
                    }
                });
            }
            Rule::PropertyNames(rules) => {
                object.each(&mut |name, property| self.name(name, &property, rules));
            }
            _ => {}
        }
    }

    fn property(&mut self, name: &str, property: &Property<'_>, rules: &'static [Rule]) {
        if !self.is_settled() {
            self.below(name, property.secrecy, |this| this.apply(property.view, rules));
        }
    }

    fn name(&mut self, name: &str, property: &Property<'_>, rules: &'static [Rule]) {
        self.below(name, property.secrecy, |this| {
            // A place of its own, which no pointer leads to: the name is not the value.
            this.pointer.push('~');
            let holds = this.holds(View::Str(name), rules);
            this.pointer.pop();
            if !holds {
                this.broken("propertyNames", "another name", format_args!("{name:?}"));
            }
        });
    }

    pub(crate) fn required(&mut self, keyword: &'static str, names: &[&str], object: Object<'_>) {
        let missing: Vec<_> =
            names.iter().copied().filter(|name| object.get(name).is_none()).collect();
        if !missing.is_empty() {
            let found = format_args!("no {}", join(&missing, ", ")).to_string();
            self.broken(keyword, join(names, ", "), found);
        }
    }
}

/// Keeps a message readable whatever was found.
fn clip(text: &str) -> String {
    const MOST: usize = 120;
    match text.char_indices().nth(MOST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}
