//! Independent judges of what the generated clients send: `cargo run -p tests --bin judge`.
//!
//! Two validators that others wrote check our requests against our documents: openapi-core
//! (Python) and express-openapi-validator (node), in the servers of `../shared/wirecheck`. What is
//! valid has to pass both; what is not, sent with `validate_requests(false)`, has to be refused.
//! Where a tool is missing, its part is left out with the reason, and that is no failure.
//!
//! `--python PATH` names an interpreter that has openapi-core, werkzeug and pyyaml, `--node PATH`
//! the node program, `--modules DIR` the `node_modules` with express, express-openapi-validator,
//! js-yaml and multer. The environment variables JUDGE_PYTHON, JUDGE_NODE and JUDGE_MODULES do the
//! same.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a tool of the project: it says what it found, and stops where it cannot go on"
)]

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::support::call::{Call, Vendor, outcomes};
use tests::support::clock::TestClock;
use tests::support::{block_on, shared};

/// A judge, and how it is started.
struct Judge {
    name: &'static str,
    program: String,
    script: &'static str,
    /// Succeeds where everything is installed.
    probe: [&'static str; 2],
    modules: Option<String>,
}

/// A request and the verdict that it deserves.
struct Case {
    name: &'static str,
    call: Call,
    is_valid: bool,
}

/// A judge at work; it ends when this goes away.
struct Running {
    child: Child,
    /// The judge's copy of the document.
    document: PathBuf,
    url: String,
}

fn main() -> ExitCode {
    if std::env::args().any(|argument| argument == "--help" || argument == "-h") {
        println!("judge [--python PATH] [--node PATH] [--modules DIR]\n");
        println!("Lets independent validators judge what the generated clients send.");
        return ExitCode::SUCCESS;
    }
    let Some(scripts) = shared("wirecheck") else {
        println!("skipped: there is no ../shared/wirecheck, which only the project has");
        return ExitCode::SUCCESS;
    };
    let (mut judged, mut wrong) = (0, 0);
    for judge in judges() {
        if let Err(reason) = judge.installed() {
            println!("{}: skipped: {reason}", judge.name);
            continue;
        }
        for (document, vendor) in
            [("databricks.yaml", Vendor::Databricks), ("oracle.yaml", Vendor::Oracle)]
        {
            let found = hear(&judge, &scripts, document, vendor);
            judged += found.len();
            wrong += found.into_iter().filter(|agrees| !agrees).count();
        }
    }
    println!("{judged} requests judged, {wrong} not as expected");
    if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn judges() -> [Judge; 2] {
    [
        Judge {
            name: "openapi-core",
            program: setting("python").unwrap_or_else(|| "python3".to_owned()),
            script: "oc.py",
            probe: ["-c", "import openapi_core, werkzeug, yaml"],
            modules: None,
        },
        Judge {
            name: "express-openapi-validator",
            program: setting("node").unwrap_or_else(|| "node".to_owned()),
            script: "eov.js",
            probe: [
                "-e",
                "['express', 'express-openapi-validator', 'js-yaml', 'multer'].map(require)",
            ],
            modules: setting("modules"),
        },
    ]
}

/// `--name VALUE`, or else the environment's JUDGE_NAME.
fn setting(name: &str) -> Option<String> {
    let mut arguments = std::env::args().skip_while(|argument| *argument != format!("--{name}"));
    let given = arguments.nth(1);
    given.or_else(|| std::env::var(format!("JUDGE_{}", name.to_uppercase())).ok())
}

impl Judge {
    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        if let Some(modules) = &self.modules {
            command.env("NODE_PATH", modules);
        }
        command
    }

    fn installed(&self) -> Result<(), String> {
        match self.command().args(self.probe).status() {
            Ok(status) if status.success() => Ok(()),
            Ok(_) => Err(format!("{} lacks what `{}` needs", self.program, self.probe[1])),
            Err(error) => Err(format!("{}: {error}", self.program)),
        }
    }

    /// Starts the judge and waits until it listens.
    fn start(&self, scripts: &Path, document: &str) -> Running {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(folder.join("../specs").join(document)).unwrap();
        // Names of schemes know no case, but openapi-core expects them in lower case.
        let text = text.replace("scheme: Signature", "scheme: signature");
        let name = format!("judged-{}-{}-{document}", self.script, std::process::id());
        let document = std::env::temp_dir().join(name);
        std::fs::write(&document, text).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = self.command();
        command.arg(scripts.join(self.script)).arg(&document).arg(port.to_string());
        let child = command.spawn().unwrap();
        let mut running = Running { child, document, url: format!("http://127.0.0.1:{port}") };
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if let Some(status) = running.child.try_wait().unwrap() {
                panic!("{} ended at once: {status}", self.name);
            }
            assert!(start.elapsed() < Duration::from_secs(60), "{} does not listen", self.name);
            std::thread::sleep(Duration::from_millis(50));
        }
        running
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_file(&self.document);
    }
}

