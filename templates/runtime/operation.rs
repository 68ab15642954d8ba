//! What a document says of an operation, as static data; the client in `client.rs` acts on it.

use http::Method;

use super::field::Field;
use super::rules::Rule;

/// An operation of the document.
#[derive(Debug)]
pub struct Operation {
    /// The `operationId`, or what stands for it.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template, with `{name}` for each path parameter, `{+name}` for one whose slashes
    /// stay; behind a `?`, what of the query is always the same or filled in there.
    pub path: &'static str,
    /// Which of the API's other servers it goes to, if to one of these.
    pub server: Option<usize>,
    /// The parameters; a call knows them by their index.
    pub parameters: &'static [Parameter],
    /// The request body, if there is one.
    pub body: Option<Body>,
    /// The media types of the responses.
    pub accept: Accept,
    /// The alternatives of the security requirement: each lists the schemes that it needs all of.
    /// No alternative means that the operation needs none.
    pub security: &'static [&'static [&'static str]],
    /// Responses that mean "nothing was done, try again" (`x-retry-when`), beside what HTTP says of
    /// the method.
    pub retry: &'static [RetryWhen],
}

/// A parameter: where it goes, and what holds for its value.
///
/// Variants, not a struct made by functions, for the reason that a [`Field`] is.
#[derive(Debug)]
pub enum Parameter {
    /// In the path, in the usual form.
    Path(Field),
    /// In the query, in the usual form.
    Query(Field),
    /// A header, in the usual form.
    Header(Field),
    /// A cookie, in the usual form.
    Cookie(Field),
    /// In another form than the usual one.
    Formed(Field, Form),
}

pub use Parameter::{Cookie, Formed, Header, Path, Query};

/// Where a parameter goes in the request, and in what form.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// The part of the request that holds it.
    pub location: Location,
    /// How arrays and objects are written.
    pub style: Style,
    /// Whether each item of an array or an object stands by itself.
    pub explode: bool,
    /// Whether reserved characters stay as they are (`allowReserved`).
    pub allow_reserved: bool,
    /// What the client fills in when the caller gave nothing.
    pub fill: Fill,
}

impl Form {
    /// The usual form in the path.
    pub const PATH: Self = Self::usual(Location::Path, Style::Simple, false);

    /// The usual form in the query.
    pub const QUERY: Self = Self::usual(Location::Query, Style::Form, true);

    /// The usual form of a header.
    pub const HEADER: Self = Self::usual(Location::Header, Style::Simple, false);

    /// The usual form of a cookie.
    pub const COOKIE: Self = Self::usual(Location::Cookie, Style::Form, true);

    const fn usual(location: Location, style: Style, explode: bool) -> Self {
        Self { location, style, explode, allow_reserved: false, fill: Fill::Nothing }
    }
}

impl Parameter {
    /// The name on the wire, and what holds for the value.
    #[must_use]
    pub fn field(&self) -> &Field {
        match self {
            Self::Path(field)
            | Self::Query(field)
            | Self::Header(field)
            | Self::Cookie(field)
            | Self::Formed(field, _) => field,
        }
    }

    /// Where it goes, and in what form.
    #[must_use]
    pub fn form(&self) -> Form {
        match self {
            Self::Path(_) => Form::PATH,
            Self::Query(_) => Form::QUERY,
            Self::Header(_) => Form::HEADER,
            Self::Cookie(_) => Form::COOKIE,
            Self::Formed(_, form) => *form,
        }
    }
}

/// The part of a request that a parameter belongs to (`in`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Location {
    /// A segment of the path, or part of one.
    Path,
    /// The query string.
    Query,
    /// A header.
    Header,
    /// The `cookie` header.
    Cookie,
}

/// The form of a parameter (`style`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `a,b`
    Simple,
    /// `.a,b`, exploded `.a.b`
    Label,
    /// `;name=a,b`
    Matrix,
    /// `name=a,b`
    Form,
    /// `name=a%20b`
    SpaceDelimited,
    /// `name=a|b`
    PipeDelimited,
    /// `name[key]=a`
    DeepObject,
    /// JSON text: a parameter with `content: application/json`.
    Json,
}

/// What the client puts into a parameter that the caller left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// Nothing.
    Nothing,
    /// One random token for all attempts of a call (`x-idempotency-token`).
    IdempotencyToken,
    /// A random identifier for each attempt (`x-request-id`).
    RequestId,
}

/// A request body.
#[derive(Debug)]
pub struct Body {
    /// Whether the operation cannot do without.
    pub required: bool,
    /// The kinds of body that it takes; a call knows them by their index.
    pub contents: &'static [Content],
}

/// A kind of body, with the value of `content-type`.
#[derive(Debug)]
pub enum Content {
    /// JSON.
    Json(&'static str),
    /// A URL-encoded form; the properties that are written in another way than the usual one, each
    /// like a parameter of the query.
    Form(&'static str, &'static [Parameter]),
    /// `multipart/form-data`; the content types that the document gives to parts.
    Multipart(&'static [(&'static str, &'static str)]),
    /// A text or bytes, as they are given.
    Raw(&'static str),
    /// One of these, and rules that its value must keep beyond those of its type.
    With(&'static Self, &'static [Rule]),
}

impl Content {
    /// The media type, for a multipart body without its boundary.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        match self {
            Self::Json(media_type) | Self::Form(media_type, _) | Self::Raw(media_type) => {
                media_type
            }
            Self::Multipart(_) => "multipart/form-data",
            Self::With(content, _) => content.media_type(),
        }
    }

    /// The content by itself, and the rules beside it.
    pub(crate) fn parts(&'static self) -> (&'static Self, &'static [Rule]) {
        match self {
            Self::With(content, rules) => (content, rules),
            content => (content, &[]),
        }
    }
}

/// What is asked for, as the value of `accept`.
#[derive(Clone, Copy, Debug)]
pub enum Accept {
    /// The document says of no body.
    Nothing,
    /// The body of a success is JSON.
    Json(&'static str),
    /// The body of a success is JSON, and must keep rules beyond those of its type.
    With(&'static str, &'static [Rule]),
    /// The body of a success is passed on as it comes.
    Raw(&'static str),
}

/// A response that may be answered with another attempt.
#[derive(Debug)]
pub struct RetryWhen {
    /// The status of the response.
    pub status: u16,
    /// The property of its JSON body that tells.
    pub property: &'static str,
    /// The values of the property that mean it.
    pub values: &'static [&'static str],
}
