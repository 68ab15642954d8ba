//! What the tests on the wire share.
//!
//! `server` plays answers on loopback and keeps what it is asked, `clock` passes time without
//! waiting, `call` makes a call with the generated client and tells what came of it as JSON,
//! `check` compares that with an expectation. Expectations come from `scenario` (our own data) or
//! from `recording` (the recordings of the vendors' SDKs, by the rules in `rules`). `signature`
//! verifies OCI's signatures independently of the client, `judge` runs the independent judges.
//! No test stands here.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop where it stands"
)]

pub mod call;
pub mod check;
pub mod clock;
pub mod recording;
pub mod rules;
pub mod scenario;
pub mod server;
pub mod signature;

use std::path::PathBuf;

use generated::transport::ReqwestTransport;
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

thread_local! {
    static RUNTIME: Runtime = Builder::new_current_thread().enable_all().build().unwrap();
    static TRANSPORT: ReqwestTransport = ReqwestTransport::new().unwrap();
}

/// Runs `future` on this thread's own runtime: what polls next is always the same.
pub fn block_on<F: Future>(future: F) -> F::Output {
    RUNTIME.with(|runtime| runtime.block_on(future))
}

/// This thread's default transport. To make one takes longer than to play a scenario: it reads the
/// system's certificates.
#[must_use]
pub fn transport() -> ReqwestTransport {
    TRANSPORT.with(ReqwestTransport::clone)
}

/// A file of `tests/data`.
pub fn data(name: &str) -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data").join(name);
    let text = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A file or folder of `../shared`, which a fresh clone does not have.
pub fn shared(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(name);
    path.exists().then_some(path)
}

/// The text of a string.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a string: {value}")).to_owned()
}
