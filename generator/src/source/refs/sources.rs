//! The files of one API: loads each once, and finds what a `$ref` in one of them means.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use super::super::Rooted;
use super::super::files::Files;
use super::super::parse::parse;
use super::super::tree::{Node, Value};
use super::{dynamic, ids};
use crate::diag::{Diagnostic, FileId, Locate, Place, Pointer, Sink, nearest};

/// As many dangling references are told what was probably meant.
const MOST_HINTS: usize = 100;

/// All trees that were read, as they were read.
pub(crate) struct Sources<'f> {
    pub files: &'f mut Files,
    trees: BTreeMap<FileId, Node>,
    /// Canonical paths, and paths as they were asked for; `None` for a file that could not be read,
    /// which has been reported.
    loaded: BTreeMap<PathBuf, Option<FileId>>,
    paths: BTreeMap<FileId, PathBuf>,
    root: FileId,
    /// The overlays of the root: what they add refers to things as the root does.
    overlays: Vec<FileId>,
    /// The anchors of the files in which one was asked for.
    anchors: BTreeMap<FileId, BTreeMap<String, Pointer>>,
    /// How many references were found to lead nowhere.
    lost: Cell<usize>,
    /// Where references may lead: the folder of the root file. None for a text from memory.
    folder: Option<Folder>,
}

struct Folder {
    /// Without links, to compare with.
    canonical: PathBuf,
    /// As the user wrote it, to show.
    shown: PathBuf,
}

impl Folder {
    fn of(from: Rooted<'_>, canonical: &Path) -> Option<Self> {
        Some(match from.root {
            Some(root) => {
                Self { canonical: std::fs::canonicalize(root).ok()?, shown: root.to_owned() }
            }
            None => Self {
                canonical: canonical.parent()?.to_owned(),
                shown: from.path.parent()?.to_owned(),
            },
        })
    }

    /// That a reference leaves it.
    fn left(written: &str) -> Lost {
        let message = format!("`{written}` lies outside the folder that references may not leave");
        let help = "move the file into the folder of the document, or allow a greater one with \
                    `--root DIR`";
        Lost::new("outside-ref", message, help)
    }
}

/// Why a reference leads nowhere: the message and a hint.
pub(crate) struct Lost {
    code: &'static str,
    message: String,
    help: String,
}

impl Lost {
    fn new(code: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: help.into() }
    }

    /// Names the fragment as the document has it, where that is no canonical pointer.
    fn naming(mut self, pointer: &Pointer, written: &str) -> Self {
        self.message = self.message.replace(&format!("`#{pointer}`"), &format!("`#{written}`"));
        self
    }

    pub(crate) fn at(self, place: Place) -> Diagnostic {
        Diagnostic::error(self.code, self.message).at(place).help(self.help)
    }

    /// The same where it costs nothing but what refers.
    pub(crate) fn left_out_at(self, place: Place) -> Diagnostic {
        let message = format!("{}; what refers to it is left out", self.message);
        Diagnostic::warning(self.code, message).at(place).help(self.help)
    }
}

/// Why a file cannot be read as text.
pub(crate) struct Unreadable {
    message: String,
    help: &'static str,
    /// What could be read, up to the fault.
    before: String,
}

impl Unreadable {
    fn new(message: impl Into<String>, help: &'static str) -> Self {
        Self { message: message.into(), help, before: String::new() }
    }

    /// Reports the file under its name.
    pub(crate) fn report(self, name: String, files: &mut Files, sink: &mut Sink) {
        let end = self.before.len();
        let file = files.add(name, self.before);
        let error = Diagnostic::error("unreadable-file", self.message).help(self.help);
        sink.report(error.at_bytes(file, end..end));
    }
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}; {}", self.message, self.help)
    }
}

/// Reads a file as text.
pub(crate) fn read_text(path: &Path) -> Result<String, Unreadable> {
    let bytes = std::fs::read(path).map_err(|error| {
        if path.is_dir() {
            let help = "name the root document in it, such as `openapi.yaml`";
            return Unreadable::new("this is a folder, not a file", help);
        }
        let message = format!("the file cannot be read: {error}");
        Unreadable::new(message, "check the path and the permissions")
    })?;
    decode(bytes)
}

