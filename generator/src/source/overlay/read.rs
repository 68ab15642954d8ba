//! From the text of an overlay to its actions.

use super::super::check;
use super::super::files::Files;
use super::super::model::Kind;
use super::super::parse::parse;
use super::super::tree::Node;
use super::select::Query;
use crate::diag::{Diagnostic, Failed, FileId, Notes, Place, Pointer, Sink};

/// An Action Object.
pub(super) struct Action {
    pub(super) target: Query,
    pub(super) change: Change,
    /// Where it stands in the overlay.
    pub(super) place: Place,
}

/// What an action does to the values that it selects.
pub(super) enum Change {
    Remove,
    Update(Node),
    Copy(Query),
}

/// Reads an overlay for the document of that name.
pub(super) fn overlay(
    file: FileId,
    document: &str,
    files: &Files,
    sink: &mut Sink,
) -> Result<Vec<Action>, Failed> {
    let start = Place::new(file, Pointer::root());
    let tree = parse(file, files, sink)?;
    let mut own = Sink::new();
    if tree.child("overlay").is_none() {
        own.report(no_overlay(&start));
    } else {
        let mut notes = Notes::default();
        check::check_as(Kind::Overlay, &tree, &start, &mut notes, &mut own);
        notes.report(&mut own);
        check_version(&tree, &start, &mut own);
        check_extends(&tree, &start, document, &mut own);
    }
    let is_sound = own.gate();
    let items = tree.child("actions").and_then(Node::sequence).unwrap_or_default();
    let actions = items.iter().enumerate().filter_map(|(index, item)| {
        is_sound.is_ok().then(|| action(item, start.child("actions").index(index), &mut own))?
    });
    let actions = actions.collect();
    let outcome = own.gate();
    own.into_vec().into_iter().for_each(|it| sink.report(it));
    outcome.map(|()| actions)
}

fn no_overlay(start: &Place) -> Diagnostic {
    Diagnostic::error("not-an-overlay", "the field `overlay` is missing")
        .at(start.clone())
        .help("start an overlay with `overlay: 1.0.0`; a document has another name")
}

fn check_version(tree: &Node, start: &Place, sink: &mut Sink) {
    let version = tree.child("overlay").and_then(Node::str).unwrap_or_default();
    if !["1.0.", "1.1."].iter().any(|known| version.starts_with(known)) {
        let message = format!("version `{version}` of the Overlay Specification is not supported");
        let error = Diagnostic::error("overlay-version", message);
        sink.report(error.at(start.child("overlay")).help("write 1.0.0 or 1.1.0"));
    }
}

/// Compares file names only: a copy of a document stands elsewhere than its original.
fn check_extends(tree: &Node, start: &Place, document: &str, sink: &mut Sink) {
    let Some(extended) = tree.child("extends").and_then(Node::str) else { return };
    let file = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let path = extended.split(['?', '#']).next().unwrap_or_default();
    if file(path) != file(document) {
        let message = format!("the overlay is for `{extended}`, and is applied to `{document}`");
        let warning = Diagnostic::warning("other-document", message);
        let help = "correct `extends`, or apply the overlay to the document that it names";
        sink.report(warning.at(start.child("extends")).help(help));
    }
}

fn action(item: &Node, place: Place, sink: &mut Sink) -> Option<Action> {
    let target = query(item, "target", &place, sink);
    let removes = item.child("remove").and_then(Node::bool) == Some(true);
    let change = match (removes, item.child("update"), item.child("copy")) {
        (true, ..) => Some(Change::Remove),
        (false, Some(update), None) => Some(Change::Update(update.clone())),
        (false, None, Some(_)) => query(item, "copy", &place, sink).map(Change::Copy),
        (false, update, _) => {
            let said = if update.is_some() { "both `update` and `copy`" } else { "nothing to do" };
            let error = Diagnostic::error("wrong-action", format!("the action has {said}"));
            let help = "an action has one of `update`, `copy` and `remove: true`";
            sink.report(error.at(place.clone()).help(help));
            None
        }
    };
    Some(Action { target: target?, change: change?, place })
}

fn query(item: &Node, field: &str, place: &Place, sink: &mut Sink) -> Option<Query> {
    let text = item.child(field).and_then(Node::str)?;
    let query = Query::parse(text).map_err(|wrong| {
        let error = Diagnostic::error("wrong-path", format!("`{text}` {wrong}"));
        let help = "write a query by RFC 9535, as in `$.paths['/pets'].get['x-a']`";
        sink.report(error.at(place.child(field)).help(help));
    });
    query.ok()
}
