//! Overlays (OpenAPI Overlay 1.0 and 1.1): changes to a document that is not ours to edit, made
//! before anything else is done with it.
//!
//! | step | module |
//! |---|---|
//! | the overlay's own text, checked by the table of objects | `read` |
//! | JSONPath to the values that it selects | `select` |
//! | `update`, `copy` and `remove`, on the document's tree | `merge` |
//!
//! The specification lets an action that selects nothing pass; here it is an error, for it is mostly
//! a document that has changed under its overlay. What an overlay adds remembers where in the overlay
//! it stood, so that whatever is said about it later points there.

mod merge;
mod read;
mod select;

use super::files::Files;
use super::text::Text;
use super::tree::Node;
use crate::diag::{Diagnostic, Failed, FileId, Locate, Place, Pointer, Sink};
use merge::Target;
use read::{Action, Change};
use select::View;

/// Applies overlays, in their order, to a document as it was read. Gives their files.
pub(super) fn apply(
    tree: &mut Node,
    root: FileId,
    overlays: &[Text],
    files: &mut Files,
    sink: &mut Sink,
) -> Result<Vec<FileId>, Failed> {
    let mut added = Vec::new();
    let mut read = Vec::new();
    for overlay in overlays {
        let file = files.add(&*overlay.name, &*overlay.text);
        added.push(file);
        let document = files.name(root).to_owned();
        // All overlays are read before the run stops: all problems at once.
        if let Ok(overlay) = read::overlay(file, &document, files, sink) {
            read.push(overlay);
        }
    }
    sink.gate()?;
    // Nearly every document comes without, and need not be seen as JSON.
    if read.is_empty() {
        return Ok(added);
    }
    let mut overlaid = Overlaid { view: View::of(tree), tree, root, inserted: 0 };
    for action in read.iter().flatten() {
        if let Err(error) = overlaid.perform(action) {
            sink.report(*error);
        }
    }
    sink.gate()?;
    Ok(added)
}

/// What is wrong with an action. Boxed: a diagnostic is large, and nearly every action is right.
type Refused = Box<Diagnostic>;

/// A document under its overlays.
struct Overlaid<'t> {
    tree: &'t mut Node,
    /// The same as JSON, to be asked.
    view: View,
    root: FileId,
    /// How many values were added.
    inserted: usize,
}

impl Overlaid<'_> {
    fn perform(&mut self, action: &Action) -> Result<(), Refused> {
        let targets = self.view.select(&action.target);
        if targets.is_empty() {
            let message = format!("`{}` selects nothing in the document", action.target);
            let help = "correct the path, or remove the action";
            let error = Diagnostic::error("unused-action", message);
            return Err(Box::new(error.at(action.place.child("target")).help(help)));
        }
        match &action.change {
            // From the last to the first, so that the indices of those to come stay.
            Change::Remove => targets.iter().rev().try_for_each(|at| self.remove(at, action)),
            Change::Update(update) => {
                let update = update.clone().moved_from(action.place.child("update"));
                targets.iter().try_for_each(|at| self.update(at, &update, action))
            }
            Change::Copy(source) => {
                let copied = self.copied(source, action)?;
                targets.iter().try_for_each(|at| self.update(at, &copied, action))
            }
        }
    }

    fn update(&mut self, at: &Pointer, update: &Node, action: &Action) -> Result<(), Refused> {
        self.inserted += merge::bounded(update, at, self.inserted)
            .map_err(|error| error.at(action.place.child("target")))?;
        let place = merge::place(self.tree, self.root, at);
        if let Some(node) = merge::find_mut(self.tree, at) {
            let from = update.origin().cloned().unwrap_or_else(|| action.place.clone());
            merge::update(Target { node, place: &place }, update, &from)?;
        }
        self.view.refresh(self.tree, at);
        Ok(())
    }

    fn remove(&mut self, at: &Pointer, action: &Action) -> Result<(), Refused> {
        let Some((parent, key)) = at.parent().zip(at.last()) else {
            let error = Diagnostic::error("wrong-action", "the whole document cannot be removed");
            let help = "select what is to go, as in `$.paths['/pets']`";
            return Err(Box::new(error.at(action.place.child("target")).help(help)));
        };
        let place = merge::place(self.tree, self.root, parent);
        if let Some(node) = merge::find_mut(self.tree, parent) {
            merge::remove(node, key, &place);
        }
        self.view.refresh(self.tree, parent);
        Ok(())
    }

    /// The one value that is to be copied, as it is now.
    fn copied(&self, source: &select::Query, action: &Action) -> Result<Node, Refused> {
        let found = self.view.select(source);
        let [at] = found.as_slice() else {
            let message = format!("`{source}` selects {} values, not one", found.len());
            let error = Diagnostic::error("wrong-action", message);
            let help = "write a path that selects exactly one value";
            return Err(Box::new(error.at(action.place.child("copy")).help(help)));
        };
        let place: Place = merge::place(self.tree, self.root, at);
        let node = self.tree.find(at).cloned().unwrap_or_default();
        Ok(node.moved_from(place))
    }
}
