//! Rules as the runtime's data.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::pattern;
use crate::ir::{Field, Rule};

/// The rules of a struct, and the patterns that they need.
#[derive(Debug, Default)]
pub(super) struct Rules {
    patterns: Vec<(String, Ident)>,
}

impl Rules {
    /// The statics of the patterns, to stand before the rules that name them.
    pub(super) fn patterns(&self) -> TokenStream {
        let statics = self.patterns.iter().filter_map(|(source, name)| {
            let pattern = pattern::emit(source)?;
            Some(quote!(static #name: Pattern = #pattern;))
        });
        quote!(#(#statics)*)
    }

    /// The description of a field.
    pub(super) fn field(&mut self, field: &Field) -> TokenStream {
        let name = &field.name;
        let required =
            (field.presence == crate::ir::Presence::Required).then(|| quote!(.required()));
        let secret = field.secret.then(|| quote!(.secret()));
        let rules = self.setter(&field.rules);
        quote!(field(#name) #required #secret #rules)
    }

    /// The rules as they are added to a description that has none, if there are any.
    pub(super) fn setter(&mut self, rules: &[Rule]) -> Option<TokenStream> {
        let rules = self.all(rules);
        (!rules.is_empty()).then(|| quote!(.rules(&[#(#rules),*])))
    }

    /// A list of rules.
    pub(super) fn list(&mut self, rules: &[Rule]) -> TokenStream {
        let rules = self.all(rules);
        quote!(&[#(#rules),*])
    }

    fn all(&mut self, rules: &[Rule]) -> Vec<TokenStream> {
        rules.iter().filter_map(|rule| self.rule(rule)).collect()
    }

    fn rule(&mut self, rule: &Rule) -> Option<TokenStream> {
        Some(match rule {
            Rule::MinLength(count) => counted("MinLength", *count),
            Rule::MaxLength(count) => counted("MaxLength", *count),
            Rule::MinItems(count) => counted("MinItems", *count),
            Rule::MaxItems(count) => counted("MaxItems", *count),
            Rule::MinProperties(count) => counted("MinProperties", *count),
            Rule::MaxProperties(count) => counted("MaxProperties", *count),
            Rule::Pattern(source) => {
                let name = self.pattern(source)?;
                quote!(Rule::Pattern(&#name))
            }
            Rule::Minimum(number) => quote!(Rule::Minimum(#number)),
            Rule::ExclusiveMinimum(number) => quote!(Rule::ExclusiveMinimum(#number)),
            Rule::Maximum(number) => quote!(Rule::Maximum(#number)),
            Rule::ExclusiveMaximum(number) => quote!(Rule::ExclusiveMaximum(#number)),
            Rule::MultipleOf(number) => quote!(Rule::MultipleOf(#number)),
            Rule::UniqueItems => quote!(Rule::UniqueItems),
            Rule::Const(value) => {
                let value = value.to_string();
                quote!(Rule::Const(#value))
            }
            Rule::Enum(values) => {
                let values = values.iter().map(ToString::to_string);
                quote!(Rule::Enum(&[#(#values),*]))
            }
            Rule::Items(rules) => {
                let rules = self.list(rules);
                quote!(Rule::Items(#rules))
            }
            Rule::Values(rules) => {
                let rules = self.list(rules);
                quote!(Rule::Values(#rules))
            }
        })
    }

    /// The static of a pattern.
    fn pattern(&mut self, source: &str) -> Option<Ident> {
        pattern::emit(source)?;
        if let Some((_, name)) = self.patterns.iter().find(|(known, _)| known == source) {
            return Some(name.clone());
        }
        let name = match self.patterns.len() {
            0 => "PATTERN".to_owned(),
            more => format!("PATTERN_{}", more + 1),
        };
        let name = Ident::new(&name, Span::call_site());
        self.patterns.push((source.to_owned(), name.clone()));
        Some(name)
    }
}

fn counted(name: &str, count: u64) -> TokenStream {
    let name = Ident::new(name, Span::call_site());
    let count = Literal::u64_unsuffixed(count);
    quote!(Rule::#name(#count))
}
