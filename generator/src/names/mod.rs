//! The only place where identifiers are made.
//!
//! One deterministic pass over the API fills a side table. Words are split by `heck`, Rust's
//! keywords become raw identifiers, and what would collide with another name, with the prelude or
//! with the runtime gets another, stable one. A name that the user gives in the settings is had
//! exactly so, or refused.

mod groups;
mod members;
mod operations;
mod reserved;
mod schemas;
mod scope;
mod status;
mod types;
mod webhooks;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase;
use proc_macro2::Ident;

use crate::analyze::Facts;
use crate::diag::Sink;
use crate::ir::{Api, SchemaId, TypeId};
use crate::settings::Given;
use scope::{Scope, ident};

pub use groups::UNREACHED;
pub use scope::bare;

/// The identifiers of an API.
#[derive(Debug)]
pub struct Names {
    /// The module of the API.
    pub module: Ident,
    /// By the index of the type.
    pub types: Vec<TypeNames>,
    /// By the index of the operation.
    pub operations: Vec<OperationNames>,
    /// The errors that several operations have, by the index of the first of these.
    errors: BTreeMap<usize, Ident>,
    /// The names of what webhooks carry, by their index.
    pub webhooks: Vec<Ident>,
    /// The functions that make the authentication of a scheme, by its index.
    pub schemes: Vec<SchemeNames>,
    /// The modules of the groups of the layout, by their index.
    pub groups: Vec<GroupNames>,
    /// The cargo features of the tags, by their index.
    pub tag_features: Vec<String>,
    schemas: BTreeMap<SchemaId, Ident>,
    /// What the types are called.
    type_words: BTreeSet<String>,
}

/// The module of a group.
#[derive(Debug)]
pub struct GroupNames {
    /// The module.
    pub module: Ident,
    /// The cargo features of which one is needed; none where the group is always there.
    pub features: Vec<String>,
}

/// The identifiers of a type.
#[derive(Debug)]
pub struct TypeNames {
    /// The type itself.
    pub ident: Ident,
    /// The name in the document, where that is another one.
    pub renamed_from: Option<String>,
    /// Its fields or variants.
    pub members: Vec<Ident>,
    /// The setters of its optional fields, by the index of the field.
    pub setters: Vec<Ident>,
    /// The field of the other properties, or the variant of other values.
    pub rest: Ident,
}

/// The identifiers of an operation.
#[derive(Debug)]
pub struct OperationNames {
    /// The method of the client.
    pub method: Ident,
    /// The builder that it returns.
    pub builder: Ident,
    /// The struct of the documented headers of its response.
    pub headers: Ident,
    /// The enum of its successes, where they differ by status.
    pub success: Ident,
    /// The enum of its errors.
    pub error: Ident,
    /// Its parameters, in their order.
    pub fields: Vec<Ident>,
    /// The fields of the headers struct.
    pub header_fields: Vec<Ident>,
    /// The setters of its body, by the index of the media type.
    pub bodies: Vec<Ident>,
    /// The variants of its enums of successes and of errors, by the index of the response.
    pub statuses: Vec<Ident>,
    /// The name of its example file, without suffix.
    pub example: String,
}

/// The identifiers of a security scheme.
#[derive(Debug)]
pub struct SchemeNames {
    /// The function that makes its authentication.
    pub function: Ident,
    /// The variables of its URL, as arguments.
    pub variables: Vec<(String, Ident)>,
}

impl Names {
    /// Names everything in `api`; `prefix` stands before the cargo features of its tags. Names that
    /// the user gives and that cannot be had are reported.
    pub fn of(
        api: &Api,
        facts: &Facts,
        prefix: &str,
        given: &Given<'_, '_>,
        sink: &mut Sink,
    ) -> Self {
        let module = module(&api.name);
        let layout = &facts.layout;
        let tags = groups::tags(layout, given, sink);
        let tag_features = groups::features(&tags, prefix);
        let types = types::names(api, given, sink);
        let groups = groups::names(layout, &tags, &tag_features, prefix);
        let (operations, errors) = operations::names(api, &module, facts, &groups, given, sink);
        Self {
            type_words: types.iter().map(|names| names.ident.to_string()).collect(),
            types,
            groups,
            tag_features,
            operations,
            errors,
            webhooks: webhooks::names(api),
            schemas: schemas::names(api),
            schemes: operations::schemes(api),
            module: ident(&module),
        }
    }

    /// The names of a type.
    pub fn ty(&self, id: TypeId) -> Option<&TypeNames> {
        self.types.get(id.0)
    }

    /// The errors that operation `first` has in common with others.
    pub fn errors(&self, first: usize) -> Option<&Ident> {
        self.errors.get(&first)
    }

    /// Whether a type is called so.
    pub fn is_type(&self, name: &str) -> bool {
        self.type_words.contains(name)
    }

    /// The static of a schema that rules refer to.
    pub fn schema(&self, id: SchemaId) -> Option<&Ident> {
        self.schemas.get(&id)
    }
}

/// The package of an API of that name: one that can stand in a path, unlike `box` or `test`.
pub fn package(name: &str) -> String {
    let module = module(name);
    let is_taken = reserved::KEYWORDS.contains(&module.as_str())
        || reserved::NEVER.contains(&module.as_str())
        || reserved::PACKAGES.contains(&module.as_str());
    if is_taken { format!("{module}_api") } else { module }
}

/// The module of an API of that name.
pub fn module(name: &str) -> String {
    bare(&Scope::new(reserved::MODULES).claim(&name.to_snake_case(), "api"))
}
