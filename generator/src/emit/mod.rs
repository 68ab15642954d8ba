//! From the IR and its names to tokens; one file per construct.
//!
//! A file of output is a path and tokens; nothing is formatted or written here.

mod auth;
mod body;
mod client;
mod credentials;
mod docs;
mod enums;
mod errors;
mod example;
mod formats;
mod headers;
mod imports;
mod literal;
mod markdown;
mod model;
mod models;
mod module;
mod newtypes;
mod operation;
mod outer;
mod parameters;
mod pattern;
mod related;
mod root;
mod rules;
mod schemas;
mod structs;
mod success;
mod types;
mod unions;
mod webhooks;

pub use auth::takes_client_credentials;
pub use credentials::Credentials;
pub use example::{Example, examples};
pub use formats::{format_modules, formats};
pub use markdown::{cell, code};
pub use root::{Module, Root, root};
pub use webhooks::feature as webhooks_feature;

use proc_macro2::TokenStream;
use quote::quote;

use crate::analyze::{Facts, Group, Need};
use crate::ir::Api;
use crate::names::{GroupNames, Names};

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
    let mut files = vec![File { path: "mod.rs".to_owned(), tokens: module::emit(context) }];
    files.extend(models::files(context));
    files.extend(schemas::files(context));
    files.extend(webhooks::file(context));
    files.extend(client::files(context));
    files
}

/// Which of the layout's groups a file holds.
#[derive(Clone, Copy, Debug)]
struct Part<'a> {
    group: &'a Group,
    names: &'a GroupNames,
}

impl<'a> Context<'a> {
    fn parts(self) -> impl Iterator<Item = Part<'a>> {
        let groups = self.facts.layout.groups.iter().zip(&self.names.groups);
        groups.map(|(group, names)| Part { group, names })
    }
}

impl Part<'_> {
    /// The condition under which the group is compiled.
    fn condition(&self) -> Option<TokenStream> {
        let features = self.names.features.iter().map(|feature| quote!(feature = #feature));
        match self.names.features.len() {
            0 => None,
            1 => Some(quote!(#[cfg(#(#features)*)])),
            _ => Some(quote!(#[cfg(any(#(#features),*))])),
        }
    }

    /// The tag that the group is of, if it is of one.
    fn tag<'c>(&self, context: Context<'c>) -> Option<&'c str> {
        let Need::Tags(tags) = &self.group.need else { return None };
        let [tag] = tags.as_slice() else { return None };
        context.facts.layout.tags.get(*tag).map(String::as_str)
    }

    /// The name of the group's file.
    fn file(&self) -> String {
        format!("{}.rs", self.names.module.to_string().trim_start_matches("r#"))
    }

    /// The file of the group in a folder.
    fn path(&self, folder: &str) -> String {
        format!("{folder}/{}", self.file())
    }

    /// The item by which a folder's root holds the group.
    fn held(&self) -> TokenStream {
        let (condition, module, file) = (self.condition(), &self.names.module, self.file());
        // Of a module that is not named in ASCII, rustc does not guess the file.
        let path = (!file.is_ascii()).then(|| quote!(#[path = #file]));
        quote!(#condition #path mod #module;)
    }

    /// The items by which a folder's root holds the group and shows what is in it.
    fn shown(&self) -> TokenStream {
        let (held, condition, module) = (self.held(), self.condition(), &self.names.module);
        quote!(#held #condition pub use #module::*;)
    }
}
