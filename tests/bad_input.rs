//! Input that is wrong, from callers and from servers: refused before it is sent, or given back as
//! an error that has lost nothing. Never a panic, never a secret in what is printed.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

use std::fmt::Debug;

use generated::auth::{ApiKey, BasicAuth, BearerToken, OAuth2ClientCredentials};
use generated::databricks::models::CredentialConfiguration;
use generated::oracle::models::{
    CreateDataLakeCredentialDetails, CredentialDetails, SecretTokenCredentialDetails,
    SecretTokenPair, ServiceAccountCredentialDetails,
};
use generated::{CallOptions, Validate, databricks, oracle};
use serde_json::{Value, json};
use tests::support::call::{Auth, Call, Observed, Vendor, describe, listed, perform, raw};
use tests::support::clock::TestClock;
use tests::support::server::{Answer, Framing, Reply, Server};
use tests::support::signature::Key;
use tests::support::{block_on, transport};

const ACCOUNT: &str = "f4b5c6d7-1234-4abc-9def-0123456789ab";
const MEGABYTE: usize = 1 << 20;

fn played(call: &Call, reply: Reply) -> Observed {
    block_on(async {
        let clock = TestClock::new();
        let server = Server::start(&clock, vec![reply], Vec::new()).await;
        perform(call, &server, &clock).await
    })
}

/// A call that is refused for exactly these reasons, and of which the server hears nothing.
#[track_caller]
fn check_refused(call: &Call, expected: &[&str]) {
    let observed = played(call, Reply::Answer(Answer::new(200, "{}")));
    assert_eq!(observed.outcomes, [json!({"invalid": expected})], "{}", call.body);
    assert_eq!(observed.connections, 0);
    assert!(!observed.shown.contains("hush"), "{}", observed.shown);
}

/// A call that is sent as it is.
#[track_caller]
fn check_sent(call: &Call, target: &str) {
    let observed = played(call, Reply::Answer(Answer::new(200, "{}")));
    assert!(observed.outcomes[0].get("ok").is_some(), "{}", observed.outcomes[0]);
    assert_eq!(observed.requests[0].target, target);
    let body: Value = serde_json::from_slice(&observed.requests[0].body).unwrap();
    assert!(body == call.body, "another body was sent");
}

#[test]
fn bounds_of_databricks() {
    #[track_caller]
    fn check(name: &str, expected: &[&str]) {
        let call = Call::new(Vendor::Databricks).with("/credentials_name", json!(name));
        if expected.is_empty() {
            check_sent(&call, &format!("/api/2.0/accounts/{ACCOUNT}/credentials"));
        } else {
            check_refused(&call, expected);
        }
    }
    check("", &["body /credentials_name minLength"]);
    check("abc", &["body /credentials_name minLength"]);
    check("éé✓", &["body /credentials_name minLength"]);
    check("👩‍🚀", &["body /credentials_name minLength"]);
    check(&"x".repeat(257), &["body /credentials_name maxLength"]);
    check(&"é".repeat(257), &["body /credentials_name maxLength"]);
    check("abcd", &[]);
    check("👍👍👍👍", &[]);
    check(&"x".repeat(256), &[]);
    check(&"👍".repeat(256), &[]);
    check("\u{0}\u{1}\"\\", &[]);
}

const PAIR: &str = "/credentialDetails/secretTokenPair/0";