fn decode(bytes: Vec<u8>) -> Result<String, Unreadable> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        let message = "the file is UTF-16, which is not supported";
        return Err(Unreadable::new(message, "save it as UTF-8"));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let mut bytes = error.into_bytes();
        bytes.truncate(valid);
        let message = "the file is not text: what stands here is not UTF-8";
        Unreadable {
            before: String::from_utf8(bytes).unwrap_or_default(),
            ..Unreadable::new(message, "save it as UTF-8, or name another file")
        }
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

impl<'f> Sources<'f> {
    /// Starts from a root that has been read already; `from` is where it was read from.
    pub(crate) fn new(
        files: &'f mut Files,
        root: FileId,
        mut tree: Node,
        from: Option<Rooted<'_>>,
    ) -> Self {
        dynamic::resolve(&mut tree, files.text(root));
        ids::resolve(&mut tree, files.text(root));
        let canonical = from.and_then(|from| std::fs::canonicalize(from.path).ok());
        let folder = from
            .zip(canonical.as_deref())
            .and_then(|(from, canonical)| Folder::of(from, canonical));
        let canonical = canonical.into_iter();
        Self {
            files,
            trees: BTreeMap::from([(root, tree)]),
            loaded: canonical.clone().map(|path| (path, Some(root))).collect(),
            paths: canonical.map(|path| (root, path)).collect(),
            root,
            overlays: Vec::new(),
            anchors: BTreeMap::new(),
            lost: Cell::new(0),
            folder,
        }
    }

    /// Notes which overlays the root was changed by.
    pub(crate) fn overlaid(self, overlays: Vec<FileId>) -> Self {
        Self { overlays, ..self }
    }

    pub(crate) fn tree(&self, file: FileId) -> Option<&Node> {
        self.trees.get(&file)
    }

    pub(crate) fn take(&mut self, file: FileId) -> Node {
        self.trees.remove(&file).unwrap_or_default()
    }

    pub(crate) fn node(&self, place: &Place) -> Option<&Node> {
        self.tree(place.file)?.find(&place.pointer)
    }

    /// Finds what a reference in `file` means, and loads the file that it names. `Ok(None)`: that
    /// file is broken, which has been reported.
    pub(crate) fn resolve(
        &mut self,
        file: FileId,
        reference: &str,
        sink: &mut Sink,
    ) -> Result<Option<Place>, Lost> {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if self.overlays.contains(&file) { self.root } else { file };
        let target = self.file_of(file, path, sink)?;
        let Some(target) = target else { return Ok(None) };
        let written = fragment;
        let fragment = percent_decode(fragment);
        match Pointer::parse(&fragment) {
            Some(pointer) => self
                .follow(target, &pointer, sink, 0)
                .map_err(|lost| lost.naming(&pointer, written)),
            None => self.anchor(target, &fragment).map(Some),
        }
    }

    /// Walks a pointer, also through references that stand in its way.
    fn follow(
        &mut self,
        file: FileId,
        pointer: &Pointer,
        sink: &mut Sink,
        hops: usize,
    ) -> Result<Option<Place>, Lost> {
        let keys = pointer.keys();
        let mut at = Place::new(file, Pointer::root());
        for (index, key) in keys.iter().enumerate() {
            let node = self.node(&at);
            if node.is_some_and(|node| node.child(key).is_some()) {
                at = at.child(*key);
                continue;
            }
            let Some(reference) = node.and_then(Node::reference).map(str::to_owned) else {
                return Err(self.dangling(file, pointer));
            };
            // References that lead in circles end here, too.
            if hops > 30 {
                return Err(self.dangling(file, pointer));
            }
            let Some(next) = self.hop(at.file, &reference, sink, hops)? else {
                return Ok(None);
            };
            let rest = keys.iter().skip(index);
            let pointer = rest.fold(next.pointer, |at, key| at.child(*key));
            return self.follow(next.file, &pointer, sink, hops + 1);
        }
        Ok(Some(at))
    }

