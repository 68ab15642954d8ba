//! The webhooks: a name for what each of them carries.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs::Docs;
use super::imports::Imports;
use super::markdown::code;
use super::types::From;
use super::{Context, File};
use crate::ir::{Event, TypeRef};

/// The file of the webhooks, if there are any.
pub(super) fn file(context: Context<'_>) -> Option<File> {
    if context.api.webhooks.is_empty() {
        return None;
    }
    let mut docs = Docs::new("What the requests carry that the server makes of its own accord.");
    docs.own("Who receives one decodes its body as the type that is named after the webhook.");
    let mut imports = Imports::elsewhere();
    let mut items = Vec::new();
    for (event, name) in context.api.webhooks.iter().zip(&context.names.webhooks) {
        match &event.payload {
            Some(ty) => {
                imports.ty(ty);
                items.push(item(context, event, name, ty));
            }
            None => {
                let request = code(&format!("{} {}", event.method, event.name));
                docs.own(format!("{request} carries no JSON."));
            }
        }
    }
    let (docs, imports) = (docs.inner_tokens(), imports.tokens());
    let tokens = quote!(#docs #imports #(#items)*);
    Some(File { path: "models/webhooks.rs".to_owned(), tokens })
}

/// The module, among the models.
pub(super) fn module(context: Context<'_>) -> TokenStream {
    if context.api.webhooks.is_empty() {
        return quote!();
    }
    let condition = feature(context).map(|feature| quote!(#[cfg(feature = #feature)]));
    quote! {
        #condition
        pub mod webhooks;
    }
}

/// The cargo feature that compiles them, if they have one.
pub fn feature(context: Context<'_>) -> Option<&str> {
    let tag = context.facts.layout.webhooks?;
    context.names.tag_features.get(tag).map(String::as_str)
}

fn item(context: Context<'_>, event: &Event, name: &Ident, ty: &TypeRef) -> TokenStream {
    let mut docs = Docs::default();
    docs.description(event.summary.as_deref());
    if event.description != event.summary {
        docs.description(event.description.as_deref());
    }
    docs.own(format!(
        "The body of the webhook {}, which comes by `{}`.",
        code(&event.name),
        event.method
    ));
    docs.source(&event.place);
    let deprecated = event.deprecated.then(|| quote!(#[deprecated]));
    let (docs, ty) = (docs.tokens(), context.ty(ty, From::Below));
    quote!(#docs #deprecated pub type #name = #ty;)
}
