//! Time: the bound on a future, the time of day without a clock, and `retry-after`.

use std::future::Future;
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

use super::transport::Clock;

/// Runs `future` for at most `limit`; `None` when time ran out first.
pub(crate) async fn within<F: Future>(
    clock: Option<&dyn Clock>,
    limit: Option<Duration>,
    future: F,
) -> Option<F::Output> {
    let (Some(clock), Some(limit)) = (clock, limit) else { return Some(future.await) };
    let mut future = pin!(future);
    let mut alarm = clock.sleep(limit);
    std::future::poll_fn(|context| {
        // The future first: what is ready at the last moment counts.
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        alarm.as_mut().poll(context).map(|()| None)
    })
    .await
}

/// The time of day by `clock`, or else by the system; `None` where neither is there.
pub(crate) fn now(clock: Option<&dyn Clock>) -> Option<SystemTime> {
    // In a browser, asking the standard library for the time is a panic.
    const HAS_TIME: bool = !cfg!(all(target_family = "wasm", target_os = "unknown"));
    match clock {
        Some(clock) => Some(clock.now()),
        None => HAS_TIME.then(SystemTime::now),
    }
}

/// How long a response asks to wait, in seconds or until a date.
pub(crate) fn retry_after(headers: &HeaderMap, clock: Option<&dyn Clock>) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::from(u32::MAX))));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    // The server's own clock knows best how far away its date is.
    let date =
        headers.get(DATE).and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
    let now = date.or_else(|| now(clock))?;
    Some(until.duration_since(now).unwrap_or_default())
}
