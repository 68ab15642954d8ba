//! The tags of unions in their variants: a variant goes out with its tag, whether or not its schema
//! speaks of the discriminator.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Lowering;
use super::alias::{Null, behind_names};
use super::discriminate::text;
use crate::ir::{
    Event, Field, Operation, Origin, Presence, Prim, Rule, Select, Shape, TypeDef, TypeId, TypeRef,
    Union,
};

/// The tags that mean a type, by its discriminator.
type Tags = BTreeMap<(TypeId, String), Vec<String>>;

impl Lowering<'_> {
    /// Lets the constructor of each variant fill in its tag, where all unions agree on it.
    pub(super) fn fix_tags(&mut self, operations: &[Operation], webhooks: &[Event]) {
        let uses = self.uses(operations, webhooks);
        for ((id, property), mut tags) in self.tags() {
            tags.sort();
            tags.dedup();
            self.declare_tag(id, &property);
            let [tag] = tags.as_slice() else { continue };
            let Some(tag) = self.fixed_tag(id, &property, tag) else { continue };
            // What is filled in tells a variant from others by structure, and is all that it takes.
            if !(tag.is_free && uses.untagged.contains(&id)) {
                let is_rule = uses.always_tagged(id, &property) && !self.is_built_on(id);
                self.fix(id, &property, tag.value, is_rule);
            }
        }
    }

    /// Adds the property that is a discriminator to a variant whose schema does not speak of it.
    fn declare_tag(&mut self, id: TypeId, property: &str) {
        let Some(def) = self.types.get_mut(id.0) else { return };
        let TypeDef { shape: Shape::Struct(object), place, .. } = def else { return };
        if object.fields.iter().any(|field| field.name == property) {
            return;
        }
        let field = Field {
            name: property.to_owned(),
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
        };
        object.fields.insert(0, field);
    }

    fn uses(&self, operations: &[Operation], webhooks: &[Event]) -> Uses {
        let mut uses = Uses::default();
        let mut alone = |id| {
            uses.alone.insert(id);
        };
        operations.iter().for_each(|operation| operation.each_id(&mut alone));
        webhooks.iter().for_each(|webhook| webhook.each_id(&mut alone));
        for def in &self.types {
            def.each_id(&mut |id| match &def.shape {
                Shape::Union(Union { select: Select::Tag { property, .. }, .. }) => {
                    uses.tagged.entry(id).or_default().insert(property.clone());
                }
                Shape::Union(_) => {
                    uses.untagged.insert(id);
                }
                _ => {
                    uses.alone.insert(id);
                }
            });
        }
        uses
    }

    /// Whether a component builds on this one, which then stands for it too, with its tag.
    fn is_built_on(&self, id: TypeId) -> bool {
        match self.types.get(id.0).map(|def| &def.origin) {
            Some(Origin::Component(name)) => self.bases.is_built_on(name),
            _ => false,
        }
    }

    /// What a tag, which is text in the document whatever it is in JSON, is of a property; none where
    /// the property cannot have it: a document that contradicts itself is left as it is.
    fn fixed_tag(&self, id: TypeId, property: &str, tag: &str) -> Option<Tag> {
        let Shape::Struct(object) = &self.types.get(id.0)?.shape else { return None };
        let field = object.fields.iter().find(|field| field.name == property)?;
        let ty = behind_names(&self.types, &field.ty, Null::Passed)?;
        let listed = self.listed_values(field, ty);
        let is_free = listed.len() != 1 && field.presence == Presence::Required;
        let value = match listed.is_empty() {
            true => value_of(ty, tag)?,
            false => listed.into_iter().find(|value| is_tag(value, tag))?,
        };
        Some(Tag { value, is_free })
    }

    /// The values that a property of a type lists; none where it lists none.
    fn listed_values(&self, field: &Field, ty: &TypeRef) -> Vec<Value> {
        if let TypeRef::Named(id) = ty
            && let Some(Shape::Enum(list)) = self.types.get(id.0).map(|def| &def.shape)
        {
            return list.values.iter().map(|value| value.value.as_str().into()).collect();
        }
        let listed = field.rules.iter().flat_map(|rule| match rule {
            Rule::Const(value) => std::slice::from_ref(value),
            Rule::Enum(values) => values.as_slice(),
            _ => &[],
        });
        listed.cloned().collect()
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

    fn fix(&mut self, id: TypeId, property: &str, tag: Value, is_rule: bool) {
        let shape = self.types.get_mut(id.0).map(|def| &mut def.shape);
        let Some(Shape::Struct(object)) = shape else { return };
        let field = object.fields.iter_mut().find(|field| field.name == property);
        let Some(field) = field else { return };
        if is_rule && !field.rules.iter().any(|rule| matches!(rule, Rule::Const(_))) {
            field.rules.push(Rule::Const(tag.clone()));
        }
        field.fixed = Some(tag);
    }
}

/// Where types stand.
#[derive(Default)]
struct Uses {
    /// Those that stand where nothing chooses them: there, they may have any tag.
    alone: BTreeSet<TypeId>,
    /// Those that a union chooses by what they look like, whatever their tag is.
    untagged: BTreeSet<TypeId>,
    /// The discriminators that choose them.
    tagged: BTreeMap<TypeId, BTreeSet<String>>,
}

impl Uses {
    /// Whether a type stands nowhere but where this discriminator chooses it.
    fn always_tagged(&self, id: TypeId, property: &str) -> bool {
        let tagged = self.tagged.get(&id);
        let by_others = tagged.is_some_and(|all| all.iter().any(|known| known != property));
        !by_others && !self.alone.contains(&id) && !self.untagged.contains(&id)
    }
}

/// The tag of a variant.
struct Tag {
    /// As it is in JSON.
    value: Value,
    /// Whether the property must be there, and may be something else by the schema of the variant.
    is_free: bool,
}

/// The value of a type that a tag means, if the type has it.
fn value_of(ty: &TypeRef, tag: &str) -> Option<Value> {
    let read = serde_json::from_str::<Value>(tag).ok();
    match ty {
        TypeRef::Prim(Prim::Bool) => read.filter(Value::is_boolean),
        TypeRef::Prim(Prim::F64) => read.filter(Value::is_number),
        TypeRef::Prim(prim) if prim.is_integer() => {
            read.filter(|number| number.is_i64() || number.is_u64())
        }
        // What may be a string or something else, nobody knows.
        TypeRef::Json if read.is_some() => None,
        TypeRef::Prim(Prim::Null) => None,
        TypeRef::Prim(_) | TypeRef::Json => Some(Value::from(tag)),
        _ => None,
    }
}

/// Whether a tag, as a document writes it, means a value.
fn is_tag(value: &Value, tag: &str) -> bool {
    let tag = if value.is_number() { tag.strip_suffix(".0").unwrap_or(tag) } else { tag };
    text(value).as_deref() == Some(tag)
}
