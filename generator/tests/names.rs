//! Names: what a place of the document is called is the document's own affair, whatever else it
//! comes to hold.

use std::collections::BTreeSet;

mod support;

use generator::diag::{Format, Sink, render};
use generator::names::package;
use generator::source::{Files, load_text};
use generator::{Input, Request, Target, generate_loaded};
use support::generated;

/// A document with these schemas, and an operation that answers with two of them.
fn document(schemas: &[&str]) -> String {
    let all = ["Order", "Bill"]
        .map(|name| format!("\n                  {{$ref: '#/components/schemas/{name}'}}"));
    format!(
        "openapi: 3.0.3
info: {{title: names, version: '1'}}
paths:
  /orders:
    get:
      operationId: find
      parameters:
        - {{name: state, in: query, schema: {STATE}}}
      responses:
        '200':
          description: found
          content:
            application/json:
              schema: {{anyOf: [{}]}}
        '201':
          description: made
          content:
            application/json:
              schema: {{type: object, properties: {{buyer: {BUYER}}}}}
        '404':
          description: none
          content:
            application/json:
              schema: {{type: object, properties: {{buyer: {BUYER}}}}}
components:
  schemas:
{}",
        all.join(","),
        schemas.concat()
    )
}

const STATE: &str = "{type: string, enum: [open, done]}";
const BUYER: &str = "{type: object, required: [name], properties: {name: {type: string}, state: {type: string, enum: [open, done]}}}";

fn holder(name: &str, property: &str) -> String {
    format!(
        "    {name}: {{type: object, required: [{property}], properties: {{{property}: {BUYER}, state: {STATE}}}}}\n"
    )
}

/// The public types of the models that a document generates.
#[track_caller]
fn types(text: &str) -> BTreeSet<String> {
    let output = generated(text);
    let models = output.get("src/models.rs").map(String::as_str).unwrap_or_default();
    let items = ["pub struct ", "pub enum ", "pub type "];
    let names = models.lines().filter_map(|line| {
        let rest = items.iter().find_map(|item| line.strip_prefix(item))?;
        rest.split(|char: char| !char.is_alphanumeric()).next()
    });
    names.map(str::to_owned).collect()
}

#[test]
fn equal_types_have_the_name_of_each_place() {
    let types = types(&document(&[&holder("Order", "buyer"), &holder("Bill", "payer")]));
    for name in [
        "Order",
        "OrderBuyer",
        "OrderBuyerState",
        "OrderState",
        "Bill",
        "BillPayer",
        "BillPayerState",
        "BillState",
        "FindState",
        "FindCreatedResponseBuyer",
        "FindNotFoundErrorBuyer",
    ] {
        assert!(types.contains(name), "no {name} in {types:?}");
    }
}

#[test]
fn another_schema_takes_no_name_away() {
    let before = types(&document(&[&holder("Order", "buyer"), &holder("Bill", "payer")]));
    let component = format!("    Aaa: {BUYER}\n");
    for added in [&holder("Aaa", "buyer"), &component] {
        for place in 0..3 {
            let (order, bill) = (holder("Order", "buyer"), holder("Bill", "payer"));
            let mut schemas = vec![order.as_str(), &bill];
            schemas.insert(place, added);
            let after = types(&document(&schemas));
            let lost: Vec<_> = before.difference(&after).collect();
            assert!(lost.is_empty(), "with {added}: no {lost:?} in {after:?}");
        }
    }
}

/// `lib.rs` of a crate with an empty document of each of these names.
#[track_caller]
fn root_of(names: &[&str]) -> String {
    let text = "{openapi: 3.0.3, info: {title: t, version: '1'}, paths: {}}";
    let (mut files, mut sink) = (Files::new(), Sink::new());
    let mut documents = Vec::new();
    for name in names {
        documents.extend(load_text(name, text, &Default::default(), &mut files, &mut sink).ok());
    }
    let inputs = names.iter().map(|name| Input::of(format!("specs/{name}.yaml").as_ref()));
    let request = Request {
        package: "generated".to_owned(),
        target: Target::Workspace,
        inputs: inputs.collect(),
        settings: None,
        root: None,
    };
    let output = generate_loaded(&request, &documents, &Default::default(), &files, &mut sink);
    assert_eq!(render(sink.as_slice(), &files, Format::Short), "");
    output.unwrap_or_default().remove("src/lib.rs").unwrap_or_default()
}

