//! The tables of [`super::Kind`]. The fields of each object are sorted by name.

use super::Kind as K;
use super::Shape::{
    Any, Count, Flag, List, Map, Number, Object as Obj, RefOr, SchemaOrFlag, Text, Words,
};
use super::{Field, Need, Object, Shape, Word};

pub(super) fn object(kind: K) -> &'static Object {
    match kind {
        K::OpenApi => &OPEN_API,
        K::Info => &INFO,
        K::Contact => &CONTACT,
        K::License => &LICENSE,
        K::Server => &SERVER,
        K::ServerVariable => &SERVER_VARIABLE,
        K::Components => &COMPONENTS,
        K::Paths => &PATHS,
        K::PathItem => &PATH_ITEM,
        K::Operation => &OPERATION,
        K::ExternalDocs => &EXTERNAL_DOCS,
        K::Parameter => &PARAMETER,
        K::RequestBody => &REQUEST_BODY,
        K::MediaType => &MEDIA_TYPE,
        K::Encoding => &ENCODING,
        K::Responses => &RESPONSES,
        K::Response => &RESPONSE,
        K::Callback => &CALLBACK,
        K::Example => &EXAMPLE,
        K::Link => &LINK,
        K::Header => &HEADER,
        K::Tag => &TAG,
        K::Schema => &SCHEMA,
        K::Discriminator => &DISCRIMINATOR,
        K::Xml => &XML,
        K::SecurityScheme => &SECURITY_SCHEME,
        K::OAuthFlows => &OAUTH_FLOWS,
        K::ImplicitFlow => &IMPLICIT_FLOW,
        K::PasswordFlow => &PASSWORD_FLOW,
        K::ClientCredentialsFlow => &CLIENT_CREDENTIALS_FLOW,
        K::AuthorizationCodeFlow => &AUTHORIZATION_CODE_FLOW,
        K::DeviceAuthorizationFlow => &DEVICE_AUTHORIZATION_FLOW,
        K::Overlay => &OVERLAY,
        K::OverlayInfo => &OVERLAY_INFO,
        K::OverlayAction => &OVERLAY_ACTION,
    }
}

const LOCATIONS: &[&str] = &["query", "header", "path", "cookie"];
const KEY_LOCATIONS: &[&str] = &["query", "header", "cookie"];
const STYLES: &[&str] =
    &["form", "simple", "matrix", "label", "spaceDelimited", "pipeDelimited", "deepObject"];
const QUERY_STYLES: &[&str] = &["form", "spaceDelimited", "pipeDelimited", "deepObject"];
const HEADER_STYLES: &[&str] = &["simple"];
const TYPES: &[&str] = &["string", "number", "integer", "boolean", "object", "array"];
const SECURITY_TYPES: &[&str] = &["apiKey", "http", "oauth2", "openIdConnect"];

/// A field that 3.0 knows.
const fn core(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, need: Need::Optional, word: Word::Core }
}

/// One that must be there.
const fn must(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, need: Need::Required, word: Word::Core }
}

/// One that 3.0 has no word for.
const fn newer(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, need: Need::Optional, word: Word::Newer }
}

static OPEN_API: Object = Object {
    name: "an OpenAPI Object",
    fields: &[
        newer("$self", Text),
        core("components", Obj(K::Components)),
        core("externalDocs", Obj(K::ExternalDocs)),
        must("info", Obj(K::Info)),
        newer("jsonSchemaDialect", Text),
        must("openapi", Text),
        must("paths", Obj(K::Paths)),
        core("security", List(&Map(&List(&Text)))),
        core("servers", List(&Obj(K::Server))),
        core("tags", List(&Obj(K::Tag))),
        newer("webhooks", Map(&Obj(K::PathItem))),
    ],
    rest: None,
};

static INFO: Object = Object {
    name: "an Info Object",
    fields: &[
        core("contact", Obj(K::Contact)),
        core("description", Text),
        core("license", Obj(K::License)),
        newer("summary", Text),
        core("termsOfService", Text),
        must("title", Text),
        must("version", Text),
    ],
    rest: None,
};

static CONTACT: Object = Object {
    name: "a Contact Object",
    fields: &[core("email", Text), core("name", Text), core("url", Text)],
    rest: None,
};

static LICENSE: Object = Object {
    name: "a License Object",
    fields: &[newer("identifier", Text), must("name", Text), core("url", Text)],
    rest: None,
};

