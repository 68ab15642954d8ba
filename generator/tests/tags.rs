//! A document of many operations: what a tag needs is compiled with its feature, and nothing else.

use generator::diag::{Format, Sink, render};
use generator::output::Files as Output;
use generator::source::{Files, load_text};
use generator::{Input, Request, generate_loaded};

/// 120 operations, the last of which has the tag `second` and answers with a union whose variants
/// are told apart by rules alone.
fn document() -> String {
    let first = (1..120).map(|index| {
        format!(
            "  /a{index}: {{get: {{tags: [first], responses: {{'204': {{description: ok}}}}}}}}\n"
        )
    });
    format!(
        "openapi: 3.0.3
info: {{title: tags, version: '1'}}
paths:
{}  /b:
    get:
      tags: [second]
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: {{anyOf: [{{$ref: '#/components/schemas/Short'}}, {{$ref: '#/components/schemas/Long'}}]}}
components:
  schemas:
    Short: {{type: object, properties: {{name: {{type: string, maxLength: 5}}, note: {{type: string, nullable: true}}}}}}
    Long: {{type: object, properties: {{name: {{type: string, minLength: 5}}}}}}
    Left: {{type: object, properties: {{short: {{$ref: '#/components/schemas/Short'}}}}}}
",
        first.collect::<String>()
    )
}

fn generated() -> Output {
    let (mut files, mut sink) = (Files::new(), Sink::new());
    let document = load_text("api.yaml", &document(), &Default::default(), &mut files, &mut sink);
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
fn schemas_of_rules_stand_with_their_tag() {
    let files = generated();
    holds(
        &files,
        "src/models/schemas/mod.rs",
        &["#[cfg(feature = \"second\")]\nmod second;", "pub(crate) use second::*;"],
    );
    holds(
        &files,
        "src/models/schemas/second.rs",
        &["static SHORT: Schema", "(\"note\", Rule::STRING_OR_NULL)"],
    );
}

/// What no operation reaches may be made of what one does.
#[test]
fn what_nothing_reaches_brings_the_tags_it_needs() {
    let files = generated();
    holds(&files, "Cargo.toml", &["\nfirst = []", "\nunreached-models = [\"second\"]"]);
    holds(&files, "src/models/unreached.rs", &["use super::Short;", "pub struct Left"]);
}