#[test]
fn a_document_may_be_called_after_a_keyword() {
    let root = root_of(&["box", "type", "größe"]);
    for text in [
        "//! - [`box`], t\n",
        "pub mod r#box;\n",
        "pub mod r#type;\n",
        "#[path = \"größe/mod.rs\"]\n#[rustfmt::skip]\npub mod größe;\n",
    ] {
        assert!(root.contains(text), "no `{text}` in:\n{root}");
    }
}

/// What a line of the models or of the client of a document must hold, as an OpenAPI 3.0 text
/// behind its head.
#[track_caller]
fn holds(text: &str, expected: &[&str]) {
    let text = format!("openapi: 3.0.3\ninfo: {{title: names, version: '1'}}\n{text}");
    let output = generated(&text);
    let all: String = output
        .iter()
        .filter(|(path, _)| !path.contains("runtime"))
        .map(|(path, text)| format!("==> {path}\n{text}"))
        .collect();
    for text in expected {
        assert!(all.contains(text), "no `{text}` in:\n{all}");
    }
}

#[test]
fn letters_of_one_case_keep_to_the_case_that_rust_asks_for() {
    holds(
        "
paths:
  /a: {get: {operationId: 𝐀, responses: {200: {description: ok}}}}
components:
  schemas:
    ª: {type: string, enum: [ℓ, aª]}
    P: {type: object, properties: {𝐀: {type: string}, nº: {type: string}, a ² b: {type: string}}}
",
        &[
            "pub enum Modelª {",
            "    Valueℓ,",
            "    Aª,",
            "pub u1d400: Option<String>",
            "pub nº: Option<String>",
            "pub a_b: Option<String>",
            "pub fn u1d400(&self)",
            "#![allow(uncommon_codepoints",
            "#![allow(confusable_idents",
            "#![allow(mixed_script_confusables",
        ],
    );
}

#[test]
fn names_of_methods_and_types_are_kept_where_only_a_lint_minds() {
    let parameter = |name: &str| format!("{{name: {name}, in: query, schema: {{type: string}}}}");
    holds(
        &format!(
            "
paths:
  /a: {{get: {{operationId: cmp, parameters: [{}, {}], responses: {{200: {{description: ok}}}}}}}}
components:
  schemas:
    New: {{type: object, required: [a], properties: {{a: {{type: string}}}}}}
",
            parameter("sub"),
            parameter("not")
        ),
        &[
            "pub fn cmp(&self)",
            "pub fn sub(self, sub: impl Into<String>)",
            "pub fn not(self,",
            "pub struct New {",
            "#![allow(clippy::should_implement_trait,",
            "#![allow(clippy::self_named_constructors,",
        ],
    );
}

#[test]
fn a_document_may_be_called_after_what_stands_at_the_root() {
    let root = root_of(&["http", "uuid", "url", "lib", "main", "bin", "serde", "tokio"]);
    for name in
        ["http_api", "uuid_api", "url_api", "lib_api", "main_api", "bin_api", "serde", "tokio"]
    {
        assert!(root.contains(&format!("pub mod {name};\n")), "no {name} in:\n{root}");
    }
    for name in ["http", "http-body", "serde", "serde_json", "tokio", "tower-service", "test"] {
        assert_eq!(package(name), format!("{}_api", name.replace('-', "_")));
    }
    assert_eq!(package("petstore"), "petstore");
}

#[test]
fn names_are_short_enough_for_files() {
    let long = "word ".repeat(150);
    let long = long.trim_end();
    let word = "word_".repeat(24);
    let word = word.trim_end_matches('_');
    let camel = "Word".repeat(30);
    let chain = |inner: &str| format!("{{type: object, properties: {{'{long}': {inner}}}}}");
    holds(
        &format!(
            "
paths:
  /a: {{get: {{operationId: '{long}', responses: {{404: {{description: ok}}}}}}}}
  /b: {{get: {{operationId: '{long} b', responses: {{405: {{description: ok}}}}}}}}
components:
  schemas:
    '{long}': {}
",
            chain(&chain(&chain("{type: string}")))
        ),
        &[
            &format!("==> examples/api_{word}.rs\n"),
            &format!("==> examples/api_{word}_2.rs\n"),
            &format!("pub fn {word}("),
            &format!("pub fn {word}_2("),
            &format!("pub enum {}Error {{", "Word".repeat(24)),
            &format!("pub struct {camel} {{\n"),
            &format!("pub struct {} {{\n", "Word".repeat(40)),
            &format!("pub struct {}2 {{\n", "Word".repeat(40)),
        ],
    );
}

