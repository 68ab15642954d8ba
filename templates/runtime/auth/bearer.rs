//! A bearer token in the `authorization` header (RFC 6750).

use std::fmt;

use http::header::AUTHORIZATION;

use super::{AuthContext, AuthError, Authenticate, OutgoingRequest, ready, secret_header};
use crate::runtime::debug::REDACTED;
use crate::runtime::transport::BoxFuture;

/// A token that is sent as it is: `authorization: Bearer TOKEN`.
#[derive(Clone)]
pub struct BearerToken(String);

impl BearerToken {
    /// This token.
    pub fn new(token: impl Into<String>) -> Self {
        Self(token.into())
    }
}

impl Authenticate for BearerToken {
    fn authenticate<'a>(
        &'a self,
        request: &'a mut OutgoingRequest,
        _: AuthContext<'a>,
    ) -> BoxFuture<'a, Result<(), AuthError>> {
        let header = match self.0.is_empty() {
            true => Err(AuthError::unusable("the token is empty")),
            false => secret_header(&format!("Bearer {}", self.0), "the token"),
        };
        ready(header.map(|header| {
            request.headers_mut().insert(AUTHORIZATION, header);
        }))
    }
}

impl fmt::Debug for BearerToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "BearerToken({REDACTED})")
    }
}