static SERVER: Object = Object {
    name: "a Server Object",
    fields: &[
        core("description", Text),
        newer("name", Text),
        must("url", Text),
        core("variables", Map(&Obj(K::ServerVariable))),
    ],
    rest: None,
};

static SERVER_VARIABLE: Object = Object {
    name: "a Server Variable Object",
    fields: &[must("default", Text), core("description", Text), core("enum", List(&Text))],
    rest: None,
};

static COMPONENTS: Object = Object {
    name: "a Components Object",
    fields: &[
        core("callbacks", Map(&Obj(K::Callback))),
        core("examples", Map(&RefOr(K::Example))),
        core("headers", Map(&RefOr(K::Header))),
        core("links", Map(&RefOr(K::Link))),
        newer("mediaTypes", Map(&Obj(K::MediaType))),
        core("parameters", Map(&RefOr(K::Parameter))),
        newer("pathItems", Map(&Obj(K::PathItem))),
        core("requestBodies", Map(&RefOr(K::RequestBody))),
        core("responses", Map(&RefOr(K::Response))),
        core("schemas", Map(&RefOr(K::Schema))),
        core("securitySchemes", Map(&RefOr(K::SecurityScheme))),
    ],
    rest: None,
};

static PATHS: Object = Object { name: "a Paths Object", fields: &[], rest: Some(Obj(K::PathItem)) };

static PATH_ITEM: Object = Object {
    name: "a Path Item Object",
    fields: &[
        newer("additionalOperations", Map(&Obj(K::Operation))),
        core("delete", Obj(K::Operation)),
        core("description", Text),
        core("get", Obj(K::Operation)),
        core("head", Obj(K::Operation)),
        core("options", Obj(K::Operation)),
        core("parameters", List(&RefOr(K::Parameter))),
        core("patch", Obj(K::Operation)),
        core("post", Obj(K::Operation)),
        core("put", Obj(K::Operation)),
        newer("query", Obj(K::Operation)),
        core("servers", List(&Obj(K::Server))),
        core("summary", Text),
        core("trace", Obj(K::Operation)),
    ],
    rest: None,
};

static OPERATION: Object = Object {
    name: "an Operation Object",
    fields: &[
        core("callbacks", Map(&Obj(K::Callback))),
        core("deprecated", Flag),
        core("description", Text),
        core("externalDocs", Obj(K::ExternalDocs)),
        core("operationId", Text),
        core("parameters", List(&RefOr(K::Parameter))),
        core("requestBody", RefOr(K::RequestBody)),
        must("responses", Obj(K::Responses)),
        core("security", List(&Map(&List(&Text)))),
        core("servers", List(&Obj(K::Server))),
        core("summary", Text),
        core("tags", List(&Text)),
    ],
    rest: None,
};

static EXTERNAL_DOCS: Object = Object {
    name: "an External Documentation Object",
    fields: &[core("description", Text), must("url", Text)],
    rest: None,
};

static PARAMETER: Object = Object {
    name: "a Parameter Object",
    fields: &[
        core("allowEmptyValue", Flag),
        core("allowReserved", Flag),
        core("content", Map(&Obj(K::MediaType))),
        core("deprecated", Flag),
        core("description", Text),
        core("example", Any),
        core("examples", Map(&RefOr(K::Example))),
        core("explode", Flag),
        must("in", Words(LOCATIONS)),
        must("name", Text),
        core("required", Flag),
        core("schema", RefOr(K::Schema)),
        core("style", Words(STYLES)),
    ],
    rest: None,
};

static REQUEST_BODY: Object = Object {
    name: "a Request Body Object",
    fields: &[
        must("content", Map(&Obj(K::MediaType))),
        core("description", Text),
        core("required", Flag),
    ],
    rest: None,
};

static MEDIA_TYPE: Object = Object {
    name: "a Media Type Object",
    fields: &[
        core("encoding", Map(&Obj(K::Encoding))),
        core("example", Any),
        core("examples", Map(&RefOr(K::Example))),
        newer("itemEncoding", Obj(K::Encoding)),
        newer("itemSchema", RefOr(K::Schema)),
        newer("prefixEncoding", List(&Obj(K::Encoding))),
        core("schema", RefOr(K::Schema)),
    ],
    rest: None,
};

