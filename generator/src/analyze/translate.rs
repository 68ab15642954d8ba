//! Patterns of ECMA-262 as `regex-lite` writes them, where the two have a way to say the same.
//!
//! Nothing is translated that takes tracking back, such as what looks ahead, or Unicode's tables.

use std::str::Chars;

/// What `\s` means, as ranges of a class; `regex-lite` knows those of ASCII only.
const SPACES: &str =
    r"\t-\r \u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}";

/// What `\S` means in a class.
const NO_SPACES: &str = concat!(
    r"\u{0}-\u{8}\u{e}-\u{1f}\u{21}-\u{9f}\u{a1}-\u{167f}\u{1681}-\u{1fff}\u{200b}-\u{2027}",
    r"\u{202a}-\u{202e}\u{2030}-\u{205e}\u{2060}-\u{2fff}\u{3001}-\u{fefe}\u{ff00}-\u{10ffff}",
);

/// What means more than itself to `regex-lite`, in a class or outside of it.
const SYNTAX: &str = r"\.+*?()|[]{}^$#&-~";

/// What `.` means: all but the ends of lines, of which `regex-lite` knows one.
const DOT: &str = r"[^\n\r\u{2028}\u{2029}]";

/// The pattern for the linear engine, which may still refuse it; nothing where it has no words for
/// it.
pub(super) fn linear(pattern: &str) -> Option<String> {
    let mut translator = Translator { rest: pattern.chars(), out: String::new() };
    let mut last = Term::Nothing;
    while let Some(char) = translator.rest.next() {
        last = match char {
            '*' | '+' | '?' | '{' => translator.quantifier(char, last)?,
            '\\' => translator.escape()?,
            '.' => {
                translator.out.push_str(DOT);
                Term::Atom
            }
            '[' => {
                translator.class()?;
                Term::Atom
            }
            '(' => {
                translator.group()?;
                Term::Nothing
            }
            '|' | '^' | '$' => {
                translator.out.push(char);
                Term::Nothing
            }
            plain => {
                translator.out.push(plain);
                Term::Atom
            }
        };
    }
    Some(translator.out)
}

/// What was translated last, as far as it matters to what may follow: `regex-lite` repeats what is
/// repeated already, and repeats nothing at all.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Term {
    /// Nothing that can be repeated.
    Nothing,
    /// What can be.
    Atom,
    /// What is repeated, and may be so as seldom as possible.
    Repeated,
}

/// Whether the letter behind a backslash means a class.
pub(super) fn is_class(letter: char) -> bool {
    matches!(letter, 'd' | 'D' | 's' | 'S' | 'w' | 'W')
}

struct Translator<'a> {
    rest: Chars<'a>,
    out: String,
}

