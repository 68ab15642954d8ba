//! Bodies of every kind, by the crate that is generated of `data/bodies.yaml`: `data/bodies.rs` makes
//! its calls, and checks the bytes that are sent and what comes of the answers.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on says why")]

use std::path::Path;
use std::process::Command;

use generator::diag::Sink;
use generator::{Input, Request, output};

const MANIFEST: &str = r#"[package]
name = "calls"
version = "0.1.0"
edition = "2024"

[workspace]

[dependencies]
bodies = { path = "../bodies", default-features = false }
bytes = "1"

[profile.dev]
debug = false
"#;

#[test]
fn bodies_are_sent_and_received() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bodies");
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/bodies.yaml");
    let request = Request::single("bodies", Input::of(&data).named("bodies"));
    let mut sink = Sink::new();
    let files = generator::generate(&request, &mut Default::default(), &mut sink);
    let files = files.unwrap_or_else(|_| panic!("{:?}", sink.as_slice()));
    assert!(sink.as_slice().is_empty(), "{:?}", sink.as_slice());
    output::write(&files, &folder.join("bodies")).expect("written");
    let calls = folder.join("calls");
    std::fs::create_dir_all(calls.join("src")).expect("a folder");
    std::fs::write(calls.join("Cargo.toml"), MANIFEST).expect("written");
    std::fs::write(calls.join("src/main.rs"), include_str!("data/bodies.rs")).expect("written");
    // The versions of this workspace: nothing else is downloaded.
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    std::fs::copy(lock, calls.join("Cargo.lock")).expect("the lock file");
    let run = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline"])
        .current_dir(&calls)
        // What the harness of the features is built of serves here too.
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("meaning/target"))
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .expect("cargo runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}
