//! How a pattern is matched: without an engine where it is a row of character classes, else by one
//! that takes linear time, and by one that tracks back only where nothing less will do.

use super::translate::linear;
use crate::ir::{Class, Matcher};

/// How `pattern` is matched; nothing for what is no regular expression of ECMA-262.
pub(super) fn matcher(pattern: &str) -> Option<Matcher> {
    if let Some(classes) = parse(pattern) {
        return Some(Matcher::Classes(classes));
    }
    let linear = linear(pattern).filter(|it| regex_lite::Regex::new(it).is_ok());
    if let Some(linear) = linear {
        return Some(Matcher::Linear(linear));
    }
    let accepted = regress::Regex::with_flags(pattern, "u").is_ok();
    accepted.then_some(Matcher::Backtracking)
}

fn parse(pattern: &str) -> Option<Vec<Class>> {
    let mut rest = Reader(pattern.strip_prefix('^')?.strip_suffix('$')?);
    let mut classes: Vec<Class> = Vec::new();
    while let Some(char) = rest.next() {
        let ranges = match char {
            '[' => rest.class()?,
            '\\' => rest.escape()?,
            '.' | '(' | ')' | '|' | '^' | '$' | '*' | '+' | '?' | '{' | '}' | ']' => return None,
            plain => vec![(plain, plain)],
        };
        let (min, max) = rest.count()?;
        classes.push(Class { ranges, min, max });
    }
    // `\$` at the end is a dollar, not an anchor.
    (!pattern.ends_with("\\$") && is_greedy(&classes)).then_some(classes)
}

/// Whether taking as much as possible for each class is always right: one that may stop early
/// shares no character with any that may follow it.
fn is_greedy(classes: &[Class]) -> bool {
    classes.iter().enumerate().all(|(index, class)| {
        let mut following = classes.iter().skip(index + 1);
        class.min == class.max
            || following
                .by_ref()
                .scan(false, |done, next| {
                    let before = *done;
                    *done |= next.min > 0;
                    (!before).then_some(next)
                })
                .all(|next| !overlap(&class.ranges, &next.ranges))
    })
}

fn overlap(left: &[(char, char)], right: &[(char, char)]) -> bool {
    left.iter().any(|a| right.iter().any(|b| a.0 <= b.1 && b.0 <= a.1))
}

/// What is left of a pattern.
struct Reader<'a>(&'a str);

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let mut chars = self.0.chars();
        let char = chars.next()?;
        self.0 = chars.as_str();
        Some(char)
    }

    fn eat(&mut self, text: &str) -> bool {
        match self.0.strip_prefix(text) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    /// What stands behind a backslash.
    fn escape(&mut self) -> Option<Vec<(char, char)>> {
        Some(match self.next()? {
            'd' => vec![('0', '9')],
            'w' => vec![('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
            't' => vec![('\t', '\t')],
            'n' => vec![('\n', '\n')],
            'r' => vec![('\r', '\r')],
            sign if sign.is_ascii_punctuation() => vec![(sign, sign)],
            _ => return None,
        })
    }

    /// The rest of a class, after its `[`.
    fn class(&mut self) -> Option<Vec<(char, char)>> {
        let mut ranges = Vec::new();
        if self.0.starts_with(['^', ']']) {
            return None;
        }
        loop {
            let first = match self.next()? {
                ']' => return Some(ranges),
                '\\' => match self.escape()?.as_slice() {
                    [(first, last)] if first == last => *first,
                    many => {
                        ranges.extend_from_slice(many);
                        continue;
                    }
                },
                plain => plain,
            };
            let is_range = self.0.starts_with('-') && !self.0.starts_with("-]");
            if !is_range {
                ranges.push((first, first));
                continue;
            }
            self.next()?;
            let last = match self.next()? {
                '\\' => match self.escape()?.as_slice() {
                    [(first, last)] if first == last => *first,
                    _ => return None,
                },
                plain => plain,
            };
            if first > last {
                return None;
            }
            ranges.push((first, last));
        }
    }

    /// A quantifier, or once.
    fn count(&mut self) -> Option<(u32, u32)> {
        let count = if self.eat("*") {
            (0, u32::MAX)
        } else if self.eat("+") {
            (1, u32::MAX)
        } else if self.eat("?") {
            (0, 1)
        } else if self.eat("{") {
            let (inside, rest) = self.0.split_once('}')?;
            self.0 = rest;
            match inside.split_once(',') {
                None => (inside.parse().ok()?, inside.parse().ok()?),
                Some((min, "")) => (min.parse().ok()?, u32::MAX),
                Some((min, max)) => (min.parse().ok()?, max.parse().ok()?),
            }
        } else {
            (1, 1)
        };
        // A lazy quantifier matches the same strings, but let an engine say so.
        (!self.0.starts_with(['?', '+']) && count.0 <= count.1).then_some(count)
    }
}

#[cfg(test)]
mod tests {
    use super::{matcher, parse};
    use crate::ir::Matcher;

    #[track_caller]
    fn check(pattern: &str, classes: Option<usize>) {
        assert_eq!(parse(pattern).map(|classes| classes.len()), classes, "{pattern}");
    }

    #[test]
    fn only_rows_of_classes_need_no_engine() {
        check("^[A-Za-z][A-Za-z0-9_]{0,254}$", Some(2));
        check("^[A-Za-z0-9_-]+$", Some(1));
        check(r"^\d{4}-\d{2}$", Some(3));
        check("^a?b$", Some(2));
        check("^a*ab$", None);
        check("^a?b?a$", None);
        check("^[^a]$", None);
        check("^(a|b)$", None);
        check("a", None);
        check(r"^a\$", None);
        check("^a+?$", None);
        check("^[z-a]$", None);
    }

    #[test]
    fn the_least_engine_is_chosen() {
        assert!(matches!(matcher("^[a-z]+$"), Some(Matcher::Classes(_))));
        assert!(matches!(matcher("^(a|b)+$"), Some(Matcher::Linear(_))));
        assert!(matches!(matcher(r"\d+"), Some(Matcher::Linear(_))));
        assert!(matches!(matcher("^refs/.*$"), Some(Matcher::Linear(_))));
        assert_eq!(matcher("^(?!x).*$"), Some(Matcher::Backtracking));
        assert_eq!(matcher(r"^(a)\1$"), Some(Matcher::Backtracking));
        assert_eq!(matcher(r"\p{L}"), Some(Matcher::Backtracking));
        assert_eq!(matcher("(unclosed"), None);
    }
}
