//! What newer versions and JSON Schema have more of becomes what 3.0 has.

use crate::{HEAD, desugars, load, warns};

#[test]
fn newer_keywords_become_older_ones() {
    desugars(
        "{type: [string, 'null'], maxLength: 5}",
        "{type: string, nullable: true, maxLength: 5}",
    );
    desugars("{type: 'null'}", "{enum: [null], nullable: true}");
    desugars(
        "{type: [string, integer], maxLength: 5, minimum: 1, enum: [a, 1], title: T}",
        "{title: T, anyOf: [{type: string, maxLength: 5, enum: [a]}, {type: integer, minimum: 1, enum: [1]}]}",
    );
    desugars(
        "{oneOf: [{$ref: '#/components/schemas/R'}, {$ref: '#/components/schemas/N'}]}",
        "{nullable: true, allOf: [{$ref: '#/components/schemas/R'}]}",
    );
    desugars("{const: 5}", "{type: integer, enum: [5], x-const: 5}");
    desugars(
        "{type: integer, exclusiveMinimum: 5}",
        "{type: integer, minimum: 5, exclusiveMinimum: true}",
    );
    desugars("{type: integer, exclusiveMaximum: 10, maximum: 7}", "{type: integer, maximum: 7}");
    desugars(
        "{type: string, examples: [a, b]}",
        "{type: string, example: a, x-oas-examples: [a, b]}",
    );
    desugars(
        "{type: string, contentEncoding: base64}",
        "{type: string, format: byte, x-oas-contentEncoding: base64}",
    );
    desugars("true", "{}");
    desugars("{items: false, type: array}", "{type: array, items: {not: {}}}");
    desugars(
        "{additionalProperties: false, type: object}",
        "{type: object, additionalProperties: false}",
    );
}

#[test]
fn null_branches_become_nullable() {
    desugars(
        "{anyOf: [{$ref: '#/components/schemas/R'}, {type: 'null'}]}",
        "{nullable: true, allOf: [{$ref: '#/components/schemas/R'}]}",
    );
    desugars(
        "{oneOf: [{type: string}, {type: null}], title: T}",
        "{nullable: true, type: string, title: T}",
    );
    desugars(
        "{oneOf: [{type: string}, {type: integer}, {const: null}]}",
        "{nullable: true, oneOf: [{type: string}, {type: integer}]}",
    );
}

#[test]
fn what_has_no_word_rides_along() {
    desugars(
        "{type: array, prefixItems: [{type: [string, 'null']}, true]}",
        "{type: array, x-oas-prefixItems: [{type: string, nullable: true}, {}]}",
    );
    desugars(
        "{patternProperties: {'^x': {$ref: '#/components/schemas/R'}}, unevaluatedProperties: false}",
        "{x-oas-patternProperties: {'^x': {$ref: '#/components/schemas/R'}}, x-oas-unevaluatedProperties: false}",
    );
}

#[test]
fn numbers_are_exact() {
    desugars(
        "{type: integer, minimum: -9223372036854776000, maximum: 123456789012345678901234567890123456789012}",
        "{type: integer, x-oas-minimum: '-9223372036854776000', x-oas-maximum: '123456789012345678901234567890123456789012'}",
    );
    desugars(
        "{type: number, maximum: 0.1, multipleOf: 1.0}",
        "{type: number, maximum: 0.1, multipleOf: 1.0}",
    );
    let text = format!("{HEAD}x-at: 1\n").replace("'1'", "1.10");
    assert_eq!(load(&text).0.map(|it| it.openapi.info.version).as_deref(), Some("1.10"));
}

#[test]
fn webhooks_of_older_documents_are_webhooks() {
    let item = "{post: {responses: {200: {description: d}}}}";
    let (document, _, _) = load(&format!(
        "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\nx-webhooks: {{a: {item}}}\n"
    ));
    let names = document.map(|it| it.webhooks.into_keys().collect::<Vec<_>>());
    assert_eq!(names, Some(vec!["a".to_owned()]));
    // Whatever else goes by that name is somebody else's extension.
    let (document, _, _) = load(&format!("{HEAD}x-webhooks: {{a: {{url: b}}}}\n"));
    assert_eq!(document.map(|it| it.webhooks.len()), Some(0));
}

#[test]
fn listed_values_are_read_as_the_type_says() {
    desugars(
        "{type: string, enum: [1.0, true, No, 2019-01-01, 1.10, 0x1F, null, x, {}], default: 2.50}",
        "{type: string, enum: ['1.0', 'true', 'No', '2019-01-01', '1.10', '0x1F', null, x], default: '2.50'}",
    );
    desugars("{type: string, enum: [yes, off, ~]}", "{type: string, enum: ['yes', 'off', null]}");
    desugars(
        "{type: integer, enum: ['1', 2, '3.0'], default: '1'}",
        "{type: integer, enum: [1, 2, 3], default: 1}",
    );
    desugars("{type: number, enum: ['1.5', 2.5]}", "{type: number, enum: [1.5, 2.5]}");
    desugars("{type: boolean, enum: ['true']}", "{type: boolean, enum: [true]}");
    desugars("{type: string, const: 1.0}", "{type: string, enum: ['1.0'], x-const: '1.0'}");
    desugars(
        "{type: [string, 'null'], enum: [1, a]}",
        "{type: string, nullable: true, enum: ['1', a]}",
    );
    desugars("{enum: [1, a]}", "{enum: [1, a]}");
}

