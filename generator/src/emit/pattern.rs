//! Patterns as the runtime's data, or as a call of an engine.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::{Class, Matcher, Pattern};

/// The runtime's `Pattern` for a pattern of the document.
pub(super) fn emit(pattern: &Pattern) -> Option<TokenStream> {
    let Pattern { source, matcher } = pattern;
    Some(match matcher.as_ref()? {
        Matcher::Classes(classes) => {
            let classes = classes.iter().map(class);
            quote!(pattern::Pattern::Classes { source: #source, classes: &[#(#classes),*] })
        }
        Matcher::Linear(same) if same == source => quote!(pattern::linear!(#source)),
        Matcher::Linear(translated) => quote!(pattern::linear!(#source, #translated)),
        Matcher::Backtracking => quote!(pattern::backtracking!(#source)),
    })
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
    quote!(pattern::Class { ranges: &[#(#ranges),*], min: #min, max: #max })
}
