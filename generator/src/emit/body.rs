//! The body of a request: its description, and the setters of the builder.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::docs::Docs;
use super::markdown::code;
use super::rules::Rules;
use super::types::From;
use super::{Context, parameters};
use crate::ir::{Body, Content, Media, Operation};
use crate::names::OperationNames;

/// What the runtime needs to know of a body.
pub(super) fn description<'a>(body: Option<&'a Body>, rules: &mut Rules<'a>) -> TokenStream {
    let Some(Body { media, required, .. }) = body else { return quote!(None) };
    let contents = media.iter().map(|media| {
        let media_type = sent_as(media);
        let content = match &media.content {
            Content::Json(_) => quote!(operation::Content::Json(#media_type)),
            Content::Form(_) => {
                let fields = media.form.iter().map(parameters::form_field);
                quote!(operation::Content::Form(#media_type, &[#(#fields),*]))
            }
            Content::Multipart(_) => {
                let parts = media.parts.iter().map(|(name, kind)| quote!((#name, #kind)));
                quote!(operation::Content::Multipart(&[#(#parts),*]))
            }
            Content::Text | Content::Bytes => quote!(operation::Content::Raw(#media_type)),
        };
        if media.rules.is_empty() {
            return content;
        }
        let rules = rules.list(&media.rules);
        quote!(operation::Content::With(&#content, #rules))
    });
    let contents: Vec<_> = contents.collect();
    quote!(Some(operation::Body { required: #required, contents: &[#(#contents),*] }))
}

/// The setters: one for each kind of body.
pub(super) fn setters(
    context: Context<'_>,
    operation: &Operation,
    names: &OperationNames,
) -> TokenStream {
    let Some(body) = &operation.body else { return TokenStream::new() };
    let media = body.media.iter().zip(&names.bodies).enumerate();
    media.map(|(index, (media, name))| setter(context, body, index, media, name)).collect()
}

fn setter(
    context: Context<'_>,
    body: &Body,
    index: usize,
    media: &Media,
    name: &Ident,
) -> TokenStream {
    let docs = docs(body, index, media).tokens();
    let index = Literal::usize_unsuffixed(index);
    let (ty, call) = match &media.content {
        Content::Json(ty) | Content::Form(ty) | Content::Multipart(ty) => {
            let ty = context.ty(ty, From::Client);
            (ty, quote!(with_body(#index, body)))
        }
        Content::Text => (quote!(impl Into<String>), quote!(with_raw_body(#index, body.into()))),
        Content::Bytes => (quote!(impl Into<Bytes>), quote!(with_raw_body(#index, body))),
    };
    quote! {
        #docs
        #[inline]
        pub fn #name(self, body: #ty) -> Self {
            Self { draft: self.draft.#call }
        }
    }
}

fn docs(body: &Body, index: usize, media: &Media) -> Docs {
    let mut docs = Docs::default();
    docs.description(body.description.as_deref());
    if docs.is_empty() {
        docs.own("The body of the request.");
    }
    let sent = sent_as(media);
    let others = media.types.iter().filter(|media_type| **media_type != sent);
    let others: Vec<String> = others.map(|media_type| code(media_type)).collect();
    if !others.is_empty() {
        docs.own(format!(
            "Sent as {}. The document lists {} too: say so with the header `content-type` in \
             [`CallOptions`](crate::CallOptions::header).",
            code(sent),
            others.join(", ")
        ));
    } else if index > 0 || !matches!(media.content, Content::Json(_)) {
        docs.own(format!("Sent as {}.", code(sent)));
    }
    docs
}

/// The media type that is sent: the first that is a single one.
fn sent_as(media: &Media) -> &str {
    let single = media.types.iter().find(|media_type| !media_type.contains('*'));
    single.map_or(
        match media.content {
            Content::Json(_) => "application/json",
            Content::Form(_) => "application/x-www-form-urlencoded",
            Content::Multipart(_) => "multipart/form-data",
            Content::Text => "text/plain",
            Content::Bytes => "application/octet-stream",
        },
        String::as_str,
    )
}
