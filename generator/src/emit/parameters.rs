//! The description of an operation's parameters.

use proc_macro2::TokenStream;
use quote::quote;

use super::rules::Rules;
use crate::ir::{Fill, FormField, Location, Parameter, Style};

/// What the runtime needs to know of a parameter.
pub(super) fn description<'a>(parameter: &'a Parameter, rules: &mut Rules<'a>) -> TokenStream {
    let field = rules.field(&parameter.field);
    let (variant, usual, form) = match parameter.location {
        Location::Path => (quote!(Path), quote!(PATH), (Style::Simple, false)),
        Location::Query => (quote!(Query), quote!(QUERY), (Style::Form, true)),
        Location::Header => (quote!(Header), quote!(HEADER), (Style::Simple, false)),
        Location::Cookie => (quote!(Cookie), quote!(COOKIE), (Style::Form, true)),
    };
    let mut unusual = unusual(form, (parameter.style, parameter.explode));
    if parameter.allow_reserved {
        unusual.push(quote!(allow_reserved: true));
    }
    match parameter.fill {
        Fill::Nothing => {}
        Fill::IdempotencyToken => unusual.push(quote!(fill: operation::Fill::IdempotencyToken)),
        Fill::RequestId => unusual.push(quote!(fill: operation::Fill::RequestId)),
    }
    formed(&field, &variant, &usual, &unusual)
}

/// What the runtime needs to know of a property of a form: it is written like a parameter.
pub(super) fn form_field(field: &FormField) -> TokenStream {
    let name = &field.name;
    let mut unusual = unusual((Style::Form, true), (field.style, field.explode));
    if field.allow_reserved {
        unusual.push(quote!(allow_reserved: true));
    }
    formed(&quote!(field::Optional(#name)), &quote!(Query), &quote!(QUERY), &unusual)
}

/// A parameter, in the usual form of its place but for some fields of it.
fn formed(
    field: &TokenStream,
    variant: &TokenStream,
    usual: &TokenStream,
    unusual: &[TokenStream],
) -> TokenStream {
    match unusual {
        [] => quote!(operation::#variant(#field)),
        unusual => quote! {
            operation::Formed(#field, operation::Form { #(#unusual,)* ..operation::Form::#usual })
        },
    }
}

/// Style and `explode`, where they are not the usual ones.
fn unusual(usual: (Style, bool), (style, explode): (Style, bool)) -> Vec<TokenStream> {
    let mut fields = Vec::new();
    if style != usual.0 {
        let style = style_name(style);
        fields.push(quote!(style: operation::Style::#style));
    }
    if explode != usual.1 {
        fields.push(quote!(explode: #explode));
    }
    fields
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
