//! What is sent: parameters, bodies and credentials, and what is refused before it is sent.

use std::collections::BTreeMap;

use http::Method;
use serde_json::{Value, json};

use crate::fixture::{Outcome, Script, Thing, answer, begin, call, operation, paused, thing};
use crate::runtime::auth::{ApiKey, BearerToken};
use crate::runtime::call::Call;
use crate::runtime::client::{ClientBuilder, Core};
use crate::runtime::draft::CallOptions;
use crate::runtime::error::Error;
use crate::runtime::field;
use crate::runtime::multipart::FilePart;
use crate::runtime::operation::{
    Accept, Body, Content, Cookie, Form, Formed, Header, Operation, Parameter, Path, Query, Style,
};

#[test]
fn parameters_of_every_style() {
    #[track_caller]
    fn check(form: Form, value: Value, expected: &str) {
        let template = if expected.starts_with('/') { "/t/{p}" } else { "/t" };
        let operation =
            operation(Method::GET, template, vec![Formed(field::Optional("p"), form)], &[]);
        let script = Script::new([answer(200, "")]);
        let core = script.builder().build().unwrap();
        let outcome: Outcome<()> =
            paused(call(&core, operation, Some(value), None, CallOptions::new()).into_future());
        outcome.unwrap();
        let request = script.sent().remove(0);
        let text = |name: &str| {
            request.headers().get(name).map(|value| value.to_str().unwrap().to_owned())
        };
        let target = request.uri().path_and_query().unwrap().as_str();
        let found = text("p")
            .or_else(|| text("cookie"))
            .unwrap_or_else(|| target.strip_prefix("/v1/t").unwrap().to_owned());
        assert_eq!(found, expected);
    }
    let list = || json!(["a", "b c", "d,e"]);
    let object = || json!({"k": "v/w", "n": 1});

    check(Form::PATH, json!("x/y z:é%"), "/x%2Fy%20z%3A%C3%A9%25");
    check(Form::PATH, json!(5), "/5");
    check(Form::PATH, list(), "/a,b%20c,d%2Ce");
    check(Form::PATH, object(), "/k,v%2Fw,n,1");
    check(Form { explode: true, ..Form::PATH }, object(), "/k=v%2Fw,n=1");
    check(Form { style: Style::Label, ..Form::PATH }, json!("x"), "/.x");
    check(Form { style: Style::Label, ..Form::PATH }, list(), "/.a,b%20c,d%2Ce");
    check(Form { style: Style::Label, explode: true, ..Form::PATH }, list(), "/.a.b%20c.d%2Ce");
    check(Form { style: Style::Label, explode: true, ..Form::PATH }, object(), "/.k=v%2Fw.n=1");
    check(Form { style: Style::Matrix, ..Form::PATH }, json!(true), "/;p=true");
    check(Form { style: Style::Matrix, ..Form::PATH }, list(), "/;p=a,b%20c,d%2Ce");
    check(
        Form { style: Style::Matrix, explode: true, ..Form::PATH },
        list(),
        "/;p=a;p=b%20c;p=d%2Ce",
    );
    check(Form { style: Style::Matrix, explode: true, ..Form::PATH }, object(), "/;k=v%2Fw;n=1");
    check(Form { style: Style::Json, ..Form::PATH }, json!({"a": [1]}), "/%7B%22a%22%3A%5B1%5D%7D");

    check(Form::QUERY, json!("a&b=c+d"), "?p=a%26b%3Dc%2Bd");
    check(Form::QUERY, json!(""), "?p=");
    check(Form::QUERY, json!([]), "");
    check(Form::QUERY, list(), "?p=a&p=b%20c&p=d%2Ce");
    check(Form { explode: false, ..Form::QUERY }, list(), "?p=a,b%20c,d%2Ce");
    check(Form::QUERY, object(), "?k=v%2Fw&n=1");
    check(Form::QUERY, json!({"k": ["a,b", "c"], "n": 1}), "?k=a%2Cb&k=c&n=1");
    check(Form { explode: false, ..Form::QUERY }, object(), "?p=k,v%2Fw,n,1");
    check(
        Form { explode: false, style: Style::SpaceDelimited, ..Form::QUERY },
        list(),
        "?p=a%20b%20c%20d%2Ce",
    );
    check(
        Form { explode: false, style: Style::PipeDelimited, ..Form::QUERY },
        list(),
        "?p=a%7Cb%20c%7Cd%2Ce",
    );
    check(
        Form { style: Style::DeepObject, ..Form::QUERY },
        json!({"a": {"b": 1}, "c": [2, 3]}),
        "?p%5Ba%5D%5Bb%5D=1&p%5Bc%5D%5B0%5D=2&p%5Bc%5D%5B1%5D=3",
    );
    check(Form { style: Style::Json, ..Form::QUERY }, json!({"a": 1}), "?p=%7B%22a%22%3A1%7D");
    check(Form { allow_reserved: true, ..Form::QUERY }, json!("a/b?c=d&e#f"), "?p=a/b?c=d%26e%23f");

    check(Form::HEADER, json!(true), "true");
    check(Form::HEADER, list(), "a,b c,d,e");
    check(Form { explode: true, ..Form::HEADER }, object(), "k=v/w,n=1");
    check(Form::COOKIE, json!("a;b"), "p=a%3Bb");
    check(Form { explode: false, ..Form::COOKIE }, list(), "p=a,b%20c,d%2Ce");
    check(Form::COOKIE, list(), "p=a; p=b%20c; p=d%2Ce");
}

