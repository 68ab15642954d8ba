//! Calls without async: one background thread per client drives them, and the caller waits.
//!
//! Works inside of an async context too, where it blocks the thread, but neither panics nor
//! deadlocks: the calls are driven elsewhere.

use std::fmt;
use std::sync::{Mutex, PoisonError, mpsc};

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

use super::call::Outcome;
use super::error::Failure;
use super::transport::{BoxFuture, TransportError, TransportErrorKind};

/// The background thread, started by the first call; it ends when this is dropped.
#[derive(Default)]
pub(crate) struct Worker(Mutex<Option<Thread>>);

struct Thread {
    handle: Handle,
    /// Dropped with the client, which the thread takes for its end.
    _stop: oneshot::Sender<()>,
}

impl Worker {
    /// Runs a call to its end.
    pub(crate) fn run(&self, call: BoxFuture<'static, Outcome>) -> Outcome {
        let (sender, receiver) = mpsc::sync_channel(1);
        self.handle().map_err(failed)?.spawn(async move {
            // The receiver waits below, and nobody else can make it go away.
            let _ = sender.send(call.await);
        });
        receiver.recv().unwrap_or_else(|_| Err(failed("the background thread has ended")))
    }

    fn handle(&self) -> std::io::Result<Handle> {
        let mut thread = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*thread {
            Some(thread) => Ok(thread.handle.clone()),
            None => Ok(thread.insert(Thread::start()?).handle.clone()),
        }
    }
}

impl Thread {
    fn start() -> std::io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        std::thread::Builder::new().name("api-client".to_owned()).spawn(move || {
            // Nothing is ever sent: the error of a dropped sender is the signal.
            let _ = runtime.block_on(stopped);
        })?;
        Ok(Self { handle, _stop: stop })
    }
}

fn failed(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Failure {
    Failure::Transport(TransportError::new(TransportErrorKind::Other, error))
}

impl fmt::Debug for Worker {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Worker(..)")
    }
}
