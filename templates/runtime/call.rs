//! A call of an operation: what the caller has given so far, and the ways to send it.
//!
//! The same for all operations. Each has a builder of its own around it, which gives the parameters
//! their names and types, and gets the rest from the macro `methods`. How the request is made of a call
//! stands in `request.rs`, how it is sent in `execute.rs`.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;

use super::body::{Body, Payload};
use super::client::Core;
use super::debug::REDACTED;
use super::error::{Error, ErrorBody, Failure};
use super::execute::execute;
use super::model::{Slot, View};
use super::operation::{Operation, Parameter};
use super::request::{PreparedRequest, RequestPreview};
use super::response::{Expected, RawResponse, Response, ResponseBody, ResponseHeaders, finish};
use super::retry::RetryPolicy;
use super::transport::BoxFuture;
use super::validate::Violations;

/// A call that has not been sent yet; cheap to clone.
#[derive(Clone)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call {
    core: Core,
    operation: &'static Operation,
    /// What was given, by the index of the parameter.
    parameters: Vec<(usize, Arc<dyn Slot>)>,
    body: Option<Body>,
    options: CallOptions,
}

impl Call {
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
    #[inline]
    pub fn with(self, index: usize, value: impl Slot + 'static) -> Self {
        self.put(index, Arc::new(value))
    }

    /// With a body of the kind at `index` of those that the operation takes, instead of an earlier
    /// body.
    #[inline]
    pub fn with_body(self, index: usize, body: impl Slot + 'static) -> Self {
        self.put_body(index, Payload::Typed(Arc::new(body)))
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

    /// Sends the request; nothing happens before the future is polled.
    pub fn send<T: ResponseBody, H: ResponseHeaders, E: ErrorBody>(
        self,
    ) -> Pending<Response<T, H>, E> {
        Pending { execution: self.execution(T::EXPECTED), finish: finish::<T, H, E> }
    }

    /// Sends the request and waits for the response on this thread.
    ///
    /// # Errors
    /// Those of [`Self::send`].
    #[cfg(feature = "blocking")]
    pub fn send_blocking<T: ResponseBody, H: ResponseHeaders, E: ErrorBody>(
        self,
    ) -> Result<Response<T, H>, Error<E>> {
        let core = self.core.clone();
        finish(core.run(self.execution(T::EXPECTED)))
    }

    /// What would be sent, to be looked at.
    ///
    /// # Errors
    /// What the request violates; then nothing would be sent.
    pub fn preview(&self) -> Result<RequestPreview, Violations> {
        RequestPreview::new(self)
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

    fn execution(self, expected: Expected) -> BoxFuture<'static, Outcome> {
        let request = PreparedRequest::new(&self);
        execute(self.core, request, expected)
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
            (parameter, given.map_or(View::Absent, |(_, value)| value.view_some()))
        })
    }
}

impl fmt::Debug for Call {
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
struct Given<'a>(&'a Call);

impl fmt::Debug for Given<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_map();
        for (parameter, value) in self.0.parameters() {
            let field = &parameter.field;
            match value {
                View::Absent => {}
                _ if field.secret => drop(shown.entry(&field.name, &format_args!("{REDACTED}"))),
                value => drop(shown.entry(&field.name, &value)),
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
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = Some(timeout.into());
        self
    }

    /// The most that one attempt may take, unbounded with `None`.
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.attempt_timeout = Some(timeout.into());
        self
    }

    /// How the call is attempted again.
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

/// A call under way: a future of its response, which does nothing until it is awaited.
#[must_use = "a call does nothing unless it is awaited"]
pub struct Pending<T, E> {
    execution: BoxFuture<'static, Outcome>,
    finish: fn(Outcome) -> Result<T, Error<E>>,
}

pub(crate) type Outcome = Result<Box<RawResponse>, Failure>;

impl<T, E> Future for Pending<T, E> {
    type Output = Result<T, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let finish = self.finish;
        self.execution.as_mut().poll(context).map(finish)
    }
}

impl<T, E> fmt::Debug for Pending<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Pending(..)")
    }
}

/// What the builders of all operations have in common, for a struct with a `call` and the types of
/// the operation's success and errors.
#[allow(unused_macros, reason = "a document may have no operations")]
macro_rules! methods {
    ($name:ident -> $success:ty, $error:ty) => {
        impl $name {
            /// Sets what is to be done otherwise than the client does it.
            #[inline]
            pub fn options(self, options: $crate::runtime::call::CallOptions) -> Self {
                Self { call: self.call.with_options(options) }
            }

            /// Sends the request, after it has been validated.
            #[inline]
            pub fn send(self) -> $crate::runtime::call::Pending<$success, $error> {
                self.call.send()
            }

            /// Sends the request and waits for the response, without async.
            ///
            /// # Errors
            /// Those of [`Self::send`].
            #[cfg(feature = "blocking")]
            #[inline]
            pub fn send_blocking(self) -> Result<$success, $crate::runtime::error::Error<$error>> {
                self.call.send_blocking()
            }

            /// The request that would be sent, with its secrets redacted.
            ///
            /// # Errors
            /// What the request violates; then nothing would be sent.
            #[inline]
            pub fn dry_run(
                &self,
            ) -> Result<
                $crate::runtime::request::RequestPreview,
                $crate::runtime::validate::Violations,
            > {
                self.call.preview()
            }
        }

        impl ::core::future::IntoFuture for $name {
            type Output = Result<$success, $crate::runtime::error::Error<$error>>;
            type IntoFuture = $crate::runtime::call::Pending<$success, $error>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }
    };
}

#[allow(unused_imports, reason = "a document may have no operations")]
pub(crate) use methods;
