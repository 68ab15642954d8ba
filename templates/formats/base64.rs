//! Bytes that are base64 in JSON.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::str::FromStr;

use base64::DecodeError;
use base64::display::Base64Display;
use base64::engine::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::runtime::model::{Slot, Source, View, Walk};

/// Bytes, written as base64 (RFC 4648, section 4): the standard alphabet, with padding. Any other
/// spelling is refused, so that the bytes go out again as the string that came in.
///
/// It derefs to the bytes; [`From`] makes one of them, [`FromStr`] of base64.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64(Vec<u8>);

impl Base64 {
    /// The bytes.
    pub fn into_inner(self) -> Vec<u8> {
        self.0
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl FromStr for Base64 {
    type Err = DecodeError;

    fn from_str(text: &str) -> Result<Self, DecodeError> {
        STANDARD.decode(text).map(Self)
    }
}

impl Deref for Base64 {
    type Target = Vec<u8>;

    fn deref(&self) -> &Vec<u8> {
        &self.0
    }
}

impl DerefMut for Base64 {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}

impl fmt::Display for Base64 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Base64Display::new(&self.0, &STANDARD).fmt(formatter)
    }
}

impl fmt::Debug for Base64 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Slot for Base64 {
    fn blank() -> Self {
        Self::default()
    }

    fn decode(&mut self, source: &mut dyn Source) -> Walk {
        source.text(&mut |text: &str| {
            *self = text.parse().map_err(|_| "the string is not base64 with padding".to_owned())?;
            Ok(())
        })
    }

    fn view(&self) -> View<'_> {
        View::Text(self)
    }
}
