//! The parameters of an operation, written into the request: every location and style of OpenAPI.
//!
//! Absent parameters are left out. Path and query values are percent-encoded, all but RFC 3986's
//! unreserved characters; headers are not, and refused where they cannot stand as they are.

use http::{HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use super::base_url::is_dots;
use super::draft::Draft;
use super::model::{Slot, View};
use super::operation::{Fill, Form, Location, Parameter, Style};
use super::plain::{Layout, Plain, Secrets};
use super::random;
use super::validate::{Part, Violation, Violations, push_key};

/// The parameters of a request.
#[derive(Debug, Default)]
pub(crate) struct Written {
    /// The path, with all parameters in it.
    pub(crate) path: String,
    /// The query without its question mark.
    pub(crate) query: String,
    /// The headers, the cookies among them.
    pub(crate) headers: HeaderMap,
    /// The headers that get a new random identifier for each attempt.
    pub(crate) fresh: Vec<HeaderName>,
    /// The token, if any, that makes the server know a repeated request.
    pub(crate) token: Option<Token>,
    /// What cannot be sent.
    pub(crate) violations: Violations,
}

/// There is an idempotency token in the request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token;

/// What a preview shows where a random value will stand.
const RANDOM: &str = "[random]";

/// Writes the parameters of a call.
pub(crate) fn write(draft: &Draft, secrets: Secrets) -> Written {
    let mut written = Written::default();
    let mut values = Vec::new();
    for (parameter, view) in draft.parameters() {
        let value = written.value(parameter, view, secrets);
        values.push(Value { parameter, value });
    }
    let (path, query) = path_and_query(draft.operation().path);
    written.write_path(path, &values);
    written.write_query(query, &values);
    written.write_headers(&values);
    written
}

/// The body of a form: each property a pair, each item of an array one of its own, an object as
/// JSON; but those of `fields` as these say. A text is a form that is written already, and there is
/// none of a list.
pub(crate) fn form_body(slot: &dyn Slot, fields: &[Parameter], secrets: Secrets) -> Option<String> {
    let properties = match Plain::of(slot.view(), secrets) {
        Plain::Object(entries) => entries,
        Plain::List(_) => return None,
        text => return Some(text.to_text()),
    };
    let mut pairs = Vec::new();
    for (name, value) in &properties {
        let encoded = Encoding::Unreserved.apply(name);
        match fields.iter().find(|field| field.field().name() == name.as_str()) {
            Some(field) => pairs_of(field, &encoded, value, encoding_of(field), &mut pairs),
            None => match value {
                Plain::Object(_) => json_pair(&encoded, value, Encoding::Unreserved, &mut pairs),
                _ => form(&encoded, value, true, ",", Encoding::Unreserved, &mut pairs),
            },
        }
    }
    Some(pairs.join("&"))
}

/// A parameter with its value.
struct Value<'a> {
    parameter: &'a Parameter,
    value: Plain,
}

impl Value<'_> {
    fn name(&self) -> &'static str {
        self.parameter.field().name()
    }

    fn is(&self, location: Location) -> bool {
        self.parameter.form().location == location && !matches!(self.value, Plain::Nothing)
    }

    /// Adds the `name=value` pairs of a query or a cookie.
    fn add_to(&self, pairs: &mut Vec<String>, encoding: Encoding) {
        let name = Encoding::Unreserved.apply(self.name());
        pairs_of(self.parameter, &name, &self.value, encoding, pairs);
    }
}

impl Written {
    /// The value of a parameter, or what the client fills in for it.
    fn value(&mut self, parameter: &Parameter, view: View<'_>, secrets: Secrets) -> Plain {
        let Form { location, fill, .. } = parameter.form();
        if !matches!(view, View::Absent) {
            if fill == Fill::IdempotencyToken {
                self.token = Some(Token);
            }
            return match secrets {
                Secrets::Hidden if parameter.field().is_secret() => Plain::Redacted,
                _ => Plain::of(view, secrets),
            };
        }
        match (fill, secrets) {
            (Fill::Nothing, _) => Plain::Nothing,
            (_, Secrets::Hidden) => Plain::Text(RANDOM.to_owned()),
            (Fill::IdempotencyToken, Secrets::Shown) => {
                random_text().map_or(Plain::Nothing, |text| {
                    self.token = Some(Token);
                    Plain::Text(text)
                })
            }
            (Fill::RequestId, Secrets::Shown) => {
                match HeaderName::try_from(parameter.field().name()) {
                    Ok(name) if location == Location::Header => {
                        self.fresh.push(name);
                        Plain::Nothing
                    }
                    // Outside of headers, one identifier serves all attempts.
                    _ => random_text().map_or(Plain::Nothing, Plain::Text),
                }
            }
        }
    }

