//! Patterns that need no regular expression engine.

use proc_macro2::TokenStream;
use quote::quote;

/// A character class and how often it stands in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Class {
    ranges: Vec<(char, char)>,
    min: u32,
    max: u32,
}

/// The row of character classes that a pattern is, as the runtime's `Pattern`; nothing for a
/// pattern that is more than that.
pub(super) fn emit(pattern: &str) -> Option<TokenStream> {
    let classes = parse(pattern)?;
    let classes = classes.iter().map(|Class { ranges, min, max }| {
        let ranges = ranges.iter().map(|(first, last)| quote!((#first, #last)));
        let min = proc_macro2::Literal::u32_unsuffixed(*min);
        let max = match max {
            &u32::MAX => quote!(u32::MAX),
            max => {
                let max = proc_macro2::Literal::u32_unsuffixed(*max);
                quote!(#max)
            }
        };
        quote!(Class { ranges: &[#(#ranges),*], min: #min, max: #max })
    });
    Some(quote!(Pattern::Classes { source: #pattern, classes: &[#(#classes),*] }))
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
    use super::parse;

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
}
