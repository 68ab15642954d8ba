//! Paths, taken apart once: text and placeholders, of the path itself and of a query in it.
//!
//! Beside OpenAPI's `{name}` it knows what others write: RFC 6570's expressions, and the wildcards,
//! patterns and optional ones of gateways and frameworks. Which parameter each stands for is told
//! by [`super::matched`].

/// A path as the document writes it.
#[derive(Debug, Default)]
pub(super) struct Template {
    /// The path itself.
    pub(super) path: Vec<Piece>,
    /// The pairs of a query in it.
    pub(super) query: Vec<Pair>,
    /// The parameters of the query that `{?a,b}` names.
    pub(super) optional: Vec<String>,
    /// What is no path, in the document's words.
    pub(super) taken: Vec<Taken>,
}

/// A piece of a path or of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// It is sent as it stands.
    Text(String),
    /// A parameter is filled in.
    Placeholder(Placeholder),
}

/// What stands for a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placeholder {
    /// How it is written, with its braces.
    pub(super) written: String,
    /// What stands in the braces.
    pub(super) inside: String,
    /// What of it is the name.
    pub(super) name: String,
    /// What of the path its value may be.
    pub(super) span: Span,
}

/// What of a path a value may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Span {
    /// A segment, or a part of one.
    Segment,
    /// Several segments: its slashes stay.
    Segments,
}

/// A pair of the query, between two `&`.
#[derive(Clone, Debug)]
pub(super) struct Pair(pub(super) Vec<Piece>);

/// What of a path is none.
#[derive(Debug)]
pub(super) enum Taken {
    /// `#c`
    Fragment(String),
    /// `x={x}` or `{?x}`
    Parameter(String),
    /// `x={a},{b}`
    Composite(String),
}

impl Template {
    /// `/a/{b}?c=1&x={x}#d` is a path of two pieces and a query of two pairs; `/a{?x,y}` is a path
    /// and two parameters of the query.
    pub(super) fn of(written: &str) -> Self {
        let mut it = Self::default();
        let mut query: Option<Vec<Piece>> = None;
        let mut pieces = pieces(written).into_iter();
        while let Some(piece) = pieces.next() {
            let rest = match piece {
                Piece::Placeholder(placeholder) => {
                    it.placeholder(placeholder, query.as_mut());
                    continue;
                }
                Piece::Text(text) => text,
            };
            let (rest, fragment) = match rest.split_once('#') {
                Some((rest, fragment)) => (rest.to_owned(), Some(fragment.to_owned())),
                None => (rest, None),
            };
            match (&mut query, rest.split_once('?')) {
                (Some(query), _) => query.push(Piece::Text(rest)),
                (None, Some((path, first))) => {
                    it.path.push(Piece::Text(path.to_owned()));
                    let first = first.trim_start_matches('?').to_owned();
                    query = Some(vec![Piece::Text(first)]);
                }
                (None, None) => it.path.push(Piece::Text(rest)),
            }
            if let Some(start) = fragment {
                let behind: String =
                    pieces.by_ref().map(|piece| piece.written().to_owned()).collect();
                it.taken.push(Taken::Fragment(format!("#{start}{behind}")));
            }
        }
        it.query = pairs(query.unwrap_or_default());
        it.tell_pairs();
        it
    }

    /// The placeholders of the path itself.
    pub(super) fn in_path(&self) -> impl Iterator<Item = &Placeholder> {
        self.path.iter().filter_map(Piece::placeholder)
    }

    /// All placeholders, but for those of expressions of the query.
    pub(super) fn placeholders(&self) -> impl Iterator<Item = &Placeholder> {
        let of_query = self.query.iter().flat_map(|pair| &pair.0);
        self.in_path().chain(of_query.filter_map(Piece::placeholder))
    }

    /// Notes what stands in braces, which may be an expression of several names.
    fn placeholder(&mut self, placeholder: Placeholder, query: Option<&mut Vec<Piece>>) {
        let Placeholder { written, inside, .. } = &placeholder;
        let mut chars = inside.chars();
        let (operator, names) = (chars.next().unwrap_or_default(), chars.as_str());
        let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
        match operator {
            '?' | '&' => {
                self.taken.push(Taken::Parameter(written.clone()));
                let names = names.map(|name| Placeholder::of("", name).name);
                self.optional.extend(names);
            }
            '#' => self.taken.push(Taken::Fragment(written.clone())),
            _ => {
                let into = query.unwrap_or(&mut self.path);
                match operator {
                    '/' | '.' => {
                        for name in names {
                            into.push(Piece::Text(operator.to_string()));
                            into.push(Piece::Placeholder(Placeholder::of(written, name)));
                        }
                    }
                    _ => into.push(Piece::Placeholder(placeholder)),
                }
            }
        }
    }

    /// Notes the pairs that have placeholders.
    fn tell_pairs(&mut self) {
        for pair in &self.query {
            let written: String = pair.0.iter().map(Piece::written).collect();
            if pair.sole().is_some() {
                self.taken.push(Taken::Parameter(written));
            } else if pair.0.iter().any(|piece| piece.placeholder().is_some()) {
                self.taken.push(Taken::Composite(written));
            }
        }
    }
}

