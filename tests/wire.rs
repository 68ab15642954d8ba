//! The generated clients on the wire: what they send, how often, when, and what they make of it.
//!
//! `scenarios` plays what stands in `tests/data`: what the vendors' own SDKs did, with each
//! deliberate difference and its reason, and scenarios of our own. `recordings` plays the
//! recordings of the SDKs themselves, where they are to be had; the variable RECORDINGS names
//! another folder of them. No test here waits.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

use std::path::PathBuf;

use generated::auth::BearerToken;
use generated::databricks::models::{CreateAwsCredentials, CreateCredentialRequest};
use generated::databricks::{self, Client};
use generated::{Error, oracle};
use serde_json::json;
use tests::support::check::play;
use tests::support::clock::{ATTEMPT, CALL, TestClock};
use tests::support::server::{Answer, Reply, Server};
use tests::support::signature::Key;
use tests::support::{block_on, recording, scenario, shared};

const ACCOUNT: &str = "f4b5c6d7-1234-4abc-9def-0123456789ab";

#[test]
fn scenarios() {
    #[track_caller]
    fn check(file: &str, least: usize) {
        let scenarios = scenario::read(file);
        assert!(scenarios.len() >= least, "{file} has lost scenarios");
        let mut report = Vec::new();
        for scenario in scenarios {
            let scenario::Scenario { name, call, replies, tokens, expected } = scenario;
            let problems = block_on(play(&call, replies, tokens, &expected));
            report.extend(problems.iter().map(|problem| format!("{name}: {problem}")));
        }
        assert!(report.is_empty(), "\n{}", report.join("\n"));
    }
    check("databricks.json", 36);
    check("databricks_more.json", 33);
    check("oracle.json", 37);
    check("oracle_more.json", 15);
}

#[test]
fn recordings() {
    let given = std::env::var_os("RECORDINGS").map(PathBuf::from);
    let Some(folder) = given.or_else(|| shared("recordings")) else {
        println!("not played: there is no ../shared/recordings, which only the project has");
        return;
    };
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_recording =
        |name: &str| name.ends_with(".json") && name != "index.json" && !name.contains("vectors");
    let mut files: Vec<_> = files
        .filter(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(is_recording))
        .collect();
    files.sort();
    let (mut played, mut report) = (0, Vec::new());
    for file in &files {
        let recording = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        let found = block_on(recording::report(&recording));
        match (&found.not_played, found.problems.is_empty()) {
            (Some(reason), _) => println!("{name}: not played: {reason}"),
            (None, true) => println!("{name}: passed {}", found.differs.join("; ")),
            (None, false) => report.push(format!("{name}: {}", found.problems.join("\n    "))),
        }
        played += usize::from(found.not_played.is_none());
    }
    let (all, passed) = (files.len(), played - report.len());
    println!("{all} recordings, {played} recordings played, {passed} passed");
    assert!(report.is_empty(), "\n{}", report.join("\n"));
}

fn created() -> Reply {
    Reply::Answer(Answer::new(201, "{}"))
}

async fn create(client: &Client) -> Result<u16, String> {
    let body = CreateCredentialRequest::new("credential_1", CreateAwsCredentials::new());
    let outcome = client.create_credential(ACCOUNT.parse().unwrap()).body(body).await;
    outcome.map(|response| response.status().as_u16()).map_err(|error| error.to_string())
}

#[test]
fn timeouts_that_nobody_set() {
    block_on(async {
        let clock = TestClock::new();
        let server = Server::start(&clock, vec![created()], Vec::new()).await;
        let client = Client::builder().base_url(server.url()).clock(clock.clone());
        let client = client.auth(BearerToken::new("hush")).build().unwrap();
        assert_eq!(create(&client).await, Ok(201));
        // The one within goes first.
        assert_eq!(clock.alarms(), [ATTEMPT, CALL]);
    });
}

