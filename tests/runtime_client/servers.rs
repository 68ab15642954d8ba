//! Where a call goes.

use http::Method;

use crate::fixture::{Outcome, Script, answer, call, operation, paused};
use crate::runtime::client::{Api, ClientBuilder, Core, ServerVariable};
use crate::runtime::draft::CallOptions;
use crate::runtime::operation::{Accept, Operation};

#[test]
fn base_urls() {
    #[track_caller]
    fn check(set: impl FnOnce(ClientBuilder<Core>) -> ClientBuilder<Core>, expected: &str) {
        let script = Script::new([answer(200, "")]);
        let operation = operation(Method::GET, "/t", Vec::new(), &[]);
        let found = match set(script.builder()).build() {
            Err(error) => error.to_string(),
            Ok(core) => {
                let outcome: Outcome<()> =
                    paused(call(&core, operation, None, None, CallOptions::new()).into_future());
                outcome.unwrap();
                script.sent()[0].uri().to_string()
            }
        };
        assert!(found.contains(expected), "{found}");
    }
    check(|b| b, "https://eu.example.com/v1/t");
    check(|b| b.server_variable("region", "us-1"), "https://us-1.example.com/v1/t");
    check(|b| b.server_variable("region", "evil.com/"), "does not fit");
    check(|b| b.server_variable("stage", "x"), "must be one of");
    check(|b| b.server_variable("nothing", "x"), "no variable");
    check(|b| b.base_url("HTTP://Example.COM:80/a%20b/"), "http://example.com/a%20b/t");
    check(|b| b.base_url("http://[::1]:8080"), "http://[::1]:8080/t");
    for bad in [
        "",
        "/v1",
        "ftp://example.com",
        "https://u:hush@example.com",
        "https://e.com?a",
        "https://e.com/../x",
    ] {
        check(|b| b.base_url(bad), "the base URL does not do");
    }
}

#[test]
fn an_operation_may_have_a_server_of_its_own() {
    let url = |server, base: Option<&str>| match base {
        Some(base) => at(server, |builder| builder.base_url(base)),
        None => at(server, |builder| builder),
    };
    assert_eq!(url("https://Uploads.example.com/v2/", None), "https://uploads.example.com/v2/t");
    assert_eq!(url("/v2", None), "https://eu.example.com/v2/t");
    assert_eq!(
        url("https://uploads.example.com", Some("http://localhost:1")),
        "http://localhost:1/t"
    );
    let both = |server| {
        at(server, |builder| builder.base_url("http://localhost:1/v1").operation_servers(true))
    };
    assert_eq!(both("https://uploads.example.com"), "https://uploads.example.com/t");
    assert_eq!(both("/v2"), "http://localhost:1/v2/t");
}

/// What is relative is read as RFC 3986 has it; what is no server is called by nobody.
#[test]
fn servers_of_operations_are_resolved_or_refused() {
    let url = |server| at(server, |builder| builder);
    assert_eq!(url("//uploads.example.com/x"), "https://uploads.example.com/x/t");
    assert_eq!(url("../v2"), "https://eu.example.com/v2/t");
    assert_eq!(url("../../../v2/./a/.."), "https://eu.example.com/v2/t");
    assert_eq!(url("v2"), "https://eu.example.com/v1/v2/t");
    for (bad, why) in [
        ("wss://stream.example.com", "its scheme must be http or https"),
        ("https://{bucket}.example.com", "nothing is known of {bucket}"),
        ("https://up.example.com/?a=1", "it must have neither query nor fragment"),
        ("https://{region}.example.com/../x", "its path must not have the segments"),
    ] {
        let found = url(bad);
        assert!(found.starts_with("the URL: server the operation's own does not do: "), "{found}");
        assert!(found.contains(why), "{found}");
    }
}

#[test]
fn variables_of_servers_are_chosen_for_operations_too() {
    let of = |server, name: &str, value: &str| {
        at(server, |builder| builder.server_variable(name, value))
    };
    let regional = "https://{region}.uploads.example.com";
    assert_eq!(of(regional, "region", "us"), "https://us.uploads.example.com/t");
    assert_eq!(of(regional, "stage", "test"), "https://eu.uploads.example.com/t");
    let cell = "https://{cell}.cells.example.com/{base}";
    assert_eq!(of(cell, "cell", "c2"), "https://c2.cells.example.com/prod/t");
    assert_eq!(
        of(cell, "cell", "c3"),
        r#"the variable cell must be one of ["c1", "c2"], not "c3""#
    );
    assert!(of(cell, "none", "c3").contains(r#"it has ["region", "stage", "cell", "base"]"#));
}

/// The generator warns of the servers that clients refuse, and of no others.
#[test]
fn generator_and_client_agree_on_servers() {
    use generator::source::{Files, load_text};
    #[track_caller]
    fn check(url: &str) {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\nservers: [{{url: '{url}'}}]\npaths: {{}}\n"
        );
        let (mut files, mut sink) = (Files::new(), generator::diag::Sink::new());
        let loaded = load_text("api.yaml", &text, &Default::default(), &mut files, &mut sink);
        assert!(loaded.is_ok(), "{url}");
        let script = Script::new([answer(200, "")]);
        let built = script.builder().base_url(url).build();
        let (warned, refused) = (!sink.as_slice().is_empty(), built.is_err());
        assert_eq!(warned, refused, "{url}: {:?}, {:?}", sink.as_slice(), built.err());
    }
    for url in [
        "https://a.example.com",
        "http://a.example.com:80/v1/",
        "HTTPS://A.example.com/a%20b/%zz",
        "http://[::1]:8080",
        "https://a.example.com//x",
        "https://a.example.com/a b",
        "https://a.example.com/<x>",
        "https://a.example.com/x/../y",
        "https://a.example.com/%2E%2e",
        "https://a.example.com/...",
        "https://a.example.com/x?a=1",
        "https://a.example.com:99999",
        "https://:80/x",
        "https://u:p@a.example.com",
        "https://",
        "wss://a.example.com",
        "a.example.com/v1",
        "localhost:80",
    ] {
        check(url);
    }
}

/// Where an operation goes that has a server of its own, or why it goes nowhere.
fn at(
    server: &'static str,
    set: impl FnOnce(ClientBuilder<Core>) -> ClientBuilder<Core>,
) -> String {
    const VARIABLES: &[ServerVariable] = &[
        ServerVariable { name: "region", default: "eu", allowed: &[] },
        ServerVariable { name: "cell", default: "c1", allowed: &["c1", "c2"] },
        ServerVariable { name: "base", default: "/prod", allowed: &[] },
    ];
    let api: &'static Api = Box::leak(Box::new(Api {
        name: crate::fixture::API.name,
        version: crate::fixture::API.version,
        server: Api::server(crate::fixture::API.server.url, crate::fixture::API.server.variables),
        operation_servers: Vec::leak(vec![Api::server(server, VARIABLES)]),
    }));
    let operation: &'static Operation = Box::leak(Box::new(Operation {
        id: "upload",
        method: Method::PUT,
        path: "/t",
        server: Some(0),
        parameters: &[],
        body: None,
        accept: Accept::Nothing,
        security: &[],
        retry: &[],
    }));
    let script = Script::new([answer(200, "")]);
    let builder = ClientBuilder::<Core>::new(api).transport(script.transport());
    let core = match set(builder).build() {
        Ok(core) => core,
        Err(error) => return error.to_string(),
    };
    match core.draft(operation).preview() {
        Ok(preview) => preview.url().to_owned(),
        Err(violations) => violations.to_string(),
    }
}
