//! Patterns that JavaScript takes only without the flag `u`, by Annex B of ECMA-262: they are
//! written anew, as the flag asks for. Letters that mean something elsewhere, such as `\A`, stay what
//! they are: whoever wrote one did not mean the letter.

use super::translate;

/// What means itself in a pattern only behind a backslash.
const SYNTAX: &str = r"^$\.*+?()[]{}|/";

/// The pattern as the flag `u` has it: `\:` becomes `:`, and `[\s-_]` becomes `[\s\-_]`.
pub(super) fn with_flag(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut in_class = false;
    let mut before = "";
    let mut rest = pattern;
    while !rest.is_empty() {
        let (taken, tail) = rest.split_at(atom(rest));
        match (taken, identity(taken)) {
            ("-", _) if in_class && is_itself(before, tail) => out.push_str(r"\-"),
            (_, Some('-')) if in_class => out.push_str(taken),
            // What it would be a part of is nothing that was meant.
            (_, Some(sign)) if !in_class && begins_syntax(&out) => {
                out.push_str(&format!(r"\x{:02x}", u32::from(sign)));
            }
            (_, Some(sign)) => out.push(sign),
            (_, None) => out.push_str(taken),
        }
        in_class = match taken {
            "[" => true,
            "]" => false,
            _ => in_class,
        };
        (before, rest) = (taken, tail);
    }
    out
}

/// The length of the character at the start of `text`, with the backslash before it.
fn atom(text: &str) -> usize {
    let mut chars = text.chars();
    let first = chars.next();
    let escaped = chars.next().filter(|_| first == Some('\\'));
    first.map_or(0, char::len_utf8) + escaped.map_or(0, char::len_utf8)
}

/// The sign that an escape means for which no escape is needed.
fn identity(atom: &str) -> Option<char> {
    let sign = atom.strip_prefix('\\')?.chars().next()?;
    (sign.is_ascii_punctuation() && !SYNTAX.contains(sign)).then_some(sign)
}

/// Whether a `-` of a class stands beside one of the classes that have an escape, where there is
/// nothing that it could reach from or to.
fn is_itself(before: &str, tail: &str) -> bool {
    let (next, behind) = tail.split_at(atom(tail));
    if !is_class(before) {
        return is_class(next);
    }
    // To Annex B the `a-z` of `[\s-a-z]` is no range, but to whoever wrote it.
    let is_range = behind.starts_with('-') && !behind.starts_with("-]");
    let is_whole =
        !next.starts_with('\\') || is_class(next) || !next.ends_with(char::is_alphanumeric);
    next != "]" && is_whole && !is_range
}

fn is_class(atom: &str) -> bool {
    atom.strip_prefix('\\').is_some_and(|letter| letter.starts_with(translate::is_class))
}

/// Whether a sign could go on with what a pattern begins here: `(?`, `\k` or a count.
fn begins_syntax(pattern: &str) -> bool {
    pattern.ends_with(['?', '<', '{', ','])
        || pattern.ends_with(|char: char| char.is_ascii_digit())
        || pattern.ends_with(r"\k")
}

#[cfg(test)]
mod tests {
    use super::with_flag;

    #[track_caller]
    fn check(pattern: &str, expected: &str) {
        assert_eq!(with_flag(pattern), expected, "{pattern}");
    }

    #[test]
    fn signs_need_no_escape() {
        check(r"^(?!x)a\:\_\-\@\/\.$", r"^(?!x)a:_-@\/\.$");
        check(r"[\:\_\-\@\]\\]\:", r"[:_\-@\]\\]:");
        check(r"\\\:", r"\\:");
    }

    #[test]
    fn a_sign_becomes_no_syntax() {
        check(r"(?\:x)", r"(?\x3ax)");
        check(r"x{1\,2}", r"x{1\x2c2}");
        check(r"\k\<x>", r"\k\x3cx>");
    }

    #[test]
    fn a_dash_beside_a_class_is_itself() {
        check(r"[\s-_]-\s", r"[\s\-_]-\s");
        check(r"[a-z\s-_]", r"[a-z\s\-_]");
        check(r"[\w-\.-]", r"[\w\-\.-]");
        check(r"[a-\d]", r"[a\-\d]");
        check(r"[\w-]", r"[\w-]");
        check(r"[\s-a-z]", r"[\s-a-z]");
        check(r"[\s-\x41]", r"[\s-\x41]");
    }

    #[test]
    fn letters_stay() {
        check(r"\Aa\z\p{x}[[:alnum:]]", r"\Aa\z\p{x}[[:alnum:]]");
        check("\\", "\\");
        check("\\é", "\\é");
    }
}
