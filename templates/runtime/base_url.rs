//! Where the requests of a client go: the server templates of the document, filled in and checked.

use http::Uri;
use http::uri::{Authority, Scheme};

use super::client::{Api, BuildError, Server};
use super::operation::Operation;

/// The servers of a client.
#[derive(Debug)]
pub(crate) struct Servers {
    usual: BaseUrl,
    /// Those that operations have of their own, as the API lists them, or why one does not do: then
    /// its operations cannot be called. None, where a base URL is for all operations.
    others: Vec<Result<BaseUrl, String>>,
}

/// The server that a caller gave instead of the document's, and what it is for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Given<'a> {
    /// There is none.
    Nothing,
    /// For every operation.
    ForAll(&'a str),
    /// For the operations that have no server of their own.
    ForUsual(&'a str),
}

impl Servers {
    pub(crate) fn new(
        api: &'static Api,
        given: Given<'_>,
        chosen: &[(String, String)],
    ) -> Result<Self, BuildError> {
        chosen.iter().try_for_each(|(name, value)| check_choice(api, name, value))?;
        let template = match given {
            Given::Nothing => api.server.url,
            Given::ForAll(url) | Given::ForUsual(url) => url,
        };
        let usual = BaseUrl::parse(&fill(&api.server, template, chosen)?)?;
        let other = |server: &'static Server| {
            let url = fill(server, server.url, chosen)?;
            BaseUrl::parse(&usual.resolve(&url))
        };
        let why = |error| match error {
            BuildError::BaseUrl { reason } => format!("the operation's own does not do: {reason}"),
            other => other.to_string(),
        };
        let other = |server| other(server).map_err(why);
        let others = match given {
            Given::ForAll(_) => Vec::new(),
            Given::Nothing | Given::ForUsual(_) => {
                api.operation_servers.iter().map(other).collect()
            }
        };
        Ok(Self { usual, others })
    }

    /// The one for whatever has none of its own.
    pub(crate) fn usual(&self) -> &BaseUrl {
        &self.usual
    }

    /// Where the requests of an operation go.
    pub(crate) fn of(&self, operation: &Operation) -> Result<&BaseUrl, &str> {
        let own = operation.server.and_then(|index| self.others.get(index));
        own.map_or(Ok(&self.usual), |own| own.as_ref().map_err(String::as_str))
    }
}

/// A variable must be one of a server's, and its value one that a server allows.
fn check_choice(api: &'static Api, name: &str, value: &str) -> Result<(), BuildError> {
    let servers = std::iter::once(&api.server).chain(api.operation_servers);
    let all = servers.flat_map(|server| server.variables);
    let mut named = all.clone().filter(|variable| variable.name == name);
    let Some(first) = named.clone().next() else {
        let mut known = Vec::new();
        for variable in all {
            if !known.contains(&variable.name) {
                known.push(variable.name);
            }
        }
        return Err(BuildError::UnknownVariable { name: name.to_owned(), known });
    };
    match named.any(|variable| variable.allows(value)) {
        true => Ok(()),
        false => Err(first.refuse(value)),
    }
}

/// Scheme, host and path prefix, normalised the way that HTTP libraries do it, so that what is
/// signed is what is sent: lower-case host, no default port, no slash at the end.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl {
    text: String,
    /// Scheme and authority alone.
    origin: usize,
    host: String,
}

