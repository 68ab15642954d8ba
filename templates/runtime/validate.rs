//! Validating: one walk over a value that gathers every violation of its document's rules.
//!
//! A violation tells the JSON pointer, the keyword, the limit and what was found, but never the
//! value of a secret.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use super::decimal::Decimal;
use super::encode::to_json;
use super::model::{Enum, Field, Level, List, Map, Model, Rest, Shape, Slot, View};
use super::operation::{Location, Parameter};
use super::rules::Rule;

/// A value that its document has rules for.
pub trait Validate {
    /// Checks the value against every rule of the document.
    ///
    /// # Errors
    /// All violations, in the order of the document.
    fn validate(&self) -> Result<(), Violations>;
}

/// What a value breaks, all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

/// A rule that a value breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The part of the request or response that the value is in.
    pub part: Part,
    /// The JSON pointer of the value; of a parameter, `/` and its name.
    pub pointer: String,
    /// The keyword of the rule, as the document spells it.
    pub keyword: &'static str,
    /// What the rule asks for.
    pub limit: String,
    /// What was found instead; nothing where the value is a secret.
    pub found: Option<String>,
}

/// A part of a request or a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The body.
    Body,
    /// A path parameter.
    Path,
    /// A query parameter.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

impl From<Location> for Part {
    fn from(location: Location) -> Self {
        match location {
            Location::Path => Self::Path,
            Location::Query => Self::Query,
            Location::Header => Self::Header,
            Location::Cookie => Self::Cookie,
        }
    }
}

impl Violation {
    /// A violation without a word on what was found.
    pub(crate) fn new(
        part: Part,
        pointer: impl Into<String>,
        keyword: &'static str,
        limit: impl Into<String>,
    ) -> Self {
        Self { part, pointer: pointer.into(), keyword, limit: limit.into(), found: None }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            Part::Body if self.pointer.is_empty() => formatter.write_str("the body")?,
            Part::Body => formatter.write_str(&self.pointer)?,
            Part::Path => write!(formatter, "path parameter {}", self.pointer)?,
            Part::Query => write!(formatter, "query parameter {}", self.pointer)?,
            Part::Header => write!(formatter, "header {}", self.pointer)?,
            Part::Cookie => write!(formatter, "cookie {}", self.pointer)?,
        }
        write!(formatter, ": {} {}", self.keyword, self.limit)?;
        match &self.found {
            Some(found) => write!(formatter, ", found {found}"),
            None => Ok(()),
        }
    }
}

impl Violations {
    /// Whether nothing is broken.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many rules are broken.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The violations, in the order of the document.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }

    pub(crate) fn push(&mut self, violation: Violation) {
        self.0.push(violation);
    }

    pub(crate) fn extend(&mut self, violations: Self) {
        self.0.extend(violations.0);
    }

