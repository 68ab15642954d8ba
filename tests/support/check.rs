//! What is to come of a call, and everything in which what came of it is otherwise.

use std::collections::BTreeSet;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::call::{Auth, Call, Observed, Vendor, perform};
use super::clock::TestClock;
use super::server::{Received, Reply, Server};
use super::signature::Key;

/// What is to come of a call.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// How many requests the API gets for all times that the call is made.
    pub attempts: usize,
    /// How many requests the token endpoint gets.
    pub token_requests: usize,
    /// The bounds of each wait, in seconds.
    pub waits: Vec<(f64, f64)>,
    /// The request target of each attempt.
    pub target: String,
    /// Headers of each attempt: the value, or, where there is none, that the header is not there.
    pub headers: Vec<(String, Option<String>)>,
    /// What the outcome holds, for each time that the call is made.
    pub outcomes: Vec<Value>,
    /// Why this is otherwise than what the vendor's SDK did; empty where it is the same.
    pub differs: Vec<String>,
}

/// Plays `replies` to `call`, and lists what is otherwise than expected.
pub async fn play(
    call: &Call,
    replies: Vec<Reply>,
    tokens: Vec<Reply>,
    expected: &Expectation,
) -> Vec<String> {
    let clock = TestClock::new();
    let server = Server::start(&clock, replies, tokens).await;
    let observed = perform(call, &server, &clock).await;
    let mut problems = outcome_problems(expected, &observed);
    problems.extend(request_problems(call, expected, &observed));
    problems.extend(wait_problems(expected, &observed));
    problems.extend(shown_problems(call, &observed));
    problems
}

fn outcome_problems(expected: &Expectation, observed: &Observed) -> Vec<String> {
    let mut problems = Vec::new();
    for (index, outcome) in observed.outcomes.iter().enumerate() {
        let expected = expected.outcomes.get(index).or(expected.outcomes.last());
        differences("", expected.unwrap_or(&Value::Null), outcome, &mut problems);
    }
    problems
}

/// Everything that `expected` says must be so; what it does not say may be anything.
fn differences(at: &str, expected: &Value, found: &Value, problems: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) if !at.ends_with("/body") => {
            for (key, value) in expected {
                let found = found.get(key).unwrap_or(&Value::Null);
                differences(&format!("{at}/{key}"), value, found, problems);
            }
        }
        _ if expected == found => {}
        _ => problems.push(format!("outcome{at} is {found}, not {expected}")),
    }
}

fn request_problems(call: &Call, expected: &Expectation, observed: &Observed) -> Vec<String> {
    let (tokens, attempts): (Vec<_>, Vec<_>) =
        observed.requests.iter().partition(|request| request.target.starts_with("/oidc/"));
    let mut problems = Vec::new();
    if attempts.len() != expected.attempts {
        problems.push(format!("{} attempts, not {}", attempts.len(), expected.attempts));
    }
    if tokens.len() != expected.token_requests {
        let expected = expected.token_requests;
        problems.push(format!("{} requests for a token, not {expected}", tokens.len()));
    }
    if observed.requests.is_empty() && observed.connections > 0 {
        problems.push("a connection was made for nothing".to_owned());
    }
    for request in tokens {
        problems.extend(token_request_problems(call, request));
    }
    for request in &attempts {
        problems.extend(attempt_problems(call, expected, request));
    }
    if call.vendor == Vendor::Oracle {
        problems.extend(identifier_problems(call, &attempts));
    }
    problems
}

/// The token endpoint is asked as RFC 6749 says, under the URL that the document gives.
fn token_request_problems(call: &Call, request: &Received) -> Vec<String> {
    let Auth::OAuth { id, secret } = &call.auth else {
        return vec!["there is no call for a token".to_owned()];
    };
    let basic = format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")));
    let form = "application/x-www-form-urlencoded";
    let mut problems = Vec::new();
    let mut check = |name: &str, found: Option<&str>, expected: &str| {
        if found != Some(expected) {
            problems.push(format!("{name} of the token request is {found:?}, not {expected}"));
        }
    };
    let target = format!("/oidc/accounts/{}/v1/token", call.path);
    check("the method", Some(&request.method), "POST");
    check("the target", Some(&request.target), &target);
    check("the media type", request.header("content-type"), form);
    check("the identification", request.header("authorization"), &basic);
    let body = str::from_utf8(&request.body).ok();
    check("the body", body, "grant_type=client_credentials&scope=all-apis");
    problems
}

