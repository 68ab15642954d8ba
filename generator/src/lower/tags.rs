//! The tags of unions in their variants: a variant goes out with its tag, whether or not its schema
//! speaks of the discriminator.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Lowering;
use crate::ir::{
    Field, Origin, Presence, Prim, Rule, Select, Shape, Struct, TypeDef, TypeId, TypeRef, Union,
};

/// The tags that mean a type, by its discriminator.
type Tags = BTreeMap<(TypeId, String), Vec<String>>;

impl Lowering<'_> {
    /// Lets the constructor of each variant fill in its tag, where all unions agree on it.
    pub(super) fn fix_tags(&mut self) {
        let alone = self.used_alone();
        for ((id, property), mut tags) in self.tags() {
            tags.sort();
            tags.dedup();
            let allowed = self.allowed(id, &property);
            let is_rule = !alone.contains(&id) && !self.is_built_on(id);
            let Some(def) = self.types.get_mut(id.0) else { continue };
            let TypeDef { shape: Shape::Struct(object), place, .. } = def else { continue };
            if object.fields.iter().all(|field| field.name != property) {
                object.fields.insert(
                    0,
                    Field {
                        name: property.clone(),
                        ty: TypeRef::Prim(Prim::String),
                        presence: Presence::Optional,
                        way: None,
                        required_in: None,
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
            // A document that contradicts itself is left as it is.
            if let [tag] = tags.as_slice()
                && (allowed.is_empty() || allowed.contains(tag))
            {
                fix(object, &property, tag, is_rule);
            }
        }
    }

    /// The types that stand where no union chooses them: there, they may have any tag.
    fn used_alone(&self) -> BTreeSet<TypeId> {
        let mut alone = BTreeSet::new();
        let others = self.types.iter().filter(|def| !matches!(def.shape, Shape::Union(_)));
        others.for_each(|def| {
            def.each_id(&mut |id| {
                alone.insert(id);
            })
        });
        alone
    }

    /// Whether a component builds on this one, which then stands for it too, with its tag.
    fn is_built_on(&self, id: TypeId) -> bool {
        let Some(Origin::Component(base)) = self.types.get(id.0).map(|def| &def.origin) else {
            return false;
        };
        self.components.keys().any(|name| self.bases.builds_on(name, base))
    }

    /// The strings that a property lists; none where it lists none.
    fn allowed(&self, id: TypeId, property: &str) -> Vec<String> {
        let Some(Shape::Struct(object)) = self.types.get(id.0).map(|def| &def.shape) else {
            return Vec::new();
        };
        let Some(field) = object.fields.iter().find(|field| field.name == property) else {
            return Vec::new();
        };
        if let TypeRef::Named(id) = &field.ty
            && let Some(Shape::Enum(list)) = self.types.get(id.0).map(|def| &def.shape)
        {
            return list.values.iter().map(|value| value.value.clone()).collect();
        }
        let listed = field.rules.iter().flat_map(|rule| match rule {
            Rule::Const(value) => std::slice::from_ref(value),
            Rule::Enum(values) => values.as_slice(),
            _ => &[],
        });
        listed.filter_map(Value::as_str).map(str::to_owned).collect()
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

fn fix(object: &mut Struct, property: &str, tag: &str, is_rule: bool) {
    let Some(field) = object.fields.iter_mut().find(|field| field.name == property) else { return };
    // A tag is text in the document whatever the property is.
    let value = match &field.ty {
        TypeRef::Prim(prim) if prim.is_integer() => match tag.parse::<i64>() {
            Ok(number) => Value::from(number),
            Err(_) => return,
        },
        _ => Value::from(tag),
    };
    if is_rule && !field.rules.iter().any(|rule| matches!(rule, Rule::Const(_))) {
        field.rules.push(Rule::Const(value.clone()));
    }
    field.fixed = Some(value);
}
