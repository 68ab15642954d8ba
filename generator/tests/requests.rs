//! What an operation sends: its path, its parameters and its body, and what is said of documents that
//! ask for what cannot be sent.

mod support;

use generator::output::Files as Output;
use support::generate;

const HEAD: &str =
    "openapi: 3.0.3\ninfo: {title: t, version: '1'}\nservers: [{url: 'https://x.y'}]\n";

/// What is generated of the paths, and what is said, a line each without its place in the text.
fn generated(paths: &str) -> (Output, Vec<String>) {
    let (output, said) = generate(&format!("{HEAD}paths:\n{paths}"));
    let said = said.lines().map(|line| line.split_once(": ").map_or(line, |(_, said)| said));
    (output.unwrap_or_default(), said.map(str::to_owned).collect())
}

/// The functions of the client hold these texts, and not those.
#[track_caller]
fn holds(output: &Output, texts: &[&str], absent: &[&str]) {
    let of_document = output.iter().filter(|(path, _)| !path.contains("runtime"));
    let all: Vec<&str> = of_document.map(|(_, text)| text.as_str()).collect();
    for text in texts {
        assert!(all.iter().any(|file| file.contains(text)), "there is no `{text}`");
    }
    for text in absent {
        let file = all.iter().find(|file| file.contains(text));
        assert!(file.is_none(), "there is `{text}` in {}", file.unwrap_or(&""));
    }
}

/// An operation at a path, with fields besides its responses.
fn operation(path: &str, fields: &str) -> String {
    format!("  '{path}': {{get: {{{fields}, responses: {{200: {{description: d}}}}}}}}\n")
}

#[test]
fn headers_of_the_message_itself_are_no_parameters() {
    let header = |name: &str| format!("{{name: {name}, in: header, schema: {{type: string}}}}");
    let (output, said) = generated(&operation(
        "/a",
        &format!("parameters: [{}, {}]", header("Host"), header("content-length")),
    ));
    holds(&output, &[], &["\"Host\"", "\"content-length\", "]);
    assert_eq!(
        said,
        [
            "warning[framing-header]: the header `Host` is made of the request itself (at #/paths/~1a/get/parameters/0) — help: remove the parameter; it is left out",
            "warning[framing-header]: the header `content-length` is made of the request itself (at #/paths/~1a/get/parameters/1) — help: remove the parameter; it is left out",
        ]
    );
    let (output, said) = generated(&operation(
        "/a",
        &format!("parameters: [{}, {}, {}]", header("X-Aa"), header("x-aa"), header("x-b")),
    ));
    holds(&output, &["\"X-Aa\"", "\"x-b\""], &["\"x-aa\""]);
    assert_eq!(
        said,
        [
            "warning[duplicate-parameter]: `x-aa` and `X-Aa` are the same header (at #/paths/~1a/get/parameters/1) — help: remove one; this one is left out",
        ]
    );
}

/// A `POST` to `/a` with a body.
fn body(content: &str) -> String {
    format!(
        "  /a: {{post: {{requestBody: {{content: {content}}}, responses: {{200: {{description: d}}}}}}}}\n"
    )
}

#[test]
fn a_form_that_is_no_object_is_a_text() {
    let form = |schema: &str| {
        body(&format!("{{application/x-www-form-urlencoded: {{schema: {schema}}}}}"))
    };
    let (output, said) = generated(&form("{type: string}"));
    holds(&output, &["Content::Form(\"application/x-www-form-urlencoded\""], &[]);
    assert_eq!(said, <[&str; 0]>::default());
    for schema in ["{type: array, items: {type: string}}", "{type: integer}"] {
        let (output, said) = generated(&form(schema));
        holds(&output, &["Content::Raw(\"application/x-www-form-urlencoded\")"], &[]);
        assert_eq!(
            said,
            [
                "warning[untyped-body]: `application/x-www-form-urlencoded` is passed on as text, whatever the schema says of the body (at #/paths/~1a/post/requestBody/content/application~1x-www-form-urlencoded) — help: only JSON and forms become types; read or write the body yourself",
            ]
        );
    }
}

