//! Validating: one walk over a value that gathers every violation of its document's rules.
//!
//! A violation tells the JSON pointer, the keyword, the limit and what was found, but never the
//! value of a secret.

use std::fmt;

use super::assert::Checker;
use super::excerpt::join;
use super::field::Field;
use super::gaps::Gaps;
use super::instance::{Object, Secrecy, is_null_of_field};
use super::model::{Level, Listed, Map, Model, Rest, Shape, Slot, Variant, View};
use super::operation::{Location, Parameter};
use super::rules::{Rule, Way};
use super::unions::Choice;

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
            Part::Path if self.pointer.is_empty() => formatter.write_str("the URL")?,
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

impl<T: Slot> Validate for T {
    #[inline]
    fn validate(&self) -> Result<(), Violations> {
        check(self, &[], None).into_result()
    }
}

/// The violations of a body, which travels that way and must keep these rules beside its own.
pub(crate) fn check(slot: &dyn Slot, rules: &'static [Rule], way: Option<Way>) -> Violations {
    let mut validator = Validator(Checker::new(Part::Body, way));
    validator.visit(slot.view(), rules);
    validator.0.into_violations()
}

/// The violations of a parameter's value.
pub(crate) fn check_parameter(parameter: &'static Parameter, value: View<'_>) -> Violations {
    let mut validator = Validator(Checker::new(parameter.form().location.into(), Some(Way::Sent)));
    validator.field(parameter.field(), value);
    validator.0.into_violations()
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

/// The walk over a value by its Rust types: at each place it asks the rules that hold there, and goes
/// on to what the types hold rules for by themselves.
struct Validator(Checker);

impl Validator {
    /// Visits a value where the walk stands, with the rules that hold for it.
    fn visit(&mut self, view: View<'_>, rules: &'static [Rule]) {
        let Some(_level) = Level::enter() else {
            self.0.broken("depth", "at most 256 levels", "more");
            return;
        };
        self.0.apply(view, rules);
        match view {
            View::Enum(value, listed) => self.listed(value, listed),
            View::F64(value) if !value.is_finite() => {
                self.0.broken("type", "a number that JSON can hold", value);
            }
            View::List(list) => {
                for index in 0..list.len() {
                    self.below(&index.to_string(), Secrecy::Open, list.item(index), &[]);
                }
            }
            View::Map(map) => {
                let _ = map.entries(&mut |key, value| {
                    self.below(key, Secrecy::Open, value, &[]);
                    Ok(())
                });
            }
            View::Model(model) => self.model(model),
            View::Variant(variant) => self.variant(variant),
            View::Untagged(value, tag) => {
                let found = value.get(tag).cloned().unwrap_or_default();
                let limit = "a variant that the document lists";
                self.0.below(tag, Secrecy::Open, |checker| {
                    checker.broken("discriminator", limit, found)
                });
            }
            // Nobody but the rules knows what is in untyped JSON, and they have been asked.
            _ => {}
        }
    }

    fn below(&mut self, key: &str, secrecy: Secrecy, view: View<'_>, rules: &'static [Rule]) {
        // Most scalars have no rules, and nothing in them: no pointer is made for those.
        let is_plain = matches!(view, View::Str(_) | View::I64(_) | View::Bool(_) | View::Null);
        if !(is_plain && rules.is_empty()) {
            let back = self.0.enter(key, secrecy);
            self.visit(view, rules);
            self.0.leave(back);
        }
    }

    fn field(&mut self, field: &Field, view: View<'_>) {
        if field.is_required() || !matches!(view, View::Absent) {
            self.below(field.name(), field.is_secret().into(), view, field.rules());
        }
    }

    fn listed(&mut self, value: &str, listed: Listed) {
        if !listed.is_empty() && !listed.contains(&value) {
            self.0.broken("enum", join(listed, ", "), format_args!("{value:?}"));
        }
    }

    fn model(&mut self, model: &dyn Model) {
        let shape = model.describe();
        let gaps = Gaps::of(model);
        for (index, field) in shape.fields.iter().enumerate() {
            match model.get(index) {
                view if gaps.has(field.name(), view) => {
                    self.0.required("required", &[field.name()], Object::Model(model));
                }
                view => self.field(field, view),
            }
        }
        self.0.apply(View::Model(model), shape.rules);
        if let View::Map(rest) = model.get(shape.fields.len()) {
            self.rest(shape, rest);
        }
    }

    fn rest(&mut self, shape: &'static Shape, rest: &dyn Map) {
        let _ = rest.entries(&mut |key, value| {
            match shape.rest {
                Rest::Open => {}
                Rest::Closed if is_null_of_field(shape, key, &value) => {}
                Rest::Closed => {
                    let known = shape.fields.iter().map(|field| field.name()).collect::<Vec<_>>();
                    let limit = format!("false (only {})", join(&known, ", "));
                    self.0.below(key, Secrecy::Open, |checker| {
                        checker.broken("additionalProperties", limit, "the property");
                    });
                }
                Rest::Typed(rules) => self.below(key, Secrecy::Open, value, rules),
            }
            Ok(())
        });
    }

    /// The variant that the value was decoded as has the say, unless it may be of another one, too.
    fn variant(&mut self, variant: &dyn Variant) {
        let outer = self.0.secrecy;
        self.0.secrecy = outer.and(variant.is_secret().into());
        match variant.choice() {
            None => self.visit(variant.inner(), variant.rules()),
            Some(choice) => self.chosen(variant, choice),
        }
        self.0.secrecy = outer;
    }

    fn chosen(&mut self, variant: &dyn Variant, choice: &'static Choice) {
        let view = variant.inner();
        let before = self.0.take();
        self.visit(view, variant.rules());
        let found = self.0.take();
        self.0.put(before);
        match choice {
            Choice::Any(_) if found.is_empty() => {}
            Choice::Any(parts) => {
                if !parts.iter().any(|rules| self.0.holds(view, rules)) {
                    self.none("anyOf", parts.len(), found);
                }
            }
            Choice::One(parts) => match self.0.holding(view, parts).as_slice() {
                [] => self.none("oneOf", parts.len(), found),
                [_] => {}
                many => self.0.many(many, parts.len()),
            },
        }
    }

    /// No variant takes the value: what is wrong deep inside says more than that.
    fn none(&mut self, keyword: &'static str, parts: usize, found: Violations) {
        if self.0.is_deeper(&found) {
            self.0.put(found);
        } else {
            self.0.none(keyword, parts);
        }
    }
}
