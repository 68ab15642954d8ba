//! One span for each call, with the names of OpenTelemetry's semantic conventions; nothing at all
//! without the feature `tracing`. Never a URL, a header's value or a body.

#[cfg(feature = "tracing")]
pub(crate) use on::Span;

#[cfg(not(feature = "tracing"))]
pub(crate) use off::Span;

#[cfg(feature = "tracing")]
mod on {
    use std::time::Duration;

    use tracing::field::Empty;
    use tracing::{Instrument, debug, info_span};

    use crate::runtime::base_url::BaseUrl;
    use crate::runtime::call::Outcome;
    use crate::runtime::client::Inner;
    use crate::runtime::error::Failure;
    use crate::runtime::operation::Operation;
    use crate::runtime::transport::BoxFuture;

    /// The span of a call.
    #[derive(Clone)]
    pub(crate) struct Span(tracing::Span);

    impl Span {
        pub(crate) fn new(operation: &Operation, core: &Inner) -> Self {
            Self(info_span!(
                "http_client_call",
                otel.name = format_args!("{} {}", operation.method, operation.path),
                otel.kind = "client",
                operation = operation.id,
                http.request.method = operation.method.as_str(),
                http.request.resend_count = Empty,
                http.response.status_code = Empty,
                url.template = operation.path,
                server.address = core.servers.of(operation).ok().map(BaseUrl::host),
                "error.type" = Empty,
            ))
        }

        pub(crate) fn around(
            self,
            call: BoxFuture<'static, Outcome>,
        ) -> BoxFuture<'static, Outcome> {
            Box::pin(call.instrument(self.0))
        }

        pub(crate) fn retry(&self, attempts: u32, delay: Duration, failure: &Failure) {
            self.0.record("http.request.resend_count", attempts);
            debug!(attempts, ?delay, "error.type" = kind(failure), "will be sent again");
        }

        pub(crate) fn finish(&self, outcome: &Outcome) {
            let response = match outcome {
                Ok(response) | Err(Failure::Status(response)) => Some(response),
                Err(_) => None,
            };
            if let Some(response) = response {
                self.0.record("http.response.status_code", response.status.as_u16());
            }
            if let Err(failure) = outcome {
                self.0.record("error.type", kind(failure));
            }
        }
    }

    /// A word of few values for each way to fail.
    fn kind(failure: &Failure) -> &str {
        match failure {
            Failure::Invalid(_) => "invalid_request",
            Failure::Auth(_) => "auth",
            Failure::Transport(_) => "transport",
            Failure::Timeout(_) => "timeout",
            Failure::Status(response) => response.status.as_str(),
            Failure::Decode(_) => "decode",
            Failure::InvalidResponse(_) => "invalid_response",
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use std::time::Duration;

    use crate::runtime::call::Outcome;
    use crate::runtime::client::Inner;
    use crate::runtime::error::Failure;
    use crate::runtime::operation::Operation;
    use crate::runtime::transport::BoxFuture;

    /// No span.
    #[derive(Clone)]
    pub(crate) struct Span;

    impl Span {
        pub(crate) fn new(_: &Operation, _: &Inner) -> Self {
            Self
        }

        #[allow(clippy::unused_self, reason = "as with the feature")]
        pub(crate) fn around(
            self,
            call: BoxFuture<'static, Outcome>,
        ) -> BoxFuture<'static, Outcome> {
            call
        }

        #[allow(clippy::unused_self, reason = "as with the feature")]
        pub(crate) fn retry(&self, _: u32, _: Duration, _: &Failure) {}

        #[allow(clippy::unused_self, reason = "as with the feature")]
        pub(crate) fn finish(&self, _: &Outcome) {}
    }
}
