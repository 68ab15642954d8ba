//! What a document shows or asks for beside what it says of a type.

mod support;

use generator::diag::{Format, Sink, render};
use generator::source::{Files, load_text};
use generator::{Input, Request, generate_loaded};

/// Generates a document and compares its types and what is said.
#[track_caller]
fn check(text: &str, expected: &[&str], said: &[&str]) {
    let text = format!("openapi: 3.0.3\ninfo: {{title: shown, version: '1'}}\n{text}");
    let (mut files, mut sink) = (Files::new(), Sink::new());
    let document = load_text("api.yaml", &text, &Default::default(), &mut files, &mut sink);
    let request = Request::single("api", Input::of("api.yaml".as_ref()).named("api"));
    let documents: Vec<_> = document.into_iter().collect();
    let output = generate_loaded(&request, &documents, &Default::default(), &files, &mut sink);
    let all: String = output.unwrap_or_default().into_values().collect();
    for line in expected {
        assert!(all.contains(line), "no `{line}` in:\n{all}");
    }
    let lines = render(sink.as_slice(), &files, Format::Short);
    assert_eq!(lines.lines().collect::<Vec<_>>(), said);
}

#[test]
fn what_an_example_shows_to_be_no_uuid_is_a_string() {
    check(
        "
paths:
  /a:
    get:
      parameters:
        - {name: known, in: query, example: 00000000-0000-4000-8000-000000000000, schema: {type: string, format: uuid}}
        - {name: named, in: query, example: My group, schema: {type: string, format: uuid}}
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}, examples: {one: {$ref: '#/components/examples/One'}}}}
components:
  examples: {One: {value: {list: [x], inner: {id: y}}}}
  schemas:
    Thing:
      type: object
      properties:
        id: {type: string, format: uuid}
        own: {type: string, format: uuid, example: E1AF5EEC}
        list: {type: array, items: {type: string, format: uuid}}
        inner: {type: object, properties: {id: {type: string, format: uuid, nullable: true}}}
",
        &[
            "pub fn known(self, known: Uuid)",
            "pub fn named(self, named: impl Into<String>)",
            "pub id: Option<Uuid>,",
            "pub own: Option<String>,",
            "pub list: Option<Vec<String>>,",
            "pub id: Option<Option<String>>,",
        ],
        &[
            "api.yaml:21:14: warning[no-uuid]: `format: uuid`, but an example is no UUID (and at 3 other places) (at #/components/schemas/Thing/properties/own) — help: it is taken for any string; correct the one or the other",
        ],
    );
}

#[test]
fn json_that_is_a_file_is_bytes() {
    check(
        "
paths:
  /a:
    get:
      operationId: take
      responses:
        '200': {description: ok, content: {application/json: {schema: {type: string, format: binary}}, audio/mpeg: {schema: {type: string, format: binary}}}}
",
        &["pub fn take(&self) -> Call<Response<RawBytes>, TakeError>"],
        &[],
    );
}

#[test]
fn what_is_required_and_not_declared_is_told() {
    check(
        "
paths: {}
components:
  schemas:
    A: {type: object, required: [fiel], properties: {file: {type: string}}}
    # A base names what others declare.
    B: {type: object, required: [c]}
    C: {allOf: [{$ref: '#/components/schemas/B'}, {properties: {c: {type: string}}}]}
",
        &["pub fiel: Value,", "pub c: String,"],
        &[
            "api.yaml:7:33: warning[undeclared-required]: `required` asks for a property that is not declared (at #/components/schemas/A/required) — help: declare it, or correct its name; values without it are refused",
        ],
    );
}