/// Lets a judge judge every case of a document, and tells of each whether it was as expected.
fn hear(judge: &Judge, scripts: &Path, document: &str, vendor: Vendor) -> Vec<bool> {
    let running = judge.start(scripts, document);
    let mut agreements = Vec::new();
    for Case { name, mut call, is_valid } in cases(vendor) {
        call.validate = is_valid;
        let clock = TestClock::new();
        let outcome = block_on(outcomes(&call, &running.url, &clock, &mut String::new())).remove(0);
        let (verdict, said) = verdict(&outcome);
        let expected = if is_valid { "accepted" } else { "refused" };
        let mark = if verdict == expected { "ok" } else { "WRONG" };
        println!("{mark:5} {:25} {document:15} {name:32} {verdict:8} {said}", judge.name);
        agreements.push(verdict == expected);
    }
    agreements
}

/// What the judge made of a request, and a word of its reason.
fn verdict(outcome: &Value) -> (&'static str, String) {
    let reason = outcome["api"]["raw"].as_str().unwrap_or_default();
    let reason: String = reason.chars().filter(|char| !char.is_control()).take(110).collect();
    match (outcome.get("ok"), outcome["api"]["status"].as_u64()) {
        (Some(_), _) => ("accepted", String::new()),
        // 401 would say that the judge did not even look at the request.
        (None, Some(400 | 422)) => ("refused", reason),
        _ => ("failed", outcome.to_string()),
    }
}

fn cases(vendor: Vendor) -> Vec<Case> {
    match vendor {
        Vendor::Databricks => databricks(),
        Vendor::Oracle => [oracle_valid(), oracle_invalid()].into_iter().flatten().collect(),
    }
}

fn valid(name: &'static str, call: Call) -> Case {
    Case { name, call, is_valid: true }
}

fn invalid(name: &'static str, call: Call) -> Case {
    Case { name, call, is_valid: false }
}

fn databricks() -> Vec<Case> {
    let call = || Call::new(Vendor::Databricks);
    let role = json!({"sts_role": {"role_arn": "arn:aws:iam::111110000000:role/test_role"}});
    let name = |name: String| call().with("/credentials_name", json!(name));
    vec![
        valid("the least", call()),
        valid("a role", call().with("/aws_credentials", role)),
        valid("an empty role", call().with("/aws_credentials", json!({"sts_role": {}}))),
        valid("an unknown property", call().with("/new", json!([1]))),
        valid("the longest name", name("é".repeat(256))),
        valid("four characters beyond the BMP", name("👍".repeat(4))),
        invalid("a name of three characters", name("abc".to_owned())),
        invalid("a name of 257 characters", name("x".repeat(257))),
    ]
}

fn oracle_valid() -> Vec<Case> {
    let call = || Call::new(Vendor::Oracle);
    let vault = json!({"credentialType": "VAULT_REFERENCE", "secretId": "ocid1.vaultsecret"});
    let account = json!({"credentialType": "SERVICE_ACCOUNT", "userId": "u", "fingerprint": "f",
        "tenancy": "t", "region": "us-ashburn-1", "privateKey": "k", "isReadOnly": true});
    let headers = Call {
        request_id: Some("my-request_id-1".to_owned()),
        retry_token: Some("x".repeat(64)),
        update_recent: Some(true),
        ..call()
    };
    vec![
        valid("a secret token", call()),
        valid("no tokens at all", call().with("/credentialDetails/secretTokenPair", json!([]))),
        valid("a vault reference", details(vault, "VAULT_REFERENCE")),
        valid("a service account", details(account, "SERVICE_ACCOUNT")),
        valid("every header", headers),
        valid("should-update-recent: false", Call { update_recent: Some(false), ..call() }),
        valid("a description", call().with("/credentialDescription", json!("é ✓".repeat(85)))),
        valid("a namespace", call().with("/namespace", json!("user_settings"))),
        valid("a path value to encode", Call { path: "ocid1 é:&=+".to_owned(), ..call() }),
    ]
}

fn oracle_invalid() -> Vec<Case> {
    let call = || Call::new(Vendor::Oracle);
    let pair = |name: &str, value: Value| {
        call().with(&format!("/credentialDetails/secretTokenPair/0/{name}"), value)
    };
    vec![
        invalid("a name with a dash", call().with("/displayName", json!("a-b"))),
        invalid("an empty name", call().with("/displayName", json!(""))),
        invalid("an empty description", call().with("/credentialDescription", json!(""))),
        invalid("an unknown type", call().with("/type", json!("OTHER"))),
        invalid("an unknown namespace", call().with("/namespace", json!("other"))),
        invalid("unknown details", details(json!({"credentialType": "OTHER"}), "SECRET_TOKEN")),
        invalid("a key of 256 characters", pair("secretKey", json!("x".repeat(256)))),
        invalid("an empty secret", pair("secretValue", json!(""))),
        invalid("a token that is too long", Call { retry_token: Some("x".repeat(65)), ..call() }),
        invalid("a wrong request id", Call { request_id: Some("a.b".to_owned()), ..call() }),
    ]
}

fn details(details: Value, kind: &str) -> Call {
    Call::new(Vendor::Oracle).with("/credentialDetails", details).with("/type", json!(kind))
}
