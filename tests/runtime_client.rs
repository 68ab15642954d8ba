//! The client's manners, told from outside: what is sent, how often, and what is made of answers.
#![allow(
    dead_code,
    unreachable_pub,
    unused_macros,
    unused_imports,
    reason = "the runtime is a part of each test"
)]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[path = "runtime_client/answers.rs"]
mod answers;
#[path = "runtime_client/attempts.rs"]
mod attempts;
#[path = "runtime_fixture.rs"]
mod fixture;
#[path = "runtime_client/requests.rs"]
mod requests;
#[path = "../templates/runtime/mod.rs"]
mod runtime;
#[path = "runtime_client/servers.rs"]
mod servers;
