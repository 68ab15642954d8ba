//! How requests leave the program: the [`Transport`] and the [`Clock`], both replaceable.
//!
//! No type of an HTTP library stands here; `reqwest.rs` and `tower.rs` adapt to one. Nothing here
//! retries, authenticates or follows redirects: one request goes in, one response comes out.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::{Request, Response};

#[cfg(feature = "reqwest")]
pub use super::reqwest::{ReqwestTransport, TokioClock};
#[cfg(feature = "tower")]
pub use super::tower::TowerTransport;

/// A future behind a pointer, as the object-safe traits of this crate return it.
///
/// It can be sent between threads. In a browser, whose own futures cannot, a transport hands the
/// request to a task of the page and waits for the answer on a channel.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request and gives the response as it came: no redirects, no cookies, no retries.
///
/// Any HTTP library can stand behind this. [`from_fn`] makes a transport of a function, the
/// feature `tower` one of a `tower::Service`. The URI of the request is absolute, and the body is
/// whole; a body that is a stream will come by a further method with a default.
pub trait Transport: Send + Sync {
    /// Sends `request`; the future is dropped when the caller gives up.
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<BodyStream>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<BodyStream>, TransportError>> {
        self.as_ref().send(request)
    }
}

/// What time it is, and how to let some pass.
///
/// Timeouts, the waits between attempts, signature dates and token lifetimes go by it, so that a
/// test may pause time. With feature `reqwest`, the default follows Tokio's clock. Without any
/// clock, or while it is not running, there are no timeouts and no retries.
pub trait Clock: Send + Sync {
    /// The time of day.
    fn now(&self) -> SystemTime;

    /// Is ready after `duration`.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Whether [`Clock::sleep`] can end here; Tokio's needs a runtime around it.
    fn is_running(&self) -> bool {
        true
    }
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> SystemTime {
        self.as_ref().now()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.as_ref().sleep(duration)
    }

    fn is_running(&self) -> bool {
        self.as_ref().is_running()
    }
}

/// The body of a response, piece by piece.
pub struct BodyStream(Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>);

impl BodyStream {
    /// A body that comes from `stream`.
    pub fn new(stream: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static) -> Self {
        Self(Box::pin(stream))
    }
}

impl Stream for BodyStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }
}

impl<B: Into<Bytes>> From<B> for BodyStream {
    fn from(bytes: B) -> Self {
        Self::new(Once(Some(bytes.into())))
    }
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("BodyStream(..)")
    }
}

/// A stream of one piece.
struct Once(Option<Bytes>);

impl Stream for Once {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

/// Makes a [`Transport`] of a function.
pub fn from_fn<F, R>(send: F) -> FromFn<F>
where
    F: Fn(Request<Bytes>) -> R + Send + Sync,
    R: Future<Output = Result<Response<BodyStream>, TransportError>> + Send + 'static,
{
    FromFn(send)
}

/// The transport that [`from_fn`] makes.
#[derive(Clone, Copy)]
pub struct FromFn<F>(F);

impl<F, R> Transport for FromFn<F>
where
    F: Fn(Request<Bytes>) -> R + Send + Sync,
    R: Future<Output = Result<Response<BodyStream>, TransportError>> + Send + 'static,
{
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<BodyStream>, TransportError>> {
        Box::pin((self.0)(request))
    }
}

impl<F> fmt::Debug for FromFn<F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("FromFn(..)")
    }
}

/// Why no response came, or not all of it.
#[derive(Clone, Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

/// How far a request came that got no response; what may be repeated depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection came about; nothing was sent.
    Connect,
    /// The server's certificate or the TLS handshake failed; nothing was sent, and another attempt
    /// will not help.
    Tls,
    /// The connection broke after the request may have reached the server.
    Broken,
    /// Anything else; the request may have reached the server.
    Other,
}

impl TransportError {
    /// An error of this kind with its cause.
    ///
    /// The cause is printed: it must not hold the URL, whose query may hold a secret.
    pub fn new(
        kind: TransportErrorKind,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self { kind, source: Some(Arc::from(source.into())) }
    }

    /// How far the request came.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.kind {
            TransportErrorKind::Connect => "no connection to the server",
            TransportErrorKind::Tls => "no secure connection to the server",
            TransportErrorKind::Broken => "the connection broke",
            TransportErrorKind::Other => "the request was not sent, or its response not received",
        })?;
        let mut cause = self.source.as_deref().map(|source| source as &dyn StdError);
        while let Some(error) = cause {
            write!(formatter, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

// No `source`: `Display` has told the causes already, and a reporter would tell them twice.
impl StdError for TransportError {}

/// What was read of a body, and how reading ended.
pub(crate) struct Collected {
    pub(crate) bytes: Bytes,
    pub(crate) end: End,
}

/// How reading a body ended.
pub(crate) enum End {
    /// It came to its end.
    Whole,
    /// There is more of it than the limit allows.
    Bounded,
    /// It stopped before its end.
    Broken(TransportError),
}

/// Reads a body up to `limit` bytes; what has come is never thrown away.
pub(crate) async fn collect(mut body: BodyStream, limit: usize) -> Collected {
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    let end = loop {
        let piece = std::future::poll_fn(|context| Pin::new(&mut body).poll_next(context)).await;
        let mut piece = match piece {
            None => break End::Whole,
            Some(Err(error)) => break End::Broken(error),
            Some(Ok(piece)) => piece,
        };
        let room = limit.saturating_sub(first.len().max(rest.len()));
        let is_over = piece.len() > room;
        piece.truncate(room);
        // Most bodies are one piece, which needs no copy.
        if first.is_empty() && rest.is_empty() {
            first = piece;
        } else {
            if rest.is_empty() {
                rest.extend_from_slice(&std::mem::take(&mut first));
            }
            rest.extend_from_slice(&piece);
        }
        if is_over {
            break End::Bounded;
        }
    };
    Collected { bytes: if rest.is_empty() { first } else { rest.freeze() }, end }
}
