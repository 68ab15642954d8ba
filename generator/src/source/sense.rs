//! What a document says in the right form but cannot mean: a range without a value in it, a default
//! of another type, a security scheme that there is none of.
//!
//! Warnings only, each with what is done about it: of all these documents sensible output exists.
//! It looks at the finished tree; the form of things is [`super::check`]'s.

mod server;
mod unsent;

use std::collections::BTreeSet;

use super::Version;
use super::media_type::{is_json, is_text};
use super::model::{Kind, Shape};
use super::notes::{typed, wrong_enum};
use super::tree::{Cursor, Mapping, Node, source_key};
use super::walk::walk;
use crate::diag::{Notes, Place, Pointer, nearest};
use server::Of;
use unsent::is_form;

/// Checks a document.
pub(super) fn check(tree: &Node, root: &Place, version: Version, notes: &mut Notes) {
    let components = tree.child("components");
    let schemes = components.and_then(|it| it.child("securitySchemes")?.mapping());
    let mut sense = Sense { tree, schemes, notes };
    walk(Shape::Object(Kind::OpenApi), tree, &Cursor::Start(root), &mut |shape, node, at| {
        let Some((kind, object)) = shape.kind().zip(node.mapping()) else { return };
        match kind {
            Kind::Schema => sense.schema(object, at),
            Kind::ServerVariable => sense.server_variable(object, at),
            Kind::Parameter => {
                sense.name(object, at);
                sense.content(object, at);
                sense.written(object, at);
            }
            Kind::RequestBody => {
                sense.encodings(object, at);
                sense.parts(object, at);
            }
            Kind::MediaType => sense.items(object, at),
            Kind::SecurityScheme => sense.name(object, at),
            Kind::PathItem => {
                sense.parameters(object, at);
                sense.servers(Of::Operation, object, at);
                sense.methods(object, at);
            }
            Kind::Operation => {
                sense.parameters(object, at);
                sense.servers(Of::Operation, object, at);
                sense.security(object, at);
            }
            Kind::OpenApi => {
                sense.security(object, at);
                sense.servers(Of::Document, object, at);
                if version == Version::V3_0 {
                    sense.bodies(object, at);
                }
            }
            _ => {}
        }
    });
}

/// Lower bounds, their upper bounds, and what they count.
const RANGES: &[(&str, &str, &str)] = &[
    ("minimum", "maximum", "number"),
    ("minLength", "maxLength", "string"),
    ("minItems", "maxItems", "array"),
    ("minProperties", "maxProperties", "object"),
    ("x-oas-minContains", "x-oas-maxContains", "array"),
];

struct Sense<'t> {
    tree: &'t Node,
    schemes: Option<&'t Mapping>,
    notes: &'t mut Notes,
}

impl<'t> Sense<'t> {
    fn schema(&mut self, schema: &Mapping, at: &Cursor) {
        let number = |key: &str| schema.get(key).and_then(Node::number);
        for (min, max, what) in RANGES {
            let Some((low, high)) = number(min).zip(number(max)) else { continue };
            if low.to_f64() > high.to_f64() {
                let (min, max) = (source_key(min), source_key(max));
                let message = format!("no {what} keeps to `{min}: {low}` and `{max}: {high}`");
                self.warn("empty-range", at.key(min), &message, "exchange the two, or correct one");
            }
        }
        let nullable = schema.get("nullable").and_then(Node::bool) == Some(true);
        let word = schema.get("type").and_then(Node::str);
        let fits = |value: &Node| match word {
            Some(word) => value.is_of(word) || (value.is_null() && nullable),
            None => true,
        };
        self.default(word, fits, schema, at);
        let at = at.key("enum");
        let values = schema.get("enum").and_then(Node::sequence).unwrap_or_default().iter();
        // A list with null in it is how many documents say that a value is nullable.
        for (index, value) in values.enumerate().filter(|(_, it)| !it.is_null() && !fits(it)) {
            let help = "no value is of this type and in the list; correct one of the two";
            let place = at.index(index).place();
            wrong_enum(self.notes, word.unwrap_or("value"), value, place, help);
        }
    }

    /// A default that is of another type than the schema, or none of its values. Null says that
    /// there is none.
    fn default(
        &mut self,
        word: Option<&str>,
        fits: impl Fn(&Node) -> bool,
        schema: &Mapping,
        at: &Cursor,
    ) {
        let Some(default) = schema.get("default").filter(|it| !it.is_null()) else { return };
        let values = schema.get("enum").and_then(Node::sequence);
        if !fits(default) {
            let message = format!("the default of {} is {}", typed(word), default.describe());
            let help = "correct the default or the type; callers see it in the docs";
            self.warn("wrong-default", at.key("default"), &message, help);
        } else if values.is_some_and(|values| !values.contains(default)) {
            let message = "the default is none of the values of `enum`";
            let help = "list it, or make one of the values the default";
            self.warn("wrong-default", at.key("default"), message, help);
        }
    }

    fn server_variable(&mut self, variable: &Mapping, at: &Cursor) {
        let values = variable.get("enum").and_then(Node::sequence).unwrap_or_default();
        let Some(default) = variable.get("default") else { return };
        if !values.is_empty() && !values.contains(default) {
            let message = "the default of the server variable is none of the values of `enum`";
            let help = "list it, or make one of the values the default";
            self.warn("wrong-default", at.key("default"), message, help);
        }
    }

