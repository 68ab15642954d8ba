//! Names of operations and of security schemes.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::scope::{self, Case, Scope};
use super::{GroupNames, OperationNames, SchemeNames, reserved, status, words};
use crate::analyze::Facts;
use crate::diag::Sink;
use crate::ir::{Api, Content, Operation, SchemeKind};
use crate::settings::Given;
use proc_macro2::Ident;

/// The names of all operations, and of the errors that several of them have.
pub(super) fn names(
    api: &Api,
    module: &str,
    facts: &Facts,
    groups: &[GroupNames],
    given: &Given<'_, '_>,
    sink: &mut Sink,
) -> (Vec<OperationNames>, BTreeMap<usize, Ident>) {
    let mut methods = Scope::new(reserved::CLIENT_METHODS);
    let wanted = api.operations.iter().map(|it| (given.operation(it), words::snake(&it.id)));
    let methods = methods.claim_all(wanted, Case::Snake, "operation", sink);
    let mut scopes = Scopes::new(module);
    let operations = api.operations.iter().zip(methods);
    let operations =
        operations.map(|(operation, method)| scopes.name(operation, method, given, sink)).collect();
    (operations, errors(api, facts, groups, &mut scopes.types))
}

/// The errors that several operations have: after their statuses, for they are nobody's.
fn errors(
    api: &Api,
    facts: &Facts,
    groups: &[GroupNames],
    scope: &mut Scope,
) -> BTreeMap<usize, Ident> {
    // What most have goes without the number that tells equal names apart.
    let mut members: Vec<_> = facts.errors.members().collect();
    members.sort_by_key(|(_, members)| Reverse(members.len()));
    let named = members.into_iter().filter_map(|(first, _)| {
        let errors = api.operations.get(first)?.errors_by_status().into_iter();
        let statuses = errors.map(|(_, response)| response.status);
        let wanted = format!("{}{}", owner(first, facts, groups), status::errors(statuses));
        Some((first, scope.claim(&wanted, "Type")))
    });
    named.collect()
}

/// The tag whose operations alone have the errors of operation `first`, if there is one.
fn owner(first: usize, facts: &Facts, groups: &[GroupNames]) -> String {
    if !facts.layout.is_split() || facts.errors.is_apart(first) {
        return String::new();
    }
    let groups = facts.layout.groups.iter().zip(groups);
    let mut groups = groups.filter(|(group, _)| group.operations.contains(&first));
    groups.next().map(|(_, names)| words::camel(&scope::bare(&names.module))).unwrap_or_default()
}

/// The types of a client module.
struct Scopes<'a> {
    module: &'a str,
    types: Scope,
    examples: Scope,
}

impl<'a> Scopes<'a> {
    /// Those of the client in a module of that name.
    fn new(module: &'a str) -> Self {
        let types = Scope::of_types(reserved::CLIENT_TYPES);
        Self { module, types, examples: Scope::new(&[]) }
    }

    /// The names of an operation whose method is named.
    fn name(
        &mut self,
        operation: &Operation,
        method: Ident,
        given: &Given<'_, '_>,
        sink: &mut Sink,
    ) -> OperationNames {
        let bare = scope::bare(&method);
        let builder = self.types.claim(&words::camel(&bare), "Operation");
        let mut beside = |suffix: &str| self.types.claim(&format!("{builder}{suffix}"), "Type");
        let mut variants = Scope::new(&["Other"]);
        let statuses = operation.responses.iter().map(|response| status::variant(response.status));
        let (fields, bodies) = setters(operation, given, sink);
        OperationNames {
            headers: beside("Headers"),
            error: beside("Error"),
            success: beside("Success"),
            fields,
            bodies,
            header_fields: headers(operation, given, sink),
            statuses: statuses.map(|status| variants.claim(&status, "Status")).collect(),
            example: scope::bare(
                &self.examples.claim(&format!("{}_{bare}", self.module), "example"),
            ),
            builder,
            method,
        }
    }
}

/// The setters of the parameters and of the body.
fn setters(
    operation: &Operation,
    given: &Given<'_, '_>,
    sink: &mut Sink,
) -> (Vec<Ident>, Vec<Ident>) {
    let mut scope = Scope::new(reserved::BUILDER_METHODS);
    let fields = operation.parameters.iter().map(|parameter| &parameter.field);
    let names = fields.map(|it| (given.parameter(operation, it), words::snake(&it.name)));
    let parameters = scope.claim_all(names, Case::Snake, "parameter", sink);
    let media = operation.body.iter().flat_map(|body| &body.media).enumerate();
    let bodies = media.map(|(index, media)| match (index, &media.content) {
        // Reserved, and so nobody else's.
        (0, _) => scope::ident("body"),
        (_, Content::Json(_)) => scope.claim("body_json", "body"),
        (_, Content::Form(_)) => scope.claim("body_form", "body"),
        (_, Content::Multipart(_)) => scope.claim("body_multipart", "body"),
        (_, Content::Text) => scope.claim("body_text", "body"),
        (_, Content::Bytes) => scope.claim("body_bytes", "body"),
    });
    let bodies = bodies.collect();
    (parameters, bodies)
}

fn headers(operation: &Operation, given: &Given<'_, '_>, sink: &mut Sink) -> Vec<Ident> {
    let mut scope = Scope::new(&[]);
    let headers = operation.success_headers().into_iter();
    let names = headers.map(|it| (given.header(operation, it), words::snake(&it.name)));
    scope.claim_all(names, Case::Snake, "header", sink)
}

/// The names of the security schemes.
pub(super) fn schemes(api: &Api) -> Vec<SchemeNames> {
    let mut functions = Scope::new(reserved::CLIENT_FUNCTIONS);
    let schemes = api.schemes.iter().map(|scheme| SchemeNames {
        function: functions.claim(&words::snake(&scheme.name), "scheme"),
        variables: variables(&scheme.kind),
    });
    schemes.collect()
}

/// The `{variables}` of a scheme's URL.
fn variables(kind: &SchemeKind) -> Vec<(String, Ident)> {
    let SchemeKind::ClientCredentials { token_url, .. } = kind else { return Vec::new() };
    let mut scope = Scope::new(&["client_id", "client_secret"]);
    let mut found = Vec::new();
    for part in token_url.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}') {
            found.push((name.to_owned(), scope.claim(&words::snake(name), "variable")));
        }
    }
    found
}
