//! The recordings of the vendors' own SDKs, interpreted whatever they hold.
//!
//! A recording tells what an SDK sent, what it was answered and what it made of that. The same call
//! is made with our client and the same is answered. What it sends is compared with the recorded
//! request. How often it tries and what it makes of the answers is compared with `rules`, and the
//! rules with the recording: where the two part, there has to be a reason that is known here.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use generated::retry::RetryPolicy;
use serde_json::{Value, json};

use super::call::{Auth, Call, Vendor};
use super::check::{Expectation, play};
use super::rules::{ATTEMPTS, End, Prediction, outcome, predict};
use super::server::{Answer, Framing, Received, Reply};
use super::signature::{Key, parse, signed_text};
use super::{data, text};

/// What came of a recording.
#[derive(Default)]
pub struct Report {
    /// What is wrong.
    pub problems: Vec<String>,
    /// In what we differ from the SDK on purpose.
    pub differs: Vec<String>,
    /// Why it cannot be played.
    pub not_played: Option<String>,
}

/// Plays a recording.
pub async fn report(recording: &Value) -> Report {
    let recording = Recording::new(recording);
    match recording.call() {
        Ok(call) if recording.attempts.is_empty() && recording.auth_requests().is_none() => {
            refused_report(&call, &recording).await
        }
        Ok(call) => recording.play(call).await,
        Err(reason) => Report { not_played: Some(reason), ..Report::default() },
    }
}

/// In what our client parts from an SDK on purpose.
struct Difference {
    topics: Vec<Topic>,
    reason: &'static str,
}

/// What a difference is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Topic {
    /// What comes of the call.
    End,
    /// How many requests there are.
    Attempts,
    /// What is sent.
    Sent,
}

/// A recording, its requests sorted by what they are for.
struct Recording<'a> {
    json: &'a Value,
    vendor: Vendor,
    attempts: Vec<&'a Value>,
    tokens: Vec<&'a Value>,
}

impl<'a> Recording<'a> {
    fn new(json: &'a Value) -> Self {
        let is_oracle = text(&json["sdk"]).contains("oci");
        let vendor = if is_oracle { Vendor::Oracle } else { Vendor::Databricks };
        let (mut attempts, mut tokens) = (Vec::new(), Vec::new());
        let is_redirect = |request: &Value| {
            matches!(request["response_sent"]["status"].as_u64(), Some(301..=303 | 307 | 308))
        };
        let requests = json["requests"].as_array().into_iter().flatten();
        let mut was_redirected = false;
        for request in requests {
            // Only the SDK asks for metadata, and goes where a redirect leads.
            if std::mem::replace(&mut was_redirected, is_redirect(request)) {
                continue;
            }
            let target = text(&request["target"]);
            match request["method"].as_str() {
                Some("POST") if target.ends_with("/token") => tokens.push(request),
                Some("POST") if target.contains("/credentials") => attempts.push(request),
                _ => {}
            }
        }
        Self { json, vendor, attempts, tokens }
    }

    /// The answers for the token endpoint, if there is one in the recording.
    fn auth_requests(&self) -> Option<Vec<Reply>> {
        let is_oauth = self.json["scenario"].as_str().is_some_and(|name| name.contains("oauth"));
        match (self.tokens.is_empty(), is_oauth) {
            (false, _) => Some(self.tokens.iter().map(|request| self.reply(request)).collect()),
            // The SDK gave up before it asked: as everything else, the endpoint is not there.
            (true, true) => Some(vec![Reply::Answer(Answer::new(404, "{}"))]),
            (true, false) => None,
        }
    }

