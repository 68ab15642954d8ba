//! Makes calls of the crate of `bodies.yaml` and checks what is sent and what comes of the answers.

use std::future::{Future, IntoFuture};
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use bodies::client::{UploadError, UploadSuccess};
use bodies::http::{Request, Response};
use bodies::models::{Account, NewAccount, Charge, ChargePlain, Done, Later, Upload, UploadMeta};
use bodies::transport::{self, BodyStream};
use bodies::{Client, Error, FilePart};
use bytes::Bytes;

fn main() {
    requests_of_every_kind();
    a_form_as_its_encoding_says();
    a_form_that_is_written_already();
    a_multipart_body();
    answers_of_every_kind();
    answers_to_head_have_no_body();
    a_body_is_validated_whatever_its_kind();
    what_is_read_or_written_only_is_asked_for_on_its_way();
    the_rules_of_a_list_are_asked_for_too();
}

fn requests_of_every_kind() {
    let done = || Done::new(7).with_blob("a b");
    check(|client| client.render().body(done()), "application/json", br#"{"id":7,"blob":"a b"}"#);
    check(
        |client| client.render().body_form(done()),
        "application/x-www-form-urlencoded",
        b"id=7&blob=a%20b",
    );
    check(|client| client.render().body_text("# A"), "text/plain", b"# A");
    check(|client| client.render().body_bytes(vec![0, 255]), "application/octet-stream", &[0, 255]);
    check(|client| client.store().body(vec![1]), "application/octet-stream", &[1]);
    check(
        |client| {
            let options = bodies::CallOptions::new().header("content-type", "image/png");
            client.store().body("x").options(options)
        },
        "image/png",
        b"x",
    );
}

#[track_caller]
fn check<C: IntoFuture>(call: impl Fn(&Client) -> C, media_type: &str, body: &[u8]) {
    let (client, sent) = client(200, b"{}");
    ready(call(&client));
    let request = sent.lock().unwrap().remove(0);
    assert_eq!(request.headers()["content-type"], media_type);
    assert_eq!(request.headers()["content-length"], body.len().to_string());
    assert_eq!(request.body(), body);
}

fn a_form_as_its_encoding_says() {
    let list = || vec!["a b".to_owned(), "c".to_owned()];
    let charge = Charge::new()
        .with_address([("city".to_owned(), "X&Y".to_owned())].into())
        .with_expand(list())
        .with_codes(list())
        .with_pipes(list())
        .with_extra(vec![1, 2])
        .with_url("/a?b")
        .with_plain(ChargePlain::new().with_a("1"))
        .with_list(list());
    check(
        |client| client.charge().body(charge.clone()),
        "application/x-www-form-urlencoded",
        b"address%5Bcity%5D=X%26Y&expand%5B0%5D=a%20b&expand%5B1%5D=c&codes=a%20b,c&pipes=a%20b%7Cc\
          &extra=%5B1%2C2%5D&url=/a?b&plain=%7B%22a%22%3A%221%22%7D&list=a%20b&list=c",
    );
}

fn a_form_that_is_written_already() {
    check(
        |client| client.query().body("a=b&c=%20".to_owned()),
        "application/x-www-form-urlencoded",
        b"a=b&c=%20",
    );
    let any = |text: &str| text.parse().unwrap();
    let form = "application/x-www-form-urlencoded";
    check(|client| client.any_query().body(any(r#"{"a":[1,2]}"#)), form, b"a=1&a=2");
    check(|client| client.any_query().body(any(r#""a=1""#)), form, b"a=1");
    let (client, sent) = client(204, b"");
    let Err(Error::Invalid(violations)) = ready(client.any_query().body(any("[1]"))) else {
        panic!("sent")
    };
    assert_eq!(violations.iter().map(|it| it.keyword).collect::<Vec<_>>(), ["form"]);
    assert!(sent.lock().unwrap().is_empty());
}

fn a_multipart_body() {
    let file = FilePart::new("one").with_file_name("a.txt").with_content_type("text/plain");
    let body = Upload::new(file, "test")
        .with_avatar(vec![0, 255])
        .with_more(vec!["x".into(), FilePart::new("y").with_file_name("\"\r\n: y")])
        .with_tags(vec!["p".to_owned(), "q".to_owned()])
        .with_meta(UploadMeta::new().with_a(1))
        .with_password("hush");
    let (client, sent) = client(204, b"");
    let call = client.upload().body(body);
    let shown = format!("{} {call:?}", call.dry_run().unwrap());
    assert!(!shown.contains("hush") && !shown.contains("one\r\n"), "{shown}");
    ready(call).unwrap();
    let request = sent.lock().unwrap().remove(0);
    let kind = request.headers()["content-type"].to_str().unwrap().to_owned();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
    let parts: [(&str, &[u8]); 8] = [
        ("name=\"file\"; filename=\"a.txt\"\r\ncontent-type: text/plain", b"one"),
        ("name=\"avatar\"; filename=\"avatar\"\r\ncontent-type: image/png", &[0, 255]),
        ("name=\"more\"; filename=\"more\"\r\ncontent-type: application/octet-stream", b"x"),
        (
            "name=\"more\"; filename=\"%22%0D%0A: y\"\r\ncontent-type: application/octet-stream",
            b"y",
        ),
        ("name=\"purpose\"", b"test"),
        ("name=\"tags\"", b"p"),
        ("name=\"tags\"", b"q"),
        ("name=\"meta\"\r\ncontent-type: application/json", br#"{"a":1}"#),
    ];
    let mut expected = Vec::new();
    for (head, content) in parts.into_iter().chain([("name=\"password\"", b"hush".as_slice())]) {
        expected.extend_from_slice(
            format!("--{boundary}\r\ncontent-disposition: form-data; {head}\r\n\r\n").as_bytes(),
        );
        expected.extend_from_slice(content);
        expected.extend_from_slice(b"\r\n");
    }
    expected.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    assert_eq!(request.body().escape_ascii().to_string(), expected.escape_ascii().to_string());
    // Without a schema, each part may be a file.
    let (client, sent) = self::client(200, b"{\"id\":1}");
    let parts = [("a".to_owned(), FilePart::from("b"))];
    let response = ready(client.parts().body(parts.into())).unwrap();
    assert_eq!(response.id, 1);
    let body = sent.lock().unwrap().remove(0).into_body();
    assert!(body.escape_ascii().to_string().contains(r#"name=\"a\"; filename=\"a\""#));
}

fn answers_of_every_kind() {
    #[track_caller]
    fn success(status: u16, body: &'static [u8], expected: impl Fn(&UploadSuccess) -> bool) {
        let (client, sent) = client(status, body);
        let response = ready(client.upload().body(Upload::new("x", "test"))).unwrap();
        assert!(expected(&response), "{response:?}");
        let request = sent.lock().unwrap().remove(0);
        assert_eq!(request.headers()["accept"], "application/json, text/plain, image/png");
    }
    success(200, br#"{"id":7}"#, |body| *body == UploadSuccess::Ok(Done::new(7)));
    success(202, br#"{"url":"u"}"#, |body| *body == UploadSuccess::Accepted(Later::new("u")));
    success(204, b"", |body| *body == UploadSuccess::NoContent);
    success(206, b"{not json", |body| {
        *body == UploadSuccess::PartialContent("{not json".to_owned())
    });
    success(
        207,
        &[0, 255],
        |body| matches!(body, UploadSuccess::MultiStatus(raw) if raw.as_bytes()[..] == [0, 255]),
    );
    success(
        299,
        b"x",
        |body| matches!(body, UploadSuccess::Other { body } if body.to_text() == "x"),
    );

    let (client, _) = client(202, br#"{"url":5}"#);
    let error = ready(client.upload().body(Upload::new("x", "test"))).unwrap_err();
    assert!(matches!(&error, Error::Decode(error) if error.pointer() == "/url"), "{error:?}");

    let (client, _) = self::client(400, b"because");
    let error = ready(client.upload().body(Upload::new("x", "test"))).unwrap_err();
    assert!(
        matches!(&error, Error::Api(error) if *error.body() == UploadError::BadRequest("because".to_owned()))
    );
    let (client, _) = self::client(500, &[255]);
    let error = ready(client.upload().body(Upload::new("x", "test"))).unwrap_err();
    assert!(
        matches!(&error, Error::Api(error) if matches!(error.body(), UploadError::InternalServerError(raw) if raw.as_bytes()[..] == [255]))
    );

    let (client, _) = self::client(200, b"plain");
    assert_eq!(ready(client.store()).unwrap().into_body().as_deref(), Some("plain"));
    let (client, _) = self::client(204, b"");
    assert_eq!(ready(client.store()).unwrap().into_body(), None);
    let (client, _) = self::client(200, &[255]);
    assert!(matches!(ready(client.store()), Err(Error::Decode(_))));
    let (client, _) = self::client(200, &[255]);
    assert_eq!(ready(client.render().body_text("x")).unwrap().as_bytes()[..], [255]);
}

/// They have none, though the document says what it would be.
fn answers_to_head_have_no_body() {
    let (client, sent) = client(200, b"");
    ready(client.probe()).unwrap();
    assert_eq!(sent.lock().unwrap().remove(0).headers()["accept"], "application/json");
    let (client, _) = self::client(404, b"");
    let error = ready(client.probe()).unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
}

fn a_body_is_validated_whatever_its_kind() {
    #[track_caller]
    fn check(body: Upload, pointer: &str, keyword: &str) {
        let (client, sent) = client(204, b"");
        let Err(Error::Invalid(violations)) = ready(client.upload().body(body)) else {
            panic!("sent")
        };
        let found: Vec<_> =
            violations.iter().map(|one| (one.pointer.as_str(), one.keyword)).collect();
        assert_eq!(found, [(pointer, keyword)]);
        assert!(sent.lock().unwrap().is_empty());
    }
    check(Upload::new("x", "y"), "/purpose", "minLength");
    let file = FilePart::new("x").with_content_type("text/plain\r\nx: y");
    check(Upload::new(file, "test"), "/file", "content-type");
    let (client, _) = client(204, b"");
    assert!(matches!(ready(client.upload()), Err(Error::Invalid(_))));
}

fn what_is_read_or_written_only_is_asked_for_on_its_way() {
    let answer = br#"{"id":7,"name":"a"}"#;
    let (client, sent) = client(200, answer);
    let Err(Error::Invalid(violations)) = ready(client.change().body(Account::new("a"))) else {
        panic!("sent")
    };
    assert_eq!(violations.len(), 1);
    assert!(violations.to_string().contains("required password"), "{violations}");
    assert!(sent.lock().unwrap().is_empty());

    let body = Account::new("a").with_password("x");
    assert_eq!(ready(client.change().body(body.clone())).unwrap().id, Some(7));
    // A type that travels one way only has what is required on it.
    assert_eq!(ready(client.open().body(NewAccount::new("x"))).unwrap().id, 7);

    let client = strict;
    assert!(ready(client(answer).change().body(body.clone())).is_ok(), "no password comes back");
    let refused = ready(client(br#"{"name":"a"}"#).change().body(body)).unwrap_err();
    assert!(refused.to_string().contains("required id"), "{refused}");
}

fn the_rules_of_a_list_are_asked_for_too() {
    let words = |words: &[&str]| words.iter().map(|word| word.to_string()).collect::<Vec<_>>();
    #[track_caller]
    fn check(error: Error<bodies::client::WordsError>, expected: &[(&str, &str)]) {
        let violations = match &error {
            Error::Invalid(violations) => violations,
            Error::InvalidResponse(error) => error.violations(),
            other => panic!("{other}"),
        };
        let found = violations.iter().map(|one| (one.pointer.as_str(), one.keyword));
        assert_eq!(found.collect::<Vec<_>>(), expected);
    }
    let client = strict(br#"["a"]"#);
    assert_eq!(ready(client.words().body(words(&["x"]))).unwrap().body(), &words(&["a"]));
    check(ready(client.words().body(words(&[]))).unwrap_err(), &[("", "minItems")]);
    check(ready(client.words().body(words(&["x", "Y"]))).unwrap_err(), &[("/1", "pattern")]);
    let client = strict(br#"["a","x"]"#);
    check(ready(client.words()).unwrap_err(), &[("", "maxItems"), ("/1", "pattern")]);
}

/// A client that is always answered like this, and checks it.
fn strict(answer: &'static [u8]) -> Client {
    let transport = transport::from_fn(move |_| {
        let answer = Response::new(BodyStream::from(Bytes::from_static(answer)));
        async move { Ok(answer) }
    });
    Client::builder().transport(transport).validate_responses(true).build().unwrap()
}

/// A client that is always answered like this, and what it sends.
fn client(status: u16, body: &'static [u8]) -> (Client, Arc<Mutex<Vec<Request<Bytes>>>>) {
    let sent = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&sent);
    let transport = transport::from_fn(move |request| {
        seen.lock().unwrap().push(request);
        let answer =
            Response::builder().status(status).body(BodyStream::from(Bytes::from_static(body)));
        async move { Ok(answer.unwrap()) }
    });
    (Client::builder().transport(transport).build().unwrap(), sent)
}

/// The outcome of a call, which such a client makes without waiting.
fn ready<C: IntoFuture>(call: C) -> C::Output {
    let mut future = pin!(call.into_future());
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("the call waits"),
    }
}
