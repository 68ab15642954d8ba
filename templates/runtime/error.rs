//! What can go wrong with a call, typed.
//!
//! Every error of a response keeps its status, headers and raw body, whatever the body is. None
//! prints a secret, a URL, or more of a body than a reader wants.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

pub use super::auth::AuthError;
#[cfg(feature = "oauth2")]
pub use super::auth::TokenEndpointError;
pub use super::transport::{TransportError, TransportErrorKind};

use super::excerpt::{Described, Excerpt, describe};
use super::model::Slot;
use super::response::{RawBody, RawResponse};
use super::validate::Violations;

/// Why a call gave no response of the kind that the document promises.
///
/// `E` is the operation's own error type, one variant for each status that the document lists.
#[non_exhaustive]
#[derive(Debug)]
pub enum Error<E> {
    /// The request breaks rules of the document; nothing was sent.
    Invalid(Violations),
    /// The request could not be authenticated; it was not sent.
    Auth(AuthError),
    /// No response came, or not all of it.
    Transport(TransportError),
    /// Time ran out.
    Timeout(TimeoutError),
    /// The server answered with something else than success.
    Api(ApiError<E>),
    /// The server answered with success, but its body is not what the document says.
    Decode(DecodeError),
    /// The response breaks rules of the document; only with `validate_responses(true)`.
    InvalidResponse(InvalidResponse),
}

impl<E> Error<E> {
    /// Whether the cause may pass, so that a later call can succeed.
    ///
    /// It does not say that repeating is harmless: that is up to the operation.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Invalid(_) | Self::Decode(_) | Self::InvalidResponse(_) => false,
            Self::Auth(error) => error.is_retryable(),
            Self::Transport(error) => {
                matches!(error.kind(), TransportErrorKind::Connect | TransportErrorKind::Broken)
            }
            Self::Timeout(_) => true,
            Self::Api(error) => super::retry::is_transient(error.status()),
        }
    }

    /// The status of the response, if one came.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        Some(self.response()?.status())
    }

    /// The identifier that the server gave the request, if it did.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.response()?.request_id()
    }

    fn response(&self) -> Option<&RawResponse> {
        match self {
            Self::Api(error) => Some(&error.0.answer.response),
            Self::Decode(error) => Some(&error.0.response),
            Self::InvalidResponse(error) => Some(&error.0.response),
            Self::Invalid(_) | Self::Auth(_) | Self::Transport(_) | Self::Timeout(_) => None,
        }
    }
}

