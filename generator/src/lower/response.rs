//! Responses.

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Response as Source, Responses, StatusCode};
use serde_json::Value;

use super::Lowering;
use super::body::json;
use super::parameter::component;
use crate::diag::Pointer;
use crate::ir::{Origin, Response, Status, TypeRef};

impl<'a> Lowering<'a> {
    /// The responses of an operation, in the document's order, `default` last.
    pub(super) fn responses(
        &mut self,
        id: &str,
        responses: &'a Responses,
        pointer: &Pointer,
    ) -> Vec<Response> {
        let coded = responses.responses.iter().map(|(status, response)| {
            let key = status.to_string();
            let status = match status {
                StatusCode::Code(code) => Status::Code(*code),
                StatusCode::Range(digit) => Status::Range(*digit),
            };
            (status, key, response)
        });
        let default = responses.default.iter();
        let default = default.map(|response| (Status::Default, "default".to_owned(), response));
        let all: Vec<_> = coded.chain(default).collect();
        all.into_iter()
            .filter_map(|(status, key, response)| {
                let (response, pointer) = self.response_of(response, pointer.child(key))?;
                Some(self.response(id, status, response, &pointer))
            })
            .collect()
    }

    fn response(
        &mut self,
        id: &str,
        status: Status,
        source: &'a Source,
        pointer: &Pointer,
    ) -> Response {
        let content = pointer.child("content");
        let found = json(&source.content);
        let body = found.map(|(media_type, media)| match &media.schema {
            Some(schema) => {
                let part = if status.is_success() { "response" } else { "error" };
                let origin = Origin::Operation(id.to_owned(), part.to_owned());
                let pointer = content.child(media_type).child("schema");
                self.schema_or_reference(schema, origin, &pointer).ty
            }
            None => TypeRef::Json,
        });
        if let (None, Some(media_type)) = (&body, source.content.keys().next()) {
            let message = format!("a response of {media_type} is not decoded yet");
            self.warn("response-media-type", message, &content, "its body is not given to callers");
        }
        Response {
            status,
            description: source.description.clone(),
            body,
            media_type: found.map(|(media_type, _)| media_type.to_owned()),
            headers: self.headers(id, &source.headers, &pointer.child("headers")),
            retry_when: retry_when(&source.extensions),
            place: self.place(pointer),
        }
    }

    fn response_of(
        &self,
        response: &'a ReferenceOr<Source>,
        pointer: Pointer,
    ) -> Option<(&'a Source, Pointer)> {
        match response {
            ReferenceOr::Item(item) => Some((item, pointer)),
            ReferenceOr::Reference { reference } => {
                let name = component(reference, "responses")?;
                let components = self.document.openapi.components.as_ref()?;
                let root = Pointer::root().child("components").child("responses");
                self.response_of(components.responses.get(&name)?, root.child(name))
            }
        }
    }
}

/// `x-retry-when`: an object of body properties, each with the values that mean "try again".
fn retry_when(extensions: &IndexMap<String, Value>) -> Vec<(String, Vec<String>)> {
    let rules = extensions.get("x-retry-when").and_then(Value::as_object);
    let words = |values: &Value| {
        let values = values.as_array().into_iter().flatten();
        values.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    rules
        .into_iter()
        .flatten()
        .map(|(property, values)| (property.clone(), words(values)))
        .collect()
}
