//! Authentication: the trait that all credentials implement, and the choice among them.
//!
//! What each kind of credential does stands in a file of its own. Nothing here prints a secret.

mod api_key;
mod basic;
mod bearer;
#[cfg(feature = "oauth2")]
mod oauth2;
#[cfg(feature = "oci")]
mod oci_config;
#[cfg(feature = "oci")]
mod oci_signature;
#[cfg(feature = "oauth2")]
mod token_cache;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};

pub use api_key::ApiKey;
pub use basic::BasicAuth;
pub use bearer::BearerToken;
#[cfg(feature = "oauth2")]
pub use oauth2::{OAuth2ClientCredentials, TokenEndpointError};
#[cfg(feature = "oci")]
pub use oci_config::OciConfigError;
#[cfg(feature = "oci")]
pub use oci_signature::OciSigner;

use super::client::Inner;
use super::excerpt::join;
use super::execute::Plan;
use super::time;
use super::transport::{BoxFuture, Clock, Transport, TransportError};

/// A request on its way out; its URI is absolute, its body whole.
pub type OutgoingRequest = http::Request<Bytes>;

/// Proves to the server who is calling, by what it adds to a request.
pub trait Authenticate: Send + Sync {
    /// Adds the proof to `request`, once for each attempt of a call.
    ///
    /// Header values that are secret are to be marked so ([`HeaderValue::set_sensitive`]). Where
    /// an operation asks for several schemes, they follow each other in the document's order.
    fn authenticate<'a>(
        &'a self,
        request: &'a mut OutgoingRequest,
        context: AuthContext<'a>,
    ) -> BoxFuture<'a, Result<(), AuthError>>;

    /// The server answered 401 to a request with these headers: what was made for it and is kept
    /// may be stale.
    fn refused(&self, _sent: &HeaderMap) {}
}

impl<A: Authenticate + ?Sized> Authenticate for Arc<A> {
    fn authenticate<'a>(
        &'a self,
        request: &'a mut OutgoingRequest,
        context: AuthContext<'a>,
    ) -> BoxFuture<'a, Result<(), AuthError>> {
        self.as_ref().authenticate(request, context)
    }

    fn refused(&self, sent: &HeaderMap) {
        self.as_ref().refused(sent);
    }
}

/// What a credential may use of the client that it works for.
#[derive(Clone, Copy)]
pub struct AuthContext<'a> {
    core: &'a Inner,
    scheme: &'a str,
}

impl<'a> AuthContext<'a> {
    pub(crate) fn new(core: &'a Inner, scheme: &'a str) -> Self {
        Self { core, scheme }
    }

    /// The security scheme that is to be satisfied, as the document calls it.
    #[must_use]
    pub fn scheme(&self) -> &'a str {
        self.scheme
    }

    /// The client's base URL, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &'a str {
        self.core.servers.usual().as_str()
    }

    /// What a URL that may be relative means for this client.
    #[must_use]
    pub fn resolve(&self, url: &str) -> String {
        self.core.servers.usual().resolve(url)
    }

    /// The client's transport, for requests of the credential's own.
    #[must_use]
    pub fn transport(&self) -> &'a dyn Transport {
        self.core.transport.as_ref()
    }

    /// The client's clock.
    #[must_use]
    pub fn clock(&self) -> Option<&'a dyn Clock> {
        self.core.clock()
    }

    /// The time by the client's clock, or else by the system's; some targets have neither.
    #[must_use]
    pub fn now(&self) -> Option<SystemTime> {
        time::now(self.core.clock())
    }

    #[cfg(feature = "oauth2")]
    pub(crate) fn user_agent(&self) -> HeaderValue {
        self.core.user_agent.clone()
    }
}

impl fmt::Debug for AuthContext<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("AuthContext")
            .field("scheme", &self.scheme)
            .field("base_url", &self.base_url())
            .finish_non_exhaustive()
    }
}

/// Why a request could not be authenticated.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum AuthError {
    /// The client has no credential for what the operation asks for.
    Missing {
        /// The schemes that would do, alternatives joined by `or`.
        schemes: String,
    },
    /// The credential cannot be used as it is.
    Unusable {
        /// Why, without the credential.
        reason: String,
    },
    /// The token endpoint gave no token.
    #[cfg(feature = "oauth2")]
    TokenEndpoint(TokenEndpointError),
    /// The token endpoint was not reached.
    Transport(TransportError),
    /// Another reason, of an [`Authenticate`] from elsewhere.
    Other(Arc<dyn StdError + Send + Sync>),
}

