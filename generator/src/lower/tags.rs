//! The tags of unions in their variants: a variant goes out with its tag, whether or not its schema
//! speaks of the discriminator.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Lowering;
use crate::ir::{
    Field, Presence, Prim, Rule, Select, Shape, Struct, TypeDef, TypeId, TypeRef, Union,
};

/// The tags that mean a type, by its discriminator.
type Tags = BTreeMap<(TypeId, String), Vec<String>>;

impl Lowering<'_> {
    /// Lets the constructor of each variant fill in its tag, where all unions agree on it.
    pub(super) fn fix_tags(&mut self) {
        for ((id, property), mut tags) in self.tags() {
            tags.sort();
            tags.dedup();
            let Some(def) = self.types.get_mut(id.0) else { continue };
            let TypeDef { shape: Shape::Struct(object), place, .. } = def else { continue };
            if object.fields.iter().all(|field| field.name != property) {
                object.fields.insert(
                    0,
                    Field {
                        name: property.clone(),
                        ty: TypeRef::Prim(Prim::String),
                        presence: Presence::Optional,
                        rules: Vec::new(),
                        secret: false,
                        description: None,
                        default: None,
                        example: None,
                        deprecated: false,
                        fixed: None,
                        place: place.clone(),
                    },
                );
            }
            if let [tag] = tags.as_slice() {
                fix(object, &property, tag);
            }
        }
    }

    fn tags(&self) -> Tags {
        let mut tags = Tags::new();
        for def in &self.types {
            let Shape::Union(Union { select: Select::Tag { property, default }, variants, .. }) =
                &def.shape
            else {
                continue;
            };
            for (index, variant) in variants.iter().enumerate() {
                // What takes any tag has none of its own.
                if let (TypeRef::Named(id), false) = (&variant.ty, *default == Some(index)) {
                    let known = tags.entry((*id, property.clone())).or_default();
                    known.extend(variant.tags.iter().cloned());
                }
            }
        }
        tags
    }
}

fn fix(object: &mut Struct, property: &str, tag: &str) {
    let Some(field) = object.fields.iter_mut().find(|field| field.name == property) else { return };
    // A tag is text in the document whatever the property is.
    let value = match &field.ty {
        TypeRef::Prim(prim) if prim.is_integer() => match tag.parse::<i64>() {
            Ok(number) => Value::from(number),
            Err(_) => return,
        },
        _ => Value::from(tag),
    };
    if !field.rules.iter().any(|rule| matches!(rule, Rule::Const(_))) {
        field.rules.push(Rule::Const(value.clone()));
    }
    field.fixed = Some(value);
}
