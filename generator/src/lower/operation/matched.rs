//! The parameters of an operation and its path, brought in line: which placeholder stands for which
//! parameter, and the path as the clients read it.
//!
//! That path has `{name}` for a parameter, and `{+name}` for one whose value may be several segments.
//! What is filled in within its query stands in there as well.

use super::template::{Pair, Piece, Placeholder, Span, Template};
use crate::diag::{Diagnostic, Pointer};
use crate::ir::{Fill, Location, Parameter, Presence, Prim, Style, TypeRef};
use crate::lower::Lowering;
use crate::lower::schema::Use;

/// An operation's path and its parameters.
#[derive(Debug, Default)]
pub(super) struct Matched {
    /// The path as the clients read it.
    pub(super) path: String,
    /// The parameters: those of the path in its order, then the other required ones, then the
    /// optional ones.
    pub(super) parameters: Vec<Parameter>,
    /// What is no placeholder of OpenAPI, and how it is read.
    pub(super) loose: Vec<(String, String)>,
}

impl Lowering<'_> {
    /// Brings the parameters in line with the path: one that is not declared is a string, one that
    /// the path does not name goes nowhere.
    pub(super) fn matched(
        &mut self,
        template: &Template,
        parameters: Vec<Parameter>,
        pointer: &Pointer,
    ) -> Matched {
        let mut it = Matched { parameters, ..Matched::default() };
        let query = self.match_query(template, &mut it, pointer);
        let named = self.match_path(template, &mut it, pointer);
        for (index, pair) in query.iter().enumerate() {
            it.path.push(if index == 0 { '?' } else { '&' });
            it.path.push_str(pair);
        }
        it.parameters.sort_by_key(|parameter| {
            let place = named.iter().position(|name| *name == parameter.field.name);
            match (parameter.location, parameter.field.presence) {
                (Location::Path, _) => (0, place),
                (_, Presence::Required) => (1, None),
                (_, Presence::Optional) => (2, None),
            }
        });
        it
    }

    /// Writes the path, and returns the names of the parameters in it.
    fn match_path(
        &mut self,
        template: &Template,
        it: &mut Matched,
        pointer: &Pointer,
    ) -> Vec<String> {
        let declared = |it: &Matched| {
            let of_path = it.parameters.iter().filter(|it| it.location == Location::Path);
            of_path.map(|it| it.field.name.clone()).collect::<Vec<String>>()
        };
        let pieces = with_colons(&template.path, &declared(it));
        let mut named = Vec::new();
        for piece in &pieces {
            let placeholder = match piece {
                Piece::Text(text) => {
                    it.path.push_str(&literal(text));
                    continue;
                }
                Piece::Placeholder(placeholder) => placeholder,
            };
            let name = it.name_of(placeholder, &declared(it));
            it.path.push_str(&shown(&name, placeholder));
            if !named.contains(&name) {
                named.push(name);
            }
        }
        self.leave_out_unused(it, &named);
        for name in &named {
            if declared(it).contains(name) {
                continue;
            }
            let message = format!("the path parameter `{name}` is not declared");
            let help = "it is taken for a string";
            self.warn("undeclared-path-parameter", message, pointer, help);
            it.parameters.push(Parameter {
                location: Location::Path,
                style: Style::Simple,
                explode: false,
                ..self.undeclared(name, Presence::Required, pointer)
            });
        }
        named
    }

    fn leave_out_unused(&mut self, it: &mut Matched, named: &[String]) {
        it.parameters.retain(|parameter| {
            let name = &parameter.field.name;
            let used = parameter.location != Location::Path || named.contains(name);
            if !used {
                let message = format!("the path has no `{{{name}}}`: the parameter goes nowhere");
                let warning = Diagnostic::warning("unused-path-parameter", message);
                let help = "name it in the path, or remove it; it is left out";
                self.sink.report(warning.at(parameter.field.place.clone()).help(help));
            }
            used
        });
    }

    /// Makes parameters of the query of the placeholders in there: those that are declared in the
    /// path move, those that are not declared are strings. Returns the pairs that stay where they
    /// are, with what is filled in there.
    fn match_query(
        &mut self,
        template: &Template,
        it: &mut Matched,
        pointer: &Pointer,
    ) -> Vec<String> {
        let mut kept = Vec::new();
        for pair in &template.query {
            let of_its_own = pair.sole().filter(|(name, placeholder)| {
                let uses = template.placeholders().filter(|it| it.name == placeholder.name);
                let is_other = *name != placeholder.name && it.in_query(name).is_some();
                let is_declared = it.movable(template, placeholder).is_some();
                uses.count() == 1 && !(is_other && is_declared)
            });
            match of_its_own {
                Some((name, placeholder)) => {
                    self.parameter_of_pair(template, it, (name, placeholder), pointer);
                }
                None => kept.push(self.kept_pair(template, it, pair, pointer)),
            }
        }
        for name in &template.optional {
            let placeholder = Placeholder::plain(name);
            match it.movable(template, &placeholder) {
                Some(index) => it.move_to_query(index, name),
                None => it.parameters.push(self.undeclared(name, Presence::Optional, pointer)),
            }
        }
        kept
    }

    /// `x={y}`: the parameter `y`, which goes by the name `x`.
    fn parameter_of_pair(
        &mut self,
        template: &Template,
        it: &mut Matched,
        (name, placeholder): (&str, &Placeholder),
        pointer: &Pointer,
    ) {
        match it.movable(template, placeholder) {
            Some(index) => it.move_to_query(index, name),
            None if it.in_query(name).is_some() => {}
            None => it.parameters.push(self.undeclared(name, Presence::Required, pointer)),
        }
    }

    /// A pair that is sent where it stands: `b=1`, and `x={a},{b}`.
    fn kept_pair(
        &mut self,
        template: &Template,
        it: &mut Matched,
        pair: &Pair,
        pointer: &Pointer,
    ) -> String {
        let mut text = String::new();
        for piece in &pair.0 {
            let placeholder = match piece {
                Piece::Text(part) => {
                    text.push_str(&literal(part));
                    continue;
                }
                Piece::Placeholder(placeholder) => placeholder,
            };
            let all: Vec<String> = it.parameters.iter().map(|it| it.field.name.clone()).collect();
            let name = it.name_of(placeholder, &all);
            text.push_str(&format!("{{{name}}}"));
            let is_in_path = template.in_path().any(|it| it.name == placeholder.name);
            match it.movable(template, placeholder) {
                Some(index) => it.move_to_query(index, &name),
                None if is_in_path => {}
                None => it.parameters.push(self.undeclared(&name, Presence::Required, pointer)),
            }
        }
        text
    }

    /// A parameter of the query of which nothing is said: a string.
    fn undeclared(&mut self, name: &str, presence: Presence, pointer: &Pointer) -> Parameter {
        let used = Use::of(TypeRef::Prim(Prim::String));
        Parameter {
            field: self.field(name, used, presence == Presence::Required, pointer),
            location: Location::Query,
            style: Style::Form,
            explode: true,
            allow_reserved: false,
            fill: Fill::Nothing,
        }
    }
}

