//! Security schemes and requirements.

use openapiv3::{APIKeyLocation, ReferenceOr, SecurityRequirement};
use serde_json::Value;

use super::Lowering;
use crate::ir::{Location, SchemeKind, SecurityScheme};

/// The value of `x-signature-profile` for the signatures of Oracle Cloud Infrastructure.
const OCI: &str = "oci-v1";

impl Lowering<'_> {
    /// The security schemes among the components.
    pub(super) fn schemes(&self) -> Vec<SecurityScheme> {
        let components = self.document.openapi.components.iter();
        components
            .flat_map(|components| &components.security_schemes)
            .filter_map(|(name, scheme)| match scheme {
                ReferenceOr::Item(item) => Some(scheme_of(name, item)),
                ReferenceOr::Reference { .. } => None,
            })
            .collect()
    }

    /// Whether one of the schemes sends the header `authorization`, as all do but API keys that go
    /// elsewhere.
    pub(super) fn has_authorization(&self) -> bool {
        self.schemes().iter().any(|scheme| match &scheme.kind {
            SchemeKind::ApiKey { location, name } => {
                *location == Location::Header && name.eq_ignore_ascii_case("authorization")
            }
            _ => true,
        })
    }

    /// The requirement of an operation; its own, else the document's.
    pub(super) fn security(&self, own: Option<&[SecurityRequirement]>) -> Vec<Vec<String>> {
        let requirement = own.or(self.document.openapi.security.as_deref()).unwrap_or_default();
        requirement.iter().map(|schemes| schemes.keys().cloned().collect()).collect()
    }
}

fn scheme_of(name: &str, scheme: &openapiv3::SecurityScheme) -> SecurityScheme {
    use openapiv3::SecurityScheme as Scheme;
    let (kind, description) = match scheme {
        Scheme::APIKey { location, name, description, .. } => {
            let location = match location {
                APIKeyLocation::Query => Location::Query,
                APIKeyLocation::Header => Location::Header,
                APIKeyLocation::Cookie => Location::Cookie,
            };
            (SchemeKind::ApiKey { location, name: name.clone() }, description)
        }
        Scheme::HTTP { scheme, description, extensions, .. } => {
            (http(scheme, extensions.get("x-signature-profile")), description)
        }
        Scheme::OAuth2 { flows, description, .. } => {
            let kind = flows.client_credentials.as_ref().map_or(SchemeKind::Other, |flow| {
                SchemeKind::ClientCredentials {
                    token_url: flow.token_url.clone(),
                    scopes: flow.scopes.keys().cloned().collect(),
                }
            });
            (kind, description)
        }
        Scheme::OpenIDConnect { description, .. } => (SchemeKind::Other, description),
    };
    SecurityScheme { name: name.to_owned(), description: description.clone(), kind }
}

fn http(scheme: &str, profile: Option<&Value>) -> SchemeKind {
    match (scheme.to_ascii_lowercase().as_str(), profile.and_then(Value::as_str)) {
        ("bearer", _) => SchemeKind::Bearer,
        ("basic", _) => SchemeKind::Basic,
        ("signature", Some(OCI)) => SchemeKind::OciSignature,
        _ => SchemeKind::Other,
    }
}
