//! The assertions of a document, as data.

use super::pattern::Pattern;

/// An assertion of a schema. Numbers stand as decimal text, so that none is rounded.
#[derive(Debug)]
#[non_exhaustive]
pub enum Rule {
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
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// `const`, or an `enum` of one value, as JSON text.
    Const(&'static str),
    /// `enum`, each value as JSON text.
    Enum(&'static [&'static str]),
    /// Rules of each item of an array.
    Items(&'static [Rule]),
    /// Rules of each value of a map.
    Values(&'static [Rule]),
}
