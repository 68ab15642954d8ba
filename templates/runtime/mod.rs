//! What the generated modules share.
//!
//! Plain Rust, the same for every document: `model` says how a model is described, `decode`,
//! `encode`, `debug` and `validate` walk over that description, `operation` says how an operation
//! is described, a `client` makes a `call` of it, at first a `draft`, which goes out by way of
//! `parameters`, `auth`, `retry` and a `transport`.
//!
//! What not every user calls is `#[inline]`: it is compiled by who does, and not with the crate.

mod assert;
mod attempts;
pub mod auth;
mod base_url;
#[cfg(feature = "blocking")]
mod blocking;
mod body;
pub mod call;
pub mod client;
pub mod debug;
mod decimal;
pub mod decode;
pub mod draft;
pub mod encode;
pub mod equality;
pub mod error;
mod evaluated;
mod excerpt;
mod execute;
pub mod field;
#[cfg(any(feature = "reqwest", feature = "tower"))]
mod frames;
pub mod gaps;
mod header_source;
mod instance;
pub mod model;
pub mod multipart;
mod object;
pub mod operation;
mod parameters;
pub mod pattern;
mod plain;
mod random;
pub mod request;
#[cfg(feature = "reqwest")]
mod reqwest;
pub mod response;
pub mod retry;
pub mod rule;
pub mod rules;
mod slots;
mod time;
#[cfg(feature = "tower")]
mod tower;
mod trace;
pub mod transport;
pub mod tuples;
pub mod unions;
pub mod unknown;
pub mod validate;
mod value_source;
