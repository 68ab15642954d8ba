//! Functions that make the authentication which a document describes in full.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::docs::Docs;
use super::markdown::code;
use crate::ir::{Api, SchemeKind, SecurityScheme};
use crate::names::SchemeNames;

/// The functions of all schemes that have one.
pub(super) fn emit(context: Context<'_>) -> TokenStream {
    let schemes = context.api.schemes.iter().zip(&context.names.schemes);
    let functions = schemes.filter_map(|(scheme, names)| match &scheme.kind {
        SchemeKind::ClientCredentials { token_url, scopes } => {
            Some(client_credentials(scheme, names, token_url, scopes))
        }
        _ => None,
    });
    quote!(#(#functions)*)
}

/// Whether there is any such function.
pub fn takes_client_credentials(api: &Api) -> bool {
    api.schemes.iter().any(|scheme| matches!(scheme.kind, SchemeKind::ClientCredentials { .. }))
}

fn client_credentials(
    scheme: &SecurityScheme,
    names: &SchemeNames,
    url: &str,
    scopes: &[String],
) -> TokenStream {
    let mut docs = Docs::new(format!(
        "OAuth 2.0 client credentials for the security scheme {}.",
        code(&scheme.name)
    ));
    docs.description(scheme.description.as_deref());
    let docs = docs.tokens();
    let function = &names.function;
    let arguments = names.variables.iter().map(|(_, ident)| quote!(#ident: impl Into<String>));
    let variables =
        names.variables.iter().map(|(name, ident)| quote!(.with_variable(#name, #ident)));
    quote! {
        #docs
        #[cfg(feature = "oauth2")]
        pub fn #function(
            client_id: impl Into<String>,
            client_secret: impl Into<String>,
            #(#arguments),*
        ) -> OAuth2ClientCredentials {
            OAuth2ClientCredentials::new(#url, client_id, client_secret)
                #(#variables)*
                .with_scopes(&[#(#scopes),*])
        }
    }
}
