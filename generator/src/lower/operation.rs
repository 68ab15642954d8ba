//! Operations.

use openapiv3::{PathItem, ReferenceOr};
use serde_json::Value;

use super::Lowering;
use crate::diag::Pointer;
use crate::ir::{Location, Operation, Parameter, Presence};

impl<'a> Lowering<'a> {
    /// The operations of all paths, in the document's order.
    pub(super) fn operations(&mut self) -> Vec<Operation> {
        let root = Pointer::root().child("paths");
        let mut operations = Vec::new();
        let document = self.document;
        for (path, item) in &document.openapi.paths.paths {
            // The source stage has put referenced path items in place.
            let ReferenceOr::Item(item) = item else { continue };
            let pointer = root.child(path.as_str());
            for (method, operation) in item.iter() {
                operations.push(self.operation(path, item, method, operation, &pointer));
            }
        }
        operations
    }

    fn operation(
        &mut self,
        path: &str,
        item: &'a PathItem,
        method: &str,
        source: &'a openapiv3::Operation,
        pointer: &Pointer,
    ) -> Operation {
        let shared = (item.parameters.as_slice(), pointer.child("parameters"));
        let pointer = pointer.child(method);
        let own = (source.parameters.as_slice(), pointer.child("parameters"));
        let id = source.operation_id.clone().unwrap_or_else(|| format!("{method} {path}"));
        let parameters = in_order(path, self.parameters(&id, &[own, shared]));
        let body = source.request_body.as_ref();
        Operation {
            method: upper(method),
            path: path.to_owned(),
            summary: source.summary.clone().or_else(|| item.summary.clone()),
            description: source.description.clone().or_else(|| item.description.clone()),
            tags: source.tags.clone(),
            deprecated: source.deprecated,
            preview: source.extensions.get("x-preview") == Some(&Value::Bool(true)),
            parameters,
            body: body.and_then(|body| self.body(&id, body, pointer.child("requestBody"))),
            responses: self.responses(&id, &source.responses, &pointer.child("responses")),
            security: self.security(source.security.as_deref()),
            place: self.place(&pointer),
            id,
        }
    }
}

/// Path parameters in the order of the path, then the other required ones, then the optional ones.
fn in_order(path: &str, mut parameters: Vec<Parameter>) -> Vec<Parameter> {
    parameters.sort_by_key(|parameter| {
        let place = path.find(&format!("{{{}}}", parameter.field.name));
        match (parameter.location, parameter.field.presence) {
            (Location::Path, _) => (0, place),
            (_, Presence::Required) => (1, None),
            (_, Presence::Optional) => (2, None),
        }
    });
    parameters
}

fn upper(method: &str) -> &'static str {
    match method {
        "put" => "PUT",
        "post" => "POST",
        "delete" => "DELETE",
        "options" => "OPTIONS",
        "head" => "HEAD",
        "patch" => "PATCH",
        "trace" => "TRACE",
        _ => "GET",
    }
}