impl Translator<'_> {
    fn eat(&mut self, text: &str) -> bool {
        let rest = self.rest.as_str().strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest.as_str()).chars();
        rest.is_some()
    }

    /// A group, after its parenthesis: one without a name, or one that only groups.
    fn group(&mut self) -> Option<()> {
        self.out.push('(');
        if self.eat("?:") {
            self.out.push_str("?:");
        }
        (!self.rest.as_str().starts_with('?')).then_some(())
    }

    /// A quantifier, from its first character on.
    fn quantifier(&mut self, first: char, last: Term) -> Option<Term> {
        self.out.push(first);
        match (first, last) {
            (_, Term::Nothing) => None,
            ('?', Term::Repeated) => Some(Term::Nothing),
            (_, Term::Repeated) => None,
            ('{', Term::Atom) => {
                let (count, rest) = self.rest.as_str().split_once('}')?;
                let (min, max) = count.split_once(',').unwrap_or((count, "0"));
                let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
                if min.is_empty() || !is_number(min) || !is_number(max) {
                    return None;
                }
                self.out.push_str(count);
                self.out.push('}');
                self.rest = rest.chars();
                Some(Term::Repeated)
            }
            (_, Term::Atom) => Some(Term::Repeated),
        }
    }

    /// What stands behind a backslash, outside of a class.
    fn escape(&mut self) -> Option<Term> {
        match self.rest.next()? {
            's' => self.out.push_str(&format!("[{SPACES}]")),
            'S' => self.out.push_str(&format!("[^{SPACES}]")),
            // In braces, `regex-lite` has boundaries of its own.
            'b' | 'B' if self.rest.as_str().starts_with('{') => return None,
            boundary @ ('b' | 'B') => {
                self.out.extend(['\\', boundary]);
                return Some(Term::Nothing);
            }
            char => self.character(char)?,
        }
        Some(Term::Atom)
    }

    /// The escape of `char` where it means the same in a class and outside of it.
    fn character(&mut self, char: char) -> Option<()> {
        match char {
            'd' | 'D' | 'w' | 'W' | 't' | 'n' | 'r' | 'v' | 'f' => self.out.extend(['\\', char]),
            'x' => self.code(2)?,
            'u' if self.eat("{") => {
                let digits = self.rest.as_str().find('}')?;
                self.code(digits)?;
                self.eat("}").then_some(())?;
            }
            'u' => self.code(4)?,
            sign if SYNTAX.contains(sign) => self.out.extend(['\\', sign]),
            // Itself, by Annex B of ECMA-262; to `regex-lite`, `\<` is the start of a word.
            sign if sign.is_ascii_punctuation() => self.out.push(sign),
            _ => return None,
        }
        Some(())
    }

    /// A character by so many hexadecimal digits; halves of one stand for nothing by themselves.
    fn code(&mut self, digits: usize) -> Option<()> {
        let (code, rest) = self.rest.as_str().split_at_checked(digits)?;
        if !code.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let char = u32::from_str_radix(code, 16).ok().and_then(char::from_u32)?;
        self.rest = rest.chars();
        self.out.push_str(&format!(r"\u{{{:x}}}", u32::from(char)));
        Some(())
    }

    /// A class, after its bracket. What only `regex-lite` reads into one is written so that it does
    /// not.
    fn class(&mut self) -> Option<()> {
        self.out.push('[');
        if self.eat("^") {
            self.out.push('^');
        }
        if self.rest.as_str().starts_with(']') {
            return None;
        }
        loop {
            match self.rest.next()? {
                ']' => {
                    self.out.push(']');
                    return Some(());
                }
                '-' if self.at_no_end() => return None,
                '\\' => self.class_escape()?,
                sign @ ('[' | '&' | '~') => self.out.extend(['\\', sign]),
                plain => self.out.push(plain),
            }
        }
    }

    /// Whether here stands what no range of a class ends with: a class, or a `-` that looks like an
    /// operator.
    fn at_no_end(&self) -> bool {
        let rest = self.rest.as_str();
        rest.starts_with('-') || rest.strip_prefix('\\').is_some_and(|it| it.starts_with(is_class))
    }

    /// What stands behind a backslash in a class.
    fn class_escape(&mut self) -> Option<()> {
        let char = self.rest.next()?;
        match char {
            's' => self.out.push_str(SPACES),
            'S' => self.out.push_str(NO_SPACES),
            'b' => self.out.push_str(r"\x08"),
            char => self.character(char)?,
        }
        // No range begins with a class.
        let rest = self.rest.as_str();
        (!is_class(char) || !rest.starts_with('-') || rest.starts_with("-]")).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::linear;

    /// Characters that the two engines might see differently.
    const CHARS: &[&str] = &[
        "a",
        "B",
        "7",
        "_",
        "-",
        ".",
        "/",
        " ",
        "\t",
        "\n",
        "\r",
        "\u{8}",
        "\u{b}",
        "\u{85}",
        "\u{a0}",
        "\u{2028}",
        "\u{2029}",
        "\u{feff}",
        "\u{e9}",
        "\u{4e2d}",
        "\u{1f600}",
        "&",
        "~",
        "[",
        "]",
        "^",
        "$",
        "\\",
    ];

    /// The translation takes what ECMA-262 does, of all strings of up to two characters.
    #[track_caller]
    fn same(pattern: &str) {
        let ours = linear(pattern).and_then(|it| regex_lite::Regex::new(&it).ok());
        let ecma = regress::Regex::with_flags(pattern, "u").ok();
        assert!(ours.is_some(), "{pattern} is not translated");
        for first in CHARS {
            for second in ["", "a", " ", "\n", "-", "\u{2028}", "\u{e9}"] {
                for text in [format!("{first}{second}"), format!("{second}{first}")] {
                    let ours = ours.as_ref().map(|it| it.is_match(&text));
                    let ecma = ecma.as_ref().map(|it| it.find(&text).is_some());
                    assert_eq!(ours, ecma, "{pattern} on {text:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_translated_means_the_same() {
        for pattern in [
            "^.$",
            "^.*$",
            "a.",
            r"^\s$",
            r"^\S+$",
            r"^[\s]$",
            r"^[^\s]+$",
            r"^[\s\S]$",
            r"^[\S]+$",
            r"^[^\S]$",
            r"^[\sa]$",
            r"\bB",
            r"a\B",
            r"^[\b]$",
            r"^\w\W$",
            r"^[\d\-]$",
            r"^[^\w.]$",
            r"^\u00e9$",
            r"^\xe9$",
            r"^\u{1f600}$",
            r"^[\u2028-\ufeff]$",
            r"^[a-z&&[]$",
            "^[~~a]$",
            "^[a&&B]$",
            r"^[\[\]]$",
            r"^[a\]^]$",
            "^(?:a|.)$",
            r"^(.)?a{1,2}$",
            r"^[\v\f]$",
            r"^\/.$",
            "^[ -~]+$",
            r"^[a-]$",
            r"^[\w-]$",
            "^$",
            r"^[+\-.]$",
            r"^\$|\^$",
        ] {
            same(pattern);
        }
    }

    #[test]
    fn an_escaped_sign_is_itself() {
        assert_eq!(linear(r"\<a\>").as_deref(), Some("<a>"));
        assert_eq!(linear(r"\_\&[\&\:]").as_deref(), Some(r"_\&[\&:]"));
    }

    #[test]
    fn what_takes_more_is_left() {
        for pattern in [
            "^(?!x)a",
            "(?=a)",
            "(?<=a)",
            "(?<n>a)",
            r"(a)\1",
            r"\p{L}",
            r"\ud83d\ude00",
            r"[^]",
            "[]",
            r"\cA",
            r"\b{start}",
            "a++",
            "a{1,2}{3}",
            "a{ 1 }",
            "^+",
            "a*??",
            r"\x+1",
            r"\u+041",
            r"\0",
            r"[\s-_]",
            r"[a-\w]",
            r"[a-\s]",
            "[+--]",
            "(?i:a)",
        ] {
            assert_eq!(linear(pattern), None, "{pattern}");
        }
    }
}
