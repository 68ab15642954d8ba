//! Names of operations and of security schemes.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

use super::scope::{self, Scope};
use super::{OperationNames, SchemeNames, reserved, status};
use crate::ir::{Api, Operation, SchemeKind};
use proc_macro2::Ident;

/// The namespaces of a client module.
pub(super) struct Scopes<'a> {
    module: &'a str,
    methods: Scope,
    types: Scope,
    statics: Scope,
}

impl<'a> Scopes<'a> {
    /// Those of the client in a module of that name.
    pub(super) fn new(module: &'a str) -> Self {
        Self {
            module,
            methods: Scope::new(reserved::CLIENT_METHODS),
            types: Scope::new(reserved::CLIENT_TYPES),
            statics: Scope::new(&["API"]),
        }
    }

    /// The names of an operation.
    pub(super) fn name(&mut self, operation: &Operation) -> OperationNames {
        let method = self.methods.claim(&operation.id.to_snake_case(), "operation");
        let bare = scope::bare(&method);
        let builder = self.types.claim(&bare.to_upper_camel_case(), "Operation");
        let mut beside = |suffix: &str| self.types.claim(&format!("{builder}{suffix}"), "Type");
        let mut errors = Scope::new(&["Other"]);
        let statuses = operation.responses.iter().map(|response| status::variant(response.status));
        OperationNames {
            headers: beside("Headers"),
            error: beside("Error"),
            description: self.statics.claim(&bare.to_shouty_snake_case(), "OPERATION"),
            fields: parameters(operation),
            header_fields: headers(operation),
            errors: statuses.map(|status| errors.claim(&status, "Status")).collect(),
            example: format!("{}_{bare}", self.module),
            builder,
            method,
        }
    }
}

fn parameters(operation: &Operation) -> Vec<Ident> {
    let mut scope = Scope::new(reserved::BUILDER_METHODS);
    let names = operation.parameters.iter().map(|parameter| parameter.field.name.to_snake_case());
    names.map(|name| scope.claim(&name, "parameter")).collect()
}

fn headers(operation: &Operation) -> Vec<Ident> {
    let mut scope = Scope::new(&[]);
    let headers = operation.success_headers();
    headers.iter().map(|field| scope.claim(&field.name.to_snake_case(), "header")).collect()
}

/// The names of the security schemes.
pub(super) fn schemes(api: &Api) -> Vec<SchemeNames> {
    let mut functions = Scope::new(reserved::CLIENT_FUNCTIONS);
    let schemes = api.schemes.iter().map(|scheme| SchemeNames {
        function: functions.claim(&scheme.name.to_snake_case(), "scheme"),
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
            found.push((name.to_owned(), scope.claim(&name.to_snake_case(), "variable")));
        }
    }
    found
}
