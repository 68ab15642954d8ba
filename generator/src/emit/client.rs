//! The file of the client.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Docs;
use super::imports::Imports;
use super::{Context, auth, operation};
use crate::ir::{Server, TypeRef};

const CLIENT: &str = "crate::runtime::client";

/// The client of an API and its operations.
pub(super) fn emit(context: Context<'_>) -> TokenStream {
    let api = context.api;
    let all = || api.operations.iter().zip(&context.names.operations);
    let methods = all().map(|(operation, names)| operation::method(context, operation, names));
    let items = all().map(|(operation, names)| operation::items(context, operation, names));
    let docs = format!(" The client of {}.", api.title);
    let imports = imports(context).tokens();
    let description = description(context);
    let builder_docs = builder_docs(api.server.as_ref()).tokens();
    let schemes = auth::emit(context);
    let title = format!(" A client of {}; clones share their connections.", api.title);
    quote! {
        #![doc = #docs]
        #imports

        #description

        #[doc = #title]
        #[derive(Clone, Debug)]
        pub struct Client {
            core: Core,
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
            #(#methods)*
        }

        #schemes
        #(#items)*
    }
}

/// What the runtime needs to know of the API.
fn description(context: Context<'_>) -> TokenStream {
    let (name, version) = (&context.api.name, &context.api.version);
    let (url, variables) = match &context.api.server {
        Some(server) => (server.url.as_str(), server.variables.as_slice()),
        None => ("", [].as_slice()),
    };
    let variables = variables.iter().map(|variable| {
        let (name, default, allowed) = (&variable.name, &variable.default, &variable.allowed);
        quote!(ServerVariable { name: #name, default: #default, allowed: &[#(#allowed),*] })
    });
    quote! {
        static API: Api = Api { name: #name, version: #version, server: #url, variables: &[#(#variables),*] };
    }
}

fn builder_docs(server: Option<&Server>) -> Docs {
    let mut docs = Docs::new("Begins to configure a client.");
    match server {
        None => docs.own("The document names no server: give a base URL."),
        Some(server) => {
            docs.own(format!("It talks to `{}` unless given another base URL.", server.url));
            for variable in &server.variables {
                docs.own(format!("Server variable `{}`, by default `{}`:", variable.name, variable.default));
                docs.description(variable.description.as_deref());
            }
            &mut docs
        }
    };
    docs
}

fn imports(context: Context<'_>) -> Imports {
    let api = context.api;
    let mut imports = Imports::default();
    for operation in &api.operations {
        imports.described(operation.parameters.iter().map(|parameter| &parameter.field));
        let headers = operation.success_headers();
        if !headers.is_empty() {
            imports.described(headers.into_iter());
        }
        bodies(operation).iter().for_each(|ty| imports.ty(ty));
        imports.add("std::future", &["IntoFuture"]);
        imports.add("http", &["Method", "StatusCode"]);
        imports.add(CLIENT, &["CallOptions", "Pending"]);
        imports.add("crate::runtime::request", &["PreparedRequest", "RequestPreview"]);
        imports.add("crate::runtime::error", &["Error", "ErrorBody"]);
        imports.add("crate::runtime::operation", &["self", "Operation"]);
        imports.add("crate::runtime::response", &["RawBody", "RawBytes", "Response"]);
        imports.add("crate::runtime::validate", &["Violations"]);
    }
    imports.add(CLIENT, &["Api", "ClientBuilder", "Core"]);
    if api.server.as_ref().is_some_and(|server| !server.variables.is_empty()) {
        imports.add(CLIENT, &["ServerVariable"]);
    }
    if auth::is_needed(api) {
        imports.add("crate::runtime::auth", &["OAuth2ClientCredentials"]);
    }
    if uses_models(context) {
        imports.add("super::models", &[""]);
    }
    imports
}

/// The types of an operation's bodies.
fn bodies(operation: &crate::ir::Operation) -> Vec<TypeRef> {
    let body = operation.body.iter().map(|body| body.ty.clone());
    let errors = operation.errors().filter_map(|(_, response)| response.body.clone());
    let success = match operation.success() {
        crate::ir::Success::Empty => None,
        crate::ir::Success::Body(ty) | crate::ir::Success::Maybe(ty) => Some(ty),
    };
    body.chain(errors).chain(success).collect()
}

fn uses_models(context: Context<'_>) -> bool {
    fn named(ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Named(_) => true,
            TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) => named(inner),
            TypeRef::Prim(_) | TypeRef::Json => false,
        }
    }
    context.api.operations.iter().any(|operation| {
        let parameters = operation.parameters.iter().map(|parameter| &parameter.field.ty);
        let headers = operation.success_headers();
        let headers = headers.iter().map(|header| &header.ty);
        parameters.chain(headers).any(named) || bodies(operation).iter().any(named)
    })
}
