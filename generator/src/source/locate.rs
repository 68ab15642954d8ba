//! Where in a text a pointer points: an index of the spans of all keys and values.
//!
//! The parsers that make our trees do not tell positions, so this scans a text a second time, and
//! only when something is to be printed. It never judges: on a text that it does not understand it
//! knows fewer places, and [`Index::find`] answers with the nearest ancestor that it does know.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::diag::{Pointer, Target};

/// Deeper nesting is not indexed; nor is it read.
const DEEPEST: usize = 256;

/// Mappings with more keys than this are searched by a table that is made when first one is asked
/// for, so that a document with a thousand faults in a thousand schemas is not searched a million
/// times.
const FEW: usize = 32;

/// The spans of all values of a JSON or YAML text, as a tree in one vector.
#[derive(Debug, Default)]
pub(super) struct Index {
    entries: Vec<Entry>,
    /// The first byte of the text that nests deeper than is indexed.
    too_deep: Option<usize>,
    /// For each large mapping the first and the last entry of each key. Only ever asked by key.
    keys: RefCell<HashMap<usize, Keys>>,
}

type Keys = HashMap<Box<str>, (usize, usize)>;

#[derive(Debug, Default)]
struct Entry {
    /// Empty for items of a sequence and for the root.
    key: Range<usize>,
    value: Range<usize>,
    first_child: Option<usize>,
    next: Option<usize>,
    /// For a YAML alias: the entry of its anchor.
    target: Option<usize>,
}

impl Index {
    pub(super) fn new(text: &str) -> Self {
        let mut scanner = Scanner::new(text);
        scanner.document();
        scanner.rest();
        let Scanner { entries, too_deep, .. } = scanner;
        Self { entries, too_deep, keys: RefCell::default() }
    }

    /// Where the text nests deeper than anyone reads.
    pub(super) fn too_deep(&self) -> Option<usize> {
        self.too_deep
    }

    /// The first alias that stands within the value that it stands for.
    pub(super) fn endless_alias(&self) -> Option<Range<usize>> {
        let is_endless = |entry: &&Entry| {
            let target = entry.target.and_then(|index| self.entries.get(index));
            target.is_some_and(|target| target.value.contains(&entry.value.start))
        };
        self.entries.iter().find(is_endless).map(|entry| entry.value.clone())
    }

    /// The bytes of a place, or of its nearest ancestor.
    pub(super) fn find(
        &self,
        text: &str,
        pointer: &Pointer,
        target: Target,
    ) -> Option<Range<usize>> {
        let mut at = 0;
        for key in pointer.keys() {
            let Some(child) = self.child(text, at, key) else {
                return Some(self.entries.get(at)?.span(Target::Key));
            };
            at = child;
        }
        Some(self.entries.get(at)?.span(target))
    }

    /// The last key of this name in the mapping at `parent`, where it stands more than once.
    pub(super) fn last_key(&self, text: &str, parent: &Pointer, key: &str) -> Option<Range<usize>> {
        let mut at = 0;
        for key in parent.keys() {
            at = self.child(text, at, key)?;
        }
        let (_, last) = self.with_key(text, at, key)?;
        Some(self.entries.get(last)?.key.clone())
    }

    fn child(&self, text: &str, parent: usize, key: &str) -> Option<usize> {
        let first = self.children(parent).next()?;
        if self.entries.get(first)?.key.is_empty() {
            self.children(parent).nth(key.parse().ok()?)
        } else {
            self.with_key(text, parent, key).map(|(first, _)| first)
        }
    }

    /// The first and the last entry of a mapping that have this key.
    fn with_key(&self, text: &str, parent: usize, key: &str) -> Option<(usize, usize)> {
        if self.children(parent).nth(FEW).is_some() {
            let mut tables = self.keys.borrow_mut();
            let keys = tables.entry(parent).or_insert_with(|| self.table(text, parent));
            return keys.get(key).copied();
        }
        let has_key = |index: &usize| self.key(text, *index).is_some_and(|it| it == key);
        let mut found = self.children(parent).filter(has_key);
        let first = found.next()?;
        Some((first, found.last().unwrap_or(first)))
    }

    fn table(&self, text: &str, parent: usize) -> Keys {
        let mut keys = Keys::new();
        for index in self.children(parent) {
            let Some(key) = self.key(text, index) else { continue };
            keys.entry(key.into()).or_insert((index, index)).1 = index;
        }
        keys
    }

    fn key<'t>(&self, text: &'t str, index: usize) -> Option<Cow<'t, str>> {
        Some(unquoted(text.get(self.entries.get(index)?.key.clone())?))
    }

    fn children(&self, parent: usize) -> impl Iterator<Item = usize> {
        let entry = |index: usize| self.entries.get(index);
        let parent = entry(parent).map(|it| it.target.and_then(entry).unwrap_or(it));
        let first = parent.and_then(|it| it.first_child);
        std::iter::successors(first, move |it| entry(*it)?.next)
    }
}

