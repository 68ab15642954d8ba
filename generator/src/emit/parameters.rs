//! The struct of an operation's parameters, and of its documented response headers.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Context;
use super::docs::{self, Docs};
use super::model::{self, Described, Other};
use super::types::{Boxed, From};
use crate::ir::{Field, Fill, Location, Parameter, Presence, Style};
use crate::names::OperationNames;

/// The struct of the parameters.
pub(super) fn emit(
    context: Context<'_>,
    parameters: &[Parameter],
    names: &OperationNames,
) -> TokenStream {
    let name = &names.parameters;
    if parameters.is_empty() {
        let docs = format!(" The parameters of [`Client::{}`]: none.", names.method);
        return quote!(#[doc = #docs] pub type #name = NoParameters;);
    }
    let fields: Vec<(&Ident, &Field)> =
        names.fields.iter().zip(parameters.iter().map(|parameter| &parameter.field)).collect();
    let docs = Docs::new(format!("The parameters of [`Client::{}`].", names.method));
    let item = structure(context, name, &fields, &docs);
    let required = fields.iter().filter(|(_, field)| field.presence == Presence::Required);
    let arguments = required.map(|(ident, field)| {
        let ty = context.argument(field, Boxed::No, From::Client).ty;
        quote!(#ident: #ty)
    });
    let values = fields.iter().map(|(ident, field)| match field.presence {
        Presence::Optional => quote!(#ident: None),
        Presence::Required if context.argument(field, Boxed::No, From::Client).into => {
            quote!(#ident: #ident.into())
        }
        Presence::Required => quote!(#ident),
    });
    quote! {
        #item

        impl #name {
            #[doc = " With the parameters that are required."]
            #[inline]
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values),* }
            }
        }
    }
}

/// The struct of the documented headers of a response.
pub(super) fn headers(
    context: Context<'_>,
    headers: &[&Field],
    names: &OperationNames,
) -> TokenStream {
    let fields: Vec<(&Ident, &Field)> =
        names.header_fields.iter().zip(headers.iter().copied()).collect();
    let docs = Docs::new(format!(
        "The documented headers of the response of [`Client::{}`].",
        names.method
    ));
    structure(context, &names.headers, &fields, &docs)
}

fn structure(
    context: Context<'_>,
    name: &Ident,
    fields: &[(&Ident, &Field)],
    docs: &Docs,
) -> TokenStream {
    let docs = docs.tokens();
    let members = fields.iter().map(|(ident, field)| {
        let docs = docs::field(field).tokens();
        let ty = context.field_ty(field, Boxed::No, From::Client);
        quote!(#docs pub #ident: #ty)
    });
    let optional = fields.iter().all(|(_, field)| field.presence == Presence::Optional);
    let default = optional.then(|| quote!(, Default));
    let description =
        model::emit(&Described { name, fields: fields.to_vec(), rules: &[], rest: Other::None });
    quote! {
        #docs
        #[derive(Clone #default, PartialEq)]
        pub struct #name {
            #(#members,)*
        }
        #description
    }
}

/// The description of a parameter on the wire.
pub(super) fn description(parameter: &Parameter) -> TokenStream {
    let name = &parameter.field.name;
    let (function, style, explode) = match parameter.location {
        Location::Path => (quote!(path), Style::Simple, false),
        Location::Query => (quote!(query), Style::Form, true),
        Location::Header => (quote!(header), Style::Simple, false),
        Location::Cookie => (quote!(cookie), Style::Form, true),
    };
    let style = (parameter.style != style).then(|| {
        let style = style_name(parameter.style);
        quote!(.style(operation::Style::#style))
    });
    let explode = match (explode, parameter.explode) {
        (false, true) => Some(quote!(.exploded())),
        (true, false) => Some(quote!(.joined())),
        _ => None,
    };
    let reserved = parameter.allow_reserved.then(|| quote!(.allow_reserved()));
    let fill = match parameter.fill {
        Fill::Nothing => None,
        Fill::IdempotencyToken => Some(quote!(.filled(operation::Fill::IdempotencyToken))),
        Fill::RequestId => Some(quote!(.filled(operation::Fill::RequestId))),
    };
    quote!(operation::#function(#name) #style #explode #reserved #fill)
}

fn style_name(style: Style) -> TokenStream {
    match style {
        Style::Simple => quote!(Simple),
        Style::Label => quote!(Label),
        Style::Matrix => quote!(Matrix),
        Style::Form => quote!(Form),
        Style::SpaceDelimited => quote!(SpaceDelimited),
        Style::PipeDelimited => quote!(PipeDelimited),
        Style::DeepObject => quote!(DeepObject),
        Style::Json => quote!(Json),
    }
}