/// Each bound of Oracle's body, one at a time: where, what stands there, what it breaks.
fn oracle_violations() -> Vec<(String, Value, Vec<String>)> {
    let long = |length| json!("x".repeat(length));
    let at = |pointer: &str, value: Value, keywords: &[&str]| {
        let lines = keywords.iter().map(|keyword| format!("body {pointer} {keyword}"));
        (pointer.to_owned(), value, lines.collect())
    };
    let kind = "/credentialDetails/credentialType";
    vec![
        at("/displayName", json!(""), &["minLength", "pattern"]),
        at("/displayName", long(256), &["maxLength", "pattern"]),
        at("/displayName", json!("1a"), &["pattern"]),
        at("/displayName", json!("_a"), &["pattern"]),
        at("/displayName", json!("a-b"), &["pattern"]),
        at("/displayName", json!("a b"), &["pattern"]),
        at("/displayName", json!("é"), &["pattern"]),
        at("/displayName", json!("aé"), &["pattern"]),
        at("/displayName", json!("a\n"), &["pattern"]),
        at("/credentialDescription", json!(""), &["minLength"]),
        at("/credentialDescription", long(256), &["maxLength"]),
        at("/type", json!("OTHER"), &["enum"]),
        at("/type", json!(""), &["enum"]),
        at("/type", json!("secret_token"), &["enum"]),
        at("/namespace", json!("other"), &["enum"]),
        at("/namespace", json!(""), &["enum"]),
        at(kind, json!("OTHER"), &["discriminator"]),
        at(&format!("{PAIR}/secretKey"), json!(""), &["minLength"]),
        at(&format!("{PAIR}/secretKey"), long(256), &["maxLength"]),
        at(&format!("{PAIR}/secretValue"), json!(""), &["minLength"]),
    ]
}

#[test]
fn bounds_of_oracle_one_at_a_time() {
    #[track_caller]
    fn check((pointer, value, expected): (String, Value, Vec<String>)) {
        let call = Call::new(Vendor::Oracle).with(&pointer, value);
        let expected: Vec<_> = expected.iter().map(String::as_str).collect();
        check_refused(&call, &expected);
    }
    oracle_violations().into_iter().for_each(check);
}

#[test]
fn bounds_of_oracle_that_are_just_met() {
    #[track_caller]
    fn check(pointer: &str, value: Value) {
        let call = Call::new(Vendor::Oracle).with(pointer, value);
        check_sent(&call, "/20260430/aiDataPlatforms/ocid1.x/credentials");
    }
    check("/displayName", json!("a"));
    check("/displayName", json!("Z_9".repeat(85)));
    check("/credentialDescription", json!("é"));
    check("/credentialDescription", json!("👍".repeat(255)));
    check("/namespace", json!("default"));
    check("/namespace", json!("user_settings"));
    check("/credentialDetails/secretTokenPair", json!([]));
    check(&format!("{PAIR}/secretKey"), json!("é".repeat(255)));
    check(&format!("{PAIR}/secretValue"), json!("\n"));
}

#[test]
fn parameters_of_oracle() {
    #[track_caller]
    fn check(token: Option<&str>, id: Option<&str>, expected: &[&str]) {
        let mut call = Call::new(Vendor::Oracle);
        call.retry_token = token.map(str::to_owned);
        call.request_id = id.map(str::to_owned);
        if expected.is_empty() {
            check_sent(&call, "/20260430/aiDataPlatforms/ocid1.x/credentials");
        } else {
            check_refused(&call, expected);
        }
    }
    let long = "x".repeat(65);
    check(Some(""), None, &["header /opc-retry-token minLength"]);
    check(Some(&long), None, &["header /opc-retry-token maxLength"]);
    check(Some(&long[..64]), None, &[]);
    check(Some("a b"), None, &[]);
    check(None, Some(""), &["header /opc-request-id pattern"]);
    check(None, Some("a/b"), &["header /opc-request-id pattern"]);
    check(None, Some("a b"), &["header /opc-request-id pattern"]);
    check(None, Some("A-z_9"), &[]);
    for bad in ["a\r\nx: y", "a\n", "\ra", "a\0b", "é", "a\tb", " a", "a ", "\u{7f}", "\u{202e}"] {
        check(Some(bad), None, &["header /opc-retry-token header-value"]);
        check(None, Some(bad), &["header /opc-request-id pattern"]);
        // What no header can hold is refused also where nothing else is checked.
        let mut unchecked = Call { validate: false, ..Call::new(Vendor::Oracle) };
        unchecked.request_id = Some(bad.to_owned());
        check_refused(&unchecked, &["header /opc-request-id header-value"]);
    }
}

