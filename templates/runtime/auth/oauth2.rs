//! OAuth 2.0 client credentials (RFC 6749, section 4.4), the token kept and renewed ahead of time.
//!
//! Other grants need a user, and are left to an [`Authenticate`] of the caller's.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri};
use serde_json::Value;

use super::basic::BasicAuth;
use super::token_cache::{Token, TokenCache};
use super::{AuthContext, AuthError, Authenticate, OutgoingRequest, secret_header};
use crate::runtime::debug::REDACTED;
use crate::runtime::excerpt::{Excerpt, describe};
use crate::runtime::parameters::percent_encode;
use crate::runtime::time;
use crate::runtime::transport::{BoxFuture, End, collect};

/// A client that asks the token endpoint for its tokens.
///
/// A token is kept and used until 30 seconds, or a tenth of its lifetime, before its end. To share
/// it among several clients, put this into an [`Arc`].
pub struct OAuth2ClientCredentials {
    token_url: String,
    client_id: String,
    client_secret: String,
    variables: Vec<(String, String)>,
    scopes: Vec<String>,
    identification: Identification,
    cache: TokenCache,
}

/// Where the client names itself to the token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Identification {
    Header,
    Body,
}

impl OAuth2ClientCredentials {
    /// A client with its secret.
    ///
    /// The token URL may be relative to the client's base URL, and may hold `{variables}`.
    pub fn new(
        token_url: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
    ) -> Self {
        Self {
            token_url: token_url.into(),
            client_id: client_id.into(),
            client_secret: client_secret.into(),
            variables: Vec::new(),
            scopes: Vec::new(),
            identification: Identification::Header,
            cache: TokenCache::default(),
        }
    }

    /// Fills in a `{variable}` of the token URL.
    #[must_use]
    pub fn with_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// Asks for these scopes, instead of any that were set before.
    #[must_use]
    pub fn with_scopes(mut self, scopes: &[&str]) -> Self {
        self.scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        self
    }

    /// Sends the client's ID and secret in the body, for token endpoints that do not know HTTP
    /// Basic authentication.
    #[must_use]
    pub fn with_credentials_in_body(mut self) -> Self {
        self.identification = Identification::Body;
        self
    }

    /// The token URL, with each variable as one segment of the path.
    fn endpoint(&self, context: AuthContext<'_>) -> Result<String, AuthError> {
        let mut url = String::new();
        let mut rest = self.token_url.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else { break };
            let value = self.variables.iter().rev().find(|(variable, _)| variable == name);
            let Some((_, value)) = value else {
                return Err(AuthError::unusable(format!(
                    "the token URL needs a value of {{{name}}}"
                )));
            };
            if matches!(value.as_str(), "" | "." | "..") {
                let reason = format!("{{{name}}} of the token URL must not be empty, `.` or `..`");
                return Err(AuthError::unusable(reason));
            }
            url.extend([before, &percent_encode(value)]);
            rest = after;
        }
        url.push_str(rest);
        Ok(context.resolve(&url))
    }

    fn request(
        &self,
        endpoint: &str,
        context: AuthContext<'_>,
    ) -> Result<OutgoingRequest, AuthError> {
        let uri = endpoint
            .parse::<Uri>()
            .map_err(|error| AuthError::unusable(format!("the token URL does not do: {error}")))?;
        let mut body = "grant_type=client_credentials".to_owned();
        if !self.scopes.is_empty() {
            body.push_str("&scope=");
            body.push_str(&form_encode(&self.scopes.join(" ")));
        }
        let mut headers = HeaderMap::new();
        let (id, secret) = (form_encode(&self.client_id), form_encode(&self.client_secret));
        match self.identification {
            Identification::Header => {
                headers.insert(AUTHORIZATION, BasicAuth::new(id, secret).header()?);
            }
            Identification::Body => {
                body.push_str(&format!("&client_id={id}&client_secret={secret}"))
            }
        }
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        let media_type = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(CONTENT_TYPE, media_type);
        headers.insert(USER_AGENT, context.user_agent());
        let mut request = Request::new(Bytes::from(body));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        Ok(request)
    }

    async fn fetch(&self, endpoint: &str, context: AuthContext<'_>) -> Result<Token, AuthError> {
        const MOST: usize = 1 << 20;
        let request = self.request(endpoint, context)?;
        // The lifetime begins when the token is made, which is not before now.
        let now = context.now();
        let response = context.transport().send(request).await.map_err(AuthError::Transport)?;
        let (parts, body) = response.into_parts();
        let collected = collect(body, MOST).await;
        let body = collected.bytes;
        let retry_after = time::retry_after(&parts.headers, context.clock());
        let fail = |reason: Option<&str>| {
            AuthError::TokenEndpoint(TokenEndpointError::new(Answer {
                status: parts.status,
                headers: &parts.headers,
                body: &body,
                retry_after,
                secret: &self.client_secret,
                reason,
            }))
        };
        if !parts.status.is_success() {
            return Err(fail(None));
        }
        if let End::Broken(error) = collected.end {
            return Err(AuthError::Transport(error));
        }
        let answer = serde_json::from_slice::<Value>(&body).unwrap_or_default();
        let Some(token) = answer.get("access_token").and_then(Value::as_str) else {
            return Err(fail(Some("the answer holds no access_token")));
        };
        let kind = answer.get("token_type").and_then(Value::as_str).unwrap_or("Bearer");
        if !["bearer", "bearertoken"].contains(&kind.to_ascii_lowercase().as_str()) {
            return Err(fail(Some("the token is not a bearer token")));
        }
        let header = secret_header(&format!("Bearer {token}"), "the access token")?;
        let now = now.unwrap_or(std::time::UNIX_EPOCH);
        let lifetime = lifetime(&answer);
        let early = (lifetime / 10).min(Duration::from_secs(30));
        let after = |duration| now.checked_add(duration).unwrap_or(now);
        Ok(Token { header, renew_at: after(lifetime - early), expires_at: after(lifetime) })
    }
}

