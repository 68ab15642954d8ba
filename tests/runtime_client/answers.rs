//! What is made of answers, whole or broken, and of errors.

use std::time::Duration;

use bytes::Bytes;
use http::Method;
use serde_json::json;

use crate::fixture::{
    Outcome, Reply, Script, Slip, Thing, ThingError, answer, begin, call, operation, paused, thing,
};
use crate::runtime::call::Call;
use crate::runtime::draft::CallOptions;
use crate::runtime::error::{Error, TransportErrorKind};
use crate::runtime::response::Response;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::unknown::UnknownFields;

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
    let outcome: Result<Response<crate::fixture::Headers>, Error<ThingError>> =
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
fn what_was_emptied_is_empty() {
    let mut emptied = UnknownFields::new();
    emptied.insert("gone", 1);
    let clone = emptied.clone();
    assert_eq!(emptied.remove("gone"), Some(json!(1)));
    assert_eq!(emptied, UnknownFields::new());
    assert_eq!(clone.get("gone"), Some(&json!(1)));
}
