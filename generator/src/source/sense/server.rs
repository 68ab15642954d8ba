//! The URLs of servers: whether a client can be made of them as they stand.

use super::Sense;
use crate::source::tree::{Cursor, Mapping, Node};

/// Whose servers they are.
#[derive(Clone, Copy)]
pub(super) enum Of {
    Document,
    /// Of an operation, or of all operations of a path.
    Operation,
}

impl Of {
    /// What becomes of a server that does not do.
    fn until_then(self, and: &str) -> String {
        match self {
            Self::Document => format!("until then each client needs a base URL{and} of yours"),
            Self::Operation => {
                let what = "until then the operations that go there are refused, unless a client";
                format!("{what} has a base URL{and} of yours")
            }
        }
    }
}

impl Sense<'_> {
    /// The servers of an object; a relative URL is one, for which callers give the rest.
    pub(super) fn servers(&mut self, of: Of, object: &Mapping, at: &Cursor) {
        let at = at.key("servers");
        let servers = object.get("servers").and_then(Node::sequence).unwrap_or_default();
        for (index, server) in servers.iter().enumerate() {
            let place = server.origin().cloned().unwrap_or_else(|| at.index(index).place());
            self.server(of, server, &Cursor::Start(&place));
        }
    }

    fn server(&mut self, of: Of, server: &Node, at: &Cursor) {
        let Some(url) = server.child("url").and_then(Node::str) else { return };
        let default = |name: &str| server.child("variables")?.child(name)?.child("default")?.str();
        let mut filled = String::new();
        let mut rest = url;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else { break };
            filled.push_str(before);
            rest = after;
            let Some(value) = default(name) else {
                // Some write two braces.
                let name = name.trim_start_matches('{');
                let message = format!("the server has no variable `{name}`");
                let until_then = of.until_then("");
                let help = format!("declare it in `variables`, with a default; {until_then}");
                return self.warn("server-url", at.key("url"), &message, &help);
            };
            if value.is_empty() && is_host_next(&filled) || !fits(value, &filled) {
                let message = format!("\"{value}\" cannot stand for `{{{name}}}` in a URL");
                let until_then = of.until_then(" or a value");
                let help = format!("make a value the default that the URL can hold; {until_then}");
                let variable = at.key("variables");
                let variable = variable.key(name);
                return self.warn("server-url", variable.key("default"), &message, &help);
            }
            // As the clients do it.
            let is_open = filled.ends_with('/');
            filled.push_str(if is_open { value.trim_start_matches('/') } else { value });
        }
        filled.push_str(rest);
        if let Some((message, help)) = fault(&filled) {
            let help = match of {
                Of::Operation if !filled.contains("://") => {
                    format!("{help}; until then it is taken for a path")
                }
                _ => format!("{help}; {}", of.until_then("")),
            };
            self.warn("server-url", at.key("url"), &message, &help);
        }
    }
}

/// Whether the host is what comes next.
fn is_host_next(before: &str) -> bool {
    before.ends_with("://")
}

/// Whether a value keeps to the part of the URL that it stands in, as the clients check it.
fn fits(value: &str, before: &str) -> bool {
    let extra = match before.split_once("://") {
        None => "-._~:/[]",
        Some((_, authority)) if authority.contains('/') => "-._~!$&'()*+,;=:@/%",
        Some(_) => "-._~:[]",
    };
    value.chars().all(|char| char.is_ascii_alphanumeric() || extra.contains(char))
}

/// What is wrong with a URL, and what to do. Clients refuse the same (`runtime/base_url.rs`); a test
/// holds the two together.
fn fault(url: &str) -> Option<(String, &'static str)> {
    let Some((scheme, rest)) = url.split_once("://") else {
        return looks_like_host(url)
            .then(|| (format!("`{url}` has no scheme"), "write it with `https://` before it"));
    };
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        let message = format!("`{scheme}` is not a scheme that clients speak");
        return Some((message, "write `https` or `http`"));
    }
    if url.contains(['?', '#']) {
        let message = "the URL of a server has neither query nor fragment".to_owned();
        return Some((message, "write what is before it alone"));
    }
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host_and_port = authority.rsplit_once(']').map_or(authority, |(_, port)| port);
    let port = host_and_port.split_once(':').map(|(_, port)| port);
    let has_port = port.is_none_or(|port| port.parse::<u16>().is_ok());
    let is_legal =
        |char: char| char.is_ascii_alphanumeric() || "-._~:[]!$&'()*+,;=%".contains(char);
    let is_host = !authority.is_empty() && !authority.starts_with(':');
    let is_url = is_host && has_port && authority.chars().all(is_legal);
    if !is_url {
        return Some((format!("`{url}` is no URL of a server"), "correct its host"));
    }
    if path.split('/').any(is_dots) {
        let message = "the URL of a server has no segments `.` and `..`".to_owned();
        return Some((message, "write what they come to"));
    }
    let is_odd = |char: char| char.is_ascii_control() || " <>`".contains(char);
    path.contains(is_odd)
        .then(|| (format!("`{url}` is no URL of a server"), "percent-encode its path"))
}

/// Whether a segment of a path means this folder or the one above, encoded or not.
fn is_dots(segment: &str) -> bool {
    matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
}

/// `api.example.com/v1` and `localhost:80`, which are relative URLs in form only.
fn looks_like_host(url: &str) -> bool {
    let first = url.split('/').next().unwrap_or_default();
    let host = first.split(':').next().unwrap_or_default();
    let is_dotted = host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
    is_dotted || host == "localhost"
}
