//! What examples authenticate calls with.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::Context;
use super::example::pretty;
use crate::ir::{Location, Operation, SchemeKind};

/// What a call is authenticated with.
#[derive(Debug, serde::Serialize)]
pub struct Credentials {
    /// The type.
    pub ty: &'static str,
    /// What it is made of, at the start of a sentence.
    pub words: &'static str,
    /// The environment variables that hold this.
    pub variables: &'static [&'static str],
    /// The expression that makes it of the variables.
    pub of_variables: String,
    /// The expression that makes it of locals, which are called after the variables.
    pub of_locals: String,
}

/// The schemes that a call may go by, each alone.
fn scheme_kinds<'a>(
    context: Context<'a>,
    operation: &'a Operation,
) -> impl Iterator<Item = &'a SchemeKind> {
    let alone = operation.security.iter().filter_map(|schemes| match schemes.as_slice() {
        [only] => Some(only),
        _ => None,
    });
    let found = alone
        .filter_map(move |name| context.api.schemes.iter().find(|scheme| scheme.name == *name));
    found.map(|scheme| &scheme.kind)
}

/// Whether a call may be signed for Oracle Cloud Infrastructure.
pub(super) fn is_signed(context: Context<'_>, operation: &Operation) -> bool {
    scheme_kinds(context, operation).any(is_oci)
}

fn is_oci(kind: &SchemeKind) -> bool {
    matches!(kind, SchemeKind::OciSignature)
}

/// What a call is authenticated with, if one thing will do that is known.
pub(super) fn of(context: Context<'_>, operation: &Operation) -> Option<Credentials> {
    // What the document names first is what it means most.
    let mut kinds = scheme_kinds(context, operation).take_while(|kind| !is_oci(kind));
    kinds.find_map(|kind| match kind {
        SchemeKind::Bearer => Some(Credentials::of(
            ("BearerToken", "The token is", &["API_TOKEN"]),
            |values| quote!(BearerToken::new(#(#values),*)),
        )),
        SchemeKind::Basic => Some(Credentials::of(
            ("BasicAuth", "User and password are", &["API_USER", "API_PASSWORD"]),
            |values| quote!(BasicAuth::new(#(#values),*)),
        )),
        SchemeKind::ApiKey { location, name } => {
            let place = match location {
                Location::Query => quote!(query),
                Location::Cookie => quote!(cookie),
                Location::Header | Location::Path => quote!(header),
            };
            Some(Credentials::of(
                ("ApiKey", "The key is", &["API_KEY"]),
                |values| quote!(ApiKey::#place(#name, #(#values),*)),
            ))
        }
        _ => None,
    })
}

impl Credentials {
    fn of(
        (ty, words, variables): (&'static str, &'static str, &'static [&'static str]),
        made: impl Fn(&[TokenStream]) -> TokenStream,
    ) -> Self {
        let of_variables: Vec<_> =
            variables.iter().map(|name| quote!(std::env::var(#name)?)).collect();
        let of_locals: Vec<_> = variables.iter().map(|name| local(name)).collect();
        let (of_variables, of_locals) = (pretty(&made(&of_variables)), pretty(&made(&of_locals)));
        Self { ty, words, variables, of_variables, of_locals }
    }
}

/// The local that holds an environment variable.
fn local(variable: &str) -> TokenStream {
    let ident = Ident::new(&variable.to_lowercase(), Span::call_site());
    quote!(#ident)
}
