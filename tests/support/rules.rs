//! What our client is to do with a sequence of answers: the project's rules, told independently
//! of the client.
//!
//! A Databricks `POST` has no idempotency token: it is repeated on 429 and 503 only, which say that
//! nothing was done. An Oracle create carries its token: it is repeated on 409 with one of two
//! codes, on 429, on 5xx but 501, and after a connection that broke. Nothing follows a redirect.

use std::time::{Duration, SystemTime};

use generated::transport::Clock;
use serde_json::{Value, json};

use super::call::{Vendor, is_success, raw};
use super::clock::TestClock;
use super::server::{Answer, Framing, Reply};

/// What the rules say of a call.
pub struct Prediction {
    /// How many requests the API gets.
    pub attempts: usize,
    /// How many requests the token endpoint gets.
    pub token_requests: usize,
    /// The bounds of the waits, in seconds.
    pub waits: Vec<(f64, f64)>,
    /// How it ends, for each time that the call is made.
    pub ends: Vec<End>,
}

/// How a call ends.
#[derive(Clone, Debug)]
pub enum End {
    /// With this answer of the API.
    Api(Reply),
    /// With this answer of the token endpoint.
    Token(Reply),
}

/// The default policy's number of attempts.
pub const ATTEMPTS: usize = 8;

/// What the rules say of a call that is made `times` times.
#[must_use]
pub fn predict(
    vendor: Vendor,
    most: usize,
    times: usize,
    replies: &[Reply],
    tokens: Option<&[Reply]>,
) -> Prediction {
    let prediction =
        Prediction { attempts: 0, token_requests: 0, waits: Vec::new(), ends: Vec::new() };
    let mut walk = Walk { vendor, most, replies, tokens, has_token: tokens.is_none(), prediction };
    for _ in 0..times {
        let end = walk.call();
        walk.prediction.ends.push(end);
    }
    walk.prediction
}

struct Walk<'a> {
    vendor: Vendor,
    most: usize,
    replies: &'a [Reply],
    tokens: Option<&'a [Reply]>,
    has_token: bool,
    prediction: Prediction,
}

impl Walk<'_> {
    fn call(&mut self) -> End {
        let mut elapsed = Duration::ZERO;
        for attempt in 1.. {
            let end = self.attempt();
            let reply = match &end {
                End::Api(reply) | End::Token(reply) => reply,
            };
            let Some((least, most)) = wait(attempt, reply, elapsed) else { return end };
            if attempt >= self.most || !repeats(self.vendor, &end) {
                return end;
            }
            elapsed += Duration::from_secs_f64(least);
            self.prediction.waits.push((least, most));
        }
        unreachable!("there is always another attempt to stop after")
    }

    fn attempt(&mut self) -> End {
        if let (false, Some(tokens)) = (self.has_token, self.tokens) {
            let reply = nth(tokens, self.prediction.token_requests);
            self.prediction.token_requests += 1;
            match token_lifetime(&reply) {
                None => return End::Token(reply),
                Some(lifetime) => self.has_token = lifetime > 0.0,
            }
        }
        let reply = nth(self.replies, self.prediction.attempts);
        self.prediction.attempts += 1;
        if matches!(&reply, Reply::Answer(answer) if answer.status == 401) {
            // A token that was refused is not used again.
            self.has_token = self.tokens.is_none();
        }
        End::Api(reply)
    }
}

/// The last answer is repeated for ever.
fn nth(replies: &[Reply], index: usize) -> Reply {
    replies.get(index).or(replies.last()).expect("an answer for each request").clone()
}

fn token_lifetime(reply: &Reply) -> Option<f64> {
    let Reply::Answer(answer) = reply else { return None };
    let body = serde_json::from_slice::<Value>(&answer.body).ok()?;
    body["access_token"].as_str().filter(|_| is_success(answer.status))?;
    Some(body["expires_in"].as_f64().unwrap_or(300.0))
}

/// Whether a further attempt is safe, and may help.
fn repeats(vendor: Vendor, end: &End) -> bool {
    let is_token = matches!(end, End::Token(_));
    let is_safe = is_token || vendor == Vendor::Oracle;
    let answer = match end {
        End::Api(Reply::Answer(answer)) | End::Token(Reply::Answer(answer)) => answer,
        _ => return is_safe,
    };
    match answer.status {
        409 => vendor == Vendor::Oracle && has_code(answer, &["IncorrectState", "LockConflict"]),
        429 | 503 => true,
        501 => false,
        status => is_safe && status >= 500,
    }
}

fn has_code(answer: &Answer, codes: &[&str]) -> bool {
    let body = serde_json::from_slice::<Value>(&answer.body).unwrap_or_default();
    body["code"].as_str().is_some_and(|code| codes.contains(&code))
}

