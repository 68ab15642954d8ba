//! What the generated clients share: the builder, its settings, and the core that they make.
//!
//! What is done with a core stands in `call.rs`.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::auth::{Authenticate, Credentials};
use super::base_url::{Given, Servers};
#[cfg(feature = "blocking")]
use super::call::Outcome;
use super::draft::Draft;
use super::gaps::Missing;
use super::operation::Operation;
use super::response::Checks;
use super::retry::{Budget, RetryPolicy};
#[cfg(feature = "blocking")]
use super::transport::BoxFuture;
use super::transport::{Clock, Transport, TransportError};

/// What a document says of its API as a whole.
#[derive(Debug)]
pub struct Api {
    /// The name of the API.
    pub name: &'static str,
    /// The version of the document.
    pub version: &'static str,
    /// The server.
    pub server: Server,
    /// The servers that operations have of their own.
    pub operation_servers: &'static [Server],
}

impl Api {
    /// A server, by the template of its URL, which may be relative, and the variables in there.
    #[must_use]
    pub const fn server(url: &'static str, variables: &'static [ServerVariable]) -> Server {
        Server { url, variables }
    }
}

/// A server.
#[derive(Debug)]
pub struct Server {
    /// The template of its URL, with `{name}` for each variable.
    pub url: &'static str,
    /// The variables of the template.
    pub variables: &'static [ServerVariable],
}

/// A variable of a server's URL.
#[derive(Debug)]
pub struct ServerVariable {
    /// The name in the template.
    pub name: &'static str,
    /// The value unless another is chosen.
    pub default: &'static str,
    /// The values that may be chosen; any, if there are none here.
    pub allowed: &'static [&'static str],
}

impl ServerVariable {
    pub(crate) fn allows(&self, value: &str) -> bool {
        self.allowed.is_empty() || self.allowed.contains(&value)
    }

    pub(crate) fn refuse(&self, value: &str) -> BuildError {
        let (name, allowed) = (self.name, self.allowed);
        BuildError::VariableValue { name, value: value.to_owned(), allowed }
    }
}

/// Makes a client.
#[must_use]
pub struct ClientBuilder<C> {
    api: &'static Api,
    base_url: Option<String>,
    operation_servers: bool,
    variables: Vec<(String, String)>,
    credentials: Credentials,
    transport: Option<Arc<dyn Transport>>,
    clock: Option<Arc<dyn Clock>>,
    user_agent: Option<String>,
    settings: Settings,
    client: PhantomData<fn() -> C>,
}

/// What holds for every call of a client.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retry: RetryPolicy,
    pub(crate) max_response_bytes: usize,
    pub(crate) request_checks: Checks,
    pub(crate) response_checks: Checks,
    pub(crate) missing: Missing,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timeout: Some(Duration::from_secs(300)),
            attempt_timeout: Some(Duration::from_secs(60)),
            retry: RetryPolicy::default(),
            max_response_bytes: 64 << 20,
            request_checks: Checks::On,
            response_checks: Checks::Off,
            missing: Missing::Nullable,
        }
    }
}

impl<C: From<Core>> ClientBuilder<C> {
    /// A client of `api`, all settings at their defaults.
    pub fn new(api: &'static Api) -> Self {
        Self {
            api,
            base_url: None,
            operation_servers: false,
            variables: Vec::new(),
            credentials: Credentials::default(),
            transport: None,
            clock: None,
            user_agent: None,
            settings: Settings::default(),
            client: PhantomData,
        }
    }

    /// Sends requests to this URL instead of the document's server; a path in it is kept in front
    /// of every operation's. It is for all operations, also for those that have a server of their
    /// own, unless [`Self::operation_servers`] is switched on.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Whether operations that have a server of their own go there although there is a base URL;
    /// they go to the base URL unless switched on.
    pub fn operation_servers(mut self, on: bool) -> Self {
        self.operation_servers = on;
        self
    }

    /// Chooses the value of a variable of the servers' URLs.
    pub fn server_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// Authenticates whatever security scheme an operation asks for; where one asks for several at
    /// once, each needs [`Self::auth_for`].
    pub fn auth(mut self, auth: impl Authenticate + 'static) -> Self {
        self.credentials.set_any(Arc::new(auth));
        self
    }

    /// Authenticates the security scheme that the document calls `scheme`.
    pub fn auth_for(
        mut self,
        scheme: impl Into<String>,
        auth: impl Authenticate + 'static,
    ) -> Self {
        self.credentials.set(scheme.into(), Arc::new(auth));
        self
    }

