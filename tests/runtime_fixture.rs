//! What the tests of the client's runtime share: a small API, written as the generator writes one,
//! and a transport that answers from a script. Included by path; it tests nothing itself.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, StatusCode};
use serde_json::Value;

use crate::runtime::call::{Call, Pending};
use crate::runtime::client::{Api, ClientBuilder, Core, ServerVariable};
use crate::runtime::draft::{CallOptions, Draft};
use crate::runtime::error::{Error, ErrorBody, TransportError, TransportErrorKind};
use crate::runtime::field;
use crate::runtime::model::{Model, Rest, Shape, Slot, View, model};
use crate::runtime::operation::{Accept, Body, Content, Operation, Parameter};
use crate::runtime::response::{RawBody, RawBytes, Response, ResponseBody};
use crate::runtime::rules::Rule;
use crate::runtime::transport::{BodyStream, Transport, from_fn};
use crate::runtime::unknown::UnknownFields;

pub(crate) static API: Api = Api {
    name: "things",
    version: "1.0",
    server: Api::server(
        "https://{region}.example.com/v1",
        &[
            ServerVariable { name: "region", default: "eu", allowed: &[] },
            ServerVariable { name: "stage", default: "live", allowed: &["live", "test"] },
        ],
    ),
    operation_servers: &[],
};

/// A model: a name of two characters at least, a secret, and whatever else there is.
#[derive(Clone, Default)]
pub(crate) struct Thing {
    pub(crate) name: String,
    pub(crate) secret: Option<String>,
    pub(crate) rest: UnknownFields,
}

model!(Thing);

impl Model for Thing {
    fn describe(&self) -> &'static Shape {
        &Shape {
            name: "Thing",
            fields: &[
                field::RequiredWith("name", &[Rule::MinLength(2)]),
                field::OptionalSecret("secret", &[]),
            ],
            rest: Rest::Open,
            rules: &[],
        }
    }

    fn blank() -> Self {
        Self::default()
    }

    fn get(&self, index: usize) -> View<'_> {
        match index {
            0 => self.name.view(),
            1 => self.secret.view(),
            _ => self.rest.view(),
        }
    }

    fn get_mut(&mut self, index: usize) -> &mut dyn Slot {
        match index {
            0 => &mut self.name,
            1 => &mut self.secret,
            _ => &mut self.rest,
        }
    }
}

pub(crate) fn thing() -> Thing {
    Thing { name: "lamp".into(), secret: Some("hush".into()), rest: UnknownFields::new() }
}

/// A model with a property that must be there and may be `null`.
#[derive(Clone, Default)]
pub(crate) struct Slip {
    pub(crate) note: Option<String>,
    pub(crate) rest: UnknownFields,
}

model!(Slip);

impl Model for Slip {
    fn describe(&self) -> &'static Shape {
        &Shape { name: "Slip", fields: &[field::Required("note")], rest: Rest::Open, rules: &[] }
    }

    fn blank() -> Self {
        Self::default()
    }

    fn get(&self, index: usize) -> View<'_> {
        if index == 0 { self.note.view() } else { self.rest.view() }
    }

    fn get_mut(&mut self, index: usize) -> &mut dyn Slot {
        if index == 0 { &mut self.note } else { &mut self.rest }
    }
}

/// The headers that the document describes.
#[derive(Clone, Default)]
pub(crate) struct Headers {
    pub(crate) left: Option<i64>,
    pub(crate) flags: Option<Vec<bool>>,
}

model!(Headers);

