//! From bytes to lines and columns.

use std::ops::Range;

/// Where each line of a text starts.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

/// Both count from one; the column counts characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl<'t> Lines<'t> {
    /// Looks for the lines of a text.
    pub fn new(text: &'t str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1));
        Self { text, starts: starts.collect() }
    }

    /// The text itself.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The position of a byte; one inside a character or past the end counts as the nearest before.
    pub fn position(&self, byte: usize) -> Position {
        let byte = self.floor(byte);
        let line = self.line_of(byte);
        let before = self.text.get(self.start(line)..byte).unwrap_or_default();
        Position { line, column: before.chars().count() + 1 }
    }

    /// The byte of a position. A column past the end of its line means the end of that line.
    pub fn byte(&self, position: Position) -> usize {
        let line = self.line(position.line);
        let text = self.text.get(line.clone()).unwrap_or_default();
        let within = text.char_indices().nth(position.column.saturating_sub(1));
        line.start + within.map_or(text.len(), |(at, _)| at)
    }

    /// The bytes of a line, without its line break; empty for a line that does not exist.
    pub fn line(&self, number: usize) -> Range<usize> {
        let start = self.start(number);
        let end = self.start(number.saturating_add(1));
        let text = self.text.get(start..end).unwrap_or_default();
        start..start + text.trim_end_matches(['\n', '\r']).len()
    }

    /// The number of the line on which a byte stands.
    pub fn line_of(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte)
    }

    /// The nearest character boundary at or before a byte.
    pub fn floor(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }

    fn start(&self, line: usize) -> usize {
        let start = self.starts.get(line.saturating_sub(1));
        start.copied().unwrap_or(self.text.len())
    }
}
