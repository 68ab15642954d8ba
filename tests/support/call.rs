//! A call of either API, as data, made with the generated client; and its outcome, as JSON.

use std::fmt::{Debug, Write};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use generated::auth::{AuthError, BearerToken, OAuth2ClientCredentials};
use generated::retry::RetryPolicy;
use generated::runtime::client::Core;
use generated::runtime::error::ErrorBody;
use generated::{ApiError, ClientBuilder, Error, Response, Violations, databricks, oracle};
use http::StatusCode;
use serde::Serialize;
use serde_json::{Value, json};

use super::clock::TestClock;
use super::server::{Received, Server};
use super::signature::Key;
use super::transport;

/// Which API is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vendor {
    /// Databricks' `createCredential`.
    Databricks,
    /// Oracle's `createCredential`.
    Oracle,
}

/// How the caller proves who it is.
#[derive(Clone, Debug)]
pub enum Auth {
    /// With a token.
    Bearer(String),
    /// With client credentials.
    OAuth {
        /// The client's ID.
        id: String,
        /// The client's secret.
        secret: String,
    },
    /// With the throw-away key.
    Signature,
}

/// A call, and what the caller sets.
#[derive(Clone, Debug)]
pub struct Call {
    /// Which API is called.
    pub vendor: Vendor,
    /// The path parameter.
    pub path: String,
    /// The body.
    pub body: Value,
    /// The credentials.
    pub auth: Auth,
    /// `opc-request-id`.
    pub request_id: Option<String>,
    /// `opc-retry-token`.
    pub retry_token: Option<String>,
    /// `should-update-recent`.
    pub update_recent: Option<bool>,
    /// The retry policy, if not the client's default.
    pub retry: Option<RetryPolicy>,
    /// Whether the request is checked before it is sent.
    pub validate: bool,
    /// How many times the call is made with one client, one after the other.
    pub times: usize,
}

impl Call {
    /// A call that nothing is wrong with, attempted once.
    #[must_use]
    pub fn new(vendor: Vendor) -> Self {
        let (path, auth, body) = match vendor {
            Vendor::Databricks => (
                "f4b5c6d7-1234-4abc-9def-0123456789ab",
                Auth::Bearer("hush-token".to_owned()),
                json!({"credentials_name": "credential_1", "aws_credentials": {}}),
            ),
            Vendor::Oracle => ("ocid1.x", Auth::Signature, secret_token()),
        };
        Self {
            vendor,
            path: path.to_owned(),
            body,
            auth,
            request_id: None,
            retry_token: None,
            update_recent: None,
            retry: Some(RetryPolicy::never()),
            validate: true,
            times: 1,
        }
    }

    /// With `value` where `pointer` says in the body, which need not be there yet.
    #[must_use]
    pub fn with(mut self, pointer: &str, value: Value) -> Self {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        self.body.pointer_mut(parent).unwrap()[name] = value;
        self
    }
}

fn secret_token() -> Value {
    json!({"displayName": "name", "type": "SECRET_TOKEN", "credentialDetails": {
        "credentialType": "SECRET_TOKEN",
        "secretTokenPair": [{"secretKey": "key", "secretValue": "hush-value"}],
    }})
}

/// What came of a call.
pub struct Observed {
    /// The outcome of each time that the call was made.
    pub outcomes: Vec<Value>,
    /// What the server was asked.
    pub requests: Vec<Received>,
    /// How long the client waited before each further attempt.
    pub waits: Vec<Duration>,
    /// How many connections the server saw.
    pub connections: usize,
    /// Everything that prints itself, printed.
    pub shown: String,
}

/// Makes the call to a server that keeps what it is asked.
pub async fn perform(call: &Call, server: &Server, clock: &TestClock) -> Observed {
    let mut shown = String::new();
    let outcomes = outcomes(call, server.url(), clock, &mut shown).await;
    let (requests, connections) = (server.requests(), server.connections());
    Observed { outcomes, requests, waits: clock.waits(), connections, shown }
}

/// Makes the call to any server.
pub async fn outcomes(call: &Call, url: &str, clock: &TestClock, shown: &mut String) -> Vec<Value> {
    let mut outcomes = Vec::new();
    match call.vendor {
        Vendor::Databricks => {
            let client = client(databricks::Client::builder(), call, url, clock, shown);
            for _ in 0..call.times {
                outcomes.push(databricks(call, &client, shown).await);
            }
        }
        Vendor::Oracle => {
            let client = client(oracle::Client::builder(), call, url, clock, shown);
            for _ in 0..call.times {
                outcomes.push(oracle(call, &client, shown).await);
            }
        }
    }
    outcomes
}

fn client<C: From<Core> + Debug>(
    builder: ClientBuilder<C>,
    call: &Call,
    url: &str,
    clock: &TestClock,
    shown: &mut String,
) -> C {
    let builder = builder.base_url(url).clock(clock.clone()).transport(transport());
    let builder = builder.validate_requests(call.validate);
    let builder = match &call.auth {
        Auth::Bearer(token) => builder.auth(show(shown, BearerToken::new(token))),
        Auth::OAuth { id, secret } => builder.auth(show(shown, oauth(call, id, secret))),
        Auth::Signature => builder.auth(show(shown, Key::throw_away().signer())),
    };
    let builder = match call.retry {
        Some(policy) => builder.retry(policy),
        None => builder,
    };
    let builder = show(shown, builder);
    show(shown, builder.build().unwrap())
}

