//! Enums of strings, and objects told apart by a discriminator.

use serde_json::Value;

use super::model::{Slot, Source, View, Walk};

/// An object of which a property tells which of several models it is.
pub trait Tagged {
    /// The discriminator: the name of that property.
    const TAG: &'static str;

    /// Becomes the variant for `tag`, blank; or none, if the document lists none.
    fn choose(&mut self, tag: &str) -> Option<&mut dyn Slot>;

    /// Becomes the variant that keeps what the document does not list.
    fn keep(&mut self, value: Value);

    /// The model inside, or the value as it came where the document lists no variant for it.
    fn chosen(&self) -> View<'_>;
}

/// Takes a tagged union from `source`.
///
/// # Errors
/// The source knows.
pub fn decode_tagged<T: Tagged>(target: &mut T, source: &mut dyn Source) -> Walk {
    let value = source.json()?;
    let Some(tag) = value.get(T::TAG) else {
        let reason = if value.is_object() { "is missing" } else { "needs an object to stand in" };
        return Err(source.refuse(format!("the discriminator `{}` {reason}", T::TAG)));
    };
    match tag.as_str().and_then(|tag| target.choose(tag)) {
        Some(slot) => source.replay(&value, slot),
        None => {
            target.keep(value);
            Ok(())
        }
    }
}

/// Implements what a string enum shares with every other: text in, text out, JSON.
///
/// The enum offers `as_str`, `VALUES` and `From<&str>`; its variant `Unknown` keeps the rest.
#[allow(unused_macros, reason = "a document may have none")]
macro_rules! string_enum {
    ($name:ident) => {
        impl $crate::runtime::model::Slot for $name {
            #[inline]
            fn blank() -> Self {
                Self::Unknown(String::new())
            }
            fn decode(
                &mut self,
                source: &mut dyn $crate::runtime::model::Source,
            ) -> $crate::runtime::model::Walk {
                source.text(&mut |text| {
                    *self = Self::from(text);
                    Ok(())
                })
            }
            #[inline]
            fn view(&self) -> $crate::runtime::model::View<'_> {
                $crate::runtime::model::View::Enum(self)
            }
        }
        impl $crate::runtime::model::Enum for $name {
            #[inline]
            fn as_str(&self) -> &str {
                self.as_str()
            }
            #[inline]
            fn listed(&self) -> &'static [&'static str] {
                Self::VALUES
            }
        }
        $crate::runtime::model::slot!($name);
        impl ::core::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.pad(self.as_str())
            }
        }
        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;
            // Not `Self::Err`, which may be a variant.
            fn from_str(text: &str) -> Result<Self, ::core::convert::Infallible> {
                Ok(Self::from(text))
            }
        }
        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }
    };
}

/// Implements decoding, encoding, validating and `Debug` for a tagged union.
#[allow(unused_macros, reason = "a document may have none")]
macro_rules! tagged_union {
    ($name:ident) => {
        impl $crate::runtime::model::Slot for $name {
            #[inline]
            fn blank() -> Self {
                Self::Unknown(::serde_json::Value::Null)
            }
            fn decode(
                &mut self,
                source: &mut dyn $crate::runtime::model::Source,
            ) -> $crate::runtime::model::Walk {
                $crate::runtime::unions::decode_tagged(self, source)
            }
            #[inline]
            fn view(&self) -> $crate::runtime::model::View<'_> {
                $crate::runtime::unions::Tagged::chosen(self)
            }
        }
        $crate::runtime::model::slot!($name);
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::runtime::debug::fmt(self, formatter)
            }
        }
    };
}

#[allow(unused_imports, reason = "a document may have none")]
pub(crate) use {string_enum, tagged_union};