#[test]
fn one_token_for_callers_that_come_together() {
    block_on(async {
        let clock = TestClock::new();
        let token = json!({"access_token": "tok-A", "token_type": "Bearer", "expires_in": 3600});
        let tokens = vec![Reply::Answer(Answer::new(200, token.to_string()))];
        let server = Server::start(&clock, vec![created()], tokens).await;
        let client = Client::builder().base_url(server.url()).clock(clock);
        let auth = databricks::client::oauth2("id", "secret", ACCOUNT);
        let client = client.auth_for("oauth2", auth).build().unwrap();
        let calls: Vec<_> = (0..5)
            .map(|_| {
                tokio::spawn({
                    let client = client.clone();
                    async move { create(&client).await }
                })
            })
            .collect();
        for call in calls {
            assert_eq!(call.await.unwrap(), Ok(201));
        }
        let requests = server.requests();
        let tokens = requests.iter().filter(|request| request.target.starts_with("/oidc/"));
        assert_eq!((tokens.count(), requests.len()), (1, 6));
    });
}

/// The schemes are alternatives: what there is a credential for is used, and without any nothing
/// is sent.
#[test]
fn credentials_by_scheme() {
    block_on(async {
        let clock = TestClock::new();
        let server = Server::start(&clock, vec![created()], Vec::new()).await;
        let builder = || Client::builder().base_url(server.url()).clock(clock.clone());
        let bearer = builder().auth_for("bearer", BearerToken::new("hush")).build().unwrap();
        assert_eq!(create(&bearer).await, Ok(201));
        let error = create(&builder().build().unwrap()).await.unwrap_err();
        assert!(error.contains("bearer or oauth2"), "{error}");
        assert_eq!(server.requests().len(), 1);
    });
}

/// A path in the base URL stays in front, and is signed with the rest.
#[test]
fn base_url_with_a_path() {
    block_on(async {
        let clock = TestClock::new();
        let server = Server::start(&clock, vec![created()], Vec::new()).await;
        let url = format!("{}/gateway/v1/", server.url());
        let client = oracle::Client::builder().base_url(url).clock(clock);
        let client = client.auth(Key::throw_away().signer()).build().unwrap();
        let body = json!({"displayName": "a", "type": "VAULT_REFERENCE",
            "credentialDetails": {"credentialType": "VAULT_REFERENCE", "secretId": "x"}});
        let body = serde_json::from_value(body).unwrap();
        client.create_credential("x").body(body).await.unwrap();
        let request = server.requests().remove(0);
        assert_eq!(request.target, "/gateway/v1/20260430/aiDataPlatforms/x/credentials");
        let problems = tests::support::signature::problems(&request, &Key::throw_away());
        assert!(problems.is_empty(), "{problems:?}");
    });
}

/// An error is of the operation's own type, with everything that came.
#[test]
fn an_error_as_its_user_sees_it() {
    block_on(async {
        let clock = TestClock::new();
        let body = r#"{"error_code":"NOT_FOUND","message":"gone","details":[1]}"#;
        let answer = Answer::new(404, body).header("x-databricks-request-id", "r-1");
        let server = Server::start(&clock, vec![Reply::Answer(answer)], Vec::new()).await;
        let client = Client::builder().base_url(server.url()).clock(clock);
        let client = client.auth(BearerToken::new("hush")).build().unwrap();
        let body = CreateCredentialRequest::new("credential_1", CreateAwsCredentials::new());
        let outcome = client.create_credential(ACCOUNT.parse().unwrap()).body(body).await;
        let error = outcome.unwrap_err();
        assert_eq!(error.to_string(), "HTTP 404 Not Found: NOT_FOUND: gone (request id r-1)");
        assert_eq!((error.request_id(), error.is_retryable()), (Some("r-1"), false));
        let Error::Api(error) = error else { panic!("{error}") };
        let databricks::client::CreateCredentialError::NotFound(body) = error.body() else {
            panic!("{error}")
        };
        assert_eq!(body.error_code.as_deref(), Some("NOT_FOUND"));
        assert_eq!(serde_json::to_value(body).unwrap()["details"], json!([1]));
    });
}
