//! Which version of OpenAPI a document declares.

use super::Version;
use super::tree::Node;
use crate::diag::{Diagnostic, Failed, Place, Sink};

pub(super) fn of(tree: &Node, root: &Place, sink: &mut Sink) -> Result<Version, Failed> {
    match find(tree, root) {
        Ok(version) => Ok(version),
        Err(error) => {
            sink.report(*error);
            Err(Failed)
        }
    }
}

fn find(tree: &Node, root: &Place) -> Result<Version, Box<Diagnostic>> {
    let Some(document) = tree.mapping() else {
        return Err(no_document(tree, root));
    };
    let Some(node) = document.get("openapi") else {
        return Err(match document.get("swagger") {
            Some(_) => swagger(root),
            None => no_openapi(root),
        });
    };
    // Unquoted, `3.0` is a number.
    let text = match node.number() {
        Some(number) => format!("{number:.1}"),
        None => node.str().unwrap_or_default().to_owned(),
    };
    let mut parts = text.split('.');
    match (parts.next(), parts.next()) {
        (Some("3"), Some("0")) => Ok(Version::V3_0),
        (Some("3"), Some("1")) => Ok(Version::V3_1),
        (Some("3"), Some("2")) => Ok(Version::V3_2),
        _ => Err(unknown(&text, root)),
    }
}

fn no_document(tree: &Node, root: &Place) -> Box<Diagnostic> {
    let message = match tree.is_null() {
        true => "the file is empty".to_owned(),
        false => format!("an OpenAPI document is an object, this is {}", tree.describe()),
    };
    let error = Diagnostic::error("no-openapi", message).at(root.clone());
    Box::new(error.help("a document starts with `openapi: 3.1.0`"))
}

fn no_openapi(root: &Place) -> Box<Diagnostic> {
    let message = "this is no OpenAPI document: it has no `openapi` field";
    let error = Diagnostic::error("no-openapi", message).at(root.clone());
    Box::new(error.help("add `openapi: 3.1.0`, or name the root document if this is a part of one"))
}

fn swagger(root: &Place) -> Box<Diagnostic> {
    let message = "this is Swagger 2.0; OpenAPI 3.0, 3.1 and 3.2 are supported";
    let error = Diagnostic::error("swagger", message).at_key(root.child("swagger"));
    Box::new(error.help("convert it, for example with `npx swagger2openapi FILE`"))
}

fn unknown(text: &str, root: &Place) -> Box<Diagnostic> {
    let message = format!("OpenAPI {text} is not supported; 3.0, 3.1 and 3.2 are");
    let error = Diagnostic::error("unknown-version", message).at(root.child("openapi"));
    Box::new(error.help("if the document is one of these, correct the version"))
}
