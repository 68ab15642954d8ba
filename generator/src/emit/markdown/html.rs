//! HTML in descriptions. Markdown may hold it, but rustdoc would run what a document slips in: the
//! tags that authors use to lay out a text become what Markdown has for them, and all others are
//! shown as they are.

use std::borrow::Cow;

use super::prose::{Spans, escape, ticks};
use super::{Fence, code};

/// The text with Markdown in place of such tags.
pub(super) fn as_markdown(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let (mut fence, mut outside) = (Fence::default(), String::new());
    for line in text.split_inclusive('\n') {
        let is_code = fence.step(line).is_some() || fence.is_open();
        match is_code {
            true => {
                convert(&std::mem::take(&mut outside), 0, &mut out);
                out.push_str(line);
            }
            false => outside.push_str(line),
        }
    }
    convert(&outside, 0, &mut out);
    Cow::Owned(out)
}

/// Tags within tags beyond this are shown as they are.
const DEEPEST: usize = 4;

/// As far as the end of what a tag begins is looked for, in bytes.
const LONGEST: usize = 4096;

/// As many ends are looked at.
const MOST: usize = 32;

fn convert(text: &str, depth: usize, out: &mut String) {
    let mut spans = Spans::default();
    // How much stands behind the line that is being read.
    let mut behind = text.len();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '`', '\\']) {
        let (before, here) = rest.split_at(at);
        out.push_str(before);
        if here.len() <= behind {
            spans = Spans::default();
            behind = here.find('\n').map_or(0, |end| here.len() - end);
        }
        let line = here.get(..here.len() - behind).unwrap_or_default();
        let tag = Tag::at(here).and_then(|tag| tag.convert(here, depth, out));
        let taken = tag.unwrap_or_else(|| {
            // Code, and signs behind a backslash, are no tags.
            let kept = escape(line).or_else(|| spans.code(line));
            let kept = kept.map_or_else(|| ticks(line).max(1), str::len);
            out.extend(here.get(..kept));
            kept
        });
        rest = here.get(taken..).unwrap_or_default();
    }
    out.push_str(rest);
}

/// A tag at the start of a text.
struct Tag<'t> {
    name: &'t str,
    attributes: &'t str,
    is_end: bool,
    /// With both brackets.
    length: usize,
}

impl<'t> Tag<'t> {
    fn at(text: &'t str) -> Option<Self> {
        let inner = text.strip_prefix('<')?;
        let end = start(inner).find(['<', '>'])?;
        let inner = inner.get(..end).filter(|_| text.as_bytes().get(1 + end) == Some(&b'>'))?;
        let (is_end, inner) = match inner.strip_prefix('/') {
            Some(inner) => (true, inner),
            None => (false, inner.strip_suffix('/').unwrap_or(inner)),
        };
        let name = inner.split(|char: char| !char.is_ascii_alphanumeric()).next()?;
        let attributes = inner.get(name.len()..)?;
        let is_tag = attributes.is_empty() || attributes.starts_with(char::is_whitespace);
        is_tag.then_some(Self { name, attributes, is_end, length: end + 2 })
    }

    /// Writes what stands for the tag, and for all up to its end if it has one; how much of the
    /// text that is. Nothing for a tag that is shown as it is.
    fn convert(&self, text: &str, depth: usize, out: &mut String) -> Option<usize> {
        let name = self.name.to_ascii_lowercase();
        match (name.as_str(), self.is_end) {
            ("p" | "div" | "ul" | "ol", _) => paragraph(out),
            ("br", _) if is_in_table(out) => out.push(' '),
            ("br", _) => paragraph(out),
            ("li", false) => {
                line(out);
                out.push_str("- ");
            }
            ("li", true) => line(out),
            ("span" | "u" | "small" | "font" | "center", _) => {}
            (_, true) => return None,
            _ => {
                let (inner, length) = self.inner(text)?;
                Inner { text: inner, depth: depth + 1 }.convert(&name, self.attributes, out)?;
                return Some(length);
            }
        }
        Some(self.length)
    }

    /// What stands between the tag and its end, and how much that is with both.
    fn inner<'a>(&self, text: &'a str) -> Option<(&'a str, usize)> {
        let behind = start(text.get(self.length..)?);
        let ends = behind.match_indices("</").take(MOST);
        let found = ends.filter_map(|(at, _)| Some((at, Tag::at(behind.get(at..)?)?)));
        let mut same = found.filter(|(_, tag)| tag.name.eq_ignore_ascii_case(self.name));
        let (at, tag) = same.next()?;
        Some((behind.get(..at)?, self.length + at + tag.length))
    }
}

/// As much of a text as is looked at.
fn start(text: &str) -> &str {
    let end = (0..=LONGEST).rev().find_map(|end| text.get(..end));
    if text.len() <= LONGEST { text } else { end.unwrap_or_default() }
}

/// A text between a tag and its end.
struct Inner<'t> {
    text: &'t str,
    depth: usize,
}

