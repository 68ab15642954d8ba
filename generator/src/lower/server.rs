//! Servers.

use super::Lowering;
use crate::ir::{Server, ServerVariable};

/// The server that a client talks to unless told otherwise: the first.
pub(super) fn first(servers: &[openapiv3::Server]) -> Option<Server> {
    let server = servers.first()?;
    let variables = server.variables.iter().flatten().map(|(name, variable)| ServerVariable {
        name: name.clone(),
        default: variable.default.clone(),
        allowed: variable.enumeration.clone(),
        description: variable.description.clone(),
    });
    Some(Server { url: server.url.clone(), variables: variables.collect() })
}

impl Lowering<'_> {
    /// The server of an operation that is another than that of the document: its own, else that of
    /// its path.
    pub(super) fn own_server(
        &self,
        own: &[openapiv3::Server],
        of_path: &[openapiv3::Server],
    ) -> Option<String> {
        let server = own.first().or_else(|| of_path.first())?;
        let usual = self.document.openapi.servers.first();
        let is_usual = usual.is_some_and(|usual| usual.url == server.url);
        (!is_usual).then(|| filled(server))
    }
}

/// The URL of a server with its variables at their defaults.
fn filled(server: &openapiv3::Server) -> String {
    let variables = server.variables.iter().flatten();
    let fill = |url: String, (name, variable): (&String, &openapiv3::ServerVariable)| {
        url.replace(&format!("{{{name}}}"), &variable.default)
    };
    variables.fold(server.url.clone(), fill)
}