    /// `Ok` when nothing is broken.
    ///
    /// # Errors
    /// The violations, if there are any.
    pub fn into_result(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(formatter, "{separator}{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

/// Validates `slot`; what every model's [`Validate`] calls.
///
/// # Errors
/// All violations.
pub fn validate(slot: &dyn Slot) -> Result<(), Violations> {
    check(slot, Part::Body).into_result()
}

/// The violations of a body.
pub(crate) fn check(slot: &dyn Slot, part: Part) -> Violations {
    let mut validator = Validator::new(part);
    validator.visit(slot.view(), &[], Secrecy::Open);
    validator.violations
}

/// The violations of a parameter's value.
pub(crate) fn check_parameter(parameter: &'static Parameter, value: View<'_>) -> Violations {
    let mut validator = Validator::new(parameter.location.into());
    validator.field(&parameter.field, value);
    validator.violations
}

/// Appends a key to a JSON pointer (RFC 6901, section 3).
pub(crate) fn push_key(pointer: &mut String, key: &str) {
    pointer.push('/');
    for char in key.chars() {
        match char {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// Whether a value may be shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Secrecy {
    Open,
    Secret,
}

/// The walk: where it stands, the rules that hold there, and what it has found.
struct Validator {
    part: Part,
    pointer: String,
    rules: &'static [Rule],
    secrecy: Secrecy,
    violations: Violations,
}

impl Validator {
    fn new(part: Part) -> Self {
        Self {
            part,
            pointer: String::new(),
            rules: &[],
            secrecy: Secrecy::Open,
            violations: Violations::default(),
        }
    }

    /// Visits `slot` where the walk stands, with the rules that hold for it.
    fn visit(&mut self, view: View<'_>, rules: &'static [Rule], secrecy: Secrecy) {
        let Some(_level) = Level::enter() else {
            self.broken("depth", "at most 256 levels", "more");
            return;
        };
        let outer = (self.rules, self.secrecy);
        (self.rules, self.secrecy) = (rules, secrecy);
        self.check(view);
        (self.rules, self.secrecy) = outer;
    }

    fn check(&mut self, view: View<'_>) {
        match view {
            View::Str(value) => self.check_string(value),
            View::Text(value) => self.check_string(&value.to_string()),
            View::Enum(value) => self.check_enum(value),
            View::I64(value) => self.check_number(&Decimal::from(i128::from(value)), view),
            View::U64(value) => self.check_number(&Decimal::from(i128::from(value)), view),
            View::F64(value) => match Decimal::from_f64(value) {
                Some(decimal) => self.check_number(&decimal, view),
                None => self.broken("type", "a number that JSON can hold", value),
            },
            View::Absent | View::Null | View::Bool(_) => self.check_any(view),
            View::Json(value) => self.check_json(value),
            View::List(list) => self.check_list(list),
            View::Map(map) => self.check_map(map),
            View::Model(model) => self.check_model(model),
            View::Variant(variant) => {
                let secret = variant.is_secret();
                let secrecy = if secret { Secrecy::Secret } else { self.secrecy };
                self.visit(variant.inner(), variant.rules(), secrecy);
            }
            View::Untagged(value, tag) => {
                let found = value.get(tag).cloned().unwrap_or_default();
                let limit = "a variant that the document lists";
                self.below(tag, |this| this.broken("discriminator", limit, found));
            }
        }
    }

    fn below(&mut self, key: &str, visit: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        push_key(&mut self.pointer, key);
        visit(self);
        self.pointer.truncate(length);
    }

    fn field(&mut self, field: &'static Field, view: View<'_>) {
        if matches!(view, View::Absent) && !field.required {
            return;
        }
        let secrecy = if field.secret { Secrecy::Secret } else { self.secrecy };
        self.below(field.name, |this| this.visit(view, field.rules, secrecy));
    }

    fn broken(
        &mut self,
        keyword: &'static str,
        limit: impl Into<String>,
        found: impl fmt::Display,
    ) {
        let mut violation = Violation::new(self.part, self.pointer.as_str(), keyword, limit);
        if self.secrecy == Secrecy::Open {
            violation.found = Some(clip(&found.to_string()));
        }
        self.violations.push(violation);
    }

    fn check_string(&mut self, value: &str) {
        let rules = self.rules;
        let characters = LazyCount::new(value);
        for rule in rules {
            match rule {
                Rule::MinLength(min) if characters.get() < *min => {
                    self.broken(
                        "minLength",
                        min.to_string(),
                        Counted(characters.get(), "character"),
                    );
                }
                Rule::MaxLength(max) if characters.get() > *max => {
                    self.broken(
                        "maxLength",
                        max.to_string(),
                        Counted(characters.get(), "character"),
                    );
                }
                Rule::Pattern(pattern) if !pattern.is_match(value) => {
                    self.broken("pattern", pattern.source(), Quoted(value));
                }
                Rule::Const(_) | Rule::Enum(_) => self.check_listed(rule, &Value::from(value)),
                _ => {}
            }
        }
    }

    fn check_number(&mut self, value: &Decimal, view: View<'_>) {
        for rule in self.rules {
            match rule {
                Rule::Minimum(min) if *value < Decimal::literal(min) => {
                    self.broken("minimum", *min, value);
                }
                Rule::ExclusiveMinimum(min) if *value <= Decimal::literal(min) => {
                    self.broken("exclusiveMinimum", *min, value);
                }
                Rule::Maximum(max) if *value > Decimal::literal(max) => {
                    self.broken("maximum", *max, value);
                }
                Rule::ExclusiveMaximum(max) if *value >= Decimal::literal(max) => {
                    self.broken("exclusiveMaximum", *max, value);
                }
                Rule::MultipleOf(step) if !value.is_multiple_of(&Decimal::literal(step)) => {
                    self.broken("multipleOf", *step, value);
                }
                Rule::Const(_) | Rule::Enum(_) => self.check_listed(rule, &to_json(view)),
                _ => {}
            }
        }
    }

    /// `const` and `enum`, whose values the document holds as JSON text.
    fn check_listed(&mut self, rule: &Rule, value: &Value) {
        let same = |text: &&str| {
            serde_json::from_str::<Value>(text)
                .is_ok_and(|listed| canonical(&listed) == canonical(value))
        };
        match rule {
            Rule::Const(listed) if !same(listed) => self.broken("const", *listed, value),
            Rule::Enum(listed) if !listed.iter().any(same) => {
                self.broken("enum", listed.join(", "), value);
            }
            _ => {}
        }
    }

    /// The rules that hold for a value of any type.
    fn check_any(&mut self, view: View<'_>) {
        for rule in self.rules {
            if matches!(rule, Rule::Const(_) | Rule::Enum(_)) {
                self.check_listed(rule, &to_json(view));
            }
        }
    }

    fn check_enum(&mut self, value: &dyn Enum) {
        let (value, listed) = (value.as_str(), value.listed());
        if !listed.is_empty() && !listed.contains(&value) {
            self.broken("enum", listed.join(", "), Quoted(value));
        }
        self.check_string(value);
    }

    fn check_json(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.check_string(text),
            Value::Number(number) => match Decimal::parse(&number.to_string()) {
                Some(decimal) => self.check_number(&decimal, View::Json(value)),
                None => self.check_any(View::Json(value)),
            },
            Value::Array(items) => self.check_list(items),
            Value::Object(properties) => self.check_map(properties),
            Value::Null | Value::Bool(_) => self.check_any(View::Json(value)),
        }
    }

    fn check_list(&mut self, list: &dyn List) {
        let mut items: &'static [Rule] = &[];
        let count = u64::try_from(list.len()).unwrap_or(u64::MAX);
        for rule in self.rules {
            match rule {
                Rule::MinItems(min) if count < *min => {
                    self.broken("minItems", min.to_string(), Counted(count, "item"));
                }
                Rule::MaxItems(max) if count > *max => {
                    self.broken("maxItems", max.to_string(), Counted(count, "item"));
                }
                Rule::UniqueItems => self.check_unique(list),
                Rule::Items(rules) => items = rules,
                _ => {}
            }
        }
        self.check_any(View::List(list));
        let secrecy = self.secrecy;
        for index in 0..list.len() {
            self.below(&index.to_string(), |this| this.visit(list.item(index), items, secrecy));
        }
    }

    fn check_unique(&mut self, list: &dyn List) {
        if let Some((first, second)) = duplicate(&to_json(View::List(list))) {
            let found = format_args!("equal items {first} and {second}").to_string();
            self.broken("uniqueItems", "true", found);
        }
    }

    fn check_map(&mut self, map: &dyn Map) {
        self.check_count(self.rules, map.len());
        self.check_any(View::Map(map));
        let values = self.rules.iter().find_map(|rule| match rule {
            Rule::Values(rules) => Some(*rules),
            _ => None,
        });
        let (rules, secrecy) = (values.unwrap_or_default(), self.secrecy);
        let _ = map.entries(&mut |key, value| {
            self.below(key, |this| this.visit(value, rules, secrecy));
            Ok(())
        });
    }

    fn check_model(&mut self, model: &dyn Model) {
        let shape = model.shape();
        self.check_any(View::Model(model));
        for (index, field) in shape.fields.iter().enumerate() {
            self.field(field, model.get(index));
        }
        if let View::Map(rest) = model.get(shape.fields.len()) {
            if !shape.rules.is_empty() {
                let present = (0..shape.fields.len())
                    .filter(|index| !matches!(model.get(*index), View::Absent));
                self.check_count(shape.rules, present.count() + rest.len());
            }
            self.check_rest(shape, rest);
        }
    }

    fn check_count(&mut self, rules: &'static [Rule], len: usize) {
        let count = u64::try_from(len).unwrap_or(u64::MAX);
        for rule in rules {
            match rule {
                Rule::MinProperties(min) if count < *min => {
                    self.broken("minProperties", min.to_string(), Counted(count, "property"));
                }
                Rule::MaxProperties(max) if count > *max => {
                    self.broken("maxProperties", max.to_string(), Counted(count, "property"));
                }
                _ => {}
            }
        }
    }

    fn check_rest(&mut self, shape: &'static Shape, rest: &dyn Map) {
        let secrecy = self.secrecy;
        let _ = rest.entries(&mut |key, value| {
            match shape.rest {
                Rest::Open => {}
                // Absent to its field, and kept only so that it goes out again.
                Rest::Closed if is_null_of_field(shape, key, &value) => {}
                Rest::Closed => {
                    let known = shape.fields.iter().map(|field| field.name).collect::<Vec<_>>();
                    let limit = format!("false (only {})", known.join(", "));
                    self.below(key, |this| {
                        this.broken("additionalProperties", limit, "the property")
                    });
                }
                Rest::Typed(rules) => self.below(key, |this| this.visit(value, rules, secrecy)),
            }
            Ok(())
        });
    }
}

fn is_null_of_field(shape: &Shape, key: &str, value: &View<'_>) -> bool {
    matches!(value, View::Json(Value::Null)) && shape.fields.iter().any(|field| field.name == key)
}

/// Counts characters once, and only when a rule asks.
struct LazyCount<'a> {
    text: &'a str,
    count: std::cell::OnceCell<u64>,
}

impl<'a> LazyCount<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, count: std::cell::OnceCell::new() }
    }

    fn get(&self) -> u64 {
        *self.count.get_or_init(|| self.text.chars().count() as u64)
    }
}

struct Counted(u64, &'static str);

impl fmt::Display for Counted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0, self.1) {
            (1, thing) => write!(formatter, "1 {thing}"),
            (count, "property") => write!(formatter, "{count} properties"),
            (count, thing) => write!(formatter, "{count} {thing}s"),
        }
    }
}

struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", self.0)
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

/// The first two items of an array that are equal.
fn duplicate(list: &Value) -> Option<(usize, usize)> {
    let mut seen = BTreeMap::new();
    let items = list.as_array()?.iter().map(canonical).enumerate();
    for (second, item) in items {
        if let Some(first) = seen.insert(item, second) {
            return Some((first, second));
        }
    }
    None
}

/// A text that is the same for equal values: numbers as decimals, properties by their names.
fn canonical(value: &Value) -> String {
    match value {
        Value::Number(number) => match Decimal::parse(&number.to_string()) {
            Some(decimal) => decimal.to_string(),
            None => number.to_string(),
        },
        Value::Array(items) => {
            format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(","))
        }
        Value::Object(properties) => {
            let mut entries: Vec<String> = properties
                .iter()
                .map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), canonical(value)))
                .collect();
            entries.sort();
            format!("{{{}}}", entries.join(","))
        }
        scalar => scalar.to_string(),
    }
}