    /// Sends requests by this instead of the default transport.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Goes by this clock instead of the default one.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// The most that a call may take, with all attempts and the waits between them; 300 seconds
    /// unless set, unbounded with `None`.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.settings.timeout = timeout.into();
        self
    }

    /// The most that one attempt may take; 60 seconds unless set, unbounded with `None`.
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.settings.attempt_timeout = timeout.into();
        self
    }

    /// How calls are attempted again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// The most that is read of a response's body; 64 MiB unless set.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.settings.max_response_bytes = bytes;
        self
    }

    /// Whether requests are checked against the document's rules before they are sent; they are
    /// unless switched off.
    pub fn validate_requests(mut self, on: bool) -> Self {
        self.settings.request_checks = on.into();
        self
    }

    /// Whether the bodies of successes are checked against the document's rules; they are not
    /// unless switched on, for a server that bends its own document must not break its users.
    pub fn validate_responses(mut self, on: bool) -> Self {
        self.settings.response_checks = on.into();
        self
    }

    /// Whether a body is taken that lacks what the document requires; it is refused unless
    /// switched on, but for properties that may be `null`, which then are. See
    /// [`Incomplete`](super::gaps::Incomplete) for what the fields hold.
    pub fn accept_incomplete(mut self, on: bool) -> Self {
        self.settings.missing = Missing::accepted(on);
        self
    }

    /// The `user-agent` header; the API's name and version unless set.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = Some(name.into());
        self
    }

    /// Makes the client. Nothing is connected before the first call.
    ///
    /// # Errors
    /// The base URL, a server variable or the user agent does not do, or there is no transport.
    pub fn build(self) -> Result<C, BuildError> {
        let given = match self.base_url.as_deref() {
            None => Given::Nothing,
            Some(url) if self.operation_servers => Given::ForUsual(url),
            Some(url) => Given::ForAll(url),
        };
        let servers = Servers::new(self.api, given, &self.variables)?;
        let user_agent = match &self.user_agent {
            Some(name) => HeaderValue::from_str(name).map_err(|_| BuildError::UserAgent)?,
            None => default_user_agent(self.api),
        };
        let transport = self.transport.map_or_else(default_transport, Ok)?;
        let core = Core(Arc::new(Inner {
            servers,
            user_agent,
            credentials: self.credentials,
            transport,
            clock: self.clock.or_else(default_clock),
            settings: self.settings,
            budget: Budget::new(),
            #[cfg(feature = "blocking")]
            worker: super::blocking::Worker::default(),
        }));
        Ok(core.into())
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientBuilder")
            .field("api", &self.api.name)
            .field("credentials", &self.credentials)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// A document may call itself anything; what no header can hold is left out.
fn default_user_agent(api: &Api) -> HeaderValue {
    let text: String =
        format!("{}/{}", api.name, api.version).chars().filter(char::is_ascii_graphic).collect();
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static("generated"))
}

#[cfg(feature = "reqwest")]
fn default_transport() -> Result<Arc<dyn Transport>, BuildError> {
    let transport = super::reqwest::ReqwestTransport::new().map_err(BuildError::Transport)?;
    Ok(Arc::new(transport))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport() -> Result<Arc<dyn Transport>, BuildError> {
    Err(BuildError::NoTransport)
}

#[cfg(feature = "reqwest")]
#[allow(clippy::unnecessary_wraps, reason = "there is none without the feature")]
fn default_clock() -> Option<Arc<dyn Clock>> {
    Some(Arc::new(super::reqwest::TokioClock))
}

#[cfg(not(feature = "reqwest"))]
fn default_clock() -> Option<Arc<dyn Clock>> {
    None
}

/// Why there is no client.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The base URL does not do.
    BaseUrl {
        /// Why.
        reason: String,
    },
    /// No server's URL has such a variable.
    UnknownVariable {
        /// The name that was given.
        name: String,
        /// The names that there are.
        known: Vec<&'static str>,
    },
    /// The document does not allow this value of a variable.
    VariableValue {
        /// The variable.
        name: &'static str,
        /// The value that was given.
        value: String,
        /// The values that there are.
        allowed: &'static [&'static str],
    },
    /// The user agent cannot stand in a header.
    UserAgent,
    /// There is no default transport without the feature `reqwest`, and none was given.
    NoTransport,
    /// The default transport could not be set up.
    Transport(TransportError),
}

impl fmt::Display for BuildError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl { reason } => write!(formatter, "the base URL does not do: {reason}"),
            Self::UnknownVariable { name, known } => {
                write!(formatter, "the server has no variable {name:?}; it has {known:?}")
            }
            Self::VariableValue { name, value, allowed } => {
                write!(formatter, "the variable {name} must be one of {allowed:?}, not {value:?}")
            }
            Self::UserAgent => formatter.write_str("the user agent cannot stand in a header"),
            Self::NoTransport => {
                formatter.write_str("there is no transport: enable `reqwest`, or give one")
            }
            Self::Transport(error) => write!(formatter, "the transport failed to start: {error}"),
        }
    }
}

impl std::error::Error for BuildError {}

/// What a client is made of; cheap to clone, and shared by the calls that are under way.
#[derive(Clone)]
pub struct Core(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) servers: Servers,
    pub(crate) user_agent: HeaderValue,
    pub(crate) credentials: Credentials,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Option<Arc<dyn Clock>>,
    pub(crate) settings: Settings,
    pub(crate) budget: Budget,
    #[cfg(feature = "blocking")]
    worker: super::blocking::Worker,
}

impl Core {
    /// Begins a call of an operation.
    pub fn draft(&self, operation: &'static Operation) -> Draft {
        Draft::new(self, operation)
    }

    /// Drives a call to its end, on this thread.
    #[cfg(feature = "blocking")]
    pub(crate) fn run(&self, execution: BoxFuture<'static, Outcome>) -> Outcome {
        self.0.worker.run(execution)
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }
}

impl Inner {
    pub(crate) fn clock(&self) -> Option<&dyn Clock> {
        self.clock.as_deref().filter(|clock| clock.is_running())
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Core")
            .field("base_url", &self.0.servers.usual().as_str())
            .field("credentials", &self.0.credentials)
            .field("settings", &self.0.settings)
            .finish_non_exhaustive()
    }
}