    fn hop(
        &mut self,
        file: FileId,
        reference: &str,
        sink: &mut Sink,
        hops: usize,
    ) -> Result<Option<Place>, Lost> {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let target = self.file_of(file, path, sink)?;
        let pointer = Pointer::parse(&percent_decode(fragment));
        match target.zip(pointer) {
            Some((target, pointer)) => self.follow(target, &pointer, sink, hops + 1),
            None => Ok(None),
        }
    }

    /// The file that a reference in another one names, without its fragment.
    fn file_of(
        &mut self,
        from: FileId,
        path: &str,
        sink: &mut Sink,
    ) -> Result<Option<FileId>, Lost> {
        if path.is_empty() {
            return Ok(Some(from));
        }
        let base = self.own_url(from).unwrap_or_default();
        let known = [from, self.root].into_iter().find(|file| {
            self.own_url(*file).is_some_and(|url| path == url || ids::join(base, path) == url)
        });
        known.map_or_else(|| self.load(from, path, sink), |file| Ok(Some(file)))
    }

    /// What a document says that it is called, whatever its file is: `$self` of 3.2.
    fn own_url(&self, file: FileId) -> Option<&str> {
        let url = self.tree(file)?.child("$self")?.str()?;
        url.split('#').next().filter(|url| !url.is_empty())
    }

    fn load(&mut self, from: FileId, path: &str, sink: &mut Sink) -> Result<Option<FileId>, Lost> {
        if let Some(scheme) = scheme(path) {
            let message = format!("`{path}` is a URL (`{scheme}:`), which is not followed");
            let help =
                "download the file, put it beside the document, and refer to it by a relative path";
            return Err(Lost::new("remote-ref", message, help));
        }
        let Some(folder) = &self.folder else {
            let message =
                format!("`{path}` is another file, but this document was not read from one");
            let help = "read the document from its file, or put everything into one document";
            return Err(Lost::new("file-ref", message, help));
        };
        let path = percent_decode(path);
        let base = self.paths.get(&from).and_then(|path| path.parent());
        let joined = base.unwrap_or(&folder.canonical).join(&path);
        if let Some(known) = self.loaded.get(&joined) {
            return Ok(*known);
        }
        let canonical = std::fs::canonicalize(&joined)
            .map_err(|_| missing_file(&normal(&joined), &folder.canonical, &path))?;
        let Ok(inside) = canonical.strip_prefix(&folder.canonical) else {
            return Err(Folder::left(&path));
        };
        let name = folder.shown.join(inside).display().to_string();
        let file = match self.loaded.get(&canonical) {
            Some(known) => *known,
            None => self.load_new(name, canonical, sink),
        };
        self.loaded.insert(joined, file);
        Ok(file)
    }

    fn load_new(&mut self, name: String, path: PathBuf, sink: &mut Sink) -> Option<FileId> {
        let file = match read_text(&path) {
            Ok(text) => self.add(name, &text, &path, sink),
            Err(unreadable) => {
                unreadable.report(name, self.files, sink);
                None
            }
        };
        self.loaded.insert(path, file);
        file
    }

    fn add(&mut self, name: String, text: &str, path: &Path, sink: &mut Sink) -> Option<FileId> {
        let file = self.files.add(name, text);
        let mut tree = parse(file, self.files, sink).ok()?;
        dynamic::resolve(&mut tree, text);
        ids::resolve(&mut tree, text);
        self.trees.insert(file, tree);
        self.paths.insert(file, path.to_owned());
        Some(file)
    }

    /// The schema with this `$anchor`.
    fn anchor(&mut self, file: FileId, name: &str) -> Result<Place, Lost> {
        let Self { anchors, trees, .. } = self;
        let known =
            anchors.entry(file).or_insert_with(|| trees.get(&file).map(named).unwrap_or_default());
        if let Some(at) = known.get(name) {
            return Ok(Place::new(file, at.clone()));
        }
        let message = format!("`#{name}` names no `$anchor` of the file");
        let help = "write the path to the target, as in `#/components/schemas/Name`";
        Err(Lost::new("dangling-ref", message, help))
    }

