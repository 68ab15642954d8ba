//! Names of types and of what stands in them.

use std::collections::BTreeMap;

use proc_macro2::Ident;

use super::TypeNames;
use super::reserved;
use super::scope::{self, Case, Scope, ident};
use super::status;
use super::words;
use crate::diag::Sink;
use crate::ir::{
    Api, Kind, Origin, Part, Prim, Rest, Shape, Status, Struct, Text, TypeDef, TypeId, TypeRef,
    Variant,
};
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

/// What the parts of types are named by.
struct Naming<'a> {
    api: &'a Api,
    given: &'a Given<'a, 'a>,
    idents: &'a [Ident],
}

impl Naming<'_> {
    fn type_names(&self, def: &TypeDef, name: Ident, sink: &mut Sink) -> TypeNames {
        let renamed_from = match &def.origin {
            Origin::Component(wire) if name != wire.as_str() => Some(wire.clone()),
            _ => None,
        };
        let (members, setters, rest) = match &def.shape {
            Shape::Struct(object) => self.fields(def, object, sink),
            Shape::Enum(list) => {
                let values = list.values.iter();
                let values =
                    values.map(|value| (self.given.value(def, value), variant(&value.value)));
                (variants(values, "Value", sink), Vec::new(), ident("Unknown"))
            }
            Shape::Union(union) => {
                let wanted = union.variants.iter().map(|variant| {
                    let given = self.given.variant(self.api, def, variant);
                    (given, self.variant_of_union(variant))
                });
                (variants(wanted, "Variant", sink), Vec::new(), ident("Unknown"))
            }
            Shape::Alias(_) | Shape::Newtype(_) => (Vec::new(), Vec::new(), ident("unknown")),
        };
        TypeNames { ident: name, renamed_from, members, setters, rest }
    }

    /// The fields of a struct, their setters, and the field of the other properties.
    fn fields(
        &self,
        def: &TypeDef,
        object: &Struct,
        sink: &mut Sink,
    ) -> (Vec<Ident>, Vec<Ident>, Ident) {
        let mut scope = Scope::new(&[]);
        let fields = object.fields.iter();
        let fields = fields.map(|it| (self.given.field(def, it), words::snake(&it.name)));
        let members = scope.claim_all(fields, Case::Snake, "field", sink);
        let rest = match object.rest {
            Rest::Typed(..) => "additional_properties",
            Rest::Open | Rest::Closed => "unknown_fields",
        };
        let rest = scope.claim(rest, "rest");
        scope.report_clashes(sink);
        let mut setters = Scope::new(&[]);
        let names = members
            .iter()
            .map(|member| format!("with_{}", scope::bare(member).trim_start_matches('_')));
        let setters = names.map(|name| setters.claim(&name, "with")).collect();
        (members, setters, rest)
    }

    /// What a variant is called after: its tag, its title, or its type.
    fn variant_of_union(&self, of: &Variant) -> String {
        match (of.tags.first(), &of.title) {
            (Some(tag), _) => variant(tag),
            (None, Some(title)) => words::camel(title),
            (None, None) => self.type_word(&of.ty),
        }
    }

    fn type_word(&self, ty: &TypeRef) -> String {
        match ty {
            TypeRef::Prim(Prim::String) => "String".to_owned(),
            TypeRef::Prim(Prim::File) => "File".to_owned(),
            TypeRef::Prim(Prim::Bool) => "Boolean".to_owned(),
            TypeRef::Prim(Prim::F64) => "Number".to_owned(),
            TypeRef::Prim(Prim::Uuid) => "Uuid".to_owned(),
            TypeRef::Prim(Prim::Text(Text::Base64)) => "Bytes".to_owned(),
            TypeRef::Prim(Prim::Text(text)) => format!("{text:?}"),
            TypeRef::Prim(Prim::Null) => "Null".to_owned(),
            TypeRef::Prim(_) => "Integer".to_owned(),
            TypeRef::Tuple(_) | TypeRef::Prefixed(..) => "Tuple".to_owned(),
            TypeRef::List(item) => format!("{}List", self.type_word(item)),
            TypeRef::Map(_) => "Map".to_owned(),
            TypeRef::Nullable(inner) => self.type_word(inner),
            TypeRef::Named(id) => self.named_word(*id),
            TypeRef::Json => "Json".to_owned(),
        }
    }

    /// The name of a type. One that stands in a union goes without the union's, which is around it
    /// already.
    fn named_word(&self, id: TypeId) -> String {
        let def = self.api.ty(id).filter(|def| self.given.ty(def).is_none());
        if let Some(Origin::Property(owner, word)) = def.map(|def| &def.origin)
            && self.api.ty(*owner).is_some_and(|owner| matches!(owner.shape, Shape::Union(_)))
        {
            return words::camel(word);
        }
        self.idents.get(id.0).map(scope::bare).unwrap_or_default()
    }
}

fn variants<'s>(
    wanted: impl Iterator<Item = (Option<Name<'s>>, String)>,
    fallback: &str,
    sink: &mut Sink,
) -> Vec<Ident> {
    Scope::new(reserved::VARIANTS).claim_all(wanted, Case::Camel, fallback, sink)
}

/// The words of an enum value.
fn variant(value: &str) -> String {
    if value.is_empty() { "Empty".to_owned() } else { words::camel(value) }
}
