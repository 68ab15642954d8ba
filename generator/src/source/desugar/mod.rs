//! Makes one dialect of all: the tree in the shape of OpenAPI 3.0 as openapiv3 models it.
//!
//! Each pass is one function over one kind of object and says in its comment what it makes of what.
//! What 3.0 has no word for rides along as `x-oas-<keyword>`, with the same value, itself desugared;
//! so nothing is lost, and where it stood can be told from its name. Sloppiness that has one sensible
//! reading is repaired, with a warning; everything else is left for [`super::check`] to refuse.

mod bounds;
mod composition;
mod decorations;
mod document;
mod keywords;
mod media;
mod nulls;
mod operations;
mod parameters;
mod references;
mod scalars;
mod security;
mod shorthand;
mod swagger;
mod types;
mod values;

use std::collections::BTreeSet;

use super::Version;
use super::files::Files;
use super::model::{Kind, METHODS, Shape, Word};
use super::tree::{Cursor, Mapping, Node, OWN};
use super::walk::{Then, walk_mut};
use crate::diag::{Notes, Place};

/// What the passes know besides the object at hand.
pub(super) struct Context<'c> {
    pub version: Version,
    pub files: &'c Files,
    pub notes: &'c mut Notes,
    nulls: BTreeSet<String>,
}

impl<'c> Context<'c> {
    pub(super) fn new(
        version: Version,
        files: &'c Files,
        notes: &'c mut Notes,
        tree: &Node,
    ) -> Self {
        Self { version, files, notes, nulls: composition::nulls(tree) }
    }

    /// Warns that something was repaired; the same message at many places is given once.
    fn warn(&mut self, code: &'static str, place: Place, message: &str, help: &str) {
        self.notes.warn(code, place, message, help);
    }

    /// The same, about the key or what the key stands for.
    fn warn_key(&mut self, code: &'static str, place: Place, message: &str, help: &str) {
        self.notes.warn_key(code, place, message, help);
    }
}

/// A pass over one object.
type Pass = fn(&mut Mapping, &Cursor, &mut Context);

/// Rewrites a tree whose references are all resolved.
pub(super) fn desugar(tree: &mut Node, root: &Place, context: &mut Context) {
    let at = Cursor::Start(root);
    walk_mut(Shape::Object(Kind::OpenApi), tree, &at, &mut |shape, node, at, _| {
        scalars::coerce(shape, node, at, context);
        types::boolean_schema(shape, node, at, context);
        nulls::fill(shape, node, at, context);
        decorations::wrap(shape, node, at, context);
        shorthand::list_of_one(shape, node, at, context);
        shorthand::requirement(shape, node, at, context);
        shorthand::type_alone(shape, node, at, context);
        shorthand::servers(shape, node, at, context);
        media::alone(shape, node, at, context);
        media::names(shape, node, at, context);
        if let (Some(kind), Some(object)) = (shape.kind(), node.mapping_mut()) {
            shorthand::fields(kind, object, at, context);
            for pass in passes(kind) {
                pass(object, at, context);
            }
            nulls::drop_nulls(kind, object, at, context);
            rename_newer(kind, object);
        }
        Then::Descend
    });
    decorations::drop_faulty(tree, root, context);
    security::drop_faulty(tree, root, context);
    operations::copied_ids(tree, root);
}

/// The `x-webhooks` by which 3.0 has what 3.1 calls `webhooks`, where it does hold such. This comes
/// before the references in there are resolved.
pub(super) fn foreign_webhooks(tree: &mut Node, root: &Place) {
    let at = Cursor::Start(root);
    let Some(document) = tree.mapping_mut() else { return };
    let is_item = |item: &Node| METHODS.iter().any(|key| item.child(key).is_some());
    let foreign = document.get("x-webhooks").and_then(Node::mapping);
    let is_meant = foreign.is_some_and(|items| items.iter().all(|(_, item)| is_item(item)));
    if is_meant
        && !document.contains("webhooks")
        && let Some(webhooks) = take_from(document, "x-webhooks", &at)
    {
        document.set("webhooks", webhooks);
    }
}

/// The passes of each kind of object, in order.
fn passes(kind: Kind) -> &'static [Pass] {
    match kind {
        Kind::OpenApi => &[document::root],
        Kind::Info => &[document::info],
        Kind::Components => &[document::components],
        Kind::Paths => &[document::paths],
        Kind::PathItem => &[operations::methods],
        Kind::Callback => &[operations::callback],
        Kind::Operation => &[operations::responses_missing, swagger::body, swagger::form],
        Kind::Responses => &[operations::response_codes],
        Kind::Response => &[operations::description],
        Kind::RequestBody => &[operations::content],
        Kind::Parameter => &[
            parameters::querystring,
            swagger::collection,
            swagger::schema,
            parameters::schema_missing,
            parameters::path_required,
            parameters::style,
        ],
        Kind::Header => &[swagger::schema, parameters::schema_missing, parameters::header_style],
        Kind::Encoding => &[parameters::encoding_explode],
        Kind::Example => &[keywords::data_value],
        Kind::Link => &[operations::link_target],
        Kind::Schema => SCHEMA,
        Kind::ServerVariable => &[document::variable_default],
        Kind::SecurityScheme => &[security::kind, security::incomplete],
        Kind::ImplicitFlow
        | Kind::PasswordFlow
        | Kind::ClientCredentialsFlow
        | Kind::AuthorizationCodeFlow
        | Kind::DeviceAuthorizationFlow => &[security::scopes],
        _ => &[],
    }
}

const SCHEMA: &[Pass] = &[
    keywords::definitions,
    references::siblings,
    types::words,
    keywords::required_flag,
    keywords::pattern_literal,
    keywords::items_list,
    keywords::discriminator,
    composition::null_branches,
    keywords::constant,
    types::lists,
    values::of_items,
    values::typed,
    bounds::beyond,
    bounds::exclusive,
    bounds::range,
    keywords::examples,
    keywords::content,
];

/// `prefixItems: [..]` becomes `x-oas-prefixItems: [..]`, and so on for every field that 3.0 does not
/// know.
fn rename_newer(kind: Kind, object: &mut Mapping) {
    let is_newer = |key: &&str| kind.field(key).is_some_and(|field| field.word == Word::Newer);
    let newer: Vec<String> = object.keys().filter(is_newer).map(str::to_owned).collect();
    for key in newer {
        object.rename(&key, format!("{OWN}{key}"));
    }
}

/// Moves a value from where it stands into another object, and notes where it stood.
fn take_from(object: &mut Mapping, key: &str, at: &Cursor) -> Option<Node> {
    Some(object.take(key)?.moved_from(at.key(key).place()))
}

/// An object that was made for a part of the one at a place.
fn part_of(at: &Cursor, object: Mapping) -> Node {
    Node::from(object).moved_from(at.place())
}
