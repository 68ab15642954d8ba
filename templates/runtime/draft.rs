//! What a caller has given so far to call an operation: parameters, a body, options.
//!
//! The same for all operations, and without the types of what comes back, which `call.rs` adds. How
//! the request is made of it stands in `request.rs`, how it is sent in `execute.rs`.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::body::{Body, Payload};
use super::call::Outcome;
use super::client::Core;
use super::debug::REDACTED;
use super::execute::execute;
use super::model::{Slot, View};
use super::operation::{Operation, Parameter};
use super::request::{PreparedRequest, RequestPreview};
use super::response::Expected;
use super::retry::RetryPolicy;
use super::transport::BoxFuture;
use super::validate::Violations;

/// What the caller has given so far; cheap to clone.
#[derive(Clone)]
#[must_use = "a call does nothing until it is sent"]
pub struct Draft {
    core: Core,
    operation: &'static Operation,
    /// What was given, by the index of the parameter.
    parameters: Vec<(usize, Arc<dyn Slot>)>,
    body: Option<Body>,
    options: CallOptions,
}

impl Draft {
    /// A call of `operation`, with nothing given yet.
    pub fn new(core: &Core, operation: &'static Operation) -> Self {
        Self {
            core: core.clone(),
            operation,
            parameters: Vec::new(),
            body: None,
            options: CallOptions::default(),
        }
    }

    /// With a value for the parameter at `index`, instead of an earlier one.
    pub fn with(self, index: usize, value: impl Slot + 'static) -> Self {
        // By way of a pointer, as in `execution`.
        const PUT: fn(Draft, usize, Arc<dyn Slot>) -> Draft = Draft::put;
        PUT(self, index, Arc::new(value))
    }

    /// With a body of the kind at `index` of those that the operation takes, instead of an earlier
    /// body.
    pub fn with_body(self, index: usize, body: impl Slot + 'static) -> Self {
        const PUT: fn(Draft, usize, Payload) -> Draft = Draft::put_body;
        PUT(self, index, Payload::Typed(Arc::new(body)))
    }

    /// As [`Self::with_body`], with a text or bytes that are sent as they are.
    #[inline]
    pub fn with_raw_body(self, index: usize, body: impl Into<Bytes>) -> Self {
        self.put_body(index, Payload::Raw(body.into()))
    }

    /// With options, instead of the earlier ones.
    pub fn with_options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// What would be sent, to be looked at.
    ///
    /// # Errors
    /// What the request violates; then nothing would be sent.
    #[inline]
    pub fn preview(&self) -> Result<RequestPreview, Violations> {
        // By way of a pointer, as in `execution`.
        const NEW: fn(&Draft) -> Result<RequestPreview, Violations> = RequestPreview::new;
        NEW(self)
    }

    fn put(mut self, index: usize, value: Arc<dyn Slot>) -> Self {
        match self.parameters.iter_mut().find(|(given, _)| *given == index) {
            Some((_, earlier)) => *earlier = value,
            None => self.parameters.push((index, value)),
        }
        self
    }

    fn put_body(mut self, index: usize, payload: Payload) -> Self {
        let content = self.operation.body.as_ref().and_then(|body| body.contents.get(index));
        self.body = content.map(|content| Body::new(content, payload));
        self
    }

    pub(crate) fn execution(self, expected: Expected) -> BoxFuture<'static, Outcome> {
        // By way of a pointer: else the compiler, in deciding what to inline, looks for every
        // operation at all that sending may call.
        const EXECUTE: fn(Draft, Expected) -> BoxFuture<'static, Outcome> = |draft, expected| {
            let request = PreparedRequest::new(&draft);
            execute(draft.core, request, expected)
        };
        EXECUTE(self, expected)
    }

    pub(crate) fn core(&self) -> &Core {
        &self.core
    }

    pub(crate) fn operation(&self) -> &'static Operation {
        self.operation
    }

    pub(crate) fn options(&self) -> &CallOptions {
        &self.options
    }

    pub(crate) fn body(&self) -> Option<&Body> {
        self.body.as_ref()
    }

    /// The parameters in the document's order, each with the value that was given.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = (&'static Parameter, View<'_>)> {
        let all = self.operation.parameters.iter().enumerate();
        all.map(|(index, parameter)| {
            let given = self.parameters.iter().find(|(given, _)| *given == index);
            (parameter, given.map_or(View::Absent, |(_, value)| value.view().or_null()))
        })
    }
}

impl fmt::Debug for Draft {
    #[inline]
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Call")
            .field("operation", &self.operation.id)
            .field("parameters", &Given(self))
            .field("body", &self.body)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

/// The parameters that were given, the secrets among them by name only.
struct Given<'a>(&'a Draft);

impl fmt::Debug for Given<'_> {
    #[inline]
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_map();
        for (parameter, value) in self.0.parameters() {
            let (name, is_secret) = (parameter.field().name(), parameter.field().is_secret());
            match value {
                View::Absent => {}
                _ if is_secret => drop(shown.entry(&name, &format_args!("{REDACTED}"))),
                value => drop(shown.entry(&name, &value)),
            }
        }
        shown.finish()
    }
}

/// What holds for one call, instead of what holds for the client.
#[derive(Clone, Default)]
#[must_use]
pub struct CallOptions {
    pub(crate) timeout: Option<Option<Duration>>,
    pub(crate) attempt_timeout: Option<Option<Duration>>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) headers: Vec<(String, String)>,
}

impl CallOptions {
    /// All as the client has it.
    pub fn new() -> Self {
        Self::default()
    }

    /// The most that the call may take, unbounded with `None`.
    #[inline]
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = Some(timeout.into());
        self
    }

    /// The most that one attempt may take, unbounded with `None`.
    #[inline]
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.attempt_timeout = Some(timeout.into());
        self
    }

    /// How the call is attempted again.
    #[inline]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Sends a header that the document does not name, or another value of one that it does.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

// The values of headers may be secrets.
impl fmt::Debug for CallOptions {
    #[inline]
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        formatter
            .debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("retry", &self.retry)
            .field("headers", &names)
            .finish()
    }
}
