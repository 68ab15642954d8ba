//! The client's manners, told from outside: what is sent, how often, and what is made of answers.
#![allow(
    dead_code,
    unreachable_pub,
    unused_macros,
    unused_imports,
    reason = "the runtime is a part of each test"
)]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[path = "runtime_fixture.rs"]
mod fixture;
#[path = "../templates/runtime/mod.rs"]
mod runtime;

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use serde_json::{Value, json};

use fixture::{
    Outcome, Reply, Script, Slip, Thing, ThingError, answer, begin, call, operation, paused, thing,
};
use runtime::auth::{ApiKey, BearerToken};
use runtime::call::Call;
use runtime::client::{Api, ClientBuilder, Core, ServerVariable};
use runtime::draft::CallOptions;
use runtime::error::{Error, TimeoutPhase, TransportErrorKind};
use runtime::field;
use runtime::multipart::FilePart;
use runtime::operation::{
    Accept, Body, Content, Cookie, Fill, Form, Formed, Header, Operation, Parameter, Path, Query,
    RetryWhen, Style,
};
use runtime::response::Response;
use runtime::retry::RetryPolicy;
use runtime::unknown::UnknownFields;

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
    for (body, keyword) in [(None, "required"), (Some(&short), "minLength")] {
        let outcome: Outcome<()> =
            paused(call(&core, operation, None, body, CallOptions::new()).into_future());
        let Err(Error::Invalid(violations)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(violations.iter().next().unwrap().keyword, keyword);
    }
    assert!(script.sent().is_empty());
}

