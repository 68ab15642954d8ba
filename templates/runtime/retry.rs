//! When a request is sent again, and after how long.
//!
//! Decides only; `execute.rs` acts on it.

use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use http::{Method, StatusCode};
use serde_json::Value;

use super::error::{Failure, TimeoutPhase};
use super::operation::{Operation, RetryWhen};
use super::random;
use super::response::RawResponse;
use super::transport::TransportErrorKind;

/// How often and how patiently a call is attempted.
///
/// Whatever the policy, an operation is repeated only where that is safe: when its method is
/// idempotent, when it bears an idempotency token, when nothing reached the server, or when the
/// server said that it did nothing (429, 503, or what the document lists). Waits grow
/// exponentially, each a random part of the most it may be; `retry-after` is waited out in full,
/// or, where that exceeds the time that the call has left, not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
    hazard: Hazard,
}

/// What is done with a request that may have taken effect, and must not twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hazard {
    Avoid,
    Accept,
}

impl Default for RetryPolicy {
    /// 8 attempts, as Oracle's SDK makes; Databricks' goes on for 300 seconds. The deadline of the
    /// call and the retry budget of the client keep that in bounds.
    fn default() -> Self {
        Self {
            max_attempts: 8,
            base_delay: Duration::from_secs(1),
            max_delay: Duration::from_secs(30),
            hazard: Hazard::Avoid,
        }
    }
}

impl RetryPolicy {
    /// The default: 8 attempts, waits of up to 1, 2, 4 ... 30 seconds.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// One attempt.
    #[must_use]
    pub fn never() -> Self {
        Self::default().max_attempts(1)
    }

    /// So many attempts, the first included.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// The most to wait before the second attempt; it doubles from there on.
    #[must_use]
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// The most to wait before any attempt, unless the server asks for more.
    #[must_use]
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Repeats even what may take effect twice: a `POST` without idempotency token after a broken
    /// connection, say.
    #[must_use]
    pub fn retry_non_idempotent(mut self) -> Self {
        self.hazard = Hazard::Accept;
        self
    }

    pub(crate) fn allows_another(&self, attempts: u32) -> bool {
        attempts < self.max_attempts
    }

    /// The wait after so many attempts.
    pub(crate) fn delay(&self, attempts: u32, retry_after: Option<Duration>) -> Duration {
        match retry_after {
            // A little on top, lest everyone who was told the same returns at the same moment.
            Some(floor) => floor.saturating_add(random::part_of(self.base_delay)),
            None => {
                let factor = 2_u32.saturating_pow(attempts.saturating_sub(1));
                random::part_of(self.base_delay.saturating_mul(factor).min(self.max_delay))
            }
        }
    }

    /// Whether a call that failed like this may be attempted again.
    pub(crate) fn covers(&self, failure: &Failure, operation: &Operation, has_token: bool) -> bool {
        let is_safe =
            is_idempotent(&operation.method) || has_token || self.hazard == Hazard::Accept;
        match failure {
            Failure::Auth(error) => error.is_retryable(),
            Failure::Transport(error) => match error.kind() {
                TransportErrorKind::Connect => true,
                TransportErrorKind::Broken => is_safe,
                TransportErrorKind::Tls | TransportErrorKind::Other => false,
            },
            Failure::Timeout(error) => is_safe && error.phase() == TimeoutPhase::Attempt,
            Failure::Status(response) => {
                let status = response.status();
                is_refusal(status)
                    || (is_safe && is_transient(status))
                    || operation.retry.iter().any(|when| applies(when, response))
            }
            Failure::Invalid(_) | Failure::Decode(_) | Failure::InvalidResponse(_) => false,
        }
    }
}

/// How long the failure itself asks to wait.
pub(crate) fn retry_after(failure: &Failure) -> Option<Duration> {
    match failure {
        Failure::Status(response) => response.retry_after(),
        #[cfg(feature = "oauth2")]
        Failure::Auth(super::auth::AuthError::TokenEndpoint(error)) => error.retry_after(),
        _ => None,
    }
}

/// Whether the status may be another one next time.
pub(crate) fn is_transient(status: StatusCode) -> bool {
    match status {
        StatusCode::TOO_MANY_REQUESTS => true,
        StatusCode::NOT_IMPLEMENTED => false,
        other => other.is_server_error(),
    }
}

/// Whether the server says that it did not begin with the request.
fn is_refusal(status: StatusCode) -> bool {
    matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE)
}

/// RFC 9110, section 9.2.2.
fn is_idempotent(method: &Method) -> bool {
    [Method::GET, Method::HEAD, Method::PUT, Method::DELETE, Method::OPTIONS, Method::TRACE]
        .contains(method)
}

fn applies(when: &RetryWhen, response: &RawResponse) -> bool {
    if response.status().as_u16() != when.status {
        return false;
    }
    let body = serde_json::from_slice::<Value>(response.body()).unwrap_or_default();
    match body.get(when.property) {
        Some(Value::String(text)) => when.values.contains(&text.as_str()),
        Some(value) => when.values.contains(&value.to_string().as_str()),
        None => false,
    }
}

/// What all calls of a client may spend on further attempts, so that a failing service is not
/// hammered: each costs five successes at first hand.
pub(crate) struct Budget(AtomicU32);

/// What was taken from a [`Budget`].
const COST: u32 = 5;
const MOST: u32 = 500;

impl Budget {
    pub(crate) fn new() -> Self {
        Self(AtomicU32::new(MOST))
    }

    /// Takes what one further attempt costs, if it is there.
    pub(crate) fn withdraw(&self) -> bool {
        let take = |left: u32| left.checked_sub(COST);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }

    /// A call succeeded after so many attempts: its last further attempt is paid back.
    pub(crate) fn deposit(&self, attempts: u32) {
        let amount = if attempts > 1 { COST } else { 1 };
        let put = |left: u32| Some(left.saturating_add(amount).min(MOST));
        // `put` never refuses.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, put);
    }
}

impl fmt::Debug for Budget {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Budget({})", self.0.load(Ordering::Relaxed))
    }
}