fn oauth(call: &Call, id: &str, secret: &str) -> OAuth2ClientCredentials {
    databricks::client::oauth2(id, secret, call.path.as_str())
}

async fn databricks(call: &Call, client: &databricks::Client, shown: &mut String) -> Value {
    let body = serde_json::from_value(call.body.clone()).unwrap();
    let request = client.create_credential(call.path.parse().unwrap()).body(body);
    let request = show(shown, request);
    writeln!(shown, "{:?}", request.dry_run()).unwrap();
    describe(request.send().await, |body| Some(json!(body)), shown)
}

async fn oracle(call: &Call, client: &oracle::Client, shown: &mut String) -> Value {
    let body = serde_json::from_value(call.body.clone()).unwrap();
    let mut request = client.create_credential(&call.path).body(body);
    if let Some(id) = &call.request_id {
        request = request.opc_request_id(id);
    }
    if let Some(token) = &call.retry_token {
        request = request.opc_retry_token(token);
    }
    if let Some(update) = call.update_recent {
        request = request.should_update_recent(update);
    }
    let request = show(shown, request);
    writeln!(shown, "{:?}", request.dry_run()).unwrap();
    describe(request.send().await, |()| None, shown)
}

fn show<T: Debug>(shown: &mut String, value: T) -> T {
    writeln!(shown, "{value:?}\n{value:#?}").unwrap();
    value
}

/// What came of a call, as JSON.
pub fn describe<T: Debug, H, E: ErrorBody + Debug>(
    outcome: Result<Response<T, H>, Error<E>>,
    body: impl FnOnce(&T) -> Option<Value>,
    shown: &mut String,
) -> Value {
    let error = match show(shown, outcome) {
        Ok(response) => {
            let (status, id) = (response.status().as_u16(), response.request_id());
            return json!({"ok": {
                "status": status, "request_id": id, "body": body(response.body()),
            }});
        }
        Err(error) => error,
    };
    writeln!(shown, "{error}").unwrap();
    match &error {
        Error::Invalid(violations) => json!({"invalid": listed(violations)}),
        Error::Auth(error) => json!({"auth": auth_error(error)}),
        Error::Transport(error) => json!({"transport": format!("{:?}", error.kind())}),
        Error::Timeout(error) => json!({"timeout": format!("{:?}", error.phase())}),
        Error::Api(error) => json!({"api": api_error(error)}),
        Error::Decode(error) => json!({"decode": {
            "status": error.status().as_u16(), "request_id": error.request_id(),
            "pointer": error.pointer(), "reason": error.reason(), "raw": raw(error.raw()),
        }}),
        Error::InvalidResponse(error) => json!({"invalid_response": {
            "status": error.status().as_u16(), "raw": raw(error.raw()),
            "violations": listed(error.violations()),
        }}),
        other => json!({"other": format!("{other:?}")}),
    }
}

/// Violations as `part pointer keyword`.
#[must_use]
pub fn listed(violations: &Violations) -> Vec<String> {
    let line = |violation: &generated::Violation| {
        let part = format!("{:?}", violation.part).to_lowercase();
        format!("{part} {} {}", violation.pointer, violation.keyword)
    };
    violations.iter().map(line).collect()
}

fn api_error<E: ErrorBody + Debug>(error: &ApiError<E>) -> Value {
    let kind = format!("{:?}", error.body());
    let kind = kind.split(['(', ' ']).next().unwrap();
    json!({
        "status": error.status().as_u16(), "kind": kind, "code": error.code(),
        "message": error.message(), "request_id": error.request_id(), "raw": raw(error.raw()),
        "truncated": error.is_truncated(),
        "retry_after": error.retry_after().map(|duration| duration.as_secs()),
    })
}

fn auth_error(error: &AuthError) -> Value {
    match error {
        AuthError::TokenEndpoint(error) => json!({"token_endpoint": {
            "status": error.status().as_u16(), "error": error.error(),
            "description": error.error_description(), "raw": error.body(),
        }}),
        AuthError::Transport(error) => json!({"transport": format!("{:?}", error.kind())}),
        AuthError::Missing { schemes } => json!({"missing": schemes}),
        AuthError::Unusable { .. } => json!("unusable"),
        other => json!(format!("{other:?}")),
    }
}

/// A body: its text, or, where it is none, base64.
#[must_use]
pub fn raw(bytes: &[u8]) -> Value {
    match str::from_utf8(bytes) {
        Ok(text) => json!(text),
        Err(_) => json!({"base64": STANDARD.encode(bytes)}),
    }
}

/// Whether a status is that of a success.
#[must_use]
pub fn is_success(status: u16) -> bool {
    StatusCode::from_u16(status).is_ok_and(|status| status.is_success())
}

/// A model as JSON.
pub fn encoded(model: &impl Serialize) -> Value {
    serde_json::to_value(model).unwrap()
}