    fn dangling(&self, file: FileId, pointer: &Pointer) -> Lost {
        let message = format!("`#{pointer}` leads nowhere");
        // Looking for what was meant is work for each: after many it is no longer a slip of the pen.
        self.lost.set(self.lost.get() + 1);
        let is_slip = self.lost.get() <= MOST_HINTS;
        let similar = if is_slip { self.similar(file, pointer) } else { None };
        let help = match similar {
            Some(similar) => format!("there is `#{similar}`"),
            None => "define the target, or correct the reference".to_owned(),
        };
        Lost::new("dangling-ref", message, help)
    }

    /// A pointer that exists and was probably meant: the last key misspelt, or the right key in
    /// another section of the components.
    fn similar(&self, file: FileId, pointer: &Pointer) -> Option<Pointer> {
        let tree = self.tree(file)?;
        let last = pointer.last()?;
        let parent = pointer.parent()?;
        let siblings = tree.find(parent).and_then(Node::mapping);
        if let Some(near) = siblings.and_then(|it| nearest(last, it.keys())) {
            return Some(parent.child(near));
        }
        let components = tree.child("components")?.mapping()?;
        let mut sections = components.iter().filter(|(_, section)| section.child(last).is_some());
        let (section, _) = sections.next()?;
        Some(Pointer::root().child("components").child(section).child(last))
    }
}

/// The places of a tree that have an anchor; of two with the same name the first.
fn named(tree: &Node) -> BTreeMap<String, Pointer> {
    let mut found = BTreeMap::new();
    let mut open = vec![(Pointer::root(), tree)];
    while let Some((at, node)) = open.pop() {
        for key in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = node.child(key).and_then(Node::str) {
                found.entry(name.to_owned()).or_insert_with(|| at.clone());
            }
        }
        // Last in, first out: what stands first in the text is to be looked at first.
        match &node.value {
            Value::Mapping(mapping) => {
                let from = open.len();
                open.extend(mapping.iter().map(|(key, child)| (at.child(key), child)));
                open.get_mut(from..).unwrap_or_default().reverse();
            }
            Value::Sequence(items) => {
                let items = items.iter().enumerate().rev();
                open.extend(items.map(|(index, child)| (at.index(index), child)));
            }
            _ => {}
        }
    }
    found
}

fn missing_file(path: &Path, folder: &Path, written: &str) -> Lost {
    if !path.starts_with(folder) {
        return Folder::left(written);
    }
    let listing = path.parent().and_then(|parent| std::fs::read_dir(parent).ok());
    let mut names: Vec<String> = listing
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let help = match nearest(name, names.iter().map(String::as_str)) {
        Some(near) => format!("there is `{near}` in that folder"),
        None => "paths are relative to the file that holds the `$ref`".to_owned(),
    };
    Lost::new("missing-file", format!("there is no file `{written}`"), help)
}

/// `https` of `https://example.com`. A drive letter is none.
fn scheme(path: &str) -> Option<&str> {
    let (scheme, _) = path.split_once(':')?;
    let is_scheme = scheme.len() > 1 && scheme.bytes().all(|it| it.is_ascii_alphanumeric());
    is_scheme.then_some(scheme)
}

/// Without `.` and `..`, for paths that do not exist.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

/// Decodes `%41`; what is no valid escape stays.
fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = text.bytes();
    let mut out = Vec::new();
    while let Some(byte) = bytes.next() {
        let pair = bytes.clone().next().zip(bytes.clone().nth(1));
        let digits = pair.and_then(|(a, b)| hex(a).zip(hex(b)));
        match digits {
            Some((high, low)) if byte == b'%' => {
                out.push(high * 16 + low);
                bytes.nth(1);
            }
            _ => out.push(byte),
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
