//! The body of a response of any HTTP library that knows `http_body`, as a stream of its data.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body;

use super::transport::TransportError;

/// The data of a body. Trailers are passed over: an OpenAPI document says nothing of them.
pub(crate) struct Frames<B: Body> {
    body: Pin<Box<B>>,
    convert: fn(B::Error) -> TransportError,
}

impl<B: Body> Frames<B> {
    pub(crate) fn new(body: B, convert: fn(B::Error) -> TransportError) -> Self {
        Self { body: Box::pin(body), convert }
    }
}

impl<B: Body<Data = Bytes>> Stream for Frames<B> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match ready!(self.body.as_mut().poll_frame(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err((self.convert)(error)))),
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
            }
        }
    }
}
