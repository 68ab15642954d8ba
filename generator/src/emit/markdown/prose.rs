//! What stands within a line: code, links, URLs, escapes.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::code;

/// A line outside code blocks. Leading blanks go: four of them would be a code block.
///
/// Escapes what rustdoc would take for a tag or a link to an item, and makes URLs links.
pub(super) fn prose(line: &str, place: Where) -> String {
    let mut out = String::with_capacity(line.len());
    let mut spans = Spans::default();
    let mut rest = line.trim_start();
    while let Some(next) = rest.chars().next() {
        let taken = if let Some(kept) = escape(rest).or_else(|| inline_link(rest)) {
            out.push_str(&place.held(kept));
            kept.len()
        } else if let Some((kept, shown)) = spans.code(rest).and_then(|it| Some((it, short(it)?))) {
            out.push_str(&place.held(&shown));
            kept.len()
        } else if let Some(url) = bare_url(rest) {
            out.push('<');
            out.push_str(url);
            out.push('>');
            url.len()
        } else if next == '`' {
            // Nothing ends what the whole run begins.
            let run = ticks(rest);
            out.push_str(&"\\`".repeat(run));
            run
        } else {
            // A backslash of the text must not be one before a sign of ours.
            let is_before_ours = next == '\\' && rest.get(1..).and_then(bare_url).is_some();
            if is_before_ours || matches!(next, '[' | ']' | '<' | '>') {
                out.push('\\');
            }
            out.push(if next.is_control() { ' ' } else { next });
            next.len_utf8()
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    Text,
    /// In a text of which lines are rows of a table.
    Table,
}

impl Where {
    /// Code or a link, which is cut in two by a sign that ends a cell.
    fn held(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Table if text.contains('|') => {
                Cow::Owned(text.replace("\\|", "|").replace('|', "\\|"))
            }
            _ => Cow::Borrowed(text),
        }
    }
}

/// Code between no more backticks than it takes: three of them at the start of a line, wherever that
/// comes to be broken, would begin a block. Nothing where it takes as many.
fn short(span: &str) -> Option<Cow<'_, str>> {
    let fence = ticks(span);
    if fence < 3 {
        return Some(Cow::Borrowed(span));
    }
    let inner = span.get(fence..span.len().saturating_sub(fence)).unwrap_or_default();
    let shown = code(inner.trim_matches(' '));
    (ticks(&shown) < 3).then_some(Cow::Owned(shown))
}

/// A sign that a backslash at the start of `text` makes one of the text.
pub(super) fn escape(text: &str) -> Option<&str> {
    let next = text.strip_prefix('\\')?.chars().next()?;
    next.is_ascii_punctuation().then(|| text.get(..2))?
}

/// Spans of code, while a line is read.
#[derive(Default)]
pub(super) struct Spans {
    /// The lengths of which no further run of backticks follows.
    unended: BTreeSet<usize>,
}

impl Spans {
    /// Code between equal runs of backticks at the start of `text`.
    pub(super) fn code<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let fence = Some(ticks(text)).filter(|it| *it > 0 && !self.unended.contains(it))?;
        let mut end = fence;
        while let Some(next) = text.get(end..)?.find('`') {
            end += next;
            let run = ticks(text.get(end..)?);
            end += run;
            if run == fence {
                return text.get(..end);
            }
        }
        self.unended.insert(fence);
        None
    }
}

/// How many backticks a text begins with.
pub(super) fn ticks(text: &str) -> usize {
    text.bytes().take_while(|byte| *byte == b'`').count()
}

/// `[text](https://...)` at the start of `text`.
fn inline_link(text: &str) -> Option<&str> {
    let label = text.strip_prefix('[')?;
    // What could be a link, a tag or code itself ends the search.
    let close = label.find([']', '[', '<'])?;
    let (label, target) = label.split_at_checked(close)?;
    // Code may stand in a label as a whole.
    if label.matches('`').count() % 2 == 1 || label.contains("``") {
        return None;
    }
    let url = target.strip_prefix("](")?;
    let is_url = url.starts_with("https://") || url.starts_with("http://");
    // Behind a backslash the bracket does not end the label.
    if label.ends_with('\\') || !is_url {
        return None;
    }
    let end = link_end(url)?;
    text.get(..1 + close + 2 + end + 1)
}

/// Where the parenthesis around a URL is closed, if nothing before that ends the URL.
fn link_end(url: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (index, char) in url.char_indices() {
        match char {
            '(' if open < MOST_OPEN => open += 1,
            ')' if open == 0 => return Some(index),
            ')' => open -= 1,
            // Behind a backslash a parenthesis is one of the URL.
            '(' | '\\' => return None,
            other if other.is_whitespace() || other.is_control() => return None,
            _ => {}
        }
    }
    None
}

/// More parentheses within each other make no URL, but much work.
const MOST_OPEN: usize = 8;

/// A URL at the start of `text`, without the full stop behind it.
fn bare_url(text: &str) -> Option<&str> {
    if !(text.starts_with("https://") || text.starts_with("http://")) {
        return None;
    }
    let end = text.find(|char: char| char.is_whitespace() || "<>\"'`()[]{}|\\^".contains(char));
    let url = text.get(..end.unwrap_or(text.len()))?;
    let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
    (url.len() > "https://".len()).then_some(url)
}
