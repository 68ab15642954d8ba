//! From files to an OpenAPI document: reads the root file and all that it refers to, makes one tree
//! of them in one dialect, checks it, and hands it over as `openapiv3`.
//!
//! | step | module |
//! |---|---|
//! | text to an untyped tree, order and exact integers kept | `parse`, `tree` |
//! | overlays change what the text said | `overlay` |
//! | references between files become references to components | `refs` |
//! | what the settings leave out goes | `filter` |
//! | 3.1, 3.2 and known sloppiness become 3.0 with `x-oas-` extensions | `desugar` |
//! | every field holds what its object says | `check`, by the table in `model` |
//! | what is said can be meant | `sense` |
//! | the tree becomes `openapiv3` | `convert` |
//! | a pointer becomes bytes of a file, for diagnostics | `origins`, `files`, `locate` |
//!
//! This stage knows the syntax of OpenAPI, not its meaning: what a schema says is `crate::lower`'s.

mod check;
mod convert;
mod desugar;
mod files;
mod filter;
mod folder;
mod locate;
pub(crate) mod media_type;
mod model;
mod notes;
mod origins;
mod overlay;
mod parse;
mod refs;
mod sense;
mod text;
mod tree;
mod version;
mod walk;

pub use files::Files;
pub use folder::{Listed, documents};
pub use text::{Text, Unusable};

use std::path::Path;

use indexmap::IndexMap;
use openapiv3::{Operation, PathItem, ReferenceOr, Schema};

use crate::diag::{Failed, FileId, Notes, Place, Pointer, Sink};
use crate::settings::Filter;
use desugar::Context;
use origins::Origins;
use refs::Sources;
use tree::Node;

/// One API, read and in one dialect.
#[derive(Debug)]
pub struct Document {
    /// The document in the shape of 3.0. Every reference in it is `#/components/<section>/<name>` and
    /// leads somewhere; what 3.0 has no word for stands in extensions named `x-oas-<keyword>`.
    pub openapi: openapiv3::OpenAPI,
    /// The webhooks, in the same shape: `openapi` has no room for them.
    pub webhooks: IndexMap<String, PathItem>,
    /// The version that it was written in.
    pub version: Version,
    /// The file that the API starts from.
    pub root: FileId,
    origins: Origins,
}

/// The version that a document declares. Whatever it is, [`Document::openapi`] is in the shape of 3.0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Version {
    /// 3.0.x
    V3_0,
    /// 3.1.x
    V3_1,
    /// 3.2.x
    V3_2,
}

impl Document {
    /// Where in the sources the value stood at which a pointer into `openapi` points, which may be in
    /// another file or elsewhere in the root.
    pub fn place(&self, pointer: &Pointer) -> Place {
        self.origins.place(pointer)
    }
}

/// Reads a schema out of an extension of ours, such as an item of `x-oas-prefixItems`, where openapiv3
/// keeps plain JSON. A boolean is a schema, too.
pub fn schema_in(value: &serde_json::Value) -> ReferenceOr<Schema> {
    convert::schema_or_ref(Node::from(value))
}

/// Reads an operation out of an extension of ours, such as `x-oas-query` of a path item.
pub fn operation_in(value: &serde_json::Value) -> Operation {
    convert::operation(Node::from(value))
}

/// What is changed in a document before it is looked at.
#[derive(Debug, Default)]
pub struct Changes<'c> {
    /// Laid over it in this order.
    pub overlays: &'c [Text],
    /// Which operations stay.
    pub filter: Filter<'c>,
}

/// Where a document is read from.
#[derive(Clone, Copy, Debug)]
pub struct Rooted<'p> {
    /// Its root file.
    pub path: &'p Path,
    /// The folder that its references may not leave; without it, that of the root file.
    pub root: Option<&'p Path>,
}

/// Reads one API from its root file. Fails only with errors in the sink.
pub fn load(
    from: Rooted<'_>,
    changes: &Changes<'_>,
    files: &mut Files,
    sink: &mut Sink,
) -> Result<Document, Failed> {
    let name = from.path.display().to_string();
    match refs::read_text(from.path) {
        Ok(text) => {
            let root = files.add(name, text);
            read(Root { file: root, from: Some(from), changes }, files, sink)
        }
        Err(unreadable) => {
            unreadable.report(name, files, sink);
            Err(Failed)
        }
    }
}

/// Reads one API from text in memory; the name is for diagnostics only. It cannot refer to files.
pub fn load_text(
    name: &str,
    text: &str,
    changes: &Changes<'_>,
    files: &mut Files,
    sink: &mut Sink,
) -> Result<Document, Failed> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let root = files.add(name, text);
    read(Root { file: root, from: None, changes }, files, sink)
}

/// What an API is read from.
struct Root<'r> {
    file: FileId,
    /// Where it was read from, if it was.
    from: Option<Rooted<'r>>,
    changes: &'r Changes<'r>,
}

fn read(root: Root<'_>, files: &mut Files, sink: &mut Sink) -> Result<Document, Failed> {
    // Other documents may have been read into the same sink before.
    let mut own = Sink::new();
    let document = read_into(&root, files, &mut own);
    let failed = own.has_errors();
    own.into_vec().into_iter().for_each(|it| sink.report(it));
    if failed { Err(Failed) } else { document }
}

fn read_into(root: &Root<'_>, files: &mut Files, sink: &mut Sink) -> Result<Document, Failed> {
    let start = Place::new(root.file, Pointer::root());
    let mut tree = parse::parse(root.file, files, sink)?;
    let overlays = overlay::apply(&mut tree, root.file, root.changes.overlays, files, sink)?;
    let version = version::of(&tree, &start, sink)?;
    desugar::foreign_webhooks(&mut tree, &start);
    let sources = Sources::new(files, root.file, tree, root.from).overlaid(overlays);
    let mut tree = refs::resolve(root.file, sources, sink);
    filter::filter(&mut tree, &start, &root.changes.filter);
    let mut notes = Notes::default();
    let mut context = Context::new(version, files, &mut notes, &tree);
    desugar::desugar(&mut tree, &start, &mut context);
    check::check(&tree, &start, &mut notes, sink);
    sense::check(&tree, &start, version, &mut notes);
    notes.report(sink);
    sink.gate()?;
    let origins = Origins::of(&tree, &start);
    let webhooks = convert::webhooks(&mut tree);
    let openapi = convert::document(tree);
    Ok(Document { openapi, webhooks, version, root: root.file, origins })
}