impl Entry {
    fn span(&self, target: Target) -> Range<usize> {
        let wants_key = target == Target::Key || self.value.is_empty();
        if wants_key && !self.key.is_empty() { self.key.clone() } else { self.value.clone() }
    }
}

/// The text of a key, without its quotes if it has any.
fn unquoted(raw: &str) -> Cow<'_, str> {
    let inner = || raw.get(1..raw.len().checked_sub(1)?);
    let text = match raw.as_bytes().first() {
        Some(b'"') if raw.contains('\\') => serde_json::from_str(raw).ok().map(Cow::Owned),
        Some(b'"') => inner().map(Cow::Borrowed),
        Some(b'\'') => inner().map(|it| Cow::Owned(it.replace("''", "'"))),
        _ => None,
    };
    text.unwrap_or(Cow::Borrowed(raw))
}

/// Scans block and flow YAML; JSON is flow YAML.
struct Scanner<'t> {
    bytes: &'t [u8],
    at: usize,
    entries: Vec<Entry>,
    anchors: BTreeMap<&'t [u8], usize>,
    too_deep: Option<usize>,
}

/// What a block node stands after; decides what it may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    /// `key:`; a collection may only start on the next line, a sequence at the indent of the key.
    Key,
    /// `- `, `? key\n:` or the start of the document; a collection may start right here.
    Dash,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            bytes: text.as_bytes(),
            at: 0,
            entries: Vec::new(),
            anchors: BTreeMap::new(),
            too_deep: None,
        }
    }

    fn document(&mut self) {
        self.skip_blank();
        while self.line_start() == self.at && matches!(self.peek(), b'%') {
            self.skip_line();
            self.skip_blank();
        }
        if self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(b"---")) {
            self.at += 3;
        }
        let root = self.entry(0..0);
        self.node(root, -1, After::Dash, 0);
    }

    /// What stands behind the document, or behind what was not understood of it, is for the parser to
    /// refuse, unless brackets nest there like in no text that means well.
    fn rest(&mut self) {
        const ABSURD: usize = 1000;
        let mut depth = 0_usize;
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let absurd = rest.iter().position(|byte| {
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth > ABSURD
        });
        if let Some(offset) = absurd {
            self.too_deep.get_or_insert(self.at + offset);
        }
    }

    /// Where the text nests too deep there is nothing to be found.
    fn give_up(&mut self) {
        self.too_deep.get_or_insert(self.at);
        self.at = self.bytes.len();
    }

    fn entry(&mut self, key: Range<usize>) -> usize {
        self.entries.push(Entry { key, value: self.at..self.at, ..Entry::default() });
        self.entries.len() - 1
    }

    fn update(&mut self, entry: usize, change: impl FnOnce(&mut Entry)) {
        if let Some(entry) = self.entries.get_mut(entry) {
            change(entry);
        }
    }

    fn close(&mut self, entry: usize, start: usize) {
        let end = self.at.max(start);
        self.update(entry, |it| it.value = start..end);
    }

    /// Adds a child behind `last`, or as the first.
    fn link(&mut self, parent: usize, last: &mut Option<usize>, child: usize) {
        match last.replace(child) {
            None => self.update(parent, |it| it.first_child = Some(child)),
            Some(last) => self.update(last, |it| it.next = Some(child)),
        }
    }

    /// A node in block style, somewhere after the cursor, indented deeper than `indent`.
    fn node(&mut self, entry: usize, indent: isize, after: After, depth: usize) {
        let before = self.at;
        self.update(entry, |it| it.value = before..before);
        self.skip_blank();
        let mut fresh = after == After::Dash || self.crossed_line(before);
        while let Some(property) = self.property() {
            if let Some(anchor) = property {
                self.anchors.insert(anchor, entry);
            }
            let start = self.at;
            self.skip_blank();
            fresh = (fresh && after == After::Dash) || self.crossed_line(start);
        }
        let column = self.column();
        let is_dash = self.is_indicator(b'-');
        let same_indent = after == After::Key && is_dash && column == indent;
        let outside = self.crossed_line(before) && column <= indent && !same_indent;
        if depth > DEEPEST {
            self.give_up();
        } else if self.at >= self.bytes.len() || outside || self.is_marker() {
            self.at = before;
        } else if fresh && is_dash {
            self.block_sequence(entry, column, depth);
        } else if fresh && self.is_key() {
            self.block_mapping(entry, column, depth);
        } else {
            self.leaf(entry, indent, depth);
        }
    }

    fn leaf(&mut self, entry: usize, indent: isize, depth: usize) {
        let start = self.at;
        match self.peek() {
            b'|' | b'>' => self.block_scalar(indent),
            b'{' | b'[' | b'"' | b'\'' | b'*' => return self.flow(entry, depth),
            _ => self.plain(indent),
        }
        self.close(entry, start);
    }

    fn block_sequence(&mut self, entry: usize, column: isize, depth: usize) {
        let start = self.at;
        let mut last = None;
        while self.column() == column && self.is_indicator(b'-') {
            self.at += 1;
            let item = self.entry(0..0);
            self.link(entry, &mut last, item);
            self.node(item, column, After::Dash, depth + 1);
            self.close(entry, start);
            self.skip_blank();
        }
    }

    fn block_mapping(&mut self, entry: usize, column: isize, depth: usize) {
        let start = self.at;
        let mut last = None;
        while self.column() == column && !self.is_marker() && self.is_key() {
            let mut after = After::Key;
            if self.is_indicator(b'?') {
                after = After::Dash;
                self.at += 1;
                self.skip_blank();
            }
            let key = self.key();
            self.skip_blank();
            if self.peek() != b':' {
                break;
            }
            self.at += 1;
            let child = self.entry(key);
            self.link(entry, &mut last, child);
            self.node(child, column, after, depth + 1);
            self.close(entry, start);
            self.skip_blank();
        }
    }

    /// A value in flow style, or a quoted scalar, or an alias.
    fn flow(&mut self, entry: usize, depth: usize) {
        self.skip_blank();
        while let Some(property) = self.property() {
            if let Some(anchor) = property {
                self.anchors.insert(anchor, entry);
            }
            self.skip_blank();
        }
        let start = self.at;
        match self.peek() {
            _ if depth > DEEPEST => self.give_up(),
            b'{' => self.flow_collection(entry, b'}', depth),
            b'[' => self.flow_collection(entry, b']', depth),
            b'"' | b'\'' => self.quoted(),
            b'*' => {
                self.at += 1;
                let name = self.word();
                let target = self.anchors.get(name).copied();
                self.update(entry, |it| it.target = target);
            }
            _ => self.flow_plain(),
        }
        self.close(entry, start);
    }

    fn flow_collection(&mut self, entry: usize, end: u8, depth: usize) {
        self.at += 1;
        let mut last = None;
        loop {
            self.skip_blank();
            let start = self.at;
            match self.peek() {
                0 => return,
                b',' => self.at += 1,
                byte if byte == end => {
                    self.at += 1;
                    return;
                }
                _ if end == b'}' => self.flow_pair(entry, &mut last, depth),
                _ => {
                    let item = self.entry(0..0);
                    self.link(entry, &mut last, item);
                    self.flow(item, depth + 1);
                }
            }
            if self.at == start {
                self.at += 1;
            }
        }
    }

    fn flow_pair(&mut self, entry: usize, last: &mut Option<usize>, depth: usize) {
        let start = self.at;
        match self.peek() {
            b'"' | b'\'' => self.quoted(),
            b'{' | b'[' => self.odd_key(depth),
            _ => self.flow_plain(),
        }
        let child = self.entry(start..self.at);
        self.link(entry, last, child);
        self.skip_blank();
        if self.peek() == b':' {
            self.at += 1;
            self.flow(child, depth + 1);
        }
    }

    /// A key that is a collection, which YAML has and JSON has not.
    fn odd_key(&mut self, depth: usize) {
        let key = self.entry(0..0);
        self.flow(key, depth + 1);
    }

    /// An anchor (with its name) or a tag.
    fn property(&mut self) -> Option<Option<&'t [u8]>> {
        match self.peek() {
            b'&' => {
                self.at += 1;
                Some(Some(self.word()))
            }
            b'!' => {
                self.word();
                Some(None)
            }
            _ => None,
        }
    }

    fn word(&mut self) -> &'t [u8] {
        let start = self.at;
        while !matches!(self.peek(), 0 | b' ' | b'\t' | b'\r' | b'\n' | b',' | b']' | b'}') {
            self.at += 1;
        }
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    fn quoted(&mut self) {
        let quote = self.peek();
        self.at += 1;
        loop {
            match self.peek() {
                0 if self.at >= self.bytes.len() => return,
                b'\\' if quote == b'"' => self.at += 2,
                byte if byte == quote => {
                    self.at += 1;
                    if quote == b'"' || self.peek() != quote {
                        return;
                    }
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
    }

    fn flow_plain(&mut self) {
        let start = self.at;
        loop {
            match self.peek() {
                0 | b',' | b'{' | b'}' | b'[' | b']' => break,
                b':' if matches!(
                    self.byte(self.at + 1),
                    0 | b' ' | b'\t' | b'\r' | b'\n' | b',' | b'}' | b']'
                ) =>
                {
                    break;
                }
                b'#' if matches!(self.byte(self.at.wrapping_sub(1)), b' ' | b'\t' | b'\n') => break,
                _ => self.at += 1,
            }
        }
        self.trim_back(start);
    }

    /// A plain scalar, which goes on over lines that are indented deeper than its parent.
    fn plain(&mut self, indent: isize) {
        let start = self.at;
        loop {
            let end = self.plain_line_end();
            self.at = end;
            self.trim_back(start);
            let stop = self.at;
            self.at = end;
            let is_comment = self.peek() == b'#';
            self.skip_white();
            // A NUL ends it as the end of the text does; what follows is for the parser to refuse.
            let ends = is_comment || matches!(self.peek(), b'#' | 0);
            if ends || self.column() <= indent || self.is_marker() || self.is_key() {
                self.at = stop;
                return;
            }
        }
    }

    /// The end of what of this line belongs to a plain scalar.
    fn plain_line_end(&self) -> usize {
        let mut at = self.at;
        loop {
            match self.byte(at) {
                0 | b'\n' => return at,
                b':' if matches!(self.byte(at + 1), 0 | b' ' | b'\t' | b'\r' | b'\n') => return at,
                b'#' if matches!(self.byte(at.wrapping_sub(1)), b' ' | b'\t') => return at,
                _ => at += 1,
            }
        }
    }

    /// A literal or folded scalar: its header, and all lines that are blank or indented deeper.
    fn block_scalar(&mut self, indent: isize) {
        self.skip_line();
        let mut end = self.at;
        while self.at < self.bytes.len() {
            while self.peek() == b' ' {
                self.at += 1;
            }
            let is_blank = matches!(self.peek(), b'\n' | b'\r');
            if !is_blank && self.column() <= indent {
                break;
            }
            self.skip_line();
            if !is_blank {
                end = self.at;
            }
        }
        self.at = end;
        while self.at > 0 && matches!(self.byte(self.at - 1), b'\n' | b'\r') {
            self.at -= 1;
        }
    }

    /// Whether a key of a block mapping starts here.
    fn is_key(&self) -> bool {
        if self.is_indicator(b'?') {
            return true;
        }
        let mut ahead = Scanner {
            bytes: self.bytes,
            at: self.at,
            entries: Vec::new(),
            anchors: BTreeMap::new(),
            too_deep: None,
        };
        let key = ahead.key();
        while matches!(ahead.peek(), b' ' | b'\t') {
            ahead.at += 1;
        }
        let is_one_line = !self.bytes.get(key).unwrap_or_default().contains(&b'\n');
        is_one_line && ahead.is_indicator(b':')
    }

    fn key(&mut self) -> Range<usize> {
        let start = self.at;
        match self.peek() {
            b'"' | b'\'' => self.quoted(),
            b'{' | b'[' => self.odd_key(0),
            b'#' | b'|' | b'>' => {}
            _ => {
                self.at = self.plain_line_end();
                self.trim_back(start);
            }
        }
        start..self.at
    }

    /// Whether `byte` stands here, followed by white space.
    fn is_indicator(&self, byte: u8) -> bool {
        let ends = matches!(self.byte(self.at + 1), 0 | b' ' | b'\t' | b'\r' | b'\n');
        self.peek() == byte && ends
    }

    /// Whether a line starts here that ends the document.
    fn is_marker(&self) -> bool {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.column() == 0 && (rest.starts_with(b"---") || rest.starts_with(b"..."))
    }

    fn peek(&self) -> u8 {
        self.byte(self.at)
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn column(&self) -> isize {
        isize::try_from(self.at - self.line_start()).unwrap_or(isize::MAX)
    }

    fn line_start(&self) -> usize {
        let before = self.bytes.get(..self.at).unwrap_or(self.bytes);
        let last = before.iter().rposition(|byte| *byte == b'\n');
        last.map_or(0, |at| at + 1).min(self.at)
    }

    fn crossed_line(&self, since: usize) -> bool {
        let between = self.bytes.get(since..self.at).unwrap_or_default();
        between.contains(&b'\n')
    }

    fn skip_white(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\r' | b'\n') {
            self.at += 1;
        }
    }

    /// Skips white space and comments.
    fn skip_blank(&mut self) {
        loop {
            self.skip_white();
            let after = self.at == 0 || matches!(self.byte(self.at - 1), b' ' | b'\t' | b'\n');
            if self.peek() != b'#' || !after {
                return;
            }
            self.skip_line();
        }
    }

    fn skip_line(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let end = rest.iter().position(|byte| *byte == b'\n');
        self.at += end.map_or(rest.len(), |at| at + 1);
    }

    fn trim_back(&mut self, start: usize) {
        while self.at > start && matches!(self.byte(self.at - 1), b' ' | b'\t' | b'\r' | b'\n') {
            self.at -= 1;
        }
    }
}