#[test]
fn a_query_in_a_path_is_made_of_parameters() {
    #[track_caller]
    fn check(path: &str, parameters: &str, texts: &[&str], said: &[&str]) {
        let (output, all) = generated(&operation(path, &format!("parameters: [{parameters}]")));
        holds(&output, texts, &["\"/a?x", "%7B", "\"/a#"]);
        let all = all.iter().filter_map(|line| line.split_once(" (at "));
        assert_eq!(all.map(|(line, _)| line).collect::<Vec<_>>(), said);
    }
    let of = |name: &str, at: &str| {
        format!("{{name: {name}, in: {at}, required: true, schema: {{type: integer}}}}")
    };
    let taken = "warning[query-in-path]: `x={x}` in a path is of the query";
    check("/a?x={x}", &of("x", "path"), &["\"/a\"", "(&self, x: i64)"], &[taken]);
    check("/a?x={x}", &of("x", "query"), &["\"/a\"", "(&self, x: i64)"], &[taken]);
    check("/a?x={x}&b=1", "", &["\"/a?b=1\"", "x: impl Into<String>"], &[taken]);
    check("/a?b=1", "", &["\"/a?b=1\""], &[]);
    check(
        "/a?y={x}",
        &of("x", "path"),
        &["\"/a\"", "(&self, y: i64)"],
        &["warning[query-in-path]: `y={x}` in a path is of the query"],
    );
    check(
        "/a/{z}{?x,y*}",
        &format!("{}, {}", of("z", "path"), of("x", "query")),
        &["\"/a/{z}\"", "z: i64, x: i64)", "pub fn y(self,"],
        &["warning[query-in-path]: `{?x,y*}` in a path is of the query"],
    );
}

#[test]
fn a_fragment_of_a_path_is_not_sent() {
    let (output, said) = generated(&format!(
        "{}{}",
        operation("/{b}", "tags: []"),
        operation("/{b}#acl", "tags: []")
    ));
    holds(&output, &["pub fn get_b(", "pub fn get_b_acl("], &["\"/{b}#acl\""]);
    assert_eq!(
        said,
        [
            "warning[undeclared-path-parameter]: the path parameter `b` is not declared (and at 1 other place) (at #/paths/~1{b}/get) — help: it is taken for a string",
            "warning[query-in-path]: `#acl` in a path is a fragment, which is never sent (at #/paths/~1{b}#acl) — help: leave it out",
        ]
    );
}

#[test]
fn media_types_are_read_in_full() {
    let (output, said) = generated(&body("{json: {schema: {type: object, properties: {a: {}}}}}"));
    holds(&output, &["Content::Json(\"application/json\")"], &[]);
    assert_eq!(
        said,
        [
            "warning[media-type]: `json` is no media type; `application/json` is taken to be meant (at #/paths/~1a/post/requestBody/content/json) — help: write one media type, in full",
        ]
    );
    let (output, said) =
        generated(&body("{'application/json, text/json': {schema: {type: object}}}"));
    holds(&output, &["Content::Json(\"application/json\")"], &[]);
    assert_eq!(said.len(), 1, "{said:?}");
    let (output, said) = generated(&body("{'a/b, text/json': {}, a/b: {schema: {type: string}}}"));
    holds(&output, &["Content::Raw(\"a/b\")"], &["text/json"]);
    assert_eq!(said.len(), 1, "{said:?}");
}

#[test]
fn what_is_written_as_json_whatever_is_said_is_told() {
    let object = "{type: object, properties: {a: {type: object}, b: {type: string}}}";
    let encoding = "{a: {contentType: text/xml}, b: {contentType: text/xml}, c: {}}";
    let (_, said) = generated(&body(&format!(
        "{{multipart/form-data: {{schema: {object}, encoding: {encoding}}}}}"
    )));
    assert_eq!(
        said,
        [
            "warning[encoding-content]: the object `a` is written as JSON, not as `text/xml` (at #/paths/~1a/post/requestBody/content/multipart~1form-data/encoding/a/contentType) — help: make it a string, and write the XML into that",
            "warning[unknown-encoding]: there is no property `c` that this is the encoding of (at #/paths/~1a/post/requestBody/content/multipart~1form-data/encoding/c) — help: correct the name, or remove it; it is ignored",
        ]
    );
    let (_, said) = generated(&operation(
        "/a",
        "parameters: [{name: p, in: query, content: {application/xml: {schema: {type: object}}}}]",
    ));
    assert_eq!(
        said,
        [
            "warning[parameter-content]: a parameter of `application/xml` is written as JSON (at #/paths/~1a/get/parameters/0/content/application~1xml) — help: write `application/json`, or `schema` and a style",
        ]
    );
}