    /// The name of a header or a cookie, which HTTP must be able to carry.
    fn name(&mut self, object: &Mapping, at: &Cursor) {
        let text = |key: &str| object.get(key).and_then(Node::str);
        let (Some(name), Some(place @ ("header" | "cookie"))) = (text("name"), text("in")) else {
            return;
        };
        if name.is_empty() || !name.bytes().all(is_token) {
            let message = format!("no {place} can be called `{name}`");
            let help =
                "such names are of letters, digits and signs like `-`; calls that set it fail";
            self.warn("unsendable-name", at.key("name"), &message, help);
        }
    }

    /// The content of a parameter, which is written as JSON whatever it is said to be, unless it is
    /// a text.
    fn content(&mut self, parameter: &Mapping, at: &Cursor) {
        let content = parameter.get("content").and_then(Node::mapping);
        let Some((media_type, media)) = content.and_then(|it| it.iter().next()) else { return };
        let is_query = parameter.contains("x-oas-in") && is_form(parameter);
        let schema = media.child("schema").and_then(|it| self.target(it));
        let is_string = schema.and_then(|it| it.child("type")?.str()) == Some("string");
        let is_plain = is_text(media_type) && is_string;
        if !(is_json(media_type) || is_query || is_plain) {
            let message = format!("a parameter of `{media_type}` is written as JSON");
            let help = "write `application/json`, or `schema` and a style";
            let place = at.key("content").key(media_type).place();
            self.notes.warn_key("parameter-content", place, &message, help);
        }
    }

    /// What the encodings of a form say of properties that there are not, and of those that are
    /// written as JSON.
    fn encodings(&mut self, body: &Mapping, at: &Cursor) {
        let at = at.key("content");
        let content = body.get("content").and_then(Node::mapping);
        for (media_type, media) in content.into_iter().flat_map(Mapping::iter) {
            let place = media.origin().cloned().unwrap_or_else(|| at.key(media_type).place());
            let at = Cursor::Start(&place);
            let at = at.key("encoding");
            let encodings = media.child("encoding").and_then(Node::mapping);
            let schema = media.child("schema").and_then(|it| self.target(it));
            let Some((encodings, schema)) = encodings.zip(schema.and_then(Node::mapping)) else {
                continue;
            };
            for (name, encoding) in encodings.iter() {
                self.encoding(name, encoding, schema, &at.key(name));
                if media_type.starts_with("multipart/") {
                    self.part(name, encoding, &at.key(name));
                }
            }
        }
    }

    fn encoding(&mut self, name: &str, encoding: &Node, schema: &Mapping, at: &Cursor) {
        const MORE: &[&str] = &["$ref", "allOf", "anyOf", "oneOf", "additionalProperties"];
        let property = schema.get("properties").and_then(|it| it.child(name));
        let Some(property) = property else {
            if !MORE.iter().any(|key| schema.contains(key)) {
                let message = format!("there is no property `{name}` that this is the encoding of");
                let help = "correct the name, or remove it; it is ignored";
                self.notes.warn_key("unknown-encoding", at.place(), &message, help);
            }
            return;
        };
        let content_type = encoding.child("contentType").and_then(Node::str).unwrap_or_default();
        let word = self.target(property).and_then(|it| it.child("type")?.str());
        if content_type.contains("xml") && word == Some("object") {
            let message =
                format!("the object `{name}` is written as JSON, not as `{content_type}`");
            let help = "make it a string, and write the XML into that";
            self.warn("encoding-content", at.key("contentType"), &message, help);
        }
    }

    /// Parameters that stand twice in one list.
    fn parameters(&mut self, object: &Mapping, at: &Cursor) {
        let at = at.key("parameters");
        let mut seen = BTreeSet::new();
        let list = object.get("parameters").and_then(Node::sequence).unwrap_or_default();
        for (index, parameter) in list.iter().enumerate() {
            let parameter = self.target(parameter);
            let text = |key: &str| parameter?.child(key)?.str();
            let Some((name, place)) = text("name").zip(text("in")) else { continue };
            if !seen.insert((name, place)) {
                let message = format!("the {place} parameter `{name}` stands twice");
                let help = "remove one of the two; the first is taken";
                self.warn("duplicate-parameter", at.index(index), &message, help);
            }
        }
    }

    /// What a node is, or what it refers to.
    fn target<'n>(&self, node: &'n Node) -> Option<&'n Node>
    where
        't: 'n,
    {
        let Some(reference) = node.reference() else { return Some(node) };
        self.tree.find(&Pointer::parse(reference.strip_prefix('#')?)?)
    }

    /// The schemes that a requirement names.
    fn security(&mut self, object: &Mapping, at: &Cursor) {
        let at = at.key("security");
        let list = object.get("security").and_then(Node::sequence).unwrap_or_default();
        for (index, requirement) in list.iter().enumerate() {
            let names = requirement.mapping().into_iter().flat_map(Mapping::keys);
            for name in names.filter(|name| !self.schemes.is_some_and(|it| it.contains(name))) {
                let known = self.schemes.into_iter().flat_map(Mapping::keys);
                let help = match nearest(name, known) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "define it in `components/securitySchemes`".to_owned(),
                };
                let message = format!("there is no security scheme `{name}`");
                let place = at.index(index).key(name).place();
                self.notes.warn_key("undefined-security-scheme", place, &message, &help);
            }
        }
    }

    fn warn(&mut self, code: &'static str, at: Cursor, message: &str, help: &str) {
        self.notes.warn(code, at.place(), message, help);
    }

    /// The same, about a key.
    fn warn_key(&mut self, code: &'static str, at: Cursor, message: &str, help: &str) {
        self.notes.warn_key(code, at.place(), message, help);
    }
}

/// A character of a token (RFC 9110, section 5.6.2), which is what names of headers and cookies are.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}