static ENCODING: Object = Object {
    name: "an Encoding Object",
    fields: &[
        core("allowReserved", Flag),
        core("contentType", Text),
        newer("encoding", Map(&Obj(K::Encoding))),
        core("explode", Flag),
        core("headers", Map(&RefOr(K::Header))),
        newer("itemEncoding", Obj(K::Encoding)),
        newer("prefixEncoding", List(&Obj(K::Encoding))),
        core("style", Words(QUERY_STYLES)),
    ],
    rest: None,
};

static RESPONSES: Object = Object {
    name: "a Responses Object",
    fields: &[core("default", RefOr(K::Response))],
    rest: Some(RefOr(K::Response)),
};

static RESPONSE: Object = Object {
    name: "a Response Object",
    fields: &[
        core("content", Map(&Obj(K::MediaType))),
        must("description", Text),
        core("headers", Map(&RefOr(K::Header))),
        core("links", Map(&RefOr(K::Link))),
        newer("summary", Text),
    ],
    rest: None,
};

static CALLBACK: Object =
    Object { name: "a Callback Object", fields: &[], rest: Some(Obj(K::PathItem)) };

static EXAMPLE: Object = Object {
    name: "an Example Object",
    fields: &[
        newer("dataValue", Any),
        core("description", Text),
        core("externalValue", Text),
        newer("serializedValue", Text),
        core("summary", Text),
        core("value", Any),
    ],
    rest: None,
};

static LINK: Object = Object {
    name: "a Link Object",
    fields: &[
        core("description", Text),
        core("operationId", Text),
        core("operationRef", Text),
        core("parameters", Map(&Any)),
        core("requestBody", Any),
        core("server", Obj(K::Server)),
    ],
    rest: None,
};

static HEADER: Object = Object {
    name: "a Header Object",
    fields: &[
        newer("allowEmptyValue", Flag),
        newer("allowReserved", Flag),
        core("content", Map(&Obj(K::MediaType))),
        core("deprecated", Flag),
        core("description", Text),
        core("example", Any),
        core("examples", Map(&RefOr(K::Example))),
        newer("explode", Flag),
        core("required", Flag),
        core("schema", RefOr(K::Schema)),
        core("style", Words(HEADER_STYLES)),
    ],
    rest: None,
};

static TAG: Object = Object {
    name: "a Tag Object",
    fields: &[
        core("description", Text),
        core("externalDocs", Obj(K::ExternalDocs)),
        newer("kind", Text),
        must("name", Text),
        newer("parent", Text),
        newer("summary", Text),
    ],
    rest: None,
};

static SCHEMA: Object = Object {
    name: "a Schema Object",
    fields: &[
        newer("$anchor", Text),
        newer("$comment", Text),
        newer("$defs", Map(&RefOr(K::Schema))),
        newer("$dynamicAnchor", Text),
        newer("$dynamicRef", Text),
        newer("$id", Text),
        newer("$recursiveAnchor", Flag),
        newer("$recursiveRef", Text),
        core("$ref", Text),
        newer("$schema", Text),
        newer("$vocabulary", Map(&Flag)),
        core("additionalProperties", SchemaOrFlag),
        core("allOf", List(&RefOr(K::Schema))),
        core("anyOf", List(&RefOr(K::Schema))),
        newer("const", Any),
        newer("contains", RefOr(K::Schema)),
        newer("contentEncoding", Text),
        newer("contentMediaType", Text),
        newer("contentSchema", RefOr(K::Schema)),
        core("default", Any),
        newer("definitions", Map(&RefOr(K::Schema))),
        newer("dependentRequired", Map(&List(&Text))),
        newer("dependentSchemas", Map(&RefOr(K::Schema))),
        core("deprecated", Flag),
        core("description", Text),
        core("discriminator", Obj(K::Discriminator)),
        newer("else", RefOr(K::Schema)),
        core("enum", List(&Any)),
        core("example", Any),
        newer("examples", Any),
        core("exclusiveMaximum", Flag),
        core("exclusiveMinimum", Flag),
        core("externalDocs", Obj(K::ExternalDocs)),
        core("format", Text),
        newer("if", RefOr(K::Schema)),
        core("items", RefOr(K::Schema)),
        newer("maxContains", Count),
        core("maxItems", Count),
        core("maxLength", Count),
        core("maxProperties", Count),
        core("maximum", Number),
        newer("minContains", Count),
        core("minItems", Count),
        core("minLength", Count),
        core("minProperties", Count),
        core("minimum", Number),
        core("multipleOf", Number),
        core("not", RefOr(K::Schema)),
        core("nullable", Flag),
        core("oneOf", List(&RefOr(K::Schema))),
        core("pattern", Text),
        newer("patternProperties", Map(&RefOr(K::Schema))),
        newer("prefixItems", List(&RefOr(K::Schema))),
        core("properties", Map(&RefOr(K::Schema))),
        newer("propertyNames", RefOr(K::Schema)),
        core("readOnly", Flag),
        core("required", List(&Text)),
        newer("then", RefOr(K::Schema)),
        core("title", Text),
        core("type", Words(TYPES)),
        newer("unevaluatedItems", SchemaOrFlag),
        newer("unevaluatedProperties", SchemaOrFlag),
        core("uniqueItems", Flag),
        core("writeOnly", Flag),
        newer("xml", Obj(K::Xml)),
    ],
    rest: None,
};

