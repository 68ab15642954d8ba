//! What overlays make of a document, and what is said about those that are wrong.

use generator::diag::{Format, Locate, Pointer, Sink, Target, render};
use generator::source::{Changes, Document, Files, Text, load_text};

const DOCUMENT: &str = "\
openapi: 3.0.3
info: {title: t, version: '1'}
tags: [{name: one}, {name: two}, {name: three}]
paths:
  /a:
    get:
      operationId: a
      responses: {'200': {description: ok}}
  /b:
    get:
      operationId: b
      parameters: [{name: p, in: query, schema: {type: string}}]
      responses: {'200': {description: ok}}
components:
  schemas:
    S: {type: object, required: [x], properties: {x: {type: integer, maximum: 18446744073709551615}}}
";

fn load(actions: &str) -> (Option<Document>, Files, Sink) {
    let head = "overlay: 1.0.0\ninfo: {title: o, version: '1'}\nactions:\n";
    load_with(&format!("{head}{actions}"))
}

fn load_with(overlay: &str) -> (Option<Document>, Files, Sink) {
    let (mut files, mut sink) = (Files::new(), Sink::new());
    let overlay = Text { name: "api.overlay.yaml".to_owned(), text: overlay.to_owned() };
    let changes = Changes { overlays: &[overlay], ..Changes::default() };
    let document = load_text("api.yaml", DOCUMENT, &changes, &mut files, &mut sink).ok();
    (document, files, sink)
}

/// Applies actions and compares what then stands at a pointer, as YAML.
#[track_caller]
fn makes(actions: &str, pointer: &str, expected: &str) {
    let (document, files, sink) = load(actions);
    let said = render(sink.as_slice(), &files, Format::Short);
    let json = document.and_then(|it| serde_json::to_value(it.openapi).ok()).unwrap_or_default();
    let expected: Option<serde_json::Value> = serde_yaml::from_str(expected).ok();
    assert_eq!(json.pointer(pointer).cloned(), expected, "{said}");
    assert_eq!(said, "");
}

/// Applies an overlay and compares all that is said, a line each.
#[track_caller]
fn says(actions: &str, expected: &[&str]) {
    let (document, files, sink) = load(actions);
    let said = render(sink.as_slice(), &files, Format::Short);
    assert_eq!(said.lines().collect::<Vec<_>>(), expected);
    assert!(document.is_none());
}

#[test]
fn update_merges_objects() {
    makes("- {target: $.info, update: {title: T}}", "/info", "{title: T, version: '1'}");
    makes(
        "- {target: $.components.schemas.S, update: {properties: {y: {type: string}}, required: [y]}}",
        "/components/schemas/S/required",
        "[x, y]",
    );
    makes(
        "- {target: $, update: {components: {schemas: {T: {type: string}}}}}",
        "/components/schemas/T",
        "{type: string}",
    );
    makes(
        "- {target: $, update: {components: {schemas: {S: {properties: {x: {minimum: 1}}}}}}}",
        "/components/schemas/S/properties/x",
        "{type: integer, minimum: 1, x-oas-maximum: '18446744073709551615'}",
    );
}

#[test]
fn update_appends_to_arrays() {
    let names = "[{name: one}, {name: two}, {name: three}, {name: four}]";
    makes("- {target: $.tags, update: {name: four}}", "/tags", names);
    makes("- {target: $.tags, update: [{name: four}]}", "/tags", names);
    makes(
        "- {target: $.components.schemas.S.required, update: z}",
        "/components/schemas/S/required",
        "[x, z]",
    );
}

#[test]
fn update_replaces_what_is_neither() {
    makes("- {target: $.info.title, update: T}", "/info/title", "T");
    makes("- {target: \"$.tags[?@.name == 'two'].name\", update: 2nd}", "/tags/1/name", "2nd");
}

#[test]
fn a_path_may_select_many() {
    makes(
        "- {target: $.paths.*.get, update: {deprecated: true}}",
        "/paths/~1b/get/deprecated",
        "true",
    );
    makes(
        "- {target: $.paths.*.get, update: {deprecated: true}}",
        "/paths/~1a/get/deprecated",
        "true",
    );
    makes(
        "- {target: \"$.paths[?@.get.operationId == 'b'].get\", update: {summary: s}}",
        "/paths/~1b/get/summary",
        "s",
    );
    makes(
        "- {target: \"$..[?match(@.name, 't.*')]\", update: {description: d}}",
        "/tags",
        "[{name: one}, {name: two, description: d}, {name: three, description: d}]",
    );
}

