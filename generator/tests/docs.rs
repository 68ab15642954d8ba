//! Doc comments of generated code say what the document says, in a way that no lint finds fault with.

mod support;

use support::{generated, holds};

/// The comments of the models of a document, and what must not be in them.
#[track_caller]
fn check(text: &str, expected: &[&str], unwanted: &str) {
    let output = generated(text);
    let path = |path: &str| output.get(path).map(String::as_str).unwrap_or_default();
    let all = ["src/models.rs", "src/client.rs"].map(path).concat();
    for text in expected {
        assert!(all.contains(text), "no `{text}` in:\n{all}");
    }
    assert!(!all.contains(unwanted), "`{unwanted}` in:\n{all}");
}

#[test]
fn code_has_blanks_for_tabs() {
    check(
        r#"
openapi: 3.0.3
info: {title: Tabs, version: "1"}
paths: {}
components:
  schemas:
    Fenced:
      type: string
      description: "Like:\n```\n{\n\t\"a\":\t1\n}\n```"
    Spanned: {type: string, description: "Like `a\tb`\tor:\n\n\tc"}
"#,
        &[
            "/// ```text\n/// {\n///     \"a\":    1\n/// }\n",
            "/// Like `a    b` or:\n///\n/// c\n",
        ],
        "\t",
    );
}

#[test]
fn a_title_that_ends_in_a_period_ends_no_sentence_twice() {
    check(
        "{openapi: 3.0.3, info: {title: 'Gitea  API.', version: '1'}, paths: {}}",
        &[
            "//! The models of Gitea API.\n",
            "//! The client of Gitea API.\n",
            "/// A client of Gitea API; clones share",
        ],
        "API..",
    );
}

#[test]
fn who_sets_a_property_is_told() {
    check(
        "
openapi: 3.0.3
info: {title: Ways, version: '1'}
paths: {}
components:
  schemas:
    Account:
      type: object
      required: [id]
      properties:
        id: {type: integer, readOnly: true}
        made: {description: When it was made., allOf: [{$ref: '#/components/schemas/Made'}]}
        password: {type: string, writeOnly: true}
    Made: {type: string, readOnly: true}
",
        &[
            "/// `id`\n    ///\n    /// Read-only: it is the server that sets it.\n    pub id: Option<i64>",
            "/// When it was made.\n    ///\n    /// Read-only: it is the server that sets it.\n    pub made",
            "/// Write-only: a server never sends it. Secret: never shown by `Debug`.\n    pub password",
        ],
        "Read-only: it is the server that sets it.\n    pub password",
    );
}

#[test]
fn links_lead_to_methods_that_are_called_after_keywords() {
    check(
        "
openapi: 3.0.3
info: {title: Links, version: '1'}
paths:
  /a: {get: &get {operationId: move, parameters: [{name: q, in: query, schema: {type: string}}], responses: {
    200: {description: a, headers: {X: {schema: {type: string}}}, content: {application/json: {schema: {type: string}}}},
    201: {description: b, content: {application/json: {schema: {type: integer}}}}, 404: {description: c}}}}
  /b: {get: {<<: *get, operationId: type}}
",
        &[
            "/// A call of `GET /a`, from [`Client::move`].",
            "/// What [`Client::move`] gives, by status.",
            "/// The documented headers of the response of [`Client::move`].",
            "response of [`Client::type`]: those of [`Client::move`].",
            "/// The errors that the document lists for [`Client::move`].",
            "/// The errors that the document lists for [`Client::type`].\npub type TypeError = Error404;",
            "/// The errors of operations for which the document lists 404.\n",
        ],
        "`Client::r#",
    );
}

#[test]
fn signs_that_turn_a_text_around_are_in_no_comment() {
    check(
        r#"
openapi: 3.0.3
info: {title: "T\u202e", version: "1"}
paths:
  "/a\u2066":
    get:
      operationId: a
      summary: "Isolate \u2068name\u2069."
      parameters: [{name: "q\u202e", in: query, schema: {type: string, pattern: "^\u202e", default: "\u2066x"}}]
      responses: {200: {description: "o\u202ek"}}
components:
  schemas:
    E: {type: string, enum: ["\u202ea", b]}
    F: {type: object, description: "Like:\n```\na\u202bb\rc\n```", properties: {"k\u202e": {type: string}}}
"#,
        &[
            "//! The client of T.\n",
            "/// Isolate name.\n",
            "/// `GET /a\\u{2066}`\n",
            "/// `q\\u{202e}`\n",
            "/// Matches `^\\u{202e}`. The default is `\"\\u{2066}x\"`.\n",
            "/// `\\u{202e}a`\n",
            "\"\\u{202e}a\"",
            "/// ab c\n",
            "\"k\\u{202e}\"",
        ],
        "\u{202e}",
    );
}

#[test]
fn titles_hold_no_links_and_no_tags() {
    check(
        "{openapi: 3.0.3, info: {title: 'Payments [beta] <internal>.', version: '1'}, paths: {}}",
        &[
            r"//! The models of Payments \[beta\] \<internal\>.",
            r"//! The client of Payments \[beta\] \<internal\>.",
            r"/// A client of Payments \[beta\] \<internal\>; clones",
        ],
        "[beta]",
    );
}

