//! A crate made by `crate` builds by itself, without a warning.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on says why"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use generator::diag::Sink;
use generator::{Input, Request, output};

/// A document that is named after everything a crate of ours uses itself.
const HOSTILE: &str = include_str!("data/hostile_names.yaml");

#[test]
fn crates_of_their_own_build_without_a_warning() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    check("databricks", &specs.join("databricks.yaml"));
    check("oracle", &specs.join("oracle.yaml"));
    check("events", &specs.join("../tests/data/events.yaml"));
    let hostile = target().join("hostile.yaml");
    std::fs::create_dir_all(target()).expect("a folder");
    std::fs::write(&hostile, HOSTILE).expect("the document");
    check("hostile", &hostile);
}

#[track_caller]
fn check(name: &str, document: &Path) {
    let out = target().join(name);
    let _ = std::fs::remove_dir_all(&out);
    let mut sink = Sink::new();
    let request = Request::single(name, Input::of(document).named(name));
    let files = generator::generate(&request, &mut Default::default(), &mut sink);
    let files = files.unwrap_or_else(|_| panic!("{:?}", sink.as_slice()));
    output::write(&files, &out).expect("written");
    // The versions of this workspace: nothing else is downloaded.
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    std::fs::copy(lock, out.join("Cargo.lock")).expect("the lock file");
    let built = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--no-default-features", "--offline"])
        .current_dir(&out)
        .env("CARGO_TARGET_DIR", target().join("target"))
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .expect("cargo runs");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
}

fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile")
}
