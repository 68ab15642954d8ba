//! Security schemes and requirements.

use indexmap::IndexMap;
use openapiv3::{
    APIKeyLocation, AuthorizationCodeOAuth2Flow, ClientCredentialsOAuth2Flow, ImplicitOAuth2Flow,
    OAuth2Flows, PasswordOAuth2Flow, SecurityRequirement, SecurityScheme,
};
use serde_json::Value as Json;

use super::read::{each, keep, list, map, text, text_or_empty};
use crate::source::tree::Node;

pub(super) fn requirement(node: Node) -> SecurityRequirement {
    map(node, |node| list(node, text_or_empty))
}

/// All fields of all types of schemes.
#[derive(Default)]
struct Raw {
    kind: String,
    description: Option<String>,
    name: String,
    location: String,
    scheme: String,
    bearer_format: Option<String>,
    flows: OAuth2Flows,
    open_id_connect_url: String,
    extensions: IndexMap<String, Json>,
}

pub(super) fn scheme(node: Node) -> SecurityScheme {
    let mut it = Raw::default();
    each(node, |key, node| match key.as_str() {
        "type" => it.kind = text_or_empty(node),
        "description" => it.description = text(node),
        "name" => it.name = text_or_empty(node),
        "in" => it.location = text_or_empty(node),
        "scheme" => it.scheme = text_or_empty(node),
        "bearerFormat" => it.bearer_format = text(node),
        "flows" => it.flows = flows(node),
        "openIdConnectUrl" => it.open_id_connect_url = text_or_empty(node),
        _ => keep(&mut it.extensions, key, node),
    });
    let Raw { description, extensions, .. } = it;
    match it.kind.as_str() {
        "apiKey" => SecurityScheme::APIKey {
            location: location(&it.location),
            name: it.name,
            description,
            extensions,
        },
        "oauth2" => SecurityScheme::OAuth2 { flows: it.flows, description, extensions },
        "openIdConnect" => SecurityScheme::OpenIDConnect {
            open_id_connect_url: it.open_id_connect_url,
            description,
            extensions,
        },
        _ => SecurityScheme::HTTP {
            scheme: it.scheme,
            bearer_format: it.bearer_format,
            description,
            extensions,
        },
    }
}

fn location(word: &str) -> APIKeyLocation {
    match word {
        "query" => APIKeyLocation::Query,
        "cookie" => APIKeyLocation::Cookie,
        _ => APIKeyLocation::Header,
    }
}

fn flows(node: Node) -> OAuth2Flows {
    let mut it = OAuth2Flows::default();
    each(node, |key, node| match key.as_str() {
        "implicit" => it.implicit = Some(flow(node).implicit()),
        "password" => it.password = Some(flow(node).password()),
        "clientCredentials" => it.client_credentials = Some(flow(node).client_credentials()),
        "authorizationCode" => it.authorization_code = Some(flow(node).authorization_code()),
        _ => keep(&mut it.extensions, key, node),
    });
    it
}

/// All fields of all flows.
#[derive(Default)]
struct Flow {
    authorization_url: String,
    token_url: String,
    refresh_url: Option<String>,
    scopes: IndexMap<String, String>,
    extensions: IndexMap<String, Json>,
}

fn flow(node: Node) -> Flow {
    let mut it = Flow::default();
    each(node, |key, node| match key.as_str() {
        "authorizationUrl" => it.authorization_url = text_or_empty(node),
        "tokenUrl" => it.token_url = text_or_empty(node),
        "refreshUrl" => it.refresh_url = text(node),
        "scopes" => it.scopes = map(node, text_or_empty),
        _ => keep(&mut it.extensions, key, node),
    });
    it
}

impl Flow {
    fn implicit(self) -> ImplicitOAuth2Flow {
        ImplicitOAuth2Flow {
            authorization_url: self.authorization_url,
            refresh_url: self.refresh_url,
            scopes: self.scopes,
            extensions: self.extensions,
        }
    }

    fn password(self) -> PasswordOAuth2Flow {
        PasswordOAuth2Flow {
            token_url: self.token_url,
            refresh_url: self.refresh_url,
            scopes: self.scopes,
            extensions: self.extensions,
        }
    }

    fn client_credentials(self) -> ClientCredentialsOAuth2Flow {
        ClientCredentialsOAuth2Flow {
            token_url: self.token_url,
            refresh_url: self.refresh_url,
            scopes: self.scopes,
            extensions: self.extensions,
        }
    }

    fn authorization_code(self) -> AuthorizationCodeOAuth2Flow {
        AuthorizationCodeOAuth2Flow {
            authorization_url: self.authorization_url,
            token_url: self.token_url,
            refresh_url: self.refresh_url,
            scopes: self.scopes,
            extensions: self.extensions,
        }
    }
}
