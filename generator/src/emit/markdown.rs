//! Descriptions as rustdoc shows them: the same words, no broken links, no code that is compiled.

mod html;
mod prose;

use std::collections::BTreeSet;

use prose::{Where, prose};

/// A description as lines of a doc comment.
pub(super) fn lines(text: &str) -> Vec<String> {
    let text = html::as_markdown(text);
    let page = Page { table: has_table(&text), ..Page::default() };
    lines_of(&text, page)
}

/// The words of a text, with a blank between them.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text of the document on one line, within a sentence of ours.
pub(super) fn line(text: &str) -> String {
    let text = html::as_markdown(text);
    let line = prose(&on_one_line(&text), Where::Text);
    // At the start of a line it would open a block.
    if line.starts_with("~~~") { format!("\\{line}") } else { line }
}

/// A text of the document, or code, in a cell of a table.
pub fn cell(text: &str) -> String {
    // Even in code a sign that ends the cell is behind a backslash.
    line(text).replace("\\|", "|").replace('|', "\\|")
}

/// A description on one line, behind words of ours: a code block in it becomes code in the line.
pub(super) fn inline(text: &str) -> String {
    let text = html::as_markdown(text);
    let mut fence = Fence::default();
    let (mut parts, mut block) = (Vec::new(), Vec::new());
    for text in text.lines() {
        let (was_open, is_edge) = (fence.is_open(), fence.step(text).is_some());
        match (was_open, is_edge) {
            (true, true) => parts.push(code(&std::mem::take(&mut block).join(" "))),
            (true, false) => block.extend(text.split_whitespace()),
            (false, true) => {}
            (false, false) => parts.push(prose(text.trim_end(), Where::Text)),
        }
    }
    if !block.is_empty() {
        parts.push(code(&block.join(" ")));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

/// A text of the document as code, on one line. What cannot be seen is written as Rust writes it.
pub fn code(text: &str) -> String {
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
    // The fence is none of the runs of backticks within.
    let runs: BTreeSet<usize> = shown.split(|char| char != '`').map(str::len).collect();
    let fence = "`".repeat((1..).find(|length| !runs.contains(length)).unwrap_or(1));
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

/// Quotations within quotations beyond this are shown as text, and no line stands in for more lists
/// within lists.
const DEEPEST: usize = 4;

fn lines_of(text: &str, mut page: Page) -> Vec<String> {
    text.trim().lines().for_each(|line| page.add(line.trim_end()));
    page.end()
}

/// A description on its way to the lines of a comment.
#[derive(Default)]
struct Page {
    lines: Vec<String>,
    /// How far the text of the current list item stands in.
    indent: usize,
    fence: Fence,
    run: Run,
    quotation: Vec<String>,
    /// The quotations around the text.
    quotations: usize,
    /// Whether any line may be a row of a table.
    table: bool,
    /// The items that stand within each other: how far each stands in, and how far its text does
    /// in the comment.
    items: Vec<(usize, usize)>,
}

/// Whether a text has a line that makes a table of those around it.
fn has_table(text: &str) -> bool {
    let is_rule = |line: &str| {
        let is_part = |char: char| char.is_ascii_digit() || "|-:>*+.) \t".contains(char);
        line.contains('|') && line.contains('-') && line.chars().all(is_part)
    };
    text.lines().any(is_rule)
}

impl Page {
    fn add(&mut self, line: &str) {
        let text = line.trim_start();
        let stands_in = line.len() - text.len();
        if self.fence.is_open() {
            return self.code(line);
        }
        if let Some(quoted) = quoted(text).filter(|_| self.quotations < DEEPEST) {
            self.run.end(self.indent, &mut self.lines);
            self.quotation.push(quoted.to_owned());
            return;
        }
        self.end_quotation(text);
        if let Some(marker) = self.fence.step(text) {
            self.run.end(self.indent, &mut self.lines);
            // At the start of the line it stands behind the list, and so does what follows.
            self.indent = if stands_in == 0 { 0 } else { self.indent };
            self.open(stands_in, &" ".repeat(self.indent), &marker);
            return;
        }
        if self.indent == 0 && stands_in == 0 && !text.is_empty() && Item::of(text).is_none() {
            self.items.clear();
        }
        let prose = prose(text, self.place());
        if Run::takes(&prose) {
            self.run.0.push(prose);
            return;
        }
        self.run.end(self.indent, &mut self.lines);
        match Item::of(text) {
            Some(item) => self.item(&item, stands_in),
            None if prose.is_empty() || is_break(&prose) => {
                self.indent = 0;
                if !(prose.is_empty() && self.lines.last().is_some_and(String::is_empty)) {
                    self.lines.push(prose);
                }
            }
            // What goes on in an item stands below its text, not below its marker.
            None => wrap(&prose, self.indent, &mut self.lines),
        }
    }

    fn place(&self) -> Where {
        if self.table { Where::Table } else { Where::Text }
    }

    fn item(&mut self, item: &Item<'_>, stands_in: usize) {
        // With text right before it, a number begins no list unless it is one, and what stands in
        // below it could be a code block.
        let is_behind_text = self.indent == 0 && self.lines.last().is_some_and(|it| !it.is_empty());
        if is_behind_text && item.marker.starts_with(|char: char| char.is_ascii_digit()) {
            self.lines.push(String::new());
        }
        while self.items.pop_if(|(stood_in, _)| *stood_in >= stands_in).is_some() {}
        self.items.truncate(DEEPEST);
        let margin = self.items.last().map_or(0, |(_, text)| *text);
        self.indent = margin + item.marker.len();
        self.items.push((stands_in, self.indent));
        let margin = " ".repeat(margin);
        let before = format!("{margin}{}", item.marker);
        if let Some(fence) = self.fence.step(item.text) {
            return self.open(stands_in + item.marker.len(), &before, &fence);
        }
        // Blanks behind another marker could be a code block, too.
        let text = match Item::of(item.text) {
            Some(_) => line(item.text),
            None => prose(item.text, self.place()),
        };
        self.indent += nested(&text);
        self.lines.push(format!("{before}{text}"));
    }

    /// Begins a code block, whose lines stand in as far as it does.
    fn open(&mut self, stands_in: usize, before: &str, marker: &str) {
        self.fence.stands_in = stands_in;
        self.lines.push(format!("{before}{marker}"));
    }

    /// Adds a line of a code block, or its end.
    fn code(&mut self, line: &str) {
        let margin = " ".repeat(self.indent);
        if let Some(marker) = self.fence.step(line) {
            self.lines.push(format!("{margin}{marker}"));
            return;
        }
        let blanks = line.len() - line.trim_start_matches(' ').len();
        let line = line.get(blanks.min(self.fence.stands_in)..).unwrap_or_default();
        self.lines.push(if line.is_empty() { String::new() } else { format!("{margin}{line}") });
    }

    /// Ends a quotation before a line that is not of it. Without a blank line between, text would
    /// go on with what is quoted.
    fn end_quotation(&mut self, next: &str) {
        let quoted = std::mem::take(&mut self.quotation);
        if quoted.is_empty() {
            return;
        }
        let margin = " ".repeat(self.indent);
        let page = Page { quotations: self.quotations + 1, table: self.table, ..Page::default() };
        let quoted = lines_of(&quoted.join("\n"), page);
        let quoted = quoted.into_iter().map(|line| format!("{margin}> {line}"));
        self.lines.extend(quoted.map(|line| line.trim_end().to_owned()));
        self.indent = 0;
        if !next.is_empty() {
            self.lines.push(String::new());
        }
    }

    fn end(mut self) -> Vec<String> {
        self.end_quotation("");
        self.run.end(self.indent, &mut self.lines);
        let margin = " ".repeat(self.indent);
        self.lines.extend(self.fence.close().map(|marker| format!("{margin}{marker}")));
        self.lines
    }
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

/// The first line of a list item.
struct Item<'t> {
    /// Its marker, with the blanks up to the text.
    marker: String,
    text: &'t str,
}

impl<'t> Item<'t> {
    fn of(line: &'t str) -> Option<Self> {
        let marker = match line.chars().next().filter(|_| !is_break(line))? {
            '-' | '*' | '+' => 1,
            digit if digit.is_ascii_digit() => {
                let behind = line.trim_start_matches(|char: char| char.is_ascii_digit());
                let digits = line.len() - behind.len();
                (behind.starts_with(['.', ')']) && digits < 10).then_some(digits + 1)?
            }
            _ => return None,
        };
        let (marker, behind) = line.split_at_checked(marker)?;
        let text = behind.trim_start();
        let blanks = behind.strip_suffix(text)?;
        // More than four would be a code block in the item; a tab is as many as it likes.
        let blanks = match blanks {
            "" => return None,
            " " | "  " | "   " | "    " => blanks,
            _ => " ",
        };
        Some(Self { marker: format!("{marker}{blanks}"), text })
    }
}

/// How far the text stands in behind the markers that an item may begin with.
fn nested(text: &str) -> usize {
    let (mut rest, mut indent) = (text, 0);
    for _ in 0..DEEPEST {
        let Some(item) = Item::of(rest) else { break };
        indent += item.marker.len();
        rest = item.text;
    }
    indent
}

/// What a line quotes, if it does; `>5` and `>= 5` are comparisons.
fn quoted(line: &str) -> Option<&str> {
    let text = line.strip_prefix('>')?;
    let is_meant = text.is_empty() || text.starts_with([' ', '>']);
    is_meant.then(|| text.strip_prefix(' ').unwrap_or(text))
}

/// Whether a line is a rule from side to side.
fn is_break(line: &str) -> bool {
    let mut signs = line.chars().filter(|char| !char.is_whitespace());
    let Some(sign @ ('-' | '*' | '_')) = signs.next() else { return false };
    let count = signs.clone().count();
    count >= 2 && signs.all(|it| it == sign)
}

/// Breaks a line between words. A row of a table is one line, and so is a heading.
fn wrap(line: &str, indent: usize, lines: &mut Vec<String>) {
    let margin = " ".repeat(indent);
    if line.starts_with(['|', '#', '-', '*', '+']) || line.len() <= WIDTH {
        lines.push(format!("{margin}{line}"));
        return;
    }
    let mut current = margin.clone();
    let mut width = indent;
    for word in line.split(' ') {
        let length = word.chars().count();
        let fits = current.len() == indent || width + 1 + length <= WIDTH;
        // A line must not begin with what markdown would take for a list or a heading.
        let safe = word.chars().next().is_some_and(char::is_alphabetic)
            || word.starts_with(['`', '(', '"', '\\']);
        if fits || !safe {
            if current.len() > indent {
                current.push(' ');
                width += 1;
            }
            current.push_str(word);
            width += length;
        } else {
            lines.push(std::mem::replace(&mut current, format!("{margin}{word}")));
            width = indent + length;
        }
    }
    lines.push(current);
}

/// A code block: rustdoc would compile one without a language.
#[derive(Default)]
struct Fence {
    /// The signs that opened it; as many of them, or more, close it.
    open: Option<String>,
    /// How far its lines stand in, in the document.
    stands_in: usize,
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

#[cfg(test)]
mod tests {
    use super::{WIDTH, code, inline, lines};

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
        check("```a``` [b]", &[r"`a` \[b\]"]);
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

    #[test]
    fn a_backslash_makes_a_sign_one_of_the_text() {
        check(r"\`Vec<T>\` or \`[Missing]\`", &[r"\`Vec\<T\>\` or \`\[Missing\]\`"]);
        check(r"\[docs\](https://x.y) \<b>", &[r"\[docs\](<https://x.y>) \<b\>"]);
        check(r"[docs\](https://x.y)", &[r"\[docs\](<https://x.y>)"]);
        check(r"\https://x.y \\https://x.y", &[r"\\<https://x.y> \\<https://x.y>"]);
        check(r"a\b \", &[r"a\b \"]);
    }

    #[test]
    fn parentheses_belong_to_a_link_in_pairs() {
        check("[a](https://x.y/(b)) c)", &["[a](https://x.y/(b)) c)"]);
        check("[a](https://x.y/(b) c)", &[r"\[a\](<https://x.y/>(b) c)"]);
    }

    #[test]
    fn a_block_is_code_where_there_is_one_line() {
        assert_eq!(
            inline("Like:\n\n~~~\n[X] <b>\n  https://a.b\n~~~\n[c]"),
            r"Like: `[X] <b> https://a.b` \[c\]"
        );
        assert_eq!(inline("```json\n{\"a\": `1`}"), "``{\"a\": `1`}``");
        assert_eq!(inline(" \n "), "");
    }

    #[test]
    fn what_follows_a_block_in_a_list_is_no_code() {
        let block = ["```text", "{}", "```"];
        let at = |margin: &str| block.map(|line| format!("{margin}{line}"));
        for (item, margin) in [("10. First:", "    "), ("-   First:", "    "), ("1)  a", "    ")] {
            let indented = format!("{item}\n{margin}```json\n{margin}{{}}\n{margin}```\nthen");
            let expected =
                [&[item.to_owned()][..], &at(margin), &[format!("{margin}then")]].concat();
            assert_eq!(lines(&indented), expected);
            let apart = format!("{item}\n```json\n{{}}\n```\nthen");
            let expected = [&[item.to_owned()][..], &at(""), &["then".to_owned()]].concat();
            assert_eq!(lines(&apart), expected);
        }
        check("- ```\n  a\n    b\n  ```\n  c", &["- ```text", "  a", "    b", "  ```", "  c"]);
        check("10. a\n    ~~~\n    b", &["10. a", "    ~~~text", "    b", "    ~~~"]);
    }

    #[test]
    fn blanks_make_no_code_of_an_item() {
        check("-      a", &["- a"]);
        check("-\t\ta\nb", &["- a", "  b"]);
        check("- -       a\nb", &["- - a", "    b"]);
        check("-   -   -\na", &["-   -   -", "a"]);
        check("text\n10. a\n    b\n\n    c", &["text", "", "10. a", "    b", "", "c"]);
    }

    #[test]
    fn quotations_are_some() {
        check("> a [b]\n>\n>     c\nd", &[r"> a \[b\]", ">", "> c", "", "d"]);
        check("> ```\n> [a]\n> ```", &["> ```text", "> [a]", "> ```"]);
        check("- a\n  > b\n\nc", &["- a", "  > b", "", "c"]);
        check(">= 5 and >6", &[r"\>= 5 and \>6"]);
        check(">>>>> a", &[r"> > > > \> a"]);
    }

    #[test]
    fn lists_stay_within_each_other() {
        check(
            "- a:\n    - b\n      c\n    - d\n\n  - e\n- f\n\ntext\n    - g",
            &["- a:", "  - b", "    c", "  - d", "", "  - e", "- f", "", "text", "- g"],
        );
        check("1. a\n   * b\n      * c", &["1. a", "   * b", "     * c"]);
    }

    #[test]
    fn what_a_cell_holds_does_not_end_it() {
        let rule = "a | b\n--- | ---\n";
        let row = |cell: &str| format!("{rule}{cell} | c");
        #[track_caller]
        fn is_row(text: &str, expected: &str) {
            assert_eq!(lines(text).last().map(String::as_str), Some(expected));
        }
        is_row(&row("`x|<b>`"), r"`x\|<b>` | c");
        is_row(&row(r"`x\|<b>`"), r"`x\|<b>` | c");
        is_row(&row("[l](https://x|<b>)"), r"[l](https://x\|<b>) | c");
        is_row(&row("<code>x|&lt;b&gt;</code>"), r"`x\|<b>` | c");
        // Elsewhere it is a sign like any other.
        check("`x|<b>`", &["`x|<b>`"]);
    }

    #[test]
    fn code_within_a_line_opens_no_block() {
        let words = "word ".repeat(30);
        for text in [format!("{words}```a {words}``` b"), format!("```{words}``` b")] {
            let broken = lines(&text);
            assert!(broken.iter().all(|line| !line.contains("```")), "{broken:?}");
        }
        check("````a ``` b```` c", &["`a ``` b` c"]);
        check("````` ` `` ````  c", &[r"\`\`\`\`\` \` \`\` \`\`\`\`  c"]);
    }
}