/// How often a call is attempted, by the answers that it gets.
#[test]
fn attempts() {
    use Reply::{Cut, Fail, Silence};
    static WHEN: &[RetryWhen] =
        &[RetryWhen { status: 409, property: "code", values: &["IncorrectState"] }];
    #[track_caller]
    fn check(method: Method, token: Fill, replies: &[Reply], expected: usize) {
        let parameter = Formed(field::Optional("x-token"), Form { fill: token, ..Form::HEADER });
        let base = operation(method, "/t", vec![parameter], &[]);
        let operation: &'static Operation = Box::leak(Box::new(Operation {
            id: base.id,
            method: base.method.clone(),
            path: base.path,
            server: None,
            parameters: base.parameters,
            body: None,
            accept: Accept::Nothing,
            security: &[],
            retry: WHEN,
        }));
        let script = Script::new(replies.iter().cloned());
        let attempts = paused(async {
            let core = script.builder().build().unwrap();
            let _: Outcome<Thing> = call(&core, operation, None, None, CallOptions::new()).await;
            script.sent()
        });
        assert_eq!(attempts.len(), expected);
        let tokens: Vec<_> =
            attempts.iter().map(|request| request.headers().get("x-token")).collect();
        match token {
            Fill::Nothing => assert_eq!(tokens[0], None),
            Fill::IdempotencyToken => {
                assert!(tokens.iter().all(|token| token.is_some() && token == &tokens[0]))
            }
            Fill::RequestId => assert!(tokens.len() == 1 || tokens[0] != tokens[1]),
        }
    }
    let ok = || answer(200, r#"{"name":"lamp"}"#);
    let conflict = |code: &str| answer(409, format!(r#"{{"code":"{code}"}}"#));
    for status in [429, 500, 502, 503, 504, 505] {
        check(Method::GET, Fill::Nothing, &[answer(status, ""), ok()], 2);
        check(Method::POST, Fill::IdempotencyToken, &[answer(status, ""), ok()], 2);
        let refused = matches!(status, 429 | 503);
        check(
            Method::POST,
            Fill::RequestId,
            &[answer(status, ""), ok()],
            if refused { 2 } else { 1 },
        );
    }
    for status in [302, 400, 401, 403, 404, 409, 501] {
        check(Method::GET, Fill::Nothing, &[answer(status, ""), ok()], 1);
    }
    check(Method::POST, Fill::Nothing, &[conflict("IncorrectState"), ok()], 2);
    check(Method::GET, Fill::Nothing, &[conflict("Other"), ok()], 1);
    check(Method::POST, Fill::Nothing, &[Fail(TransportErrorKind::Connect), ok()], 2);
    check(Method::POST, Fill::Nothing, &[Fail(TransportErrorKind::Broken), ok()], 1);
    check(Method::POST, Fill::Nothing, &[Cut(200, "{"), ok()], 1);
    check(Method::POST, Fill::Nothing, &[Silence, ok()], 1);
    check(Method::PUT, Fill::Nothing, &[Fail(TransportErrorKind::Broken), ok()], 2);
    check(Method::PUT, Fill::Nothing, &[Cut(200, "{"), ok()], 2);
    check(Method::PUT, Fill::Nothing, &[Silence, ok()], 2);
    check(Method::GET, Fill::Nothing, &[Fail(TransportErrorKind::Tls), ok()], 1);
    check(Method::GET, Fill::Nothing, &[answer(503, "")], 8);
    check(Method::GET, Fill::Nothing, &[answer(200, "not JSON"), ok()], 1);
}

#[test]
fn waits_and_deadlines() {
    #[track_caller]
    fn check(
        replies: Vec<Reply>,
        options: CallOptions,
        seconds: std::ops::RangeInclusive<f64>,
    ) -> Outcome<()> {
        let operation = operation(Method::GET, "/t", Vec::new(), &[]);
        let script = Script::new(replies);
        let (outcome, took) = paused(async {
            let core = script.builder().build().unwrap();
            let begin = tokio::time::Instant::now();
            let outcome = call(&core, operation, None, None, options).await;
            (outcome, begin.elapsed().as_secs_f64())
        });
        assert!(seconds.contains(&took), "took {took} s");
        outcome
    }
    let after = |value: &str| Reply::Answer(503, vec![("retry-after", value.into())], Bytes::new());
    let dated = |date: &str| {
        let headers =
            vec![("retry-after", date.into()), ("date", "Wed, 21 Oct 2015 07:28:00 GMT".into())];
        Reply::Answer(503, headers, Bytes::new())
    };
    let ok = || answer(200, "");
    let standard = CallOptions::new;

    check(vec![after("7"), ok()], standard(), 7.0..=8.1).unwrap();
    check(vec![dated("Wed, 21 Oct 2015 07:28:09 GMT"), ok()], standard(), 9.0..=10.1).unwrap();
    check(vec![dated("Wed, 21 Oct 2015 07:00:00 GMT"), ok()], standard(), 0.0..=1.1).unwrap();
    check(vec![answer(503, ""); 8], standard(), 0.0..=91.1).unwrap_err();
    // What cannot be waited out is not waited for.
    for reply in
        [after("301"), after("99999999999999999999999"), dated("Wed, 21 Oct 2099 07:28:00 GMT")]
    {
        let error = check(vec![reply, ok()], standard(), 0.0..=0.1).unwrap_err();
        assert_eq!(error.status().unwrap(), 503);
    }
    let never = CallOptions::new().retry(RetryPolicy::never());
    check(vec![answer(503, ""), ok()], never, 0.0..=0.1).unwrap_err();

    let error = check(vec![Reply::Silence], standard(), 299.9..=300.1).unwrap_err();
    assert!(
        matches!(error, Error::Timeout(error) if error.phase() == TimeoutPhase::Call),
        "{error}"
    );
    let hasty =
        CallOptions::new().attempt_timeout(Duration::from_secs(2)).retry(RetryPolicy::never());
    let error = check(vec![Reply::Silence], hasty, 1.9..=2.1).unwrap_err();
    assert!(
        matches!(error, Error::Timeout(error) if error.phase() == TimeoutPhase::Attempt),
        "{error}"
    );
}

#[test]
fn a_failing_service_is_not_hammered() {
    let operation = operation(Method::GET, "/t", Vec::new(), &[]);
    let script = Script::new([answer(503, "")]);
    paused(async {
        let core = script.builder().build().unwrap();
        for _ in 0..100 {
            let outcome: Outcome<()> = call(&core, operation, None, None, CallOptions::new()).await;
            outcome.unwrap_err();
        }
    });
    assert_eq!(script.sent().len(), 200, "100 calls, 100 further attempts in all");
}

/// What is made of the body of an error: its code and its message.
#[test]
fn errors_of_every_shape() {
    #[track_caller]
    fn check(media_type: &str, body: impl Into<Bytes>, code: Option<&str>, message: Option<&str>) {
        let body = body.into();
        let operation = operation(Method::GET, "/t", Vec::new(), &[]);
        let headers = vec![("content-type", media_type.to_owned()), ("x-request-id", "r-1".into())];
        let script = Script::new([Reply::Answer(400, headers, body.clone())]);
        let core = script.builder().build().unwrap();
        let outcome: Outcome<Thing> =
            paused(call(&core, operation, None, None, CallOptions::new()).into_future());
        let Err(Error::Api(error)) = outcome else { panic!("{outcome:?}") };
        assert_eq!((error.code(), error.message()), (code, message));
        assert_eq!((error.raw(), error.request_id()), (&body, Some("r-1")));
        assert!(format!("{error}{error:?}").len() < 6000);
    }
    let json = "application/json";
    check(
        json,
        r#"{"error_code":"BAD_REQUEST","message":"No."}"#,
        Some("BAD_REQUEST"),
        Some("No."),
    );
    check(json, r#"{"error_code":403,"message":"No."}"#, Some("403"), Some("No."));
    check(json, r#"{"error":"old style"}"#, None, Some("old style"));
    check(json, r#"{"error":"slow_down","error_description":"x"}"#, Some("slow_down"), Some("x"));
    check(json, r#"{"error":{"code":"a","message":"b"}}"#, Some("a"), Some("b"));
    check(json, r#"{"type":"about:blank","title":"Gone","detail":"d"}"#, Some("Gone"), Some("d"));
    for nothing in ["", "{}", "[1]", "null", r#"{"error_code":"BAD"#, "\u{1}", r#"{"message":{}}"#]
    {
        let message = (nothing == "\u{1}").then_some("\u{1}");
        check(json, nothing, None, message);
    }
    check(json, &b"\xff\xfe{"[..], None, None);
    check("text/plain", "MALFORMED_REQUEST: no role", Some("MALFORMED_REQUEST"), Some("no role"));
    check("text/plain", "no: role", None, Some("no: role"));
    check("text/plain", "long ".repeat(1000), None, None);
    let html = "<html><head><title>Error</title></head><body><PRE>It &lt;broke&gt;\n badly</PRE>";
    check("text/html; charset=utf-8", html.to_owned() + "</body>", None, Some("It <broke> badly"));
    check("text/html", "<title>502 Bad Gateway</title>", None, Some("502 Bad Gateway"));
}

#[test]
fn an_error_is_told_in_one_line() {
    let operation = operation(Method::GET, "/t", Vec::new(), &[]);
    let headers = vec![("opc-request-id", "r/1".to_owned()), ("retry-after", "3".to_owned())];
    let body = r#"{"name":"lamp","code":"BAD_REQUEST","message":"Request is\u001b[2J invalid."}"#;
    let script = Script::new([Reply::Answer(400, headers, body.into())]);
    let core = script.builder().build().unwrap();
    let outcome: Outcome<Thing> =
        paused(call(&core, operation, None, None, CallOptions::new()).into_future());
    let error = outcome.unwrap_err();
    assert_eq!(
        error.to_string(),
        r"HTTP 400 Bad Request: BAD_REQUEST: Request is\u{1b}[2J invalid. (request id r/1)"
    );
    assert!(size_of_val(&error) < 64);
    let Error::Api(error) = error else { panic!("{error:?}") };
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3)));
    assert!(matches!(error.body(), ThingError::BadRequest(thing) if thing.name == "lamp"));
}

#[test]
fn bodies_that_do_not_come_whole() {
    let operation = operation(Method::GET, "/t", Vec::new(), &[]);
    let run = |reply: Reply| {
        let script = Script::new([reply]);
        let policy = RetryPolicy::never();
        let core = script.builder().max_response_bytes(16).retry(policy).build().unwrap();
        let outcome: Outcome<Thing> =
            paused(call(&core, operation, None, None, CallOptions::new()).into_future());
        outcome.unwrap_err()
    };
    let large = r#"{"name":"0123456789"}"#;
    let error = run(answer(200, large));
    assert!(error.to_string().contains("larger than 16 bytes"), "{error}");
    for reply in [answer(500, large), Reply::Cut(500, &large[..16])] {
        let Error::Api(error) = run(reply) else { panic!() };
        assert_eq!((&error.raw()[..], error.is_truncated()), (&large.as_bytes()[..16], true));
    }
    let error = run(Reply::Cut(200, "{"));
    assert!(
        matches!(&error, Error::Transport(error) if error.kind() == TransportErrorKind::Broken)
    );
}

/// A value of the wrong type may be a secret in the wrong place.
#[test]
fn what_does_not_decode_is_told_without_its_value() {
    let operation = operation(Method::GET, "/t", Vec::new(), &[]);
    let script = Script::new([answer(200, r#"{"x-left":"hush"}"#)]);
    let core = script.builder().build().unwrap();
    let outcome: Result<Response<fixture::Headers>, Error<ThingError>> =
        paused(Call::new(begin(&core, operation, None, None, CallOptions::new())).send());
    let Err(Error::Decode(error)) = outcome else { panic!("{outcome:?}") };
    assert_eq!(error.pointer(), "/x-left");
    assert!(error.reason().starts_with("invalid type: string, expected an integer"), "{error}");
    assert_eq!(error.raw(), r#"{"x-left":"hush"}"#);
    assert!(!format!("{error} {error:?}").contains("hush"));
}

#[test]
fn successes() {
    let operation = operation(Method::GET, "/t", Vec::new(), &[]);
    let headers = |flags: &str| vec![("x-left", "7".to_owned()), ("x-flags", flags.to_owned())];
    let body = Bytes::from(r#"{"name":"x","more":1}"#);
    let script = Script::new([
        Reply::Answer(200, headers("true, False"), body.clone()),
        Reply::Answer(299, headers("perhaps"), body.clone()),
        answer(204, "anything"),
        Reply::Cut(200, "any"),
        Reply::Answer(200, Vec::new(), body),
    ]);
    paused(async {
        let core = script.builder().build().unwrap();
        let strict = script.builder().validate_responses(true).build().unwrap();
        let first = call::<Thing>(&core, operation, None, None, CallOptions::new()).await.unwrap();
        assert_eq!((first.name.as_str(), first.rest.len()), ("x", 1));
        assert_eq!(first.documented_headers().left, Some(7));
        assert_eq!(first.documented_headers().flags, Some(vec![true, false]));
        let second = call::<Thing>(&core, operation, None, None, CallOptions::new()).await.unwrap();
        assert_eq!((second.status().as_u16(), &second.documented_headers().flags), (299, &None));
        call::<()>(&core, operation, None, None, CallOptions::new()).await.unwrap();
        call::<()>(&core, operation, None, None, CallOptions::new()).await.unwrap();
        let error =
            call::<Thing>(&strict, operation, None, None, CallOptions::new()).await.unwrap_err();
        assert!(
            matches!(&error, Error::InvalidResponse(error) if error.violations().len() == 1),
            "{error}"
        );
    });
}

#[test]
fn incomplete_bodies() {
    let operation = operation(Method::GET, "/t", Vec::new(), &[]);
    let script = Script::new(std::iter::repeat_n(answer(200, r#"{"more":1}"#), 4));
    paused(async {
        let core = script.builder().build().unwrap();
        let open = script.builder().accept_incomplete(true).build().unwrap();
        let strict =
            script.builder().accept_incomplete(true).validate_responses(true).build().unwrap();
        let options = CallOptions::new;
        let error = call::<Thing>(&core, operation, None, None, options()).await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{error}");
        let slip = call::<Slip>(&core, operation, None, None, options()).await.unwrap();
        assert_eq!(serde_json::to_string(slip.body()).unwrap(), r#"{"more":1}"#);
        let mut thing =
            call::<Thing>(&open, operation, None, None, options()).await.unwrap().into_body();
        assert_eq!(thing.rest.missing().collect::<Vec<_>>(), ["name"]);
        assert_eq!(serde_json::to_string(&thing).unwrap(), r#"{"more":1}"#);
        assert_eq!(format!("{thing:?}"), r#"Thing { ..: {"more"} }"#);
        assert_ne!(thing, serde_json::from_str(r#"{"name":"","more":1}"#).unwrap());
        let before = thing.clone();
        thing.rest.insert("even", "more");
        assert_ne!(thing.rest, before.rest);
        thing.rest.remove("even");
        assert_eq!(thing.rest, before.rest);
        thing.name = "lamp".to_owned();
        assert_eq!(serde_json::to_string(&thing).unwrap(), r#"{"name":"lamp","more":1}"#);
        assert_eq!(thing, serde_json::from_str(r#"{"name":"lamp","more":1}"#).unwrap());
        thing.name.clear();
        thing.rest.remove("name");
        assert_eq!(serde_json::to_string(&thing).unwrap(), r#"{"name":"","more":1}"#);
        let error = call::<Thing>(&strict, operation, None, None, options()).await.unwrap_err();
        assert!(matches!(&error, Error::InvalidResponse(_)), "{error}");
        assert!(format!("{error:?}").contains("required"), "{error:?}");
    });
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
    let none = || ClientBuilder::<Core>::new(&fixture::API);
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
fn what_was_emptied_is_empty() {
    let mut emptied = UnknownFields::new();
    emptied.insert("gone", 1);
    let clone = emptied.clone();
    assert_eq!(emptied.remove("gone"), Some(json!(1)));
    assert_eq!(emptied, UnknownFields::new());
    assert_eq!(clone.get("gone"), Some(&json!(1)));
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
    let url = |draft: &runtime::draft::Draft| draft.preview().unwrap().url().to_owned();
    assert_eq!(url(&first), "https://eu.example.com/v1/t?p=1&q=x");
    assert_eq!(url(&second), "https://eu.example.com/v1/t?p=2&q=x");
    assert_eq!(
        format!("{second:?}"),
        r#"Call { operation: "doThing", parameters: {"p": 2, "q": "x"}, body: None, options: CallOptions { timeout: None, attempt_timeout: None, retry: None, headers: [] }, .. }"#
    );
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
        name: fixture::API.name,
        version: fixture::API.version,
        server: Api::server(fixture::API.server.url, fixture::API.server.variables),
        others: Vec::leak(vec![Api::server(server, VARIABLES)]),
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