impl Matched {
    /// Which of the declared parameters a placeholder stands for, or else its own name.
    fn name_of(&mut self, placeholder: &Placeholder, declared: &[String]) -> String {
        let is_whole = declared.contains(&placeholder.inside);
        let name = if is_whole { &placeholder.inside } else { &placeholder.name };
        let mut read = format!("`{{{name}}}`");
        if placeholder.written != read.trim_matches('`') {
            if placeholder.span == Span::Segments && !is_whole {
                read.push_str(", whose value may hold slashes");
            }
            self.loose.push((placeholder.written.clone(), read));
        }
        name.clone()
    }

    fn in_query(&self, name: &str) -> Option<usize> {
        let is_it = |it: &Parameter| it.location == Location::Query && it.field.name == name;
        self.parameters.iter().position(is_it)
    }

    /// The parameter that a placeholder of the query stands for: one of the query, or one of the path
    /// that is not in there.
    fn movable(&self, template: &Template, placeholder: &Placeholder) -> Option<usize> {
        let is_in_path = template.in_path().any(|it| it.name == placeholder.name);
        let find = |name: &str| {
            let of_path = |it: &Parameter| {
                it.location == Location::Path && it.field.name == name && !is_in_path
            };
            self.in_query(name).or_else(|| self.parameters.iter().position(of_path))
        };
        find(&placeholder.inside).or_else(|| find(&placeholder.name))
    }

    fn move_to_query(&mut self, index: usize, name: &str) {
        let Some(parameter) = self.parameters.get_mut(index) else { return };
        name.clone_into(&mut parameter.field.name);
        if parameter.location == Location::Path {
            parameter.location = Location::Query;
            if parameter.style != Style::Json {
                (parameter.style, parameter.explode) = (Style::Form, true);
            }
        }
    }
}

/// `/:id` becomes a placeholder where a parameter `id` is declared and nothing else stands for it.
fn with_colons(path: &[Piece], declared: &[String]) -> Vec<Piece> {
    let stands = |name: &String| {
        path.iter().filter_map(Piece::placeholder).any(|it| it.name == *name || it.inside == *name)
    };
    let missing: Vec<&String> = declared.iter().filter(|name| !stands(name)).collect();
    let mut pieces = Vec::new();
    for piece in path {
        match piece {
            Piece::Text(text) => split_at_colons(text, &missing, &mut pieces),
            Piece::Placeholder(_) => pieces.push(piece.clone()),
        }
    }
    pieces
}

fn split_at_colons(text: &str, names: &[&String], pieces: &mut Vec<Piece>) {
    for (index, segment) in text.split('/').enumerate() {
        if index > 0 {
            pieces.push(Piece::Text("/".to_owned()));
        }
        let name = segment.strip_prefix(':').filter(|_| index > 0);
        match name.filter(|name| names.iter().any(|it| it == name)) {
            Some(name) => pieces.push(Piece::Placeholder(Placeholder {
                written: segment.to_owned(),
                ..Placeholder::plain(name)
            })),
            None => pieces.push(Piece::Text(segment.to_owned())),
        }
    }
}

/// A placeholder as the clients read it.
fn shown(name: &str, placeholder: &Placeholder) -> String {
    match placeholder.span {
        // Where the name is all that stands in the braces, none of it says how it is filled in.
        Span::Segments if name != placeholder.inside => format!("{{+{name}}}"),
        _ => format!("{{{name}}}"),
    }
}

/// Text, of which clients take no brace for the start of a placeholder.
fn literal(text: &str) -> String {
    text.replace('{', "%7B").replace('}', "%7D")
}
