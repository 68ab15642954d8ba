//! From the IR and its names to tokens; one file per construct.
//!
//! A file of output is a path and tokens; nothing is formatted or written here.

mod auth;
mod client;
mod docs;
mod enums;
mod errors;
mod example;
mod imports;
mod literal;
mod markdown;
mod model;
mod models;
mod module;
mod operation;
mod parameters;
mod pattern;
mod root;
mod rules;
mod structs;
mod types;
mod unions;

pub use example::{Example, examples};
pub use root::{Module, root};

use proc_macro2::TokenStream;

use crate::analyze::Facts;
use crate::ir::Api;
use crate::names::Names;

/// A file of Rust before it is printed.
#[derive(Debug)]
pub struct File {
    /// Its path below the API's module.
    pub path: String,
    /// What it holds.
    pub tokens: TokenStream,
}

/// What the emitters read: an API, its names, and what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The API.
    pub api: &'a Api,
    /// Its identifiers.
    pub names: &'a Names,
    /// What is known of its types.
    pub facts: &'a Facts,
    /// The crate that examples import from, and the path of the API in it.
    pub root: &'a str,
}

/// The files of an API's module.
pub fn emit(context: Context<'_>) -> Vec<File> {
    vec![
        File { path: "mod.rs".to_owned(), tokens: module::emit(context) },
        File { path: "models.rs".to_owned(), tokens: models::emit(context) },
        File { path: "client.rs".to_owned(), tokens: client::emit(context) },
    ]
}
