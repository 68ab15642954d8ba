//! The body of a request: what the caller gave, and the bytes that are made of it.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;

use super::encode;
use super::model::Slot;
use super::multipart;
use super::operation::Content;
use super::parameters::form_body;
use super::plain::{Layout, Plain, Secrets};
use super::rules::{Rule, Way};
use super::validate::{Part, Violation, Violations, check};

/// A body of one of the kinds that the operation takes.
#[derive(Clone)]
pub(crate) struct Body {
    content: &'static Content,
    rules: &'static [Rule],
    payload: Payload,
}

/// What the caller gave.
#[derive(Clone)]
pub(crate) enum Payload {
    /// A value of the document's type.
    Typed(Arc<dyn Slot>),
    /// A text or bytes, of which the document says no more.
    Raw(Bytes),
}

/// A body as it is sent, the same in all attempts.
pub(crate) struct Encoded {
    pub(crate) media_type: String,
    pub(crate) bytes: Bytes,
}

impl Body {
    pub(crate) fn new(content: &'static Content, payload: Payload) -> Self {
        let (content, rules) = content.parts();
        Self { content, rules, payload }
    }

    /// What it breaks of the document's rules.
    pub(crate) fn check(&self) -> Violations {
        match &self.payload {
            Payload::Typed(value) => check(value.as_ref(), self.rules, Some(Way::Sent)),
            Payload::Raw(_) => Violations::default(),
        }
    }

    pub(crate) fn encode(&self) -> Result<Encoded, Violation> {
        let value = match &self.payload {
            Payload::Typed(value) => value.as_ref(),
            Payload::Raw(bytes) => {
                return Ok(Encoded {
                    media_type: self.content.media_type().to_owned(),
                    bytes: bytes.clone(),
                });
            }
        };
        let bytes = match self.content {
            Content::Multipart(parts) => {
                let boundary = multipart::boundary();
                let plain = Plain::of(value.view(), Secrets::Shown);
                let bytes = multipart::encode(&plain, parts, &boundary, Secrets::Shown)?;
                let media_type = format!("{}; boundary={boundary}", self.content.media_type());
                return Ok(Encoded { media_type, bytes: bytes.into() });
            }
            Content::Form(_, fields) => form_body(value, fields, Secrets::Shown)
                .ok_or_else(|| Violation::new(Part::Body, "", "form", "an object or a text"))?
                .into(),
            Content::Json(_) | Content::Raw(_) | Content::With(..) => json(value)?,
        };
        Ok(Encoded { media_type: self.content.media_type().to_owned(), bytes })
    }

    /// The body for a reader, without secrets.
    #[inline]
    pub(crate) fn preview(&self) -> String {
        let value = match &self.payload {
            Payload::Typed(value) => value.as_ref(),
            // Nobody vouches for it.
            Payload::Raw(bytes) => return format!("[{} bytes]", bytes.len()),
        };
        let plain = Plain::of(value.view(), Secrets::Hidden);
        match self.content {
            Content::Multipart(parts) => {
                let shown = multipart::encode(&plain, parts, RANDOM, Secrets::Hidden);
                String::from_utf8_lossy(&shown.unwrap_or_default()).into_owned()
            }
            Content::Form(_, fields) => {
                form_body(value, fields, Secrets::Hidden).unwrap_or_default()
            }
            Content::Json(_) | Content::Raw(_) | Content::With(..) => {
                plain.to_json(Layout::Pretty(0))
            }
        }
    }
}

/// What a preview shows instead of the boundary, which is another one for each call.
const RANDOM: &str = "[random]";

fn json(value: &dyn Slot) -> Result<Bytes, Violation> {
    let mut bytes = Vec::new();
    encode::serialize(value, &mut serde_json::Serializer::new(&mut bytes))
        .map_err(|error| Violation::new(Part::Body, "", "json", error.to_string()))?;
    Ok(bytes.into())
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.payload {
            Payload::Typed(value) => fmt::Debug::fmt(&value.view(), formatter),
            Payload::Raw(bytes) => write!(formatter, "[{} bytes]", bytes.len()),
        }
    }
}