#[test]
fn code_shows_backticks_as_they_stand() {
    check(
        "
openapi: 3.0.3
info: {title: Code, version: '1'}
servers: [{url: 'https://{`v}', variables: {'`v': {default: d}}}]
paths:
  '/`[a]`/<b>':
    get: {operationId: a, parameters: [{name: q, in: query, schema: {type: string, default: '`[x]'}}], responses: {200: {description: ok}}}
components:
  schemas:
    '[a]`<b>': {type: string, pattern: '^`[a-z]+`$', maxLength: 9}
    Enum: {type: string, enum: ['a`[b]``<c>', '']}
    Object: {type: object, properties: {'`[e]`<f>': {type: string}}}
",
        &[
            "``https://{`v}``",
            "Server variable `` `v ``: by default `d`.",
            "/// ``GET /`[a]`/<b>``",
            "/// A call of ``GET /`[a]`/<b>``, from [`Client::a`].",
            "The default is ``\"`[x]\"``.",
            "/// The document calls it ``[a]`<b>``.",
            "/// Source: ``#/components/schemas/[a]`<b>``",
            "/// ```a`[b]``<c>```\n",
            "/// `\"\"`\n",
            "/// `` `[e]`<f> ``\n",
            "/// Sets `` `[e]`<f> ``.",
        ],
        "\u{2019}",
    );
}

#[test]
fn server_variables_say_what_they_may_be() {
    check(
        "
openapi: 3.0.3
info: {title: Variables, version: '1'}
servers:
  - url: 'https://{region}.{zone}.example.com'
    variables: {region: {default: eu, enum: [eu, us]}, zone: {default: a, description: Where it is.}}
paths: {}
",
        &[
            "/// Server variable `region`: one of `eu`, `us`; by default `eu`.\n",
            "/// Server variable `zone`: by default `a`.\n    ///\n    /// Where it is.\n",
        ],
        ":\n    ///",
    );
}

#[test]
fn media_types_that_are_not_asked_for_are_named() {
    check(
        "
openapi: 3.0.3
info: {title: Media, version: '1'}
paths:
  /a:
    get:
      operationId: a
      responses:
        200: {description: a, content: &all {text/csv: {}, application/json: {schema: {type: string}}, application/xml: {}}}
        201: {description: b, content: *all}
        204: {description: none}
        404: {description: c, content: {text/plain: {}, image/png: {}}}
        default: {description: d, content: {text/plain: {}}}
",
        &[
            "/// Received as `application/json`; for 200, 201 the document lists `text/csv`, `application/xml` too.\n",
            "/// Received as `text/plain`; for 404 the document lists `image/png` too.\n",
        ],
        "default the document",
    );
}

#[test]
fn who_receives_types_that_nest_deep_raises_the_limit() {
    let schema = |index: usize| {
        let next = (index + 1) % 130;
        format!(
            "    T{index}: {{type: object, properties: {{n: {{$ref: '#/components/schemas/T{next}'}}}}}}\n"
        )
    };
    let schemas: String = (0..130).map(schema).collect();
    let output = generated(&format!(
        "
openapi: 3.0.3
info: {{title: Chain, version: '1'}}
servers: [{{url: 'https://a.example.com'}}]
paths:
  /a: {{get: {{operationId: get, responses: {{200: {{description: ok, content: {{application/json: {{schema: {{$ref: '#/components/schemas/T0'}}}}}}}}}}}}}}
components:
  schemas:
{schemas}"
    ));
    let root = output.get("src/lib.rs").map(String::as_str).unwrap_or_default();
    let limit = root.split("\n#![").nth(1).and_then(|it| it.split(']').next()).unwrap_or_default();
    assert!(limit.starts_with("recursion_limit = \""), "{root}");
    // What is tried of the docs, and the program, are crates of their own.
    holds(&output, "src/lib.rs", &[&format!("#![doc(test(attr({limit})))]\n")]);
    holds(&output, "examples/api_get.rs", &[&format!("\n#![{limit}]\n")]);
    holds(&output, "README.md", &[&format!("may need `#![{limit}]` at its root")]);
}

/// The README is tried as docs are.
#[test]
fn titles_and_summaries_stay_in_their_row_of_the_readme() {
    let output = generated(
        r#"
openapi: 3.0.3
info: {title: "A\n\n```\nfail!(\n```", version: "1"}
paths:
  "/a|b": {get: {operationId: a, summary: "x | y\n\n```rust\nlet a: = ;\n```", responses: {200: {description: ok}}}}
"#,
    );
    holds(
        &output,
        "README.md",
        &[
            "| `api.yaml` | A `fail!(` 1 | 1 |\n",
            "\n## A `fail!(`\n",
            "| `a` | `GET /a\\|b` | x \\| y `rust let a: = ;` |\n",
        ],
    );
}

#[test]
fn code_blocks_of_a_description_that_is_one_line_are_code() {
    let block = r#""Such as:\n\n~~~\n[X] <b> https://a.b\n~~~""#;
    let output = generated(&format!(
        "
openapi: 3.0.3
info: {{title: Blocks, version: '1'}}
paths:
  /a/{{id}}:
    get:
      operationId: a
      parameters: [{{name: id, in: path, required: true, description: {block}, schema: {{type: string}}}}]
      responses:
        200: {{description: ok, links: {{next: {{operationId: a, description: {block}}}}}}}
        404: {{description: {block}}}
"
    ));
    let client = output.get("src/client.rs").map(String::as_str).unwrap_or_default();
    assert_eq!(client.matches("Such as: `[X] <b> https://a.b`\n").count(), 3, "{client}");
}

#[test]
fn rules_that_say_nothing_of_a_type_are_not_told() {
    check(
        "
openapi: 3.0.3
info: {title: Rules, version: '1'}
paths: {}
components:
  schemas:
    Object:
      type: object
      properties:
        text: {type: string, minimum: 3, maxLength: 5}
        number: {type: integer, minLength: 4, maximum: 6}
        list: {type: array, maxItems: 7, items: {type: integer, minLength: 8, minimum: 9}}
",
        &[
            "/// At most 5 characters.\n    pub text",
            "/// At most 6.\n    pub number",
            "/// At most 7 items. Each item: At least 9.\n    pub list",
        ],
        "At least 3.",
    );
}
