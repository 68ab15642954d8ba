//! A server on loopback that plays answers from a script and keeps every request byte for byte.
//!
//! HTTP/1.1 by hand, since answers have to be wrong in every way that a real one can be: reset,
//! cut short, chunked, no HTTP at all. Requests to a token endpoint have a script of their own.

use std::collections::VecDeque;
use std::io::{Error, ErrorKind};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use generated::transport::Clock;
use http::StatusCode;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use super::clock::TestClock;

/// What the server does with a request that it has read to its end.
#[derive(Clone, Debug)]
pub enum Reply {
    /// It answers.
    Answer(Answer),
    /// It sends these bytes, whatever they are, and closes the connection.
    Raw(Vec<u8>),
    /// It resets the connection.
    Reset,
    /// It says nothing until the attempt's time is up.
    Hang,
    /// It says nothing until the call's time is up.
    HangOn,
}

/// An HTTP response.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The headers, without those that frame the body.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// How the end of the body is told.
    pub framing: Framing,
}

/// How the end of a body is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// By its length.
    Length,
    /// In chunks of a few bytes.
    Chunked,
    /// By the end of the connection.
    Close,
    /// By a length that is so many bytes more than come before the connection is closed.
    CutShort(usize),
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Received {
    /// The method.
    pub method: String,
    /// The request target, undecoded.
    pub target: String,
    /// The headers in their order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// When it came, by the client's own clock.
    pub at: SystemTime,
}

impl Received {
    /// The value of a header that must not come twice.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(found, _)| found.eq_ignore_ascii_case(name));
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(values.next().is_none(), "{name} came twice: {:?}", self.headers);
        value
    }
}

/// The server; it ends when this goes away.
pub struct Server {
    url: String,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

struct State {
    clock: TestClock,
    replies: Script,
    tokens: Script,
    requests: Vec<Received>,
    connections: usize,
}

/// Answers in order; the last one is repeated for ever.
struct Script(VecDeque<Reply>);

impl Script {
    fn next(&mut self) -> Reply {
        match self.0.len() {
            0 => panic!("the server was asked, but there is nothing to answer"),
            1 => self.0[0].clone(),
            _ => self.0.pop_front().unwrap(),
        }
    }
}

impl Server {
    /// Starts a server that answers with `replies`, and at token endpoints with `tokens`.
    pub async fn start(clock: &TestClock, replies: Vec<Reply>, tokens: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State {
            clock: clock.clone(),
            replies: Script(replies.into()),
            tokens: Script(tokens.into()),
            requests: Vec::new(),
            connections: 0,
        }));
        let task = tokio::spawn(accept(listener, Arc::clone(&state)));
        Self { url, state, task }
    }

    /// The base URL, without a slash at its end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The requests so far.
    #[must_use]
    pub fn requests(&self) -> Vec<Received> {
        self.state.lock().unwrap().requests.clone()
    }

    /// How many connections there have been.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.state.lock().unwrap().connections
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, state: Arc<Mutex<State>>) {
    // Whatever is under way ends with the server.
    let mut connections = JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        state.lock().unwrap().connections += 1;
        // A client that goes away in the middle is none of the server's business.
        connections.spawn(serve(stream, Arc::clone(&state)));
    }
}

async fn serve(stream: TcpStream, state: Arc<Mutex<State>>) -> Result<(), Error> {
    let mut stream = BufReader::new(stream);
    loop {
        let mut request = read(&mut stream).await?;
        let (reply, clock) = {
            let mut state = state.lock().unwrap();
            request.at = state.clock.now();
            let is_token = request.target.starts_with("/oidc/");
            let reply = if is_token { state.tokens.next() } else { state.replies.next() };
            state.requests.push(request);
            (reply, state.clock.clone())
        };
        match reply {
            Reply::Answer(answer) => {
                stream.write_all(&answer.bytes()).await?;
                if !matches!(answer.framing, Framing::Length | Framing::Chunked) {
                    return Ok(());
                }
            }
            Reply::Raw(bytes) => return stream.write_all(&bytes).await,
            Reply::Reset => return stream.get_ref().set_zero_linger(),
            Reply::Hang => clock.expire_attempt(),
            Reply::HangOn => clock.expire_call(),
        }
    }
}

async fn read(stream: &mut BufReader<TcpStream>) -> Result<Received, Error> {
    let start = line(stream).await?;
    let mut parts = start.split(' ').map(str::to_owned);
    let (method, target) = (parts.next().unwrap(), parts.next().unwrap());
    assert_eq!(parts.next().as_deref(), Some("HTTP/1.1"), "{start}");
    let mut headers = Vec::new();
    loop {
        let line = line(stream).await?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').expect("a header has a colon");
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let at = SystemTime::UNIX_EPOCH;
    let mut request = Received { method, target, headers, body: Vec::new(), at };
    let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
    request.body = vec![0; length];
    stream.read_exact(&mut request.body).await?;
    Ok(request)
}

async fn line(stream: &mut BufReader<TcpStream>) -> Result<String, Error> {
    let mut line = String::new();
    if stream.read_line(&mut line).await? == 0 {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    Ok(line.strip_suffix("\r\n").expect("lines end in CRLF").to_owned())
}

impl Answer {
    /// An answer with a body of JSON, or of nothing.
    #[must_use]
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        Self { status, headers, body: body.into(), framing: Framing::Length }
    }

    /// With another framing.
    #[must_use]
    pub fn framed(mut self, framing: Framing) -> Self {
        self.framing = framing;
        self
    }

    /// With a header, instead of any of that name.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(found, _)| found != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The value of a header.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    fn bytes(&self) -> Vec<u8> {
        let status = StatusCode::from_u16(self.status).unwrap();
        let mut bytes = format!("HTTP/1.1 {status}\r\n").into_bytes();
        for (name, value) in &self.headers {
            bytes.extend(format!("{name}: {value}\r\n").into_bytes());
        }
        let length = self.body.len();
        match self.framing {
            _ if status == StatusCode::NO_CONTENT => bytes.extend(b"\r\n"),
            Framing::Length => {
                bytes.extend(format!("content-length: {length}\r\n\r\n").into_bytes());
                bytes.extend(&self.body);
            }
            Framing::CutShort(missing) => {
                let length = length + missing;
                bytes.extend(format!("content-length: {length}\r\n\r\n").into_bytes());
                bytes.extend(&self.body);
            }
            Framing::Close => {
                bytes.extend(b"connection: close\r\n\r\n");
                bytes.extend(&self.body);
            }
            Framing::Chunked => {
                bytes.extend(b"transfer-encoding: chunked\r\n\r\n");
                for chunk in self.body.chunks(7) {
                    bytes.extend(format!("{:x}\r\n", chunk.len()).into_bytes());
                    bytes.extend(chunk);
                    bytes.extend(b"\r\n");
                }
                bytes.extend(b"0\r\n\r\n");
            }
        }
        bytes
    }
}
