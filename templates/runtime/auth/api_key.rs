//! A key in a header, the query or a cookie.

use std::fmt;

use http::HeaderName;
use http::header::COOKIE;
use http::uri::{PathAndQuery, Uri};

use super::{AuthContext, AuthError, Authenticate, OutgoingRequest, ready, secret_header};
use crate::runtime::debug::REDACTED;
use crate::runtime::parameters::percent_encode;
use crate::runtime::transport::BoxFuture;

/// A key under the name that the document gives it.
#[derive(Clone)]
pub struct ApiKey {
    place: Place,
    name: String,
    value: String,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    Header,
    Query,
    Cookie,
}

impl ApiKey {
    /// A key in a header.
    #[inline]
    pub fn header(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { place: Place::Header, name: name.into(), value: value.into() }
    }

    /// A key in the query.
    #[inline]
    pub fn query(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { place: Place::Query, name: name.into(), value: value.into() }
    }

    /// A key in a cookie.
    #[inline]
    pub fn cookie(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { place: Place::Cookie, name: name.into(), value: value.into() }
    }

    #[inline]
    fn apply(&self, request: &mut OutgoingRequest) -> Result<(), AuthError> {
        match self.place {
            Place::Header => {
                let name = HeaderName::try_from(&self.name)
                    .map_err(|_| AuthError::unusable("the key's name is no name of a header"))?;
                request.headers_mut().insert(name, secret_header(&self.value, "the key")?);
            }
            Place::Query => {
                let uri = with_pair(request.uri(), &self.pair())
                    .ok_or_else(|| AuthError::unusable("the key does not fit into the URL"))?;
                *request.uri_mut() = uri;
            }
            Place::Cookie => {
                let cookie =
                    match request.headers().get(COOKIE).and_then(|value| value.to_str().ok()) {
                        Some(others) => format!("{others}; {}", self.pair()),
                        None => self.pair(),
                    };
                request.headers_mut().insert(COOKIE, secret_header(&cookie, "the key")?);
            }
        }
        Ok(())
    }

    #[inline]
    fn pair(&self) -> String {
        format!("{}={}", percent_encode(&self.name), percent_encode(&self.value))
    }
}

#[inline]
fn with_pair(uri: &Uri, pair: &str) -> Option<Uri> {
    let target = match uri.query() {
        Some(query) if !query.is_empty() => format!("{}?{query}&{pair}", uri.path()),
        _ => format!("{}?{pair}", uri.path()),
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(target).ok()?);
    Uri::from_parts(parts).ok()
}

impl Authenticate for ApiKey {
    #[inline]
    fn authenticate<'a>(
        &'a self,
        request: &'a mut OutgoingRequest,
        _: AuthContext<'a>,
    ) -> BoxFuture<'a, Result<(), AuthError>> {
        ready(self.apply(request))
    }
}

impl fmt::Debug for ApiKey {
    #[inline]
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ApiKey({:?}, {:?}, {REDACTED})", self.place, self.name)
    }
}
