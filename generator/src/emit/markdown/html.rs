//! HTML in descriptions. Markdown may hold it, but rustdoc would run what a document slips in: the
//! tags that authors use to lay out a text become what Markdown has for them, and all others are
//! shown as they are.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::prose::{Spans, escape, ticks};
use super::{Fence, Item, code, on_one_line};

/// The text with Markdown in place of such tags.
pub(super) fn as_markdown(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut page = Page::of(text);
    let (mut fence, mut outside) = (Fence::default(), String::new());
    let mut before = Line::Blank;
    for line in text.split_inclusive('\n') {
        let is_fenced = fence.step(line).is_some() || fence.is_open();
        let is_indented =
            before != Line::Text && (line.starts_with("    ") || line.starts_with('\t'));
        before = match line.trim().is_empty() {
            true if before == Line::Code => Line::Code,
            true => Line::Blank,
            false if is_indented => Line::Code,
            false => Line::Text,
        };
        if is_fenced || is_indented {
            page.convert(&std::mem::take(&mut outside), 0);
            page.out.push_str(line);
        } else {
            outside.push_str(line);
        }
    }
    page.convert(&outside, 0);
    Cow::Owned(page.out)
}

/// What a line is, to tell whether the next one is a block of code by standing in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Blank,
    Code,
    Text,
}

/// Tags within tags beyond this are shown as they are.
const DEEPEST: usize = 4;

/// As far as the end of what a tag begins is looked for, in bytes.
const LONGEST: usize = 4096;

/// As many ends are looked at.
const MOST: usize = 32;

/// A text on its way to Markdown.
struct Page {
    out: String,
    /// The names of tags that begin and end somewhere: what begins only is no tag, but a word
    /// between angle brackets.
    pairs: BTreeSet<String>,
    /// The lists that are open, and whether each of them is numbered.
    lists: Vec<bool>,
    /// How much may still be converted within tags: what cannot be is converted in vain.
    left: usize,
}

