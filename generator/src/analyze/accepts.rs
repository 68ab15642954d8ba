//! What a value must look like to be of a type: how the variants of a union are told apart that has
//! no discriminator.

use crate::ir::{Api, Enum, Field, JsonType, Presence, Prim, Shape, Struct, TypeRef};

/// What a value of a type looks like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepts {
    /// The JSON types; any, if there are none here.
    pub types: Vec<JsonType>,
    /// The properties that must be there.
    pub required: Vec<String>,
    /// The properties that must have one of these values.
    pub listed: Vec<(String, Vec<String>)>,
}

/// Unions within unions deeper than this are taken for anything.
const DEEPEST: usize = 16;

impl Accepts {
    /// What a value of type `ty` looks like.
    pub fn of(api: &Api, ty: &TypeRef) -> Self {
        Self::within(api, ty, 0)
    }

    fn within(api: &Api, ty: &TypeRef, depth: usize) -> Self {
        match api.resolved(ty) {
            TypeRef::Prim(prim) => Self::only(json_type(*prim)),
            TypeRef::List(_) | TypeRef::Tuple(_) | TypeRef::Prefixed(..) => {
                Self::only(JsonType::Array)
            }
            TypeRef::Map(_) => Self::only(JsonType::Object),
            TypeRef::Json => Self::default(),
            TypeRef::Nullable(inner) => {
                Self::within(api, inner, depth).or(Self::only(JsonType::Null))
            }
            TypeRef::Named(id) => match api.ty(*id).map(|def| &def.shape) {
                Some(Shape::Struct(object)) => Self::object(api, object),
                Some(Shape::Enum(_)) => Self::only(JsonType::String),
                Some(Shape::Newtype(inner)) if depth < DEEPEST => {
                    Self::within(api, inner, depth + 1)
                }
                Some(Shape::Union(union)) if depth < DEEPEST => {
                    let variants = union.variants.iter();
                    variants
                        .map(|variant| Self::within(api, &variant.ty, depth + 1))
                        .reduce(Self::or)
                        .unwrap_or_default()
                }
                _ => Self::default(),
            },
        }
    }

    fn only(ty: JsonType) -> Self {
        Self { types: vec![ty], ..Self::default() }
    }

    fn object(api: &Api, object: &Struct) -> Self {
        let required = || object.fields.iter().filter(|field| field.presence == Presence::Required);
        Self {
            types: vec![JsonType::Object],
            required: required().map(|field| field.name.clone()).collect(),
            listed: required()
                .filter_map(|field| Some((field.name.clone(), listed(api, field)?)))
                .collect(),
        }
    }

    /// What one of two types looks like: only what holds for both is sure.
    fn or(mut self, other: Self) -> Self {
        if self.types.is_empty() || other.types.is_empty() {
            self.types.clear();
        } else {
            self.types.extend(other.types);
            self.types.sort();
            self.types.dedup();
        }
        self.required.retain(|name| other.required.contains(name));
        self.listed.retain(|listed| other.listed.contains(listed));
        self
    }
}

/// The values that a property is bound to.
fn listed(api: &Api, field: &Field) -> Option<Vec<String>> {
    if let Some(value) = &field.fixed {
        return Some(vec![value.as_str()?.to_owned()]);
    }
    let TypeRef::Named(id) = api.resolved(&field.ty) else { return None };
    match api.ty(*id).map(|def| &def.shape) {
        Some(Shape::Enum(Enum { values, open: false })) => {
            Some(values.iter().map(|value| value.value.clone()).collect())
        }
        _ => None,
    }
}

fn json_type(prim: Prim) -> JsonType {
    match prim {
        _ if prim.is_integer() => JsonType::Integer,
        Prim::Bool => JsonType::Boolean,
        Prim::Null => JsonType::Null,
        Prim::F64 => JsonType::Number,
        _ => JsonType::String,
    }
}
