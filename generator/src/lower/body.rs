//! Request bodies.

use openapiv3::{Content, MediaType, ReferenceOr, RequestBody};

use super::Lowering;
use super::parameter::component;
use crate::diag::Pointer;
use crate::ir::{Body, Origin, TypeRef};

impl<'a> Lowering<'a> {
    /// The body of an operation; a media type that is not JSON is left out with a warning, unless it is a form.
    pub(super) fn body(
        &mut self,
        id: &str,
        body: &'a ReferenceOr<RequestBody>,
        pointer: Pointer,
    ) -> Option<Body> {
        let (body, pointer) = self.body_of(body, pointer)?;
        let content = pointer.child("content");
        let found = json(&body.content).or_else(|| form(&body.content));
        let Some((media_type, media)) = found else {
            let others = body.content.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            let message = format!("a request body of {others} cannot be sent yet");
            self.warn(
                "body-media-type",
                message,
                &content,
                "only JSON and URL-encoded forms are generated",
            );
            return None;
        };
        let pointer = content.child(media_type).child("schema");
        let ty = match &media.schema {
            Some(schema) => {
                let origin = Origin::Operation(id.to_owned(), "request".to_owned());
                self.schema_or_reference(schema, origin, &pointer).ty
            }
            None => TypeRef::Json,
        };
        Some(Body {
            media_type: media_type.to_owned(),
            required: body.required,
            ty,
            description: body.description.clone(),
        })
    }

    fn body_of(
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

/// The URL-encoded form among the media types of a body.
fn form(content: &Content) -> Option<(&str, &MediaType)> {
    let form = "application/x-www-form-urlencoded";
    content.get_key_value(form).map(|(media_type, media)| (media_type.as_str(), media))
}

/// The JSON among the media types of a body.
pub(super) fn json(content: &Content) -> Option<(&str, &MediaType)> {
    let is_json = |media_type: &str| {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        essence.eq_ignore_ascii_case("application/json") || essence.ends_with("+json")
    };
    content
        .iter()
        .map(|(media_type, media)| (media_type.as_str(), media))
        .find(|(media_type, _)| is_json(media_type))
}
