//! The assertions of a document, as data: a schema is the list of its rules, each of them one
//! keyword.
//!
//! What the Rust types ensure by themselves, such as the type of a field, is no rule beside them;
//! below a keyword that only asks whether a schema holds, such as `not`, everything is.

use super::pattern::Pattern;

/// Which way a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// In a request.
    Sent,
    /// In a response.
    Received,
}

/// An assertion of a schema. Numbers stand as decimal text, so that none is rounded.
#[derive(Debug)]
#[non_exhaustive]
pub enum Rule {
    /// `type`: one of these.
    Type(&'static [JsonType]),
    /// `minLength`, in Unicode scalar values.
    MinLength(u64),
    /// `maxLength`, in Unicode scalar values.
    MaxLength(u64),
    /// `pattern`, with the meaning of ECMA-262, found anywhere in the string.
    Pattern(&'static Pattern),
    /// `minimum`.
    Minimum(&'static str),
    /// `minimum` with `exclusiveMinimum`.
    ExclusiveMinimum(&'static str),
    /// `maximum`.
    Maximum(&'static str),
    /// `maximum` with `exclusiveMaximum`.
    ExclusiveMaximum(&'static str),
    /// `multipleOf`.
    MultipleOf(&'static str),
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `uniqueItems`: no two items are equal as JSON.
    UniqueItems,
    /// `items`: rules of each item of an array.
    Items(&'static [Rule]),
    /// `prefixItems`: rules of the first items, in their order.
    PrefixItems(&'static [&'static [Rule]]),
    /// `items` beside `prefixItems`: rules of the items from this one on.
    ItemsFrom(usize, &'static [Rule]),
    /// `contains`, with `minContains` and `maxContains`.
    Contains {
        /// What some items are.
        rules: &'static [Rule],
        /// How many at least; one, unless the document says so.
        min: Option<u64>,
        /// How many at most.
        max: Option<u64>,
    },
    /// `unevaluatedItems`: rules of the items that nothing else speaks of.
    UnevaluatedItems {
        /// All that stands beside it.
        beside: &'static [Rule],
        /// What the other items are.
        rules: &'static [Rule],
    },
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// `required`.
    Required(&'static [&'static str]),
    /// `required`, of properties that are `readOnly` or `writeOnly`: in a value that travels that way.
    RequiredIn(Way, &'static [&'static str]),
    /// `properties`: rules of those that are there.
    Properties(&'static [(&'static str, &'static [Rule])]),
    /// `patternProperties`: rules of those whose name matches.
    PatternProperties(&'static [(&'static Pattern, &'static [Rule])]),
    /// `additionalProperties`, where nothing stands beside it: rules of each value.
    Values(&'static [Rule]),
    /// `additionalProperties`: rules of the values of all other properties.
    AdditionalProperties {
        /// The properties that it does not speak of.
        names: &'static [&'static str],
        /// Nor of those whose name matches one of these.
        patterns: &'static [&'static Pattern],
        /// What the others are.
        rules: &'static [Rule],
    },
    /// `unevaluatedProperties`: rules of the properties that nothing else speaks of.
    UnevaluatedProperties {
        /// All that stands beside it.
        beside: &'static [Rule],
        /// What the other properties are.
        rules: &'static [Rule],
    },
    /// `propertyNames`: rules of each name.
    PropertyNames(&'static [Rule]),
    /// `dependentRequired`: where the one property is, the others are.
    DependentRequired(&'static [(&'static str, &'static [&'static str])]),
    /// `dependentSchemas`: where the property is, these rules hold.
    DependentSchemas(&'static [(&'static str, &'static [Rule])]),
    /// `const`, or an `enum` of one value, as JSON text.
    Const(&'static str),
    /// `enum`, each value as JSON text.
    Enum(&'static [&'static str]),
    /// `anyOf`: the rules of at least one hold.
    AnyOf(&'static [&'static [Rule]]),
    /// `oneOf`: the rules of exactly one hold.
    OneOf(&'static [&'static [Rule]]),
    /// `not`: these rules do not all hold.
    Not(&'static [Rule]),
    /// `if`, `then` and `else`.
    If {
        /// What is asked.
        test: &'static [Rule],
        /// The rules where it holds.
        then: &'static [Rule],
        /// The rules where it does not.
        otherwise: &'static [Rule],
    },
    /// `$ref`: the rules of another schema, which may refer to this one again.
    Schema(&'static Schema),
    /// A schema that is `false`, and the keyword that it stands behind.
    False(&'static str),
}

/// A schema that others refer to.
#[derive(Debug)]
pub struct Schema {
    /// Its name in the document.
    pub name: &'static str,
    /// What it asks for.
    pub rules: &'static [Rule],
}

/// A type of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

impl JsonType {
    /// The type as a document spells it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Array => "array",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Null => "null",
            Self::Number => "number",
            Self::Object => "object",
            Self::String => "string",
        }
    }
}
