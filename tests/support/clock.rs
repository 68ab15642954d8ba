//! A clock whose time passes only by waiting, and waiting takes none.
//!
//! The client asks the same clock for the waits between attempts and for its timeouts. The two are
//! told apart by their length: a wait of exactly one of the timeouts that every client here is
//! built with is an alarm, and goes off only when a test says so. Anything else is a wait between
//! attempts: it is noted, the time moves on by it, and it is over at once.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use generated::transport::{BoxFuture, Clock};
use tokio::sync::Notify;

/// The default bound of an attempt.
pub const ATTEMPT: Duration = Duration::from_secs(60);
/// The default bound of a call.
pub const CALL: Duration = Duration::from_secs(300);

/// The clock; clones are the same clock.
#[derive(Clone)]
pub struct TestClock(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    attempt: Notify,
    call: Notify,
}

struct State {
    now: SystemTime,
    waits: Vec<Duration>,
    alarms: Vec<Duration>,
}

impl TestClock {
    /// A clock that shows the date of the signing vectors: Thu, 30 Apr 2026 12:34:56 GMT.
    #[must_use]
    pub fn new() -> Self {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_777_552_496);
        let state = Mutex::new(State { now, waits: Vec::new(), alarms: Vec::new() });
        Self(Arc::new(Shared { state, attempt: Notify::new(), call: Notify::new() }))
    }

    /// Lets the attempt that is under way run out of time.
    pub fn expire_attempt(&self) {
        self.advance(ATTEMPT);
        self.0.attempt.notify_waiters();
    }

    /// Lets the call that is under way run out of time.
    pub fn expire_call(&self) {
        self.advance(CALL);
        self.0.call.notify_waiters();
    }

    /// Moves the time on.
    pub fn advance(&self, duration: Duration) {
        self.0.state.lock().unwrap().now += duration;
    }

    /// The waits between attempts so far.
    #[must_use]
    pub fn waits(&self) -> Vec<Duration> {
        self.0.state.lock().unwrap().waits.clone()
    }

    /// The timeouts that were set so far.
    #[must_use]
    pub fn alarms(&self) -> Vec<Duration> {
        self.0.state.lock().unwrap().alarms.clone()
    }
}

impl Default for TestClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for TestClock {
    fn now(&self) -> SystemTime {
        self.0.state.lock().unwrap().now
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let shared = Arc::clone(&self.0);
        Box::pin(async move {
            match duration {
                ATTEMPT | CALL => {
                    shared.state.lock().unwrap().alarms.push(duration);
                    let alarm = if duration == CALL { &shared.call } else { &shared.attempt };
                    alarm.notified().await;
                }
                wait => {
                    let mut state = shared.state.lock().unwrap();
                    state.now += wait;
                    state.waits.push(wait);
                }
            }
        })
    }
}