/// Some servers write `expires_in` as a string; without it, a short while is assumed.
fn lifetime(answer: &Value) -> Duration {
    const ASSUMED: f64 = 300.0;
    let seconds = match answer.get("expires_in") {
        Some(Value::String(text)) => text.trim().parse().ok(),
        Some(other) => other.as_f64(),
        None => None,
    };
    // More than a year is as good as for ever, and keeps the sums from overflowing.
    Duration::try_from_secs_f64(seconds.unwrap_or(ASSUMED).min(31_536_000.0)).unwrap_or_default()
}

/// `application/x-www-form-urlencoded`, as RFC 6749, appendix B asks for.
fn form_encode(text: &str) -> String {
    percent_encode(text).replace("%20", "+")
}

impl Authenticate for OAuth2ClientCredentials {
    fn authenticate<'a>(
        &'a self,
        request: &'a mut OutgoingRequest,
        context: AuthContext<'a>,
    ) -> BoxFuture<'a, Result<(), AuthError>> {
        Box::pin(async move {
            let endpoint = self.endpoint(context)?;
            let renew = self.fetch(&endpoint, context);
            let header = self.cache.get(&endpoint, || context.now(), renew).await?;
            request.headers_mut().insert(AUTHORIZATION, header);
            Ok(())
        })
    }

    fn refused(&self, sent: &HeaderMap) {
        if let Some(header) = sent.get(AUTHORIZATION) {
            self.cache.forget(header);
        }
    }
}

impl fmt::Debug for OAuth2ClientCredentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("OAuth2ClientCredentials")
            .field("token_url", &self.token_url)
            .field("client_id", &self.client_id)
            .field("client_secret", &format_args!("{REDACTED}"))
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// The token endpoint answered, but gave no token.
#[derive(Clone)]
pub struct TokenEndpointError(Arc<TokenEndpointErrorParts>);

struct TokenEndpointErrorParts {
    status: StatusCode,
    error: Option<String>,
    description: Option<String>,
    body: String,
    retry_after: Option<Duration>,
}

/// What an error is made of.
struct Answer<'a> {
    status: StatusCode,
    headers: &'a HeaderMap,
    body: &'a [u8],
    retry_after: Option<Duration>,
    secret: &'a str,
    reason: Option<&'a str>,
}

impl TokenEndpointError {
    fn new(answer: Answer<'_>) -> Self {
        // Some servers repeat what they were sent.
        let clean = |text: &str| match answer.secret {
            "" => text.to_owned(),
            secret => text.replace(secret, REDACTED),
        };
        let described = describe(answer.headers, answer.body);
        // The body of a success may hold the token.
        let body = match answer.status.is_success() {
            true => String::new(),
            false => clean(&Excerpt::bytes(answer.body).to_string()),
        };
        let told = |text: Option<String>| text.filter(|_| !answer.status.is_success());
        Self(Arc::new(TokenEndpointErrorParts {
            status: answer.status,
            error: told(described.code).map(|text| clean(&text)),
            description: match answer.reason {
                Some(reason) => Some(reason.to_owned()),
                None => told(described.message).map(|text| clean(&text)),
            },
            body,
            retry_after: answer.retry_after,
        }))
    }

    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The `error` of the answer: `invalid_client`, say.
    #[must_use]
    pub fn error(&self) -> Option<&str> {
        self.0.error.as_deref()
    }

    /// The `error_description` of the answer, or what is wrong with it.
    #[must_use]
    pub fn error_description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// The beginning of the body; empty if the status is a success, whose body may hold a token.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.0.body
    }

    /// How long the server asks to wait before the next request.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }
}

impl fmt::Debug for TokenEndpointError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TokenEndpointError")
            .field("status", &self.status())
            .field("error", &self.error().map(Excerpt::new))
            .field("error_description", &self.error_description().map(Excerpt::new))
            .finish_non_exhaustive()
    }
}

impl fmt::Display for TokenEndpointError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "token endpoint: HTTP {}", self.status())?;
        for part in [self.error(), self.error_description()].into_iter().flatten() {
            write!(formatter, ": {}", Excerpt::new(part))?;
        }
        Ok(())
    }
}

impl std::error::Error for TokenEndpointError {}
