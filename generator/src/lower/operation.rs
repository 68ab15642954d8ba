//! Operations.

mod template;

use openapiv3::{PathItem, ReferenceOr};
use serde_json::Value;

use super::Lowering;
use super::schema::Use;
use crate::diag::{Diagnostic, Pointer};
use crate::ir::{Fill, Location, Operation, Parameter, Presence, Prim, Style, TypeRef};
use template::{Template, Way};

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
            let template = Template::of(path);
            self.tell_taken(&template, &pointer);
            for (method, operation) in item.iter() {
                let named = (path.as_str(), &template);
                operations.push(self.operation(named, item, method, operation, &pointer));
            }
        }
        operations
    }

    /// Says what of a path is no path.
    fn tell_taken(&mut self, template: &Template, pointer: &Pointer) {
        for taken in &template.taken {
            let (what, help) = match taken.starts_with('#') {
                true => ("a fragment, which is never sent", "leave it out"),
                false => {
                    ("of the query", "declare it as a parameter `in: query`; it is taken for one")
                }
            };
            let message = format!("`{taken}` in a path is {what}");
            let warning = Diagnostic::warning("query-in-path", message).help(help);
            self.sink.report(warning.at_key(self.place(pointer)));
        }
    }

    fn operation(
        &mut self,
        (written, template): (&str, &Template),
        item: &'a PathItem,
        method: &str,
        source: &'a openapiv3::Operation,
        pointer: &Pointer,
    ) -> Operation {
        let shared = (item.parameters.as_slice(), pointer.child("parameters"));
        let pointer = pointer.child(method);
        let own = (source.parameters.as_slice(), pointer.child("parameters"));
        let id = source.operation_id.clone().unwrap_or_else(|| format!("{method} {written}"));
        let parameters = self.parameters(&id, &[own, shared]);
        let parameters = self.match_query(template, parameters, &pointer);
        let path = template.path.as_str();
        let parameters = in_order(path, self.match_path(path, parameters, &pointer));
        let body = source.request_body.as_ref();
        Operation {
            method: upper(method),
            path: path.to_owned(),
            summary: source.summary.clone().or_else(|| item.summary.clone()),
            description: source.description.clone().or_else(|| item.description.clone()),
            tags: source.tags.clone(),
            deprecated: source.deprecated,
            server: self.servers.own(&source.servers, &item.servers),
            preview: source.extensions.get("x-preview") == Some(&Value::Bool(true)),
            parameters,
            body: body.and_then(|body| self.body(&id, body, pointer.child("requestBody"))),
            responses: self.responses(&id, &source.responses, &pointer.child("responses")),
            callbacks: self.callbacks(&id, &source.callbacks, &pointer.child("callbacks")),
            security: self.security(source.security.as_deref()),
            place: self.place(&pointer),
            id,
        }
    }

    /// Brings the path parameters in line with the path: one that is not declared is a string, one
    /// that the path does not name goes nowhere.
    fn match_path(
        &mut self,
        path: &str,
        mut parameters: Vec<Parameter>,
        pointer: &Pointer,
    ) -> Vec<Parameter> {
        let named: Vec<&str> =
            path.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
        parameters.retain(|parameter| {
            let name = &parameter.field.name;
            let used = parameter.location != Location::Path || named.contains(&name.as_str());
            if !used {
                let message = format!("the path has no `{{{name}}}`: the parameter goes nowhere");
                let warning = Diagnostic::warning("unused-path-parameter", message);
                let help = "name it in the path, or remove it; it is left out";
                self.sink.report(warning.at(parameter.field.place.clone()).help(help));
            }
            used
        });
        for name in named {
            let declared = |parameter: &Parameter| {
                parameter.location == Location::Path && parameter.field.name == name
            };
            if !parameters.iter().any(declared) {
                let message = format!("the path parameter `{name}` is not declared");
                self.warn(
                    "undeclared-path-parameter",
                    message,
                    pointer,
                    "it is taken for a string",
                );
                parameters.push(Parameter {
                    location: Location::Path,
                    style: Style::Simple,
                    explode: false,
                    ..self.undeclared(name, Presence::Required, pointer)
                });
            }
        }
        parameters
    }

    /// Makes parameters of the query of the placeholders that stood in there: those that are declared
    /// in the path move, those that are not declared are strings.
    fn match_query(
        &mut self,
        template: &Template,
        mut parameters: Vec<Parameter>,
        pointer: &Pointer,
    ) -> Vec<Parameter> {
        for placeholder in &template.query {
            let is_query = |it: &Parameter| {
                let name = &it.field.name;
                it.location == Location::Query
                    && (*name == placeholder.name || *name == placeholder.parameter)
            };
            if parameters.iter().any(is_query) {
                continue;
            }
            let is_named = |it: &&mut Parameter| {
                it.location == Location::Path && it.field.name == placeholder.parameter
            };
            match parameters.iter_mut().find(is_named) {
                Some(moved) if !template.has(&placeholder.parameter) => {
                    moved.field.name.clone_from(&placeholder.name);
                    moved.location = Location::Query;
                    if moved.style != Style::Json {
                        (moved.style, moved.explode) = (Style::Form, true);
                    }
                }
                _ => {
                    let presence = match placeholder.way {
                        Way::Pair => Presence::Required,
                        Way::Expression => Presence::Optional,
                    };
                    parameters.push(self.undeclared(&placeholder.name, presence, pointer));
                }
            }
        }
        parameters
    }

    /// A parameter of the query of which nothing is said: a string.
    fn undeclared(&mut self, name: &str, presence: Presence, pointer: &Pointer) -> Parameter {
        let used = Use::of(TypeRef::Prim(Prim::String));
        Parameter {
            field: self.field(name, used, presence == Presence::Required, pointer),
            location: Location::Query,
            style: Style::Form,
            explode: true,
            allow_reserved: false,
            fill: Fill::Nothing,
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