/// Everything wrong at once is told at once.
#[test]
fn all_bounds_of_oracle_at_once() {
    let mut call = Call::new(Vendor::Oracle);
    let mut expected = vec![
        "header /opc-request-id pattern".to_owned(),
        "header /opc-retry-token maxLength".to_owned(),
    ];
    // The last of the violations of each place; the details stay what they say they are.
    let mut last: Vec<(String, Value, Vec<String>)> = Vec::new();
    for violation in oracle_violations() {
        last.retain(|(pointer, ..)| *pointer != violation.0);
        last.push(violation);
    }
    last.retain(|(pointer, ..)| !pointer.ends_with("credentialType"));
    for (pointer, value, _) in &last {
        call = call.with(pointer, value.clone());
    }
    let order =
        ["/displayName", "/credentialDescription", "/type", "/credentialDetails", "/namespace"];
    last.sort_by_key(|(pointer, ..)| order.iter().position(|start| pointer.starts_with(start)));
    expected.extend(last.into_iter().flat_map(|(.., lines)| lines));
    call.request_id = Some("a b".to_owned());
    call.retry_token = Some("x".repeat(65));
    let expected: Vec<_> = expected.iter().map(String::as_str).collect();
    assert_eq!(expected.len(), 8);
    check_refused(&call, &expected);
    // Unchecked, it is sent all the same.
    call.validate = false;
    check_sent(&call, "/20260430/aiDataPlatforms/ocid1.x/credentials");
}

#[test]
fn path_values() {
    #[track_caller]
    fn check(path: &str, expected: Option<&str>) {
        for validate in [true, false] {
            let call = Call { path: path.to_owned(), validate, ..Call::new(Vendor::Oracle) };
            match expected {
                Some(segment) => {
                    let target = format!("/20260430/aiDataPlatforms/{segment}/credentials");
                    check_sent(&call, &target);
                }
                None => check_refused(&call, &["path /aiDataPlatformId path-segment"]),
            }
        }
    }
    check("", None);
    check(".", None);
    check("..", None);
    check("...", Some("..."));
    check("a/b", Some("a%2Fb"));
    check("../x", Some("..%2Fx"));
    check("%2e%2e", Some("%252e%252e"));
    check("%2E", Some("%252E"));
    check("..;x", Some("..%3Bx"));
    check("a\\b", Some("a%5Cb"));
    check("a?b#c&d=e", Some("a%3Fb%23c%26d%3De"));
    check("é✓ +", Some("%C3%A9%E2%9C%93%20%2B"));
    check("{aiDataPlatformId}", Some("%7BaiDataPlatformId%7D"));
    check("a\r\nHost: x\0", Some("a%0D%0AHost%3A%20x%00"));
    check("\u{202e}", Some("%E2%80%AE"));
    check(&"x".repeat(20_000), Some(&"x".repeat(20_000)));
}

