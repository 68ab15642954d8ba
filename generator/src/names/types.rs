//! Names of types.

use std::collections::BTreeMap;

use proc_macro2::Ident;

use super::TypeNames;
use super::members::Naming;
use super::scope::{Case, Scope, ident};
use super::status;
use super::words;
use crate::diag::Sink;
use crate::ir::{Api, Kind, Origin, Part, Status, TypeDef};
use crate::settings::{Given, Name};

/// The names of all types.
///
/// Components come first, and those whose name is a type's name already before all: what an inline
/// schema is called must not change what a named one is called. What stands in a schema goes before
/// what stands in another component, and that before what stands in an operation.
///
/// What the user names comes before everything else.
pub(super) fn names(api: &Api, given: &Given<'_, '_>, sink: &mut Sink) -> Vec<TypeNames> {
    let mut scope = Scope::of_types(&[]);
    let mut named = |def: &TypeDef| scope.give(&given.ty(def)?, Case::Camel, sink);
    let mut idents: Vec<Option<Ident>> = api.types.iter().map(&mut named).collect();
    let mut components: Vec<(usize, &str)> =
        api.types.iter().enumerate().filter_map(component).collect();
    components.sort_by_key(|(_, name)| *name != words::camel(name));
    for (index, name) in components {
        if let Some(ident @ None) = idents.get_mut(index) {
            *ident = Some(scope.claim(&words::camel(name), "Model"));
        }
    }
    let operations = Operations::new(api, given);
    let inline = Inline { api, operations: &operations };
    inline.claim(&mut idents, &mut scope, |origin, idents| match origin {
        Origin::Property(owner, _) => idents.get(owner.0).is_some_and(Option::is_some),
        _ => false,
    });
    let of_components = shared(api);
    for plain in [true, false] {
        for (index, kind, component) in &of_components {
            if let Some(ident @ None) = idents.get_mut(*index) {
                *ident = shared_name(*kind, component, plain, &mut scope);
            }
        }
    }
    for (ident, def) in idents.iter_mut().zip(&api.types) {
        if let (None, Origin::Errors(statuses)) = (&ident, &def.origin) {
            *ident = Some(errors_name(statuses, &mut scope));
        }
    }
    inline.claim(&mut idents, &mut scope, |_, _| true);
    scope.report_clashes(sink);
    let idents: Vec<Ident> =
        idents.into_iter().map(|name| name.unwrap_or_else(|| ident("Model"))).collect();
    let named = api.types.iter().zip(&idents);
    let naming = Naming { api, given, idents: &idents };
    named.map(|(def, name)| naming.type_names(def, name.clone(), sink)).collect()
}

fn component((index, def): (usize, &TypeDef)) -> Option<(usize, &str)> {
    match &def.origin {
        Origin::Component(name) => Some((index, name)),
        Origin::Property(..) | Origin::Shared(..) | Origin::Errors(_) | Origin::Operation(..) => {
            None
        }
    }
}

/// The types that stand in components of other kinds than schemas: those that are called as types
/// are before all others, and else in an order that no path has a say in.
fn shared(api: &Api) -> Vec<(usize, Kind, &str)> {
    let all = api.types.iter().enumerate().filter_map(|(index, def)| match &def.origin {
        Origin::Shared(kind, component) => Some((index, *kind, component.as_str())),
        _ => None,
    });
    let mut all: Vec<_> = all.collect();
    all.sort_by_key(|(_, kind, name)| (*name != words::camel(name), *kind, *name));
    all
}

/// The name of a type that stands in a component of another kind than schemas: the component's,
/// or that with the kind, where something else is called so.
fn shared_name(kind: Kind, component: &str, plain: bool, scope: &mut Scope) -> Option<Ident> {
    let kind = match kind {
        Kind::Header => "Header",
        Kind::Parameter => "Parameter",
        Kind::Body => "Body",
        Kind::Response => "Response",
    };
    let name = words::camel(component);
    match plain {
        true => scope.is_free(&name).then(|| scope.claim(&name, kind)),
        false => Some(scope.claim(&format!("{name}{kind}"), kind)),
    }
}

/// The name of the body of errors that several operations have.
fn errors_name(statuses: &[Status], scope: &mut Scope) -> Ident {
    let word = match statuses {
        [status] => status::body(*status),
        _ => "ErrorBody".to_owned(),
    };
    match scope.is_free(&word) || word.ends_with("Body") {
        true => scope.claim(&word, "Model"),
        false => scope.claim(&format!("{word}Body"), "Model"),
    }
}

fn part_word(part: &Part) -> String {
    match part {
        Part::Named(name) => words::camel(name),
        Part::Request => "Request".to_owned(),
        Part::Payload => "Payload".to_owned(),
        Part::Response => "Response".to_owned(),
        Part::Status(status) => status::body(*status),
        Part::Item(part) => format!("{}Item", part_word(part)),
    }
}

/// What inline schemas are named by.
struct Inline<'a> {
    api: &'a Api,
    operations: &'a Operations<'a>,
}

impl Inline<'_> {
    /// Names those inline schemas without a name that are `wanted`.
    fn claim(
        &self,
        idents: &mut [Option<Ident>],
        scope: &mut Scope,
        wanted: impl Fn(&Origin, &[Option<Ident>]) -> bool,
    ) {
        for (index, def) in self.api.types.iter().enumerate() {
            let is_open = idents.get(index).is_some_and(Option::is_none);
            if !is_open || !wanted(&def.origin, idents) {
                continue;
            }
            let claimed = self.word(&def.origin, idents).map(|word| scope.claim(&word, "Model"));
            if let Some(ident) = idents.get_mut(index) {
                *ident = claimed;
            }
        }
    }

    /// The name that an inline schema has by where it stands. The type around it is named already:
    /// it was declared before.
    fn word(&self, origin: &Origin, idents: &[Option<Ident>]) -> Option<String> {
        match origin {
            Origin::Component(_) | Origin::Shared(..) | Origin::Errors(_) => None,
            Origin::Property(owner, name) => {
                let owner = idents.get(owner.0).and_then(Option::as_ref).map(Ident::to_string);
                Some(format!("{}{}", owner.unwrap_or_default(), words::camel(name)))
            }
            Origin::Operation(id, part) => {
                Some(format!("{}{}", words::camel(self.operations.word(id)), part_word(part)))
            }
        }
    }
}

/// The names that the user gives to operations, by their id.
struct Operations<'s>(BTreeMap<&'s str, Name<'s>>);

impl<'s> Operations<'s> {
    fn new(api: &'s Api, given: &Given<'s, '_>) -> Self {
        let operations = api.operations.iter();
        Self(operations.filter_map(|it| Some((it.id.as_str(), given.operation(it)?))).collect())
    }

    fn word<'a>(&'a self, id: &'a str) -> &'a str {
        self.0.get(id).map_or(id, |name| name.text)
    }
}
