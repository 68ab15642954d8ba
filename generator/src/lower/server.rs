//! Servers.

use openapiv3::{OpenAPI, ReferenceOr};

use crate::ir::{Server, ServerVariable};

/// The servers of a document.
pub(super) struct Servers {
    /// The document's own.
    root: Option<Server>,
    /// The one that a client talks to unless told otherwise.
    usual: Option<Server>,
    /// Those that operations have of their own, each once.
    others: Vec<Server>,
}

impl Servers {
    /// Those of a document, before those of its operations are known.
    ///
    /// The usual one is the document's first. Where that is relative, or there is none, and every
    /// operation has an absolute one of its own, it is the first of these: nothing goes to the other.
    pub(super) fn of(openapi: &OpenAPI) -> Self {
        let root = openapi.servers.first().map(lower);
        let usual = match root.as_ref().is_some_and(is_absolute) {
            true => root.clone(),
            false => first_of_operations(openapi).or_else(|| root.clone()),
        };
        Self { root, usual, others: Vec::new() }
    }

    /// Notes the server of an operation, its own or else that of its path: its index among the
    /// others, if it is one of these.
    pub(super) fn own(
        &mut self,
        own: &[openapiv3::Server],
        of_path: &[openapiv3::Server],
    ) -> Option<usize> {
        let server = lower(own.first().or_else(|| of_path.first())?);
        // Without variables of its own, a template is filled in as the document's is.
        let is_usual = |usual: &Server| {
            is_same(usual, &server) || (server.variables.is_empty() && usual.url == server.url)
        };
        if self.root.as_ref().is_some_and(is_usual) {
            return None;
        }
        let known = self.others.iter().position(|known| is_same(known, &server));
        Some(known.unwrap_or_else(|| {
            self.others.push(server);
            self.others.len() - 1
        }))
    }

    /// The usual one, and the others.
    pub(super) fn take(&mut self) -> (Option<Server>, Vec<Server>) {
        (self.usual.take(), std::mem::take(&mut self.others))
    }
}

/// Of operations that all have a server of their own which needs no other one, the first.
fn first_of_operations(openapi: &OpenAPI) -> Option<Server> {
    let items = openapi.paths.paths.values().filter_map(ReferenceOr::as_item);
    let servers: Option<Vec<Server>> = items
        .flat_map(|item| item.iter().map(move |(_, operation)| (item, operation)))
        .map(|(item, operation)| operation.servers.first().or_else(|| item.servers.first()))
        .map(|server| server.map(lower))
        .collect();
    let servers = servers?;
    servers.iter().all(is_absolute).then(|| servers.into_iter().next()).flatten()
}

fn lower(server: &openapiv3::Server) -> Server {
    let variables = server.variables.iter().flatten().map(|(name, variable)| ServerVariable {
        name: name.clone(),
        default: variable.default.clone(),
        allowed: variable.enumeration.clone(),
        description: variable.description.clone(),
    });
    Server { url: server.url.clone(), variables: variables.collect() }
}

/// Whether two are one server, whatever is said of their variables.
fn is_same(one: &Server, other: &Server) -> bool {
    let alike = |one: &ServerVariable, other: &ServerVariable| {
        (&one.name, &one.default, &one.allowed) == (&other.name, &other.default, &other.allowed)
    };
    one.url == other.url
        && one.variables.len() == other.variables.len()
        && one.variables.iter().zip(&other.variables).all(|(one, other)| alike(one, other))
}

/// Whether a server is a URL by itself, its variables at their defaults.
fn is_absolute(server: &Server) -> bool {
    let fill = |url: String, variable: &ServerVariable| {
        url.replace(&format!("{{{}}}", variable.name), &variable.default)
    };
    let url = server.variables.iter().fold(server.url.clone(), fill).to_ascii_lowercase();
    (url.starts_with("https://") || url.starts_with("http://")) && !url.contains('{')
}
