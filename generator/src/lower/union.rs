//! `oneOf` and `anyOf`.

use openapiv3::{Discriminator, ReferenceOr, Schema};

use super::Lowering;
use super::keywords::Keywords;
use super::narrow::ensures;
use super::schema::{Use, string_enum};
use super::words::origin;
use crate::diag::Pointer;
use crate::ir::{Enum, EnumValue, Origin, Rule, Select, Shape, TypeId, TypeRef, Union, Variant};

/// The parts of a `oneOf` or an `anyOf`, and which it is.
pub(super) fn parts<'a>(
    keywords: &Keywords<'a>,
) -> Option<(&'a [ReferenceOr<Schema>], &'static str)> {
    let (parts, key) = match (keywords.one_of, keywords.any_of) {
        ([], parts) => (parts, "anyOf"),
        (parts, _) => (parts, "oneOf"),
    };
    let is_union = !parts.is_empty() && !parts.iter().all(is_assertion);
    is_union.then_some((parts, key))
}

/// Whether a part only asserts something of the schema around it, such as which of its properties
/// must be there.
pub(super) fn is_assertion(part: &ReferenceOr<Schema>) -> bool {
    let ReferenceOr::Item(schema) = part else { return false };
    let keywords = Keywords::of(schema);
    keywords.properties.is_empty()
        && keywords.values.is_empty()
        && keywords.items.is_none()
        && keywords.additional.is_none()
        && parts(&keywords).is_none()
        && keywords.all_of.is_empty()
        && keywords.ty.is_none_or(|ty| ty == "object")
        && (!keywords.required.is_empty() || keywords.not.is_some())
}

impl<'a> Lowering<'a> {
    /// The union that a schema is, if it is one.
    pub(super) fn union(
        &mut self,
        id: TypeId,
        schema: &'a Schema,
        keywords: &Keywords<'a>,
        pointer: &Pointer,
    ) -> Option<Shape> {
        let (parts, key) = parts(keywords)?;
        self.union_rules(id, keywords, key);
        if let Some(list) = self.all_strings(parts) {
            self.add_overlap(id, (parts, key));
            return Some(Shape::Enum(list));
        }
        let own = schema.schema_data.discriminator.as_ref();
        let discriminator = own.or_else(|| self.shared_discriminator(parts));
        let tags = self.tags_of_parts(discriminator, parts);
        let mut variants: Vec<Variant> = Vec::new();
        for (index, (part, word)) in parts.iter().zip(self.words(parts)).enumerate() {
            let pointer = pointer.child(key).index(index);
            let origin = origin(id, &word);
            let used = self.schema_or_reference(part, origin, &pointer);
            variants.push(variant_of(used, word.title, tags.get(index)));
        }
        self.narrow_variants(id, &mut variants, (keywords, key), pointer);
        self.union_of(id, variants, discriminator, (Vec::new(), parts, key))
    }

    /// What a part does not say of the type, the schema around it does.
    fn narrow_variants(
        &mut self,
        id: TypeId,
        variants: &mut [Variant],
        (keywords, key): (&Keywords<'a>, &str),
        pointer: &Pointer,
    ) {
        if keywords.ty.is_none() {
            return;
        }
        let own = Origin::Property(id, "item".to_owned());
        let own = self.plain_beside(&keywords.without_choice(key), own, pointer);
        let wider = variants.iter_mut().filter(|variant| ensures(&own.ty, &variant.ty));
        let narrowed = wider.map(|variant| variant.ty = own.ty.clone()).count();
        if narrowed > 0 {
            self.add_rules(id, own.rules);
        }
    }

    /// The union of variants; what it is itself, where there is only one.
    pub(super) fn union_of(
        &mut self,
        id: TypeId,
        all: Vec<Variant>,
        discriminator: Option<&Discriminator>,
        (around, parts, key): (Vec<Rule>, &'a [ReferenceOr<Schema>], &str),
    ) -> Option<Shape> {
        let variants = distinct(id, all);
        if let [only] = variants.as_slice() {
            let choice = (parts.len() > 1).then(|| self.choice(&around, (parts, key)).into());
            self.add_rules(id, choice.map_or_else(|| only.rules.clone(), |rule| vec![rule]));
            return Some(Shape::Alias(only.ty.clone()));
        }
        let tagged = variants.iter().all(|variant| !variant.tags.is_empty());
        let select = match discriminator {
            Some(discriminator) if tagged => {
                let property = discriminator.property_name.clone();
                Select::Tag { property, default: None }
            }
            _ => Select::Structure,
        };
        let choice = match select {
            Select::Tag { .. } => None,
            Select::Structure => Some(self.choice(&around, (parts, key))),
        };
        (!variants.is_empty()).then_some(Shape::Union(Union { select, variants, choice }))
    }

    /// The enum that a union of strings is; one with a part that takes any string is open.
    fn all_strings(&self, parts: &'a [ReferenceOr<Schema>]) -> Option<Enum> {
        let mut values: Vec<EnumValue> = Vec::new();
        let mut open = false;
        let mut referred = 0;
        for part in parts {
            let (schema, _) = self.resolve(part, Pointer::root())?;
            let keywords = Keywords::of(schema);
            let plain = is_any_string(&keywords);
            if !(plain || super::rules::all_strings(&keywords.values)) {
                return None;
            }
            open |= plain;
            referred += usize::from(matches!(part, ReferenceOr::Reference { .. }));
            for value in string_enum(&keywords.values).values {
                if !values.iter().any(|known| known.value == value.value) {
                    values.push(value);
                }
            }
        }
        // Several enums with names of their own stay what they are.
        let one = referred == 0 || (open && referred == 1);
        (one && !values.is_empty()).then_some(Enum { values, open })
    }
}

/// The variant that a part of a union is.
pub(super) fn variant_of(used: Use, title: Option<String>, tags: Option<&Vec<String>>) -> Variant {
    let Use { ty, rules, secret, description, .. } = used;
    Variant { tags: tags.cloned().unwrap_or_default(), title, description, ty, rules, secret }
}

/// The variants, each type once. A union that is one of its own variants says nothing by it.
fn distinct(id: TypeId, all: Vec<Variant>) -> Vec<Variant> {
    let mut variants: Vec<Variant> = Vec::new();
    for variant in all.into_iter().filter(|variant| variant.ty != TypeRef::Named(id)) {
        match variants.iter_mut().find(|known| known.ty == variant.ty) {
            Some(known) => {
                known.tags.extend(variant.tags);
                alternatives(&mut known.rules, variant.rules);
                known.secret |= variant.secret;
            }
            None => variants.push(variant),
        }
    }
    variants
}

/// Of two variants of one type nobody can tell whose rules hold: those of one of them do.
fn alternatives(known: &mut Vec<Rule>, new: Vec<Rule>) {
    if *known == new {
        return;
    }
    let first = std::mem::take(known);
    if !first.is_empty() && !new.is_empty() {
        known.push(Rule::AnyOf(vec![first, new]));
    }
}

/// Whether a schema is a string without any rule.
fn is_any_string(keywords: &Keywords<'_>) -> bool {
    keywords.ty == Some("string")
        && keywords.values.is_empty()
        && keywords.format.is_none()
        && super::rules::of(keywords).is_empty()
}
