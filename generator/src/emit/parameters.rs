//! The description of an operation's parameters.

use proc_macro2::TokenStream;
use quote::quote;

use super::rules::Rules;
use crate::ir::{Fill, FormField, Location, Parameter, Presence, Style};

/// What the runtime needs to know of a parameter.
pub(super) fn description<'a>(parameter: &'a Parameter, rules: &mut Rules<'a>) -> TokenStream {
    let field = &parameter.field;
    let name = &field.name;
    // A path parameter always is.
    let required = field.presence == Presence::Required && parameter.location != Location::Path;
    let required = required.then(|| quote!(.required()));
    let secret = field.secret.then(|| quote!(.secret()));
    let rules = rules.setter(&field.rules);
    let (function, style, explode) = match parameter.location {
        Location::Path => (quote!(path), Style::Simple, false),
        Location::Query => (quote!(query), Style::Form, true),
        Location::Header => (quote!(header), Style::Simple, false),
        Location::Cookie => (quote!(cookie), Style::Form, true),
    };
    let form = form((style, explode), (parameter.style, parameter.explode));
    let reserved = parameter.allow_reserved.then(|| quote!(.allow_reserved()));
    let fill = match parameter.fill {
        Fill::Nothing => None,
        Fill::IdempotencyToken => Some(quote!(.filled(operation::Fill::IdempotencyToken))),
        Fill::RequestId => Some(quote!(.filled(operation::Fill::RequestId))),
    };
    quote!(operation::#function(#name) #required #secret #form #reserved #fill #rules)
}

/// What the runtime needs to know of a property of a form: it is written like a parameter.
pub(super) fn form_field(field: &FormField) -> TokenStream {
    let name = &field.name;
    let form = form((Style::Form, true), (field.style, field.explode));
    let reserved = field.allow_reserved.then(|| quote!(.allow_reserved()));
    quote!(operation::query(#name) #form #reserved)
}

/// Style and `explode`, where they are not the usual ones.
fn form(usual: (Style, bool), (style, explode): (Style, bool)) -> TokenStream {
    let name = (style != usual.0).then(|| {
        let style = style_name(style);
        quote!(.style(operation::Style::#style))
    });
    let explode = match (usual.1, explode) {
        (false, true) => Some(quote!(.exploded())),
        (true, false) => Some(quote!(.joined())),
        _ => None,
    };
    quote!(#name #explode)
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
