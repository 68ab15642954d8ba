//! Our own scenarios: `tests/data/*.json`, read into calls, answers and expectations.
//!
//! A file tells, once for all of its scenarios, the call, the target and the headers; a scenario
//! tells what it has otherwise. A string `$name` stands for the entry of that name in `named`.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use generated::retry::RetryPolicy;
use serde_json::{Map, Value};

use super::call::{Auth, Call, Vendor, raw};
use super::check::Expectation;
use super::server::{Answer, Framing, Reply};
use super::{data, text};

/// A scenario: who calls what, what is answered, what comes of it.
pub struct Scenario {
    /// The file and the name in it.
    pub name: String,
    /// The call.
    pub call: Call,
    /// The answers of the API.
    pub replies: Vec<Reply>,
    /// The answers of the token endpoint.
    pub tokens: Vec<Reply>,
    /// What comes of it.
    pub expected: Expectation,
}

/// The scenarios of a file of `tests/data`.
#[must_use]
pub fn read(file: &str) -> Vec<Scenario> {
    let mut head = data(file);
    if let Some(base) = head["extends"].as_str() {
        let mut base = data(base);
        for key in ["named", "headers", "call"] {
            overlay(&mut base[key], &head[key]);
        }
        base["scenarios"] = head["scenarios"].take();
        head = base;
    }
    let named = head["named"].as_object().cloned().unwrap_or_default();
    resolve(&mut head, &named);
    let scenarios = head["scenarios"].as_object().unwrap().iter();
    scenarios.map(|(name, scenario)| one(file, name, &head, scenario)).collect()
}

/// Puts the entries of `over` in place of those of `base`, whole.
fn overlay(base: &mut Value, over: &Value) {
    for (key, value) in over.as_object().into_iter().flatten() {
        base[key] = value.clone();
    }
}

fn resolve(value: &mut Value, named: &Map<String, Value>) {
    if let Some(name) = value.as_str().and_then(|text| text.strip_prefix('$')) {
        *value = named.get(name).unwrap_or_else(|| panic!("there is no {name}")).clone();
        return resolve(value, named);
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| resolve(item, named)),
        Value::Object(entries) => entries.values_mut().for_each(|entry| resolve(entry, named)),
        _ => {}
    }
}

fn one(file: &str, name: &str, head: &Value, scenario: &Value) -> Scenario {
    let replies = |key: &str| {
        let replies = scenario[key].as_array().into_iter().flatten();
        replies.map(reply).collect::<Vec<_>>()
    };
    let (answers, tokens) = (replies("replies"), replies("tokens"));
    let mut settings = head["call"].clone();
    overlay(&mut settings, &scenario["call"]);
    Scenario {
        name: format!("{file}: {name}"),
        call: call(&text(&head["vendor"]), &settings),
        expected: expectation(head, scenario, &answers, tokens.len()),
        replies: answers,
        tokens,
    }
}

fn call(vendor: &str, settings: &Value) -> Call {
    let setting = |name: &str| settings[name].as_str().map(str::to_owned);
    let auth = &settings["auth"];
    Call {
        vendor: if vendor == "oracle" { Vendor::Oracle } else { Vendor::Databricks },
        path: text(&settings["path"]),
        body: settings["body"].clone(),
        auth: match (auth["bearer"].as_str(), auth["id"].as_str()) {
            (Some(token), _) => Auth::Bearer(token.to_owned()),
            (_, Some(id)) => Auth::OAuth { id: id.to_owned(), secret: text(&auth["secret"]) },
            _ => Auth::Signature,
        },
        request_id: setting("opc-request-id"),
        retry_token: setting("opc-retry-token"),
        update_recent: settings["should-update-recent"].as_bool(),
        retry: settings["retry"].as_str().map(policy),
        validate: settings["validate"].as_bool().unwrap_or(true),
        times: count(&settings["times"]).unwrap_or(1),
    }
}

fn policy(name: &str) -> RetryPolicy {
    match name {
        "never" => RetryPolicy::never(),
        "non-idempotent" => RetryPolicy::new().retry_non_idempotent(),
        "patient" => RetryPolicy::new().base_delay(Duration::from_secs(20)).max_attempts(4),
        other => panic!("there is no policy {other}"),
    }
}

fn reply(reply: &Value) -> Reply {
    match reply.as_str() {
        Some("reset") => return Reply::Reset,
        Some("hang") => return Reply::Hang,
        Some("hang on") => return Reply::HangOn,
        Some(other) => panic!("there is no answer {other}"),
        None => {}
    }
    if let Some(bytes) = reply["raw"].as_str() {
        return Reply::Raw(bytes.as_bytes().to_vec());
    }
    let body = match (reply.get("json"), &reply["text"], &reply["base64"]) {
        (Some(json), _, _) => json.to_string().into_bytes(),
        (_, Value::String(text), _) => text.clone().into_bytes(),
        (_, _, Value::String(base64)) => STANDARD.decode(base64).unwrap(),
        _ => Vec::new(),
    };
    let status = u16::try_from(count(&reply["status"]).unwrap()).unwrap();
    let mut answer = Answer::new(status, body);
    for (name, value) in reply["headers"].as_object().into_iter().flatten() {
        answer = answer.header(name, value.as_str().unwrap());
    }
    Reply::Answer(answer.framed(match (&reply["framing"], count(&reply["cut_short"])) {
        (_, Some(missing)) => Framing::CutShort(missing),
        (Value::String(chunked), _) if chunked == "chunked" => Framing::Chunked,
        (Value::String(close), _) if close == "close" => Framing::Close,
        _ => Framing::Length,
    }))
}

/// Unless told otherwise, each answer is asked for once, and there is no wait.
fn expectation(head: &Value, scenario: &Value, replies: &[Reply], tokens: usize) -> Expectation {
    let expect = &scenario["expect"];
    let mut headers = head["headers"].clone();
    overlay(&mut headers, &expect["headers"]);
    let headers = headers.as_object().unwrap().iter();
    let attempts = count(&expect["attempts"]).unwrap_or(replies.len());
    let outcomes = match &expect["outcome"] {
        Value::Array(outcomes) => outcomes.clone(),
        outcome => vec![with_raw(outcome, replies, attempts)],
    };
    let bounds = |wait: &Value| (wait[0].as_f64().unwrap(), wait[1].as_f64().unwrap());
    Expectation {
        attempts,
        token_requests: count(&expect["token_requests"]).unwrap_or(tokens),
        waits: expect["waits"].as_array().into_iter().flatten().map(bounds).collect(),
        target: text(expect.get("target").unwrap_or(&head["target"])),
        headers: headers
            .map(|(name, value)| (name.clone(), value.as_str().map(str::to_owned)))
            .collect(),
        outcomes,
        differs: scenario["differs"].as_str().map(str::to_owned).into_iter().collect(),
    }
}

/// An error keeps the body of the last answer as it came; a scenario need not repeat it.
fn with_raw(outcome: &Value, replies: &[Reply], attempts: usize) -> Value {
    let mut outcome = outcome.clone();
    if let Some(Reply::Answer(last)) = replies.get(attempts.min(replies.len()).wrapping_sub(1)) {
        for kind in ["api", "decode"] {
            if let Some(entries) = outcome[kind].as_object_mut() {
                entries.entry("raw").or_insert_with(|| raw(&last.body));
            }
        }
    }
    outcome
}

fn count(value: &Value) -> Option<usize> {
    value.as_u64().map(|count| usize::try_from(count).unwrap())
}
