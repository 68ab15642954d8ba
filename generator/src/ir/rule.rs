//! Assertions: a schema is the list of its rules, each of them one keyword.

use serde_json::Value;

use super::schema::Way;
use crate::diag::Place;

/// The index of a schema among those that rules refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub usize);

/// A schema that rules refer to.
#[derive(Debug)]
pub struct Schema {
    /// Its name among the components.
    pub name: String,
    /// Where it stands.
    pub place: Place,
    /// What it asks for.
    pub rules: Vec<Rule>,
}

/// An assertion of a schema.
///
/// What a type ensures by itself is no rule beside it; below a keyword that only asks whether a
/// schema holds, such as `not`, everything is.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// `type`: one of these.
    Type(Vec<JsonType>),
    /// `minLength`.
    MinLength(u64),
    /// `maxLength`.
    MaxLength(u64),
    /// `pattern`.
    Pattern(Pattern),
    /// `minimum`, as decimal text.
    Minimum(String),
    /// `minimum` with `exclusiveMinimum`.
    ExclusiveMinimum(String),
    /// `maximum`.
    Maximum(String),
    /// `maximum` with `exclusiveMaximum`.
    ExclusiveMaximum(String),
    /// `multipleOf`.
    MultipleOf(String),
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `uniqueItems`.
    UniqueItems,
    /// `items`.
    Items(Vec<Rule>),
    /// `prefixItems`.
    PrefixItems(Vec<Vec<Rule>>),
    /// `items` beside `prefixItems`: the rules of the items from this one on.
    ItemsFrom(usize, Vec<Rule>),
    /// `contains`, `minContains` and `maxContains`.
    Contains(Vec<Rule>, Option<u64>, Option<u64>),
    /// `unevaluatedItems`: all that stands beside it, and the rules of the other items.
    UnevaluatedItems(Vec<Rule>, Vec<Rule>),
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// `required`.
    Required(Vec<String>),
    /// `required`, of properties that are `readOnly` or `writeOnly`: on that way only.
    RequiredIn(Way, Vec<String>),
    /// `properties`.
    Properties(Vec<(String, Vec<Rule>)>),
    /// `patternProperties`.
    PatternProperties(Vec<(Pattern, Vec<Rule>)>),
    /// `additionalProperties`, where nothing stands beside it: rules of each value.
    Values(Vec<Rule>),
    /// `additionalProperties`.
    AdditionalProperties(Additional),
    /// `unevaluatedProperties`: all that stands beside it, and the rules of the other properties.
    UnevaluatedProperties(Vec<Rule>, Vec<Rule>),
    /// `propertyNames`.
    PropertyNames(Vec<Rule>),
    /// `dependentRequired`.
    DependentRequired(Vec<(String, Vec<String>)>),
    /// `dependentSchemas`.
    DependentSchemas(Vec<(String, Vec<Rule>)>),
    /// `const`.
    Const(Value),
    /// `enum` of values that are not all strings, or that no type lists.
    Enum(Vec<Value>),
    /// `anyOf`.
    AnyOf(Vec<Vec<Rule>>),
    /// `oneOf`.
    OneOf(Vec<Vec<Rule>>),
    /// `not`.
    Not(Vec<Rule>),
    /// `if`, `then` and `else`.
    If(Conditional),
    /// `$ref`.
    Schema(SchemaId),
    /// A schema that is `false`, and the keyword that it stands behind.
    False(&'static str),
}

/// `additionalProperties`.
#[derive(Clone, Debug, PartialEq)]
pub struct Additional {
    /// The properties that it does not speak of.
    pub names: Vec<String>,
    /// Nor of those whose name matches one of these.
    pub patterns: Vec<Pattern>,
    /// What the others are.
    pub rules: Vec<Rule>,
}

/// `if`, `then` and `else`.
#[derive(Clone, Debug, PartialEq)]
pub struct Conditional {
    /// What is asked.
    pub test: Vec<Rule>,
    /// The rules where it holds.
    pub then: Vec<Rule>,
    /// The rules where it does not.
    pub otherwise: Vec<Rule>,
}

