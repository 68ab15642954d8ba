//! What an API is: plain data, in the document's own names.
//!
//! Nothing here knows of Rust identifiers, of tokens, or of how the document was read. Every item
//! bears its [`Place`], so that later stages can point at the document.

mod circles;
mod event;
mod rule;
mod schema;

pub use circles::{circles, opened};
pub use event::{Event, Link, Linked};
pub use rule::{
    Additional, Choice, Class, Conditional, Count, JsonType, Matcher, Pattern, Rule, Schema,
    SchemaId,
};
pub use schema::{
    Enum, EnumValue, Field, Kind, Origin, Part, Presence, Prim, Rest, Select, Shape, Struct, Text,
    TypeDef, TypeId, TypeRef, Union, Variant, Way,
};

use crate::diag::Place;

/// One document.
#[derive(Debug)]
pub struct Api {
    /// The name of the module, as the user gave it.
    pub name: String,
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// The server of all that has none of its own.
    pub server: Option<Server>,
    /// The servers that operations have of their own, each once.
    pub servers: Vec<Server>,
    /// The security schemes, in the document's order.
    pub schemes: Vec<SecurityScheme>,
    /// The types, each at the index that its [`TypeId`] tells.
    pub types: Vec<TypeDef>,
    /// The schemas that rules refer to, each at the index that its [`SchemaId`] tells.
    pub schemas: Vec<Schema>,
    /// The operations, in the document's order.
    pub operations: Vec<Operation>,
    /// The webhooks, in the document's order.
    pub webhooks: Vec<Event>,
}

impl Api {
    /// The type behind an id.
    pub fn ty(&self, id: TypeId) -> Option<&TypeDef> {
        self.types.get(id.0)
    }

    /// The type behind all other names of it. Aliases that name each other stay as they are.
    pub fn resolved<'a>(&'a self, ty: &'a TypeRef) -> &'a TypeRef {
        let mut target = ty;
        for _ in 0..=self.types.len() {
            match target {
                TypeRef::Named(id) => match self.ty(*id).map(|def| &def.shape) {
                    Some(Shape::Alias(inner)) => target = inner,
                    _ => return target,
                },
                _ => return target,
            }
        }
        ty
    }

    /// As [`Self::resolved`], for what the type is made of too: equal for types that are one to Rust.
    pub fn resolved_throughout(&self, ty: &TypeRef) -> TypeRef {
        let of = |ty: &TypeRef| self.resolved_throughout(ty);
        let of_all = |items: &[TypeRef]| items.iter().map(of).collect();
        match self.resolved(ty) {
            TypeRef::List(inner) => TypeRef::List(Box::new(of(inner))),
            TypeRef::Map(inner) => TypeRef::Map(Box::new(of(inner))),
            TypeRef::Nullable(inner) => TypeRef::Nullable(Box::new(of(inner))),
            TypeRef::Tuple(items) => TypeRef::Tuple(of_all(items)),
            TypeRef::Prefixed(items, rest) => TypeRef::Prefixed(of_all(items), Box::new(of(rest))),
            plain @ (TypeRef::Prim(_) | TypeRef::Named(_) | TypeRef::Json) => plain.clone(),
        }
    }
}

mod visit;

/// A Server Object.
#[derive(Clone, Debug)]
pub struct Server {
    /// The URL template, with `{variable}`s.
    pub url: String,
    /// What to fill it with.
    pub variables: Vec<ServerVariable>,
}

/// A Server Variable Object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    /// Its name in the template.
    pub name: String,
    /// What it is unless the caller says otherwise.
    pub default: String,
    /// What it may be; nothing means anything.
    pub allowed: Vec<String>,
    /// What it means.
    pub description: Option<String>,
}

/// A Security Scheme Object.
#[derive(Debug)]
pub struct SecurityScheme {
    /// Its name among the components.
    pub name: String,
    /// What the document says of it.
    pub description: Option<String>,
    /// What it asks for.
    pub kind: SchemeKind,
}