    /// What the caller asked of the SDK, as our client is asked for it.
    fn call(&self) -> Result<Call, String> {
        let first = self.attempts.first();
        let fallback = match self.vendor {
            Vendor::Databricks => data("databricks.json"),
            Vendor::Oracle => data("oracle.json"),
        };
        let body = match first {
            Some(request) => serde_json::from_str(&text(&request["body_utf8"]))
                .map_err(|error| format!("the recorded body is not JSON: {error}"))?,
            None => self.broken_body(fallback["named"]["request"].clone())?,
        };
        let path = match first.or(self.tokens.first()) {
            Some(request) => path_value(&text(&request["target"]))?,
            None if self.is_about_the_path() => String::new(),
            None => text(&fallback["call"]["path"]),
        };
        let never = self.json["retry"].as_str() == Some("none");
        let header = |name: &str| first.and_then(|request| header(request, name));
        let call = Call {
            vendor: self.vendor,
            path,
            body,
            auth: self.auth()?,
            request_id: header("opc-request-id").filter(|id| !is_made_up(id, 32)),
            retry_token: header("opc-retry-token").filter(|token| !is_made_up(token, 30)),
            update_recent: header("should-update-recent")
                .map(|flag| flag.eq_ignore_ascii_case("true")),
            retry: never.then(RetryPolicy::never),
            validate: true,
            times: self.json["outcome"]["returned"].as_array().map_or(1, Vec::len),
        };
        representable(&call).map(|()| call)
    }

    fn auth(&self) -> Result<Auth, String> {
        let first = self.attempts.first().and_then(|request| header(request, "authorization"));
        let basic = self.tokens.first().and_then(|request| header(request, "authorization"));
        if let Some(basic) = basic {
            let text = basic.strip_prefix("Basic ").and_then(|text| STANDARD.decode(text).ok());
            let text = text.and_then(|bytes| String::from_utf8(bytes).ok());
            let pair = text.as_deref().and_then(|text| text.split_once(':'));
            let (id, secret) = pair.ok_or("the client is not named by HTTP Basic")?;
            return Ok(Auth::OAuth { id: id.to_owned(), secret: secret.to_owned() });
        }
        match (self.vendor, first) {
            (Vendor::Oracle, _) => Ok(Auth::Signature),
            (_, Some(header)) if header.starts_with("Bearer ") => {
                Ok(Auth::Bearer(header["Bearer ".len()..].to_owned()))
            }
            _ => Ok(Auth::OAuth { id: "some-id".to_owned(), secret: "some-secret".to_owned() }),
        }
    }

    /// Where the SDK sent nothing, it says which property it did not like.
    fn broken_body(&self, mut body: Value) -> Result<Value, String> {
        let reason = self.json["outcome"]["raised"]["str"].as_str().unwrap_or_default();
        let property = reason.split('`').nth(1).unwrap_or_default();
        match (self.auth_requests(), reason.contains("must be") && !property.is_empty()) {
            (Some(_), _) => {}
            _ if self.is_about_the_path() => {}
            (None, true) => body[camel_case(property)] = json!("NOT_A_VALUE"),
            (None, false) => {
                return Err(format!("the SDK sent nothing ({reason}); our types do not allow it"));
            }
        }
        Ok(body)
    }

    /// Whether the SDK sent nothing because the path would have lacked a segment.
    fn is_about_the_path(&self) -> bool {
        let reason = self.json["outcome"]["raised"]["str"].as_str().unwrap_or_default();
        self.vendor == Vendor::Oracle && reason.contains("empty string")
    }

    fn reply(&self, request: &Value) -> Reply {
        let sent = &request["response_sent"];
        if sent["drop"] == json!(true) {
            return Reply::Reset;
        }
        let is_late = ["delay_s", "delay", "hang", "sleep"].iter().any(|key| {
            sent[key] == json!(true) || sent[key].as_f64().is_some_and(|seconds| seconds > 0.0)
        });
        let status = sent["status"].as_u64().filter(|status| *status > 0 && !is_late);
        let Some(status) = status else { return Reply::Hang };
        let body = self.response_body(sent);
        let promised = sent["content_length"].as_u64().unwrap_or_default();
        let missing = usize::try_from(promised).unwrap().saturating_sub(body.len());
        let mut answer = Answer::new(u16::try_from(status).unwrap(), body);
        answer.headers.clear();
        for (name, value) in sent["headers"].as_object().into_iter().flatten() {
            let value = value.as_str().map_or(value.to_string(), str::to_owned);
            answer = answer.header(name, &value);
        }
        Reply::Answer(if missing > 0 { answer.framed(Framing::CutShort(missing)) } else { answer })
    }

