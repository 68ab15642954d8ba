//! The types that the settings choose for formats, and the module that holds them.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::File;
use super::outer::Outer;
use crate::ir::Text;

/// The module of the crate root, if any format has a type of it.
pub fn formats(texts: &BTreeSet<Text>) -> Option<File> {
    if texts.is_empty() {
        return None;
    }
    let modules = format_modules(texts);
    let exported = modules.iter().filter_map(|module| match *module {
        BASE64 => Some(quote!(
            pub use base64::Base64;
        )),
        SPELLED => Some(quote!(
            pub use spelled::{Spelled, Text};
        )),
        _ => None,
    });
    let modules = modules.iter().map(|module| Ident::new(module, Span::call_site()));
    let tokens = quote! {
        //! The types that formats of the documents become, as the settings choose.

        #(mod #modules;)*

        #(#exported)*
    };
    Some(File { path: "src/formats/mod.rs".to_owned(), tokens })
}

const BASE64: &str = "base64";
const SPELLED: &str = "spelled";

/// The modules below it, which are files that are copied: that of bytes, that of what is read from
/// strings, and one for each crate that has such types.
pub fn format_modules(texts: &BTreeSet<Text>) -> BTreeSet<&'static str> {
    let modules = texts.iter().map(|text| krate(*text).map_or(BASE64, |_| SPELLED));
    modules.chain(krates(texts)).collect()
}

/// The crates that the types come from.
pub(super) fn krates(texts: &BTreeSet<Text>) -> BTreeSet<&'static str> {
    texts.iter().filter_map(|text| krate(*text)).collect()
}

fn krate(text: Text) -> Option<&'static str> {
    match text {
        Text::Timestamp | Text::Date | Text::DateTime | Text::Time => Some("jiff"),
        Text::Url => Some("url"),
        Text::Decimal => Some("rust_decimal"),
        Text::Base64 => None,
    }
}

/// The type, of which `outer` is the name of [`outer()`]. What comes from another crate is named in
/// full: a document has types of these names.
pub(super) fn ty(text: Text, outer: &TokenStream) -> TokenStream {
    match text {
        Text::Timestamp => quote!(#outer<jiff::Timestamp>),
        Text::Date => quote!(#outer<jiff::civil::Date>),
        Text::DateTime => quote!(#outer<jiff::civil::DateTime>),
        Text::Time => quote!(#outer<jiff::civil::Time>),
        Text::Url => quote!(#outer<url::Url>),
        Text::Decimal => quote!(#outer<rust_decimal::Decimal>),
        Text::Base64 => quote!(#outer),
    }
}

/// What of the module the type is, or is made of.
pub(super) fn outer(text: Text) -> Outer {
    if text == Text::Base64 { Outer::Base64 } else { Outer::Spelled }
}

/// A string that is read as the type.
pub(super) fn sample(text: Text) -> &'static str {
    match text {
        Text::Timestamp => "2024-05-01T00:00:00Z",
        Text::Date => "2024-05-01",
        Text::DateTime => "2024-05-01T00:00:00",
        Text::Time => "12:30:00",
        Text::Url => "https://example.com/",
        Text::Decimal => "1.50",
        Text::Base64 => "dGV4dA==",
    }
}
