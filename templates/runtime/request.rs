//! Makes the request of an operation: checks it, writes its parts, and can show it.
//!
//! Sends nothing and authenticates nothing; what is made here serves every attempt of a call.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};

use super::body::{Body, Encoded};
use super::debug::REDACTED;
use super::draft::{CallOptions, Draft};
use super::operation::{Accept, Operation};
use super::parameters::{self, Token, Written, header_value};
use super::plain::Secrets;
use super::response::Checks;
use super::retry::RetryPolicy;
use super::validate::{Part, Violation, Violations, check_parameter, push_key};

/// A request with the settings of its call; or what is wrong with it.
pub(crate) struct PreparedRequest {
    pub(crate) operation: &'static Operation,
    pub(crate) ready: Result<Ready, Violations>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retry: RetryPolicy,
}

/// A request that may be sent.
pub(crate) struct Ready {
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) fresh: Vec<HeaderName>,
    pub(crate) token: Option<Token>,
}

impl PreparedRequest {
    pub(crate) fn new(draft: &Draft) -> Self {
        let (settings, options) = (&draft.core().inner().settings, draft.options());
        Self {
            operation: draft.operation(),
            ready: prepare(draft),
            timeout: options.timeout.unwrap_or(settings.timeout),
            attempt_timeout: options.attempt_timeout.unwrap_or(settings.attempt_timeout),
            retry: options.retry.unwrap_or(settings.retry),
        }
    }
}

fn prepare(draft: &Draft) -> Result<Ready, Violations> {
    let mut violations = validate(draft);
    let written = parameters::write(draft, Secrets::Shown);
    violations.extend(unless_known(written.violations.clone(), &violations));
    let body = draft.body().map(Body::encode).transpose().unwrap_or_else(|violation| {
        violations.push(violation);
        None
    });
    let mut headers = headers(draft, &written, body.as_ref());
    headers.entry(USER_AGENT).or_insert_with(|| draft.core().inner().user_agent.clone());
    let fresh = written.fresh.clone();
    violations.extend(add_headers(&mut headers, draft.options()));
    let uri = url(draft, &written).and_then(|url| {
        let uri = url.parse::<Uri>();
        uri.map_err(|error| Violation::new(Part::Path, "", "uri", error.to_string()))
    });
    let uri = uri.map_err(|violation| violations.push(violation));
    match uri {
        Ok(uri) if violations.is_empty() => {
            let body = body.map_or_else(Bytes::new, |body| body.bytes);
            Ok(Ready { uri, headers, body, fresh, token: written.token })
        }
        _ => Err(violations),
    }
}

fn validate(draft: &Draft) -> Violations {
    let mut violations = Violations::default();
    if draft.core().inner().settings.request_checks == Checks::Off {
        return violations;
    }
    for (parameter, value) in draft.parameters() {
        violations.extend(check_parameter(parameter, value));
    }
    match (draft.body(), &draft.operation().body) {
        (Some(body), _) => violations.extend(body.check()),
        (None, Some(expected)) if expected.required => {
            let missing = Violation::new(Part::Body, "", "required", "in every call");
            violations.push(Violation { found: Some("none".to_owned()), ..missing });
        }
        (None, _) => {}
    }
    violations
}

/// What the document's own rules have told already need not be told again.
fn unless_known(found: Violations, known: &Violations) -> Violations {
    let mut new = Violations::default();
    for violation in found {
        let is_known = known
            .iter()
            .any(|known| known.part == violation.part && known.pointer == violation.pointer);
        if !is_known {
            new.push(violation);
        }
    }
    new
}

