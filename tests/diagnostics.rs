//! What a user is told about a broken document, with its excerpt.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on says why"
)]

use generator::diag::{Format, Sink, render};
use generator::source::{self, Files};

#[track_caller]
fn check(name: &str, document: &str) {
    let mut files = Files::default();
    let mut sink = Sink::new();
    let outcome =
        source::load_text("specs/bad.yaml", document, &Default::default(), &mut files, &mut sink);
    assert!(outcome.is_err(), "{name} is broken");
    let rich = render(sink.as_slice(), &files, Format::Rich { color: false });
    let short = render(sink.as_slice(), &files, Format::Short);
    let json = render(sink.as_slice(), &files, Format::Json);
    assert!(!rich.contains('\u{1b}'), "no colours were asked for");
    for line in short.lines() {
        assert!(line.starts_with("specs/bad.yaml:"), "a place is missing: {line}");
    }
    for line in json.lines() {
        let said: serde_json::Value = serde_json::from_str(line).expect("a JSON object");
        assert!(said["line"].is_u64() && said["column"].is_u64(), "{line}");
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(format!("diagnostics__{name}"), format!("{document}\n-----\n{rich}\n-----\n{short}"));
    });
}

#[test]
fn broken_yaml() {
    check("broken_yaml", "openapi: 3.0.3\ninfo:\n  title: T\n   version: \"1\"\npaths: {}\n");
}

#[test]
fn dangling_reference() {
    check(
        "dangling_reference",
        r##"openapi: 3.0.3
info: {title: T, version: "1"}
paths:
  /pets:
    get:
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Pett"}
components:
  schemas:
    Pet: {type: object}
"##,
    );
}

#[test]
fn wrong_types() {
    check(
        "wrong_types",
        r#"openapi: 3.0.3
info: {title: T, version: "1"}
paths:
  /pets:
    get:
      parameters: none
      responses:
        "200": {description: ok}
components:
  schemas:
    Pet:
      type: object
      required: {name: true}
      properties: [name]
"#,
    );
}

#[test]
fn swagger_two() {
    check("swagger_two", "swagger: \"2.0\"\ninfo: {title: T, version: \"1\"}\npaths: {}\n");
}

#[test]
fn duplicate_key() {
    check(
        "duplicate_key",
        "openapi: 3.0.3\ninfo: {title: T, version: \"1\"}\npaths: {}\npaths: {}\n",
    );
}

#[test]
fn everything_at_once() {
    check(
        "everything_at_once",
        r##"openapi: 3.0.3
info: {title: T}
paths:
  /pets/{id}:
    get:
      operationId: pets
      parameters:
        - {name: id, in: cellar, required: true, schema: {type: string}}
      responses:
        "20x": {description: ok}
    put:
      operationId: pets
      responses:
        "200": {$ref: "#/components/responses/Missing"}
"##,
    );
}
