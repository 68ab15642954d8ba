//! Discriminators that a document does not name, but has: a property that all variants of a union
//! require, each with values of its own.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Lowering;
use super::alias::{Null, behind_names};
use crate::ir::{Presence, Prim, Rule, Select, Shape, Struct, TypeRef, Union};

/// A discriminator, and the values of it that mean each of the variants.
struct Implied {
    property: String,
    tags: Vec<Vec<String>>,
}

impl Lowering<'_> {
    /// Has unions told apart by the discriminator that they imply. By structure, a value whose tag
    /// no variant lists would become one that it is not.
    pub(super) fn imply_tags(&mut self) {
        let implied: Vec<Option<Implied>> = self
            .types
            .iter()
            .map(|def| match &def.shape {
                Shape::Union(union) => self.implied(union),
                _ => None,
            })
            .collect();
        for (def, implied) in self.types.iter_mut().zip(implied) {
            if let (Shape::Union(union), Some(Implied { property, tags })) =
                (&mut def.shape, implied)
            {
                // One tag means one variant, which settles what of several would hold.
                union.choice = None;
                union.select = Select::Tag { property, default: None };
                for (variant, tags) in union.variants.iter_mut().zip(tags) {
                    variant.tags = tags;
                }
            }
        }
    }

    fn implied(&self, union: &Union) -> Option<Implied> {
        let plain = union.variants.iter().all(|it| it.rules.is_empty() && !it.secret);
        if !matches!(union.select, Select::Structure) || union.variants.len() < 2 || !plain {
            return None;
        }
        let variants = union.variants.iter().map(|variant| self.object_of(&variant.ty));
        let variants: Vec<&Struct> = variants.collect::<Option<_>>()?;
        let (first, _) = variants.split_first()?;
        first.fields.iter().find_map(|field| {
            let tags = variants.iter().map(|object| self.tags_in(object, &field.name));
            let tags: Vec<Vec<String>> = tags.collect::<Option<_>>()?;
            let mut seen = BTreeSet::new();
            let is_distinct = tags.iter().flatten().all(|tag| seen.insert(tag));
            is_distinct.then(|| Implied { property: field.name.clone(), tags })
        })
    }

    /// The object that a type is, if it is one and nothing else.
    fn object_of(&self, ty: &TypeRef) -> Option<&Struct> {
        let TypeRef::Named(id) = behind_names(&self.types, ty, Null::Kept)? else { return None };
        match &self.types.get(id.0)?.shape {
            Shape::Struct(object) => Some(object),
            _ => None,
        }
    }

    /// The strings of which an object requires one for a property; none where others may stand there.
    fn tags_in(&self, object: &Struct, property: &str) -> Option<Vec<String>> {
        let field = object.fields.iter().find(|field| field.name == property)?;
        if field.presence != Presence::Required {
            return None;
        }
        let tags = match behind_names(&self.types, &field.ty, Null::Kept)? {
            TypeRef::Named(id) => {
                let def = self.types.get(id.0)?;
                let Shape::Enum(list) = &def.shape else { return None };
                let values = || list.values.iter().map(|value| value.value.clone()).collect();
                strings_in(&field.rules)
                    .or_else(|| strings_in(&def.rules))
                    .or_else(|| (!list.open).then(values))
            }
            TypeRef::Prim(Prim::String) => strings_in(&field.rules),
            _ => None,
        };
        tags.filter(|tags: &Vec<String>| !tags.is_empty())
    }
}

/// The strings that rules list.
fn strings_in(rules: &[Rule]) -> Option<Vec<String>> {
    let listed = rules.iter().find_map(|rule| match rule {
        Rule::Const(value) => Some(std::slice::from_ref(value)),
        Rule::Enum(values) => Some(values.as_slice()),
        _ => None,
    })?;
    listed.iter().map(Value::as_str).map(|text| text.map(str::to_owned)).collect()
}
