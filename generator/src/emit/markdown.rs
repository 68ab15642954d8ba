//! Descriptions as rustdoc shows them: the same words, no broken links, no code that is compiled.

/// A description as lines of a doc comment.
pub(super) fn lines(text: &str) -> Vec<String> {
    let mut fence = Fence::default();
    let mut lines: Vec<String> = Vec::new();
    // How far the text of the current list item stands in.
    let mut indent = 0;
    let mut run = Run::default();
    for line in text.trim().lines() {
        let line = line.trim_end();
        if let Some(marker) = fence.step(line) {
            run.end(indent, &mut lines);
            lines.push(marker);
        } else if fence.is_open() {
            lines.push(line.to_owned());
        } else {
            let prose = prose(line);
            if Run::takes(&prose) {
                run.0.push(prose);
                continue;
            }
            run.end(indent, &mut lines);
            match item_indent(&prose) {
                Some(item) => {
                    indent = item;
                    lines.push(prose);
                }
                None if prose.is_empty() => {
                    indent = 0;
                    lines.push(prose);
                }
                // What goes on in an item stands below its text, not below its marker.
                None => wrap(&prose, indent, &mut lines),
            }
        }
    }
    run.end(indent, &mut lines);
    lines.extend(fence.close());
    lines
}

/// A text of the document on one line, within a sentence of ours.
pub(super) fn line(text: &str) -> String {
    prose(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A text of the document as code, on one line. What cannot be seen is written as Rust writes it.
pub(super) fn code(text: &str) -> String {
    if text.is_empty() {
        return "`\"\"`".to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    for char in text.chars() {
        match char.is_control() || turns(char) {
            true => shown.extend(char.escape_default()),
            false => shown.push(char),
        }
    }
    // The fence is longer than every run of backticks within.
    let runs = shown.split(|char| char != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or_default() + 1);
    let ends = |sign: char| (shown.starts_with(sign), shown.ends_with(sign));
    let is_blank = shown.trim_matches(' ').is_empty();
    let pad = match (ends('`'), ends(' ')) {
        ((false, false), (true, true)) if !is_blank => " ",
        ((false, false), _) => "",
        _ => " ",
    };
    format!("{fence}{pad}{shown}{pad}{fence}")
}

/// Whether a sign changes the direction in which a text is shown: a comment that holds one may look
/// other than it is, and the compiler refuses it.
pub(super) fn turns(char: char) -> bool {
    matches!(char, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Lines of prose that follow each other: to markdown, one line.
#[derive(Default)]
struct Run(Vec<String>);

impl Run {
    /// Whether a line is nothing but prose, wherever it is broken.
    fn takes(line: &str) -> bool {
        let first = line.chars().next();
        let begins = first.is_some_and(|char| char.is_alphabetic() || "`(\"".contains(char));
        begins && !line.contains('|') && !line.ends_with('\\')
    }

    /// Breaks the lines anew if one of them is too long.
    fn end(&mut self, indent: usize, lines: &mut Vec<String>) {
        let run = std::mem::take(&mut self.0);
        if run.iter().any(|line| line.len() > WIDTH) {
            wrap(&run.join(" "), indent, lines);
        } else {
            run.iter().for_each(|line| wrap(line, indent, lines));
        }
    }
}

/// Columns that a line of a comment takes at most, where its words allow it.
const WIDTH: usize = 92;

/// Where the text of a list item begins, if the line is one.
fn item_indent(line: &str) -> Option<usize> {
    let marker = match line.chars().next()? {
        '-' | '*' | '+' => 1,
        digit if digit.is_ascii_digit() => {
            let digits =
                line.len() - line.trim_start_matches(|char: char| char.is_ascii_digit()).len();
            let ends = line.get(digits..)?.starts_with(['.', ')']);
            (ends && digits < 10).then_some(digits + 1)?
        }
        _ => return None,
    };
    let text = line.get(marker..)?;
    let blanks = text.len() - text.trim_start_matches(' ').len();
    // More than four would be a code block in the item.
    (1..=4).contains(&blanks).then_some(marker + blanks)
}

/// Breaks a line between words. A row of a table is one line, and so is a heading or a quotation.
fn wrap(line: &str, indent: usize, lines: &mut Vec<String>) {
    let margin = " ".repeat(indent);
    if line.starts_with(['|', '#', '>', '-', '*', '+']) || line.len() <= WIDTH {
        lines.push(format!("{margin}{line}"));
        return;
    }
    let mut current = margin.clone();
    for word in line.split(' ') {
        let fits =
            current.len() == indent || current.chars().count() + 1 + word.chars().count() <= WIDTH;
        // A line must not begin with what markdown would take for a list or a heading.
        let safe = word.chars().next().is_some_and(char::is_alphabetic)
            || word.starts_with(['`', '(', '"', '\\']);
        if fits || !safe {
            if current.len() > indent {
                current.push(' ');
            }
            current.push_str(word);
        } else {
            lines.push(std::mem::replace(&mut current, format!("{margin}{word}")));
        }
    }
    lines.push(current);
}

/// A code block: rustdoc would compile one without a language.
#[derive(Default)]
struct Fence {
    /// The signs that opened it; as many of them, or more, close it.
    open: Option<String>,
}

impl Fence {
    fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The line to print for a line that opens or closes a block.
    fn step(&mut self, line: &str) -> Option<String> {
        let line = line.trim();
        if let Some(fence) = &self.open {
            let is_end = line.len() >= fence.len() && line.chars().all(|it| fence.starts_with(it));
            return if is_end { self.open.take() } else { None };
        }
        let sign = ['`', '~'].into_iter().find(|sign| line.starts_with(*sign))?;
        let info = line.trim_start_matches(sign);
        let fence = line.get(..line.len() - info.len()).filter(|fence| fence.len() >= 3)?;
        // With more of them behind, backticks are around code within the line.
        if sign == '`' && info.contains(sign) {
            return None;
        }
        self.open = Some(fence.to_owned());
        Some(format!("{fence}text"))
    }

    fn close(self) -> Option<String> {
        self.open
    }
}

/// A line outside code blocks. Leading blanks go: four of them would be a code block.
///
/// Escapes what rustdoc would take for a tag or a link to an item, and makes URLs links.
fn prose(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line.trim_start();
    while let Some(next) = rest.chars().next() {
        let taken = if let Some(kept) = code_span(rest).or_else(|| inline_link(rest)) {
            out.push_str(kept);
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
            if matches!(next, '[' | ']' | '<' | '>') {
                out.push('\\');
            }
            out.push(if next.is_control() { ' ' } else { next });
            next.len_utf8()
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

/// Code between equal runs of backticks at the start of `text`.
fn code_span(text: &str) -> Option<&str> {
    let fence = Some(ticks(text)).filter(|fence| *fence > 0)?;
    let mut end = fence;
    loop {
        end += text.get(end..)?.find('`')?;
        let run = ticks(text.get(end..)?);
        end += run;
        if run == fence {
            return text.get(..end);
        }
    }
}

/// How many backticks a text begins with.
fn ticks(text: &str) -> usize {
    text.bytes().take_while(|byte| *byte == b'`').count()
}

/// `[text](https://...)` at the start of `text`.
fn inline_link(text: &str) -> Option<&str> {
    let label = text.strip_prefix('[')?;
    let close = label.find(']')?;
    let target = label.get(close + 1..)?.strip_prefix('(')?;
    let end = target.find(')')?;
    let url = target.get(..end)?;
    // Behind a backslash the parenthesis does not end the link.
    let is_whole = !url.contains(|char: char| char.is_whitespace() || char == '\\');
    let plain = !label.get(..close)?.contains(['[', '<', '`']) && is_whole;
    let is_url = url.starts_with("https://") || url.starts_with("http://");
    (plain && is_url).then(|| text.get(..close + end + 4))?
}

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

#[cfg(test)]
mod tests {
    use super::{WIDTH, code, lines};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(lines(text), expected);
    }

    #[test]
    fn links_are_kept_where_they_are_some() {
        check("See [a](https://a.b/c).", &["See [a](https://a.b/c)."]);
        check(r"[a](https://a.b\) c", &[r"\[a\](<https://a.b>\) c"]);
    }

    #[test]
    fn code_ends_with_as_many_backticks_as_it_begins_with() {
        check("``a``` [x]`` [y]", &[r"``a``` [x]`` \[y\]"]);
        check("```a [x] ``b``", &[r"\`\`\`a \[x\] ``b``"]);
        check("`[x]", &[r"\`\[x\]"]);
    }

    #[test]
    fn a_block_ends_where_it_ends_in_the_document() {
        check("````\n```\n[a]\n````\n[b]", &["````text", "```", "[a]", "````", r"\[b\]"]);
        check("~~~ rust\n```\n~~~~\n[b]", &["~~~text", "```", "~~~", r"\[b\]"]);
        check("```\n[a]", &["```text", "[a]", "```"]);
        check("```a``` [b]", &[r"```a``` \[b\]"]);
    }

    #[test]
    fn code_is_shown_as_it_stands() {
        for (text, expected) in [
            ("a", "`a`"),
            ("a`b", "``a`b``"),
            ("``a`", "``` ``a` ```"),
            (" a ", "`  a  `"),
            (" a", "` a`"),
            ("  ", "`  `"),
            ("", "`\"\"`"),
            ("a\n\t\0\u{202E}", r"`a\n\t\u{0}\u{202e}`"),
        ] {
            assert_eq!(code(text), expected);
        }
    }

    #[test]
    fn prose_is_broken_anew_where_a_line_is_too_long() {
        let text = format!("{}\nend", "word ".repeat(20).trim_end());
        let broken = lines(&text);
        assert!(broken.iter().all(|line| line.len() <= WIDTH), "{broken:?}");
        assert_eq!(broken.join(" "), text.replace('\n', " "));
        assert_ne!(broken.last().map(String::as_str), Some("end"));
        check("one\ntwo", &["one", "two"]);
        check("- an item\nand more", &["- an item", "  and more"]);
    }
}