static DISCRIMINATOR: Object = Object {
    name: "a Discriminator Object",
    fields: &[
        newer("defaultMapping", Text),
        core("mapping", Map(&Text)),
        must("propertyName", Text),
    ],
    rest: None,
};

static XML: Object = Object {
    name: "an XML Object",
    fields: &[
        core("attribute", Flag),
        core("name", Text),
        core("namespace", Text),
        core("nodeType", Text),
        core("prefix", Text),
        core("wrapped", Flag),
    ],
    rest: None,
};

static SECURITY_SCHEME: Object = Object {
    name: "a Security Scheme Object",
    fields: &[
        core("bearerFormat", Text),
        newer("deprecated", Flag),
        core("description", Text),
        core("flows", Obj(K::OAuthFlows)),
        core("in", Words(KEY_LOCATIONS)),
        core("name", Text),
        newer("oauth2MetadataUrl", Text),
        core("openIdConnectUrl", Text),
        core("scheme", Text),
        must("type", Words(SECURITY_TYPES)),
    ],
    rest: None,
};

static OAUTH_FLOWS: Object = Object {
    name: "an OAuth Flows Object",
    fields: &[
        core("authorizationCode", Obj(K::AuthorizationCodeFlow)),
        core("clientCredentials", Obj(K::ClientCredentialsFlow)),
        newer("deviceAuthorization", Obj(K::DeviceAuthorizationFlow)),
        core("implicit", Obj(K::ImplicitFlow)),
        core("password", Obj(K::PasswordFlow)),
    ],
    rest: None,
};

static IMPLICIT_FLOW: Object = Object {
    name: "an OAuth Flow Object",
    fields: &[must("authorizationUrl", Text), core("refreshUrl", Text), must("scopes", Map(&Text))],
    rest: None,
};

static PASSWORD_FLOW: Object = Object {
    name: "an OAuth Flow Object",
    fields: &[core("refreshUrl", Text), must("scopes", Map(&Text)), must("tokenUrl", Text)],
    rest: None,
};

static CLIENT_CREDENTIALS_FLOW: Object = Object {
    name: "an OAuth Flow Object",
    fields: &[core("refreshUrl", Text), must("scopes", Map(&Text)), must("tokenUrl", Text)],
    rest: None,
};

static AUTHORIZATION_CODE_FLOW: Object = Object {
    name: "an OAuth Flow Object",
    fields: &[
        must("authorizationUrl", Text),
        core("refreshUrl", Text),
        must("scopes", Map(&Text)),
        must("tokenUrl", Text),
    ],
    rest: None,
};

static DEVICE_AUTHORIZATION_FLOW: Object = Object {
    name: "an OAuth Flow Object",
    fields: &[
        must("deviceAuthorizationUrl", Text),
        core("refreshUrl", Text),
        must("scopes", Map(&Text)),
        must("tokenUrl", Text),
    ],
    rest: None,
};

static OVERLAY: Object = Object {
    name: "an Overlay Object",
    fields: &[
        must("actions", List(&Obj(K::OverlayAction))),
        core("extends", Text),
        must("info", Obj(K::OverlayInfo)),
        must("overlay", Text),
    ],
    rest: None,
};

static OVERLAY_INFO: Object = Object {
    name: "an Info Object of an overlay",
    fields: &[core("description", Text), must("title", Text), must("version", Text)],
    rest: None,
};

static OVERLAY_ACTION: Object = Object {
    name: "an Action Object",
    fields: &[
        core("copy", Text),
        core("description", Text),
        core("remove", Flag),
        must("target", Text),
        core("update", Any),
    ],
    rest: None,
};
