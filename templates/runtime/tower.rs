//! Any `tower::Service` that answers HTTP requests, as a transport.

use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use tower_service::Service;

use super::frames::Frames;
use super::transport::{BodyStream, BoxFuture, Transport, TransportError, TransportErrorKind};

/// Sends requests by a service; each request goes to a clone of it, as Tower has it.
///
/// An error that is a [`TransportError`] keeps its kind; any other may mean that the request has
/// reached the server. A service that wants other bodies than [`Bytes`] wants a `map_request`.
#[derive(Clone)]
pub struct TowerTransport<S>(S);

impl<S> TowerTransport<S> {
    /// Sends requests by `service`.
    pub fn new(service: S) -> Self {
        Self(service)
    }
}

impl<S, B> Transport for TowerTransport<S>
where
    S: Service<Request<Bytes>, Response = Response<B>> + Clone + Send + Sync,
    S::Future: Send,
    S::Error: Into<Box<dyn StdError + Send + Sync>>,
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn StdError + Send + Sync>>,
{
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<BodyStream>, TransportError>> {
        let mut service = self.0.clone();
        Box::pin(async move {
            poll_fn(|context| service.poll_ready(context)).await.map_err(convert)?;
            let response = service.call(request).await.map_err(convert)?;
            Ok(response.map(|body| BodyStream::new(Frames::new(body, broken))))
        })
    }
}

fn broken(error: impl Into<Box<dyn StdError + Send + Sync>>) -> TransportError {
    TransportError::new(TransportErrorKind::Broken, error)
}

fn convert(error: impl Into<Box<dyn StdError + Send + Sync>>) -> TransportError {
    match error.into().downcast::<TransportError>() {
        Ok(error) => *error,
        Err(other) => TransportError::new(TransportErrorKind::Other, other),
    }
}

impl<S> fmt::Debug for TowerTransport<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TowerTransport(..)")
    }
}
