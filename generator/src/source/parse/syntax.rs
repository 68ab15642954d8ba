//! What the parsers say about broken text, in words and with hints for people.

use crate::diag::{Diagnostic, FileId, Lines, Position};

pub(super) fn json_error(error: &serde_json::Error, file: FileId, text: &str) -> Diagnostic {
    let message = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    let what = message.strip_suffix(&position).unwrap_or(&message);
    let lines = Lines::new(text);
    let line = lines.line(error.line());
    // The parser counts bytes, and stands behind the character that it did not like.
    let at = lines.floor(line.start + error.column().saturating_sub(1));
    let message = format!("this is not JSON: {what}");
    Diagnostic::error("invalid-json", message)
        .at_bytes(file, character(text, at))
        .help(json_help(what, text.get(at..).unwrap_or_default()))
}

fn json_help(what: &str, rest: &str) -> &'static str {
    if what.starts_with("EOF") {
        "the text ends too early: a closing `}`, `]` or `\"` is missing"
    } else if what.starts_with("trailing comma") {
        "JSON has no comma behind the last entry: remove it"
    } else if what.starts_with("trailing characters") {
        "one document ends before this; remove what follows"
    } else if what.starts_with("control character") {
        "inside a string, write a line break as `\\n` and a tab as `\\t`"
    } else if what.starts_with("number out of range") {
        "no double holds this number: leave it out, or write a smaller one"
    } else if rest.starts_with(['#', '/']) {
        "JSON has no comments: remove it, or write the document in YAML's block style"
    } else if rest.starts_with('\'') || what.starts_with("key must be a string") {
        "keys and strings stand in double quotes"
    } else {
        "a text that starts with `{` or `[` is read as JSON; look at what stands right before this"
    }
}

/// What is said of a text that starts with a comment of JavaScript, and so is neither JSON nor an
/// object in YAML.
pub(super) fn comment(file: FileId, text: &str) -> Option<Diagnostic> {
    let start = text.len() - text.trim_start().len();
    let rest = text.get(start..)?;
    let is_comment = rest.starts_with("//") || rest.starts_with("/*");
    let error = || {
        Diagnostic::error(
            "invalid-json",
            "the document starts with a comment, which JSON does not have",
        )
    };
    is_comment.then(|| {
        error().at_bytes(file, start..start + 2).help("remove it; in YAML comments start with `#`")
    })
}

pub(super) fn yaml_error(error: &serde_yaml::Error, file: FileId, text: &str) -> Diagnostic {
    let message = error.to_string();
    let Some(location) = error.location() else {
        let (what, help) = unlocated(&message);
        let diagnostic = Diagnostic::error("invalid-yaml", what).help(help);
        return diagnostic.at_bytes(file, second_document(text).unwrap_or(0..0));
    };
    let lines = Lines::new(text);
    let (what, at) = match message.rsplit_once(" at position ") {
        // Bytes that cannot stand in YAML at all have no line yet.
        Some((what, offset)) => (what.to_owned(), lines.floor(offset.parse().unwrap_or(0))),
        None => {
            let (line, column) = (location.line(), location.column());
            let position = format!(" at line {line} column {column}");
            (message.replacen(&position, "", 1), lines.byte(Position { line, column }))
        }
    };
    let line = text.get(lines.line(lines.line_of(at))).unwrap_or_default();
    Diagnostic::error("invalid-yaml", format!("this is not YAML: {what}"))
        .at_bytes(file, character(text, at))
        .help(yaml_help(&what, text.get(at..).unwrap_or_default(), line))
}

/// Errors about a document as a whole.
fn unlocated(message: &str) -> (&'static str, &'static str) {
    if message.contains("more than one document") {
        (
            "the file holds more than one YAML document",
            "keep one document per file: remove the `---` and what follows",
        )
    } else if message.contains("repetition limit") {
        (
            "the aliases (`*name`) of this file expand to far more than the file holds",
            "use `$ref` where values are shared",
        )
    } else if message.contains("EOF") {
        ("the file is empty", "write an OpenAPI document into it")
    } else {
        ("this is not YAML", "check the file with a YAML linter")
    }
}

/// The marker that starts a second document.
fn second_document(text: &str) -> Option<std::ops::Range<usize>> {
    let at = text.rfind("\n---")? + 1;
    Some(at..at + 3)
}

fn yaml_help(what: &str, rest: &str, line: &str) -> &'static str {
    let indent = line.get(..line.len() - line.trim_start().len());
    if indent.is_some_and(|indent| indent.contains('\t')) {
        "YAML is indented with spaces; replace the tab"
    } else if rest.starts_with(['@', '`', '%']) {
        "put the value into quotes: it starts with a character that YAML reserves"
    } else if what.contains("mapping values are not allowed") {
        "put a value that contains `: ` into quotes, or check the indentation of this line"
    } else if what.contains("unknown anchor") {
        "an alias `*name` stands for a value marked `&name` before it; put the value into quotes if no alias is meant"
    } else if what.contains("key that is a string") {
        "write the key as a plain word or in quotes; a `{{placeholder}}` must be in quotes"
    } else if what.contains("a flow mapping") || what.contains("a flow sequence") {
        "a `,` or the closing `}` or `]` is missing"
    } else if what.contains("end of stream") || what.contains("end of the stream") {
        "the text ends inside a value: a closing quote, `}` or `]` is missing"
    } else if what.contains("control characters") {
        "remove the character, or write it as an escape inside double quotes"
    } else {
        "check the indentation of this line and of those before it, and that quotes are closed"
    }
}

/// The bytes of the character at a byte.
fn character(text: &str, at: usize) -> std::ops::Range<usize> {
    let character = text.get(at..).and_then(|rest| rest.chars().next());
    let width = character.filter(|it| *it != '\n').map_or(0, char::len_utf8);
    at..at + width
}
