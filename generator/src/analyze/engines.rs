//! How each pattern of an API is matched, and which engines that takes. What is no pattern, nothing
//! can enforce.

use std::collections::BTreeMap;

use super::annex_b::with_flag;
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
        let known = patterns.known.values().flatten();
        for matcher in known.filter_map(|pattern| pattern.matcher.as_ref()) {
            engines.linear |= matches!(matcher, Matcher::Linear(_));
            engines.backtracking |= *matcher == Matcher::Backtracking;
        }
        engines
    }
}

/// The patterns so far: engines take their time to compile one.
struct Patterns<'a> {
    known: BTreeMap<String, Option<Pattern>>,
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
        let Some(decided) = known.or_insert_with(|| decided(&pattern.source)) else {
            self.sink.report(not_a_pattern(&pattern.source, place));
            return false;
        };
        pattern.clone_from(decided);
        true
    }
}

/// The pattern with the way it is matched: as it stands, else as JavaScript takes it without `u`.
fn decided(source: &str) -> Option<Pattern> {
    let pattern = |source: String| {
        let matcher = matcher(&source)?;
        Some(Pattern { source, matcher: Some(matcher) })
    };
    pattern(source.to_owned())
        .or_else(|| pattern(Some(with_flag(source)).filter(|it| it != source)?))
}

fn not_a_pattern(pattern: &str, place: &Place) -> Diagnostic {
    let message = format!("`{pattern}` is no regular expression of ECMA-262 and is not enforced");
    Diagnostic::warning("invalid-pattern", message)
        .at(place.clone())
        .help("JSON Schema's patterns are those of JavaScript, with the flag `u`")
}