impl Piece {
    pub(super) fn placeholder(&self) -> Option<&Placeholder> {
        match self {
            Self::Placeholder(placeholder) => Some(placeholder),
            Self::Text(_) => None,
        }
    }

    fn written(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Placeholder(placeholder) => &placeholder.written,
        }
    }
}

impl Pair {
    /// The name of a pair whose value is one placeholder and nothing else, and that placeholder.
    pub(super) fn sole(&self) -> Option<(&str, &Placeholder)> {
        match self.0.as_slice() {
            [Piece::Placeholder(placeholder)] => Some((&placeholder.name, placeholder)),
            [Piece::Text(text), Piece::Placeholder(placeholder)] => {
                let name = text.strip_suffix('=')?;
                let name = if name.is_empty() { &placeholder.name } else { name };
                // What is encoded already would be so twice.
                (!name.contains(['=', '%'])).then_some((name, placeholder))
            }
            _ => None,
        }
    }
}

impl Placeholder {
    /// What stands in braces: `id`, `id?`, `id:[0-9]+`, `+path`, `proxy+`, `*rest`, `name=a/*`.
    fn of(written: &str, inside: &str) -> Self {
        let it = |name: &str, span| Self {
            written: written.to_owned(),
            inside: inside.to_owned(),
            name: if name.trim().is_empty() { inside } else { name.trim() }.to_owned(),
            span,
        };
        let spans = |is_several| if is_several { Span::Segments } else { Span::Segment };
        if let Some(name) = inside.strip_prefix(['+', '*']) {
            return it(name.trim_start_matches('*'), Span::Segments);
        }
        if let Some((name, pattern)) = inside.split_once('=') {
            return it(name, spans(pattern.contains('/') || pattern.contains("**")));
        }
        if let Some((name, pattern)) = inside.split_once(':') {
            let is_several = pattern == "path" || pattern.contains(".*") || pattern.contains(".+");
            return it(name, spans(is_several));
        }
        match inside.strip_suffix('+') {
            Some(name) => it(name, Span::Segments),
            None => it(inside.trim_end_matches(['?', '*']), Span::Segment),
        }
    }

    /// `{name}`
    pub(super) fn plain(name: &str) -> Self {
        let (inside, name) = (name.to_owned(), name.to_owned());
        Self { written: format!("{{{name}}}"), inside, name, span: Span::Segment }
    }
}

/// Takes a text apart. Braces around nothing, and those without a partner, are text.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut before = String::new();
    let mut rest = text;
    while let Some((start, behind)) = rest.split_once('{') {
        before.push_str(start);
        match placeholder(behind) {
            Some((placeholder, behind)) => {
                pieces.push(Piece::Text(std::mem::take(&mut before)));
                pieces.push(Piece::Placeholder(placeholder));
                rest = behind;
            }
            None => {
                before.push('{');
                rest = behind;
            }
        }
    }
    before.push_str(rest);
    pieces.push(Piece::Text(before));
    pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
    pieces
}

/// The placeholder that begins behind a brace, and what is behind it. A pattern in it may have
/// braces of its own, and Postman writes two.
fn placeholder(text: &str) -> Option<(Placeholder, &str)> {
    let (inside, behind) = match text.strip_prefix('{') {
        Some(text) => text.split_once("}}")?,
        None => {
            let mut depth = 0_usize;
            let end = text.char_indices().find(|(_, char)| match char {
                '{' => {
                    depth += 1;
                    false
                }
                '}' if depth == 0 => true,
                '}' => {
                    depth -= 1;
                    false
                }
                _ => false,
            });
            let (inside, behind) = text.split_at_checked(end?.0)?;
            (inside, behind.strip_prefix('}')?)
        }
    };
    let braces = if text.starts_with('{') { ("{{", "}}") } else { ("{", "}") };
    let written = format!("{}{inside}{}", braces.0, braces.1);
    let placeholder = Placeholder::of(&written, inside);
    let is_name = !placeholder.name.trim().is_empty() && !placeholder.name.contains(['{', '}']);
    is_name.then_some((placeholder, behind))
}

/// Takes a query apart at each `&` of its text.
fn pairs(query: Vec<Piece>) -> Vec<Pair> {
    let mut pairs = vec![Vec::new()];
    for piece in query {
        let texts = match &piece {
            Piece::Text(text) => text.split('&').map(|text| Piece::Text(text.to_owned())).collect(),
            Piece::Placeholder(_) => vec![piece],
        };
        for (index, piece) in texts.into_iter().enumerate() {
            if index > 0 {
                pairs.push(Vec::new());
            }
            let is_empty = matches!(&piece, Piece::Text(text) if text.is_empty());
            if let Some(last) = pairs.last_mut().filter(|_| !is_empty) {
                last.push(piece);
            }
        }
    }
    pairs.retain(|pair| !pair.is_empty());
    pairs.into_iter().map(Pair).collect()
}
