//! Where the requests of a client go: a server template of the document, filled in and checked.

use http::Uri;
use http::uri::{Authority, Scheme};

use super::client::{Api, BuildError};

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
    /// Fills the variables of `template` in, and checks the URL that comes of it.
    pub(crate) fn new(
        api: &'static Api,
        template: &str,
        chosen: &[(String, String)],
    ) -> Result<Self, BuildError> {
        for (name, value) in chosen {
            let Some(variable) = api.variables.iter().find(|variable| variable.name == name) else {
                let known = api.variables.iter().map(|variable| variable.name).collect();
                return Err(BuildError::UnknownVariable { name: name.clone(), known });
            };
            if !variable.allowed.is_empty() && !variable.allowed.contains(&value.as_str()) {
                return Err(BuildError::VariableValue {
                    name: variable.name,
                    value: value.clone(),
                    allowed: variable.allowed,
                });
            }
        }
        Self::parse(&fill(api, template, chosen)?)
    }

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
        if reference.contains("://") {
            reference.to_owned()
        } else if reference.starts_with('/') {
            format!("{}{reference}", self.text.get(..self.origin).unwrap_or_default())
        } else {
            format!("{}/{reference}", self.text)
        }
    }
}

/// Whether a path segment means this folder or the one above, encoded or not.
pub(crate) fn is_dots(segment: &str) -> bool {
    matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
}

fn host_and_port(scheme: &Scheme, authority: &Authority) -> String {
    let host = authority.host().to_ascii_lowercase();
    let usual = if *scheme == Scheme::HTTPS { 443 } else { 80 };
    match authority.port_u16() {
        Some(port) if port != usual => format!("{host}:{port}"),
        _ => host,
    }
}

fn fill(
    api: &'static Api,
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
        let default = || api.variables.iter().find(|variable| variable.name == name);
        let Some(value) = value.or_else(|| Some(default()?.default)) else {
            return Err(BuildError::BaseUrl { reason: format!("nothing is known of {{{name}}}") });
        };
        if !fits(value, &url) {
            let reason = format!("the value of {{{name}}} does not fit where it stands");
            return Err(BuildError::BaseUrl { reason });
        }
        url.push_str(value);
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
