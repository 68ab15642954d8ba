//! Patterns as the runtime's data, or as a call of an engine.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::analyze::{Class, Matcher};

/// The runtime's `Pattern` for a pattern of the document; nothing for what is none.
pub(super) fn emit(pattern: &str) -> Option<TokenStream> {
    Some(match Matcher::of(pattern)? {
        Matcher::Classes(classes) => {
            let classes = classes.iter().map(class);
            quote!(Pattern::Classes { source: #pattern, classes: &[#(#classes),*] })
        }
        Matcher::Linear => quote!(pattern::linear!(#pattern)),
        Matcher::Backtracking => quote!(pattern::backtracking!(#pattern)),
    })
}

/// The names that a pattern needs from the runtime's module.
pub(super) fn names(pattern: &str) -> &'static [&'static str] {
    match Matcher::of(pattern) {
        Some(Matcher::Classes(_)) => &["Class", "Pattern"],
        Some(Matcher::Linear | Matcher::Backtracking) => &["self", "Pattern"],
        None => &[],
    }
}

fn class(class: &Class) -> TokenStream {
    let Class { ranges, min, max } = class;
    let ranges = ranges.iter().map(|(first, last)| quote!((#first, #last)));
    let min = Literal::u32_unsuffixed(*min);
    let max = match *max {
        u32::MAX => quote!(u32::MAX),
        max => {
            let max = Literal::u32_unsuffixed(max);
            quote!(#max)
        }
    };
    quote!(Class { ranges: &[#(#ranges),*], min: #min, max: #max })
}
