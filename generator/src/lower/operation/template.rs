//! Paths that hold more than a path: a query, a fragment, expressions of RFC 6570.

/// A path as it is sent, and what of the query its text asks for.
#[derive(Debug, Default)]
pub(super) struct Template {
    /// With constant parts of the query behind a `?`.
    pub(super) path: String,
    /// The placeholders that stood in the query.
    pub(super) query: Vec<InQuery>,
    /// What was taken off, in the document's words.
    pub(super) taken: Vec<String>,
}

/// A placeholder in the query.
#[derive(Debug)]
pub(super) struct InQuery {
    /// The name of its pair.
    pub(super) name: String,
    /// The name of the parameter that it stands for.
    pub(super) parameter: String,
    /// How it was written.
    pub(super) way: Way,
}

/// What a placeholder says of its presence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// `x={x}`: it is there always.
    Pair,
    /// `{?x}`: it is there if it is given.
    Expression,
}

impl Template {
    /// `/a?b=1&x={x}#c` is `/a?b=1` with `x` in the query; `/a{?x,y}` is `/a` with two.
    pub(super) fn of(written: &str) -> Self {
        let mut it = Self::default();
        let text = it.without_fragment(written);
        let text = it.without_expressions(text);
        let (path, query) = split_outside(&text, '?').unwrap_or((&text, ""));
        it.path = path.to_owned();
        let mut mark = '?';
        for pair in query.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty()) {
            if it.placeholders(pair) {
                it.taken.push(pair.to_owned());
            } else {
                it.path.push(mark);
                it.path.push_str(pair);
                mark = '&';
            }
        }
        it
    }

    /// Whether the path itself has a placeholder of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.path.contains(&format!("{{{name}}}"))
    }

    fn without_fragment<'t>(&mut self, text: &'t str) -> &'t str {
        let Some((path, fragment)) = split_outside(text, '#') else { return text };
        self.taken.push(fragment.to_owned());
        path
    }

    /// Takes `{?a,b}` and `{&a,b}` off.
    fn without_expressions(&mut self, text: &str) -> String {
        let mut left = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((inside, behind)) = after.split_once('}') else { break };
            left.push_str(before);
            rest = behind;
            match inside.strip_prefix(['?', '&']) {
                Some(names) => {
                    self.taken.push(format!("{{{inside}}}"));
                    let names = names.split(',').map(|it| it.trim_end_matches('*'));
                    let names = names.map(|it| it.split(':').next().unwrap_or_default().trim());
                    for name in names.filter(|name| !name.is_empty()) {
                        self.add(name, name, Way::Expression);
                    }
                }
                None => left.push_str(&format!("{{{inside}}}")),
            }
        }
        left.push_str(rest);
        left
    }

    /// The placeholders of a pair of the query; `false` if it has none.
    fn placeholders(&mut self, pair: &str) -> bool {
        let (name, value) = pair.split_once('=').unwrap_or(("", pair));
        let sole = value.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
        if let Some(parameter) = sole.filter(|it| !it.contains(['{', '}'])) {
            let name = if name.is_empty() || name.contains('{') { parameter } else { name };
            self.add(name, parameter, Way::Pair);
            return true;
        }
        let names = pair.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
        let names: Vec<&str> = names.collect();
        for name in &names {
            self.add(name, name, Way::Pair);
        }
        !names.is_empty()
    }

    fn add(&mut self, name: &str, parameter: &str, way: Way) {
        if !self.query.iter().any(|it| it.name == name) {
            let (name, parameter) = (name.to_owned(), parameter.to_owned());
            self.query.push(InQuery { name, parameter, way });
        }
    }
}

/// Splits before the first of a character that stands in no placeholder.
fn split_outside(text: &str, mark: char) -> Option<(&str, &str)> {
    let mut is_inside = false;
    for (at, char) in text.char_indices() {
        match char {
            '{' => is_inside = true,
            '}' => is_inside = false,
            _ if char == mark && !is_inside => return text.split_at_checked(at),
            _ => {}
        }
    }
    None
}
