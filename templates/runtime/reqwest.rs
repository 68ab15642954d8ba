//! The default transport and clock: `reqwest` with rustls, and Tokio.
//!
//! Redirects are not followed, cookies not kept, bodies neither asked for nor unpacked in
//! compressed form. Proxies are taken from the environment, as everywhere. No type of `reqwest`
//! gets out of this file.

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{Request, Response};
use rustls::ClientConfig;
use rustls_platform_verifier::BuilderVerifierExt;
use tokio::runtime::Handle;

use super::frames::Frames;
use super::transport::{
    BodyStream, BoxFuture, Clock, Transport, TransportError, TransportErrorKind,
};

/// Sends requests by `reqwest`: HTTP/1.1 and HTTP/2, TLS by rustls with the system's certificates.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: ::reqwest::Client,
    /// Why there is no TLS: a system without certificates can still speak plain HTTP.
    no_tls: Option<TransportError>,
}

impl ReqwestTransport {
    /// A transport with connections of its own; none is made before the first request.
    ///
    /// # Errors
    /// `reqwest` cannot be set up.
    pub fn new() -> Result<Self, TransportError> {
        let (mut tls, no_tls) = match tls() {
            Ok(tls) => (tls, None),
            Err(error) => (tls_without_roots()?, Some(error)),
        };
        tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let client = ::reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(::reqwest::redirect::Policy::none())
            .referer(false)
            .build()
            .map_err(|error| TransportError::new(TransportErrorKind::Other, error))?;
        Ok(Self { client, no_tls })
    }
}

/// The provider is named, so that no other crate's choice of one matters to this client.
fn builder() -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>, TransportError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(failed)
}

fn tls() -> Result<ClientConfig, TransportError> {
    Ok(builder()?.with_platform_verifier().map_err(failed)?.with_no_client_auth())
}

fn tls_without_roots() -> Result<ClientConfig, TransportError> {
    let roots = rustls::RootCertStore::empty();
    Ok(builder()?.with_root_certificates(roots).with_no_client_auth())
}

fn failed(error: rustls::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Tls, error)
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<BodyStream>, TransportError>> {
        Box::pin(async move {
            if let Some(error) = &self.no_tls
                && request.uri().scheme() == Some(&http::uri::Scheme::HTTPS)
            {
                return Err(error.clone());
            }
            if Handle::try_current().is_err() {
                let reason = "the default transport needs a Tokio runtime around it";
                return Err(TransportError::new(TransportErrorKind::Other, reason));
            }
            let request = ::reqwest::Request::try_from(request).map_err(convert)?;
            let response = self.client.execute(request).await.map_err(convert)?;
            let response: Response<::reqwest::Body> = response.into();
            Ok(response.map(|body| BodyStream::new(Frames::new(body, convert))))
        })
    }
}

/// What an error of `reqwest` means, without the URL, whose query may hold a secret.
fn convert(error: ::reqwest::Error) -> TransportError {
    let error = error.without_url();
    let kind = if is_tls(&error) {
        TransportErrorKind::Tls
    } else if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_builder() {
        TransportErrorKind::Other
    } else {
        TransportErrorKind::Broken
    };
    TransportError::new(kind, error)
}

/// A handshake that failed is not mended by another, unlike a connection that failed under it.
fn is_tls(error: &::reqwest::Error) -> bool {
    let mut cause: Option<&(dyn StdError + 'static)> = error.is_connect().then_some(error);
    while let Some(error) = cause {
        if error.is::<rustls::Error>() {
            return true;
        }
        // `io::Error` hides what it wraps from `source`.
        cause = match error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    false
}

/// Tokio's clock: a test that pauses it pauses this client.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioClock;

impl Clock for TokioClock {
    /// The system's time, moved by as much as Tokio's clock has been paused or advanced.
    fn now(&self) -> SystemTime {
        let tokio = tokio::time::Instant::now().into_std();
        let system = std::time::Instant::now();
        let now = SystemTime::now();
        let moved = match tokio.checked_duration_since(system) {
            Some(ahead) => now.checked_add(ahead),
            None => now.checked_sub(system.saturating_duration_since(tokio)),
        };
        moved.unwrap_or(now)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        match self.is_running() {
            true => Box::pin(tokio::time::sleep(duration)),
            false => Box::pin(std::future::pending()),
        }
    }

    fn is_running(&self) -> bool {
        Handle::try_current().is_ok()
    }
}