#[test]
fn what_cannot_be_sent_is_a_violation() {
    #[track_caller]
    fn check(form: Form, template: &'static str, value: Value, expected: &str) {
        let operation = operation(
            Method::GET,
            template,
            vec![Formed(field::OptionalSecret("p", &[]), form)],
            &[],
        );
        let script = Script::new([answer(200, "")]);
        let core = script.builder().validate_requests(false).build().unwrap();
        let outcome: Outcome<()> =
            paused(call(&core, operation, Some(value), None, CallOptions::new()).into_future());
        let Err(Error::Invalid(violations)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(violations.iter().map(|found| found.keyword).collect::<Vec<_>>(), [expected]);
        assert!(!format!("{violations:?}").contains("hush"));
        assert!(script.sent().is_empty());
    }
    for value in ["", ".", ".."] {
        check(Form::PATH, "/t/{p}/u", json!(value), "path-segment");
    }
    check(Form::PATH, "/t/.{p}", json!("."), "path-segment");
    check(Form::PATH, "/t/{p}", json!([]), "path-segment");
    for value in ["hush\r\nx: y", "hush\0", "hüsh", "hush\u{7f}", " hush", "hush\n"] {
        check(Form::HEADER, "/t", json!(value), "header-value");
    }
}

#[test]
fn a_request_is_validated_before_it_is_sent() {
    let operation = operation(Method::POST, "/t", Vec::new(), &[]);
    let script = Script::new([answer(200, "")]);
    let core = script.builder().build().unwrap();
    let short = Thing { name: "x".into(), ..thing() };
    let missing = "the body: required in every call, found none";
    for (body, said) in [(None, missing), (Some(&short), "/name: minLength 2, found 1 character")] {
        let outcome: Outcome<()> =
            paused(call(&core, operation, None, body, CallOptions::new()).into_future());
        let Err(Error::Invalid(violations)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(violations.iter().next().unwrap().to_string(), said);
    }
    assert!(script.sent().is_empty());
}

#[test]
fn security_alternatives() {
    #[track_caller]
    fn check(
        builder: ClientBuilder<Core>,
        security: &'static [&'static [&'static str]],
        expected: Option<&str>,
    ) {
        let script = Script::new([answer(200, "")]);
        let operation = operation(Method::GET, "/t?fixed=1", Vec::new(), security);
        let core = builder.transport(script.transport()).build().unwrap();
        let outcome: Outcome<()> =
            paused(call(&core, operation, None, None, CallOptions::new()).into_future());
        let found = script.sent().first().map(|request| {
            assert!(request.headers().values().filter(|value| value.is_sensitive()).count() < 3);
            let header =
                |name| request.headers().get(name).map_or("", |value| value.to_str().unwrap());
            format!(
                "{} {}{}",
                request.uri().query().unwrap(),
                header("authorization"),
                header("cookie")
            )
        });
        assert_eq!(found.as_deref().map(str::trim_end), expected);
        assert_eq!(found.is_none(), matches!(outcome, Err(Error::Auth(_))));
    }
    let none = || ClientBuilder::<Core>::new(&crate::fixture::API);
    let bearer = || BearerToken::new("b");
    check(none(), &[], Some("fixed=1"));
    check(none(), &[&["a"], &["b"]], None);
    check(none(), &[&["a"], &[]], Some("fixed=1"));
    check(none().auth(bearer()), &[&[], &["a"]], Some("fixed=1 Bearer b"));
    check(none().auth_for("c", bearer()), &[&["a"], &["b", "c"]], None);
    let both = none().auth_for("c", bearer()).auth_for("b", ApiKey::query("k", "s p"));
    check(both, &[&["a"], &["b", "c"]], Some("fixed=1&k=s%20p Bearer b"));
    check(none().auth(ApiKey::cookie("k", "v")), &[&["a"]], Some("fixed=1 k=v"));
    check(none().auth(BearerToken::new("b\r\nx: y")), &[&["a"]], None);
}

#[test]
fn a_preview_shows_no_secret() {
    let operation =
        operation(Method::POST, "/t/{p}", vec![Path(field::RequiredSecret("p", &[]))], &[&["key"]]);
    let script = Script::new([answer(200, "")]);
    let core = script.builder().auth(ApiKey::query("key", "hush")).build().unwrap();
    let mut body = thing();
    body.rest.insert("more", "hush");
    let options = CallOptions::new().header("x-more", "hush");
    let call = begin(&core, operation, Some(json!("hush")), Some(&body), options.clone());
    let preview = call.preview().unwrap();
    let text = format!("{preview} {preview:?} {options:?} {core:?} {call:?}");
    assert!(!text.contains("hush"), "{text}");
    assert!(text.starts_with("POST https://eu.example.com/v1/t/[redacted]\n"), "{text}");
    assert!(text.contains("\n{\n  \"name\": \"lamp\",\n  \"secret\": \"[redacted]\","), "{text}");
}

#[test]
fn a_later_value_replaces_an_earlier_one_but_not_in_a_clone() {
    let operation = operation(
        Method::GET,
        "/t",
        vec![Query(field::Optional("p")), Query(field::Optional("q"))],
        &[],
    );
    let script = Script::new([answer(200, "")]);
    let core = script.builder().build().unwrap();
    let first = core.draft(operation).with(0, 1_i64).with(1, "x".to_owned());
    let second = first.clone().with(0, 2_i64);
    let url = |draft: &crate::runtime::draft::Draft| draft.preview().unwrap().url().to_owned();
    assert_eq!(url(&first), "https://eu.example.com/v1/t?p=1&q=x");
    assert_eq!(url(&second), "https://eu.example.com/v1/t?p=2&q=x");
    assert_eq!(
        format!("{second:?}"),
        r#"Call { operation: "doThing", parameters: {"p": 2, "q": "x"}, body: None, options: CallOptions { timeout: None, attempt_timeout: None, retry: None, headers: [] }, .. }"#
    );
}

/// The URL of a call with these values, or why there is none.
fn url_of(path: &'static str, parameters: Vec<(Parameter, Option<&str>)>) -> String {
    let (parameters, values): (Vec<_>, Vec<_>) = parameters.into_iter().unzip();
    let script = Script::new([answer(200, "")]);
    let core = script.builder().build().unwrap();
    let mut draft = core.draft(operation(Method::GET, path, parameters, &[]));
    for (index, value) in values.into_iter().enumerate() {
        if let Some(value) = value {
            draft = draft.with(index, value.to_owned());
        }
    }
    match draft.preview() {
        Ok(preview) => preview.url().trim_start_matches("https://eu.example.com/v1").to_owned(),
        Err(violations) => violations.to_string(),
    }
}

#[test]
fn slashes_stay_where_a_value_may_be_several_segments() {
    let of = |path, value| url_of(path, vec![(Path(field::Required("p")), Some(value))]);
    assert_eq!(of("/t/{+p}:run", "projects/a b/é"), "/t/projects/a%20b/%C3%A9:run");
    assert_eq!(of("/t/{+p}", "a//b/%2F"), "/t/a//b/%252F");
    assert_eq!(of("/t/{p}", "a/b"), "/t/a%2Fb");
    for bad in ["", "..", "a/../b", "a/.", "./a"] {
        let found = of("/t/{+p}", bad);
        assert!(found.starts_with("path parameter /p: path-segment "), "{bad}: {found}");
    }
    let sneaky = of("/t/.{+p}", "/x");
    assert!(sneaky.contains("path-segment"), "{sneaky}");
}

#[test]
fn what_stands_in_the_query_is_filled_in_there() {
    let of = |path, values: [Option<&'static str>; 2]| {
        let [a, b] = values;
        let a = (Query(field::Optional("a")), a);
        url_of(path, vec![a, (Query(field::Optional("b")), b)])
    };
    let path = "/t?box={a},{b}&v=1";
    assert_eq!(of(path, [Some("1&2"), Some("3")]), "/t?box=1%262,3&v=1");
    assert_eq!(of(path, [Some("1"), None]), "/t?v=1");
    assert_eq!(of("/t?a={b}&b={a}", [Some("1"), Some("2")]), "/t?a=2&b=1");
    assert_eq!(of("/t?x={a}", [Some("1"), Some("2")]), "/t?x=1&b=2");
    let of_path = vec![(Path(field::Required("p")), Some("1"))];
    assert_eq!(url_of("/t/{p}?x={p}", of_path), "/t/1?x=1");
}

#[test]
fn cookies_go_behind_those_that_a_header_holds() {
    let parameters = vec![
        Header(field::Optional("Cookie")),
        Cookie(field::Optional("a")),
        Cookie(field::Optional("b")),
    ];
    let operation = operation(Method::GET, "/t", parameters, &[]);
    let cookies = |values: &[(usize, &str)]| {
        let script = Script::new([answer(200, "")]);
        let core = script.builder().build().unwrap();
        let mut draft = core.draft(operation);
        for (index, value) in values {
            draft = draft.with(*index, (*value).to_owned());
        }
        let outcome: Outcome<()> = paused(Call::new(draft).send());
        outcome.unwrap();
        script.sent()[0].headers()["cookie"].to_str().unwrap().to_owned()
    };
    assert_eq!(cookies(&[(0, "m=1; n=2"), (1, "x"), (2, "y z")]), "m=1; n=2; a=x; b=y%20z");
    assert_eq!(cookies(&[(0, "m=1")]), "m=1");
    assert_eq!(cookies(&[(1, "x")]), "a=x");
}

/// A parameter that the client refuses as a header is none of its own either.
#[test]
fn generator_and_client_agree_on_framing_headers() {
    use generator::source::{Files, load_text};
    let names =
        "connection content-length host keep-alive te trailer transfer-encoding upgrade x-a";
    for name in names.split(' ') {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{/a: {{get: {{parameters: [{{name: {name}, in: header, schema: {{type: string}}}}], responses: {{'204': {{description: d}}}}}}}}}}\n"
        );
        let (mut files, mut sink) = (Files::new(), generator::diag::Sink::new());
        let document = load_text("api.yaml", &text, &Default::default(), &mut files, &mut sink);
        let request = generator::Request::single("api", generator::Input::of("api.yaml".as_ref()));
        let output = document.and_then(|document| {
            let settings = Default::default();
            generator::generate_loaded(&request, &[document], &settings, &files, &mut sink)
        });
        assert!(output.is_ok(), "{name}");
        let script = Script::new([answer(200, "")]);
        let core = script.builder().build().unwrap();
        let options = CallOptions::new().header(name, "1");
        let draft = core.draft(operation(Method::GET, "/t", Vec::new(), &[]));
        let refused = draft.with_options(options).preview().is_err();
        assert_eq!(!sink.as_slice().is_empty(), refused, "{name}: {:?}", sink.as_slice());
    }
}

#[test]
fn a_multipart_body_is_the_same_in_every_attempt() {
    let operation: &'static Operation = Box::leak(Box::new(Operation {
        id: "upload",
        method: Method::PUT,
        path: "/t",
        server: None,
        parameters: &[],
        body: Some(Body { required: true, contents: &[Content::Multipart(&[])] }),
        accept: Accept::Nothing,
        security: &[],
        retry: &[],
    }));
    let script = Script::new([answer(503, ""), answer(200, "")]);
    let core = script.builder().build().unwrap();
    let files = || BTreeMap::from([("file".to_owned(), FilePart::new("content"))]);
    let call = || Call::new(core.draft(operation).with_body(0, files()));
    let outcome: Outcome<()> = paused(call().send());
    outcome.unwrap();
    let outcome: Outcome<()> = paused(call().send());
    outcome.unwrap();
    let sent: Vec<_> = script.sent().iter().map(|request| request.body().clone()).collect();
    assert!(sent[0].ends_with(b"--\r\n") && sent[0] == sent[1], "{sent:?}");
    assert_ne!(sent[1], sent[2], "each call has a boundary of its own");
}