/// The headers of the operation itself. The length is said wherever a body may be, also for those
/// who sign it.
fn headers(draft: &Draft, written: &Written, body: Option<&Encoded>) -> HeaderMap {
    let operation = draft.operation();
    let mut headers = written.headers.clone();
    let accept = match operation.accept {
        Accept::Nothing => None,
        Accept::Json(media_types) | Accept::With(media_types, _) | Accept::Raw(media_types) => {
            header_value(media_types)
        }
    };
    if let Some(accept) = accept {
        headers.entry(ACCEPT).or_insert(accept);
    }
    if let Some(media_type) = body.and_then(|body| header_value(&body.media_type)) {
        headers.insert(CONTENT_TYPE, media_type);
    }
    let has_length = [Method::POST, Method::PUT, Method::PATCH].contains(&operation.method);
    if body.is_some() || has_length {
        let length = body.map_or(0, |body| body.bytes.len());
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    headers
}

/// Headers that say where a message goes and where it ends: another value would split it.
const FRAMING: &[&str] = &[
    "connection",
    "content-length",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

fn add_headers(headers: &mut HeaderMap, options: &CallOptions) -> Violations {
    let mut violations = Violations::default();
    for (name, value) in &options.headers {
        if FRAMING.iter().any(|framing| name.eq_ignore_ascii_case(framing)) {
            let mut pointer = String::new();
            push_key(&mut pointer, name);
            let limit = "a header that the transport does not set itself";
            violations.push(Violation::new(Part::Header, pointer, "header-name", limit));
            continue;
        }
        match (HeaderName::try_from(name), header_value(value)) {
            (Ok(name), Some(value)) => {
                headers.insert(name, value);
            }
            _ => {
                let mut pointer = String::new();
                push_key(&mut pointer, name);
                let limit = "visible ASCII characters, with spaces between them only";
                violations.push(Violation::new(Part::Header, pointer, "header-value", limit));
            }
        }
    }
    violations
}

/// The whole of the URL, unless the operation has a server that does not do.
fn url(draft: &Draft, written: &Written) -> Result<String, Violation> {
    let base = draft.core().inner().servers.of(draft.operation());
    let base = base.map_err(|reason| Violation::new(Part::Path, "", "server", reason))?.as_str();
    let slash = if written.path.starts_with('/') { "" } else { "/" };
    let mark = if written.query.is_empty() { "" } else { "?" };
    Ok(format!("{base}{slash}{}{mark}{}", written.path, written.query))
}

/// A request as it would be sent, with every secret left out; for looking at.
///
/// What authentication adds is left out too, but for the names of the security schemes: making it
/// may take requests of its own.
#[derive(Clone, Debug)]
pub struct RequestPreview {
    method: Method,
    url: String,
    headers: Vec<(String, String)>,
    body: Option<String>,
    schemes: Vec<&'static str>,
}

impl RequestPreview {
    #[inline]
    pub(crate) fn new(draft: &Draft) -> Result<Self, Violations> {
        let ready = prepare(draft)?;
        let operation = draft.operation();
        let written = parameters::write(draft, Secrets::Hidden);
        let url = url(draft, &written).map_err(|violation| {
            let mut violations = Violations::default();
            violations.push(violation);
            violations
        })?;
        let mut headers = written.headers.clone();
        for name in ready.headers.keys() {
            if !headers.contains_key(name) {
                headers.insert(name, shown(name, &ready.headers, draft.options()));
            }
        }
        let credentials = &draft.core().inner().credentials;
        let plan = credentials.choose(operation.security).unwrap_or_default();
        Ok(Self {
            method: operation.method.clone(),
            url,
            headers: headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
            body: draft.body().map(Body::preview),
            schemes: plan.iter().map(|(scheme, _)| *scheme).collect(),
        })
    }

    /// The method.
    #[inline]
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The URL.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The headers, in no particular order.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The body.
    #[inline]
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.body.as_deref()
    }

    /// The security schemes by which the request would be authenticated.
    #[inline]
    #[must_use]
    pub fn security_schemes(&self) -> &[&'static str] {
        &self.schemes
    }
}

/// The headers of [`CallOptions`] may be anything, secrets too.
#[inline]
fn shown(name: &HeaderName, headers: &HeaderMap, options: &CallOptions) -> HeaderValue {
    let is_foreign =
        options.headers.iter().any(|(given, _)| given.eq_ignore_ascii_case(name.as_str()));
    match headers.get(name) {
        Some(value) if !is_foreign && !value.is_sensitive() => value.clone(),
        _ => HeaderValue::from_static(REDACTED),
    }
}

#[inline]
fn text(value: &HeaderValue) -> String {
    match value.is_sensitive() {
        true => REDACTED.to_owned(),
        false => String::from_utf8_lossy(value.as_bytes()).into_owned(),
    }
}

impl fmt::Display for RequestPreview {
    #[inline]
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{} {}", self.method, self.url)?;
        for (name, value) in &self.headers {
            writeln!(formatter, "{name}: {value}")?;
        }
        if !self.schemes.is_empty() {
            writeln!(formatter, "(authenticated by {})", self.schemes.join(" and "))?;
        }
        match &self.body {
            Some(body) => write!(formatter, "\n{body}"),
            None => Ok(()),
        }
    }
}