/// Uploads often go elsewhere; the server of an operation counts before that of its path.
#[test]
fn operations_may_have_servers_of_their_own() {
    let (output, said) = generated(
        "  /a:
    servers: [{url: 'https://{region}.example.com', variables: {region: {default: eu}}}]
    get: {operationId: ofPath, responses: {'204': {description: ok}}}
    put: {operationId: own, servers: [{url: /v2}], responses: {'204': {description: ok}}}
",
    );
    assert!(said.is_empty(), "{said:?}");
    let client = output.get("src/client.rs").map(String::as_str).unwrap_or_default();
    let servers: Vec<&str> =
        client.lines().map(str::trim).filter(|line| line.starts_with("server: ")).collect();
    assert_eq!(
        servers.get(1..),
        Some(&["server: Some(0),", "server: Some(1),"][..]),
        "{servers:?}"
    );
    let texts = [
        "\"https://{region}.example.com\",\n",
        "Api::server(\"/v2\", &[]),",
        "/// Goes to `https://{region}.example.com`, unless",
    ];
    holds(&output, &texts, &[]);
}

/// The document of which everything stands in the text, generated; and what is said of it.
fn document(rest: &str) -> (Output, Vec<String>) {
    let (output, said) =
        generate(&format!("openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\n{rest}"));
    let said = said.lines().map(|line| line.split_once(": ").map_or(line, |(_, said)| said));
    (output.unwrap_or_default(), said.map(str::to_owned).collect())
}

/// Of a server, its variables count as well.
#[test]
fn servers_that_differ_in_their_variables_are_two() {
    let server = |default: &str| {
        format!(
            "[{{url: 'https://{{sub}}.example.com', variables: {{sub: {{default: {default}}}}}}}]"
        )
    };
    let operation = |servers: &str| {
        let (usual, said) = (server("api"), "responses: {'204': {description: ok}}");
        let (output, all) = document(&format!(
            "servers: {usual}\npaths: {{/a: {{get: {{operationId: it, servers: {servers}, {said}}}}}}}\n"
        ));
        assert_eq!(all, <[&str; 0]>::default());
        output
    };
    holds(&operation(&server("uploads")), &["server: Some(0),", "default: \"uploads\""], &[]);
    holds(&operation(&server("api")), &["server: None,", "operation_servers: &[],"], &[]);
}

/// What no operation goes to need not be known.
#[test]
fn operations_that_all_have_a_server_need_no_other() {
    #[track_caller]
    fn check(root: &str, of_b: &str, texts: &[&str]) {
        let item = |path: &str, servers: &str| {
            format!("  /{path}: {{{servers}get: {{responses: {{'204': {{description: ok}}}}}}}}\n")
        };
        let of_a = "servers: [{url: 'https://api.example.com'}], ";
        let (output, said) =
            document(&format!("{root}paths:\n{}{}", item("a", of_a), item("b", of_b)));
        assert_eq!(said, <[&str; 0]>::default());
        holds(&output, texts, &[]);
    }
    let same = "servers: [{url: 'https://api.example.com'}], ";
    let other = "servers: [{url: 'https://b.example.com'}], ";
    let usual = "server: Api::server(\"https://api.example.com\", &[]),";
    // It stays the operations' own, for a client that goes to these wherever its base URL is.
    let others = "operation_servers: &[Api::server(\"https://api.example.com\", &[])],";
    check("", same, &[usual, others, "server: Some(0)"]);
    check("", other, &[usual, "Api::server(\"https://b.example.com\", &[])", "server: Some(1)"]);
    check("servers: [{url: /v1}]\n", same, &[usual, others]);
    let none = "server: Api::server(\"\", &[]),";
    check("", "", &[none, others]);
    // What a relative one leads to, nobody but the caller knows.
    let relative = "servers: [{url: /v2}], ";
    check("servers: [{url: /v1}]\n", relative, &["server: Api::server(\"/v1\", &[]),"]);
}

