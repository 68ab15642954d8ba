//! Rules as the runtime's data.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::{Context, pattern};
use crate::ir::{Additional, Choice, Conditional, Count, Field, JsonType, Pattern, Presence, Rule};

/// The rules of a type, and the patterns that they need.
pub(super) struct Rules<'a> {
    context: Context<'a>,
    /// The path of the schemas that rules refer to.
    schemas: TokenStream,
    patterns: Vec<(&'a Pattern, Ident)>,
    /// Whether any rule refers to a static: a pattern or a schema.
    refer: bool,
}

impl<'a> Rules<'a> {
    pub(super) fn new(context: Context<'a>) -> Self {
        Self { context, schemas: quote!(schemas::), patterns: Vec::new(), refer: false }
    }

    /// The rules of a schema that stands among those that rules refer to.
    pub(super) fn among_schemas(context: Context<'a>, path: &TokenStream) -> Self {
        Self { schemas: path.clone(), ..Self::new(context) }
    }

    /// Whether any rule so far refers to a static, which a constant that is promoted cannot.
    pub(super) fn refer(&self) -> bool {
        self.refer
    }

    /// The statics of the patterns, to stand before the rules that name them.
    pub(super) fn patterns(&self) -> TokenStream {
        let statics = self.patterns.iter().filter_map(|(source, name)| {
            let pattern = pattern::emit(source)?;
            Some(quote!(static #name: pattern::Pattern = #pattern;))
        });
        quote!(#(#statics)*)
    }

    /// The description of a field.
    pub(super) fn field(&mut self, field: &'a Field) -> TokenStream {
        let name = &field.name;
        let rules = self.list(&field.rules);
        match (field.presence, field.secret, field.rules.is_empty()) {
            (Presence::Required, false, true) => quote!(field::Required(#name)),
            (Presence::Optional, false, true) => quote!(field::Optional(#name)),
            (Presence::Required, false, false) => quote!(field::RequiredWith(#name, #rules)),
            (Presence::Optional, false, false) => quote!(field::OptionalWith(#name, #rules)),
            (Presence::Required, true, _) => quote!(field::RequiredSecret(#name, #rules)),
            (Presence::Optional, true, _) => quote!(field::OptionalSecret(#name, #rules)),
        }
    }

    /// A list of rules.
    pub(super) fn list(&mut self, rules: &'a [Rule]) -> TokenStream {
        if let Some(name) = whole(rules) {
            return quote!(rule::#name);
        }
        let rules = rules.iter().filter_map(|rule| self.rule(rule)).collect::<Vec<_>>();
        quote!(&[#(#rules),*])
    }

    /// What decides over the variants of a union.
    pub(super) fn choice(&mut self, choice: &'a Choice) -> TokenStream {
        let parts = self.lists(&choice.parts);
        match choice.count {
            Count::AtLeastOne => quote!(unions::Choice::Any(#parts)),
            Count::ExactlyOne => quote!(unions::Choice::One(#parts)),
        }
    }

    fn lists(&mut self, lists: &'a [Vec<Rule>]) -> TokenStream {
        let lists: Vec<_> = lists.iter().map(|rules| self.list(rules)).collect();
        quote!(&[#(#lists),*])
    }

    fn named(&mut self, entries: &'a [(String, Vec<Rule>)]) -> TokenStream {
        let entries: Vec<_> = entries
            .iter()
            .map(|(name, rules)| {
                let rules = self.list(rules);
                quote!((#name, #rules))
            })
            .collect();
        quote!(&[#(#entries),*])
    }

    fn rule(&mut self, rule: &'a Rule) -> Option<TokenStream> {
        Some(match rule {
            Rule::Type(types) => {
                let types = types.iter().map(|ty| json_type(*ty));
                quote!(rule::Type(&[#(#types),*]))
            }
            Rule::MinLength(count) => counted("MinLength", *count),
            Rule::MaxLength(count) => counted("MaxLength", *count),
            Rule::MinItems(count) => counted("MinItems", *count),
            Rule::MaxItems(count) => counted("MaxItems", *count),
            Rule::MinProperties(count) => counted("MinProperties", *count),
            Rule::MaxProperties(count) => counted("MaxProperties", *count),
            Rule::Pattern(pattern) => {
                let name = self.pattern(pattern);
                quote!(rule::Pattern(&#name))
            }
            Rule::Minimum(number) => quote!(rule::Minimum(#number)),
            Rule::ExclusiveMinimum(number) => quote!(rule::ExclusiveMinimum(#number)),
            Rule::Maximum(number) => quote!(rule::Maximum(#number)),
            Rule::ExclusiveMaximum(number) => quote!(rule::ExclusiveMaximum(#number)),
            Rule::MultipleOf(number) => quote!(rule::MultipleOf(#number)),
            Rule::UniqueItems => quote!(rule::UniqueItems),
            Rule::Const(value) => {
                let value = value.to_string();
                quote!(rule::Const(#value))
            }
            Rule::Enum(values) => {
                let values = values.iter().map(ToString::to_string);
                quote!(rule::Enum(&[#(#values),*]))
            }
            Rule::False(keyword) => quote!(rule::False(#keyword)),
            Rule::Schema(id) => {
                self.refer = true;
                let (path, name) = (&self.schemas, self.context.names.schema(*id)?);
                quote!(rule::Schema(&#path #name))
            }
            applicator => self.applicator(applicator)?,
        })
    }

    /// A rule that holds schemas of its own.
    fn applicator(&mut self, rule: &'a Rule) -> Option<TokenStream> {
        let (name, rules) = match rule {
            Rule::Items(rules) => ("Items", self.list(rules)),
            Rule::Values(rules) => ("Values", self.list(rules)),
            Rule::PropertyNames(rules) => ("PropertyNames", self.list(rules)),
            Rule::Not(rules) => ("Not", self.list(rules)),
            Rule::PrefixItems(lists) => ("PrefixItems", self.lists(lists)),
            Rule::AnyOf(lists) => ("AnyOf", self.lists(lists)),
            Rule::OneOf(lists) => ("OneOf", self.lists(lists)),
            Rule::Properties(entries) => ("Properties", self.named(entries)),
            Rule::DependentSchemas(entries) => ("DependentSchemas", self.named(entries)),
            Rule::PatternProperties(entries) => ("PatternProperties", self.patterned(entries)),
            Rule::Required(names) => ("Required", quote!(&[#(#names),*])),
            Rule::RequiredIn(way, names) => {
                let way = Ident::new(&format!("{way:?}"), Span::call_site());
                ("RequiredIn", quote!(rules::Way::#way, &[#(#names),*]))
            }
            Rule::DependentRequired(entries) => {
                let entries = entries.iter().map(|(name, names)| quote!((#name, &[#(#names),*])));
                ("DependentRequired", quote!(&[#(#entries),*]))
            }
            Rule::ItemsFrom(first, rules) => {
                let (first, rules) = (Literal::usize_unsuffixed(*first), self.list(rules));
                ("ItemsFrom", quote!(#first, #rules))
            }
            structured => return self.structured(structured),
        };
        let name = Ident::new(name, Span::call_site());
        Some(quote!(rule::#name(#rules)))
    }

    /// A rule with named parts.
    fn structured(&mut self, rule: &'a Rule) -> Option<TokenStream> {
        Some(match rule {
            Rule::Contains(rules, min, max) => {
                let (rules, min, max) = (self.list(rules), optional(*min), optional(*max));
                quote!(rule::Contains { rules: #rules, min: #min, max: #max })
            }
            Rule::UnevaluatedItems(beside, rules) => {
                let (beside, rules) = (self.list(beside), self.list(rules));
                quote!(rule::UnevaluatedItems { beside: #beside, rules: #rules })
            }
            Rule::UnevaluatedProperties(beside, rules) => {
                let (beside, rules) = (self.list(beside), self.list(rules));
                quote!(rule::UnevaluatedProperties { beside: #beside, rules: #rules })
            }
            Rule::AdditionalProperties(Additional { names, patterns, rules }) => {
                let patterns: Vec<_> =
                    patterns.iter().map(|pattern| self.pattern(pattern)).collect();
                let rules = self.list(rules);
                quote! {
                    rule::AdditionalProperties {
                        names: &[#(#names),*],
                        patterns: &[#(&#patterns),*],
                        rules: #rules,
                    }
                }
            }
            Rule::If(Conditional { test, then, otherwise }) => {
                let (test, then) = (self.list(test), self.list(then));
                let otherwise = self.list(otherwise);
                quote!(rule::If { test: #test, then: #then, otherwise: #otherwise })
            }
            _ => return None,
        })
    }

    fn patterned(&mut self, entries: &'a [(Pattern, Vec<Rule>)]) -> TokenStream {
        let entries: Vec<_> = entries
            .iter()
            .map(|(pattern, rules)| {
                let (pattern, rules) = (self.pattern(pattern), self.list(rules));
                quote!((&#pattern, #rules))
            })
            .collect();
        quote!(&[#(#entries),*])
    }

    /// The static of a pattern.
    fn pattern(&mut self, pattern: &'a Pattern) -> Ident {
        self.refer = true;
        if let Some((_, name)) = self.patterns.iter().find(|(known, _)| *known == pattern) {
            return name.clone();
        }
        let name = match self.patterns.len() {
            0 => "PATTERN".to_owned(),
            more => format!("PATTERN_{}", more + 1),
        };
        let name = Ident::new(&name, Span::call_site());
        self.patterns.push((pattern, name.clone()));
        name
    }
}

/// The constant of the runtime that a list of rules is, if there is one: nothing but a type, `null`
/// beside it or not. Most rules in unions are such lists, and each that is spelled out is borrowed,
/// checked and evaluated by itself.
pub(super) fn whole(rules: &[Rule]) -> Option<Ident> {
    let [Rule::Type(types)] = rules else { return None };
    let name = match types.as_slice() {
        [ty] => format!("{ty:?}").to_uppercase(),
        [ty, JsonType::Null] if *ty != JsonType::Null => format!("{ty:?}_OR_NULL").to_uppercase(),
        _ => return None,
    };
    Some(Ident::new(&name, Span::call_site()))
}

/// A type of JSON as the runtime names it.
pub(super) fn json_type(ty: JsonType) -> TokenStream {
    let name = Ident::new(&format!("{ty:?}"), Span::call_site());
    quote!(rules::JsonType::#name)
}

fn counted(name: &str, count: u64) -> TokenStream {
    let name = Ident::new(name, Span::call_site());
    let count = Literal::u64_unsuffixed(count);
    quote!(rule::#name(#count))
}

fn optional(count: Option<u64>) -> TokenStream {
    match count.map(Literal::u64_unsuffixed) {
        Some(count) => quote!(Some(#count)),
        None => quote!(None),
    }
}
