//! Parameters and headers.

use indexmap::IndexMap;
use openapiv3::{
    Header, MediaType, Parameter as Source, ParameterData, ParameterSchemaOrContent, PathStyle,
    QueryStyle, ReferenceOr,
};
use serde_json::Value;

use super::Lowering;
use super::schema::Use;
use crate::diag::Pointer;
use crate::ir::{Field, Fill, Location, Origin, Parameter, Part, Presence, Style, TypeRef};
use crate::source::media_type::{essence, is_text};

/// Header parameters that OpenAPI 3.0.3, section "Parameter Object", says to ignore.
const IGNORED_HEADERS: &[&str] = &["accept", "content-type", "authorization"];

/// Headers that say where a message goes and where it ends: another value would split it.
const FRAMING_HEADERS: &[&str] = &[
    "connection",
    "content-length",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

impl<'a> Lowering<'a> {
    /// The parameters of an operation: its own, and those of the path item that it does not
    /// replace.
    pub(super) fn parameters(
        &mut self,
        id: &str,
        lists: &[(&'a [ReferenceOr<Source>], Pointer)],
    ) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for (list, pointer) in lists {
            for (index, parameter) in list.iter().enumerate() {
                let Some((source, pointer)) = self.parameter_of(parameter, pointer.index(index))
                else {
                    continue;
                };
                if self.is_sent(source, &parameters, &pointer) {
                    parameters.push(self.parameter(id, source, &pointer));
                }
            }
        }
        parameters
    }

    /// Whether a parameter is one of its own, beside those that are known already.
    fn is_sent(&mut self, source: &Source, known: &[Parameter], pointer: &Pointer) -> bool {
        let (name, location) = (&source.parameter_data_ref().name, location_and_style(source).0);
        let is_header = location == Location::Header;
        let is_among = |names: &[&str]| names.iter().any(|it| name.eq_ignore_ascii_case(it));
        if is_header && is_among(IGNORED_HEADERS) {
            if is_among(&["authorization"]) && !self.has_authorization() {
                let message = format!("the header `{name}` is no parameter, and left out");
                let help = "describe it in `components/securitySchemes`; until then give it among the options of each call";
                self.warn("authorization-header", message, pointer, help);
            }
            return false;
        }
        if is_header && is_among(FRAMING_HEADERS) {
            let message = format!("the header `{name}` is made of the request itself");
            self.warn("framing-header", message, pointer, "remove the parameter; it is left out");
            return false;
        }
        let is_same = |known: &&Parameter| {
            let other = &known.field.name;
            let is_equal = other == name || (is_header && other.eq_ignore_ascii_case(name));
            known.location == location && is_equal
        };
        let Some(same) = known.iter().find(is_same) else { return true };
        if same.field.name != *name {
            let message = format!("`{name}` and `{}` are the same header", same.field.name);
            self.warn("duplicate-parameter", message, pointer, "remove one; this one is left out");
        }
        false
    }

    fn parameter_of(
        &self,
        parameter: &'a ReferenceOr<Source>,
        pointer: Pointer,
    ) -> Option<(&'a Source, Pointer)> {
        let (mut parameter, mut pointer) = (parameter, pointer);
        // A chain of references is finite: the source stage has refused cycles.
        loop {
            match parameter {
                ReferenceOr::Item(item) => return Some((item, pointer)),
                ReferenceOr::Reference { reference } => {
                    let name = component(reference, "parameters")?;
                    parameter = self.document.openapi.components.as_ref()?.parameters.get(&name)?;
                    pointer = Pointer::root().child("components").child("parameters").child(name);
                }
            }
        }
    }

    fn parameter(&mut self, id: &str, source: &'a Source, pointer: &Pointer) -> Parameter {
        let data = source.parameter_data_ref();
        let (location, style) = location_and_style(source);
        let (used, style) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                let origin = Origin::Operation(id.to_owned(), Part::Named(data.name.clone()));
                let pointer = pointer.child("schema");
                (self.placed(schema, origin, &pointer), style)
            }
            ParameterSchemaOrContent::Content(content) => {
                let style = match content.first() {
                    _ if is_query(data, content) => Style::Form,
                    Some((media_type, media)) if self.is_plain_text(media_type, media) => style,
                    _ => Style::Json,
                };
                (self.parameter_content(id, data, content, pointer), style)
            }
        };
        let required = data.required || location == Location::Path;
        let mut field = self.field(&data.name, used, required, pointer);
        field.description = data.description.clone().or(field.description);
        field.example = data.example.clone().or(field.example);
        field.deprecated |= data.deprecated.unwrap_or_default();
        self.parameter_as_shown(&mut field, pointer);
        Parameter {
            field,
            location,
            style,
            explode: data.explode.unwrap_or(style == Style::Form),
            allow_reserved: matches!(source, Source::Query { allow_reserved: true, .. }),
            fill: fill(&data.extensions),
        }
    }

    fn parameter_content(
        &mut self,
        id: &str,
        data: &ParameterData,
        content: &'a openapiv3::Content,
        pointer: &Pointer,
    ) -> Use {
        let Some((media_type, content)) = content.first() else { return Use::of(TypeRef::Json) };
        let Some(schema) = &content.schema else { return Use::of(TypeRef::Json) };
        let pointer = pointer.child("content").child(media_type.as_str()).child("schema");
        let origin = Origin::Operation(id.to_owned(), Part::Named(data.name.clone()));
        self.placed(schema, origin, &pointer)
    }

    /// Whether a parameter with content is a text, which is written as it is.
    fn is_plain_text(&self, media_type: &str, media: &MediaType) -> bool {
        let ty = self.keywords_of(media).and_then(|keywords| keywords.ty);
        is_text(media_type) && ty == Some("string")
    }

    /// The documented headers of a response; `content-type` is not one of them.
    pub(super) fn headers(
        &mut self,
        id: &str,
        headers: &'a IndexMap<String, ReferenceOr<Header>>,
        pointer: &Pointer,
    ) -> Vec<Field> {
        let named = headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
        named
            .filter_map(|(name, header)| {
                let pointer = pointer.child(name.as_str());
                let (header, pointer) = self.header_of(header, pointer)?;
                let used = match &header.format {
                    ParameterSchemaOrContent::Schema(schema) => {
                        let origin = Origin::Operation(id.to_owned(), Part::Named(name.clone()));
                        self.placed(schema, origin, &pointer.child("schema"))
                    }
                    ParameterSchemaOrContent::Content(_) => Use::of(TypeRef::Json),
                };
                let mut field = self.field(name, used, false, &pointer);
                field.description = header.description.clone().or(field.description);
                field.presence = Presence::Optional;
                Some(field)
            })
            .collect()
    }

    fn header_of(
        &self,
        header: &'a ReferenceOr<Header>,
        pointer: Pointer,
    ) -> Option<(&'a Header, Pointer)> {
        match header {
            ReferenceOr::Item(item) => Some((item, pointer)),
            ReferenceOr::Reference { reference } => {
                let name = component(reference, "headers")?;
                let header = self.document.openapi.components.as_ref()?.headers.get(&name)?;
                let root = Pointer::root().child("components").child("headers");
                self.header_of(header, root.child(name))
            }
        }
    }
}

