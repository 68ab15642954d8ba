//! Webhooks, callbacks and links: what the server sends becomes models, the rest stands in the docs.

mod support;

use generator::output::Files as Output;
use support::{generated, holds};

const EVENTS: &str = include_str!("../../tests/data/events.yaml");

#[test]
fn webhooks_name_what_they_carry() {
    let files = generated(EVENTS);
    holds(
        &files,
        "src/models/webhooks.rs",
        &[
            "pub type NewPet = super::Pet;",
            "pub type Pet = super::Pet;",
            "#[deprecated]\npub type PetGone = super::PetGonePayload;",
            "pub type Many = BTreeMap<String, Vec<super::Pet>>;",
            "/// The body of the webhook `newPet`, which comes by `POST`.",
            "/// Source: `#/webhooks/newPet/post`",
            "//! `GET ping` carries no JSON.",
        ],
    );
    holds(
        &files,
        "src/models.rs",
        &["pub mod webhooks;", "pub struct PetGonePayload", "pub enum PetGonePayloadWhy"],
    );
}

#[test]
fn callbacks_and_links_stand_in_the_docs() {
    let files = generated(EVENTS);
    holds(&files, "src/models.rs", &["pub struct SubscribeOnEventPayload"]);
    holds(
        &files,
        "src/client.rs",
        &[
            "/// # Callbacks",
            "/// - `onEvent`: the server sends `POST` to `{$request.body#/url}`, which carries `models::SubscribeOnEventPayload`: Something happened",
            "/// - `onPet`: the server sends `PUT` to `{$request.body#/url}/pets`, which carries `models::Pet`",
            "/// # What may follow",
            "/// - `Unsubscribe`: `unsubscribe`, with `id` from `$response.body#/id`: Ends it",
            "/// - `Elsewhere`: `other.yaml#/paths/~1a/get`, with `the body` from `$response.body`",
        ],
    );
}

/// A callback may reach itself through its own operation, as a component, a path item or an operation:
/// it is what it is, and others are as if it were not there.
#[test]
fn a_callback_may_have_itself_for_a_callback() {
    let files = generated(
        "openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /subscribe:
    post:
      responses: {'204': {description: ok}}
      callbacks:
        onStatus: {$ref: '#/components/callbacks/Status'}
        onLoop: {$ref: '#/components/callbacks/Loop'}
        onPath: {'{$url}/path': {$ref: '#/paths/~1subscribe'}}
        onPost: {'{$url}/post': {post: {$ref: '#/paths/~1subscribe/post'}}}
components:
  callbacks:
    Status:
      '{$url}/status': {post: {responses: {'200': {description: ok}}}}
    Loop:
      '{$url}/loop':
        post:
          responses: {'204': {description: Again}}
          callbacks: {again: {$ref: '#/components/callbacks/Loop'}}
",
    );
    let told = ["status", "loop", "path", "post"];
    let told = told.map(|it| format!("the server sends `POST` to `{{$url}}/{it}`"));
    holds(&files, "src/client.rs", &told.each_ref().map(String::as_str));
}

/// In a document that is split by tag, what only webhooks carry is compiled with a feature of theirs.
#[test]
fn webhooks_have_a_feature() {
    let operation = |index: usize| {
        let tag = if index < 60 { "first" } else { "second" };
        format!(
            "  /a{index}: {{get: {{tags: [{tag}], responses: {{'200': {{description: ok}}}}}}}}\n"
        )
    };
    let paths: String = (0..120).map(operation).collect();
    let (head, rest) = EVENTS.split_once("paths:\n").unwrap_or_default();
    let files = generated(&format!("{head}paths:\n{paths}{rest}"));
    holds(
        &files,
        "Cargo.toml",
        &[
            "\nall-operations = [\"first\", \"second\"]",
            "\nfull = [\"all-operations\", \"webhooks\"]",
            "\nsecond = []",
            "\nwebhooks = []",
        ],
    );
    holds(&files, "src/models/mod.rs", &["#[cfg(feature = \"webhooks\")]\npub mod webhooks;"]);
    let carried =
        "What its webhooks carry stands in `models::webhooks`, behind the feature `webhooks`.";
    holds(&files, "README.md", &[carried]);
    holds(&files, "src/models/webhooks_tag.rs", &["pub struct PetGonePayload"]);
}

/// A table without rows would say nothing; where the webhooks are is what a reader looks for.
#[test]
fn the_readme_leads_to_the_webhooks() {
    let head = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n";
    let webhooks = "webhooks: {made: {post: {requestBody: {content: {application/json: {schema: \
                    {type: object, properties: {a: {type: string}}}}}}}}}\n";
    let files = generated(&format!("{head}{webhooks}"));
    holds(
        &files,
        "README.md",
        &["\n## t\n\nWhat its webhooks carry stands in `models::webhooks`.\n"],
    );
    let readme = |files: &Output| files.get("README.md").cloned().unwrap_or_default();
    assert!(!readme(&files).contains("| call |"));
    let nothing = readme(&generated(&format!("{head}components: {{}}\n")));
    assert!(!nothing.contains("| call |") && !nothing.contains("## t"), "{nothing}");
}