impl Inner<'_> {
    fn convert(&self, name: &str, attributes: &str, out: &mut String) -> Option<()> {
        match name {
            "code" | "tt" | "kbd" | "samp" => out.push_str(&code(self.plain()?.trim())),
            "b" | "strong" => self.marked("**", out)?,
            "i" | "em" | "var" | "cite" => self.marked("*", out)?,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                paragraph(out);
                self.marked("**", out)?;
                paragraph(out);
            }
            "a" => match url(attributes) {
                Some(url) => {
                    let words = self.markdown()?;
                    out.push_str(&format!("[{words}]({url})"));
                }
                None => out.push_str(&self.markdown()?),
            },
            "pre" => {
                let text = self.plain()?;
                paragraph(out);
                out.push_str(&format!("```text\n{}\n```", text.trim_matches('\n')));
                paragraph(out);
            }
            _ => return None,
        }
        Some(())
    }

    /// The text between two marks.
    fn marked(&self, mark: &str, out: &mut String) -> Option<()> {
        let text = self.markdown().filter(|text| !text.is_empty() && !text.contains('*'))?;
        out.push_str(&format!("{mark}{text}{mark}"));
        Some(())
    }

    /// The text as Markdown, on one line.
    fn markdown(&self) -> Option<String> {
        let mut out = String::new();
        if self.depth <= DEEPEST {
            convert(self.text, self.depth, &mut out);
        }
        (self.depth <= DEEPEST && !out.contains("\n\n"))
            .then(|| out.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The text as code shows it: without tags, and with the signs that entities stand for.
    fn plain(&self) -> Option<String> {
        let text = self.text.replace("<code>", "").replace("</code>", "");
        let text = ENTITIES.iter().fold(text, |text, (entity, sign)| text.replace(entity, sign));
        (!text.contains('`')).then_some(text)
    }
}

/// The last one is that of the sign with which all begin.
const ENTITIES: &[(&str, &str)] = &[
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&nbsp;", " "),
    ("&amp;", "&"),
];

/// The URL that a link leads to, if it is one that leads somewhere from docs.
fn url(attributes: &str) -> Option<&str> {
    let at = attributes.to_ascii_lowercase().find("href=")?;
    let value = attributes.get(at + "href=".len()..)?;
    let quote = value.chars().next().filter(|char| matches!(char, '"' | '\''))?;
    let url = value.get(1..)?.split(quote).next()?;
    (url.starts_with("https://") || url.starts_with("http://")).then_some(url)
}

/// Ends a line, if one has begun.
fn line(out: &mut String) {
    out.truncate(out.trim_end_matches([' ', '\t']).len());
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

/// Ends a paragraph, if one has begun.
fn paragraph(out: &mut String) {
    line(out);
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}

/// Whether the line that has begun is one of a table, which must not end before its time.
fn is_in_table(out: &str) -> bool {
    out.rsplit('\n').next().is_some_and(|line| line.trim_start().starts_with('|'))
}

#[cfg(test)]
mod tests {
    use super::as_markdown;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(as_markdown(text), expected);
    }

    #[test]
    fn tags_that_lay_out_a_text_become_markdown() {
        check("<p>One.</p>\n\n<p>Two.</p>", "One.\n\n\n\nTwo.\n\n");
        check("One.<br/>Two.<BR>Three.", "One.\n\nTwo.\n\nThree.");
        check("Some:<ul><li>a</li> <li>b</li></ul>then", "Some:\n\n- a\n- b\n\nthen");
        check(
            "<strong>Not</strong> <em>this</em>, <code>a&lt;b&gt;</code>.",
            "**Not** *this*, `a<b>`.",
        );
        check("<h3>Head</h3>Text", "**Head**\n\nText");
        check(
            "See <a class=\"x\" href=\"https://a.b/c\">the <b>docs</b></a>.",
            "See [the **docs**](https://a.b/c).",
        );
        check("See <a href=\"#top\">above</a>.", "See above.");
        check("<pre><code>let a;\nlet b;</code></pre>", "```text\nlet a;\nlet b;\n```\n\n");
        check("| a<br>b | c |", "| a b | c |");
    }

    #[test]
    fn all_others_stay_as_they_are() {
        for text in [
            "<script>alert(1)</script>",
            "Bearer <token>, Vec<String>, a < b > c",
            "`<p>` and \\<p> and ``<b>x</b>``",
            "```\n<p>code</p>\n```\n",
            "<b>never ended, <code>nor this",
            "<code>a`b</code>",
            "</b> <",
            "<p",
            "<a href=\"javascript:alert(1)\"",
            "a `b <i>c",
        ] {
            check(text, text);
        }
        // What a link would run is not kept.
        check("<a href=\"javascript:alert(1)\">x</a>", "x");
    }

    #[test]
    fn many_tags_take_no_time() {
        for tag in ["<b>", "<p>", "<", "</", "<a ", "<code>`", "<b></i>"] {
            let text = tag.repeat(10_000);
            assert!(as_markdown(&text).len() <= 2 * text.len());
        }
    }
}
