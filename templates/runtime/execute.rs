//! Sends a prepared request: authentication, attempts, timeouts, the reading of the response.
//!
//! The one place where all calls of all operations go through; nothing in it knows their types.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderValue, Request};

use super::auth::{AuthContext, Authenticate, OutgoingRequest};
use super::call::Outcome;
use super::client::{Core, Inner};
use super::error::{Failure, TimeoutError, TimeoutPhase};
use super::operation::Operation;
use super::random;
use super::request::{PreparedRequest, Ready};
use super::response::{Completeness, Expected, RawResponse};
use super::retry::{self, RetryPolicy};
use super::time;
use super::trace::Span;
use super::transport::{BoxFuture, End, TransportError, collect};

/// Sends `request` as often as its policy says.
pub(crate) fn execute(
    core: Core,
    request: PreparedRequest,
    expected: Expected,
) -> BoxFuture<'static, Outcome> {
    let span = Span::new(request.operation, core.inner());
    span.clone().around(Box::pin(async move {
        let outcome = run(core.inner(), request, expected, &span).await;
        span.finish(&outcome);
        outcome
    }))
}

async fn run(core: &Inner, request: PreparedRequest, expected: Expected, span: &Span) -> Outcome {
    let PreparedRequest { operation, ready, timeout, attempt_timeout, retry } = request;
    let ready = ready.map_err(Failure::Invalid)?;
    let plan = core.credentials.choose(operation.security).map_err(Failure::Auth)?;
    let until = timeout.and_then(|timeout| Some((core.clock()?.now(), timeout)));
    let sending =
        Sending { core, operation, ready, plan, expected, attempt_timeout, retry, until, span };
    match (time::within(core.clock(), timeout, sending.run()).await, timeout) {
        (None, Some(limit)) => Err(Failure::Timeout(TimeoutError::new(TimeoutPhase::Call, limit))),
        (outcome, _) => outcome.unwrap_or_else(|| Err(never())),
    }
}

/// Without a limit, time does not run out; said as an error rather than as a panic.
fn never() -> Failure {
    Failure::Timeout(TimeoutError::new(TimeoutPhase::Call, Duration::MAX))
}

/// What authenticates a request: each scheme with its credential.
pub(crate) type Plan = Vec<(&'static str, Arc<dyn Authenticate>)>;

/// A call on its way through its attempts.
struct Sending<'a> {
    core: &'a Inner,
    operation: &'static Operation,
    ready: Ready,
    plan: Plan,
    expected: Expected,
    attempt_timeout: Option<Duration>,
    retry: RetryPolicy,
    /// When the call began, and how long it may take.
    until: Option<(SystemTime, Duration)>,
    span: &'a Span,
}

impl Sending<'_> {
    async fn run(&self) -> Outcome {
        let mut attempts = 1;
        loop {
            let failure = match self.attempt().await {
                Ok(response) => {
                    self.core.budget.deposit(attempts);
                    return Ok(response);
                }
                Err(failure) => failure,
            };
            let (Some(clock), Some(delay)) = (self.core.clock(), self.delay(attempts, &failure))
            else {
                return Err(failure);
            };
            self.span.retry(attempts, delay, &failure);
            clock.sleep(delay).await;
            attempts += 1;
        }
    }

    /// How long to wait for another attempt; `None` when there is to be none.
    fn delay(&self, attempts: u32, failure: &Failure) -> Option<Duration> {
        let may = self.retry.allows_another(attempts)
            && self.retry.covers(failure, self.operation, self.ready.token.is_some());
        let delay = self.retry.delay(attempts, retry::retry_after(failure));
        // Waiting for what can no longer happen would only replace this error by a timeout.
        let fits = self.remaining().is_none_or(|remaining| delay < remaining);
        (may && fits && self.core.budget.withdraw()).then_some(delay)
    }

    fn remaining(&self) -> Option<Duration> {
        let (begin, timeout) = self.until?;
        let elapsed = self.core.clock()?.now().duration_since(begin).unwrap_or_default();
        Some(timeout.saturating_sub(elapsed))
    }

    async fn attempt(&self) -> Outcome {
        let limit = self.attempt_timeout;
        match (time::within(self.core.clock(), limit, self.send()).await, limit) {
            (None, Some(limit)) => {
                Err(Failure::Timeout(TimeoutError::new(TimeoutPhase::Attempt, limit)))
            }
            (outcome, _) => outcome.unwrap_or_else(|| Err(never())),
        }
    }

    async fn send(&self) -> Outcome {
        let request = self.authenticated().await?;
        // The request goes away with the transport; what was said in it matters to a refusal.
        let sent_headers = request.headers().clone();
        let response = self.core.transport.send(request).await.map_err(Failure::Transport)?;
        let (parts, body) = response.into_parts();
        let collected = collect(body, self.core.settings.max_response_bytes).await;
        let (completeness, broken) = match collected.end {
            End::Whole => (Completeness::Whole, None),
            End::Bounded => (Completeness::Truncated, None),
            End::Broken(error) => (Completeness::Truncated, Some(error)),
        };
        let retry_after = time::retry_after(&parts.headers, self.core.clock());
        let response = Box::new(RawResponse {
            status: parts.status,
            headers: parts.headers,
            body: collected.bytes,
            completeness,
            retry_after,
            accept: self.operation.accept,
            checks: self.core.settings.response_checks,
            missing: self.core.settings.missing,
        });
        self.judge(response, broken, &sent_headers)
    }

    /// An error keeps what came of its body; a success that consists of one needs the whole.
    fn judge(
        &self,
        response: Box<RawResponse>,
        broken: Option<TransportError>,
        sent: &HeaderMap,
    ) -> Outcome {
        if response.status == http::StatusCode::UNAUTHORIZED {
            self.plan.iter().for_each(|(_, auth)| auth.refused(sent));
        }
        match broken {
            _ if !response.status.is_success() => Err(Failure::Status(response)),
            Some(error) if self.expected == Expected::Body => Err(Failure::Transport(error)),
            _ => Ok(response),
        }
    }

    async fn authenticated(&self) -> Result<OutgoingRequest, Failure> {
        let mut request = self.request();
        for (scheme, auth) in &self.plan {
            let context = AuthContext::new(self.core, scheme);
            auth.authenticate(&mut request, context).await.map_err(Failure::Auth)?;
        }
        Ok(request)
    }

    fn request(&self) -> OutgoingRequest {
        let mut request = Request::new(self.ready.body.clone());
        *request.method_mut() = self.operation.method.clone();
        *request.uri_mut() = self.ready.uri.clone();
        *request.headers_mut() = self.ready.headers.clone();
        for name in &self.ready.fresh {
            let id = random::uuid().map(|id| HeaderValue::try_from(id.simple().to_string()));
            if let Some(Ok(id)) = id {
                request.headers_mut().entry(name).or_insert(id);
            }
        }
        request
    }
}
