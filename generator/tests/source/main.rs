//! What the source stage makes of documents, and what it says about those that it refuses.

mod desugar;
mod faults;
mod paths;
mod references;
mod swagger;
mod text;

use generator::diag::{Format, Locate, Pointer, Sink, Target, render};
use generator::source::{Changes, Document, Files, load_text};

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n";

fn load(text: &str) -> (Option<Document>, Files, Sink) {
    let (mut files, mut sink) = (Files::new(), Sink::new());
    let document = load_text("api.yaml", text, &Changes::default(), &mut files, &mut sink).ok();
    (document, files, sink)
}

/// Loads `text` and compares all that is said, a line each.
#[track_caller]
fn says(text: &str, expected: &[&str]) {
    let (_, files, sink) = load(text);
    let said = render(sink.as_slice(), &files, Format::Short);
    assert_eq!(said.lines().collect::<Vec<_>>(), expected);
}

/// Loads a document whose schema `S` is `before`, and compares it with `after`, both YAML.
#[track_caller]
fn desugars(before: &str, after: &str) {
    let text = format!(
        "{HEAD}components: {{schemas: {{S: {before}, R: {{type: object}}, N: {{enum: [null]}}}}}}\n"
    );
    let (document, files, sink) = load(&text);
    let said = render(sink.as_slice(), &files, Format::Short);
    let components = document.and_then(|it| it.openapi.components).unwrap_or_default();
    let schema = components.schemas.get("S").map(serde_json::to_value);
    let schema = schema.and_then(Result::ok);
    let after: Option<serde_json::Value> = serde_yaml::from_str(after).ok();
    assert_eq!(schema, after, "{said}");
}

/// The source text of the place of a pointer into the finished document.
#[track_caller]
fn stands(text: &str, pointer: &str, expected: &str) {
    let (document, files, _) = load(text);
    let place = document.zip(Pointer::parse(pointer)).map(|(it, pointer)| it.place(&pointer));
    let text = place.and_then(|place| {
        let span = files.span(&place, Target::Value)?;
        files.text(place.file).get(span)
    });
    assert_eq!(text, Some(expected));
}

/// Loads `text` and compares the one thing that is said, without its line and column.
#[track_caller]
fn warns(text: &str, expected: &str) {
    let (_, files, sink) = load(text);
    let said = render(sink.as_slice(), &files, Format::Short);
    assert_eq!(said.trim_end().split_once(": ").map(|(_, said)| said), Some(expected));
}

/// Loads a document of one operation, and compares what is said and what stands at a pointer below it.
#[track_caller]
fn operation_reads(operation: &str, said: &[&str], pointer: &str, expected: &str) {
    let text = format!(
        "{HEAD}paths:\n  /a:\n    post: {operation}\ncomponents: {{schemas: {{Pet: {{type: object}}}}, responses: {{R: {{description: d}}}}}}\n"
    );
    let (document, files, sink) = load(&text);
    let all = render(sink.as_slice(), &files, Format::Short);
    assert_eq!(all.lines().count(), said.len(), "{all}");
    for said in said {
        assert!(all.contains(said), "no `{said}` in {all}");
    }
    let document = document.and_then(|it| serde_json::to_value(it.openapi).ok());
    let found = document.as_ref().and_then(|it| it.pointer("/paths/~1a/post")?.pointer(pointer));
    let expected: Option<serde_json::Value> = serde_yaml::from_str(expected).ok();
    assert_eq!(found, expected.as_ref(), "{all}");
}
