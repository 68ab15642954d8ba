//! Values that remember how they were spelled.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::str::FromStr;

use crate::runtime::model::{Slot, Source, View, Walk};

/// A type that strings are read as.
pub trait Text: FromStr + fmt::Display + Send + Sync {
    /// What such a string is, with its article, for errors.
    const WHAT: &'static str;

    /// A placeholder, which is never handed out.
    fn blank() -> Self;
}

/// A value, and the string that it was read from, where that is another one than the value itself
/// would write: `2024-05-01T02:00:00+02:00` stays so, and is the same instant as
/// `2024-05-01T00:00:00Z`. Two values are equal when they mean the same.
///
/// It derefs to the value; [`From`] makes one of a value, [`FromStr`] of a string.
#[derive(Clone)]
pub struct Spelled<T> {
    value: T,
    text: Option<Box<str>>,
}

impl<T> Spelled<T> {
    /// The value without its spelling.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> From<T> for Spelled<T> {
    fn from(value: T) -> Self {
        Self { value, text: None }
    }
}

impl<T: Text> FromStr for Spelled<T> {
    type Err = T::Err;

    fn from_str(text: &str) -> Result<Self, T::Err> {
        let value: T = text.parse()?;
        let is_canonical = value.to_string() == text;
        Ok(Self { value, text: (!is_canonical).then(|| text.into()) })
    }
}

impl<T> Deref for Spelled<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Display> fmt::Display for Spelled<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.text {
            Some(text) => formatter.write_str(text),
            None => self.value.fmt(formatter),
        }
    }
}

impl<T: fmt::Display> fmt::Debug for Spelled<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl<T: PartialEq> PartialEq for Spelled<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spelled<T> {}

impl<T: PartialOrd> PartialOrd for Spelled<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.value.partial_cmp(&other.value)
    }
}

impl<T: Ord> Ord for Spelled<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value)
    }
}

impl<T: Hash> Hash for Spelled<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl<T: Text> Slot for Spelled<T> {
    fn blank() -> Self {
        Self::from(T::blank())
    }

    fn decode(&mut self, source: &mut dyn Source) -> Walk {
        source.text(&mut |text: &str| {
            *self = text.parse().map_err(|_| format!("the string is not {}", T::WHAT))?;
            Ok(())
        })
    }

    fn view(&self) -> View<'_> {
        View::Text(self)
    }
}
