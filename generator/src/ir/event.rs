//! What an API does of its own accord, and how one call leads to the next.

use serde_json::Value;

use super::TypeRef;
use crate::diag::Place;

/// A request that the server makes: a webhook, or a callback of an operation.
#[derive(Debug)]
pub struct Event {
    /// What the document calls it.
    pub name: String,
    /// Where the server sends it, as a runtime expression. A webhook has none: its receiver is told
    /// to the server in ways that the document does not speak of.
    pub target: Option<String>,
    /// The HTTP method, in upper case.
    pub method: &'static str,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// What its body holds, if it has one that is JSON.
    pub payload: Option<TypeRef>,
    /// Where it stands.
    pub place: Place,
}

/// A Link Object: what a response knows of a call that may follow.
#[derive(Debug)]
pub struct Link {
    /// What the document calls it.
    pub name: String,
    /// The operation that may follow.
    pub operation: Linked,
    /// `description`.
    pub description: Option<String>,
    /// Parameters of that operation, each with a value or a runtime expression.
    pub parameters: Vec<(String, Value)>,
    /// The body of that operation, or a runtime expression.
    pub body: Option<Value>,
}

/// How a link names an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Linked {
    /// By its `operationId`.
    Id(String),
    /// By a reference.
    Ref(String),
}
