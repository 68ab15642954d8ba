//! Doc comments: the document's words, then the constraints in words, then where it comes from.

use proc_macro2::TokenStream;
use quote::quote;

use super::markdown::{self, code};
use crate::diag::Place;
use crate::ir::{Field, JsonType, Prim, Rule, TypeRef, Way};
use crate::names::{OperationNames, bare};

/// A doc comment in the making: paragraphs.
#[derive(Debug, Default)]
pub(super) struct Docs {
    lines: Vec<String>,
}

impl Docs {
    /// A comment that begins with our own words.
    pub(super) fn new(text: impl Into<String>) -> Self {
        let mut docs = Self::default();
        docs.own(text);
        docs
    }

    /// Adds a paragraph of our own words.
    pub(super) fn own(&mut self, text: impl Into<String>) -> &mut Self {
        self.blank();
        self.lines.extend(text.into().lines().map(str::to_owned));
        self
    }

    /// Adds the document's words, if there are any.
    pub(super) fn description(&mut self, text: Option<&str>) -> &mut Self {
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            self.blank();
            self.lines.extend(markdown::lines(text));
        }
        self
    }

    /// Says where in the document the item comes from.
    pub(super) fn source(&mut self, place: &Place) -> &mut Self {
        self.own(format!("Source: {}", code(&format!("#{}", place.pointer))))
    }

    fn blank(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The attributes, before an item.
    pub(super) fn tokens(&self) -> TokenStream {
        let lines = self.padded();
        quote! { #(#[doc = #lines])* }
    }

    /// The attributes, at the head of a module.
    pub(super) fn inner_tokens(&self) -> TokenStream {
        let lines = self.padded();
        quote! { #(#![doc = #lines])* }
    }

    /// The lines as they stand behind `///`. Clippy finds fault with a tab, which every editor
    /// shows in another width, and the compiler with signs that turn the text around.
    fn padded(&self) -> impl Iterator<Item = String> {
        self.lines.iter().map(|line| match line.as_str() {
            "" => String::new(),
            line => {
                let line = line.replace('\t', TAB);
                let plain = line.chars().filter(|char| !markdown::turns(*char));
                let plain = plain.map(|char| if char.is_control() { ' ' } else { char });
                format!(" {}", plain.collect::<String>())
            }
        })
    }
}

/// A link to the method of the client that makes the call of an operation. A link is resolved by the
/// bare name, even that of a keyword.
pub(super) fn method_link(operation: &OperationNames) -> String {
    format!("[`Client::{}`]", bare(&operation.method))
}

/// What a tab in a comment becomes.
const TAB: &str = "    ";

/// A title within a sentence of ours, on one line: a full stop of its own would end the sentence.
pub(super) fn titled(title: &str) -> String {
    markdown::line(title.trim_end().trim_end_matches('.'))
}

/// The comment of a field, a setter or a parameter.
pub(super) fn field(field: &Field) -> Docs {
    let mut docs = Docs::default();
    docs.description(field.description.as_deref());
    if docs.is_empty() {
        docs.own(code(&field.name));
    }
    let words = constraints(field);
    if !words.is_empty() {
        docs.own(words);
    }
    docs
}

/// What holds for the value of a field, in words.
fn constraints(field: &Field) -> String {
    let mut words = sentence(&field.rules, Some(&field.ty));
    if let Some(default) = &field.default {
        words.push(format!("The default is {}.", code(&default.to_string())));
    }
    match field.way {
        Some(Way::Received) => words.push("Read-only: it is the server that sets it.".to_owned()),
        Some(Way::Sent) => words.push("Write-only: a server never sends it.".to_owned()),
        None => {}
    }
    if field.secret {
        words.push("Secret: never shown by `Debug`.".to_owned());
    }
    words.join(" ")
}

/// What rules say of a type, as far as it is known: `minimum` says nothing of a string.
fn sentence(rules: &[Rule], ty: Option<&TypeRef>) -> Vec<String> {
    let known = ty.and_then(json_type);
    let is_said = |rule: &&Rule| known.zip(spoken_of(rule)).is_none_or(|(it, of)| it == of);
    let rules: Vec<&Rule> = rules.iter().filter(is_said).collect();
    let mut words = Vec::new();
    words.extend(range(&rules, "characters", |rule| match rule {
        Rule::MinLength(min) => Some(End::Low(*min)),
        Rule::MaxLength(max) => Some(End::High(*max)),
        _ => None,
    }));
    words.extend(range(&rules, "items", |rule| match rule {
        Rule::MinItems(min) => Some(End::Low(*min)),
        Rule::MaxItems(max) => Some(End::High(*max)),
        _ => None,
    }));
    words.extend(range(&rules, "properties", |rule| match rule {
        Rule::MinProperties(min) => Some(End::Low(*min)),
        Rule::MaxProperties(max) => Some(End::High(*max)),
        _ => None,
    }));
    words.extend(rules.iter().filter_map(|rule| one(rule, ty)));
    words
}

/// The type of JSON that a value of a type is, if it is of one.
fn json_type(ty: &TypeRef) -> Option<JsonType> {
    match ty {
        TypeRef::Nullable(inner) => json_type(inner),
        TypeRef::List(_) | TypeRef::Tuple(_) | TypeRef::Prefixed(..) => Some(JsonType::Array),
        TypeRef::Map(_) => Some(JsonType::Object),
        TypeRef::Prim(Prim::Bool) => Some(JsonType::Boolean),
        TypeRef::Prim(Prim::F64) => Some(JsonType::Number),
        TypeRef::Prim(prim) if prim.is_integer() => Some(JsonType::Number),
        TypeRef::Prim(Prim::String | Prim::Uuid | Prim::Text(_)) => Some(JsonType::String),
        TypeRef::Prim(_) | TypeRef::Named(_) | TypeRef::Json => None,
    }
}

/// The type of JSON that a rule speaks of, if it is of one.
fn spoken_of(rule: &Rule) -> Option<JsonType> {
    match rule {
        Rule::MinLength(_) | Rule::MaxLength(_) | Rule::Pattern(_) => Some(JsonType::String),
        Rule::Minimum(_)
        | Rule::ExclusiveMinimum(_)
        | Rule::Maximum(_)
        | Rule::ExclusiveMaximum(_)
        | Rule::MultipleOf(_) => Some(JsonType::Number),
        Rule::MinItems(_) | Rule::MaxItems(_) | Rule::UniqueItems | Rule::Items(_) => {
            Some(JsonType::Array)
        }
        Rule::MinProperties(_) | Rule::MaxProperties(_) | Rule::Values(_) => Some(JsonType::Object),
        _ => None,
    }
}

/// A rule that is a sentence by itself.
fn one(rule: &Rule, ty: Option<&TypeRef>) -> Option<String> {
    Some(match rule {
        Rule::Pattern(pattern) => format!("Matches {}.", code(&pattern.source)),
        Rule::Minimum(min) => format!("At least {min}."),
        Rule::ExclusiveMinimum(min) => format!("Greater than {min}."),
        Rule::Maximum(max) => format!("At most {max}."),
        Rule::ExclusiveMaximum(max) => format!("Less than {max}."),
        Rule::MultipleOf(step) => format!("A multiple of {step}."),
        Rule::UniqueItems => "No two items are equal.".to_owned(),
        Rule::Items(rules) => format!("Each item: {}", inner(rules, ty)?),
        Rule::Values(rules) => format!("Each value: {}", inner(rules, ty)?),
        Rule::Const(value) => format!("Always {}.", code(&value.to_string())),
        Rule::Enum(values) => {
            let values = values.iter().map(|value| code(&value.to_string())).collect::<Vec<_>>();
            format!("One of {}.", values.join(", "))
        }
        _ => return None,
    })
}

/// The rules of what stands inside, if there is a word for any.
fn inner(rules: &[Rule], around: Option<&TypeRef>) -> Option<String> {
    let words = sentence(rules, around.and_then(held));
    (!words.is_empty()).then(|| words.join(" "))
}

/// What a list or a map holds.
fn held(ty: &TypeRef) -> Option<&TypeRef> {
    match ty {
        TypeRef::Nullable(inner) => held(inner),
        TypeRef::List(inner) | TypeRef::Map(inner) => Some(inner),
        _ => None,
    }
}

/// An end of a range of counts.
enum End {
    Low(u64),
    High(u64),
}

fn range(rules: &[&Rule], things: &str, end: impl Fn(&Rule) -> Option<End>) -> Option<String> {
    let (mut low, mut high) = (None, None);
    for rule in rules {
        match end(rule) {
            Some(End::Low(min)) => low = Some(min),
            Some(End::High(max)) => high = Some(max),
            None => {}
        }
    }
    Some(match (low, high) {
        (Some(low), Some(high)) if low == high => format!("Exactly {low} {things}."),
        (Some(low), Some(high)) => format!("{low} to {high} {things}."),
        (Some(1), None) => format!("Not without {things}."),
        (Some(low), None) => format!("At least {low} {things}."),
        (None, Some(high)) => format!("At most {high} {things}."),
        (None, None) => return None,
    })
}
