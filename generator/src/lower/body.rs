//! Request bodies.

use openapiv3::{Encoding, MediaType, ReferenceOr, RequestBody};

use super::Lowering;
use super::media::Medium;
use super::parameter::{component, query_style};
use crate::diag::Pointer;
use crate::ir::{Body, FormField, Media, Origin, Part, Style};
use crate::source::media_type::is_json;

impl<'a> Lowering<'a> {
    /// The body of an operation, with all that may be sent as one.
    pub(super) fn body(
        &mut self,
        id: &str,
        body: &'a ReferenceOr<RequestBody>,
        pointer: Pointer,
    ) -> Option<Body> {
        let (body, pointer) = self.body_of(body, pointer)?;
        let pointer = pointer.child("content");
        let mut sources: Vec<Source<'a>> = Vec::new();
        for (media_type, source) in &body.content {
            match self.medium(media_type, source) {
                Some(kind) => sources.push((kind, media_type, source)),
                None => self.no_media_type(media_type, &pointer),
            }
        }
        sources.sort_by_key(|(kind, _, _)| *kind);
        let media = self.media(id, &sources, &pointer);
        let (required, description) = (body.required, body.description.clone());
        (!media.is_empty()).then_some(Body { media, required, description })
    }

    /// The kinds of body; media types that differ in nothing else are one.
    fn media(&mut self, id: &str, sources: &[Source<'a>], pointer: &Pointer) -> Vec<Media> {
        let mut media: Vec<(Source<'a>, Media)> = Vec::new();
        for source in sources {
            let (kind, media_type, object) = *source;
            if let Some((_, same)) = media.iter_mut().find(|(known, _)| alike(known, source)) {
                same.types.push(media_type.to_owned());
                continue;
            }
            let earlier = media.iter().find(|((_, _, known), _)| known.schema == object.schema);
            // The same schema in another form is the same type.
            let same =
                |(_, same): &(_, Media)| Some((kind.like(&same.content)?, same.rules.clone()));
            let (content, rules) = earlier.and_then(same).unwrap_or_else(|| {
                let origin = Origin::Operation(id.to_owned(), Part::Request);
                self.content(kind, object, origin, &pointer.child(media_type))
            });
            let types = vec![media_type.to_owned()];
            let (parts, form) = (parts(object), form(kind, object));
            media.push((*source, Media { types, content, rules, parts, form }));
        }
        media.into_iter().map(|(_, media)| media).collect()
    }

    pub(super) fn no_media_type(&mut self, key: &str, pointer: &Pointer) {
        let message = format!("`{key}` is not a media type");
        self.warn("media-type", message, &pointer.child(key), "it is left out");
    }

    pub(super) fn body_of(
        &self,
        body: &'a ReferenceOr<RequestBody>,
        pointer: Pointer,
    ) -> Option<(&'a RequestBody, Pointer)> {
        match body {
            ReferenceOr::Item(item) => Some((item, pointer)),
            ReferenceOr::Reference { reference } => {
                let name = component(reference, "requestBodies")?;
                let components = self.document.openapi.components.as_ref()?;
                let root = Pointer::root().child("components").child("requestBodies");
                self.body_of(components.request_bodies.get(&name)?, root.child(name))
            }
        }
    }
}

/// A Media Type Object, its media type, and what that is.
type Source<'a> = (Medium, &'a str, &'a MediaType);

/// Whether two differ in nothing but the media type; of text and bytes, nothing else is known.
fn alike((known, _, one): &Source<'_>, (kind, _, other): &Source<'_>) -> bool {
    let is_raw = matches!(kind, Medium::Text | Medium::Bytes | Medium::Events);
    let is_same = |one, other| parts(one) == parts(other) && form(*kind, one) == form(*kind, other);
    known == kind && (is_raw || (one.schema == other.schema && is_same(one, other)))
}

/// The properties of a form that are not written as an array item by item, an object as JSON.
fn form(kind: Medium, source: &MediaType) -> Vec<FormField> {
    if kind != Medium::Form {
        return Vec::new();
    }
    let fields = source.encoding.iter().map(|(name, encoding)| FormField {
        name: name.clone(),
        style: form_style(encoding),
        explode: encoding.explode,
        allow_reserved: encoding.allow_reserved,
    });
    let is_usual = |it: &FormField| it.style == Style::Form && it.explode && !it.allow_reserved;
    fields.filter(|field| !is_usual(field)).collect()
}

/// A content type has a say only where no style is given.
fn form_style(encoding: &Encoding) -> Style {
    match &encoding.style {
        Some(style) => query_style(style),
        None if encoding.content_type.as_deref().is_some_and(is_json) => Style::Json,
        None => Style::Form,
    }
}

/// The content types of the parts of a multipart body, where there is one to choose.
fn parts(source: &MediaType) -> Vec<(String, String)> {
    let parts = source.encoding.iter().filter_map(|(name, encoding)| {
        let content_type = encoding.content_type.as_deref()?.trim();
        let is_one = !content_type.is_empty() && !content_type.contains([',', '*']);
        is_one.then(|| (name.clone(), content_type.to_owned()))
    });
    parts.collect()
}
