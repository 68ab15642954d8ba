//! What comes back from a call: the typed [`Response`], and the raw one behind it.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::call::Outcome;
use super::error::{DecodeError, Error, ErrorBody, Failure, InvalidResponse, decode};
use super::excerpt::Excerpt;
use super::gaps::Missing;
use super::header_source;
use super::model::{Model, Slot, View};
use super::operation::Accept;
use super::rules::Way;
use super::validate::{Violations, check};

/// A success: the body, to which it derefs, with status and headers beside it.
///
/// `H` holds the headers that the document describes; one that is absent or does not parse is
/// `None` there, and stands as it came in [`Response::headers`].
/// It is no wider than a pointer, and cheap to clone.
pub struct Response<T, H = ()>(Arc<Parts<T, H>>);

// Shared, not because anyone shares it: models are large, futures and results hold them in many
// places, and the code that drops a model would be compiled in each.
#[derive(Clone)]
struct Parts<T, H> {
    head: Arc<Head>,
    documented: H,
    body: T,
}

/// What a success has whatever its body is.
struct Head {
    status: StatusCode,
    headers: HeaderMap,
}

impl<T, H> Response<T, H> {
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.head.status
    }

    /// All headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.head.headers
    }

    /// The headers that the document describes, typed.
    #[must_use]
    pub fn documented_headers(&self) -> &H {
        &self.0.documented
    }

    /// The identifier that the server gave the request, if it did.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.0.head.headers)
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.0.body
    }

    /// The body; a copy of it, if a clone of the response is still there.
    #[must_use]
    pub fn into_body(self) -> T
    where
        T: Clone,
        H: Clone,
    {
        Arc::unwrap_or_clone(self.0).body
    }
}

impl<T, H> Clone for Response<T, H> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T, H> Deref for Response<T, H> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.body
    }
}

impl<T: fmt::Debug, H> fmt::Debug for Response<T, H> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Response")
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("body", self.body())
            .finish_non_exhaustive()
    }
}

/// What the body of a success may be: a type of the document, bytes, one or the other by status, or
/// nothing.
pub trait ResponseBody: Sized + Send + Sync + 'static {
    /// Whether a success needs its body to come whole.
    const EXPECTED: Expected = Expected::Body;

    /// Takes the body of a success, unless it is not what the document says.
    fn read(status: StatusCode, body: &RawBody<'_>) -> Result<Self, Mismatch>;
}

/// What a success consists of, beside its status and headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Its body.
    Body,
    /// Nothing.
    Nothing,
}

/// The document says of no body: whatever comes is ignored.
impl ResponseBody for () {
    const EXPECTED: Expected = Expected::Nothing;

    fn read(_: StatusCode, _: &RawBody<'_>) -> Result<Self, Mismatch> {
        Ok(())
    }
}

impl<T: Slot + 'static> ResponseBody for T {
    fn read(_: StatusCode, body: &RawBody<'_>) -> Result<Self, Mismatch> {
        let mut value = T::blank();
        let form = match body.response.accept {
            Accept::Raw(_) => Form::Text,
            Accept::Nothing | Accept::Json(_) | Accept::With(..) => Form::Json,
        };
        fill(body.response, form, &mut value)?;
        Ok(value)
    }
}

impl ResponseBody for RawBytes {
    fn read(_: StatusCode, body: &RawBody<'_>) -> Result<Self, Mismatch> {
        body.response.whole()?;
        Ok(body.raw())
    }
}

/// Why a body is not what the document says.
#[derive(Debug)]
pub struct Mismatch(Unread);

#[derive(Debug)]
enum Unread {
    Undecoded { pointer: String, reason: String },
    Invalid(Violations),
}

impl Mismatch {
    fn undecoded(pointer: String, reason: String) -> Self {
        Self(Unread::Undecoded { pointer, reason })
    }

    fn of(self, response: Box<RawResponse>) -> Failure {
        match self.0 {
            Unread::Undecoded { pointer, reason } => {
                Failure::Decode(DecodeError::new(*response, pointer, reason))
            }
            Unread::Invalid(violations) => {
                Failure::InvalidResponse(InvalidResponse::new(*response, violations))
            }
        }
    }
}

/// What the described headers of a success may be: a struct of `Option`s, or nothing.
pub trait ResponseHeaders: Sized + Send + Sync + 'static {
    /// Takes what parses, and leaves out the rest.
    fn read(headers: &HeaderMap) -> Self;
}

impl ResponseHeaders for () {
    fn read(_: &HeaderMap) -> Self {}
}

impl<M: Model + 'static> ResponseHeaders for M {
    fn read(headers: &HeaderMap) -> Self {
        let mut model = <M as Model>::blank();
        header_source::fill(&mut model, headers);
        model
    }
}

/// A response as it came, before its types are known.
pub(crate) struct RawResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) completeness: Completeness,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) accept: Accept,
    pub(crate) checks: Checks,
    pub(crate) missing: Missing,
}

/// How much of a body came.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Completeness {
    Whole,
    Truncated,
}

/// Whether the rules of the document are applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Checks {
    On,
    Off,
}

impl From<bool> for Checks {
    fn from(on: bool) -> Self {
        if on { Self::On } else { Self::Off }
    }
}

impl RawResponse {
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub(crate) fn body(&self) -> &Bytes {
        &self.body
    }