#[test]
fn a_tag_that_starts_with_a_digit_is_shared() {
    let operation = |index: usize| {
        let tag = if index < 60 { "Auth" } else { "2FA" };
        let to = "content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}";
        format!(
            "  /a{index}: {{get: {{tags: [{tag}], responses: {{200: {{description: ok, {to}}}}}}}}}\n"
        )
    };
    let operations: String = (0..120).map(operation).collect();
    let a = "components: {schemas: {A: {type: object, properties: {a: {type: string}}}}}";
    holds(&format!("paths:\n{operations}{a}\n"), &["mod _2fa;", "mod auth_and_2fa;"]);
}

#[test]
fn an_example_may_take_what_is_deprecated_or_oddly_called() {
    holds(
        "
paths:
  /a: {post: {operationId: a, requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Größe'}}}}, responses: {200: {description: ok}}}}
components: {schemas: {Größe: {type: object, deprecated: true, properties: {a: {type: string}}}}}
",
        &[
            "rustfmt_skip)]\n#![allow(deprecated, reason = \"the call takes what is deprecated\")]\n#![allow(confusable_idents,",
        ],
    );
}

/// Names of what generated code is made of itself.
#[test]
fn a_schema_keeps_its_name_beside_what_the_runtime_is_called() {
    let names = [
        "BTreeMap",
        "Bytes",
        "Error",
        "FilePart",
        "Map",
        "Model",
        "Null",
        "Rest",
        "Rule",
        "Schema",
        "Shape",
        "Slot",
        "UnknownFields",
        "Uuid",
        "Validate",
        "Value",
        "View",
    ];
    let mut text = String::from("paths: {}\ncomponents:\n  schemas:\n");
    for name in names {
        text.push_str(&format!("    {name}: {{type: object}}\n"));
    }
    text.push_str(
        "    Holder: {type: object, properties: {id: {type: string, format: uuid}, any: {}, \
         of: {type: object, additionalProperties: {}}}}\n",
    );
    let structs = names.map(|name| format!("pub struct {name} {{"));
    let mut expected: Vec<&str> = structs.iter().map(String::as_str).collect();
    expected.extend([
        "pub id: Option<uuid::Uuid>,",
        "pub any: Option<serde_json::Value>,",
        "pub of: Option<std::collections::BTreeMap<String, serde_json::Value>>,",
        "pub unknown_fields: crate::runtime::unknown::UnknownFields,",
    ]);
    holds(&text, &expected);
    // Those of the prelude are everyone's.
    holds(
        "paths: {}\ncomponents: {schemas: {Option: {type: object}}}",
        &["pub struct OptionModel {"],
    );
}

#[test]
fn errors_of_several_operations_are_called_after_their_statuses() {
    let fault = "content: {application/json: {schema: {$ref: '#/components/schemas/Fault'}}}";
    let text = format!(
        "paths:
  /a: {{get: {{operationId: a, responses: {{404: {{description: no a}}}}}}}}
  /b: {{get: {{operationId: b, responses: {{404: {{description: no b}}}}}}}}
  /c: {{get: {{operationId: c, responses: {{404: {{description: no c, {fault}}}, 4XX: {{description: bad}}}}}}}}
  /d: {{get: {{operationId: d, responses: {{4XX: {{description: bad}}, 404: {{description: no d, {fault}}}}}}}}}
  /e: {{get: {{operationId: e, responses: {{404: {{description: none, {fault}}}}}}}}}
  /f: {{get: {{operationId: f, responses: {{404: {{description: none, {fault}}}}}}}}}
  /g: {{get: {{operationId: g, responses: {{404: {{description: none, {fault}}}}}}}}}
  /h: {{get: {{operationId: h, responses: {{410: {{description: gone}}}}}}}}
  /i: {{get: {{operationId: i, responses: {{}}}}}}
  /j: {{get: {{operationId: j, responses: {{}}}}}}
components: {{schemas: {{Fault: {{type: object}}}}}}
"
    );
    holds(
        &text,
        &[
            // What most have is told from its equal by no number.
            "pub type AError = Error404_2;",
            "pub type BError = Error404_2;",
            "pub type EError = Error404;",
            "pub enum Error404 {\n    /// Status 404.\n    ///\n    /// none\n    NotFound(models::Fault),",
            // Each says something else of it.
            "pub enum Error404_2 {\n    /// Status 404.\n    NotFound,",
            // The order does not matter.
            "pub type CError = Error404Or4xx;",
            "pub type DError = Error404Or4xx;",
            "/// The errors of operations for which the document lists 404 and 4XX.",
            // It is alone with its errors.
            "pub enum HError {",
            "pub type IError = ErrorUndocumented;",
        ],
    );
}

#[test]
fn what_operations_share_is_called_after_its_component() {
    let text = "
paths:
  /a: {get: &get {operationId: a, parameters: [{$ref: '#/components/parameters/order'}, {$ref: '#/components/parameters/pet'}],
    responses: {200: {$ref: '#/components/responses/Page'}, 503: {$ref: '#/components/responses/pet'}}}}
  /b: {post: {<<: *get, operationId: b, requestBody: {$ref: '#/components/requestBodies/new pet'}}}
components:
  parameters:
    order: {name: sort, in: query, schema: {type: string, enum: [asc, desc]}}
    pet: {name: pet, in: query, schema: {type: string, enum: [cat, dog]}}
  requestBodies:
    new pet: {content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}}
  responses:
    Page:
      description: some
      headers: {X-Kind: {schema: {type: string, enum: [a]}}}
      content: {application/json: {schema: {type: object, properties: {next: {type: string, enum: [x]}}}}}
    pet: {description: none, content: {application/json: {schema: {type: object, properties: {why: {type: string}}}}}}
  schemas:
    Pet: {type: object, properties: {kind: {$ref: '#/components/schemas/Kind'}, state: {type: string, enum: [new]}}}
    Kind: {type: string}
";
    let full = format!("openapi: 3.0.3\ninfo: {{title: names, version: '1'}}\n{text}");
    let expected = [
        "Kind",
        "NewPet",
        "Order",
        "Page",
        "PageNext",
        "PageXKind",
        "Pet",
        "PetParameter",
        "PetResponse",
        "PetState",
    ];
    assert_eq!(types(&full).iter().map(String::as_str).collect::<Vec<_>>(), expected);
    holds(
        text,
        &[
            "pub fn sort(self, sort: models::Order)",
            "ServiceUnavailable(models::PetResponse)",
            "-> Response<models::Page,",
        ],
    );
}

#[test]
fn two_spellings_of_one_schema_are_one_type() {
    let full = "openapi: 3.0.3
info: {title: names, version: '1'}
paths:
  /a: {get: {operationId: a, responses: {200: {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Audit'}}}}}}}
components:
  schemas:
    Audit: {$ref: '#/components/schemas/audit'}
    audit: {type: object, properties: {next: {$ref: '#/components/schemas/Audit'}}}
    Other: {$ref: '#/components/schemas/audit'}
";
    let all = types(full);
    assert_eq!(all.iter().map(String::as_str).collect::<Vec<_>>(), ["Audit", "Other"]);
}

#[test]
fn the_body_of_errors_of_several_operations_is_nobodys() {
    let body = "content: {application/json: {schema: {type: object, properties: {parts: {type: array, items: {type: object, properties: {why: {type: string}}}}}}}}";
    let operation = |id: &str, statuses: &[&str]| {
        let listed: Vec<String> =
            statuses.iter().map(|it| format!("{it}: {{description: d, {body}}}")).collect();
        format!("  /{id}: {{get: {{operationId: {id}, responses: {{{}}}}}}}\n", listed.join(", "))
    };
    let text = |statuses: &[&str]| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: names, version: '1'}}\npaths:\n{}{}",
            operation("a", statuses),
            operation("b", statuses)
        )
    };
    let all = types(&text(&["404"]));
    let expected = [
        "ANotFoundError",
        "BNotFoundError",
        "BNotFoundErrorParts",
        "NotFoundError",
        "NotFoundErrorParts",
    ];
    assert_eq!(all.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    let all = types(&text(&["400", "404"]));
    assert!(all.contains("ErrorBody") && all.contains("BBadRequestError"), "{all:?}");
}