impl BaseUrl {
    pub(crate) fn parse(url: &str) -> Result<Self, BuildError> {
        let fail = |reason: &str| BuildError::BaseUrl { reason: reason.to_owned() };
        if url.contains(['?', '#']) {
            return Err(fail("it must have neither query nor fragment"));
        }
        let uri = url.parse::<Uri>().map_err(|error| fail(&error.to_string()))?;
        let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
            return Err(fail("it must be absolute, such as https://example.com/prefix"));
        };
        if *scheme != Scheme::HTTP && *scheme != Scheme::HTTPS {
            return Err(fail("its scheme must be http or https"));
        }
        if authority.as_str().contains('@') {
            return Err(fail("it must not hold a user name or password"));
        }
        if authority.host().is_empty() {
            return Err(fail("it must name a host"));
        }
        let prefix = uri.path().trim_end_matches('/');
        if prefix.split('/').any(is_dots) {
            return Err(fail("its path must not have the segments `.` or `..`"));
        }
        // Not `authority.port()`, which is silent on one that is none.
        let port = authority.as_str().rsplit_once(']').map_or(authority.as_str(), |(_, port)| port);
        if port.contains(':') && authority.port_u16().is_none() {
            return Err(fail("its port is no number from 0 to 65535"));
        }
        let mut text = format!("{scheme}://{}", host_and_port(scheme, authority));
        let origin = text.len();
        text.push_str(prefix);
        Ok(Self { text, origin, host: authority.host().to_ascii_lowercase() })
    }

    /// The whole of it, without a slash at the end.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The host alone.
    #[cfg_attr(not(feature = "tracing"), allow(dead_code, reason = "spans name the server"))]
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// What `reference` means here (RFC 3986, section 5.2), the prefix taken for a directory.
    pub(crate) fn resolve(&self, reference: &str) -> String {
        // A URL behind the path is a value like any other.
        let before = reference.split(['/', '?', '#']).next().unwrap_or_default();
        if before.ends_with(':') && reference.contains("://") {
            return reference.to_owned();
        }
        if reference.starts_with("//") {
            let (scheme, _) = self.text.split_once(':').unwrap_or_default();
            return format!("{scheme}:{reference}");
        }
        let (origin, prefix) = self.text.split_at_checked(self.origin).unwrap_or_default();
        let end = reference.find(['?', '#']).unwrap_or(reference.len());
        let (path, behind) = reference.split_at_checked(end).unwrap_or_default();
        let path = match path.starts_with('/') {
            true => without_dots(path),
            false => without_dots(&format!("{prefix}/{path}")),
        };
        format!("{origin}{path}{behind}")
    }
}

/// Whether a path segment means this folder or the one above, encoded or not.
pub(crate) fn is_dots(segment: &str) -> bool {
    matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
}

/// A path with its segments `.` and `..` followed (RFC 3986, section 5.2.4).
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut rest = path.split('/').skip(1).peekable();
    while let Some(segment) = rest.next() {
        let is_last = rest.peek().is_none();
        match segment.to_ascii_lowercase().replace("%2e", ".").as_str() {
            ".." => {
                kept.pop();
            }
            "." => {}
            _ => {
                kept.push(segment);
                continue;
            }
        }
        if is_last {
            kept.push("");
        }
    }
    format!("/{}", kept.join("/"))
}

fn host_and_port(scheme: &Scheme, authority: &Authority) -> String {
    let host = authority.host().to_ascii_lowercase();
    let usual = if *scheme == Scheme::HTTPS { 443 } else { 80 };
    match authority.port_u16() {
        Some(port) if port != usual => format!("{host}:{port}"),
        _ => host,
    }
}

/// A template with the variables of a server in it.
fn fill(
    server: &'static Server,
    template: &str,
    chosen: &[(String, String)],
) -> Result<String, BuildError> {
    let mut url = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        url.push_str(before);
        let value =
            chosen.iter().rev().find(|(chosen, _)| chosen == name).map(|(_, value)| value.as_str());
        let variable = server.variables.iter().find(|variable| variable.name == name);
        let Some(value) = value.or_else(|| Some(variable?.default)) else {
            return Err(BuildError::BaseUrl { reason: format!("nothing is known of {{{name}}}") });
        };
        if let Some(variable) = variable.filter(|it| value != it.default && !it.allows(value)) {
            return Err(variable.refuse(value));
        }
        if !fits(value, &url) {
            let reason = format!("the value of {{{name}}} does not fit where it stands");
            return Err(BuildError::BaseUrl { reason });
        }
        // Some bring a slash with them where there is one.
        url.push_str(if url.ends_with('/') { value.trim_start_matches('/') } else { value });
        rest = after;
    }
    url.push_str(rest);
    Ok(url)
}

/// Whether a variable's value keeps to the part of the URL that it stands in: a region must not
/// turn the host into another one.
fn fits(value: &str, before: &str) -> bool {
    let extra = match before.split_once("://") {
        None => "-._~:/[]",
        Some((_, authority)) if authority.contains('/') => "-._~!$&'()*+,;=:@/%",
        Some(_) => "-._~:[]",
    };
    value.chars().all(|char| char.is_ascii_alphanumeric() || extra.contains(char))
}
