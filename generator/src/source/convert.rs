//! From the finished tree to [`openapiv3`].
//!
//! By hand, though openapiv3 can deserialise itself: its derived code buffers every object at every
//! level, which takes most of the time of a run and so much stack that 50 nested schemas end a debug
//! build; and where it refuses a value it tries again and again, in time exponential to the depth.
//! What is done here takes a step per value. It cannot fail: what does not fit, which the check has
//! refused before, is left out.

mod read;
mod schema;
mod security;

use indexmap::IndexMap;
use openapiv3::{
    Callback, Components, Contact, Encoding, Example, ExternalDocumentation, Header, HeaderStyle,
    Info, License, Link, LinkOperation, MediaType, OpenAPI, Operation, Parameter, ParameterData,
    ParameterSchemaOrContent, PathItem, PathStyle, Paths, QueryStyle, ReferenceOr, RequestBody,
    Response, Responses, Schema, Server, ServerVariable, StatusCode, Tag,
};

use super::tree::{Mapping, Node};
use read::{each, flag, flag_or_false, json, keep, list, map, or_ref, text, text_or_empty};
use schema::schema;

pub(super) fn document(node: Node) -> OpenAPI {
    let mut it = OpenAPI::default();
    each(node, |key, node| match key.as_str() {
        "openapi" => it.openapi = text_or_empty(node),
        "info" => it.info = info(node),
        "servers" => it.servers = list(node, server),
        "paths" => it.paths = paths(node),
        "components" => it.components = Some(components(node)),
        "security" => it.security = Some(list(node, security::requirement)),
        "tags" => it.tags = list(node, tag),
        "externalDocs" => it.external_docs = Some(external_docs(node)),
        _ => keep(&mut it.extensions, key, node),
    });
    it
}

/// A schema where a boolean may stand for one.
pub(super) fn schema_or_ref(mut node: Node) -> ReferenceOr<Schema> {
    if node.bool() == Some(false) {
        let never = Mapping::from_iter([("not".to_owned(), Mapping::new().into())]);
        node = never.into();
    }
    or_ref(node, schema)
}

/// Takes the webhooks out of a document.
pub(super) fn webhooks(document: &mut Node) -> IndexMap<String, PathItem> {
    let webhooks = document.mapping_mut().and_then(|it| it.take("x-oas-webhooks"));
    map(webhooks.unwrap_or_default(), path_item)
}

fn path_item(node: Node) -> PathItem {
    let mut it = PathItem::default();
    each(node, |key, node| match key.as_str() {
        "summary" => it.summary = text(node),
        "description" => it.description = text(node),
        "get" => it.get = Some(operation(node)),
        "put" => it.put = Some(operation(node)),
        "post" => it.post = Some(operation(node)),
        "delete" => it.delete = Some(operation(node)),
        "options" => it.options = Some(operation(node)),
        "head" => it.head = Some(operation(node)),
        "patch" => it.patch = Some(operation(node)),
        "trace" => it.trace = Some(operation(node)),
        "servers" => it.servers = list(node, server),
        "parameters" => it.parameters = list(node, |node| or_ref(node, parameter)),
        _ => keep(&mut it.extensions, key, node),
    });
    it
}

pub(super) fn operation(node: Node) -> Operation {
    let mut it = Operation::default();
    each(node, |key, node| match key.as_str() {
        "tags" => it.tags = list(node, text_or_empty),
        "summary" => it.summary = text(node),
        "description" => it.description = text(node),
        "externalDocs" => it.external_docs = Some(external_docs(node)),
        "operationId" => it.operation_id = text(node),
        "parameters" => it.parameters = list(node, |node| or_ref(node, parameter)),
        "requestBody" => it.request_body = Some(or_ref(node, request_body)),
        "responses" => it.responses = responses(node),
        "callbacks" => it.callbacks = map(node, callback),
        "deprecated" => it.deprecated = flag_or_false(node),
        "security" => it.security = Some(list(node, security::requirement)),
        "servers" => it.servers = list(node, server),
        _ => keep(&mut it.extensions, key, node),
    });
    it
}

fn info(node: Node) -> Info {
    let mut it = Info::default();
    each(node, |key, node| match key.as_str() {
        "title" => it.title = text_or_empty(node),
        "version" => it.version = text_or_empty(node),
        "description" => it.description = text(node),
        "termsOfService" => it.terms_of_service = text(node),
        "contact" => it.contact = Some(contact(node)),
        "license" => it.license = Some(license(node)),
        _ => keep(&mut it.extensions, key, node),
    });
    it
}

fn contact(node: Node) -> Contact {
    let mut it = Contact::default();
    each(node, |key, node| match key.as_str() {
        "name" => it.name = text(node),
        "url" => it.url = text(node),
        "email" => it.email = text(node),
        _ => keep(&mut it.extensions, key, node),
    });
    it
}

