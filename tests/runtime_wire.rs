//! The default transport against a server on this machine: what it sends, and how it tells
//! failures apart. What the client makes of that stands in `runtime_client.rs`.
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

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::Method;

use fixture::{API, Outcome, Thing, begin, call, operation, thing};
use runtime::auth::BearerToken;
use runtime::client::{ClientBuilder, Core};
use runtime::draft::CallOptions;
use runtime::error::{Error, TransportErrorKind};
use runtime::model::Slot;
use runtime::retry::RetryPolicy;

/// Serves each connection with the next answer, byte by byte as it stands, and closes it.
fn serve(answers: &'static [&'static str]) -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let requests = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&requests);
    std::thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            seen.lock().unwrap().push(read(&mut stream));
            stream.write_all(answer.as_bytes()).unwrap();
        }
    });
    (address, requests)
}

/// Reads a request to the end of its body.
fn read(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    let mut buffer = [0; 4096];
    loop {
        let count = stream.read(&mut buffer).unwrap();
        text.push_str(str::from_utf8(&buffer[..count]).unwrap());
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if count == 0 || body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
            return text;
        }
    }
}

fn core(url: &str) -> Core {
    ClientBuilder::new(&API).base_url(url).auth(BearerToken::new("hush")).build().unwrap()
}

fn run<T: runtime::response::ResponseBody>(core: &Core, method: Method) -> Outcome<T> {
    let body = (method == Method::POST).then(thing);
    let operation = operation(method, "/t", Vec::new(), &[&["bearer"]]);
    let fast = RetryPolicy::new().base_delay(Duration::ZERO);
    let call = call(core, operation, None, body.as_ref(), CallOptions::new().retry(fast));
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(call)
}

#[test]
fn the_bytes_of_a_request() {
    let (address, requests) =
        serve(&["HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n{\"name\":\"lamp\"}"]);
    let response = run::<Thing>(&core(&format!("http://{address}/v1")), Method::POST).unwrap();
    assert_eq!(response.name, "lamp");
    let request = requests.lock().unwrap().remove(0);
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let mut lines: Vec<_> = head.lines().collect();
    lines[1..].sort_unstable();
    let host = format!("host: {address}");
    assert_eq!(
        lines,
        [
            "POST /v1/t HTTP/1.1",
            "accept: application/json",
            "authorization: Bearer hush",
            "content-length: 31",
            "content-type: application/json",
            &host,
            "user-agent: things/1.0",
        ]
    );
    assert_eq!(body, r#"{"name":"lamp","secret":"hush"}"#);
}

#[test]
fn failures() {
    #[track_caller]
    fn check(
        method: Method,
        answers: &'static [&'static str],
        expected: Result<u16, &str>,
        attempts: usize,
    ) {
        let (address, requests) = serve(answers);
        let outcome = run::<Thing>(&core(&format!("http://{address}")), method);
        let found = match &outcome {
            Ok(response) => Ok(response.status().as_u16()),
            Err(Error::Transport(error)) => Err(format!("{:?}", error.kind())),
            Err(error) => Err(error.to_string()),
        };
        assert_eq!(found, expected.map_err(str::to_owned));
        assert_eq!(requests.lock().unwrap().len(), attempts);
    }
    const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n{\"name\":\"lamp\"}";
    const CUT: &str = "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"name\"";
    const CUT_ERROR: &str = "HTTP/1.1 500 E\r\ncontent-length: 99\r\n\r\nPARTIAL: no";
    const HTML: &str = "HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\ncontent-length: 19\r\n\r\n<title>Hi!</title>\n";
    const AWAY: &str =
        "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
    check(Method::GET, &["", OK], Ok(200), 2);
    check(Method::POST, &["", OK], Err("Broken"), 1);
    check(Method::GET, &[CUT, OK], Ok(200), 2);
    check(Method::POST, &[CUT, OK], Err("Broken"), 1);
    check(Method::POST, &[CUT_ERROR, OK], Err("HTTP 500 Internal Server Error: PARTIAL: no"), 1);
    check(Method::GET, &[HTML, OK], Ok(200), 2);
    check(Method::POST, &[HTML, OK], Err("HTTP 502 Bad Gateway: Hi!"), 1);
    check(Method::GET, &[AWAY, OK], Err("HTTP 302 Found"), 1);
    check(Method::POST, &["nonsense\r\n\r\n"], Err("Broken"), 1);
}

#[test]
fn no_connection() {
    let unused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = run::<()>(&core(&format!("http://{unused}")), Method::POST).unwrap_err();
    assert!(
        matches!(&error, Error::Transport(error) if error.kind() == TransportErrorKind::Connect),
        "{error}"
    );
    // A server that does not speak TLS.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            stream.unwrap().write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
        }
    });
    let error = run::<()>(&core(&format!("https://{address}")), Method::POST).unwrap_err();
    assert!(
        matches!(&error, Error::Transport(error) if error.kind() == TransportErrorKind::Tls),
        "{error}"
    );
}

#[test]
fn blocking_calls_inside_and_outside_of_a_runtime() {
    const OK: &str =
        "HTTP/1.1 200 OK\r\ncontent-length: 15\r\nconnection: close\r\n\r\n{\"name\":\"lamp\"}";
    let (address, _) = serve(&[OK, OK]);
    let core = core(&format!("http://{address}"));
    let operation = operation(Method::GET, "/t", Vec::new(), &[]);
    let get = || {
        let call = begin(&core, operation, None, None, CallOptions::new());
        let outcome: Outcome<Thing> = runtime::call::Call::new(call).send_blocking();
        assert_eq!(outcome.unwrap().name, "lamp");
    };
    get();
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async { get() });
}

#[test]
fn without_a_runtime_there_is_an_error_and_no_panic() {
    let core = core("http://127.0.0.1:1");
    let operation = operation(Method::GET, "/t", Vec::new(), &[]);
    let call = call::<()>(&core, operation, None, None, CallOptions::new());
    let mut call = std::pin::pin!(call);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(outcome) = call.as_mut().poll(&mut context) else { panic!() };
    assert!(outcome.unwrap_err().to_string().contains("Tokio runtime"));
}
