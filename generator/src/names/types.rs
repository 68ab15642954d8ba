//! Names of types and of what stands in them.

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::Ident;

use super::TypeNames;
use super::reserved;
use super::scope::{self, Scope, ident};
use crate::ir::{Api, Origin, Prim, Rest, Shape, Struct, TypeDef, TypeRef, Variant};

/// The names of all types.
///
/// Components come first, and those whose name is a type's name already before all: what an inline
/// schema is called must not change what a named one is called.
pub(super) fn names(api: &Api) -> Vec<TypeNames> {
    let mut scope = Scope::new(reserved::TYPES);
    let mut idents: Vec<Option<Ident>> = vec![None; api.types.len()];
    let mut components: Vec<(usize, &str)> =
        api.types.iter().enumerate().filter_map(component).collect();
    components.sort_by_key(|(_, name)| *name != name.to_upper_camel_case());
    for (index, name) in components {
        if let Some(ident) = idents.get_mut(index) {
            *ident = Some(scope.claim(&name.to_upper_camel_case(), "Model"));
        }
    }
    for (index, def) in api.types.iter().enumerate() {
        if let Some(wanted) = inline(&def.origin, &idents) {
            let claimed = scope.claim(&wanted, "Model");
            if let Some(ident) = idents.get_mut(index) {
                *ident = Some(claimed);
            }
        }
    }
    let idents: Vec<Ident> =
        idents.into_iter().map(|name| name.unwrap_or_else(|| ident("Model"))).collect();
    let named = api.types.iter().zip(&idents);
    named.map(|(def, name)| type_names(def, name.clone(), &idents)).collect()
}

fn component((index, def): (usize, &TypeDef)) -> Option<(usize, &str)> {
    match &def.origin {
        Origin::Component(name) => Some((index, name)),
        Origin::Property(..) | Origin::Operation(..) => None,
    }
}

/// The name that an inline schema has by where it stands. The type around it is named already: it
/// was declared before.
fn inline(origin: &Origin, idents: &[Option<Ident>]) -> Option<String> {
    match origin {
        Origin::Component(_) => None,
        Origin::Property(owner, name) => {
            let owner = idents.get(owner.0).and_then(Option::as_ref).map(Ident::to_string);
            Some(format!("{}{}", owner.unwrap_or_default(), name.to_upper_camel_case()))
        }
        Origin::Operation(id, part) => {
            Some(format!("{}{}", id.to_upper_camel_case(), part.to_upper_camel_case()))
        }
    }
}

fn type_names(def: &TypeDef, name: Ident, idents: &[Ident]) -> TypeNames {
    let renamed_from = match &def.origin {
        Origin::Component(wire) if name != wire.as_str() => Some(wire.clone()),
        _ => None,
    };
    let (members, setters, rest) = match &def.shape {
        Shape::Struct(object) => fields(object),
        Shape::Enum(list) => {
            let values = list.values.iter().map(|value| variant(&value.value));
            (variants(values, "Value"), Vec::new(), ident("Unknown"))
        }
        Shape::Union(union) => {
            let wanted = union.variants.iter().map(|variant| union_variant(variant, idents));
            (variants(wanted, "Variant"), Vec::new(), ident("Unknown"))
        }
        Shape::Alias(_) => (Vec::new(), Vec::new(), ident("unknown")),
    };
    TypeNames { ident: name, renamed_from, members, setters, rest }
}

/// The fields of a struct, their setters, and the field of the other properties.
fn fields(object: &Struct) -> (Vec<Ident>, Vec<Ident>, Ident) {
    let mut scope = Scope::new(&[]);
    let names = object.fields.iter().map(|field| field.name.to_snake_case());
    let members: Vec<Ident> = names.map(|name| scope.claim(&name, "field")).collect();
    let rest = match object.rest {
        Rest::Typed(..) => "additional_properties",
        Rest::Open | Rest::Closed => "unknown_fields",
    };
    let rest = scope.claim(rest, "rest");
    let mut setters = Scope::new(&[]);
    let names = members
        .iter()
        .map(|member| format!("with_{}", scope::bare(member).trim_start_matches('_')));
    let setters = names.map(|name| setters.claim(&name, "with")).collect();
    (members, setters, rest)
}

fn variants(wanted: impl Iterator<Item = String>, fallback: &str) -> Vec<Ident> {
    let mut scope = Scope::new(reserved::VARIANTS);
    wanted.map(|wanted| scope.claim(&wanted, fallback)).collect()
}

/// What a variant is called after: its tag, its title, or its type.
fn union_variant(of: &Variant, idents: &[Ident]) -> String {
    match (of.tags.first(), &of.title) {
        (Some(tag), _) => variant(tag),
        (None, Some(title)) => title.to_upper_camel_case(),
        (None, None) => type_word(&of.ty, idents),
    }
}

fn type_word(ty: &TypeRef, idents: &[Ident]) -> String {
    match ty {
        TypeRef::Prim(Prim::String) => "String".to_owned(),
        TypeRef::Prim(Prim::Bool) => "Boolean".to_owned(),
        TypeRef::Prim(Prim::I32 | Prim::I64 | Prim::U32 | Prim::U64) => "Integer".to_owned(),
        TypeRef::Prim(Prim::F64) => "Number".to_owned(),
        TypeRef::Prim(Prim::Uuid) => "Uuid".to_owned(),
        TypeRef::List(item) => format!("{}List", type_word(item, idents)),
        TypeRef::Map(_) => "Map".to_owned(),
        TypeRef::Nullable(inner) => type_word(inner, idents),
        TypeRef::Named(id) => idents.get(id.0).map(scope::bare).unwrap_or_default(),
        TypeRef::Json => "Json".to_owned(),
    }
}

/// The words of an enum value; signs that carry the meaning are spelled out.
fn variant(value: &str) -> String {
    let spelled = match value {
        "" => "Empty",
        "+" => "Plus",
        "-" => "Minus",
        "*" => "Star",
        "=" => "Equal",
        "<" => "Less",
        ">" => "Greater",
        "<=" => "LessOrEqual",
        ">=" => "GreaterOrEqual",
        "!=" => "NotEqual",
        other => return other.to_upper_camel_case(),
    };
    spelled.to_owned()
}
