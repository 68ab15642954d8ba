//! What a document asks for and clients do not do: methods that they have no function for, parts of
//! a request that they leave out or write in another way.

use super::Sense;
use crate::source::media_type::essence;
use crate::source::tree::{Cursor, Mapping, Node};

/// By which gateways of Amazon say of all methods what they do.
const ANY_METHOD: &str = "x-amazon-apigateway-any-method";

impl Sense<'_> {
    /// The operations of 3.2 and of gateways.
    pub(super) fn methods(&mut self, item: &Mapping, at: &Cursor) {
        let help = "call it by a client of your own; it is left out";
        if item.contains("x-oas-query") {
            let message = "clients have no function for the method QUERY";
            self.warn_key("unknown-method", at.key("x-oas-query"), message, help);
        }
        let more = "x-oas-additionalOperations";
        for (method, _) in
            item.get(more).and_then(Node::mapping).into_iter().flat_map(Mapping::iter)
        {
            let message = format!("clients have no function for the method {method}");
            self.warn_key("unknown-method", at.key(more).key(method), &message, help);
        }
        if item.contains(ANY_METHOD) {
            let message = format!("`{ANY_METHOD}` is no operation, and left out");
            let help = "list the methods that are called";
            self.warn_key("unknown-method", at.key(ANY_METHOD), &message, help);
        }
    }

    /// Bodies where OpenAPI 3.0 has them ignored. They are sent all the same: there are APIs that
    /// cannot do without, and who does not want one does not set it. What servers send is theirs.
    pub(super) fn bodies(&mut self, document: &Mapping, at: &Cursor) {
        let at = at.key("paths");
        let paths = document.get("paths").and_then(Node::mapping);
        for (path, item) in paths.into_iter().flat_map(Mapping::iter) {
            let place = item.origin().cloned().unwrap_or_else(|| at.key(path).place());
            for method in ["get", "head", "delete"] {
                let Some(operation) = item.child(method) else { continue };
                let place = operation.origin().cloned().unwrap_or_else(|| place.child(method));
                let body = operation.child("requestBody");
                let target = body.and_then(|body| self.target(body));
                let content = target.and_then(|body| body.child("content")?.mapping());
                if content.is_some_and(|content| !content.is_empty()) {
                    let message = "OpenAPI 3.0 leaves open what the body of a GET, HEAD or DELETE \
                                   means; it is sent where a call sets it";
                    let help = "remove `requestBody` if the server takes no body there";
                    let place = place.child("requestBody");
                    self.notes.warn_key("body-of-bare-method", place, message, help);
                }
            }
        }
    }

    /// What of a parameter is written in another way.
    pub(super) fn written(&mut self, parameter: &Mapping, at: &Cursor) {
        let text = |key: &str| parameter.get(key).and_then(Node::str);
        let name = text("name").unwrap_or_default();
        let is_reserved = parameter.get("allowReserved").and_then(Node::bool) == Some(true);
        if is_reserved && text("in") == Some("path") {
            let message = "reserved characters of a parameter of the path are percent-encoded";
            let help = "remove `allowReserved`; it is ignored";
            self.warn("allow-reserved", at.key("allowReserved"), message, help);
        }
        if text("x-oas-in") == Some("querystring") && !is_form(parameter) {
            let message =
                format!("clients do not write the query as a whole: `{name}` is a pair of it");
            let help = "describe the query as `application/x-www-form-urlencoded`, or pair by pair";
            self.warn("query-string", at.key("in"), &message, help);
        }
    }

    /// The items of a body that is many.
    pub(super) fn items(&mut self, media: &Mapping, at: &Cursor) {
        if media.contains("x-oas-itemSchema") {
            let message = "what `itemSchema` says of the items is not checked";
            let help = "the body is passed on as it is; take its items apart yourself";
            self.warn_key("untyped-body", at.key("x-oas-itemSchema"), message, help);
        }
    }

    /// Bodies of parts that are no form.
    pub(super) fn parts(&mut self, body: &Mapping, at: &Cursor) {
        let at = at.key("content");
        let content = body.get("content").and_then(Node::mapping);
        for (media_type, _) in content.into_iter().flat_map(Mapping::iter) {
            let essence = essence(media_type);
            let is_known = media_type.to_ascii_lowercase().contains("boundary=");
            if essence.starts_with("multipart/") && essence != "multipart/form-data" && !is_known {
                let message = format!("the parts of `{media_type}` are the caller's to write");
                let help = "give the body with its parts, and the header `content-type` with their \
                            boundary among the options of the call";
                self.warn_key("multipart-boundary", at.key(media_type), &message, help);
            }
        }
    }

    /// What is said of a part of a form and not sent.
    pub(super) fn part(&mut self, name: &str, encoding: &Node, at: &Cursor) {
        if encoding.child("headers").and_then(Node::mapping).is_some_and(|it| !it.is_empty()) {
            let message = format!("the part `{name}` is sent without headers of its own");
            let help = "remove `headers`; they are ignored";
            self.warn_key("encoding-headers", at.key("headers"), &message, help);
        }
        let style = encoding.child("style").and_then(Node::str);
        if let Some(style) = style.filter(|style| *style != "form") {
            let message = format!("the part `{name}` is not written in the style `{style}`");
            let help = "arrays are a part for each item, objects are JSON; remove `style`";
            self.warn("encoding-style", at.key("style"), &message, help);
        }
    }
}

/// Whether a parameter is a form, whose pairs those of the query are.
pub(super) fn is_form(parameter: &Mapping) -> bool {
    let content = parameter.get("content").and_then(Node::mapping);
    content
        .and_then(|content| content.iter().next())
        .is_some_and(|(media_type, _)| essence(media_type) == "application/x-www-form-urlencoded")
}
