//! What is worth showing of a body that nobody vouches for: a code, a message, a bounded excerpt.
//!
//! Lenient throughout: a body of any kind gives what it gives, and never an error.

use std::fmt::{self, Write};

use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

/// What an error's body says of itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Described {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
}

/// Finds the code and the message in the body of an error.
pub(crate) fn describe(headers: &HeaderMap, body: &[u8]) -> Described {
    // A body larger than this is no error message, and parsing it costs.
    const MOST: usize = 1 << 20;
    let Some(text) = body.get(..body.len().min(MOST)).and_then(|body| str::from_utf8(body).ok())
    else {
        return Described::default();
    };
    let text = text.trim();
    if let Ok(value) = serde_json::from_slice(text.as_bytes()) {
        return from_json(&value);
    }
    let html = headers
        .get(CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().to_ascii_lowercase().starts_with(b"text/html"));
    match text.as_bytes().first() {
        None | Some(b'{' | b'[' | b'"') => Described::default(),
        Some(b'<') => from_html(text),
        Some(_) if html => from_html(text),
        Some(_) => from_text(text),
    }
}

fn from_json(value: &Value) -> Described {
    match value {
        Value::Object(object) => from_object(object),
        Value::String(text) => from_text(text),
        _ => Described::default(),
    }
}

fn from_object(object: &Map<String, Value>) -> Described {
    if let Some(Value::Object(inner)) = object.get("error") {
        let inner = from_object(inner);
        if inner != Described::default() {
            return inner;
        }
    }
    let find = |keys: &[&str]| keys.iter().find_map(|key| scalar(object.get(*key)?));
    // `error` alone is a code where it is one word, as in OAuth, and else a sentence.
    let error = find(&["error"]);
    let (word, sentence) = match error {
        Some(text) if text.contains(char::is_whitespace) => (None, Some(text)),
        other => (other, None),
    };
    Described {
        code: find(&["error_code", "code"]).or(word).or_else(|| find(&["title", "type"])),
        message: find(&["message", "error_description", "detail"])
            .or(sentence)
            .or_else(|| find(&["msg"])),
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// `UPPER_SNAKE: message`, or a message that is short enough to be one.
fn from_text(text: &str) -> Described {
    const MOST: usize = 1024;
    if let Some((code, message)) = text.split_once(": ") {
        let is_code = code.starts_with(|first: char| first.is_ascii_uppercase())
            && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        if is_code {
            return Described { code: Some(code.into()), message: Some(message.trim().into()) };
        }
    }
    let is_message = !text.is_empty() && text.len() <= MOST;
    Described { code: None, message: is_message.then(|| text.to_owned()) }
}

/// The text of `<pre>`, or else of `<title>`.
fn from_html(html: &str) -> Described {
    let message = element(html, "pre").or_else(|| element(html, "title"));
    message.map_or_else(Described::default, |text| from_text(&text))
}

fn element(html: &str, name: &str) -> Option<String> {
    // ASCII lowering keeps every byte where it was, so that places in one hold in the other.
    let lower = html.to_ascii_lowercase();
    let open = lower.match_indices(&format!("<{name}")).find(|(start, found)| {
        let next = lower.as_bytes().get(start + found.len());
        next.is_some_and(|next| matches!(next, b'>' | b' ' | b'\n' | b'\t'))
    })?;
    let start = open.0 + lower.get(open.0..)?.find('>')? + 1;
    let end = start + lower.get(start..)?.find(&format!("</{name}"))?;
    let text = plain_text(html.get(start..end)?);
    (!text.is_empty()).then_some(text)
}

/// Leaves out tags, resolves the usual entities, and makes any white space one space.
fn plain_text(html: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for char in html.chars() {
        match char {
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            other if !is_tag => text.push(other),
            _ => {}
        }
    }
    for (entity, char) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, char);
    }
    let mut words = String::new();
    for word in text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

/// Texts with a separator between them. Not the standard library's, which is compiled anew for each
/// type of text.
pub(crate) fn join(texts: &[&str], separator: &str) -> String {
    let mut joined = String::new();
    for (index, text) in texts.iter().enumerate() {
        if index > 0 {
            joined.push_str(separator);
        }
        joined.push_str(text);
    }
    joined
}

/// At most about 1 KiB of something foreign, without control characters: it may reach a terminal.
pub(crate) struct Excerpt(String);

const EXCERPT: usize = 1024;

impl Excerpt {
    pub(crate) fn new(text: &str) -> Self {
        Self::of(format_args!("{text}"))
    }

    pub(crate) fn bytes(bytes: &[u8]) -> Self {
        let head = bytes.get(..bytes.len().min(EXCERPT + 1)).unwrap_or_default();
        Self::of(format_args!("{}", String::from_utf8_lossy(head)))
    }

    pub(crate) fn debug(value: &dyn fmt::Debug) -> Self {
        Self::of(format_args!("{value:?}"))
    }

    fn of(arguments: fmt::Arguments<'_>) -> Self {
        let mut bounded = Bounded(String::new());
        // An error means that there is more than fits; `Bounded` has marked it.
        let _ = bounded.write_fmt(arguments);
        Self(bounded.0)
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for Excerpt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Stops whoever writes once there is enough.
struct Bounded(String);

impl Write for Bounded {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for char in text.chars() {
            if self.0.len() >= EXCERPT {
                self.0.push('…');
                return Err(fmt::Error);
            }
            if char.is_control() {
                self.0.extend(char.escape_default());
            } else {
                self.0.push(char);
            }
        }
        Ok(())
    }
}
