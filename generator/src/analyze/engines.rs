//! Which engines the patterns of an API need, and which patterns are none.

use super::Matcher;
use crate::diag::{Diagnostic, Place, Sink};
use crate::ir::{Api, Field, Rest, Rule, Shape};

/// The engines that an API needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Engines {
    /// The one that takes linear time.
    pub linear: bool,
    /// The one that tracks back.
    pub backtracking: bool,
}

impl Engines {
    /// Finds them; reports what is no pattern, which nothing can enforce.
    pub(super) fn of(api: &Api, sink: &mut Sink) -> Self {
        let mut engines = Self::default();
        for def in &api.types {
            if let Shape::Union(union) = &def.shape {
                let variants = union.variants.iter();
                variants.for_each(|variant| engines.rules(&variant.rules, &def.place, sink));
            }
            let Shape::Struct(object) = &def.shape else { continue };
            object.fields.iter().for_each(|field| engines.field(field, sink));
            engines.rules(&object.rules, &def.place, sink);
            if let Rest::Typed(_, rules) = &object.rest {
                engines.rules(rules, &def.place, sink);
            }
        }
        for operation in &api.operations {
            operation.parameters.iter().for_each(|parameter| engines.field(&parameter.field, sink));
            operation.success_headers().iter().for_each(|header| engines.field(header, sink));
        }
        engines
    }

    fn field(&mut self, field: &Field, sink: &mut Sink) {
        self.rules(&field.rules, &field.place, sink);
    }

    fn rules(&mut self, rules: &[Rule], place: &Place, sink: &mut Sink) {
        for rule in rules {
            match rule {
                Rule::Pattern(pattern) => match Matcher::of(pattern) {
                    Some(Matcher::Linear) => self.linear = true,
                    Some(Matcher::Backtracking) => self.backtracking = true,
                    Some(Matcher::Classes(_)) => {}
                    None => sink.report(not_a_pattern(pattern, place)),
                },
                Rule::Items(rules) | Rule::Values(rules) => self.rules(rules, place, sink),
                _ => {}
            }
        }
    }
}

fn not_a_pattern(pattern: &str, place: &Place) -> Diagnostic {
    let message = format!("`{pattern}` is no regular expression of ECMA-262 and is not enforced");
    Diagnostic::warning("invalid-pattern", message)
        .at(place.clone())
        .help("JSON Schema's patterns are those of JavaScript, with the flag `u`")
}
