//! Servers.

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