#[test]
fn what_is_written_short_is_read_in_full() {
    desugars(
        "{type: object, required: a, properties: {a: string, b: int64}, additionalProperties: 'false'}",
        "{type: object, required: [a], properties: {a: {type: string}, b: {type: integer, format: int64}}, additionalProperties: false}",
    );
    desugars("{type: object, required: 'true'}", "{type: object}");
    desugars("{type: array, items: string}", "{type: array, items: {type: string}}");
    desugars(
        "{type: object, properties: [], additionalProperties: []}",
        "{type: object, additionalProperties: {}}",
    );
    desugars("{type: string, enum: a}", "{type: string, enum: [a]}");
    desugars(
        "{allOf: {$ref: '#/components/schemas/R'}}",
        "{allOf: [{$ref: '#/components/schemas/R'}]}",
    );
    desugars(
        "{type: object, properties: {s: {anyOf: {$ref: '#/components/schemas/S'}}}}",
        "{type: object, properties: {s: {anyOf: [{$ref: '#/components/schemas/S'}]}}}",
    );
    let text = format!(
        "{HEAD}servers: {{url: /v1}}
security: {{key: []}}
paths:
  /a:
    get:
      tags: pets
      deprecated: 1
      security: [key]
      servers: [{{description: d}}]
      parameters: {{name: q, in: Query, required: 'true', schema: {{}}}}
      responses: {{200: OK, 201: {{description: d, content: text/plain, headers: {{X-A: string}}}}}}
components: {{securitySchemes: {{key: {{type: apikey, in: Header, name: k}}, odd: {{type: [a]}}}}}}
"
    );
    let (document, _, sink) = load(&text);
    let codes: Vec<_> = sink.iter().map(|it| it.code).collect();
    let document = document.and_then(|it| serde_json::to_value(it.openapi).ok());
    let operation: Option<serde_json::Value> = serde_yaml::from_str(
        "{tags: [pets], deprecated: true, security: [{key: []}],
        parameters: [{name: q, in: query, required: true, schema: {}, style: form}],
        responses: {200: {description: OK}, 201: {description: d, content: {text/plain: {}},
            headers: {X-A: {style: simple, schema: {type: string}}}}}}",
    )
    .ok();
    let at = |pointer: &str| document.as_ref()?.pointer(pointer).cloned();
    assert_eq!(at("/paths/~1a/get"), operation, "{codes:?}");
    assert_eq!(at("/security/0/key"), Some(serde_json::json!([])));
    assert_eq!(at("/servers/0/url"), Some("/v1".into()));
    assert_eq!(at("/components/securitySchemes/key/in"), Some("header".into()));
    assert_eq!(at("/components/securitySchemes/odd"), None);
    assert_eq!(codes.len(), 13, "{codes:?}");
}

#[test]
fn patterns_have_no_slashes_around_them() {
    desugars("{type: string, pattern: '/^[a-z]+$/'}", "{type: string, pattern: '^[a-z]+$'}");
    desugars("{type: string, pattern: '/^a/gu'}", "{type: string, pattern: '^a'}");
    desugars("{type: string, pattern: '/^[a-z]+$/i'}", "{type: string}");
    desugars("{type: string, pattern: '/[a-z]+/i'}", "{type: string}");
    for own in ["/api/", "/v1/i", "^/a$", "/", "//", r"/price\$/"] {
        let same = format!("{{type: string, pattern: '{own}'}}");
        desugars(&same, &same);
    }
    let schema = |pattern: &str| format!("{HEAD}components: {{schemas: {{S: {pattern}}}}}\n");
    warns(
        &schema("{type: string, pattern: '/^[a-z]+$/i'}"),
        "warning[pattern-literal]: a pattern has no flags; with its `i` this one is left out (at #/components/schemas/S/pattern) — help: write what is meant without it, as in `^[A-Za-z]+$`, and no slashes around it",
    );
    warns(
        &schema("{type: string, pattern: '/^[a-z]+$/'}"),
        "warning[pattern-literal]: slashes around a pattern would be signs that a text must have (at #/components/schemas/S/pattern) — help: it is read without them; write `^[a-z]+$`",
    );
}

#[test]
fn values_of_items_are_not_those_of_the_array() {
    desugars(
        "{type: array, items: {type: string}, enum: [a, b]}",
        "{type: array, items: {type: string, enum: [a, b]}}",
    );
    let lists = "{type: array, items: {type: string}, enum: [[a], [b]]}";
    desugars(lists, lists);
    warns(
        &format!(
            "{HEAD}components: {{schemas: {{S: {{type: array, items: {{type: string}}, enum: [a]}}}}}}\n"
        ),
        "warning[enum-of-items]: the `enum` of an array lists arrays; these are values of its items (at #/components/schemas/S/enum) — help: it is read as the `enum` of `items`; move it there",
    );
}

#[test]
fn a_value_that_is_read_as_another_stands_once() {
    desugars("{type: integer, enum: ['01', '1', 1, '2']}", "{type: integer, enum: [1, 2]}");
    desugars("{type: string, enum: [a, a]}", "{type: string, enum: [a, a]}");
}
