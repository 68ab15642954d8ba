//! Diagnostics as text: with excerpt and underline, one line each, or one JSON object each.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, FileId, Lines, Locate, Place, Position, Severity, Target};

/// How diagnostics are printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// For people at a terminal; ends with a count.
    Rich {
        /// Whether to use terminal colours.
        color: bool,
    },
    /// `path:line:column: error[code]: message (at #/pointer) — help: ...`
    Short,
    /// One JSON object per line.
    Json,
}

/// Prints diagnostics, stably sorted by file, then position; those without a place come first.
pub fn render(diagnostics: &[Diagnostic], files: &dyn Locate, format: Format) -> String {
    let mut atlas = Atlas::new(files);
    let mut found: Vec<Found> = diagnostics.iter().map(|it| atlas.find(it)).collect();
    found.sort_by_key(|it| it.spot.as_ref().map(|spot| (spot.file, spot.position)));
    match format {
        Format::Rich { color } => rich(&found, &atlas, renderer(color)),
        Format::Short => found.iter().map(short).collect(),
        Format::Json => found.iter().map(json).collect(),
    }
}

/// A diagnostic with its places looked up.
struct Found<'d> {
    diagnostic: &'d Diagnostic,
    spot: Option<Spot<'d>>,
    related: Vec<(Spot<'d>, &'d str)>,
}

/// A place as bytes, line and column.
struct Spot<'d> {
    file: FileId,
    name: &'d str,
    span: Range<usize>,
    position: Position,
}

impl Spot<'_> {
    fn label(&self) -> String {
        let Position { line, column } = self.position;
        format!("{}:{line}:{column}", self.name)
    }
}

/// The files, with the line starts of those that were asked for.
struct Atlas<'d> {
    files: &'d dyn Locate,
    lines: BTreeMap<FileId, Lines<'d>>,
}

impl<'d> Atlas<'d> {
    fn new(files: &'d dyn Locate) -> Self {
        Self { files, lines: BTreeMap::new() }
    }

    fn find(&mut self, diagnostic: &'d Diagnostic) -> Found<'d> {
        let spot = diagnostic.place.as_ref().map(|place| {
            let span = diagnostic.span.clone();
            let span = span.or_else(|| self.files.span(place, diagnostic.target));
            self.spot(place, span)
        });
        let related = diagnostic.related.iter().map(|(place, label)| {
            let span = self.files.span(place, Target::Key);
            (self.spot(place, span), label.as_str())
        });
        let related = related.collect();
        Found { diagnostic, spot, related }
    }

    fn spot(&mut self, place: &Place, span: Option<Range<usize>>) -> Spot<'d> {
        let span = span.unwrap_or(0..0);
        let files = self.files;
        let lines = self.lines.entry(place.file);
        let lines = lines.or_insert_with(|| Lines::new(files.text(place.file)));
        Spot {
            file: place.file,
            name: files.name(place.file),
            position: lines.position(span.start),
            span,
        }
    }
}

fn short(found: &Found) -> String {
    let diagnostic = found.diagnostic;
    let mut out = String::new();
    if let Some(spot) = &found.spot {
        let _ = write!(out, "{}: ", spot.label());
    }
    let (severity, code) = (diagnostic.severity.word(), diagnostic.code);
    let _ = write!(out, "{severity}[{code}]: {}", diagnostic.message);
    if let Some(pointer) = short_pointer(diagnostic) {
        let _ = write!(out, " (at {pointer})");
    }
    for (spot, label) in &found.related {
        let _ = write!(out, " — {label} at {}", spot.label());
    }
    if let Some(help) = &diagnostic.help {
        let _ = write!(out, " — help: {help}");
    }
    let mut line = one_line(&out);
    line.push('\n');
    line
}

fn json(found: &Found) -> String {
    let diagnostic = found.diagnostic;
    let related = found.related.iter().map(|(spot, label)| {
        let mut entry = position_json(spot);
        entry.insert("label".to_owned(), (*label).into());
        serde_json::Value::from(entry)
    });
    let mut object = serde_json::Map::new();
    object.insert("severity".to_owned(), diagnostic.severity.word().into());
    object.insert("code".to_owned(), diagnostic.code.into());
    object.insert("message".to_owned(), diagnostic.message.as_str().into());
    object.extend(found.spot.as_ref().map(position_json).unwrap_or_default());
    object.insert("pointer".to_owned(), pointer(diagnostic).into());
    object.insert("related".to_owned(), related.collect());
    object.insert("help".to_owned(), diagnostic.help.as_deref().into());
    format!("{}\n", serde_json::Value::from(object))
}

fn position_json(spot: &Spot) -> serde_json::Map<String, serde_json::Value> {
    serde_json::Map::from_iter([
        ("file".to_owned(), spot.name.into()),
        ("line".to_owned(), spot.position.line.into()),
        ("column".to_owned(), spot.position.column.into()),
    ])
}

