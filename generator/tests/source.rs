//! What the source stage makes of documents, and what it says about those that it refuses.

use generator::diag::{Diagnostic, Format, Locate, Pointer, Sink, Target, render};
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
fn references_keep_their_siblings() {
    desugars(
        "{$ref: '#/components/schemas/R', description: D}",
        "{description: D, allOf: [{$ref: '#/components/schemas/R'}]}",
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

const MOVED: &str = "openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /a:
    get:
      responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: {title: I}}}}}}
  /b: {$ref: '#/paths/~1a'}
components:
  schemas:
    S: {$ref: '#/paths/~1a/get/responses/200/content/application~1json/schema/items'}
    T: {anyOf: [{type: object, properties: {p: {title: P}}}, {type: 'null'}]}
    U: {prefixItems: [{title: Q}]}
";

#[test]
fn moved_values_know_where_they_stood() {
    stands(MOVED, "/components/schemas/a_get_200/title", "I");
    stands(MOVED, "/paths/~1b/get/responses/200/description", "ok");
    stands(MOVED, "/components/schemas/T/properties/p/title", "P");
    stands(MOVED, "/components/schemas/U/x-oas-prefixItems/0/title", "Q");
}

const WRONG: &str = "openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /a:
    post:
      requestBody: {$ref: '#/components/schemas/Pet'}
      responses:
        '200': {$ref: '#/components/schemas/Pet'}
components:
  schemas:
    Pet: {type: object, properties: {p: {title: P}}}
";

#[test]
fn a_reference_of_the_wrong_kind_costs_no_more_than_itself() {
    let (document, ..) = load(WRONG);
    let document = document.and_then(|it| serde_json::to_value(it.openapi).ok());
    let at = |pointer: &str| document.as_ref()?.pointer(pointer)?.as_str();
    for body in ["requestBody", "responses/200"] {
        let schema = format!("/paths/~1a/post/{body}/content/application~1json/schema/$ref");
        assert_eq!(at(&schema), Some("#/components/schemas/Pet"), "{body}");
    }
}

#[test]
fn references_must_lead_somewhere() {
    let text = format!(
        "{HEAD}components:
  schemas:
    Pet: {{type: object}}
    A: {{$ref: '#/components/schemas/pet'}}
    B: {{$ref: '#/components/schemas/B'}}
    C: {{$ref: 'https://example.com/c.yaml'}}
    D: {{$ref: 'd.yaml'}}
    E: {{$ref: '#/components/responses/R'}}
  responses: {{R: {{description: d}}}}
  parameters: {{P: {{$ref: '#/components/schemas/Pet'}}}}
"
    );
    says(
        &text,
        &[
            "api.yaml:6:15: error[dangling-ref]: `#/components/schemas/pet` leads nowhere (at #/components/schemas/A/$ref) — help: there is `#/components/schemas/Pet`",
            "api.yaml:7:15: error[ref-cycle]: these references lead in a circle and never to a value (at #/components/schemas/B/$ref) — help: write out the value in one of the places",
            "api.yaml:8:15: error[remote-ref]: `https://example.com/c.yaml` is a URL (`https:`), which is not followed (at #/components/schemas/C/$ref) — help: download the file, put it beside the document, and refer to it by a relative path",
            "api.yaml:9:15: error[file-ref]: `d.yaml` is another file, but this document was not read from one (at #/components/schemas/D/$ref) — help: read the document from its file, or put everything into one document",
            "api.yaml:10:15: warning[wrong-ref]: the reference leads into `components/responses`, but a Schema Object must stand here; any JSON is taken (at #/components/schemas/E/$ref) — help: refer to something in `components/schemas`",
            "api.yaml:12:26: error[wrong-ref]: the reference leads into `components/schemas`, but a Parameter Object must stand here (at #/components/parameters/P/$ref) — help: refer to something in `components/parameters`",
        ],
    );
}

