//! Webhooks, callbacks and links: what the server sends becomes models, the rest stands in the docs.

use generator::diag::{Format, Sink, render};
use generator::output::Files as Output;
use generator::source::{Files, load_text};
use generator::{Input, Request, generate_loaded};

const EVENTS: &str = include_str!("../../tests/data/events.yaml");

/// The files that a document generates, without a word said.
#[track_caller]
fn generated(text: &str) -> Output {
    let (mut files, mut sink) = (Files::new(), Sink::new());
    let document = load_text("api.yaml", text, &Default::default(), &mut files, &mut sink);
    let output = document.and_then(|document| {
        let request = Request::single("api", Input::of("api.yaml".as_ref()));
        generate_loaded(&request, &[document], &Default::default(), &files, &mut sink)
    });
    assert_eq!(render(sink.as_slice(), &files, Format::Short), "");
    output.unwrap_or_default()
}

#[track_caller]
fn holds(files: &Output, path: &str, texts: &[&str]) {
    let file = files.get(path).map(String::as_str).unwrap_or_default();
    for text in texts {
        assert!(file.contains(text), "{path} has no `{text}`:\n{file}");
    }
}

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
    holds(&files, "Cargo.toml", &["\nsecond = []", "\nwebhooks = []"]);
    holds(&files, "src/models/mod.rs", &["#[cfg(feature = \"webhooks\")]\npub mod webhooks;"]);
    holds(&files, "src/models/webhooks_tag.rs", &["pub struct PetGonePayload"]);
}