/// Headers of the caller's own: refused where they cannot be sent, without their value.
#[test]
fn headers_of_the_caller() {
    #[track_caller]
    fn check(name: &str, value: &str, is_sent: bool) {
        let (outcome, shown, requests) = block_on(async {
            let clock = TestClock::new();
            let replies = vec![Reply::Answer(Answer::new(201, "{}"))];
            let server = Server::start(&clock, replies, Vec::new()).await;
            let client = databricks::Client::builder().base_url(server.url()).clock(clock);
            let client = client.auth(BearerToken::new("hush-token")).build().unwrap();
            let options = CallOptions::new().header(name, value);
            let body = serde_json::from_value(Call::new(Vendor::Databricks).body).unwrap();
            let call = client.create_credential(ACCOUNT.parse().unwrap()).body(body);
            let call = call.options(options);
            let mut shown =
                format!("{call:?} {:?}", call.dry_run().map(|preview| preview.to_string()));
            (describe(call.send().await, |_| None, &mut shown), shown, server.requests())
        });
        assert!(!shown.contains("hush"), "{shown}");
        if is_sent {
            assert_eq!(requests[0].header(name), Some(value));
        } else {
            let expected = format!("header /{} header-value", name.replace('/', "~1"));
            assert_eq!((outcome, requests.len()), (json!({"invalid": [expected]}), 0));
        }
    }
    check("x-trace", "hush 1", true);
    check("x-trace", "hush\r\nx: y", false);
    check("x-trace", "hush\0", false);
    check("x-trace", "hushé", false);
    check("x trace", "hush", false);
    check("x\r\ny", "hush", false);
    check("", "hush", false);
    check("é/", "hush", false);
}

/// Credentials that no header can hold are an error of their own, which does not tell them.
#[test]
fn credentials_that_cannot_be_sent() {
    #[track_caller]
    fn check(auth: Auth) {
        let call = Call { auth, ..Call::new(Vendor::Databricks) };
        let observed = played(&call, Reply::Answer(Answer::new(201, "{}")));
        assert_eq!(observed.outcomes, [json!({"auth": "unusable"})]);
        assert_eq!(observed.connections, 0);
        assert!(!observed.shown.contains("hush"), "{}", observed.shown);
    }
    for token in ["hush\r\nx: y", "hush\n", "hushé", "hush\0", ""] {
        check(Auth::Bearer(token.to_owned()));
    }
}

#[test]
fn a_request_of_fifty_megabytes() {
    let value = json!("x".repeat(50 * MEGABYTE));
    let call = Call::new(Vendor::Oracle).with(&format!("{PAIR}/secretValue"), value);
    check_sent(&call, "/20260430/aiDataPlatforms/ocid1.x/credentials");
}

