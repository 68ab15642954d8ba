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

#[test]
fn large_documents_build_as_a_whole_and_by_tag() {
    let large = target().join("large.yaml");
    std::fs::create_dir_all(target()).expect("a folder");
    std::fs::write(&large, large_document()).expect("the document");
    check("large", &large);
    for features in [
        "full",
        "all-operations",
        "errors",
        "lone",
        "webhooks",
        "überweisung",
        "mod",
        "field",
        "operation",
    ] {
        build("large", features);
    }
}

/// More operations than stand together, under tags that are named like modules of ours, one tag
/// whose only operation shares all that it has, and equal objects under several tags.
fn large_document() -> String {
    let mut text = String::from(
        "openapi: 3.1.0
info: {title: Large, version: '1'}
components:
  schemas:
    Fault: {type: object, properties: {why: {type: string}}}
  responses:
    Gone: {description: gone, content: {application/json: {schema: {$ref: '#/components/schemas/Fault'}}}}
webhooks:
  moved: {post: {requestBody: {content: {application/json: {schema: {type: object, properties: {to: {type: string}}}}}}}}
paths:
  /untagged/{described}:
    get:
      parameters:
        - {name: described, in: path, required: true, schema: {type: string}}
        - {name: q, in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}}
      responses: {'204': {description: ok}}
",
    );
    for index in 0..120 {
        let tag = match index {
            0 => "lone",
            1..60 => "errors",
            60..80 => "webhooks",
            80..82 => "Überweisung",
            82..84 => "mod",
            84..86 => "Field",
            86..88 => "operation",
            88..90 => "http",
            90..92 => "call",
            _ => "models",
        };
        let error =
            if index % 3 == 0 { "'410': {$ref: '#/components/responses/Gone'}" } else { "" };
        let body = if index % 3 == 1 { EQUAL } else { "" };
        text.push_str(&format!(
            "  /p{index}: {{post: {{operationId: op{index}, tags: [{tag}], {body} responses: {{'204': {{description: ok}}, {error}}}}}}}\n"
        ));
    }
    text
}

/// Objects in objects, without a name of their own.
const EQUAL: &str = "requestBody: {content: {application/json: {schema: {type: object, properties: {in: {type: object, properties: {why: {type: string, enum: [a, b]}}}}}}}},";

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
    build(name, "");
}

#[track_caller]
fn build(name: &str, features: &str) {
    let out = target().join(name);
    let built = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--no-default-features", "--offline", "--features", features])
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