#[test]
fn wrong_types_are_named_in_the_documents_terms() {
    let text = format!(
        "{HEAD}paths:
  /a:
    get:
      parameters: limit
      responses: {{200: [ok]}}
components:
  schemas:
    A: {{type: strng, minLength: -x, requird: [a]}}
"
    );
    says(
        &text,
        &[
            "api.yaml:6:19: error[wrong-type]: `parameters` of an Operation Object must be an array, found a string (at #/paths/~1a/get/parameters) — help: write a list: `[...]`, or lines that start with `- `",
            "api.yaml:7:24: error[wrong-type]: `200` of a Responses Object must be an object, found an array (at #/paths/~1a/get/responses/200) — help: correct the value, or remove the field",
            "api.yaml:10:15: error[wrong-type]: `type` of a Schema Object must be one of `string`, `number`, `integer`, `boolean`, `object`, `array`, found `strng` (at #/components/schemas/A/type) — help: did you mean `string`?",
            "api.yaml:10:33: error[wrong-type]: `minLength` of a Schema Object must be a whole number that is not negative, found a string (at #/components/schemas/A/minLength) — help: correct the value, or remove the field",
            "api.yaml:10:37: warning[unknown-field]: `requird` is no field of a Schema Object, and ignored (at #/components/schemas/A/requird) — help: did you mean `required`?",
        ],
    );
}

#[test]
fn sloppiness_is_repaired_and_said() {
    says(
        "openapi: 3.0.3\ninfo: {title: t}\npaths:\n  a: {GET: {responses: {20: {description: d}}}}\n",
        &[
            "api.yaml:2:1: warning[missing-field]: `info` has no `version`; \"0.0.0\" is taken (at #/info) — help: add the field",
            "api.yaml:4:3: warning[path-slash]: a path must start with a slash (at #/paths/a) — help: it is read as if it did",
            "api.yaml:4:7: warning[method-case]: methods are written in lower case (at #/paths/a/GET) — help: it is read as if it were",
            "api.yaml:4:25: warning[response-code]: `20` is no status code; the response is left out (at #/paths/a/GET/responses/20) — help: use a code such as `404`, a range such as `4XX`, or `default`",
        ],
    );
}