    /// Bytes that are not UTF-8 are recorded as Latin-1.
    fn response_body(&self, sent: &Value) -> Vec<u8> {
        let is_latin1 = self.json["scenario"].as_str().is_some_and(|name| name.contains("utf8"));
        match (sent["body_b64"].as_str(), sent["body"].as_str().unwrap_or_default()) {
            (Some(base64), _) => STANDARD.decode(base64).unwrap(),
            (None, text) if is_latin1 => {
                text.chars().map(|char| u8::try_from(u32::from(char)).unwrap()).collect()
            }
            (None, text) => text.as_bytes().to_vec(),
        }
    }

    async fn play(&self, mut call: Call) -> Report {
        let replies: Vec<_> = self.attempts.iter().map(|request| self.reply(request)).collect();
        let tokens = self.auth_requests();
        let most = if call.retry.is_some() { 1 } else { ATTEMPTS };
        let prediction = predict(self.vendor, most, call.times, &replies, tokens.as_deref());
        let outcomes = prediction.ends.iter().map(|end| self.outcome(end, &replies)).collect();
        let differs = self.differences(&call, &prediction);
        let mut report = Report::default();
        report.differs.extend(differs.iter().map(|difference| difference.reason.to_owned()));
        let expected = Expectation {
            attempts: prediction.attempts,
            token_requests: prediction.token_requests,
            waits: prediction.waits.clone(),
            target: target(&call),
            headers: self.headers(&call),
            outcomes,
            differs: report.differs.clone(),
        };
        report.problems.extend(self.own_problems(&call, &prediction, &differs));
        let violations = violations(&call);
        if !violations.is_empty() {
            let nothing = refusal(&violations, &expected.target);
            report.problems.extend(play(&call, Vec::new(), Vec::new(), &nothing).await);
            report.differs.push(format!("refused before sending: {violations:?}"));
            call.validate = false;
        }
        report.problems.extend(play(&call, replies, tokens.unwrap_or_default(), &expected).await);
        report
    }