impl Page {
    fn of(text: &str) -> Self {
        let tags = text.match_indices('<').filter_map(|(at, _)| Tag::at(text.get(at..)?));
        let (ended, begun): (Vec<_>, Vec<_>) = tags.partition(|tag| tag.is_end);
        let names = |tags: Vec<Tag<'_>>| -> BTreeSet<String> {
            tags.into_iter().map(|tag| tag.name.to_ascii_lowercase()).collect()
        };
        let pairs = names(begun).intersection(&names(ended)).cloned().collect();
        Self { out: String::new(), pairs, lists: Vec::new(), left: 8 * text.len() }
    }

    fn convert(&mut self, text: &str, depth: usize) {
        let mut spans = Spans::default();
        // How much stands behind the line that is being read.
        let mut behind = text.len();
        let mut rest = text;
        while let Some(at) = rest.find(['<', '`', '\\']) {
            let (before, here) = rest.split_at(at);
            self.out.push_str(before);
            if here.len() <= behind {
                spans = Spans::default();
                behind = here.find('\n').map_or(0, |end| here.len() - end);
            }
            let line = here.get(..here.len() - behind).unwrap_or_default();
            let taken = Tag::at(here).and_then(|tag| self.tag(&tag, here, depth));
            let taken = taken.unwrap_or_else(|| {
                // Code, and signs behind a backslash, are no tags.
                let kept = escape(line).or_else(|| spans.code(line));
                let kept = kept.map_or_else(|| ticks(line).max(1), str::len);
                self.out.extend(here.get(..kept));
                kept
            });
            rest = here.get(taken..).unwrap_or_default();
        }
        self.out.push_str(rest);
    }

    /// Writes what stands for a tag, and for all up to its end if it has one; how much of the text
    /// that is. Nothing for a tag that is shown as it is.
    fn tag(&mut self, tag: &Tag<'_>, text: &str, depth: usize) -> Option<usize> {
        let name = tag.name.to_ascii_lowercase();
        if name == "br" {
            self.gap();
            return Some(tag.length);
        }
        if !self.pairs.contains(&name) {
            return None;
        }
        match (name.as_str(), tag.is_end) {
            ("p" | "div", _) => self.gap(),
            ("ul" | "ol", false) => {
                self.gap();
                self.lists.push(name == "ol");
            }
            ("ul" | "ol", true) => {
                self.lists.pop();
                self.gap();
            }
            ("li", false) => self.item(),
            ("li", true) => {}
            ("span" | "u" | "small" | "font" | "center", _) => {}
            (_, true) => return None,
            _ => {
                let (inner, length) = tag.inner(text)?;
                self.left = self.left.checked_sub(inner.len())?;
                let next = text.get(length..).and_then(|behind| behind.chars().next());
                self.pair(&name, tag.attributes, inner, (depth + 1, next))?;
                return Some(length);
            }
        }
        Some(tag.length)
    }

    /// What stands for a text between a tag and its end, `next` behind it.
    fn pair(
        &mut self,
        name: &str,
        attributes: &str,
        inner: &str,
        (depth, next): (usize, Option<char>),
    ) -> Option<()> {
        match name {
            "pre" if !self.is_in_table() => {
                let text = plain(inner)?;
                self.gap();
                self.out.push_str(&format!("```text\n{}\n```\n\n", text.trim_matches('\n')));
            }
            "code" | "tt" | "kbd" | "samp" | "pre" => {
                self.out.push_str(&code(&on_one_line(&plain(inner)?)));
            }
            "b" | "strong" => self.marked("**", inner, (depth, next))?,
            "i" | "em" | "var" | "cite" => self.marked("*", inner, (depth, next))?,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.gap();
                self.marked("**", inner, (depth, None))?;
                self.gap();
            }
            "a" => {
                let words = self.words(inner, depth)?;
                match url(attributes) {
                    Some(url) => self.out.push_str(&format!("[{words}]({url})")),
                    None => self.out.push_str(&words),
                }
            }
            _ => return None,
        }
        Some(())
    }

    /// A text between two marks, which stand right beside its words.
    fn marked(
        &mut self,
        mark: &str,
        inner: &str,
        (depth, next): (usize, Option<char>),
    ) -> Option<()> {
        let words = self.words(inner, depth)?;
        let blank = |is_there: bool| if is_there { " " } else { "" };
        let before = blank(inner.starts_with(char::is_whitespace));
        let is_joined = next.is_some_and(char::is_alphanumeric)
            && !words.ends_with(|char: char| char.is_alphanumeric());
        let behind = blank(inner.ends_with(char::is_whitespace) || is_joined);
        let mark = if words.is_empty() || words.contains(mark) { "" } else { mark };
        self.out.push_str(&format!("{before}{mark}{words}{mark}{behind}"));
        Some(())
    }

    /// What stands within a tag, on one line.
    fn words(&mut self, inner: &str, depth: usize) -> Option<String> {
        if depth > DEEPEST {
            return None;
        }
        let (out, lists) = (std::mem::take(&mut self.out), std::mem::take(&mut self.lists));
        self.convert(inner, depth);
        self.lists = lists;
        let words = std::mem::replace(&mut self.out, out);
        (!words.contains("\n\n")).then(|| on_one_line(&words))
    }

    /// Begins an item of the list that is open.
    fn item(&mut self) {
        if self.is_in_table() {
            return self.out.push(' ');
        }
        self.end_line();
        let above = self.lists.split_last().map(|(_, above)| above).unwrap_or_default();
        let indent: usize = above.iter().map(|is_numbered| if *is_numbered { 3 } else { 2 }).sum();
        let marker = if self.lists.last() == Some(&true) { "1. " } else { "- " };
        self.out.push_str(&format!("{}{marker}", " ".repeat(indent)));
    }

    /// Ends a paragraph, if one has begun. One in a table ends with its cell, and of an item, only
    /// where the item does.
    fn gap(&mut self) {
        let line = self.line();
        if self.is_in_table() {
            self.out.push(' ');
        } else if line == ">" || Item::of(&format!("{line} ")).is_some_and(|it| it.text.is_empty())
        {
            self.out.truncate(self.out.trim_end_matches([' ', '\t']).len());
            self.out.push(' ');
        } else {
            self.end_line();
            if self.lists.is_empty() && !self.out.is_empty() && !self.out.ends_with("\n\n") {
                self.out.push('\n');
            }
        }
    }

    /// Ends a line, if one has begun.
    fn end_line(&mut self) {
        self.out.truncate(self.out.trim_end_matches([' ', '\t']).len());
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// The line that has begun.
    fn line(&self) -> &str {
        self.out.rsplit('\n').next().unwrap_or_default().trim()
    }

    /// Whether that is one of a table, which must not end before its time.
    fn is_in_table(&self) -> bool {
        self.line().starts_with('|')
    }
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
        let is_blank = attributes.trim().is_empty();
        // Words behind the name make no tag.
        let is_told = !is_end && attributes.starts_with(char::is_whitespace);
        (is_blank || (is_told && attributes.contains('='))).then_some(Self {
            name,
            attributes,
            is_end,
            length: end + 2,
        })
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

/// A text as code shows it: without tags, and with the signs that entities stand for.
fn plain(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, here) = rest.split_at(at);
        out.push_str(before);
        let tag = Tag::at(here).filter(|tag| INLINE.contains(&tag.name));
        let taken = tag.map_or(1, |tag| tag.length);
        out.extend(here.get(..taken).filter(|_| taken == 1));
        rest = here.get(taken..).unwrap_or_default();
    }
    out.push_str(rest);
    let out = ENTITIES.iter().fold(out, |text, (entity, sign)| text.replace(entity, sign));
    (!out.contains('`')).then_some(out)
}