fn license(node: Node) -> License {
    let mut it = License::default();
    each(node, |key, node| match key.as_str() {
        "name" => it.name = text_or_empty(node),
        "url" => it.url = text(node),
        _ => keep(&mut it.extensions, key, node),
    });
    it
}

fn server(node: Node) -> Server {
    let mut it = Server::default();
    each(node, |key, node| match key.as_str() {
        "url" => it.url = text_or_empty(node),
        "description" => it.description = text(node),
        "variables" => it.variables = Some(map(node, server_variable)),
        _ => keep(&mut it.extensions, key, node),
    });
    it
}

fn server_variable(node: Node) -> ServerVariable {
    let mut it = ServerVariable::default();
    each(node, |key, node| match key.as_str() {
        "enum" => it.enumeration = list(node, text_or_empty),
        "default" => it.default = text_or_empty(node),
        "description" => it.description = text(node),
        _ => keep(&mut it.extensions, key, node),
    });
    it
}

fn tag(node: Node) -> Tag {
    let mut it = Tag::default();
    each(node, |key, node| match key.as_str() {
        "name" => it.name = text_or_empty(node),
        "description" => it.description = text(node),
        "externalDocs" => it.external_docs = Some(external_docs(node)),
        _ => keep(&mut it.extensions, key, node),
    });
    it
}

fn external_docs(node: Node) -> ExternalDocumentation {
    let mut it = ExternalDocumentation::default();
    each(node, |key, node| match key.as_str() {
        "url" => it.url = text_or_empty(node),
        "description" => it.description = text(node),
        _ => keep(&mut it.extensions, key, node),
    });
    it
}

fn components(node: Node) -> Components {
    let mut it = Components::default();
    each(node, |key, node| match key.as_str() {
        "schemas" => it.schemas = map(node, |node| or_ref(node, schema)),
        "responses" => it.responses = map(node, |node| or_ref(node, response)),
        "parameters" => it.parameters = map(node, |node| or_ref(node, parameter)),
        "examples" => it.examples = map(node, |node| or_ref(node, example)),
        "requestBodies" => it.request_bodies = map(node, |node| or_ref(node, request_body)),
        "headers" => it.headers = map(node, |node| or_ref(node, header)),
        "securitySchemes" => {
            it.security_schemes = map(node, |node| or_ref(node, security::scheme));
        }
        "links" => it.links = map(node, |node| or_ref(node, link)),
        "callbacks" => it.callbacks = map(node, |node| or_ref(node, callback)),
        _ => keep(&mut it.extensions, key, node),
    });
    it
}

fn paths(node: Node) -> Paths {
    let mut it = Paths::default();
    each(node, |key, node| {
        if key.starts_with('/') {
            it.paths.insert(key, or_ref(node, path_item));
        } else {
            keep(&mut it.extensions, key, node);
        }
    });
    it
}

fn callback(node: Node) -> Callback {
    map(node, path_item)
}

fn responses(node: Node) -> Responses {
    let mut it = Responses::default();
    each(node, |key, node| match status_code(&key) {
        _ if key == "default" => it.default = Some(or_ref(node, response)),
        Some(code) => {
            it.responses.insert(code, or_ref(node, response));
        }
        None => keep(&mut it.extensions, key, node),
    });
    it
}

fn status_code(key: &str) -> Option<StatusCode> {
    match key.as_bytes() {
        [digit @ b'1'..=b'9', b'X' | b'x', b'X' | b'x'] => {
            Some(StatusCode::Range(u16::from(digit - b'0')))
        }
        [_, _, _] => {
            let code = key.parse().ok().filter(|code| *code >= 100);
            code.map(StatusCode::Code)
        }
        _ => None,
    }
}

fn response(node: Node) -> Response {
    let mut it = Response::default();
    each(node, |key, node| match key.as_str() {
        "description" => it.description = text_or_empty(node),
        "headers" => it.headers = map(node, |node| or_ref(node, header)),
        "content" => it.content = map(node, media_type),
        "links" => it.links = map(node, |node| or_ref(node, link)),
        _ => keep(&mut it.extensions, key, node),
    });
    it
}

fn request_body(node: Node) -> RequestBody {
    let mut it = RequestBody::default();
    each(node, |key, node| match key.as_str() {
        "description" => it.description = text(node),
        "content" => it.content = map(node, media_type),
        "required" => it.required = flag_or_false(node),
        _ => keep(&mut it.extensions, key, node),
    });
    it
}

fn media_type(node: Node) -> MediaType {
    let mut it = MediaType::default();
    each(node, |key, node| match key.as_str() {
        "schema" => it.schema = Some(or_ref(node, schema)),
        "example" => it.example = Some(json(node)),
        "examples" => it.examples = map(node, |node| or_ref(node, example)),
        "encoding" => it.encoding = map(node, encoding),
        _ => keep(&mut it.extensions, key, node),
    });
    it
}