impl AuthError {
    pub(crate) fn unusable(reason: impl Into<String>) -> Self {
        Self::Unusable { reason: reason.into() }
    }

    /// An error of another kind; it is printed, and must not hold a secret.
    pub fn other(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Other(Arc::from(error.into()))
    }

    /// Whether the cause may pass.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        use super::transport::TransportErrorKind::{Broken, Connect};
        match self {
            #[cfg(feature = "oauth2")]
            Self::TokenEndpoint(error) => super::retry::is_transient(error.status()),
            Self::Transport(error) => matches!(error.kind(), Connect | Broken),
            Self::Missing { .. } | Self::Unusable { .. } | Self::Other(_) => false,
        }
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { schemes } => {
                write!(formatter, "the operation needs a credential for {schemes}; there is none")
            }
            Self::Unusable { reason } => write!(formatter, "the credential is unusable: {reason}"),
            #[cfg(feature = "oauth2")]
            Self::TokenEndpoint(error) => fmt::Display::fmt(error, formatter),
            Self::Transport(error) => write!(formatter, "token endpoint: {error}"),
            Self::Other(error) => write!(formatter, "authentication failed: {error}"),
        }
    }
}

// No `source`: `Display` has told the causes already.
impl StdError for AuthError {}

/// The credentials of a client.
#[derive(Default)]
pub(crate) struct Credentials {
    any: Option<Arc<dyn Authenticate>>,
    named: Vec<(String, Arc<dyn Authenticate>)>,
}

impl Credentials {
    pub(crate) fn set_any(&mut self, auth: Arc<dyn Authenticate>) {
        self.any = Some(auth);
    }

    pub(crate) fn set(&mut self, scheme: String, auth: Arc<dyn Authenticate>) {
        self.named.retain(|(name, _)| *name != scheme);
        self.named.push((scheme, auth));
    }

    fn find(&self, scheme: &str) -> Option<&Arc<dyn Authenticate>> {
        self.named(scheme).or(self.any.as_ref())
    }

    fn named(&self, scheme: &str) -> Option<&Arc<dyn Authenticate>> {
        self.named.iter().find(|(name, _)| name == scheme).map(|(_, auth)| auth)
    }

    /// The first alternative for which there is all it needs. That an operation may do without is
    /// the last resort, wherever the document says it.
    pub(crate) fn choose(
        &self,
        security: &'static [&'static [&'static str]],
    ) -> Result<Plan, AuthError> {
        let needy = security.iter().filter(|alternative| !alternative.is_empty());
        if let Some(plan) = needy.clone().find_map(|alternative| self.plan(alternative)) {
            return Ok(plan);
        }
        if needy.clone().count() < security.len() || security.is_empty() {
            return Ok(Plan::new());
        }
        let schemes: Vec<_> = needy.map(|alternative| join(alternative, " and ")).collect();
        Err(AuthError::Missing { schemes: schemes.join(" or ") })
    }

    fn plan(&self, schemes: &'static [&'static str]) -> Option<Plan> {
        let mut plan = Plan::new();
        for scheme in schemes {
            // One credential is no proof of two schemes: each of several has to be named.
            let auth = match schemes {
                [_] => self.find(scheme)?,
                _ => self.named(scheme)?,
            };
            plan.push((scheme, Arc::clone(auth)));
        }
        Some(plan)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let any = self.any.iter().map(|_| "(any)");
        let named = self.named.iter().map(|(name, _)| name.as_str());
        formatter.debug_set().entries(any.chain(named)).finish()
    }
}

/// A header's value that is kept out of all output, or an error that does not show it.
fn secret_header(value: &str, what: &str) -> Result<HeaderValue, AuthError> {
    let mut header = super::parameters::header_value(value)
        .ok_or_else(|| AuthError::unusable(format!("{what} cannot stand in a header")))?;
    header.set_sensitive(true);
    Ok(header)
}

/// The outcome of a credential that needs no waiting.
fn ready<'a>(outcome: Result<(), AuthError>) -> BoxFuture<'a, Result<(), AuthError>> {
    Box::pin(std::future::ready(outcome))
}
