//! The files of the client.

use proc_macro2::TokenStream;
use quote::quote;

use super::auth::takes_client_credentials;
use super::docs::{Docs, titled};
use super::imports::Imports;
use super::markdown::code;
use super::types::names_model;
use super::{Context, File, Part, auth, errors, operation};
use crate::analyze::By;
use crate::ir::{self, Content, Operation, Parameter, Server, ServerVariable, Success};
use crate::names::OperationNames;

const CLIENT: &str = "crate::runtime::client";
const RESPONSE: &str = "crate::runtime::response";

/// The client of an API: one file, or one for each group of the layout.
pub(super) fn files(context: Context<'_>) -> Vec<File> {
    let split = context.facts.layout.is_split();
    let parts = || context.parts().filter(|part| !part.group.operations.is_empty());
    let (together, apart): (Vec<_>, Vec<_>) =
        parts().partition(|part| !split || part.names.features.is_empty());
    let own: Vec<usize> =
        together.iter().flat_map(|part| part.group.operations.iter().copied()).collect();
    let shown = apart.iter().map(Part::shown);
    let root = root(context, &own, split);
    let path = if split { "client/mod.rs" } else { "client.rs" };
    let errors = errors::file(context);
    let shared = errors.as_ref().map(|_| {
        quote!(
            mod errors;
            pub use errors::*;
        )
    });
    let root = File { path: path.to_owned(), tokens: quote!(#root #shared #(#shown)*) };
    let groups =
        apart.iter().map(|part| File { path: part.path("client"), tokens: group(context, part) });
    std::iter::once(root).chain(errors).chain(groups).collect()
}

/// The operations of a group, in a file of their own.
fn group(context: Context<'_>, part: &Part<'_>) -> TokenStream {
    let mut imports = Imports::elsewhere();
    operations_imports(context, &part.group.operations, &mut imports);
    imports.add("super", &["Client"]);
    if uses_models(context, &part.group.operations) {
        imports.add("super::super::models", &[""]);
    }
    imports.add_schemas("super::super::models::schemas");
    let mut imports = imports.tokens();
    let errors = errors::apart(context, &part.group.operations);
    if !errors.is_empty() {
        let errors = errors.iter();
        imports.extend(quote!(use super::errors::{#(#errors),*};));
    }
    let (methods, items) = operations(context, &part.group.operations);
    let docs = match (part.tag(context), context.facts.layout.by) {
        (Some(tag), By::Tag) => format!("Operations of the tag {}.", code(tag)),
        (Some(step), By::Path) => format!("Operations whose paths lead by {}.", code(step)),
        (None, _) => "Operations.".to_owned(),
    };
    let docs = Docs::new(docs).inner_tokens();
    quote! {
        #docs
        #imports

        impl Client {
            #methods
        }
        #items
    }
}

/// The methods of the client for some operations, and everything else of them.
fn operations(context: Context<'_>, indices: &[usize]) -> (TokenStream, TokenStream) {
    let all = || named(context, indices);
    let methods = all().map(|(_, operation, names)| operation::method(context, operation, names));
    let items =
        all().map(|(index, operation, names)| operation::items(context, index, operation, names));
    (methods.collect(), items.collect())
}

fn named<'a>(
    context: Context<'a>,
    indices: &'a [usize],
) -> impl Iterator<Item = (usize, &'a Operation, &'a OperationNames)> {
    indices.iter().filter_map(move |index| {
        Some((*index, context.api.operations.get(*index)?, context.names.operations.get(*index)?))
    })
}

/// The client itself, with the operations that need no tag.
fn root(context: Context<'_>, own: &[usize], split: bool) -> TokenStream {
    let api = context.api;
    let (methods, items) = operations(context, own);
    let title = titled(&api.title);
    let docs = Docs::new(format!("The client of {title}.")).inner_tokens();
    let mut imports = root_imports(context, own);
    if uses_models(context, own) {
        imports.add("super::models", &[""]);
    }
    imports.add_schemas("super::models::schemas");
    let imports = imports.tokens();
    let credentials = takes_client_credentials(api).then(|| {
        quote! {
            #[cfg(feature = "oauth2")]
            use crate::runtime::auth::OAuth2ClientCredentials;
        }
    });
    let description = description(context);
    let builder_docs = builder_docs(api).tokens();
    let schemes = auth::emit(context);
    let client =
        Docs::new(format!("A client of {title}; clones share their connections.")).tokens();
    // The files of the groups make calls of the same core.
    let visibility = split.then(|| quote!(pub(super)));
    quote! {
        #docs
        #imports
        #credentials

        #description

        #client
        #[derive(Clone, Debug)]
        pub struct Client {
            #visibility core: Core,
        }

        impl From<Core> for Client {
            fn from(core: Core) -> Self {
                Self { core }
            }
        }

        impl AsRef<Core> for Client {
            fn as_ref(&self) -> &Core {
                &self.core
            }
        }

        impl Client {
            #builder_docs
            pub fn builder() -> ClientBuilder<Self> {
                ClientBuilder::new(&API)
            }
            #methods
        }

        #schemes
        #items
    }
}

/// What the runtime needs to know of the API.
fn description(context: Context<'_>) -> TokenStream {
    let (name, version) = (&context.api.name, &context.api.version);
    let server = context.api.server.as_ref();
    let server = server.map_or_else(|| quote!(Api::server("", &[])), description_of_server);
    let operation_servers = context.api.servers.iter().map(description_of_server);
    quote! {
        static API: Api = Api { name: #name, version: #version, server: #server, operation_servers: &[#(#operation_servers),*] };
    }
}

fn description_of_server(server: &Server) -> TokenStream {
    let url = &server.url;
    let variables = server.variables.iter().map(|variable| {
        let (name, default, allowed) = (&variable.name, &variable.default, &variable.allowed);
        quote!(ServerVariable { name: #name, default: #default, allowed: &[#(#allowed),*] })
    });
    quote!(Api::server(#url, &[#(#variables),*]))
}

fn builder_docs(api: &ir::Api) -> Docs {
    let mut docs = Docs::new("Begins to configure a client.");
    match &api.server {
        None => docs.own("The document names no server: give a base URL."),
        Some(server) => {
            let url = code(&server.url);
            docs.own(format!("It talks to {url} unless given another base URL."))
        }
    };
    if !api.servers.is_empty() {
        docs.own(
            "Operations with a server of their own go to a base URL too, unless `operation_servers` \
             is on.",
        );
    }
    let mut told: Vec<&ServerVariable> = Vec::new();
    for variable in api.server.iter().chain(&api.servers).flat_map(|server| &server.variables) {
        if !told.contains(&variable) {
            told.push(variable);
            docs.own(server_variable(variable));
            docs.description(variable.description.as_deref());
        }
    }
    docs
}

/// What a variable of the server may be. What it means stands below, if the document says so.
fn server_variable(variable: &ServerVariable) -> String {
    let (name, default) = (code(&variable.name), code(&variable.default));
    let allowed: Vec<String> = variable.allowed.iter().map(|value| code(value)).collect();
    match allowed.as_slice() {
        [] => format!("Server variable {name}: by default {default}."),
        allowed => {
            let allowed = allowed.join(", ");
            format!("Server variable {name}: one of {allowed}; by default {default}.")
        }
    }
}

fn root_imports(context: Context<'_>, own: &[usize]) -> Imports<'static> {
    let api = context.api;
    let mut imports = Imports::elsewhere();
    operations_imports(context, own, &mut imports);
    imports.add(CLIENT, &["Api", "ClientBuilder", "Core"]);
    if api.server.iter().chain(&api.servers).any(|server| !server.variables.is_empty()) {
        imports.add(CLIENT, &["ServerVariable"]);
    }
    imports
}

fn operations_imports(context: Context<'_>, indices: &[usize], imports: &mut Imports<'_>) {
    for (index, operation, _) in named(context, indices) {
        if operation::describes_fields(operation) {
            imports.module("field");
        }
        for Parameter { field, .. } in &operation.parameters {
            imports.ty(&field.ty);
            imports.rules(&field.rules);
        }
        let headers = operation.success_headers();
        if !headers.is_empty() {
            imports.described(headers.into_iter());
        }
        contents(context, index, operation).filter_map(Content::ty).for_each(|ty| imports.ty(ty));
        imports.add("http", &["Method"]);
        if operation::has_builder(operation) {
            imports.module("call");
            imports.add("crate::runtime::draft", &["Draft"]);
        } else {
            imports.add("crate::runtime::call", &["Call"]);
        }
        imports.module("operation");
        imports.add("crate::runtime::operation", &["Operation"]);
        operation.body.iter().flat_map(|it| &it.media).for_each(|it| imports.rules(&it.rules));
        imports.rules(operation::received_rules(operation));
        responses_imports(context, index, operation, imports);
        let mut media = operation.body.iter().flat_map(|body| &body.media);
        if media.any(|media| media.content == Content::Bytes) {
            imports.add("bytes", &["Bytes"]);
        }
    }
}

fn responses_imports(
    context: Context<'_>,
    index: usize,
    operation: &Operation,
    imports: &mut Imports<'_>,
) {
    imports.add(RESPONSE, &["Response"]);
    let mut bodies = operation.successes().into_iter().filter_map(|(_, it)| it.body.as_ref());
    if bodies.any(|content| *content == Content::Bytes) {
        imports.add(RESPONSE, &["RawBytes"]);
    }
    let by_status = operation.success() == Success::ByStatus;
    if by_status {
        imports.add(RESPONSE, &["Mismatch", "ResponseBody"]);
    }
    let errors = errors::stand_here(context, index);
    if errors {
        imports.add("crate::runtime::error", &["ErrorBody"]);
    }
    if errors || by_status {
        imports.add("http", &["StatusCode"]);
        imports.add(RESPONSE, &["RawBody", "RawBytes"]);
    }
}

/// What stands in the bodies of an operation, as far as its file names it.
fn contents<'a>(
    context: Context<'a>,
    index: usize,
    operation: &'a Operation,
) -> impl Iterator<Item = &'a Content> {
    let media = operation.body.iter().flat_map(|body| &body.media).map(|media| &media.content);
    let errors = operation.errors().filter_map(|(_, response)| response.body.as_ref());
    let errors = errors.filter(move |_| errors::stand_here(context, index));
    let successes = operation.successes().into_iter();
    media.chain(errors).chain(successes.filter_map(|(_, response)| response.body.as_ref()))
}

fn uses_models(context: Context<'_>, indices: &[usize]) -> bool {
    named(context, indices).any(|(index, operation, _)| {
        let parameters = operation.parameters.iter().map(|parameter| &parameter.field.ty);
        let headers = operation.success_headers();
        let headers = headers.iter().map(|header| &header.ty);
        parameters.chain(headers).any(names_model)
            || contents(context, index, operation).filter_map(Content::ty).any(names_model)
    })
}
