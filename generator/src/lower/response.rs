//! Responses.

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Response as Source, Responses, StatusCode};
use serde_json::Value;

use super::Lowering;
use super::parameter::component;
use crate::diag::Pointer;
use crate::ir::{Origin, Part, Response, Status};

/// What answers to a method hold.
#[derive(Clone, Copy)]
pub(super) enum Answers {
    /// What is documented.
    Whole,
    /// No body, whatever is documented: those to HEAD (RFC 9110, section 9.3.2).
    Heads,
}

impl<'a> Lowering<'a> {
    /// The responses of an operation, in the document's order, `default` last.
    pub(super) fn responses(
        &mut self,
        id: &str,
        answers: Answers,
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
        let first = all.iter().map(|(status, ..)| *status).find(|status| status.is_success());
        all.into_iter()
            .filter_map(|(status, key, response)| {
                let (response, pointer) = self.response_of(response, pointer.child(key))?;
                let part =
                    if first == Some(status) { Part::Response } else { Part::Status(status) };
                Some(self.response((id, part, answers), status, response, &pointer))
            })
            .collect()
    }

    fn response(
        &mut self,
        (id, part, answers): (&str, Part, Answers),
        status: Status,
        source: &'a Source,
        pointer: &Pointer,
    ) -> Response {
        let content = pointer.child("content");
        let mut known = Vec::new();
        for (media_type, media) in &source.content {
            match self.medium(media_type, media) {
                Some(kind) => known.push((kind, media_type, media)),
                None => self.no_media_type(media_type, &content),
            }
        }
        // What is most convenient is asked for.
        let found = known.iter().copied().min_by_key(|(kind, _, _)| *kind);
        let media_type = found.map(|(_, media_type, _)| media_type);
        let found = found.filter(|_| matches!(answers, Answers::Whole));
        let others = known.iter().map(|(_, other, _)| *other).filter(|_| found.is_some());
        let others = others.filter(|other| Some(*other) != media_type).cloned().collect();
        let body = found.map(|(kind, media_type, media)| {
            let origin = Origin::Operation(id.to_owned(), part);
            self.content(kind.received(), media, origin, &content.child(media_type.as_str()))
        });
        let (body, rules) = match body {
            Some((body, rules)) => (Some(body), rules),
            None => (None, Vec::new()),
        };
        Response {
            status,
            description: source.description.clone(),
            body,
            rules,
            media_type: media_type.cloned(),
            other_types: others,
            headers: self.headers(id, &source.headers, &pointer.child("headers")),
            links: self.links(&source.links),
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