/// What a security scheme asks for.
#[derive(Debug)]
pub enum SchemeKind {
    /// `Authorization: Bearer`.
    Bearer,
    /// `Authorization: Basic`.
    Basic,
    /// A key in a header, the query or a cookie.
    ApiKey {
        /// Where it goes.
        location: Location,
        /// The name that it goes by.
        name: String,
    },
    /// OAuth 2.0 client credentials (RFC 6749, section 4.4).
    ClientCredentials {
        /// Absolute, or relative to the server; may hold `{variable}`s.
        token_url: String,
        /// The scopes that the document lists.
        scopes: Vec<String>,
    },
    /// An HTTP signature of Oracle Cloud Infrastructure (`x-signature-profile: oci-v1`).
    OciSignature,
    /// Anything else: the user brings an implementation.
    Other,
}

/// An Operation Object.
#[derive(Debug)]
pub struct Operation {
    /// The `operationId`, or one made of method and path where there is none.
    pub id: String,
    /// The HTTP method, in upper case.
    pub method: &'static str,
    /// The path template.
    pub path: String,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `tags`.
    pub tags: Vec<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `x-preview`.
    pub preview: bool,
    /// Which of the servers of operations is its own.
    pub server: Option<usize>,
    /// The parameters: required ones in the path's order first, as the document has them.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The responses, in the document's order.
    pub responses: Vec<Response>,
    /// What the server sends because of it.
    pub callbacks: Vec<Event>,
    /// The alternatives of the security requirement, each with all the schemes it needs.
    pub security: Vec<Vec<String>>,
    /// Where it stands.
    pub place: Place,
}

impl Operation {
    /// The headers that the responses of success document, each once.
    pub fn success_headers(&self) -> Vec<&Field> {
        let mut headers: Vec<&Field> = Vec::new();
        let successes = self.responses.iter().filter(|response| response.status.is_success());
        for header in successes.flat_map(|response| &response.headers) {
            if !headers.iter().any(|known| known.name.eq_ignore_ascii_case(&header.name)) {
                headers.push(header);
            }
        }
        headers
    }

    /// The responses that may be a success: those for 2xx, else the one for any status.
    pub fn successes(&self) -> Vec<(usize, &Response)> {
        let all = || self.responses.iter().enumerate();
        let successes: Vec<_> =
            all().filter(|(_, response)| response.status.is_success()).collect();
        match successes.is_empty() {
            true => all().filter(|(_, response)| response.status == Status::Default).collect(),
            false => successes,
        }
    }

    /// What the body of a response of success holds.
    pub fn success(&self) -> Success {
        let responses = self.successes();
        let mut bodies = responses.iter().filter_map(|(_, response)| response.body.as_ref());
        let Some(first) = bodies.next() else { return Success::Empty };
        let every = responses.iter().all(|(_, response)| response.body.is_some());
        match (bodies.any(|other| other != first), every) {
            (true, _) => Success::ByStatus,
            (false, true) => Success::Body(first.clone()),
            (false, false) => Success::Maybe(first.clone()),
        }
    }

    /// The responses that are errors, each with its index.
    pub fn errors(&self) -> impl Iterator<Item = (usize, &Response)> {
        self.responses.iter().enumerate().filter(|(_, response)| !response.status.is_success())
    }

    /// As [`Self::errors`], in the order in which a status is looked for among them.
    pub fn errors_by_status(&self) -> Vec<(usize, &Response)> {
        let mut errors: Vec<_> = self.errors().collect();
        errors.sort_by_key(|(_, response)| response.status);
        errors
    }
}

/// The body of a response of success.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Success {
    /// There is none.
    Empty,
    /// There always is one.
    Body(Content),
    /// There is one with some statuses and none with others.
    Maybe(Content),
    /// What there is depends on the status.
    ByStatus,
}

/// A Parameter Object.
#[derive(Debug)]
pub struct Parameter {
    /// Its name, type and rules.
    pub field: Field,
    /// `in`.
    pub location: Location,
    /// `style`, or JSON for a parameter with `content`.
    pub style: Style,
    /// `explode`.
    pub explode: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// What the client puts in when the caller does not.
    pub fill: Fill,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// `in: path`.
    Path,
    /// `in: query`.
    Query,
    /// `in: header`.
    Header,
    /// `in: cookie`.
    Cookie,
}