/// The bounds of the wait after an attempt; none where the call's time does not suffice.
fn wait(attempt: usize, reply: &Reply, elapsed: Duration) -> Option<(f64, f64)> {
    let now = TestClock::new().now() + elapsed;
    let (least, most) = match asked(reply, now) {
        Some(asked) => (asked.as_secs_f64(), asked.as_secs_f64() + 1.0),
        None => (0.0, [1.0, 2.0, 4.0, 8.0, 16.0].get(attempt - 1).copied().unwrap_or(30.0)),
    };
    (least + elapsed.as_secs_f64() < 300.0).then_some((least, most))
}

/// What `retry-after` asks for.
fn asked(reply: &Reply, now: SystemTime) -> Option<Duration> {
    let Reply::Answer(answer) = reply else { return None };
    let text = answer.get("retry-after")?;
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let now =
        answer.get("date").and_then(|date| httpdate::parse_http_date(date).ok()).unwrap_or(now);
    Some(httpdate::parse_http_date(text).ok()?.duration_since(now).unwrap_or_default())
}

/// What the caller is to be told at the end of a call.
#[must_use]
pub fn outcome(vendor: Vendor, end: &End) -> Value {
    match end {
        End::Token(Reply::Answer(answer)) => {
            json!({"auth": {"token_endpoint": {"status": answer.status}}})
        }
        End::Token(_) => json!({"auth": {"transport": "Broken"}}),
        End::Api(Reply::Answer(answer)) => of_answer(vendor, answer),
        End::Api(Reply::Hang) => json!({"timeout": "Attempt"}),
        End::Api(Reply::HangOn) => json!({"timeout": "Call"}),
        End::Api(Reply::Reset | Reply::Raw(_)) => json!({"transport": "Broken"}),
    }
}

fn of_answer(vendor: Vendor, answer: &Answer) -> Value {
    let status = answer.status;
    let id = answer.get("opc-request-id");
    let is_broken = matches!(answer.framing, Framing::CutShort(_));
    if !is_success(status) {
        let kind = kind(vendor, answer);
        return json!({"api": {
            "status": status, "kind": kind, "raw": raw(&answer.body), "request_id": id,
            "truncated": is_broken,
        }});
    }
    match vendor {
        // Its body is ignored, and that it breaks off too.
        Vendor::Oracle => json!({"ok": {"status": status, "request_id": id, "body": null}}),
        _ if is_broken => json!({"transport": "Broken"}),
        Vendor::Databricks => match decoded(&answer.body) {
            Ok(body) => json!({"ok": {"status": status, "body": body}}),
            Err(pointer) => json!({"decode": {
                "status": status, "pointer": pointer, "raw": raw(&answer.body),
            }}),
        },
    }
}

/// The variant of the operation's error: by status, where the body is an error object.
fn kind(vendor: Vendor, answer: &Answer) -> &'static str {
    let body = serde_json::from_slice::<Value>(&answer.body).unwrap_or_default();
    let fits = |name: &str, required: bool| match body.get(name) {
        None | Some(Value::Null) => !required,
        Some(value) => value.is_string(),
    };
    let is_error = body.is_object()
        && match vendor {
            Vendor::Databricks => fits("error_code", false) && fits("message", false),
            Vendor::Oracle => fits("code", true) && fits("message", true),
        };
    match (answer.status, vendor) {
        _ if !is_error => "Other",
        (400, _) => "BadRequest",
        (401, _) => "Unauthorized",
        (404, _) => "NotFound",
        (500, _) => "InternalServerError",
        (_, Vendor::Databricks) => "Other",
        (409, _) => "Conflict",
        (429, _) => "TooManyRequests",
        _ => "Default",
    }
}

/// A credential configuration, or the pointer of what makes it none.
fn decoded(body: &[u8]) -> Result<Value, String> {
    /// What has to hold of the value at a pointer.
    type Check = (&'static str, fn(&Value) -> bool);
    let is_uuid = |value: &Value| {
        value.as_str().is_some_and(|text| text.len() == 36 && text.split('-').count() == 5)
    };
    let checks: [Check; 8] = [
        ("", Value::is_object),
        ("/credentials_id", is_uuid),
        ("/credentials_name", Value::is_string),
        ("/aws_credentials", Value::is_object),
        ("/aws_credentials/sts_role", Value::is_object),
        ("/aws_credentials/sts_role/role_arn", Value::is_string),
        ("/account_id", is_uuid),
        ("/creation_time", Value::is_i64),
    ];
    let mut body = serde_json::from_slice::<Value>(body).map_err(|_| String::new())?;
    for (pointer, holds) in checks {
        match body.pointer(pointer) {
            Some(Value::Null) if !pointer.is_empty() => remove(&mut body, pointer),
            Some(value) if !holds(value) => return Err(pointer.to_owned()),
            _ => {}
        }
    }
    Ok(body)
}

/// An optional property that is `null` is as good as absent.
fn remove(body: &mut Value, pointer: &str) {
    let (parent, name) = pointer.rsplit_once('/').unwrap_or_default();
    if let Some(Value::Object(entries)) = body.pointer_mut(parent) {
        entries.remove(name);
    }
}