#[test]
fn faults_in_what_changes_nothing_are_left_out() {
    says(
        "openapi: 3.1.0\ninfo: {title: t, version: '1', contact: me}\ntags: [a, {name: b}]\nservers: [/v1]\nexternalDocs: {}\npaths: {}\n",
        &[
            "api.yaml:2:41: warning[faulty-decoration]: this is not a Contact Object as the specification has it, and left out (at #/info/contact) — help: correct it, or remove it",
            "api.yaml:3:8: warning[wrong-scalar]: this should be a Tag Object, not a string (at #/tags/0) — help: it is read as its `name`",
            "api.yaml:4:11: warning[wrong-scalar]: this should be a Server Object, not a string (at #/servers/0) — help: it is read as its `url`",
            "api.yaml:5:15: warning[faulty-decoration]: this is not an External Documentation Object as the specification has it, and left out (at #/externalDocs) — help: correct it, or remove it",
        ],
    );
    says(
        "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents: {securitySchemes: {a: {type: oauth2}}, examples: {e: 1}}\n",
        &[
            "api.yaml:4:32: warning[missing-field]: the security scheme of type `oauth2` has no `flows` (at #/components/securitySchemes/a) — help: add `flows`; until then calls need an `Authenticate` of yours",
            "api.yaml:4:66: warning[wrong-scalar]: this should be an Example Object, not a number (at #/components/examples/e) — help: it is read as its `value`",
        ],
    );
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
fn an_operation_id_stands_once() {
    let operation = "{get: {operationId: x, responses: {200: {description: d}}}}";
    let text = format!("{HEAD}paths:\n  /a: {operation}\n  /b: {operation}\n");
    says(
        &text,
        &[
            "api.yaml:5:27: warning[duplicate-operation-id]: two operations have the `operationId` `x` (at #/paths/~1b/get/operationId) — first at api.yaml:4:14 — help: give one of them another identifier; until then its function gets a number",
        ],
    );
    says(&format!("{HEAD}paths:\n  /a: {operation}\n  /b: {{$ref: '#/paths/~1a'}}\n"), &[]);
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

/// Loads `text` and compares the one thing that is said, without its line and column.
#[track_caller]
fn warns(text: &str, expected: &str) {
    let (_, files, sink) = load(text);
    let said = render(sink.as_slice(), &files, Format::Short);
    assert_eq!(said.trim_end().split_once(": ").map(|(_, said)| said), Some(expected));
}

#[test]
fn what_cannot_be_meant_is_said() {
    let schema = |schema: &str| format!("{HEAD}components: {{schemas: {{S: {schema}}}}}\n");
    for (text, expected) in [
        (
            "{type: string, minLength: 5, maxLength: 3}",
            "warning[empty-range]: no string keeps to `minLength: 5` and `maxLength: 3` (at #/components/schemas/S/minLength) — help: exchange the two, or correct one",
        ),
        (
            "{type: number, minimum: 1.5, maximum: 1}",
            "warning[empty-range]: no number keeps to `minimum: 1.5` and `maximum: 1` (at #/components/schemas/S/minimum) — help: exchange the two, or correct one",
        ),
        (
            "{type: array, minContains: 2, maxContains: 1}",
            "warning[empty-range]: no array keeps to `minContains: 2` and `maxContains: 1` (at #/components/schemas/S/minContains) — help: exchange the two, or correct one",
        ),
        (
            "{type: integer, default: x}",
            "warning[wrong-default]: the default of an `integer` is a string (at #/components/schemas/S/default) — help: correct the default or the type; callers see it in the docs",
        ),
        (
            "{type: string, enum: [a, b], default: c}",
            "warning[wrong-default]: the default is none of the values of `enum` (at #/components/schemas/S/default) — help: list it, or make one of the values the default",
        ),
        (
            "{type: string, enum: [a, 1.0]}",
            "warning[wrong-scalar]: a value of a schema of type `string` is not in quotes (at #/components/schemas/S/enum/1) — help: it is read as the text \"1.0\"; write it in quotes",
        ),
        (
            "{type: integer, enum: [2, '1']}",
            "warning[wrong-scalar]: a value of a schema of type `integer` is in quotes (at #/components/schemas/S/enum/1) — help: it is read as if it were not; remove the quotes",
        ),
        (
            "{type: integer, enum: [2, a]}",
            "warning[wrong-enum]: a value of the `enum` of an `integer` is a string (at #/components/schemas/S/enum/1) — help: no value is of this type and in the list, so it is left out; correct one of the two",
        ),
        (
            "{type: array, enum: [a]}",
            "warning[wrong-enum]: a value of the `enum` of an `array` is a string (at #/components/schemas/S/enum/0) — help: no value is of this type and in the list; correct one of the two",
        ),
    ] {
        warns(&schema(text), expected);
    }
    for text in [
        "{type: string, minLength: 3, maxLength: 3, default: a}",
        "{type: integer, default: 5.0, enum: [5, 6]}",
        "{type: [string, 'null'], default: null, enum: [a, null]}",
        "{type: object, required: [a, b], properties: {a: {}}}",
    ] {
        says(&schema(text), &[]);
    }
}

#[test]
fn what_goes_nowhere_is_said() {
    let operation = |fields: &str| {
        let schemes = "{key: {type: apiKey, in: header, name: X-Key}}";
        let parameters = "{P: {in: query, name: p, schema: {}}}";
        let components = format!("{{securitySchemes: {schemes}, parameters: {parameters}}}");
        format!("{HEAD}components: {components}\npaths: {{/a: {{get: {{{fields}}}}}}}\n")
    };
    says(&operation("security: [{key: []}, {}]"), &[]);
    warns(
        &operation("security: [{kee: []}]"),
        "warning[undefined-security-scheme]: there is no security scheme `kee` (at #/paths/~1a/get/security/0/kee) — help: did you mean `key`?",
    );
    warns(
        &operation(
            "parameters: [{$ref: '#/components/parameters/P'}, {in: header, name: p, schema: {}}, {in: query, name: p, schema: {}}]",
        ),
        "warning[duplicate-parameter]: the query parameter `p` stands twice (at #/paths/~1a/get/parameters/2) — help: remove one of the two; the first is taken",
    );
    warns(
        &operation("parameters: [{in: header, name: 'a b', schema: {}}]"),
        "warning[unsendable-name]: no header can be called `a b` (at #/paths/~1a/get/parameters/0/name) — help: such names are of letters, digits and signs like `-`; calls that set it fail",
    );
    warns(
        &format!(
            "{HEAD}servers: [{{url: '{{r}}', variables: {{r: {{default: a, enum: [b]}}}}}}]\n"
        ),
        "warning[wrong-default]: the default of the server variable is none of the values of `enum` (at #/servers/0/variables/r/default) — help: list it, or make one of the values the default",
    );
}

/// The operations of a document, each with its path and the names of its parameters, and all codes
/// of what is said.
fn operations(text: &str) -> (Vec<String>, Vec<&'static str>) {
    let (document, _, sink) = load(text);
    let names = |list: &[openapiv3::ReferenceOr<openapiv3::Parameter>]| {
        let names = list.iter().filter_map(|it| Some(&it.as_item()?.parameter_data_ref().name));
        names.cloned().collect::<Vec<_>>().join(",")
    };
    let paths = document.map(|it| it.openapi.paths.paths).unwrap_or_default();
    let found = paths.iter().flat_map(|(path, item)| {
        let item = item.as_item().cloned().unwrap_or_default();
        let shared = names(&item.parameters);
        let lines = item.iter().map(|(method, it)| {
            let own = names(&it.parameters);
            format!("{method} {path} {own}/{shared}").trim_end_matches([' ', '/']).to_owned()
        });
        lines.collect::<Vec<_>>()
    });
    (found.collect(), sink.iter().map(|it| it.code).collect())
}

#[test]
fn a_path_that_is_there_with_and_without_its_slash_keeps_all_operations() {
    let operation = "{responses: {200: {description: d}}}";
    let p = |name: &str| format!("parameters: [{{name: {name}, in: query, schema: {{}}}}]");
    let (found, said) = operations(&format!(
        "{HEAD}paths:\n  '': {{get: {operation}, {}}}\n  /: {{put: {operation}, {}}}\n",
        p("a"),
        p("b")
    ));
    assert_eq!(found, ["get / a", "put / b"]);
    assert_eq!(said, ["path-slash"]);
    let (found, said) = operations(&format!("{HEAD}paths:\n  /a:\n  a: {{get: {operation}}}\n"));
    assert_eq!((found, said), (vec!["get /a".to_owned()], vec!["path-slash"]));
    says(
        &format!("{HEAD}paths:\n  /a: {{get: {operation}}}\n  a: {{get: {operation}}}\n"),
        &[
            "api.yaml:5:3: warning[path-slash]: a path must start with a slash (at #/paths/a) — help: it is read as if it did",
            "api.yaml:5:7: error[duplicate-operation]: `/a` has another operation `get` (at #/paths/a/get) — the other path at api.yaml:4:3 — help: remove one of the two",
        ],
    );
}

#[test]
fn parameters_beside_a_reference_to_a_path_item_join_those_of_its_target() {
    let p = |name: &str, at: &str| format!("{{name: {name}, in: {at}, schema: {{type: string}}}}");
    let text = format!(
        "{HEAD}paths:
  /a: {{get: {{responses: {{200: {{description: d}}}}}}, parameters: [{}, {}]}}
  /b: {{$ref: '#/paths/~1a', parameters: [{}, {}]}}
",
        p("x", "query"),
        p("y", "query"),
        p("y", "query"),
        p("x", "header"),
    );
    let (found, said) = operations(&text);
    assert_eq!(found, ["get /a /x,y", "get /b /y,x,x"]);
    assert_eq!(said, <[&str; 0]>::default());
    stands(&text, "/paths/~1b/parameters/0/name", "y");
    stands(&text, "/paths/~1b/parameters/2/in", "query");
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
fn what_nobody_misses_is_left_out_where_its_reference_leads_nowhere() {
    let text = format!(
        "{HEAD}paths:
  /a:
    get:
      responses:
        200:
          description: d
          content: {{a/json: {{examples: {{e: {{$ref: '#/components/examples/no'}}, f: {{value: 1}}}}}}}}
          links: {{l: {{$ref: 'no.yaml#/l'}}}}
components: {{examples: {{g: {{$ref: '#/x-no'}}}}}}
"
    );
    says(
        &text,
        &[
            "api.yaml:9:51: warning[dangling-ref]: `#/components/examples/no` leads nowhere; what refers to it is left out (at #/paths/~1a/get/responses/200/content/a~1json/examples/e/$ref) — help: define the target, or correct the reference",
            "api.yaml:10:29: warning[file-ref]: `no.yaml` is another file, but this document was not read from one; what refers to it is left out (at #/paths/~1a/get/responses/200/links/l/$ref) — help: read the document from its file, or put everything into one document",
            "api.yaml:11:35: warning[dangling-ref]: `#/x-no` leads nowhere; what refers to it is left out (at #/components/examples/g/$ref) — help: define the target, or correct the reference",
        ],
    );
    warns(
        &format!(
            "{HEAD}components: {{schemas: {{S: {{}}}}, links: {{l: {{$ref: '#/components/schemas/S'}}}}}}\n"
        ),
        "warning[wrong-ref]: the reference leads into `components/schemas`, but a Link Object must stand here; it is left out (at #/components/links/l/$ref) — help: refer to something in `components/links`",
    );
    let document = load(&text).0.and_then(|it| serde_json::to_value(it.openapi).ok());
    let at = |pointer: &str| document.as_ref().and_then(|it| it.pointer(pointer)).is_some();
    assert!(at("/paths/~1a/get/responses/200/content/a~1json/examples/f"));
    assert!(!at("/paths/~1a/get/responses/200/content/a~1json/examples/e"));
    assert!(!at("/paths/~1a/get/responses/200/links/l"));
}

#[test]
fn a_reference_in_data_is_data() {
    desugars(
        "{type: object, enum: [{$ref: 'no.yaml'}], default: {$ref: 'no.yaml'}, example: {$ref: '#/no'}}",
        "{type: object, enum: [{$ref: 'no.yaml'}], default: {$ref: 'no.yaml'}, example: {$ref: '#/no'}}",
    );
    desugars(
        "{const: {$ref: 'no.yaml'}}",
        "{enum: [{$ref: 'no.yaml'}], x-const: {$ref: 'no.yaml'}}",
    );
}

#[test]
fn a_reference_to_no_object_is_told_where_it_stands() {
    says(
        &format!(
            "{HEAD}components: {{schemas: {{A: {{$ref: '#/info/title'}}}}}}\npaths: {{/a: {{$ref: '#/info/title'}}}}\n"
        ),
        &[
            "api.yaml:3:34: error[wrong-ref]: the reference leads to a string, but a Schema Object must stand here (at #/components/schemas/A/$ref) — what it leads to at api.yaml:2:8 — help: refer to a Schema Object, or write one here",
            "api.yaml:4:20: error[wrong-ref]: the reference leads to a string, but a Path Item Object must stand here (at #/paths/~1a/$ref) — what it leads to at api.yaml:2:8 — help: refer to a Path Item Object, or write one here",
        ],
    );
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
fn a_server_that_is_no_url_is_told() {
    #[track_caller]
    fn check(server: &str, expected: &str) {
        let text = format!("{HEAD}servers: [{server}]\n");
        match expected {
            "" => says(&text, &[]),
            _ => warns(&text, expected),
        }
    }
    for url in
        ["/v1", "v1", "./v1", "https://a.b:1/c", "https://[::1]:80", "//a.b/c", "https://a_b"]
    {
        check(&format!("{{url: '{url}'}}"), "");
    }
    let variable = |default: &str| {
        format!("{{url: 'https://{{h}}/v1', variables: {{h: {{default: '{default}'}}}}}}")
    };
    check(&variable("a.b"), "");
    check(
        "{url: api.example.com/v1}",
        "warning[server-url]: `api.example.com/v1` has no scheme (at #/servers/0/url) — help: write it with `https://` before it; until then each client needs a base URL of yours",
    );
    check(
        "{url: 'https://{no}.x'}",
        "warning[server-url]: the server has no variable `no` (at #/servers/0/url) — help: declare it in `variables`, with a default; until then each client needs a base URL of yours",
    );
    for default in ["", "<host>", "a b"] {
        check(
            &variable(default),
            &format!(
                "warning[server-url]: \"{default}\" cannot stand for `{{h}}` in a URL (at #/servers/0/variables/h/default) — help: make a value the default that the URL can hold; until then each client needs a base URL or a value of yours"
            ),
        );
    }
    check(
        "{url: 'ftp://a.b'}",
        "warning[server-url]: `ftp` is not a scheme that clients speak (at #/servers/0/url) — help: write `https` or `http`; until then each client needs a base URL of yours",
    );
    check(
        "{url: 'https://a.b:x'}",
        "warning[server-url]: `https://a.b:x` is no URL of a server (at #/servers/0/url) — help: correct its host; until then each client needs a base URL of yours",
    );
}

#[test]
fn an_alias_to_itself_is_told_as_such() {
    says(
        &format!("{HEAD}components:\n  schemas:\n    A: &a\n      properties: {{a: *a}}\n"),
        &[
            "api.yaml:6:23: error[endless-alias]: this alias stands within the value that it stands for, which never ends — help: refer to the schema instead: `$ref: '#/components/schemas/Name'`",
        ],
    );
}

#[test]
fn a_reference_to_nowhere_is_told_as_it_is_written() {
    let schema = "{$ref: '#/components/schemas/S~2'}";
    warns(
        &format!("{HEAD}components: {{schemas: {{A: {schema}, B: {{items: {schema}}}}}}}\n"),
        "error[dangling-ref]: `#/components/schemas/S~2` leads nowhere (at #/components/schemas/A/$ref) — help: define the target, or correct the reference",
    );
}

#[test]
fn what_is_said_twice_of_one_place_is_said_once() {
    let mut sink = Sink::new();
    for message in ["a", "b", "a"] {
        sink.report(Diagnostic::warning("code", message));
    }
    assert_eq!(sink.iter().map(|it| it.message.as_str()).collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn a_parameter_in_the_body_is_the_body() {
    let text = format!(
        "{HEAD}paths:
  /a:
    post:
      parameters:
      - {{name: q, in: query, schema: {{}}}}
      - {{name: b, in: body, required: true, schema: {{$ref: '#/components/schemas/S'}}}}
      responses: {{200: {{description: d}}}}
components: {{schemas: {{S: {{type: object}}}}}}
"
    );
    warns(
        &text,
        "warning[swagger-body]: a parameter in the body is Swagger 2; it is read as the `requestBody` (at #/paths/~1a/post/parameters/1) — help: write a `requestBody`",
    );
    let document = load(&text).0.and_then(|it| serde_json::to_value(it.openapi).ok());
    let at = |pointer: &str| document.as_ref()?.pointer(pointer).cloned();
    assert_eq!(
        at("/paths/~1a/post/requestBody"),
        Some(serde_json::json!({
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}},
            "required": true,
        }))
    );
    assert_eq!(at("/paths/~1a/post/parameters/1"), None);
    stands(&text, "/paths/~1a/post/requestBody/required", "true");
}

#[test]
fn components_are_made_where_there_is_nothing() {
    for components in ["[]", "", "{schemas: []}", "{schemas: }"] {
        let text = format!(
            "{HEAD}components: {components}\npaths:
  /a: {{get: {{responses: {{200: {{description: d, headers: {{X: {{schema: {{title: T}}}}}}}}}}}}}}
  /b: {{get: {{responses: {{200: {{description: d, headers: {{X: {{schema: {{$ref: '#/paths/~1a/get/responses/200/headers/X/schema'}}}}}}}}}}}}}}
"
        );
        let document = load(&text).0;
        let schemas = document.and_then(|it| it.openapi.components).map(|it| it.schemas.len());
        assert_eq!(schemas, Some(1), "{components}");
    }
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

#[test]
fn lists_of_swagger_are_written_as_swagger_wrote_them() {
    let check = |fields: &str, said: &[&str], expected: &str| {
        let operation =
            format!("{{parameters: [{{name: a, in: query, {fields}}}], responses: {{}}}}");
        operation_reads(&operation, said, "/parameters/0", expected);
    };
    let outside = "warning[swagger-parameter]";
    let list = "type: array, items: {type: string}";
    let schema = "schema: {type: array, items: {type: string}}";
    let written = |style: &str, explode: bool| {
        format!("{{name: a, in: query, style: {style}, explode: {explode}, {schema}}}")
    };
    for (format, style, explode) in [
        ("csv", "form", false),
        ("ssv", "spaceDelimited", false),
        ("pipes", "pipeDelimited", false),
        ("multi", "form", true),
    ] {
        let said = format!(
            "warning[collection-format]: `collectionFormat: {format}` is Swagger 2; it is read as `style: {style}, explode: {explode}`"
        );
        let fields = format!("{list}, collectionFormat: {format}");
        check(&fields, &[&said, outside], &written(style, explode));
        check(&format!("{schema}, collectionFormat: {format}"), &[&said], &written(style, explode));
    }
    check(
        list,
        &["warning[collection-format]: in Swagger 2 a list is written `a,b`", outside],
        &written("form", false),
    );
    check(
        &format!("{schema}, collectionFormat: tsv"),
        &["there is no `collectionFormat: tsv` here; it is ignored"],
        &format!("{{name: a, in: query, style: form, {schema}}}"),
    );
    check(schema, &[], &format!("{{name: a, in: query, style: form, {schema}}}"));
}

#[test]
fn fields_of_a_form_of_swagger_are_the_body() {
    let said = "warning[swagger-body]: parameters in `formData` are Swagger 2; they are read as the `requestBody`";
    operation_reads(
        "{parameters: [
            {name: id, in: formData, required: true, type: integer, minimum: 1, description: D},
            {name: tags, in: formData, type: array, items: {type: string}}], responses: {}}",
        &[said],
        "/requestBody",
        "{required: true, content: {application/x-www-form-urlencoded: {
            schema: {type: object, required: [id], properties: {
                id: {type: integer, minimum: 1, description: D}, tags: {type: array, items: {type: string}}}},
            encoding: {tags: {contentType: null, style: form}}}}}",
    );
    operation_reads(
        "{consumes: [multipart/form-data], parameters: [{name: id, in: formData, type: string}], responses: {}}",
        &[said],
        "/requestBody",
        "{content: {multipart/form-data: {schema: {type: object, properties: {id: {type: string}}}}}}",
    );
    says(
        &format!(
            "{HEAD}components: {{parameters: {{P: {{name: a, in: formData, schema: {{}}}}}}}}\n"
        ),
        &[
            "api.yaml:3:44: error[wrong-type]: `in` of a Parameter Object must be one of `query`, `header`, `path`, `cookie`, found `formData` (at #/components/parameters/P/in) — help: what is sent as a body is the `requestBody` of an operation",
        ],
    );
}