/// The parts of a union that may not tell its values apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// How many of them are to hold.
    pub count: Count,
    /// The rules of each.
    pub parts: Vec<Vec<Rule>>,
}

/// How many parts of a choice hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// `anyOf`.
    AtLeastOne,
    /// `oneOf`.
    ExactlyOne,
}

/// A regular expression of ECMA-262.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// As the document has it, or as the flag `u` asks for where that is another way to say it.
    pub source: String,
    /// How it is matched, once that is decided.
    pub matcher: Option<Matcher>,
}

/// How a pattern is matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matcher {
    /// A row of character classes, from the beginning of the string to its end.
    Classes(Vec<Class>),
    /// `regex-lite`: linear time. The pattern as that engine writes it.
    Linear(String),
    /// `regress`: ECMA-262 with all that it has, at the price of tracking back.
    Backtracking,
}

/// A character class and how often it stands in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// The first and last characters of its ranges.
    pub ranges: Vec<(char, char)>,
    /// How often at least.
    pub min: u32,
    /// How often at most.
    pub max: u32,
}

/// A type of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum JsonType {
    /// An array.
    Array,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// `null`.
    Null,
    /// A number.
    Number,
    /// An object.
    Object,
    /// A string.
    String,
}

impl Pattern {
    /// A pattern of which it is not yet decided how it is matched.
    pub fn new(source: impl Into<String>) -> Self {
        Self { source: source.into(), matcher: None }
    }
}

impl Rule {
    /// Shows the lists of rules that this one is made of.
    pub fn each_list(&self, each: &mut dyn FnMut(&[Rule])) {
        match self {
            Self::Items(rules)
            | Self::ItemsFrom(_, rules)
            | Self::Contains(rules, ..)
            | Self::Values(rules)
            | Self::PropertyNames(rules)
            | Self::Not(rules) => each(rules),
            Self::PrefixItems(lists) | Self::AnyOf(lists) | Self::OneOf(lists) => {
                lists.iter().for_each(|rules| each(rules));
            }
            Self::UnevaluatedItems(beside, rules) | Self::UnevaluatedProperties(beside, rules) => {
                each(beside);
                each(rules);
            }
            Self::Properties(entries) | Self::DependentSchemas(entries) => {
                entries.iter().for_each(|(_, rules)| each(rules));
            }
            Self::PatternProperties(entries) => entries.iter().for_each(|(_, rules)| each(rules)),
            Self::AdditionalProperties(additional) => each(&additional.rules),
            Self::If(conditional) => {
                each(&conditional.test);
                each(&conditional.then);
                each(&conditional.otherwise);
            }
            _ => {}
        }
    }

    /// The same, to be changed.
    pub fn each_list_mut(&mut self, each: &mut dyn FnMut(&mut Vec<Rule>)) {
        match self {
            Self::Items(rules)
            | Self::ItemsFrom(_, rules)
            | Self::Contains(rules, ..)
            | Self::Values(rules)
            | Self::PropertyNames(rules)
            | Self::Not(rules) => each(rules),
            Self::PrefixItems(lists) | Self::AnyOf(lists) | Self::OneOf(lists) => {
                lists.iter_mut().for_each(each);
            }
            Self::UnevaluatedItems(beside, rules) | Self::UnevaluatedProperties(beside, rules) => {
                each(beside);
                each(rules);
            }
            Self::Properties(entries) | Self::DependentSchemas(entries) => {
                entries.iter_mut().for_each(|(_, rules)| each(rules));
            }
            Self::PatternProperties(entries) => {
                entries.iter_mut().for_each(|(_, rules)| each(rules));
            }
            Self::AdditionalProperties(additional) => each(&mut additional.rules),
            Self::If(conditional) => {
                each(&mut conditional.test);
                each(&mut conditional.then);
                each(&mut conditional.otherwise);
            }
            _ => {}
        }
    }
}
