//! A token that is kept until it grows old, and renewed by one caller at a time.
//!
//! Whoever finds it old renews it; meanwhile the others go on with it while it is valid, and wait
//! where it is not. A caller that gives up half-way leaves the renewal to one of those who wait.
//! No lock is held across an `await`, so that nobody can be locked out.

use std::fmt;
use std::future::{Future, poll_fn};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use http::HeaderValue;

use super::AuthError;

/// A token with its lifetime.
pub(super) struct Token {
    /// The value of the `authorization` header.
    pub(super) header: HeaderValue,
    /// From when on it is renewed.
    pub(super) renew_at: SystemTime,
    /// From when on it is refused.
    pub(super) expires_at: SystemTime,
}

#[derive(Default)]
pub(super) struct TokenCache(Mutex<State>);

#[derive(Default)]
struct State {
    /// The token, and the endpoint that it is from: no other server may see it.
    token: Option<(String, Token)>,
    renewal: Renewal,
    /// Counts the renewals that are over.
    round: u64,
    /// How the last renewal ended, for those who waited for it.
    outcome: Option<(String, Result<HeaderValue, AuthError>)>,
    waiting: Vec<Waker>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Renewal {
    #[default]
    Idle,
    UnderWay,
}

/// What a caller is to do.
enum Step<'a> {
    Use(Result<HeaderValue, AuthError>),
    Wait(u64),
    Renew(Lease<'a>),
}

impl TokenCache {
    /// The token of `endpoint`; `renew` is polled only if this caller is the one to renew it.
    pub(super) async fn get(
        &self,
        endpoint: &str,
        now: impl Fn() -> Option<SystemTime>,
        renew: impl Future<Output = Result<Token, AuthError>>,
    ) -> Result<HeaderValue, AuthError> {
        let mut awaited = None;
        let lease = loop {
            match self.step(endpoint, now(), awaited) {
                Step::Use(outcome) => return outcome,
                Step::Wait(round) => {
                    poll_fn(|context| self.poll_round(round, context)).await;
                    awaited = Some(round);
                }
                Step::Renew(lease) => break lease,
            }
        };
        let outcome = renew.await;
        lease.finish(endpoint, outcome, now())
    }

    /// Forgets the token if it is this one.
    pub(super) fn forget(&self, header: &HeaderValue) {
        let mut state = self.lock();
        if state.token.as_ref().is_some_and(|(_, token)| token.header == header) {
            state.token = None;
        }
    }

    fn step(&self, endpoint: &str, now: Option<SystemTime>, awaited: Option<u64>) -> Step<'_> {
        let mut state = self.lock();
        if awaited.is_some_and(|round| state.round == round + 1)
            && let Some((from, outcome)) = &state.outcome
            && from == endpoint
        {
            return Step::Use(outcome.clone());
        }
        let is_idle = state.renewal == Renewal::Idle;
        if let Some(header) = state.valid(endpoint, now, is_idle) {
            return Step::Use(Ok(header));
        }
        if !is_idle {
            return Step::Wait(state.round);
        }
        state.renewal = Renewal::UnderWay;
        Step::Renew(Lease(self))
    }

    fn poll_round(&self, round: u64, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.lock();
        if state.round != round {
            return Poll::Ready(());
        }
        if !state.waiting.iter().any(|waker| waker.will_wake(context.waker())) {
            state.waiting.push(context.waker().clone());
        }
        Poll::Pending
    }

    /// A panic elsewhere leaves nothing half-done in here.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The token, if it need not be renewed by this caller.
    fn valid(&self, endpoint: &str, now: Option<SystemTime>, is_idle: bool) -> Option<HeaderValue> {
        let (from, token) = self.token.as_ref()?;
        let until = if is_idle { token.renew_at } else { token.expires_at };
        (from == endpoint && now? < until).then(|| token.header.clone())
    }
}

/// The right, and the duty, to renew.
struct Lease<'a>(&'a TokenCache);

impl Lease<'_> {
    fn finish(
        self,
        endpoint: &str,
        outcome: Result<Token, AuthError>,
        now: Option<SystemTime>,
    ) -> Result<HeaderValue, AuthError> {
        let mut state = self.0.lock();
        let outcome = match outcome {
            Ok(token) => {
                let header = token.header.clone();
                state.token = Some((endpoint.to_owned(), token));
                Ok(header)
            }
            // What failed early is tried again in time; until then the old token serves.
            Err(error) => match state.valid(endpoint, now, false) {
                Some(header) => {
                    state.postpone(now);
                    Ok(header)
                }
                None => Err(error),
            },
        };
        state.outcome = Some((endpoint.to_owned(), outcome.clone()));
        outcome
    }
}

impl State {
    fn postpone(&mut self, now: Option<SystemTime>) {
        const PAUSE: Duration = Duration::from_secs(5);
        let later = now.and_then(|now| now.checked_add(PAUSE));
        if let (Some((_, token)), Some(later)) = (&mut self.token, later) {
            token.renew_at = later;
        }
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.renewal = Renewal::Idle;
        state.round += 1;
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    }
}

impl fmt::Debug for TokenCache {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TokenCache(..)")
    }
}