impl<E: ErrorBody> Error<E> {
    pub(crate) fn from_failure(failure: Failure) -> Self {
        match failure {
            Failure::Invalid(violations) => Self::Invalid(violations),
            Failure::Auth(error) => Self::Auth(error),
            Failure::Transport(error) => Self::Transport(error),
            Failure::Timeout(error) => Self::Timeout(error),
            Failure::Status(response) => Self::Api(ApiError::new(response)),
            Failure::Decode(error) => Self::Decode(error),
            Failure::InvalidResponse(error) => Self::InvalidResponse(error),
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error: &dyn fmt::Display = match self {
            Self::Invalid(violations) => {
                formatter.write_str("the request is invalid: ")?;
                violations
            }
            Self::Auth(error) => error,
            Self::Transport(error) => error,
            Self::Timeout(error) => error,
            Self::Api(error) => error,
            Self::Decode(error) => error,
            Self::InvalidResponse(error) => error,
        };
        error.fmt(formatter)
    }
}

// No `source`: `Display` forwards, and a reporter would tell the same error twice.
impl<E: fmt::Debug> std::error::Error for Error<E> {}

/// What goes wrong before the operation's own types come in.
pub(crate) enum Failure {
    Invalid(Violations),
    Auth(AuthError),
    Transport(TransportError),
    Timeout(TimeoutError),
    Status(Box<RawResponse>),
    Decode(DecodeError),
    InvalidResponse(InvalidResponse),
}

/// The errors of an operation by status; the generated crate implements it.
pub trait ErrorBody: Sized + Send + 'static {
    /// Decodes the body of an error. There is always a value: at worst the raw body.
    fn decode(status: StatusCode, body: &RawBody<'_>) -> Self;
}

/// The accessors that all errors of a response share.
macro_rules! response_accessors {
    ($($response:ident).+) => {
        /// The status of the response.
        #[must_use]
        pub fn status(&self) -> StatusCode {
            self.0.$($response).+.status()
        }

        /// The headers of the response.
        #[must_use]
        pub fn headers(&self) -> &HeaderMap {
            self.0.$($response).+.headers()
        }

        /// The body as it came; of a body beyond the client's bound, its beginning.
        #[must_use]
        pub fn raw(&self) -> &Bytes {
            self.0.$($response).+.body()
        }

        /// The identifier that the server gave the request, if it did.
        #[must_use]
        pub fn request_id(&self) -> Option<&str> {
            self.0.$($response).+.request_id()
        }
    };
}

/// A response that is not a success.
pub struct ApiError<E>(Box<ApiErrorParts<E>>);

struct ApiErrorParts<E> {
    answer: Arc<Answer>,
    body: E,
}

/// What an error holds whatever its body is.
// In an `Arc`, unlike a box, it is dropped by a function that is compiled once, and not wherever an
// error is.
struct Answer {
    response: Box<RawResponse>,
    described: Described,
}

impl Answer {
    fn new(response: Box<RawResponse>) -> Arc<Self> {
        let described = describe(response.headers(), response.body());
        Arc::new(Self { response, described })
    }
}

impl<E: ErrorBody> ApiError<E> {
    fn new(response: Box<RawResponse>) -> Self {
        let answer = Answer::new(response);
        let body = E::decode(answer.response.status(), &RawBody::new(&answer.response));
        Self(Box::new(ApiErrorParts { answer, body }))
    }
}

impl<E> ApiError<E> {
    response_accessors!(answer.response);

    /// The body, typed by status.
    #[must_use]
    pub fn body(&self) -> &E {
        &self.0.body
    }

    /// The body, typed by status.
    #[must_use]
    pub fn into_body(self) -> E {
        self.0.body
    }

    /// The service's own code for the error, where the body tells one in any usual way.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.answer.described.code.as_deref()
    }

    /// The service's message, where the body tells one in any usual way.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.answer.described.message.as_deref()
    }

    /// How long the server asks to wait before the next request (`retry-after`).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.answer.response.retry_after()
    }

    /// Whether the body did not come whole: the connection broke, or it is beyond the bound.
    #[must_use]
    pub fn is_truncated(&self) -> bool {
        self.0.answer.response.is_truncated()
    }
}

impl<E: fmt::Debug> fmt::Debug for ApiError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug_answer(&self.0.answer, &Excerpt::debug(self.body()), formatter)
    }
}

impl<E> fmt::Display for ApiError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        show_answer(&self.0.answer, formatter)
    }
}

impl<E: fmt::Debug> std::error::Error for ApiError<E> {}

// What an error says of its answer is compiled once, and not for the errors of each operation.

fn debug_answer(
    Answer { response, described }: &Answer,
    body: &dyn fmt::Debug,
    formatter: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    formatter
        .debug_struct("ApiError")
        .field("status", &response.status())
        .field("request_id", &response.request_id())
        .field("code", &described.code.as_deref().map(Excerpt::new))
        .field("message", &described.message.as_deref().map(Excerpt::new))
        .field("body", body)
        .finish_non_exhaustive()
}

fn show_answer(
    Answer { response, described }: &Answer,
    formatter: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    write!(formatter, "HTTP {}", response.status())?;
    for part in [&described.code, &described.message].into_iter().flatten() {
        write!(formatter, ": {}", Excerpt::new(part))?;
    }
    write_request_id(formatter, response.request_id())
}