#[test]
fn servers_of_operations_that_do_not_do_are_told() {
    #[track_caller]
    fn check(server: &str, expected: &str) {
        let (_, said) = generated(&operation("/a", &format!("servers: [{{{server}}}]")));
        assert_eq!(said, [expected]);
    }
    check(
        "url: 'https://{bucket}.example.com'",
        "warning[server-url]: the server has no variable `bucket` (at #/paths/~1a/get/servers/0/url) — help: declare it in `variables`, with a default; until then the operations that go there are refused, unless a client has a base URL of yours",
    );
    check(
        "url: 'wss://stream.example.com'",
        "warning[server-url]: `wss` is not a scheme that clients speak (at #/paths/~1a/get/servers/0/url) — help: write `https` or `http`; until then the operations that go there are refused, unless a client has a base URL of yours",
    );
    check(
        "url: uploads.example.com",
        "warning[server-url]: `uploads.example.com` has no scheme (at #/paths/~1a/get/servers/0/url) — help: write it with `https://` before it; until then it is taken for a path",
    );
    for good in ["//uploads.example.com/x", "../v2", "/v2", "https://up.example.com/x/"] {
        let (_, said) = generated(&operation("/a", &format!("servers: [{{url: '{good}'}}]")));
        assert_eq!(said, <[&str; 0]>::default());
    }
    let base = "url: 'https://a.example.com/{base}', variables: {base: {default: /prod}}";
    let (_, said) = generated(&operation("/a", &format!("servers: [{{{base}}}]")));
    assert_eq!(said, <[&str; 0]>::default());
}