/// How a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `style: simple`.
    Simple,
    /// `style: label`.
    Label,
    /// `style: matrix`.
    Matrix,
    /// `style: form`.
    Form,
    /// `style: spaceDelimited`.
    SpaceDelimited,
    /// `style: pipeDelimited`.
    PipeDelimited,
    /// `style: deepObject`.
    DeepObject,
    /// `content: application/json`.
    Json,
}

/// What the client puts into a parameter that the caller left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// Nothing.
    Nothing,
    /// `x-idempotency-token: true`.
    IdempotencyToken,
    /// `x-request-id: true`.
    RequestId,
}

/// A Request Body Object.
#[derive(Debug)]
pub struct Body {
    /// What may be sent, the most convenient first; never empty.
    pub media: Vec<Media>,
    /// `required`.
    pub required: bool,
    /// What the document says of it.
    pub description: Option<String>,
}

/// The Media Type Objects of a body that differ in nothing but the media type.
#[derive(Debug)]
pub struct Media {
    /// The media types: the one that is sent, and others that the server takes as well.
    pub types: Vec<String>,
    /// What is sent.
    pub content: Content,
    /// What it must keep beyond what its type asks for itself.
    pub rules: Vec<Rule>,
    /// `encoding`: the content types of parts of a multipart body, by the name of the property.
    pub parts: Vec<(String, String)>,
    /// `encoding`: the properties of a form that are not written in the usual way.
    pub form: Vec<FormField>,
}

/// How a property of a URL-encoded form is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormField {
    /// The property.
    pub name: String,
    /// `style`, or JSON by `contentType`.
    pub style: Style,
    /// `explode`.
    pub explode: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
}

/// What a body holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// JSON.
    Json(TypeRef),
    /// A URL-encoded form.
    Form(TypeRef),
    /// `multipart/form-data`.
    Multipart(TypeRef),
    /// Text of any other kind.
    Text,
    /// Bytes.
    Bytes,
}

impl Content {
    /// The type that the document gives it.
    pub fn ty(&self) -> Option<&TypeRef> {
        match self {
            Self::Json(ty) | Self::Form(ty) | Self::Multipart(ty) => Some(ty),
            Self::Text | Self::Bytes => None,
        }
    }

    /// The type that the document gives it, to be changed.
    pub fn ty_mut(&mut self) -> Option<&mut TypeRef> {
        match self {
            Self::Json(ty) | Self::Form(ty) | Self::Multipart(ty) => Some(ty),
            Self::Text | Self::Bytes => None,
        }
    }
}

/// A Response Object.
#[derive(Debug)]
pub struct Response {
    /// The status that it belongs to.
    pub status: Status,
    /// `description`.
    pub description: String,
    /// What its body holds, if it has one.
    pub body: Option<Content>,
    /// What the body must keep beyond what its type asks for itself.
    pub rules: Vec<Rule>,
    /// The media type of the body.
    pub media_type: Option<String>,
    /// The media types that the document lists beside it, and that are not asked for.
    pub other_types: Vec<String>,
    /// The documented headers.
    pub headers: Vec<Field>,
    /// The calls that may follow.
    pub links: Vec<Link>,
    /// `x-retry-when`: properties of the body, and the values that mean "try again".
    pub retry_when: Vec<(String, Vec<String>)>,
    /// Where it stands.
    pub place: Place,
}

/// The key of a response; the order is that in which a status is looked for among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// `404`.
    Code(u16),
    /// `4XX`, as its first digit.
    Range(u16),
    /// `default`.
    Default,
}

impl Status {
    /// Whether this is for requests that succeeded.
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(formatter, "{code}"),
            Self::Range(digit) => write!(formatter, "{digit}XX"),
            Self::Default => formatter.write_str("default"),
        }
    }
}