/// Bodies that are not what the document says: (what, bytes, the pointer of the fault).
fn odd_bodies() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let deep = |open: &str, close: &str| {
        let (open, close) = (open.repeat(100_000), close.repeat(100_000));
        format!(r#"{{"x":{open}1{close}}}"#).into_bytes()
    };
    let text = |text: &str| text.as_bytes().to_vec();
    vec![
        ("empty", text(""), ""),
        ("white space", text(" \n"), ""),
        ("html", text("<html><title>Sorry</title></html>"), ""),
        ("text", text("upstream connect error"), ""),
        ("truncated", text(r#"{"credentials_name":"cred"#), "/credentials_name"),
        ("two values", text("{}{}"), ""),
        ("not utf-8", b"{\"credentials_name\":\"\xff\xfe\"}".to_vec(), "/credentials_name"),
        ("nothing but bytes", vec![0xff, 0xfe, 0x00], ""),
        ("byte order mark", b"\xef\xbb\xbf{}".to_vec(), ""),
        ("array", text("[]"), ""),
        ("number", text("5"), ""),
        ("string", text(r#""text""#), ""),
        ("wrong type", text(r#"{"credentials_name":5}"#), "/credentials_name"),
        (
            "wrong type within",
            text(r#"{"aws_credentials":{"sts_role":[]}}"#),
            "/aws_credentials/sts_role",
        ),
        ("no uuid", text(r#"{"account_id":"x"}"#), "/account_id"),
        ("float", text(r#"{"creation_time":1.5}"#), "/creation_time"),
        ("too large", text(r#"{"creation_time":9223372036854775808}"#), "/creation_time"),
        ("far too large", text(r#"{"creation_time":1e999}"#), "/creation_time"),
        ("lone surrogate", text(r#"{"credentials_name":"\ud800"}"#), "/credentials_name"),
        ("deep arrays", deep("[", "]"), "/x"),
        ("deep objects", deep(r#"{"a":"#, "}"), "/x"),
        ("deep and open", format!("{{\"x\":{}", "[".repeat(100_000)).into_bytes(), "/x"),
    ]
}

#[test]
fn success_bodies_that_do_not_decode() {
    #[track_caller]
    fn check((what, body, pointer): (&str, Vec<u8>, &str)) {
        let answer = Answer::new(201, body.clone());
        let observed = played(&Call::new(Vendor::Databricks), Reply::Answer(answer.clone()));
        let decode = &observed.outcomes[0]["decode"];
        assert_eq!(decode["status"], json!(201), "{what}: {}", observed.outcomes[0]);
        assert_eq!(decode["raw"], raw(&body), "{what}");
        let found = decode["pointer"].as_str().unwrap();
        assert!(found.starts_with(pointer), "{what}: {found}");
        assert!(observed.shown.len() < 60_000, "{what}: {} bytes are shown", observed.shown.len());
        // Where the document says of no body, none of this matters.
        let observed = played(&Call::new(Vendor::Oracle), Reply::Answer(answer));
        assert_eq!(observed.outcomes[0]["ok"]["status"], json!(201), "{what}");
    }
    odd_bodies().into_iter().for_each(check);
}

#[test]
fn error_bodies_are_never_lost() {
    #[track_caller]
    fn check(vendor: Vendor, (what, body, _): (&str, Vec<u8>, &str)) {
        for status in [300, 400, 401, 409, 599] {
            for framing in [Framing::Length, Framing::Chunked, Framing::Close, Framing::CutShort(9)]
            {
                if body.len() > 9_000 && framing == Framing::Chunked {
                    continue;
                }
                let answer = Answer::new(status, body.clone()).framed(framing);
                let observed = played(&Call::new(vendor), Reply::Answer(answer));
                let api = &observed.outcomes[0]["api"];
                assert_eq!(api["status"], json!(status), "{what}: {}", observed.outcomes[0]);
                assert_eq!(api["raw"], raw(&body), "{what}");
                assert_eq!(api["truncated"], json!(framing == Framing::CutShort(9)), "{what}");
            }
        }
    }
    for vendor in [Vendor::Databricks, Vendor::Oracle] {
        odd_bodies().into_iter().for_each(|body| check(vendor, body));
    }
}

/// What is larger than the bound is given back as far as the bound goes.
#[test]
fn responses_larger_than_the_bound() {
    #[track_caller]
    fn check(status: u16, size: usize, framing: Framing, kind: &str) {
        let outcome = block_on(async {
            let clock = TestClock::new();
            let body = format!("{{\"x\":\"{}\"}}", "y".repeat(size - 8));
            let answer = Answer::new(status, body).framed(framing);
            let server = Server::start(&clock, vec![Reply::Answer(answer)], Vec::new()).await;
            let client = databricks::Client::builder().base_url(server.url()).clock(clock);
            let client = client.transport(transport()).max_response_bytes(1000);
            let client = client.auth(BearerToken::new("hush-token")).build().unwrap();
            let body = serde_json::from_value(Call::new(Vendor::Databricks).body).unwrap();
            let outcome = client.create_credential(ACCOUNT.parse().unwrap()).body(body).await;
            describe(outcome, |body| Some(json!(body)), &mut String::new())
        });
        let found = &outcome[kind];
        assert_eq!(found["status"], json!(status), "{outcome}");
        if size > 1000 {
            assert_eq!(found["raw"].as_str().map(str::len), Some(1000), "{outcome}");
            assert_ne!(found["truncated"], json!(false));
        }
    }
    for framing in [Framing::Length, Framing::Chunked, Framing::Close] {
        check(201, 1000, framing, "ok");
        check(201, 1001, framing, "decode");
        check(201, 100_000, framing, "decode");
        check(400, 1000, framing, "api");
        check(400, 1001, framing, "api");
        check(500, 100_000, framing, "api");
    }
}

/// The default bound is 64 MiB.
#[test]
fn a_response_of_fifty_megabytes() {
    #[track_caller]
    fn check(size: usize, kind: &str) {
        let body = format!("{{\"credentials_name\":\"{}\"}}", "x".repeat(size - 23));
        let reply = Reply::Answer(Answer::new(201, body));
        let observed = played(&Call::new(Vendor::Databricks), reply);
        assert_eq!(observed.outcomes[0][kind]["status"], json!(201));
    }
    check(50 * MEGABYTE, "ok");
    check(64 * MEGABYTE + 1, "decode");
}

/// No HTTP at all, or hardly any.
#[test]
fn answers_that_are_no_http() {
    #[track_caller]
    fn check(bytes: &[u8], expected: Value) {
        let observed = played(&Call::new(Vendor::Databricks), Reply::Raw(bytes.to_vec()));
        assert_eq!(observed.outcomes, [expected], "{}", String::from_utf8_lossy(bytes));
    }
    let broken = || json!({"transport": "Broken"});
    check(b"", broken());
    check(b"\0\0\0\0", broken());
    check(b"hello\r\n\r\n", broken());
    check(b"HTTP/1.1 2000 OK\r\n\r\n", broken());
    check(b"HTTP/1.1 201 Created\r\ncontent-length: -1\r\n\r\n{}", broken());
    check(b"HTTP/1.1 201 Created\r\ncontent-le", broken());
    check(b"HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}", broken());
    check(b"HTTP/1.1 201 Created\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}", broken());
    check(&[b"HTTP/1.1 201 Created\r\nx: ", "y".repeat(MEGABYTE).as_bytes()].concat(), broken());
    let created = json!({"ok": {"status": 201, "request_id": null, "body": {}}});
    check(b"HTTP/1.0 201\r\n\r\n{}", created.clone());
    check(
        b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 201 Created\r\ncontent-length: 2\r\n\r\n{}",
        created,
    );
}

/// Headers of a response that are not text are none, and no failure.
#[test]
fn response_headers_that_are_not_text() {
    let mut bytes =
        b"HTTP/1.1 200 OK\r\nopc-request-id: \xff\xfe\r\ncontent-length: 0\r\n\r\n".to_vec();
    let observed = played(&Call::new(Vendor::Oracle), Reply::Raw(bytes.clone()));
    assert_eq!(
        observed.outcomes[0]["ok"],
        json!({"status": 200, "request_id": null, "body": null})
    );
    bytes.splice(9..15, *b"429 no");
    let observed = played(&Call::new(Vendor::Oracle), Reply::Raw(bytes));
    assert_eq!(observed.outcomes[0]["api"]["request_id"], json!(null), "{}", observed.outcomes[0]);
}

/// A server that bends its own document breaks nobody, unless asked.
#[test]
fn responses_are_validated_when_asked() {
    #[track_caller]
    fn check(body: &'static str, on: bool, expected: Value) {
        let outcome = block_on(async {
            let clock = TestClock::new();
            let replies = vec![Reply::Answer(Answer::new(201, body))];
            let server = Server::start(&clock, replies, Vec::new()).await;
            let client = databricks::Client::builder().base_url(server.url()).clock(clock);
            let client = client.transport(transport()).validate_responses(on);
            let client = client.auth(BearerToken::new("hush-token")).build().unwrap();
            let body = serde_json::from_value(Call::new(Vendor::Databricks).body).unwrap();
            let outcome = client.create_credential(ACCOUNT.parse().unwrap()).body(body).await;
            describe(outcome, |_| None, &mut String::new())
        });
        assert_eq!(outcome, expected);
    }
    let ok = json!({"ok": {"status": 201, "request_id": null, "body": null}});
    let broken = json!({"invalid_response": {"status": 201, "raw": r#"{"credentials_name":"x"}"#,
        "violations": ["body /credentials_name minLength"]}});
    check(r#"{"credentials_name":"x"}"#, false, ok.clone());
    check(r#"{"credentials_name":"x"}"#, true, broken);
    check(r#"{"credentials_name":"name","new":1}"#, true, ok);
}

/// Violations of models that no builder makes, found by `validate` alone.
#[test]
fn models_that_contradict_themselves() {
    #[track_caller]
    fn check(model: &(impl Validate + Debug), expected: &[&str]) {
        let found = model.validate().map_or_else(|violations| listed(&violations), |()| Vec::new());
        assert_eq!(found, expected);
        let shown = format!(
            "{model:?} {:?} {:?}",
            model.validate(),
            model.validate().map_err(|e| e.to_string())
        );
        assert!(!shown.contains("hush"), "{shown}");
    }
    let pair = || SecretTokenPair::new("key", "hush");
    let mut details = SecretTokenCredentialDetails::new(vec![pair(), pair()]);
    check(&details, &[]);
    details.credential_type = "VAULT_REFERENCE".into();
    details.secret_token_pair[1].secret_value.clear();
    check(
        &details,
        &["body /credentialType const", "body /secretTokenPair/1/secretValue minLength"],
    );
    // Of a secret not even the length is told.
    let violations = details.validate().unwrap_err();
    let found: Vec<_> = violations.iter().map(|violation| violation.found.is_some()).collect();
    assert_eq!(found, [true, false], "{violations}");
    let unknown = CredentialDetails::Unknown(json!({"credentialType": "NEW", "value": "hush"}));
    check(&unknown, &["body /credentialType discriminator"]);
    let configuration =
        CredentialConfiguration { credentials_name: Some("é".to_owned()), ..Default::default() };
    check(&configuration, &["body /credentials_name minLength"]);
    check(
        &CreateDataLakeCredentialDetails::new("a", "SECRET_TOKEN".into(), unknown),
        &["body /credentialDetails/credentialType discriminator"],
    );
}

/// Whatever prints itself prints no secret.
#[test]
fn secrets_are_never_shown() {
    #[track_caller]
    fn check(value: &dyn Debug) {
        let shown = format!("{value:?}\n{value:#?}");
        assert!(!shown.contains("hush") && !shown.contains("aHVzaA"), "{shown}");
    }
    let account = ServiceAccountCredentialDetails::new("u", "f", "t", "r", "hush", true);
    let mut pair = SecretTokenPair::new("key", "hush");
    pair.unknown_fields.insert("secretNote", json!("hush"));
    let details = CredentialDetails::from(SecretTokenCredentialDetails::new(vec![pair.clone()]));
    let body = CreateDataLakeCredentialDetails::new("name", "SECRET_TOKEN".into(), details.clone());
    check(&account);
    check(&CredentialDetails::from(account.clone()));
    check(&pair);
    check(&details);
    check(&body);
    check(&BearerToken::new("hush"));
    check(&BasicAuth::new("user", "hush"));
    check(&ApiKey::header("x-key", "hush"));
    check(&ApiKey::query("key", "hush"));
    check(&ApiKey::cookie("key", "hush"));
    check(&OAuth2ClientCredentials::new("/token", "id", "hush"));
    check(&databricks::client::oauth2("id", "hush", ACCOUNT));
    check(&CallOptions::new().header("x-key", "hush"));
    let builder = || databricks::Client::builder().auth(BearerToken::new("hush"));
    check(&builder());
    check(&builder().auth_for("oauth2", databricks::client::oauth2("id", "hush", ACCOUNT)));
    check(&builder().build().unwrap());
    let client = oracle::Client::builder().auth(Key::throw_away().signer()).build().unwrap();
    let call =
        client.create_credential("x").body(body).options(CallOptions::new().header("k", "hush"));
    check(&call);
    check(&call.dry_run().unwrap());
    check(&call.dry_run().unwrap().to_string());
    check(&call.send());
}
