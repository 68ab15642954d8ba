//! Paths and their operations.

use crate::{HEAD, load, operation_reads, says, stands, warns};

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