fn write_request_id(formatter: &mut fmt::Formatter<'_>, id: Option<&str>) -> fmt::Result {
    match id {
        Some(id) => write!(formatter, " (request id {})", Excerpt::new(id)),
        None => Ok(()),
    }
}

/// A success whose body is not what the document says, or too large.
pub struct DecodeError(Arc<DecodeErrorParts>);

struct DecodeErrorParts {
    response: Box<RawResponse>,
    pointer: String,
    reason: String,
}

impl DecodeError {
    pub(crate) fn new(response: Box<RawResponse>, pointer: String, reason: String) -> Self {
        Self(Arc::new(DecodeErrorParts { response, pointer, reason }))
    }

    response_accessors!(response);

    /// The JSON pointer of the value that was refused; empty for the body as a whole.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.0.pointer
    }

    /// What was wrong with the value.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.0.reason
    }
}

// The raw body is left out: it is a success, which may hold what the document calls secret.
impl fmt::Debug for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("DecodeError")
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("pointer", &Excerpt::new(self.pointer()))
            .field("reason", &Excerpt::new(self.reason()))
            .finish_non_exhaustive()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "HTTP {}, but the body was not understood", self.status())?;
        if !self.pointer().is_empty() {
            write!(formatter, " at {}", Excerpt::new(self.pointer()))?;
        }
        write!(formatter, ": {}", Excerpt::new(self.reason()))?;
        write_request_id(formatter, self.request_id())
    }
}

impl std::error::Error for DecodeError {}

/// A success that breaks rules of the document.
pub struct InvalidResponse(Arc<InvalidResponseParts>);

struct InvalidResponseParts {
    response: Box<RawResponse>,
    violations: Violations,
}

impl InvalidResponse {
    pub(crate) fn new(response: Box<RawResponse>, violations: Violations) -> Self {
        Self(Arc::new(InvalidResponseParts { response, violations }))
    }

    response_accessors!(response);

    /// What is broken.
    #[must_use]
    pub fn violations(&self) -> &Violations {
        &self.0.violations
    }
}

impl fmt::Debug for InvalidResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("InvalidResponse")
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("violations", self.violations())
            .finish_non_exhaustive()
    }
}

impl fmt::Display for InvalidResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "HTTP {}, but invalid: {}", self.status(), self.violations())?;
        write_request_id(formatter, self.request_id())
    }
}

impl std::error::Error for InvalidResponse {}

/// Time ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeoutError {
    phase: TimeoutPhase,
    limit: Duration,
}

/// What took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeoutPhase {
    /// The last attempt.
    Attempt,
    /// The call with all its attempts.
    Call,
}

impl TimeoutError {
    pub(crate) fn new(phase: TimeoutPhase, limit: Duration) -> Self {
        Self { phase, limit }
    }

    /// What took too long.
    #[must_use]
    pub fn phase(&self) -> TimeoutPhase {
        self.phase
    }

    /// How long it might have taken.
    #[must_use]
    pub fn limit(&self) -> Duration {
        self.limit
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.phase {
            TimeoutPhase::Attempt => "no response",
            TimeoutPhase::Call => "the call did not succeed",
        };
        write!(formatter, "{what} within {:?}", self.limit)
    }
}

impl std::error::Error for TimeoutError {}

/// Decodes what a body should be, or gives the pointer and the reason why it is not.
pub(crate) fn decode(response: &RawResponse, slot: &mut dyn Slot) -> Result<(), (String, String)> {
    super::decode::from_slice(response.body(), slot, response.missing)
        .map_err(|failure| (failure.pointer, without_value(&failure.error.to_string())))
}

/// `serde_json` repeats a string of the wrong type, which may be a secret.
fn without_value(reason: &str) -> String {
    let shown = reason.split_once(" string \"").zip(reason.rsplit_once("\", expected"));
    match shown {
        Some(((before, _), (_, after))) => format!("{before} string, expected{after}"),
        None => reason.to_owned(),
    }
}