/// The name in a reference to a component of some kind.
pub(super) fn component(reference: &str, kind: &str) -> Option<String> {
    let name = reference.strip_prefix("#/components/")?.strip_prefix(kind)?.strip_prefix('/')?;
    Some(name.replace("~1", "/").replace("~0", "~"))
}

/// Whether a parameter is the query itself (`in: querystring`), as a form: its properties are the
/// pairs, as with a parameter whose properties stand by themselves.
fn is_query(data: &ParameterData, content: &openapiv3::Content) -> bool {
    let is_whole = data.extensions.get("x-oas-in").and_then(Value::as_str) == Some("querystring");
    let media_type = content.keys().next().map(|media_type| essence(media_type));
    is_whole && media_type.as_deref() == Some("application/x-www-form-urlencoded")
}

pub(super) fn query_style(style: &QueryStyle) -> Style {
    match style {
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}

fn location_and_style(source: &Source) -> (Location, Style) {
    match source {
        Source::Path { style, .. } => (
            Location::Path,
            match style {
                PathStyle::Simple => Style::Simple,
                PathStyle::Label => Style::Label,
                PathStyle::Matrix => Style::Matrix,
            },
        ),
        Source::Query { style, .. } => (Location::Query, query_style(style)),
        Source::Header { .. } => (Location::Header, Style::Simple),
        Source::Cookie { .. } => (Location::Cookie, Style::Form),
    }
}

fn fill(extensions: &IndexMap<String, Value>) -> Fill {
    let says = |name: &str| extensions.get(name) == Some(&Value::Bool(true));
    if says("x-idempotency-token") {
        Fill::IdempotencyToken
    } else if says("x-request-id") {
        Fill::RequestId
    } else {
        Fill::Nothing
    }
}