#[test]
fn a_schema_in_place_of_what_has_one_is_told_where_it_is_referred_to() {
    let check = |content: &str, said: &str, expected: &str| {
        let operation = format!("{{requestBody: {{content: {content}}}, responses: {{}}}}");
        operation_reads(&operation, &[said], "/requestBody/content", expected);
    };
    let reference = "{$ref: '#/components/schemas/Pet'}";
    let json = format!("{{application/json: {{schema: {reference}}}}}");
    check(
        &format!("{{application/json: {reference}}}"),
        "but a Media Type Object must stand here; the schema is taken as that of the media type (at #/paths/~1a/post/requestBody/content/application~1json/$ref) — help: write `schema:` with the reference below it",
        &json,
    );
    check(
        reference,
        "but an object of media types must stand here; the schema is taken as that of JSON (at #/paths/~1a/post/requestBody/content/$ref)",
        &json,
    );
    check(
        "{application/json: {$ref: '#/components/responses/R'}}",
        "but a Media Type Object must stand here; nothing is known of the content",
        "{application/json: {}}",
    );
}

#[test]
fn media_types_with_a_parameter_need_a_semicolon() {
    operation_reads(
        "{requestBody: {content: {application/json charset=utf-8: {schema: {type: string}}}}, responses: {}}",
        &[
            "`application/json charset=utf-8` is no media type; `application/json; charset=utf-8` is taken",
        ],
        "/requestBody/content",
        "{application/json; charset=utf-8: {schema: {type: string}}}",
    );
}

