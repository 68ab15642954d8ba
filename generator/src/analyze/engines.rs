//! How each pattern of an API is matched, and which engines that takes. What is no pattern, nothing
//! can enforce.

use std::collections::BTreeMap;

use super::pattern::matcher;
use crate::diag::{Diagnostic, Place, Sink};
use crate::ir::{Api, Matcher, Pattern, Rule};

/// The engines that an API needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Engines {
    /// The one that takes linear time.
    pub linear: bool,
    /// The one that tracks back.
    pub backtracking: bool,
}

impl Engines {
    /// Decides on every pattern; takes out what is none, and says so.
    pub(super) fn decide(api: &mut Api, sink: &mut Sink) -> Self {
        let mut patterns = Patterns { known: BTreeMap::new(), sink };
        api.each_rules_mut(&mut |place, rules| patterns.rules(rules, place));
        let mut engines = Self::default();
        for matcher in patterns.known.values().flatten() {
            engines.linear |= *matcher == Matcher::Linear;
            engines.backtracking |= *matcher == Matcher::Backtracking;
        }
        engines
    }
}

/// The patterns so far: engines take their time to compile one.
struct Patterns<'a> {
    known: BTreeMap<String, Option<Matcher>>,
    sink: &'a mut Sink,
}

impl Patterns<'_> {
    fn rules(&mut self, rules: &mut Vec<Rule>, place: &Place) {
        rules.retain_mut(|rule| self.rule(rule, place));
        for rule in rules {
            rule.each_list_mut(&mut |rules| self.rules(rules, place));
        }
    }

    /// Whether the rule stays.
    fn rule(&mut self, rule: &mut Rule, place: &Place) -> bool {
        match rule {
            Rule::Pattern(pattern) => self.pattern(pattern, place),
            Rule::PatternProperties(entries) => {
                entries.retain_mut(|(pattern, _)| self.pattern(pattern, place));
                !entries.is_empty()
            }
            // Without one of its patterns it would speak of properties that are none of its.
            Rule::AdditionalProperties(additional) => {
                let mut patterns = additional.patterns.iter_mut();
                patterns.all(|pattern| self.pattern(pattern, place))
            }
            _ => true,
        }
    }

    fn pattern(&mut self, pattern: &mut Pattern, place: &Place) -> bool {
        let known = self.known.entry(pattern.source.clone());
        pattern.matcher = known.or_insert_with(|| matcher(&pattern.source)).clone();
        if pattern.matcher.is_none() {
            self.sink.report(not_a_pattern(&pattern.source, place));
        }
        pattern.matcher.is_some()
    }
}

fn not_a_pattern(pattern: &str, place: &Place) -> Diagnostic {
    let message = format!("`{pattern}` is no regular expression of ECMA-262 and is not enforced");
    Diagnostic::warning("invalid-pattern", message)
        .at(place.clone())
        .help("JSON Schema's patterns are those of JavaScript, with the flag `u`")
}
