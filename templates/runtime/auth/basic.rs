//! A user name and a password in the `authorization` header (RFC 7617).

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;

use super::{AuthContext, AuthError, Authenticate, OutgoingRequest, ready, secret_header};
use crate::runtime::debug::REDACTED;
use crate::runtime::transport::BoxFuture;

/// A user name and a password: `authorization: Basic ...`.
#[derive(Clone)]
pub struct BasicAuth {
    user: String,
    password: String,
}

impl BasicAuth {
    /// This user name and password.
    #[inline]
    pub fn new(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self { user: user.into(), password: password.into() }
    }

    #[inline]
    pub(super) fn header(&self) -> Result<http::HeaderValue, AuthError> {
        // Behind a colon the password begins: the server would read another user name.
        if self.user.contains(':') {
            return Err(AuthError::unusable("a user name must not contain a colon"));
        }
        let text = STANDARD.encode(format!("{}:{}", self.user, self.password));
        secret_header(&format!("Basic {text}"), "the password")
    }
}

impl Authenticate for BasicAuth {
    #[inline]
    fn authenticate<'a>(
        &'a self,
        request: &'a mut OutgoingRequest,
        _: AuthContext<'a>,
    ) -> BoxFuture<'a, Result<(), AuthError>> {
        ready(self.header().map(|header| {
            request.headers_mut().insert(AUTHORIZATION, header);
        }))
    }
}

impl fmt::Debug for BasicAuth {
    #[inline]
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Some services take their key for the user name.
        write!(formatter, "BasicAuth({REDACTED}, {REDACTED})")
    }
}