impl Model for Headers {
    fn describe(&self) -> &'static Shape {
        &Shape {
            name: "Headers",
            fields: &[field::Optional("x-left"), field::Optional("x-flags")],
            rest: Rest::Closed,
            rules: &[],
        }
    }

    fn blank() -> Self {
        Self::default()
    }

    fn get(&self, index: usize) -> View<'_> {
        if index == 0 { self.left.view() } else { self.flags.view() }
    }

    fn get_mut(&mut self, index: usize) -> &mut dyn Slot {
        if index == 0 { &mut self.left } else { &mut self.flags }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ThingError {
    BadRequest(Thing),
    Other { body: RawBytes },
}

impl ErrorBody for ThingError {
    fn decode(status: StatusCode, body: &RawBody<'_>) -> Self {
        match status.as_u16() {
            400 => body.decode().map(Self::BadRequest),
            _ => None,
        }
        .unwrap_or_else(|| Self::Other { body: body.raw() })
    }
}

const JSON: &[Content] = &[Content::Json("application/json")];

/// An operation as the generator writes it, with parameters and security of the test's choice.
pub(crate) fn operation(
    method: Method,
    path: &'static str,
    parameters: Vec<Parameter>,
    security: &'static [&'static [&'static str]],
) -> &'static Operation {
    let has_body = method == Method::POST;
    Box::leak(Box::new(Operation {
        id: "doThing",
        method,
        path,
        server: None,
        parameters: Vec::leak(parameters),
        body: has_body.then_some(Body { required: true, contents: JSON }),
        accept: Accept::Json("application/json"),
        security,
        retry: &[],
    }))
}

/// A call, as the generated methods begin it: a value for the operation's one parameter, and a body.
pub(crate) fn begin(
    core: &Core,
    operation: &'static Operation,
    value: Option<Value>,
    body: Option<&Thing>,
    options: CallOptions,
) -> Draft {
    let draft = core.draft(operation).with_options(options);
    let draft = value.into_iter().fold(draft, |draft, value| draft.with(0, value));
    body.into_iter().fold(draft, |draft, body| draft.with_body(0, body.clone()))
}

/// As [`begin`], and sent.
pub(crate) fn call<T: ResponseBody>(
    core: &Core,
    operation: &'static Operation,
    value: Option<Value>,
    body: Option<&Thing>,
    options: CallOptions,
) -> Pending<Response<T, Headers>, ThingError> {
    Call::new(begin(core, operation, value, body, options)).send()
}

pub(crate) type Outcome<T> = Result<Response<T, Headers>, Error<ThingError>>;

/// An answer of the script.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    Answer(u16, Vec<(&'static str, String)>, Bytes),
    Fail(TransportErrorKind),
    /// The headers and a part of the body come, the rest does not.
    Cut(u16, &'static str),
    /// Nothing ever comes.
    Silence,
}

pub(crate) fn answer(status: u16, body: impl Into<Bytes>) -> Reply {
    Reply::Answer(status, Vec::new(), body.into())
}

/// A transport that answers from the script and repeats its last line, and what it was sent.
#[derive(Clone, Default)]
pub(crate) struct Script {
    replies: Arc<Mutex<VecDeque<Reply>>>,
    pub(crate) sent: Arc<Mutex<Vec<Request<Bytes>>>>,
}

impl Script {
    pub(crate) fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies = Arc::new(Mutex::new(replies.into_iter().collect()));
        Self { replies, sent: Arc::default() }
    }

    pub(crate) fn transport(&self) -> impl Transport + use<> {
        let script = self.clone();
        from_fn(move |request| {
            let reply = script.next(request);
            async move { play(reply).await }
        })
    }

    pub(crate) fn builder(&self) -> ClientBuilder<Core> {
        ClientBuilder::new(&API).transport(self.transport())
    }

    pub(crate) fn sent(&self) -> Vec<Request<Bytes>> {
        self.sent.lock().unwrap().clone()
    }

    fn next(&self, request: Request<Bytes>) -> Reply {
        self.sent.lock().unwrap().push(request);
        let mut replies = self.replies.lock().unwrap();
        if replies.len() > 1 { replies.pop_front().unwrap() } else { replies[0].clone() }
    }
}

async fn play(reply: Reply) -> Result<http::Response<BodyStream>, TransportError> {
    // Time passes on the way, so that calls which run side by side meet.
    tokio::time::sleep(Duration::from_millis(5)).await;
    let (status, headers, body) = match reply {
        Reply::Answer(status, headers, body) => (status, headers, BodyStream::from(body)),
        Reply::Fail(kind) => return Err(TransportError::new(kind, "scripted")),
        Reply::Cut(status, part) => (status, Vec::new(), BodyStream::new(Cut(Some(part)))),
        Reply::Silence => std::future::pending().await,
    };
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(name, value);
    }
    Ok(response.body(body).unwrap())
}

struct Cut(Option<&'static str>);

impl futures_core::Stream for Cut {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        let part = self.0.take().map(|part| Ok(Bytes::from_static(part.as_bytes())));
        let broken = || Err(TransportError::new(TransportErrorKind::Broken, "cut short"));
        std::task::Poll::Ready(Some(part.unwrap_or_else(broken)))
    }
}

/// Runs a test with Tokio's clock paused: waits take no time, but are counted.
pub(crate) fn paused<T>(test: impl Future<Output = T>) -> T {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().start_paused(true).build().unwrap().block_on(test)
}