fn encoding(node: Node) -> Encoding {
    let mut it = Encoding::default();
    each(node, |key, node| match key.as_str() {
        "contentType" => it.content_type = text(node),
        "headers" => it.headers = map(node, |node| or_ref(node, header)),
        "style" => it.style = text(node).map(|word| query_style(&word)),
        "explode" => it.explode = flag_or_false(node),
        "allowReserved" => it.allow_reserved = flag_or_false(node),
        _ => keep(&mut it.extensions, key, node),
    });
    it
}

fn example(node: Node) -> Example {
    let mut it = Example::default();
    each(node, |key, node| match key.as_str() {
        "summary" => it.summary = text(node),
        "description" => it.description = text(node),
        "value" => it.value = Some(json(node)),
        "externalValue" => it.external_value = text(node),
        _ => keep(&mut it.extensions, key, node),
    });
    it
}

fn link(node: Node) -> Link {
    let mut it = Link {
        description: None,
        operation: LinkOperation::OperationRef(String::new()),
        request_body: None,
        parameters: Default::default(),
        server: None,
        extensions: Default::default(),
    };
    each(node, |key, node| match key.as_str() {
        "operationRef" => it.operation = LinkOperation::OperationRef(text_or_empty(node)),
        "operationId" => it.operation = LinkOperation::OperationId(text_or_empty(node)),
        "description" => it.description = text(node),
        "requestBody" => it.request_body = Some(json(node)),
        "parameters" => it.parameters = map(node, json),
        "server" => it.server = Some(server(node)),
        _ => keep(&mut it.extensions, key, node),
    });
    it
}

fn header(node: Node) -> Header {
    let mut it = Header {
        description: None,
        style: HeaderStyle::Simple,
        required: false,
        deprecated: None,
        format: ParameterSchemaOrContent::Content(Default::default()),
        example: None,
        examples: Default::default(),
        extensions: Default::default(),
    };
    each(node, |key, node| match key.as_str() {
        "description" => it.description = text(node),
        "required" => it.required = flag_or_false(node),
        "deprecated" => it.deprecated = flag(&node),
        "schema" => it.format = ParameterSchemaOrContent::Schema(or_ref(node, schema)),
        "content" => it.format = ParameterSchemaOrContent::Content(map(node, media_type)),
        "example" => it.example = Some(json(node)),
        "examples" => it.examples = map(node, |node| or_ref(node, example)),
        _ => keep(&mut it.extensions, key, node),
    });
    it
}

fn parameter(node: Node) -> Parameter {
    let mut location = String::new();
    let mut style = String::new();
    let mut allow_reserved = false;
    let mut allow_empty_value = None;
    let mut it = ParameterData {
        name: String::new(),
        description: None,
        required: false,
        deprecated: None,
        format: ParameterSchemaOrContent::Content(Default::default()),
        example: None,
        examples: Default::default(),
        explode: None,
        extensions: Default::default(),
    };
    each(node, |key, node| match key.as_str() {
        "name" => it.name = text_or_empty(node),
        "in" => location = text_or_empty(node),
        "style" => style = text_or_empty(node),
        "allowReserved" => allow_reserved = flag_or_false(node),
        "allowEmptyValue" => allow_empty_value = flag(&node),
        "description" => it.description = text(node),
        "required" => it.required = flag_or_false(node),
        "deprecated" => it.deprecated = flag(&node),
        "schema" => it.format = ParameterSchemaOrContent::Schema(or_ref(node, schema)),
        "content" => it.format = ParameterSchemaOrContent::Content(map(node, media_type)),
        "example" => it.example = Some(json(node)),
        "examples" => it.examples = map(node, |node| or_ref(node, example)),
        "explode" => it.explode = flag(&node),
        _ => keep(&mut it.extensions, key, node),
    });
    match location.as_str() {
        "header" => Parameter::Header { parameter_data: it, style: HeaderStyle::Simple },
        "path" => Parameter::Path { parameter_data: it, style: path_style(&style) },
        "cookie" => Parameter::Cookie { parameter_data: it, style: openapiv3::CookieStyle::Form },
        _ => Parameter::Query {
            parameter_data: it,
            allow_reserved,
            style: query_style(&style),
            allow_empty_value,
        },
    }
}

fn path_style(word: &str) -> PathStyle {
    match word {
        "matrix" => PathStyle::Matrix,
        "label" => PathStyle::Label,
        _ => PathStyle::Simple,
    }
}

fn query_style(word: &str) -> QueryStyle {
    match word {
        "spaceDelimited" => QueryStyle::SpaceDelimited,
        "pipeDelimited" => QueryStyle::PipeDelimited,
        "deepObject" => QueryStyle::DeepObject,
        _ => QueryStyle::Form,
    }
}