/// What a path item says of its operations is not said of those of another, though the two are read
/// as one.
#[test]
fn path_items_that_are_read_as_one_keep_their_servers() {
    let item = |path: &str, method: &str, at: &str| {
        let servers = format!("servers: [{{url: 'https://{at}.example.com'}}], summary: The {at}.");
        let servers = if at.is_empty() { String::new() } else { format!("{servers}, ") };
        format!("  {path}: {{{servers}{method}: {{responses: {{'204': {{description: ok}}}}}}}}\n")
    };
    let of = |odd: &str, known: &str| {
        let (output, said) =
            generated(&format!("{}{}", item("a", "get", odd), item("/a", "post", known)));
        assert_eq!(said.len(), 1, "{said:?}");
        let client = output.get("src/client.rs").map(String::as_str).unwrap_or_default();
        let told = ["/// The odd.", "/// The known.", "server: Some(", "server: None,"];
        let lines = client.lines().map(str::trim);
        let lines = lines.filter(|line| told.iter().any(|start| line.starts_with(start)));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let (first, second, none) = ("server: Some(0),", "server: Some(1),", "server: None,");
    assert_eq!(of("odd", "known"), ["/// The odd.", first, "/// The known.", second]);
    assert_eq!(of("odd", ""), ["/// The odd.", first, none]);
    assert_eq!(of("", "known"), [none, "/// The known.", first]);
}

/// What is said of an operation at a path with these parameters, without what is told of where.
#[track_caller]
fn path(path: &str, parameters: &[(&str, &str)], texts: &[&str], expected: &[&str]) {
    let of = |(name, at): &(&str, &str)| {
        format!("{{name: '{name}', in: {at}, required: true, schema: {{type: integer}}}}")
    };
    let parameters: Vec<String> = parameters.iter().map(of).collect();
    let fields = format!("operationId: it, parameters: [{}]", parameters.join(", "));
    let (output, said) = generated(&operation(path, &fields));
    holds(&output, texts, &[]);
    let said = said.iter().filter_map(|line| line.split_once(" (at "));
    assert_eq!(said.map(|(line, _)| line).collect::<Vec<_>>(), expected, "{path}");
}

/// Gateways and frameworks write placeholders in ways of their own.
#[test]
fn placeholders_of_every_writing_are_found() {
    #[track_caller]
    fn check(written: &str, name: &str, read: &str) {
        let placeholder = written.trim_start_matches(|char| char != '{' && char != ':');
        let placeholder = placeholder.trim_end_matches("/x");
        let several = if read.contains("{+") { ", whose value may hold slashes" } else { "" };
        let said = format!(
            "warning[path-template]: `{placeholder}` in a path is read as `{{{name}}}`{several}"
        );
        let argument = format!("(&self, {name}: i64)");
        path(written, &[(name, "path")], &[&format!("path: \"{read}\""), &argument], &[&said]);
    }
    check("/a/{proxy+}", "proxy", "/a/{+proxy}");
    check("/a/{+path}/x", "path", "/a/{+path}/x");
    check("/a/{*rest}", "rest", "/a/{+rest}");
    check("/a/{**rest}", "rest", "/a/{+rest}");
    check("/a/{path:path}", "path", "/a/{+path}");
    check("/a/{path:.*}", "path", "/a/{+path}");
    check("/a/{name=projects/*/locations/*}", "name", "/a/{+name}");
    check("/a/{name=*}", "name", "/a/{name}");
    check("/a/{id?}", "id", "/a/{id}");
    check("/a/{id:[0-9]{3}}", "id", "/a/{id}");
    check("/a/{{id}}/x", "id", "/a/{id}/x");
    check("/a/:id/x", "id", "/a/{id}/x");
}

#[test]
fn placeholders_are_told_from_text() {
    let v = ("name", "path");
    // A custom method, and a colon that no parameter is behind.
    path("/a/{name}:run", &[v], &["path: \"/a/{name}:run\""], &[]);
    path("/a/:b/{name}", &[v], &["path: \"/a/:b/{name}\""], &[]);
    // A parameter that is called so is meant so.
    let odd = ("name+", "path");
    path("/a/{name+}", &[odd], &["path: \"/a/{name+}\""], &[]);
    path("/a/{b/{name}", &[v], &["path: \"/a/%7Bb/{name}\""], &[]);
    path("/a/{}/{name}", &[v], &["path: \"/a/%7B%7D/{name}\""], &[]);
    let both = [("b", "path"), ("a", "path")];
    let said = [
        "warning[path-template]: `{/a,b}` in a path is read as `{a}`",
        "warning[path-template]: `{/a,b}` in a path is read as `{b}`",
    ];
    path("/r{/a,b}", &both, &["path: \"/r/{a}/{b}\"", "(&self, a: i64, b: i64)"], &said);
    let blank = "warning[query-in-path]: there are blanks around a path";
    path("/h ", &[], &["path: \"/h\""], &[blank]);
    let (_, said) = generated(&operation("/{{version}}/a", "tags: []"));
    assert_eq!(said.len(), 2, "{said:?}");
}

#[test]
fn placeholders_within_a_value_of_the_query_stay_there() {
    let of_query =
        |text: &str| format!("warning[query-in-path]: `{text}` in a path is of the query");
    let query = |name: &'static str| (name, "query");
    path(
        "/t?bbox={w},{s}&v=1",
        &[query("w"), query("s")],
        &["path: \"/t?bbox={w},{s}&v=1\"", "(&self, w: i64, s: i64)"],
        &[&of_query("bbox={w},{s}")],
    );
    path("/t?f=x{a}", &[("a", "path")], &["path: \"/t?f=x{a}\""], &[&of_query("f=x{a}")]);
    path("/t?f=x{a}", &[], &["path: \"/t?f=x{a}\"", "a: impl Into"], &[&of_query("f=x{a}")]);
    // The name on the wire is that of the pair.
    path(
        "/t?$filter={f}",
        &[query("f")],
        &["path: \"/t\"", "\"$filter\"", "(&self, filter: i64)"],
        &[&of_query("$filter={f}")],
    );
    path(
        "/t?a={b}&b={a}",
        &[query("a"), query("b")],
        &["path: \"/t?a={b}&b={a}\""],
        &[&of_query("a={b}"), &of_query("b={a}")],
    );
    path(
        "/t/{id}?x={id}",
        &[("id", "path")],
        &["path: \"/t/{id}?x={id}\"", "(&self, id: i64)"],
        &[&of_query("x={id}")],
    );
}

#[test]
fn a_header_authorization_is_what_schemes_are_for() {
    let authorization = "name: Authorization, in: header, required: true, schema: {type: string}";
    let paths = operation("/a", &format!("parameters: [{{{authorization}}}]"));
    let (_, said) = generated(&paths);
    assert_eq!(
        said,
        [
            "warning[authorization-header]: the header `Authorization` is no parameter, and left out (at #/paths/~1a/get/parameters/0) — help: describe it in `components/securitySchemes`; until then give it among the options of each call",
        ]
    );
    let with = |scheme: &str| {
        let schemes = format!("components: {{securitySchemes: {{it: {{{scheme}}}}}}}\n");
        generated(&format!("{paths}{schemes}")).1.len()
    };
    assert_eq!(with("type: http, scheme: bearer"), 0);
    assert_eq!(with("type: apiKey, in: header, name: authorization"), 0);
    assert_eq!(with("type: apiKey, in: header, name: x-key"), 1);
}

#[test]
fn parts_are_not_sent_with_all_that_is_said_of_them() {
    let (_, said) = generated(&body("{multipart/mixed: {schema: {type: string}}}"));
    assert_eq!(
        said,
        [
            "warning[multipart-boundary]: the parts of `multipart/mixed` are the caller's to write (at #/paths/~1a/post/requestBody/content/multipart~1mixed) — help: give the body with its parts, and the header `content-type` with their boundary among the options of the call",
        ]
    );
    let object = "{type: object, properties: {a: {type: array, items: {type: string}}}}";
    let encoding =
        "{a: {headers: {X-A: {required: true, schema: {type: string}}}, style: pipeDelimited}}";
    let (_, said) = generated(&body(&format!(
        "{{multipart/form-data: {{schema: {object}, encoding: {encoding}}}}}"
    )));
    assert_eq!(
        said,
        [
            "warning[encoding-headers]: the part `a` is sent without headers of its own (at #/paths/~1a/post/requestBody/content/multipart~1form-data/encoding/a/headers) — help: remove `headers`; they are ignored",
            "warning[encoding-style]: the part `a` is not written in the style `pipeDelimited` (at #/paths/~1a/post/requestBody/content/multipart~1form-data/encoding/a/style) — help: arrays are a part for each item, objects are JSON; remove `style`",
        ]
    );
}

/// What is said of a path item of version 3.2, without what is told of where.
fn newer(item: &str) -> (Output, Vec<String>) {
    let (output, said) = generate(&format!(
        "openapi: 3.2.0\ninfo: {{title: t, version: '1'}}\nservers: [{{url: 'https://x.y'}}]\npaths: {{'/a/{{p}}': {{{item}}}}}\n"
    ));
    let said = said.lines().filter_map(|line| line.split_once(": ")?.1.split_once(" (at "));
    (output.unwrap_or_default(), said.map(|(said, _)| said.to_owned()).collect())
}

#[test]
fn methods_that_clients_do_not_have_are_told() {
    let item = "query: {responses: {}}, additionalOperations: {COPY: {responses: {}}}";
    assert_eq!(
        newer(item).1,
        [
            "warning[unknown-method]: clients have no function for the method QUERY",
            "warning[unknown-method]: clients have no function for the method COPY",
        ]
    );
    let any = "x-amazon-apigateway-any-method: {responses: {}}";
    assert_eq!(
        newer(any).1,
        ["warning[unknown-method]: `x-amazon-apigateway-any-method` is no operation, and left out",]
    );
}

#[test]
fn what_of_3_2_is_sent_in_another_way_is_told() {
    let get = |parameter: &str, content: &str| {
        let p = "{name: p, in: path, required: true, schema: {type: string}}";
        let path = if parameter.contains("in: path") { "" } else { p };
        let comma = if path.is_empty() { "" } else { ", " };
        let responses = format!("{{200: {{description: d, content: {{{content}}}}}}}");
        newer(&format!(
            "get: {{operationId: it, parameters: [{path}{comma}{{{parameter}}}], responses: {responses}}}"
        ))
    };
    let query = |media_type: &str| {
        let content = format!(
            "{{{media_type}: {{schema: {{type: object, properties: {{a: {{type: string}}}}}}}}}}"
        );
        get(&format!("name: q, in: querystring, content: {content}"), "")
    };
    let (output, said) = query("application/x-www-form-urlencoded");
    assert_eq!(said, <[&str; 0]>::default());
    holds(&output, &["operation::Query(field::Optional(\"q\"))"], &["Style::Json"]);
    assert_eq!(
        query("application/json").1,
        ["warning[query-string]: clients do not write the query as a whole: `q` is a pair of it",]
    );
    let reserved = "name: p, in: path, required: true, allowReserved: true, schema: {type: string}";
    assert_eq!(
        get(reserved, "").1,
        [
            "warning[allow-reserved]: reserved characters of a parameter of the path are percent-encoded",
        ]
    );
    assert_eq!(
        get("name: x, in: query, schema: {}", "application/jsonl: {itemSchema: {type: object}}").1,
        ["warning[untyped-body]: what `itemSchema` says of the items is not checked"]
    );
}

#[test]
fn a_path_that_is_a_url_is_a_path_of_its_server() {
    let paths = operation("https://full.example.com/e/{x}", "operationId: it");
    let (output, said) = generated(&paths);
    let server = "operation_servers: &[Api::server(\"https://full.example.com\", &[])],";
    holds(&output, &[server, "path: \"/e/{x}\"", "server: Some(0)"], &[]);
    assert_eq!(said.len(), 2, "{said:?}");
    let (output, _) = generated(&operation("http://full.example.com", "operationId: it"));
    holds(&output, &["path: \"/\"", "server: Some(0)"], &[]);
}

/// They are sent where a call sets them; examples do so only where the document requires it.
#[test]
fn bodies_of_methods_that_have_none_by_rights() {
    let content =
        "content: {application/json: {schema: {type: object, properties: {x: {type: string}}}}}";
    let operation = |id: &str, body: &str| {
        format!(
            "{{operationId: {id}, requestBody: {body}, responses: {{204: {{description: d}}}}}}"
        )
    };
    let paths = |reference: &str| {
        format!(
            "  /a:\n    get: {}\n    delete: {}\n    head: {}\n    put: {}\n",
            operation("readIt", &format!("{{{content}}}")),
            operation("dropIt", reference),
            operation("headIt", &format!("{{required: true, {content}}}")),
            operation("putIt", &format!("{{{content}}}")),
        )
    };
    let referred = paths("{$ref: '#/components/requestBodies/B'}");
    let components = format!("components: {{requestBodies: {{B: {{{content}}}}}}}\n");
    let (output, said) = generated(&format!("{referred}{components}"));
    assert_eq!(
        said,
        [
            "warning[body-of-bare-method]: OpenAPI 3.0 leaves open what the body of a GET, HEAD or DELETE means; it is sent where a call sets it (and at 2 other places) (at #/paths/~1a/get/requestBody) — help: remove `requestBody` if the server takes no body there",
        ]
    );
    let texts = [
        "client.read_it().send()",
        "client.drop_it().send()",
        "client.head_it().body(",
        "client.put_it().body(",
    ];
    holds(&output, &texts, &["read_it().body(", "drop_it().body("]);
    let setters = output.get("src/client.rs").map(|file| file.matches("pub fn body(").count());
    assert_eq!(setters, Some(4));
    // 3.1 allows them, and says no more than that they are not well defined.
    let later = HEAD.replace("3.0.3", "3.1.0");
    let (_, said) = generate(&format!("{later}paths:\n{referred}{components}"));
    assert_eq!(said, "");
}

#[test]
fn a_parameter_with_content_that_is_a_text_is_no_json() {
    let of = |media_type: &str, schema: &str| {
        generated(&operation(
            "/a/{x}",
            &format!(
                "parameters: [{{name: x, in: path, required: true, content: {{'{media_type}': {{schema: {schema}}}}}}}]"
            ),
        ))
    };
    for media_type in ["*/*", "text/plain"] {
        let (output, said) = of(media_type, "{type: string}");
        holds(&output, &["operation::Path(field::Required(\"x\"))"], &[]);
        assert_eq!(said, <[&str; 0]>::default());
    }
    let (output, _) = of("application/json", "{type: string}");
    holds(&output, &["style: operation::Style::Json"], &[]);
    let (output, said) = of("*/*", "{type: object}");
    holds(&output, &["style: operation::Style::Json"], &[]);
    assert_eq!(said.len(), 1, "{said:?}");
}