#[test]
fn remove_takes_out() {
    makes(
        "- {target: \"$.paths['/a']\", remove: true}",
        "/paths",
        "{/b: {get: {operationId: b, parameters: [{in: query, name: p, schema: {type: string}, style: form}], responses: {'200': {description: ok}}}}}",
    );
    makes("- {target: '$.tags[0, 2]', remove: true}", "/tags", "[{name: two}]");
    makes("- {target: \"$.tags[?@.name != 'two']\", remove: true}", "/tags", "[{name: two}]");
    // A value and what is in it: the order of removal does not matter.
    makes(
        "- {target: '$.tags[0]..*', remove: true}\n- {target: '$.tags[0]', update: {name: again}}",
        "/tags/0",
        "{name: again}",
    );
}

#[test]
fn actions_see_what_those_before_them_did() {
    makes(
        "- {target: $.info, update: {x-a: {b: 1}}}\n- {target: \"$.info['x-a']\", update: {c: 2}}",
        "/info/x-a",
        "{b: 1, c: 2}",
    );
    makes(
        "- {target: $.components.schemas.S.required, remove: true}\n- {target: $.components.schemas.S, update: {required: [q]}}",
        "/components/schemas/S/required",
        "[q]",
    );
}

#[test]
fn copy_takes_from_the_document() {
    makes(
        "- {target: $.components.schemas, update: {T: {}}}\n- {target: $.components.schemas.T, copy: $.components.schemas.S}",
        "/components/schemas/T/required",
        "[x]",
    );
}

#[test]
fn references_in_an_overlay_are_those_of_the_document() {
    makes(
        "- {target: $.components.schemas, update: {T: {type: array, items: {$ref: '#/components/schemas/S'}}}}",
        "/components/schemas/T/items/$ref",
        "'#/components/schemas/S'",
    );
    says(
        "- {target: $.components.schemas, update: {T: {$ref: '#/components/schemas/Q'}}}",
        &[
            "api.overlay.yaml:4:53: error[dangling-ref]: `#/components/schemas/Q` leads nowhere (at #/actions/0/update/T/$ref) — help: there is `#/components/schemas/S`",
        ],
    );
}

#[test]
fn what_is_said_points_into_the_overlay_or_the_document() {
    says(
        "- {target: $.components.schemas.S.properties, update: {y: {type: [1]}}}",
        &[
            "api.overlay.yaml:4:66: error[wrong-type]: `type` of a Schema Object must be one of `string`, `number`, `integer`, `boolean`, `object`, `array`, found an array (at #/actions/0/update/y/type) — help: correct the value, or remove the field",
        ],
    );
    // What moved up in an array is still where it was in the document.
    let (document, files, _) = load("- {target: '$.tags[0]', remove: true}");
    let place = document.zip(Pointer::parse("/tags/1/name")).map(|(it, at)| it.place(&at));
    let shown = place.and_then(|place| {
        let span = files.span(&place, Target::Value)?;
        files.text(place.file).get(span)
    });
    assert_eq!(shown, Some("three"));
}

#[test]
fn actions_that_do_nothing_are_errors() {
    says(
        "- {target: \"$.paths['/c']\", remove: true}",
        &[
            "api.overlay.yaml:4:12: error[unused-action]: `$.paths['/c']` selects nothing in the document (at #/actions/0/target) — help: correct the path, or remove the action",
        ],
    );
    says(
        "- {target: $.info}",
        &[
            "api.overlay.yaml:4:3: error[wrong-action]: the action has nothing to do (at #/actions/0) — help: an action has one of `update`, `copy` and `remove: true`",
        ],
    );
    says(
        "- {target: $.info, updates: {title: T}}",
        &[
            "api.overlay.yaml:4:3: error[wrong-action]: the action has nothing to do (at #/actions/0) — help: an action has one of `update`, `copy` and `remove: true`",
            "api.overlay.yaml:4:20: warning[unknown-field]: `updates` is no field of an Action Object, and ignored (at #/actions/0/updates) — help: did you mean `update`?",
        ],
    );
}

#[test]
fn what_cannot_be_done_is_an_error() {
    says(
        "- {target: $.info, update: T}",
        &[
            "api.overlay.yaml:4:28: error[wrong-action]: a string cannot be merged into an object (at #/actions/0/update) — merged into this at api.yaml:2:1 — help: remove the old value by an action before this one",
        ],
    );
    says(
        "- {target: $, update: {info: [1]}}",
        &[
            "api.overlay.yaml:4:30: error[wrong-action]: an array cannot be merged into an object (at #/actions/0/update/info) — merged into this at api.yaml:2:1 — help: remove the old value by an action before this one",
        ],
    );
    says(
        "- {target: $, remove: true}",
        &[
            "api.overlay.yaml:4:12: error[wrong-action]: the whole document cannot be removed (at #/actions/0/target) — help: select what is to go, as in `$.paths['/pets']`",
        ],
    );
    says(
        "- {target: $.info, copy: $.tags.*}",
        &[
            "api.overlay.yaml:4:26: error[wrong-action]: `$.tags.*` selects 3 values, not one (at #/actions/0/copy) — help: write a path that selects exactly one value",
        ],
    );
    says(
        "- {target: paths, remove: true}",
        &[
            "api.overlay.yaml:4:12: error[wrong-path]: `paths` is no JSONPath from `paths` on (at #/actions/0/target) — help: write a query by RFC 9535, as in `$.paths['/pets'].get['x-a']`",
        ],
    );
}

