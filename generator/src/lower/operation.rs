//! Operations.

mod matched;
mod template;

use openapiv3::{PathItem, ReferenceOr};
use serde_json::Value;

use super::Lowering;
use super::response::Answers;
use crate::diag::{Diagnostic, Pointer};
use crate::ir::Operation;
use matched::Matched;
use template::{Taken, Template};

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
            let template = Template::of(path.trim());
            self.tell_taken(path, &template, &pointer);
            let mut loose = Vec::new();
            for (method, operation) in item.iter() {
                let named = (path.as_str(), &template);
                let (operation, read) = self.operation(named, item, method, operation, &pointer);
                operations.push(operation);
                loose.extend(read);
            }
            self.tell_loose(loose, &pointer);
        }
        operations
    }

    /// Says what of a path is no path.
    fn tell_taken(&mut self, written: &str, template: &Template, pointer: &Pointer) {
        let mut said = Vec::new();
        for taken in &template.taken {
            said.push(match taken {
                Taken::Fragment(text) => (
                    format!("`{text}` in a path is a fragment, which is never sent"),
                    "leave it out",
                ),
                Taken::Parameter(text) => (
                    format!("`{text}` in a path is of the query"),
                    "leave it out, and declare a parameter `in: query` of that name; it is taken for one",
                ),
                Taken::Composite(text) => (
                    format!("`{text}` in a path is of the query"),
                    "declare a parameter `in: query` of that name; it is filled in as it stands",
                ),
            });
        }
        if written.trim() != written {
            let message = "there are blanks around a path".to_owned();
            said.push((message, "remove them; they are left out"));
        }
        for (message, help) in said {
            let warning = Diagnostic::warning("query-in-path", message).help(help);
            self.sink.report(warning.at_key(self.place(pointer)));
        }
    }

    /// Says what is no placeholder of OpenAPI, once for all operations of a path.
    fn tell_loose(&mut self, mut loose: Vec<(String, String)>, pointer: &Pointer) {
        loose.sort();
        loose.dedup();
        for (written, read) in loose {
            let message = format!("`{written}` in a path is read as {read}");
            let help = "OpenAPI knows `{name}` only: write that";
            let warning = Diagnostic::warning("path-template", message).help(help);
            self.sink.report(warning.at_key(self.place(pointer)));
        }
    }

    /// An operation, and what in its path is no placeholder of OpenAPI.
    fn operation(
        &mut self,
        (written, template): (&str, &Template),
        item: &'a PathItem,
        method: &str,
        source: &'a openapiv3::Operation,
        pointer: &Pointer,
    ) -> (Operation, Vec<(String, String)>) {
        let shared = (item.parameters.as_slice(), pointer.child("parameters"));
        let pointer = pointer.child(method);
        let own = (source.parameters.as_slice(), pointer.child("parameters"));
        let id = source.operation_id.clone().unwrap_or_else(|| format!("{method} {written}"));
        let parameters = self.parameters(&id, &[own, shared]);
        let Matched { path, parameters, loose } = self.matched(template, parameters, &pointer);
        let body = source.request_body.as_ref();
        let answers = if method == "head" { Answers::Heads } else { Answers::Whole };
        let operation = Operation {
            method: upper(method),
            path,
            summary: source.summary.clone().or_else(|| item.summary.clone()),
            description: source.description.clone().or_else(|| item.description.clone()),
            tags: source.tags.clone(),
            deprecated: source.deprecated,
            server: self.servers.own(&source.servers, &item.servers),
            preview: source.extensions.get("x-preview") == Some(&Value::Bool(true)),
            parameters,
            body: body.and_then(|body| self.body(&id, body, pointer.child("requestBody"))),
            responses: self.responses(&id, answers, &source.responses, &pointer.child("responses")),
            callbacks: self.callbacks(&id, &source.callbacks, &pointer.child("callbacks")),
            security: self.security(source.security.as_deref()),
            place: self.place(&pointer),
            id,
        };
        (operation, loose)
    }
}

pub(super) fn upper(method: &str) -> &'static str {
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