/// Tags that mark words within code.
const INLINE: &[&str] = &["a", "b", "code", "em", "i", "span", "strong", "u", "var"];

/// The last one is that of the sign with which all begin.
const ENTITIES: &[(&str, &str)] = &[
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#34;", "\""),
    ("&#39;", "'"),
    ("&#x27;", "'"),
    ("&apos;", "'"),
    ("&nbsp;", " "),
    ("&amp;", "&"),
];

/// The URL that a link leads to, if it is one that leads somewhere from docs.
fn url(attributes: &str) -> Option<&str> {
    let lower = attributes.to_ascii_lowercase();
    let mut found = lower.match_indices("href=").map(|(at, _)| at);
    let at = found
        .find(|at| attributes.get(..*at).is_some_and(|it| it.ends_with(char::is_whitespace)))?;
    let value = attributes.get(at + "href=".len()..)?;
    let quote = value.chars().next().filter(|char| matches!(char, '"' | '\''))?;
    let url = value.get(1..)?.split(quote).next()?.trim();
    (url.starts_with("https://") || url.starts_with("http://")).then_some(url)
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
            "<ul> <li> <p>a</p> </li> <li>b<ol><li>c</li></ol></li></ul>",
            "- a\n- b\n  1. c\n\n",
        );
        check("1. <b>x</b>\n2. <p>y</p>\n* <p>z</p>", "1. **x**\n2. y\n\n\n* z\n\n");
        check("| <p>a</p> | <ul><li>b</li></ul> |", "|  a  |   b  |");
        check("> <p>a</p>", "> a\n\n");
        check("is<b> not </b>so, <b>Note:</b>this", "is **not** so, **Note:** this");
        check("<b>a <i>b</i></b> <i>c*d</i>", "**a *b*** c*d");
        check("<a href='https://a.b'><code>c</code></a>", "[`c`](https://a.b)");
        check("<code>A&lt;<a href=\"x\">B</a>&gt;,\n  &#34;</code>", "`A<B>, \"`");
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
            "GET /users/<u>/posts/<p> with <font>",
            "If i <p and q> r</p>",
            "Example:\n\n    <p>Hello</p>\n",
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
        let mut texts: Vec<String> =
            ["<b>", "<p>", "<", "</", "<a ", "<code>`", "<b></i>", "<p></p>"]
                .map(|tag| tag.repeat(3_000))
                .into();
        texts.push(format!("{}*</b></i>", "<i><b>".repeat(300)));
        texts.push(format!("{}*</b></i>", "<a><b><i>".repeat(300)));
        texts.push(format!("{}*</b>", "<b>".repeat(300)).repeat(30));
        for text in texts {
            assert!(as_markdown(&text).len() <= 2 * text.len());
        }
    }
}
