//! YAML and JSON as people write them.

use generator::diag::{Format, render};

use crate::{HEAD, load, says, stands};

#[test]
fn yaml_conveniences_are_applied() {
    let text = format!(
        "{HEAD}x-base: &base {{description: B, deprecated: true}}
paths:
  /a:
    get:
      <<: *base
      description: own
      responses: {{200: {{description: !word ok}}}}
"
    );
    let (document, ..) = load(&text);
    let item = document.and_then(|it| it.openapi.paths.paths.get("/a").cloned());
    let operation = item.and_then(|item| item.into_item()?.get).unwrap_or_default();
    assert_eq!(operation.description.as_deref(), Some("own"));
    assert!(operation.deprecated);
    assert_eq!(operation.responses.responses.len(), 1);
    stands(&text, "/paths/~1a/get/deprecated", "true");
}

#[test]
fn broken_text_is_located() {
    says(
        "openapi: 3.0.3\ninfo:\n\ttitle: t\n",
        &[
            "api.yaml:3:1: error[invalid-yaml]: this is not YAML: found character that cannot start any token, while scanning for the next token — help: YAML is indented with spaces; replace the tab",
        ],
    );
    says(
        "{\"openapi\": \"3.0.3\",\n \"info\": {",
        &[
            "api.yaml:2:10: error[invalid-json]: this is not JSON: EOF while parsing an object — help: the text ends too early: a closing `}`, `]` or `\"` is missing",
        ],
    );
    says(
        "openapi: 3.0.3\ninfo: {title: a, title: b, version: '1'}\npaths: {}\n",
        &[
            "api.yaml:2:18: error[duplicate-key]: the key `title` stands twice (at #/info/title) — first at api.yaml:2:8 — help: remove one of the two, or merge them",
        ],
    );
    says(
        "swagger: '2.0'\n",
        &[
            "api.yaml:1:1: error[swagger]: this is Swagger 2.0; OpenAPI 3.0, 3.1 and 3.2 are supported (at #/swagger) — help: convert it, for example with `npx swagger2openapi FILE`",
        ],
    );
}

#[test]
fn yaml_may_start_like_json() {
    says("{openapi: 3.0.3, info: {title: t, version: '1'}, paths: {}, }", &[]);
}

#[test]
fn deep_nesting_is_refused_without_harm() {
    for (open, close) in [("[", "]"), ("{a: ", "}")] {
        let text = format!("{HEAD}x-a: {}{}\n", open.repeat(2000), close.repeat(2000));
        let (document, _, sink) = load(&text);
        assert!(document.is_none());
        assert_eq!(sink.iter().map(|it| it.code).collect::<Vec<_>>(), ["too-deep"]);
    }
    let text = format!(
        "{HEAD}components: {{schemas: {{A: {}true{}}}}}\n",
        "{items: ".repeat(95),
        "}".repeat(95)
    );
    assert!(load(&text).0.is_some());
}

#[test]
fn json_with_a_comment_says_so() {
    for text in ["// API\n{\"openapi\": \"3.0.3\"}", "\n/* API */\n{}", "// API"] {
        let (_, files, sink) = load(text);
        let said = render(sink.as_slice(), &files, Format::Short);
        assert!(
            said.contains("the document starts with a comment, which JSON does not have"),
            "{said}"
        );
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}