fn attempt_problems(call: &Call, expected: &Expectation, request: &Received) -> Vec<String> {
    let mut problems = Vec::new();
    if request.method != "POST" || request.target != expected.target {
        let Received { method, target, .. } = request;
        problems.push(format!("sent {method} {target}, not POST {}", expected.target));
    }
    let body = serde_json::from_slice::<Value>(&request.body).unwrap_or_default();
    if body != call.body {
        problems.push(format!("sent the body {body}, not {}", call.body));
    }
    for (name, value) in &expected.headers {
        let found = request.header(name);
        if found != value.as_deref() {
            problems.push(format!("sent {name}: {found:?}, not {value:?}"));
        }
    }
    for (name, _) in &request.headers {
        if !known_headers(call.vendor).contains(&name.to_lowercase().as_str()) {
            problems.push(format!("sent {name}, which nobody asked for"));
        }
    }
    if call.vendor == Vendor::Oracle {
        problems.extend(super::signature::problems(request, &Key::throw_away()));
        let date = httpdate::fmt_http_date(request.at);
        if request.header("date") != Some(&date) {
            problems.push(format!("sent date: {:?}, not {date}", request.header("date")));
        }
    }
    problems
}

/// The headers that there may be. The vendors' SDKs send some more about themselves.
fn known_headers(vendor: Vendor) -> &'static [&'static str] {
    match vendor {
        Vendor::Databricks => {
            &["host", "user-agent", "accept", "content-type", "content-length", "authorization"]
        }
        Vendor::Oracle => &[
            "host",
            "user-agent",
            "accept",
            "content-type",
            "content-length",
            "authorization",
            "date",
            "x-content-sha256",
            "opc-request-id",
            "opc-retry-token",
            "should-update-recent",
        ],
    }
}

/// One retry token for all attempts; a request identifier for each, unless the caller set it.
fn identifier_problems(call: &Call, attempts: &[&Received]) -> Vec<String> {
    let mut problems = Vec::new();
    if attempts.is_empty() {
        return problems;
    }
    let values = |name: &str| {
        let values = attempts.iter().map(|request| request.header(name).unwrap_or_default());
        values.collect::<BTreeSet<_>>()
    };
    let (tokens, ids) = (values("opc-retry-token"), values("opc-request-id"));
    let is_one = |values: &BTreeSet<&str>, given: &Option<String>| match given {
        Some(given) => values.len() == 1 && values.contains(given.as_str()),
        None => values.len() == 1 && !values.contains(""),
    };
    let are_right = match call.times {
        1 => is_one(&tokens, &call.retry_token),
        times => attempts.len() > times || tokens.len() == times,
    };
    if !are_right {
        problems.push(format!("opc-retry-token: {tokens:?}"));
    }
    let is_fresh = ids.len() == attempts.len() && !ids.contains("");
    let is_right = match &call.request_id {
        None => is_fresh,
        given => is_one(&ids, given),
    };
    if !is_right {
        problems.push(format!("opc-request-id: {ids:?}"));
    }
    let allowed = |id: &&str| {
        id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    };
    if !ids.iter().all(allowed) || tokens.iter().any(|token| token.len() > 64) {
        problems.push(format!("not as the document asks for: {ids:?} {tokens:?}"));
    }
    problems
}

fn wait_problems(expected: &Expectation, observed: &Observed) -> Vec<String> {
    let waits: Vec<_> = observed.waits.iter().map(Duration::as_secs_f64).collect();
    let fits = waits.len() == expected.waits.len()
        && waits.iter().zip(&expected.waits).all(|(wait, (min, max))| min <= wait && wait <= max);
    match fits {
        true => Vec::new(),
        false => vec![format!("waited {waits:?}, not within {:?}", expected.waits)],
    }
}

/// Nothing that prints itself prints a secret.
fn shown_problems(call: &Call, observed: &Observed) -> Vec<String> {
    let key = Key::throw_away();
    let mut secrets = vec![key.pkcs1[..60].to_owned(), key.pkcs8[..60].to_owned()];
    match &call.auth {
        Auth::Bearer(token) => secrets.push(token.clone()),
        Auth::OAuth { secret, .. } => secrets.push(secret.clone()),
        Auth::Signature => {}
    }
    let details = &call.body["credentialDetails"];
    let pairs = details["secretTokenPair"].as_array().into_iter().flatten();
    let values = pairs.map(|pair| &pair["secretValue"]).chain([&details["privateKey"]]);
    secrets.extend(values.filter_map(Value::as_str).map(|value| format!("{value:?}")));
    let bearers = observed.requests.iter().filter_map(|request| request.header("authorization"));
    secrets.extend(bearers.map(str::to_owned));
    secrets.retain(|secret| observed.shown.contains(secret.as_str()));
    secrets.into_iter().map(|secret| format!("{secret} was shown")).collect()
}