    pub(crate) fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    fn into_head(self: Box<Self>) -> Arc<Head> {
        let Self { status, headers, .. } = *self;
        Arc::new(Head { status, headers })
    }

    pub(crate) fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    pub(crate) fn is_truncated(&self) -> bool {
        self.completeness == Completeness::Truncated
    }

    fn whole(&self) -> Result<(), Mismatch> {
        if self.is_truncated() {
            let reason = format!("it is larger than {} bytes", self.body.len());
            return Err(Mismatch::undecoded(String::new(), reason));
        }
        Ok(())
    }
}

/// The body of a response, for [`ErrorBody`] and [`ResponseBody`] to decode.
pub struct RawBody<'a> {
    response: &'a RawResponse,
}

impl<'a> RawBody<'a> {
    pub(crate) fn new(response: &'a RawResponse) -> Self {
        Self { response }
    }

    /// The body as `T`, if that is what it is.
    #[must_use]
    pub fn decode<T: Slot>(&self) -> Option<T> {
        let mut value = T::blank();
        decode(self.response, &mut value).ok().map(|()| value)
    }

    /// The body as text, if that is what it is.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        str::from_utf8(&self.response.body).ok().map(str::to_owned)
    }

    /// The JSON body of a success.
    ///
    /// # Errors
    /// It is not a `T`.
    pub fn read<T: Slot>(&self) -> Result<T, Mismatch> {
        let mut value = T::blank();
        fill(self.response, Form::Json, &mut value)?;
        Ok(value)
    }

    /// The body of a success as text.
    ///
    /// # Errors
    /// It is no text.
    pub fn read_text(&self) -> Result<String, Mismatch> {
        let mut text = String::new();
        fill(self.response, Form::Text, &mut text)?;
        Ok(text)
    }

    /// The body as it came.
    #[must_use]
    pub fn raw(&self) -> RawBytes {
        RawBytes(self.response.body.clone())
    }

    /// The headers beside it.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.response.headers
    }
}

/// A body as it came. `Debug` shows no more than its beginning.
#[derive(Clone, PartialEq, Eq)]
pub struct RawBytes(Bytes);

impl RawBytes {
    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &Bytes {
        &self.0
    }

    /// The bytes.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.0
    }

    /// The bytes as text, with what is not UTF-8 replaced.
    #[must_use]
    pub fn to_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.0)
    }
}

impl fmt::Debug for RawBytes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Excerpt::bytes(&self.0), formatter)
    }
}

impl fmt::Debug for RawBody<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "RawBody({} bytes)", self.response.body.len())
    }
}

/// Gives the outcome of a call its types: what is made once for each operation. A trait, so that it
/// is compiled beside the type of the body.
pub(crate) trait Finish: ResponseBody {
    fn finish<H: ResponseHeaders, E: ErrorBody>(
        outcome: Outcome,
    ) -> Result<Response<Self, H>, Error<E>>;
}

impl<T: ResponseBody> Finish for T {
    fn finish<H: ResponseHeaders, E: ErrorBody>(
        outcome: Outcome,
    ) -> Result<Response<T, H>, Error<E>> {
        let failure = match outcome {
            Ok(response) => match T::read(response.status, &RawBody::new(&response)) {
                Ok(body) => {
                    let documented = H::read(&response.headers);
                    return Ok(Response(Arc::new(Parts {
                        head: response.into_head(),
                        documented,
                        body,
                    })));
                }
                Err(mismatch) => mismatch.of(response),
            },
            Err(failure) => failure,
        };
        Err(Error::from_failure(failure))
    }
}

/// In what form a value stands in a body.
#[derive(Clone, Copy)]
enum Form {
    Json,
    Text,
}

fn fill(response: &RawResponse, form: Form, slot: &mut dyn Slot) -> Result<(), Mismatch> {
    if response.body.is_empty() && matches!(slot.view(), View::Absent) {
        // One of several statuses, some of which have no body: `None` is what was asked for.
        return Ok(());
    }
    response.whole()?;
    let decoded = match form {
        Form::Json => decode(response, slot),
        Form::Text => text(&response.body, slot),
    };
    decoded.map_err(|(pointer, reason)| Mismatch::undecoded(pointer, reason))?;
    if response.checks == Checks::On {
        let rules = match response.accept {
            Accept::With(_, rules) => rules,
            Accept::Nothing | Accept::Json(_) | Accept::Raw(_) => &[],
        };
        let violations = check(slot, rules, Some(Way::Received));
        if !violations.is_empty() {
            return Err(Mismatch(Unread::Invalid(violations)));
        }
    }
    Ok(())
}

fn text(body: &[u8], slot: &mut dyn Slot) -> Result<(), (String, String)> {
    let text = str::from_utf8(body).map_err(|error| (String::new(), error.to_string()))?;
    let refused = |_| (String::new(), "it is not the text that is expected".to_owned());
    header_source::text(text, slot).map_err(refused)
}

/// The headers under which services give the identifier of a request, the surest first.
const REQUEST_ID_HEADERS: [&str; 8] = [
    "opc-request-id",
    "x-databricks-request-id",
    "x-amzn-requestid",
    "x-amz-request-id",
    "x-ms-request-id",
    "x-request-id",
    "request-id",
    "x-correlation-id",
];

fn request_id(headers: &HeaderMap) -> Option<&str> {
    REQUEST_ID_HEADERS.iter().find_map(|name| headers.get(*name)?.to_str().ok())
}