#[test]
fn a_range_of_status_codes_stands_once() {
    operation_reads(
        "{responses: {2XX: {description: a}, 2xx: {description: b}}}",
        &["`2xx` stands twice, in capitals and not; the first is taken"],
        "/responses",
        "{2XX: {description: a}}",
    );
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

#[test]
fn a_reference_to_a_whole_document_leads_to_no_schema() {
    let text = format!(
        "{HEAD}components:
  schemas:
    A: {{properties: {{a: {{allOf: [{{$ref: ''}}]}}, b: {{$ref: '#'}}, c: {{$ref: '#'}}}}}}
    B: {{$ref: '#'}}
"
    );
    let help = "help: name a schema of it, as in `#/components/schemas/Name`";
    let at = "(at #/components/schemas/A/properties";
    says(
        &text,
        &[
            &format!(
                "api.yaml:5:41: warning[wrong-ref]: the reference is empty, and so leads to the whole document, but a Schema Object must stand here; any JSON is taken {at}/a/allOf/0/$ref) — {help}"
            ),
            &format!(
                "api.yaml:5:58: warning[wrong-ref]: the reference leads to a whole OpenAPI document, but a Schema Object must stand here; any JSON is taken {at}/b/$ref) — {help}"
            ),
        ],
    );
    let document = load(&text).0.and_then(|it| serde_json::to_value(it.openapi).ok());
    let schema = |it: &str| document.as_ref()?.pointer("/components/schemas")?.pointer(it).cloned();
    assert_eq!(schema("/A/properties/b"), Some(serde_json::json!({})));
    assert_eq!(schema("/B"), Some(serde_json::json!({})));
    let to_all = "{oneOf: [{$ref: '#/components/schemas/A'}], discriminator: {propertyName: k, mapping: {k: '#'}}}";
    warns(
        &format!("{HEAD}components: {{schemas: {{A: {{type: object}}, U: {to_all}}}}}\n"),
        "warning[unknown-mapping]: the mapping names no schema: `#` (at #/components/schemas/U/discriminator/mapping/k) — help: name a schema of `components/schemas`, or write a reference to one",
    );
}

#[test]
fn a_document_may_be_referred_to_by_what_it_calls_itself() {
    let text = "openapi: 3.2.0
$self: https://example.com/v2/library.yaml
info: {title: t, version: '1'}
components:
  schemas:
    Page: {type: integer}
    A:
      properties:
        a: {$ref: 'https://example.com/v2/library.yaml#/components/schemas/Page'}
        b: {$ref: 'library.yaml#/components/schemas/Page'}
        c: {$ref: '/v2/library.yaml#/components/schemas/Page'}
";
    says(text, &[]);
    let document = load(text).0.and_then(|it| serde_json::to_value(it.openapi).ok());
    for property in ["a", "b", "c"] {
        let at = format!("/components/schemas/A/properties/{property}/$ref");
        let found = document.as_ref().and_then(|it| it.pointer(&at)?.as_str());
        assert_eq!(found, Some("#/components/schemas/Page"), "{property}");
    }
    let (_, files, sink) = load(&text.replace("{$ref: 'library.yaml", "{$ref: 'v1/library.yaml"));
    let said = render(sink.as_slice(), &files, Format::Short);
    assert!(said.starts_with("api.yaml:10:19: error[file-ref]"), "{said}");
}

#[test]
fn anchors_are_found_by_the_id_around_them() {
    let text = format!(
        "{HEAD}components:
  schemas:
    Base:
      $id: https://example.com/base.json
      $defs: {{X: {{$anchor: x, type: integer}}}}
      properties: {{own: {{$ref: '#x'}}}}
    Other: {{$id: 'urn:other', $defs: {{X: {{$anchor: x, type: boolean}}}}}}
    A: {{properties: {{a: {{$ref: 'https://example.com/base.json#x'}}, b: {{$ref: 'urn:other#x'}}}}}}
"
    );
    says(&text, &[]);
    let document = load(&text).0.and_then(|it| serde_json::to_value(it.openapi).ok());
    let word = |pointer: &str| {
        let schemas = document.as_ref()?.pointer("/components/schemas")?;
        let reference = schemas.pointer(pointer)?.get("$ref")?.as_str()?;
        schemas.get(reference.rsplit('/').next()?)?.get("type").cloned()
    };
    for (pointer, expected) in [
        ("/A/properties/a", "integer"),
        ("/A/properties/b", "boolean"),
        ("/Base/properties/own", "integer"),
    ] {
        assert_eq!(word(pointer), Some(expected.into()), "{pointer}: {document:?}");
    }
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

#[test]
fn a_type_that_is_the_name_of_a_schema_is_told_how_to_refer() {
    says(
        &format!("{HEAD}components: {{schemas: {{Person: {{}}, S: {{type: Person}}}}}}\n"),
        &[
            "api.yaml:3:46: error[wrong-type]: `type` of a Schema Object must be one of `string`, `number`, `integer`, `boolean`, `object`, `array`, found `Person` (at #/components/schemas/S/type) — help: to name a schema, write `$ref: '#/components/schemas/Person'`",
        ],
    );
}
