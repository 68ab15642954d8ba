//! Names of what stands in types: fields, their setters, and variants.

use proc_macro2::Ident;

use super::TypeNames;
use super::reserved;
use super::scope::{self, Case, Scope, ident};
use super::words;
use crate::diag::Sink;
use crate::ir::{Api, Origin, Prim, Rest, Shape, Struct, Text, TypeDef, TypeId, TypeRef, Variant};
use crate::settings::{Given, Name};

/// What the parts of types are named by.
pub(super) struct Naming<'a> {
    pub(super) api: &'a Api,
    pub(super) given: &'a Given<'a, 'a>,
    /// The names of all types.
    pub(super) idents: &'a [Ident],
}

impl Naming<'_> {
    /// The names of a type that is called so, and of what stands in it.
    pub(super) fn type_names(&self, def: &TypeDef, name: Ident, sink: &mut Sink) -> TypeNames {
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