    /// A segment that holds parameters must be one segment still when they are filled in, and
    /// several must not lead elsewhere.
    fn write_path(&mut self, template: &str, values: &[Value<'_>]) {
        let mut segment = Segment::default();
        for piece in pieces(template) {
            match piece {
                Piece::Text(text) => {
                    for (index, part) in text.split('/').enumerate() {
                        self.begin_segment(index, &mut segment, values);
                        segment.text.push_str(&Encoding::Literal.apply(part));
                    }
                }
                Piece::Name(name) => {
                    let (value, span) = in_path(name, values);
                    let text = value.map(path_text).filter(|text| !text.is_empty());
                    let (Some(value), Some(text)) = (value, text) else {
                        self.refuse_segment(name.trim_start_matches('+'), values);
                        continue;
                    };
                    let text = match span {
                        // What else was a per cent sign is `%25`.
                        Span::Segments => text.replace("%2F", "/"),
                        Span::Segment => text,
                    };
                    for (index, part) in text.split('/').enumerate() {
                        self.begin_segment(index, &mut segment, values);
                        segment.text.push_str(part);
                        segment.of = Some(value.name());
                    }
                }
            }
        }
        self.end_segment(&mut segment, values);
    }

    /// Ends the segment before, but for the first of a piece, which goes on with it.
    fn begin_segment(&mut self, index: usize, segment: &mut Segment, values: &[Value<'_>]) {
        if index > 0 {
            self.end_segment(segment, values);
            self.path.push('/');
        }
    }

    fn end_segment(&mut self, segment: &mut Segment, values: &[Value<'_>]) {
        let Segment { text, of } = std::mem::take(segment);
        if let Some(name) = of.filter(|_| is_dots(&text)) {
            self.refuse_segment(name, values);
        }
        self.path.push_str(&text);
    }

    fn refuse_segment(&mut self, name: &str, values: &[Value<'_>]) {
        let value = values.iter().find(|value| value.name() == name);
        let limit = "a text that is neither empty, nor `.`, nor `..`";
        self.refuse(Part::Path, name, "path-segment", limit, value);
    }

    /// The pairs of the template, then those of the parameters that are not filled in there. A pair
    /// of which a parameter is absent is left out.
    fn write_query(&mut self, template: &str, values: &[Value<'_>]) {
        let mut pairs = vec![Some(String::new())];
        let mut used = Vec::new();
        for piece in pieces(template) {
            match piece {
                Piece::Text(text) => {
                    for (index, part) in text.split('&').enumerate() {
                        if index > 0 {
                            pairs.push(Some(String::new()));
                        }
                        append(&mut pairs, Some(Encoding::Literal.apply(part)));
                    }
                }
                Piece::Name(name) => {
                    let find = |location| {
                        let is_it = |it: &&Value<'_>| it.is(location) && it.name() == name;
                        values.iter().find(is_it)
                    };
                    let value = find(Location::Query).or_else(|| find(Location::Path));
                    append(&mut pairs, value.map(path_text));
                    used.push(name);
                }
            }
        }
        let mut pairs: Vec<String> = pairs.into_iter().flatten().collect();
        pairs.retain(|pair| !pair.is_empty());
        for value in values.iter().filter(|value| value.is(Location::Query)) {
            if !used.contains(&value.name()) {
                value.add_to(&mut pairs, encoding_of(value.parameter));
            }
        }
        self.query = pairs.join("&");
    }

    fn write_headers(&mut self, values: &[Value<'_>]) {
        for value in values.iter().filter(|value| value.is(Location::Header)) {
            let Form { style, explode, .. } = value.parameter.form();
            let name = value.name();
            let text = match style {
                Style::Json => value.value.to_json(Layout::Compact),
                _ => tokens(&value.value, explode, Encoding::Verbatim).join(","),
            };
            match (HeaderName::try_from(name), header_value(&text)) {
                (Ok(name), Some(mut header)) => {
                    header.set_sensitive(value.parameter.field().is_secret());
                    self.headers.insert(name, header);
                }
                _ => {
                    let limit = "visible ASCII characters, with spaces between them only";
                    self.refuse(Part::Header, name, "header-value", limit, Some(value));
                }
            }
        }
        self.write_cookies(values);
    }

    /// Cookies go behind those of a parameter that is the header `cookie` itself.
    fn write_cookies(&mut self, values: &[Value<'_>]) {
        let given = self.headers.get(http::header::COOKIE).and_then(|it| it.to_str().ok());
        let mut pairs: Vec<String> = given.map(str::to_owned).into_iter().collect();
        for value in values.iter().filter(|value| value.is(Location::Cookie)) {
            value.add_to(&mut pairs, Encoding::Unreserved);
        }
        if let Some(mut cookie) =
            header_value(&pairs.join("; ")).filter(|cookie| !cookie.is_empty())
        {
            cookie.set_sensitive(true);
            self.headers.insert(http::header::COOKIE, cookie);
        }
    }

    fn refuse(
        &mut self,
        part: Part,
        name: &str,
        keyword: &'static str,
        limit: &str,
        value: Option<&Value<'_>>,
    ) {
        let mut pointer = String::new();
        push_key(&mut pointer, name);
        let mut violation = Violation::new(part, pointer, keyword, limit);
        // A header that cannot be sent is as likely as not a token with a line break at its end.
        violation.found = value
            .filter(|value| part == Part::Path && !value.parameter.field().is_secret())
            .map(|value| format!("{:?}", value.value.to_text()));
        self.violations.push(violation);
    }
}

/// A piece of the document's template.
enum Piece<'t> {
    /// It is sent as it stands.
    Text(&'t str),
    /// The parameter of that name is filled in.
    Name(&'t str),
}

/// What of the path a value may be.
#[derive(Clone, Copy)]
enum Span {
    Segment,
    /// `{+name}`: its slashes stay.
    Segments,
}

/// A segment that is being written.
#[derive(Default)]
struct Segment {
    text: String,
    /// The last parameter in it.
    of: Option<&'static str>,
}

/// Takes a template apart.
fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        pieces.extend([Piece::Text(before), Piece::Name(name)]);
        rest = after;
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// Splits a template at the question mark that stands in no name.
fn path_and_query(template: &str) -> (&str, &str) {
    let mut is_name = false;
    let mark = template.find(|char| {
        is_name = char == '{' || (is_name && char != '}');
        char == '?' && !is_name
    });
    let split = mark.and_then(|mark| template.split_at_checked(mark));
    split.map_or((template, ""), |(path, query)| (path, query.trim_start_matches('?')))
}

/// The parameter of the path that is meant by what stands in braces.
fn in_path<'v>(name: &str, values: &'v [Value<'v>]) -> (Option<&'v Value<'v>>, Span) {
    let find =
        |name: &str| values.iter().find(|value| value.is(Location::Path) && value.name() == name);
    match (find(name), name.strip_prefix('+')) {
        (None, Some(name)) => (find(name), Span::Segments),
        (value, _) => (value, Span::Segment),
    }
}

/// Adds to the last pair, which ceases to be with nothing to add.
fn append(pairs: &mut [Option<String>], text: Option<String>) {
    if let Some(last) = pairs.last_mut() {
        *last = last.take().zip(text).map(|(last, text)| last + &text);
    }
}

fn random_text() -> Option<String> {
    random::uuid().map(|uuid| uuid.to_string())
}

/// A header's value, if it can be sent and will arrive as it is.
pub(crate) fn header_value(text: &str) -> Option<HeaderValue> {
    let is_visible = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    let is_trimmed = !text.starts_with(' ') && !text.ends_with(' ');
    if is_visible && is_trimmed { HeaderValue::from_str(text).ok() } else { None }
}

/// How text is made fit for its place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    /// Percent-encoded, all but unreserved characters.
    Unreserved,
    /// Percent-encoded, but for reserved characters that keep their meaning in a query.
    Reserved,
    /// A part of the document's own template, which may be percent-encoded already.
    Literal,
    /// As it is.
    Verbatim,
}

const UNRESERVED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// `#`, `&` and `+` would change what the server reads, and brackets and `'` are changed by some
/// HTTP libraries on the way.
const RESERVED: AsciiSet = UNRESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

const LITERAL: AsciiSet = CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

impl Encoding {
    fn apply(self, text: &str) -> String {
        match self {
            Self::Unreserved => utf8_percent_encode(text, &UNRESERVED).to_string(),
            Self::Reserved => utf8_percent_encode(text, &RESERVED).to_string(),
            Self::Literal => utf8_percent_encode(text, &LITERAL).to_string(),
            Self::Verbatim => text.to_owned(),
        }
    }

    /// For text that stands among others, separated by commas.
    fn within_list(self) -> Self {
        if self == Self::Reserved { Self::Unreserved } else { self }
    }

    fn plain(self, value: &Plain) -> String {
        match value {
            // Only a preview holds this, and shows it as it is.
            Plain::Redacted => value.to_text(),
            _ => self.apply(&value.to_text()),
        }
    }
}

/// The parts of a value that a separator stands between.
fn tokens(value: &Plain, explode: bool, encoding: Encoding) -> Vec<String> {
    let inner = encoding.within_list();
    let mut tokens = Vec::new();
    match value {
        Plain::Nothing => {}
        Plain::List(items) => {
            for item in items {
                tokens.push(inner.plain(item));
            }
        }
        Plain::Object(entries) => {
            for (key, value) in entries {
                let (key, value) = (inner.apply(key), inner.plain(value));
                if explode {
                    tokens.push(format!("{key}={value}"));
                } else {
                    tokens.extend([key, value]);
                }
            }
        }
        scalar => tokens.push(encoding.plain(scalar)),
    }
    tokens
}

/// RFC 6570, sections 3.2.2, 3.2.5 and 3.2.7, as OpenAPI takes them over.
fn path_text(value: &Value<'_>) -> String {
    let Form { style, explode, .. } = value.parameter.form();
    let parts = tokens(&value.value, explode, Encoding::Unreserved);
    if parts.is_empty() {
        return String::new();
    }
    let comma = parts.join(",");
    match style {
        Style::Json => Encoding::Unreserved.apply(&value.value.to_json(Layout::Compact)),
        Style::Label if explode => format!(".{}", parts.join(".")),
        Style::Label => format!(".{comma}"),
        Style::Matrix => {
            matrix(&Encoding::Unreserved.apply(value.name()), &value.value, explode, &parts)
        }
        _ => comma,
    }
}

fn matrix(name: &str, value: &Plain, explode: bool, parts: &[String]) -> String {
    match (value, parts.join(",")) {
        (Plain::List(_), _) if explode => format!(";{name}={}", parts.join(&format!(";{name}="))),
        (Plain::Object(_), _) if explode => format!(";{}", parts.join(";")),
        (_, empty) if empty.is_empty() => format!(";{name}"),
        (_, text) => format!(";{name}={text}"),
    }
}

fn encoding_of(parameter: &Parameter) -> Encoding {
    if parameter.form().allow_reserved { Encoding::Reserved } else { Encoding::Unreserved }
}

/// Adds the `name=value` pairs of a parameter or a property, with its name encoded already.
fn pairs_of(
    parameter: &Parameter,
    name: &str,
    value: &Plain,
    encoding: Encoding,
    pairs: &mut Vec<String>,
) {
    let Form { style, explode, .. } = parameter.form();
    match style {
        Style::Json => json_pair(name, value, encoding, pairs),
        Style::DeepObject => deep_object(name, value, encoding, pairs),
        Style::SpaceDelimited => form(name, value, explode, "%20", encoding, pairs),
        Style::PipeDelimited => form(name, value, explode, "%7C", encoding, pairs),
        _ => form(name, value, explode, ",", encoding, pairs),
    }
}

fn json_pair(name: &str, value: &Plain, encoding: Encoding, pairs: &mut Vec<String>) {
    if !matches!(value, Plain::Nothing) {
        let json = value.to_json(Layout::Compact);
        pairs.push(format!("{name}={}", encoding.apply(&json)));
    }
}

fn form(
    name: &str,
    value: &Plain,
    explode: bool,
    separator: &str,
    encoding: Encoding,
    pairs: &mut Vec<String>,
) {
    match value {
        Plain::List(_) if explode => {
            for part in tokens(value, explode, encoding) {
                pairs.push(format!("{name}={part}"));
            }
        }
        Plain::Object(entries) if explode => {
            for (key, value) in entries {
                let key = encoding.within_list().apply(key);
                match value {
                    // It goes on as lists do, although OpenAPI says nothing of it.
                    Plain::List(_) => form(&key, value, true, separator, encoding, pairs),
                    _ => pairs.push(format!("{key}={}", encoding.within_list().plain(value))),
                }
            }
        }
        _ => match tokens(value, explode, encoding) {
            none if none.is_empty() => {}
            parts => pairs.push(format!("{name}={}", parts.join(separator))),
        },
    }
}

/// `name[key]=value`; what is nested goes on in the same way, as servers expect it, although
/// OpenAPI says nothing of it.
fn deep_object(name: &str, value: &Plain, encoding: Encoding, pairs: &mut Vec<String>) {
    match value {
        Plain::Nothing => {}
        Plain::Object(entries) => {
            for (key, value) in entries {
                let key = Encoding::Unreserved.apply(key);
                deep_object(&format!("{name}%5B{key}%5D"), value, encoding, pairs);
            }
        }
        Plain::List(items) => {
            for (index, item) in items.iter().enumerate() {
                deep_object(&format!("{name}%5B{index}%5D"), item, encoding, pairs);
            }
        }
        scalar => pairs.push(format!("{name}={}", encoding.plain(scalar))),
    }
}

/// Percent-encodes all but unreserved characters.
pub(crate) fn percent_encode(text: &str) -> String {
    Encoding::Unreserved.apply(text)
}