/// The pointer as a fragment; none where bytes say it better.
fn pointer(diagnostic: &Diagnostic) -> Option<String> {
    let place = diagnostic.place.as_ref()?;
    let is_syntax = diagnostic.span.is_some() && place.pointer.last().is_none();
    (!is_syntax).then(|| format!("#{}", place.pointer))
}

/// The pointer for people, who do not read hundreds of keys.
fn short_pointer(diagnostic: &Diagnostic) -> Option<String> {
    const LONGEST: usize = 240;
    const START: usize = 120;
    const END: usize = 60;
    let pointer = pointer(diagnostic)?;
    let count = pointer.chars().count();
    if count <= LONGEST {
        return Some(pointer);
    }
    let start: String = pointer.chars().take(START).collect();
    let end: String = pointer.chars().skip(count - END).collect();
    Some(format!("{start}…{end}"))
}

fn renderer(color: bool) -> Renderer {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Ascii).term_width(120)
}

fn rich(found: &[Found], atlas: &Atlas, renderer: Renderer) -> String {
    let mut out = String::new();
    for it in found {
        out.push_str(&renderer.render(&groups(it, atlas)));
        out.push_str("\n\n");
    }
    if let Some(count) = count(found) {
        let _ = writeln!(out, "{count}");
    }
    out
}

fn groups<'d>(found: &Found<'d>, atlas: &Atlas<'d>) -> Vec<Group<'d>> {
    let diagnostic = found.diagnostic;
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str());
    let mut group = Group::with_title(title.id(diagnostic.code));
    if let Some(spot) = &found.spot {
        group = with_excerpt(group, spot, atlas, AnnotationKind::Primary, None);
    }
    if let Some(pointer) = short_pointer(diagnostic) {
        group = group.element(Level::NOTE.message(format!("at {pointer}")));
    }
    for (spot, label) in &found.related {
        group = with_excerpt(group, spot, atlas, AnnotationKind::Context, Some(label));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    vec![group]
}

fn with_excerpt<'d>(
    group: Group<'d>,
    spot: &Spot<'d>,
    atlas: &Atlas<'d>,
    kind: AnnotationKind,
    label: Option<&'d str>,
) -> Group<'d> {
    let origin = Origin::path(spot.name).line(spot.position.line).char_column(spot.position.column);
    let Some(excerpt) = atlas.lines.get(&spot.file).and_then(|it| Excerpt::of(it, spot)) else {
        return group.element(origin);
    };
    let annotation = kind.span(excerpt.span.clone()).label(label);
    let snippet = Snippet::source(excerpt.text).line_start(spot.position.line);
    let snippet = snippet.annotation(annotation);
    if excerpt.is_whole {
        group.element(snippet.path(spot.name))
    } else {
        // The library would count columns from where the line was cut.
        group.element(origin).element(snippet)
    }
}

/// As much around a span as a line of a minified document lets one see.
const AROUND: usize = 400;

/// The first line of a span. Cut, because drawing takes time with the length of the source, which
/// may be one line of many megabytes.
struct Excerpt<'t> {
    text: &'t str,
    /// Where in the text the span lies.
    span: Range<usize>,
    /// Whether the text starts where the line does.
    is_whole: bool,
}

impl<'t> Excerpt<'t> {
    fn of(lines: &Lines<'t>, spot: &Spot) -> Option<Self> {
        let line = lines.line(spot.position.line);
        if line.is_empty() {
            return None;
        }
        let start = spot.span.start.min(line.end);
        let end = spot.span.end.clamp(start, line.end);
        let end = lines.floor(end.min(start + AROUND));
        let from = lines.floor(line.start.max(start.saturating_sub(AROUND)));
        let to = lines.floor(line.end.min(end + AROUND));
        Some(Self {
            text: lines.text().get(from..to)?,
            span: start - from..end - from,
            is_whole: from == line.start,
        })
    }
}

fn count(found: &[Found]) -> Option<String> {
    let of = |severity| {
        let count = found.iter().filter(|it| it.diagnostic.severity == severity);
        plural(count.count(), Severity::word(severity))
    };
    let counts = [of(Severity::Error), of(Severity::Warning)];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    (!counts.is_empty()).then(|| counts.join(", "))
}

fn plural(count: usize, word: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{count} {word}s")),
    }
}

/// Documents put line breaks into names, too, and what turns the direction of writing.
fn one_line(text: &str) -> String {
    let plain = |c: char| match c {
        _ if c.is_control() => ' ',
        '\u{200e}' | '\u{200f}' | '\u{61c}' => '\u{fffd}',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        other => other,
    };
    text.chars().map(plain).collect()
}
