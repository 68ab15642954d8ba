//! Media types: what a body of each is to those who send or receive it.

use std::borrow::Borrow;

use openapiv3::{MediaType, ReferenceOr, Schema, SchemaKind, Type};

use super::Lowering;
use super::keywords::Keywords;
use super::schema::{component_name, components};
use crate::diag::Pointer;
use crate::ir::{Content, Origin, Rule, TypeRef};
use crate::source::media_type::{essence, is_json};

/// What a body can be, the most convenient first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Medium {
    Json,
    Form,
    Multipart,
    Text,
    Bytes,
    /// Events one after the other; they are read to their end, as a text.
    Events,
}

impl Medium {
    /// As a client receives it: a form is text, and parts are not taken apart.
    pub(super) fn received(self) -> Self {
        match self {
            Self::Form => Self::Text,
            Self::Multipart => Self::Bytes,
            other => other,
        }
    }

    /// As the content of a body whose schema, in the form of `same`, has a type already.
    pub(super) fn like(self, same: &Content) -> Option<Content> {
        let ty = same.ty()?.clone();
        match self {
            Self::Json => Some(Content::Json(ty)),
            Self::Form => Some(Content::Form(ty)),
            Self::Multipart => Some(Content::Multipart(parts(ty))),
            Self::Text | Self::Bytes | Self::Events => None,
        }
    }
}

/// Media types that are text though they do not say so.
const TEXTS: &[&str] = &[
    "application/graphql",
    "application/javascript",
    "application/jsonl",
    "application/sdp",
    "application/sql",
    "application/x-jsonl",
    "application/x-jsonlines",
    "application/x-ndjson",
    "application/xml",
    "application/yaml",
];

impl<'a> Lowering<'a> {
    /// What a body of this media type is; nothing if that is no media type.
    pub(super) fn medium(&self, media_type: &str, media: &MediaType) -> Option<Medium> {
        let essence = essence(media_type);
        let (main, sub) = essence.split_once('/')?;
        Some(match (main, sub) {
            // Whoever lists JSON among the forms of a file means the file.
            _ if is_json(&essence) && self.is_file(media) => Medium::Bytes,
            _ if is_json(&essence) => Medium::Json,
            ("application", "x-www-form-urlencoded") if self.has_no_pairs(media) => Medium::Text,
            ("application", "x-www-form-urlencoded") => Medium::Form,
            ("multipart", "form-data") => Medium::Multipart,
            // Whoever says that the type may be any, and what is in it, means JSON.
            ("*" | "application", "*") if self.is_structured(media) => Medium::Json,
            ("text", "event-stream") => Medium::Events,
            ("text", _) => Medium::Text,
            _ if sub.ends_with("+xml") || sub.ends_with("+yaml") => Medium::Text,
            _ if TEXTS.contains(&essence.as_str()) => Medium::Text,
            _ => Medium::Bytes,
        })
    }

    /// What a body of that kind holds, and the rules that it must keep.
    pub(super) fn content(
        &mut self,
        kind: Medium,
        media: &'a MediaType,
        origin: Origin,
        pointer: &Pointer,
    ) -> (Content, Vec<Rule>) {
        let raw = match kind {
            Medium::Text | Medium::Events => Some((Content::Text, "text")),
            Medium::Bytes => Some((Content::Bytes, "bytes")),
            Medium::Json | Medium::Form | Medium::Multipart => None,
        };
        if let Some((raw, word)) = raw {
            if self.is_structured(media) {
                let media_type = pointer.last().unwrap_or_default();
                let message = format!(
                    "`{media_type}` is passed on as {word}, whatever the schema says of the body"
                );
                let help = "only JSON and forms become types; read or write the body yourself";
                self.warn("untyped-body", message, pointer, help);
            }
            return (raw, Vec::new());
        }
        let (ty, rules) = match &media.schema {
            Some(schema) => {
                let used = self.placed(schema, origin, &pointer.child("schema"));
                self.keep_samples(&used.ty, media);
                (used.ty, used.rules)
            }
            None => (TypeRef::Json, Vec::new()),
        };
        let content = match kind {
            Medium::Form => Content::Form(ty),
            Medium::Multipart => Content::Multipart(parts(ty)),
            _ => Content::Json(ty),
        };
        (content, rules)
    }

    /// What the schema of a media type says, if it has one.
    pub(super) fn keywords_of<'m>(&self, media: &'m MediaType) -> Option<Keywords<'m>>
    where
        'a: 'm,
    {
        let (schema, _) = self.resolve(media.schema.as_ref()?, Pointer::root())?;
        Some(Keywords::of(schema))
    }

    /// Whether a schema is that of a file.
    fn is_file(&self, media: &MediaType) -> bool {
        self.keywords_of(media).is_some_and(|keywords| {
            keywords.ty == Some("string") && keywords.format.as_deref() == Some("binary")
        })
    }

    /// Whether a schema is of a type that no form can be made of. A string may be one that is made
    /// already.
    fn has_no_pairs(&self, media: &MediaType) -> bool {
        let ty = self.keywords_of(media).and_then(|keywords| keywords.ty);
        ty.is_some_and(|word| !matches!(word, "object" | "string"))
    }

    /// Whether a schema is more than a string.
    fn is_structured(&self, media: &MediaType) -> bool {
        media.schema.as_ref().is_some_and(|schema| self.is_more_than_text(schema, 0))
    }

    fn is_more_than_text<S: Borrow<Schema>>(&self, schema: &ReferenceOr<S>, depth: usize) -> bool {
        /// References to references deeper than this go round in a circle.
        const DEEPEST: usize = 64;
        match schema {
            ReferenceOr::Item(schema) => match &schema.borrow().schema_kind {
                SchemaKind::Type(Type::String(_)) => false,
                SchemaKind::Any(any) => *any != openapiv3::AnySchema::default(),
                _ => true,
            },
            ReferenceOr::Reference { reference } => component_name(reference)
                .and_then(|name| components(self.document).get(&name))
                .is_some_and(|schema| depth < DEEPEST && self.is_more_than_text(schema, depth + 1)),
        }
    }
}

/// The parts of a multipart body: where the document does not name them, each may be a file.
fn parts(ty: TypeRef) -> TypeRef {
    match ty {
        TypeRef::Named(_) | TypeRef::Map(_) => ty,
        _ => TypeRef::Map(Box::new(TypeRef::Prim(crate::ir::Prim::File))),
    }
}