#[test]
fn an_overlay_is_checked_like_a_document() {
    let (_, files, sink) = load_with("overlay: 2.0.0\ninfo: {title: o}\nactions: {target: $}\n");
    let said = render(sink.as_slice(), &files, Format::Short);
    assert_eq!(
        said.lines().collect::<Vec<_>>(),
        [
            "api.overlay.yaml:1:10: error[overlay-version]: version `2.0.0` of the Overlay Specification is not supported (at #/overlay) — help: write 1.0.0 or 1.1.0",
            "api.overlay.yaml:2:1: error[missing-field]: An Info Object of an overlay has no `version` (at #/info) — help: add `version`; the specification requires it",
            "api.overlay.yaml:3:10: error[wrong-type]: `actions` of an Overlay Object must be an array, found an object (at #/actions) — help: write a list: `[...]`, or lines that start with `- `",
        ]
    );
    let (_, files, sink) = load_with("openapi: 3.0.0\n");
    let said = render(sink.as_slice(), &files, Format::Short);
    assert_eq!(
        said,
        "api.overlay.yaml:1:1: error[not-an-overlay]: the field `overlay` is missing (at #) — help: start an overlay with `overlay: 1.0.0`; a document has another name\n"
    );
    for text in ["", "[]", "1"] {
        let (document, _, sink) = load_with(text);
        assert!(document.is_none() && sink.has_errors(), "{text}");
    }
}

#[test]
fn an_overlay_for_another_document_is_warned_about() {
    let overlay = |extends: &str| {
        format!(
            "overlay: 1.1.0\ninfo: {{title: o, version: '1'}}\nextends: {extends}\nactions: [{{target: $.info, update: {{title: T}}}}]\n"
        )
    };
    for fitting in ["api.yaml", "./api.yaml", "https://example.com/v1/api.yaml"] {
        let (document, _, sink) = load_with(&overlay(fitting));
        assert!(document.is_some() && sink.as_slice().is_empty(), "{fitting}");
    }
    let (document, files, sink) = load_with(&overlay("https://example.com/other.yaml"));
    let said = render(sink.as_slice(), &files, Format::Short);
    assert!(document.is_some());
    assert_eq!(
        said,
        "api.overlay.yaml:3:10: warning[other-document]: the overlay is for `https://example.com/other.yaml`, and is applied to `api.yaml` (at #/extends) — help: correct `extends`, or apply the overlay to the document that it names\n"
    );
}

/// A few lines must not cost more than a few lines can be worth.
#[test]
fn bombs_are_refused() {
    let doubling = "- {target: $.info, update: {x-a: {}}}\n".to_owned()
        + &"- {target: \"$.info['x-a']\", update: {y: [1, 2, 3]}}\n".repeat(3)
        + &"- {target: \"$.info['x-a'].y\", copy: \"$.info['x-a'].y\"}\n".repeat(40);
    let (document, files, sink) = load(&doubling);
    let said = render(sink.as_slice(), &files, Format::Short);
    assert!(document.is_none() && said.contains("error[overlay-too-large]"), "{said}");
    let deeper = "- {target: $.info, update: {x-a: {}}}\n".to_owned()
        + &"- {target: \"$.info['x-a']\", update: {b: {}}}\n- {target: \"$.info['x-a'].b\", copy: \"$.info['x-a']\"}\n"
            .repeat(120);
    let (document, files, sink) = load(&deeper);
    let said = render(sink.as_slice(), &files, Format::Short);
    assert!(document.is_none() && said.contains("error[too-deep]"), "{said}");
    for target in [
        format!("$[?{}@{}]", "(".repeat(400), ")".repeat(400)),
        format!("${}", "[?@".repeat(300)),
        format!("$[?{}@]", "!".repeat(900)),
        format!("$[?{}1{}]", "length(".repeat(100), ")".repeat(100)),
        format!("${}", ".a".repeat(600)),
        format!("$[?{}@.a{}]", "!(".repeat(8), ")".repeat(8)),
    ] {
        let (document, _, sink) = load(&format!("- {{target: '{target}', remove: true}}"));
        assert!(document.is_none() && sink.has_errors(), "{target}");
    }
}