    /// The headers that carry meaning, as the SDK sent them.
    fn headers(&self, call: &Call) -> Vec<(String, Option<String>)> {
        let first = self.attempts.first();
        let recorded = |name: &str| first.and_then(|request| header(request, name));
        let mut headers = BTreeMap::new();
        for name in ["accept", "content-type"] {
            headers.extend(recorded(name).map(|value| (name, Some(value))));
        }
        match self.vendor {
            Vendor::Databricks => {
                let tokens = self.attempts.iter().map(|request| header(request, "authorization"));
                let tokens: BTreeSet<_> = tokens.collect();
                // Where the SDK took another token half-way, ours may keep the first.
                if tokens.len() == 1 {
                    headers.insert("authorization", recorded("authorization"));
                }
            }
            Vendor::Oracle => {
                let flag = call.update_recent.map(|flag| flag.to_string());
                headers.insert("should-update-recent", flag);
            }
        }
        headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// What the rules say, with the code and the message that the SDK found in the same body.
    fn outcome(&self, end: &End, replies: &[Reply]) -> Value {
        let mut outcome = outcome(self.vendor, end);
        let raised = &self.json["outcome"]["raised"];
        let (Some(api), Some(Reply::Answer(last))) = (outcome.get_mut("api"), replies.last())
        else {
            return outcome;
        };
        let body = String::from_utf8_lossy(&last.body).into_owned();
        // What the SDK made up, or took over whole, is not compared.
        let json = serde_json::from_slice(&last.body).unwrap_or_default();
        let found = |text: &str| {
            let is_in = body.contains(text) || has_string(&json, text);
            !text.is_empty() && text != body && is_in
        };
        let code =
            [&raised["error_code"], &raised["code"]].into_iter().find(|code| !code.is_null());
        let code = code.map(|code| code.as_str().map_or(code.to_string(), str::to_owned));
        if let Some(code) = code.filter(|code| found(code)) {
            api["code"] = json!(code);
        }
        let message = raised["message"].as_str().or(raised["str"].as_str()).unwrap_or_default();
        let message = message.split(" Config:").next().unwrap_or_default();
        let bare = message.trim_end_matches('.');
        if let Some(message) = [message, bare].into_iter().find(|text| found(text)) {
            api["message"] = json!(message);
        }
        outcome
    }

    /// In what our client parts from the SDK, with the reason.
    fn differences(&self, call: &Call, prediction: &Prediction) -> Vec<Difference> {
        use Topic::{Attempts, End as Ending, Sent};
        let ends = &prediction.ends;
        let is_status = |statuses: &[u16]| {
            let last = |end: &End| match end {
                End::Api(Reply::Answer(answer)) => Some(answer.status),
                _ => None,
            };
            ends.iter().filter_map(last).any(|status| statuses.contains(&status))
        };
        let last = ends.last().map(|end| outcome(self.vendor, end)).unwrap_or_default();
        let is_fewer = prediction.attempts < self.attempts.len();
        let is_all = prediction.attempts == ATTEMPTS;
        let is_databricks = is_fewer && self.vendor == Vendor::Databricks;
        let broke = ends.iter().any(|end| matches!(end, End::Api(Reply::Reset | Reply::Hang)));
        let is_token = matches!(ends.last(), Some(End::Token(_)));
        let no_metadata = is_token && self.tokens.is_empty();
        let asked_again = is_token && prediction.token_requests > self.tokens.len();
        let slash = self.sent().is_some_and(|sent| sent != target(call)) && call.path.contains('/');
        let cut_success = is_fewer && self.vendor == Vendor::Oracle && last.get("ok").is_some();
        let all: [(bool, &[Topic], &str); 12] = [
            (cut_success, &[Attempts], "a success without a body may be cut short"),
            (is_status(&[301, 302, 303, 307, 308]), &[Ending], "redirects are refused"),
            (is_databricks && broke, &[Ending, Attempts], "a POST that broke is not repeated"),
            (is_databricks && is_status(&[500]), &[Ending, Attempts], "500 is not repeated"),
            (is_fewer && is_status(&[429, 503]) && !is_all, &[Ending, Attempts], "Retry-After"),
            (is_fewer && is_all, &[Ending, Attempts], "8 attempts are enough"),
            (last.get("decode").is_some(), &[Ending], "decoding is strict about structure"),
            (no_metadata, &[Attempts], "the token endpoint is the document's"),
            (asked_again && !no_metadata, &[Attempts], "the token endpoint is asked again"),
            (prediction.token_requests < self.tokens.len(), &[Attempts], "the token is kept"),
            (slash, &[Sent], "a slash in a path value is encoded"),
            (call.update_recent.is_some(), &[Sent], "booleans are `true` and `false`"),
        ];
        let held = all.into_iter().filter(|(holds, ..)| *holds);
        held.map(|(_, topics, reason)| Difference { topics: topics.to_vec(), reason }).collect()
    }

    /// Where the SDK sent the call.
    fn sent(&self) -> Option<String> {
        self.attempts.first().map(|request| text(&request["target"]))
    }

    fn returned(&self) -> bool {
        self.json["outcome"].get("returned").is_some()
    }

    /// Where the rules part from the recording without a reason, the rules are wrong.
    fn own_problems(
        &self,
        call: &Call,
        prediction: &Prediction,
        differs: &[Difference],
    ) -> Vec<String> {
        let mut problems = Vec::new();
        let is_told = |topic| differs.iter().any(|difference| difference.topics.contains(&topic));
        let outcomes: Vec<_> =
            prediction.ends.iter().map(|end| outcome(self.vendor, end)).collect();
        let is_ok = outcomes.iter().all(|outcome| outcome.get("ok").is_some());
        let recorded = &self.json["outcome"]["returned"];
        if !is_told(Topic::End) && is_ok != self.returned() {
            problems.push("the SDK came to another end, and there is no reason".to_owned());
        }
        if !is_told(Topic::Attempts)
            && (prediction.attempts, prediction.token_requests)
                != (self.attempts.len(), self.tokens.len())
        {
            problems.push("the SDK made another number of attempts, without a reason".to_owned());
        }
        for outcome in outcomes.iter().filter(|_| self.returned() && is_ok) {
            let recorded = if recorded.is_array() { &recorded[0] } else { recorded };
            let found =
                if self.vendor == Vendor::Oracle { &outcome["ok"] } else { &outcome["ok"]["body"] };
            problems.extend(missing(recorded, found));
        }
        let sent = self.sent().filter(|sent| *sent != target(call) && !is_told(Topic::Sent));
        if let Some(sent) = sent {
            problems.push(format!("the SDK sent {sent}"));
        }
        problems.extend(self.attempts.iter().flat_map(|request| signature_problems(request)));
        problems
    }
}

/// Whether one of the strings in a JSON value is `text`.
fn has_string(json: &Value, text: &str) -> bool {
    match json {
        Value::String(string) => string == text,
        Value::Array(items) => items.iter().any(|item| has_string(item, text)),
        Value::Object(entries) => entries.values().any(|entry| has_string(entry, text)),
        _ => false,
    }
}

/// A property that the SDK returned and we do not.
fn missing(recorded: &Value, found: &Value) -> Option<String> {
    let names = [
        "account_id",
        "credentials_id",
        "credentials_name",
        "aws_credentials/sts_role/role_arn",
        "creation_time",
        "status",
        "request_id",
    ];
    names.iter().find_map(|name| {
        let pointer = format!("/{name}");
        let (recorded, found) = (recorded.pointer(&pointer)?, found.pointer(&pointer));
        (Some(recorded) != found).then(|| format!("the SDK returned {name}: {recorded}"))
    })
}

/// The recorded signatures have to pass what ours are judged by.
fn signature_problems(request: &Value) -> Option<String> {
    let headers = request["headers"].as_array()?.iter();
    let headers = headers.map(|pair| (text(&pair[0]), text(&pair[1]))).collect();
    let request = Received {
        method: text(&request["method"]),
        target: text(&request["target"]),
        headers,
        body: Vec::new(),
        at: std::time::SystemTime::UNIX_EPOCH,
    };
    let parts = parse(request.header("authorization")?)?;
    let text = signed_text(&request, parts.get("headers")?);
    let verifies = Key::throw_away().verifies(&text, parts.get("signature")?);
    (!verifies).then(|| "the recorded signature does not pass our judge".to_owned())
}

/// A call that the SDK did not send, and that we refuse too.
async fn refused_report(call: &Call, recording: &Recording<'_>) -> Report {
    let violations = violations(call);
    let mut report = Report::default();
    if violations.is_empty() || recording.returned() {
        report.problems.push("the SDK sent nothing, and it is not known why".to_owned());
        return report;
    }
    let nothing = refusal(&violations, &target(call));
    report.problems = play(call, Vec::new(), Vec::new(), &nothing).await;
    report
}

fn refusal(violations: &[String], target: &str) -> Expectation {
    Expectation {
        attempts: 0,
        token_requests: 0,
        waits: Vec::new(),
        target: target.to_owned(),
        headers: Vec::new(),
        outcomes: vec![json!({"invalid": violations})],
        differs: Vec::new(),
    }
}

/// The rules of the documents that a recording may break.
fn violations(call: &Call) -> Vec<String> {
    let body = &call.body;
    let mut violations = Vec::new();
    if ["", ".", ".."].contains(&call.path.as_str()) {
        violations.push("path /aiDataPlatformId path-segment".to_owned());
    }
    let mut check = |pointer: &str, keyword: &str, holds: &dyn Fn(&str) -> bool| {
        if body.pointer(pointer).and_then(Value::as_str).is_some_and(|text| !holds(text)) {
            violations.push(format!("body {pointer} {keyword}"));
        }
    };
    let is_name = |text: &str| {
        text.starts_with(|first: char| first.is_ascii_alphabetic())
            && text.chars().all(|char| char.is_ascii_alphanumeric() || char == '_')
            && text.len() <= 255
    };
    let kinds = ["SECRET_TOKEN", "VAULT_REFERENCE", "SERVICE_ACCOUNT"];
    check("/credentials_name", "minLength", &|text| text.chars().count() >= 4);
    check("/credentials_name", "maxLength", &|text| text.chars().count() <= 256);
    check("/displayName", "minLength", &|text| !text.is_empty());
    check("/displayName", "maxLength", &|text| text.chars().count() <= 255);
    check("/displayName", "pattern", &is_name);
    check("/credentialDescription", "minLength", &|text| !text.is_empty());
    check("/credentialDescription", "maxLength", &|text| text.chars().count() <= 255);
    check("/type", "enum", &|text| kinds.contains(&text));
    check("/credentialDetails/secretTokenPair/0/secretKey", "minLength", &|text| !text.is_empty());
    check("/credentialDetails/secretTokenPair/0/secretValue", "minLength", &|text| {
        !text.is_empty()
    });
    check("/namespace", "enum", &|text| ["default", "user_settings"].contains(&text));
    violations
}

/// Whether our types can hold what the SDK was asked for.
fn representable(call: &Call) -> Result<(), String> {
    use generated::{databricks::models as databricks, oracle::models as oracle};
    let body = call.body.clone();
    let decoded = match call.vendor {
        Vendor::Databricks => {
            let account = json!({"account_id": call.path});
            serde_json::from_value::<databricks::CredentialConfiguration>(account)
                .map_err(|error| format!("our types do not allow the account: {error}"))?;
            serde_json::from_value::<databricks::CreateCredentialRequest>(body).map(drop)
        }
        Vendor::Oracle => {
            serde_json::from_value::<oracle::CreateDataLakeCredentialDetails>(body).map(drop)
        }
    };
    decoded.map_err(|error| format!("our types do not allow the body: {error}"))
}

fn header(request: &Value, name: &str) -> Option<String> {
    let mut headers = request["headers"].as_array()?.iter();
    let found = headers.find(|pair| text(&pair[0]).eq_ignore_ascii_case(name))?;
    Some(text(&found[1]))
}

/// Whether the SDK made this identifier: so many letters and digits.
fn is_made_up(id: &str, length: usize) -> bool {
    id.len() == length && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The path parameter: what stands behind the collection and before what follows it, decoded.
fn path_value(target: &str) -> Result<String, String> {
    let starts = ["/aiDataPlatforms/", "/accounts/"];
    let rest = starts.iter().find_map(|start| Some(target.split_once(start)?.1));
    let value = rest.and_then(|rest| {
        rest.strip_suffix("/credentials").or_else(|| rest.strip_suffix("/v1/token"))
    });
    let value = value.ok_or_else(|| format!("there is no parameter in {target}"))?;
    let value = percent_encoding::percent_decode_str(value).decode_utf8();
    value.map(String::from).map_err(|error| error.to_string())
}

/// Where a call goes: its path parameter is one segment, all but unreserved characters encoded.
fn target(call: &Call) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    let segment: String = call.path.bytes().map(encode).collect();
    match call.vendor {
        Vendor::Databricks => format!("/api/2.0/accounts/{segment}/credentials"),
        Vendor::Oracle => format!("/20260430/aiDataPlatforms/{segment}/credentials"),
    }
}

/// The SDK names a property in Python's way.
fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut name, word| {
        let (head, tail) = word.split_at(word.len().min(1));
        name.push_str(&head.to_uppercase());
        name.push_str(tail);
        name
    })
}
