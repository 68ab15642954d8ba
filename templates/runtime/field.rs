//! What a document says of a property, a parameter or a header.
//!
//! Models and clients name the variants of [`Field`] by way of this module: `field::Required("id")`.

use super::rules::Rule;

pub use Field::{Optional, OptionalSecret, OptionalWith, Required, RequiredSecret, RequiredWith};

/// A property of an object, a parameter or a header: its name, and what the document says of it.
///
/// Variants, not a struct made by functions: a document has thousands of properties, most of them
/// with nothing to say, and each is checked when a crate is built.
#[derive(Debug)]
pub enum Field {
    /// A property that must be there; where it may be `null`, `None` stands for that.
    Required(&'static str),
    /// A property that need not be there.
    Optional(&'static str),
    /// A property that must be there, and the rules that its value must keep.
    RequiredWith(&'static str, &'static [Rule]),
    /// A property that need not be there, and the rules that its value must keep.
    OptionalWith(&'static str, &'static [Rule]),
    /// As [`Self::RequiredWith`]; its value is kept out of `Debug` and of error messages.
    RequiredSecret(&'static str, &'static [Rule]),
    /// As [`Self::OptionalWith`]; its value is kept out of `Debug` and of error messages.
    OptionalSecret(&'static str, &'static [Rule]),
}

impl Field {
    /// The name in JSON.
    #[inline]
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Required(name)
            | Self::Optional(name)
            | Self::RequiredWith(name, _)
            | Self::OptionalWith(name, _)
            | Self::RequiredSecret(name, _)
            | Self::OptionalSecret(name, _) => name,
        }
    }

    /// Whether the property must be there.
    #[inline]
    #[must_use]
    pub const fn is_required(&self) -> bool {
        matches!(self, Self::Required(_) | Self::RequiredWith(..) | Self::RequiredSecret(..))
    }

    /// Whether the value is kept out of `Debug` and of error messages.
    #[must_use]
    pub const fn is_secret(&self) -> bool {
        matches!(self, Self::RequiredSecret(..) | Self::OptionalSecret(..))
    }

    /// The rules that the value must keep.
    #[must_use]
    pub const fn rules(&self) -> &'static [Rule] {
        match self {
            Self::Required(_) | Self::Optional(_) => &[],
            Self::RequiredWith(_, rules)
            | Self::OptionalWith(_, rules)
            | Self::RequiredSecret(_, rules)
            | Self::OptionalSecret(_, rules) => rules,
        }
    }
}
