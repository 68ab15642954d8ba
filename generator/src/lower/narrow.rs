//! What several schemas have in common that all hold for one value: the parts of an `allOf`, or a
//! property as each of them declares it.

use std::borrow::Borrow;
use std::collections::BTreeSet;

use openapiv3::{AnySchema, ReferenceOr, Schema, SchemaData, SchemaKind};
use serde_json::Value;

use super::compose::Kind;
use super::keywords::Keywords;
use super::null::Null;
use super::schema::{Use, component_name, components, string_enum};
use super::{Lowering, inherit, rules};
use crate::diag::Pointer;
use crate::ir::{Origin, Prim, Rule, Shape, TypeDef, TypeId, TypeRef};

/// A schema of several that hold for the same value.
#[derive(Clone, Debug)]
pub(super) struct Part<'a> {
    pub(super) schema: &'a Schema,
    reference: Option<&'a str>,
    pointer: Pointer,
}

impl Part<'_> {
    /// Whether the schema stands here, and is not one that is referred to.
    pub(super) fn is_inline(&self) -> bool {
        self.reference.is_none()
    }

    fn component(&self) -> Option<String> {
        component_name(self.reference?)
    }
}

impl<'a> Lowering<'a> {
    /// A schema or a reference to one, as a part.
    pub(super) fn part<S: Borrow<Schema>>(
        &self,
        schema: &'a ReferenceOr<S>,
        pointer: &Pointer,
    ) -> Option<Part<'a>> {
        match schema {
            ReferenceOr::Item(schema) => {
                Some(Part { schema: schema.borrow(), reference: None, pointer: pointer.clone() })
            }
            ReferenceOr::Reference { reference } => {
                let (schema, pointer) = self.component(reference)?;
                Some(Part { schema, reference: Some(reference), pointer })
            }
        }
    }

    /// What all parts allow, of which the place of the composer says that all hold.
    pub(super) fn every(&mut self, parts: &[Part<'a>], origin: Origin, composer: &Pointer) -> Use {
        let kept = self.essential(parts);
        if let [only] = kept.as_slice() {
            let mut used = self.use_of(only, origin);
            let words = inline(parts).filter(|part| is_words(part.schema));
            words.for_each(|part| used.annotate(part.schema));
            return used;
        }
        let parts = kept;
        let mut used = if self.are_objects(&parts) {
            Use::of(TypeRef::Named(self.every_object(&parts, origin, composer)))
        } else {
            self.narrowest(&parts, &origin, composer)
        };
        inline(&parts).for_each(|part| used.annotate(part.schema));
        let null = |part: &Part<'a>| self.null(part.schema, &mut BTreeSet::new());
        let said = parts.iter().map(null).max().unwrap_or(Null::Open);
        if said.admits() { used.nullable() } else { used }
    }

    /// The strings that the enums among the parts have in common, where no part lists just these.
    pub(super) fn common_strings(
        &mut self,
        parts: &'a [ReferenceOr<Schema>],
        pointer: &Pointer,
    ) -> Option<Vec<Value>> {
        let composer = pointer.child("allOf");
        let parts = parts.iter().enumerate();
        let parts = parts.filter_map(|(at, part)| self.part(part, &composer.index(at)));
        let parts: Vec<Part<'a>> = parts.collect();
        let all: Vec<Keywords<'a>> = parts.iter().map(|part| Keywords::of(part.schema)).collect();
        match common(&all)? {
            Common::Fewer(values) => Some(values),
            Common::Disjoint(values) => {
                self.contradicted(&parts, &composer);
                Some(values)
            }
            Common::Of(_) => None,
        }
    }

    /// Notes that no value is in all of the lists that parts have.
    fn contradicted(&mut self, parts: &[Part<'a>], composer: &Pointer) {
        let lists = parts.iter().filter_map(|part| {
            let keywords = Keywords::of(part.schema);
            let key = if keywords.constant.is_some() { "const" } else { "enum" };
            rules::all_strings(&keywords.values).then(|| part.pointer.child(key))
        });
        self.contradictions.add(lists.collect(), composer);
    }

    /// The parts without those that say nothing, nothing new, or what another one builds on.
    fn essential(&self, parts: &[Part<'a>]) -> Vec<Part<'a>> {
        let mut kept: Vec<Part<'a>> = Vec::new();
        for part in parts {
            if !kept.iter().any(|known| std::ptr::eq(known.schema, part.schema)) {
                kept.push(part.clone());
            }
        }
        let names: Vec<String> = kept.iter().filter_map(Part::component).collect();
        let is_built_on = |part: &Part<'a>| {
            let name = part.component();
            name.is_some_and(|base| names.iter().any(|name| self.bases.is_narrower(name, &base)))
        };
        if kept.iter().any(|part| !is_words(part.schema)) {
            kept.retain(|part| !is_words(part.schema) && !is_built_on(part));
        }
        kept
    }

    fn use_of(&mut self, part: &Part<'a>, origin: Origin) -> Use {
        match part.reference {
            Some(reference) => self.reference(reference),
            None => self.schema(part.schema, origin, &part.pointer),
        }
    }

    /// As [`Self::use_of`], but a reference to what needs no name of its own is what it refers to: of
    /// several such, the type is that of all, and the rules of each are told.
    fn structure(&mut self, part: &Part<'a>, origin: Origin, depth: usize) -> Use {
        let keywords = Keywords::of(part.schema);
        if part.is_inline() || depth > DEEPEST || self.needs_name(&keywords) {
            return self.use_of(part, origin);
        }
        match keywords.all_of {
            [] => self.schema(part.schema, origin, &part.pointer),
            [only] if keywords.ty.is_none() => {
                let place = part.pointer.child("allOf").index(0);
                let Some(inner) = self.part(only, &place) else {
                    return self.use_of(part, origin);
                };
                let mut used = self.structure(&inner, origin, depth + 1);
                inherit::merge(&mut used.rules, self.beside_part(&keywords, "allOf"));
                used
            }
            _ => self.use_of(part, origin),
        }
    }

    /// All that a part asserts.
    fn part_assertions(&mut self, part: &Part<'a>) -> Vec<Rule> {
        match part.reference {
            Some(reference) => self.reference_assertions(reference),
            None => self.schema_assertions(part.schema),
        }
    }

    /// Whether a type is anything, or another name for it.
    pub(super) fn is_untyped(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Json => true,
            // A component may not have been defined yet.
            TypeRef::Named(id) => self.types.get(id.0).is_some_and(|def| {
                !matches!(def.origin, Origin::Component(_))
                    && matches!(def.shape, Shape::Alias(TypeRef::Json))
            }),
            _ => false,
        }
    }

    /// As [`ensures`], with an eye to what is only a name for strings.
    pub(super) fn ensures(&self, ty: &TypeRef, other: &TypeRef) -> bool {
        ensures(ty, other)
            || *other == TypeRef::Prim(Prim::String)
                && matches!(ty, TypeRef::Named(id) if self.is_text(*id))
    }

    fn is_text(&self, id: TypeId) -> bool {
        match self.types.get(id.0) {
            // It may not have been defined yet.
            Some(TypeDef { origin: Origin::Component(name), .. }) => {
                let component = components(self.document).get(name);
                component.is_some_and(|component| self.is_string(component, 0))
            }
            Some(def) => matches!(def.shape, Shape::Enum(_)),
            None => false,
        }
    }

    fn is_string(&self, schema: &'a ReferenceOr<Schema>, depth: usize) -> bool {
        let resolved = self.resolve(schema, Pointer::root());
        resolved.is_some_and(|(schema, _)| {
            let keywords = Keywords::of(schema);
            let mut parts = keywords.all_of.iter();
            keywords.ty == Some("string")
                || rules::all_strings(&keywords.values)
                || depth < DEEPEST && parts.any(|part| self.is_string(part, depth + 1))
        })
    }

    /// Whether all parts are objects, of which at least one has properties.
    fn are_objects(&self, parts: &[Part<'a>]) -> bool {
        let all: Vec<Keywords<'a>> = parts.iter().map(|part| Keywords::of(part.schema)).collect();
        let names = |keywords: &Keywords<'a>| {
            !keywords.properties.is_empty() || !keywords.all_of.is_empty()
        };
        all.iter().all(|keywords| self.kind(keywords) != Kind::Other) && all.iter().any(names)
    }

    /// The type of objects that are all of the parts. It is known before its own properties are:
    /// they may be of the same parts.
    fn every_object(&mut self, parts: &[Part<'a>], origin: Origin, composer: &Pointer) -> TypeId {
        let key: Vec<*const Schema> =
            parts.iter().map(|part| std::ptr::from_ref(part.schema)).collect();
        if let Some(known) = self.every.get(&key) {
            return *known;
        }
        let pointer = parts.last().map(|part| part.pointer.clone()).unwrap_or_default();
        let id = self.declare(origin, &pointer);
        self.every.insert(key, id);
        let parts = parts.iter().map(|part| (part.schema, part.pointer.clone()));
        let shape = self.all_of_parts(id, parts, composer);
        self.set_shape(id, shape);
        id
    }

    /// The narrowest type of the parts, with the rules of all.
    fn narrowest(&mut self, parts: &[Part<'a>], origin: &Origin, composer: &Pointer) -> Use {
        let mut parts = parts.to_vec();
        let all: Vec<Keywords<'a>> = parts.iter().map(|part| Keywords::of(part.schema)).collect();
        let listed = common(&all);
        if let Some(Common::Of(index)) = &listed {
            // Among enums, the one that lists the fewest is what all allow.
            let narrow = parts.remove(*index);
            parts.push(narrow);
        }
        let mut uses: Vec<(Use, &Part<'a>)> =
            parts.iter().map(|part| (self.structure(part, origin.clone(), 0), part)).collect();
        // A part without a type only adds rules.
        uses.sort_by_key(|(used, _)| self.is_untyped(&used.ty));
        let items = self.every_item(&parts, origin, composer);
        let mut merged = self.joined(uses, items, listed.is_some());
        let pointer = parts.last().map(|part| part.pointer.clone()).unwrap_or_default();
        if matches!(listed, Some(Common::Disjoint(_))) {
            self.contradicted(&parts, composer);
        }
        if let Some(Common::Fewer(values) | Common::Disjoint(values)) = listed {
            let id = self.declare(origin.clone(), &pointer);
            self.set_shape(id, Shape::Enum(string_enum(&values)));
            merged.ty = TypeRef::Named(id);
        }
        merged
    }

    /// What all of these are: the narrowest of their types, and the rules of each. The type of lists
    /// of objects, and what enums have in common, may have been told already.
    fn joined(
        &mut self,
        uses: Vec<(Use, &Part<'a>)>,
        items: Option<TypeRef>,
        are_enums_told: bool,
    ) -> Use {
        let mut merged = Use::of(TypeRef::Json);
        let mut typed = Vec::new();
        for (used, part) in uses {
            let ty = used.not_null();
            let is_enum = rules::all_strings(&Keywords::of(part.schema).values);
            if !(self.is_untyped(&ty.ty) || is_enum && are_enums_told) {
                typed.push((ty.ty.clone(), part));
            }
            merged.ty =
                if self.is_untyped(&merged.ty) { ty.ty } else { narrower(merged.ty, ty.ty) };
            inherit::merge(&mut merged.rules, ty.rules);
            merged.secret |= ty.secret;
        }
        if let Some(items) = items {
            // Objects that are all of these ensure what each says.
            return Use { ty: TypeRef::List(Box::new(items)), ..merged };
        }
        for (ty, part) in typed {
            if !self.ensures(&merged.ty, &ty) {
                // What the type does not ensure any more is for rules to tell.
                let rules = self.part_assertions(part);
                inherit::merge(&mut merged.rules, rules);
            }
        }
        merged
    }

    /// The type of the items that several lists of objects have in common.
    fn every_item(
        &mut self,
        parts: &[Part<'a>],
        origin: &Origin,
        composer: &Pointer,
    ) -> Option<TypeRef> {
        let items = parts.iter().filter_map(|part| {
            let items = Keywords::of(part.schema).items?;
            self.part(items, &part.pointer.child("items"))
        });
        let items = self.essential(&items.collect::<Vec<_>>());
        (items.len() > 1 && self.are_objects(&items))
            .then(|| self.every(&items, origin.clone(), composer).ty)
    }
}

fn inline<'p, 'a>(parts: &'p [Part<'a>]) -> impl Iterator<Item = &'p Part<'a>> {
    parts.iter().filter(|part| part.is_inline())
}

/// Names for names deeper than this are taken as they are.
const DEEPEST: usize = 16;

/// The strings that several enums have in common.
enum Common {
    /// Those of one of the schemas.
    Of(usize),
    /// Fewer than those of any.
    Fewer(Vec<Value>),
    /// None: the document contradicts itself. All that any of them lists.
    Disjoint(Vec<Value>),
}

fn every_value<'v>(lists: impl Iterator<Item = &'v Vec<Value>>) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    for value in lists.flatten() {
        if !all.contains(value) {
            all.push(value.clone());
        }
    }
    all
}

fn common(all: &[Keywords<'_>]) -> Option<Common> {
    let enums = || all.iter().enumerate().filter(|(_, it)| rules::all_strings(&it.values));
    if enums().count() < 2 {
        return None;
    }
    let (_, first) = enums().next()?;
    let in_all = |value: &&Value| enums().all(|(_, it)| it.values.contains(value));
    let values: Vec<Value> = first.values.iter().filter(in_all).cloned().collect();
    if values.is_empty() {
        return Some(Common::Disjoint(every_value(enums().map(|(_, it)| &it.values))));
    }
    match enums().find(|(_, it)| it.values.len() == values.len()) {
        Some((index, _)) => Some(Common::Of(index)),
        None => Some(Common::Fewer(values)),
    }
}

/// The narrower of two types: what both allow, as far as there is such a type.
pub(super) fn narrower(known: TypeRef, new: TypeRef) -> TypeRef {
    match (known, new) {
        (known, new) if ensures(&known, &new) => known,
        (TypeRef::Nullable(known), TypeRef::Nullable(new)) => {
            TypeRef::Nullable(Box::new(narrower(*known, *new)))
        }
        (TypeRef::Nullable(known), new) => narrower(*known, new),
        (known, TypeRef::Nullable(new)) => narrower(known, *new),
        (TypeRef::List(known), TypeRef::List(new)) => {
            TypeRef::List(Box::new(narrower(*known, *new)))
        }
        (TypeRef::Map(known), TypeRef::Map(new)) => TypeRef::Map(Box::new(narrower(*known, *new))),
        // What it is named after says more than that it is a string.
        (known @ TypeRef::Named(_), TypeRef::Prim(Prim::String)) => known,
        (_, new) => new,
    }
}

/// Whether every value of a type is one of another type, too.
pub(super) fn ensures(ty: &TypeRef, other: &TypeRef) -> bool {
    match (ty, other) {
        (_, TypeRef::Json) => true,
        (TypeRef::Nullable(ty), TypeRef::Nullable(other)) => ensures(ty, other),
        (ty, TypeRef::Nullable(other)) => ensures(ty, other),
        (TypeRef::List(ty), TypeRef::List(other)) | (TypeRef::Map(ty), TypeRef::Map(other)) => {
            ensures(ty, other)
        }
        (TypeRef::Tuple(items), TypeRef::List(other)) => {
            items.iter().all(|item| ensures(item, other))
        }
        (TypeRef::Prefixed(items, rest), TypeRef::List(other)) => {
            items.iter().chain([&**rest]).all(|item| ensures(item, other))
        }
        (TypeRef::Prim(ty), TypeRef::Prim(Prim::F64)) => ty.is_integer() || *ty == Prim::F64,
        (TypeRef::Prim(ty), TypeRef::Prim(other)) if ty.is_integer() => ty.fits(*other),
        (TypeRef::Prim(Prim::File | Prim::Uuid | Prim::Text(_)), TypeRef::Prim(Prim::String)) => {
            true
        }
        (ty, other) => ty == other,
    }
}

/// Whether a schema is nothing but words: a description beside what it describes.
pub(super) fn is_words(schema: &Schema) -> bool {
    let data = &schema.schema_data;
    matches!(&schema.schema_kind, SchemaKind::Any(any) if *any == AnySchema::default())
        && asserts_nothing(data)
}

/// Whether what stands beside a schema's own keywords says nothing of the value.
pub(super) fn asserts_nothing(data: &SchemaData) -> bool {
    let asserts = |name: &String| name.starts_with("x-oas-") || name == "x-const";
    !data.nullable && !data.extensions.keys().any(asserts)
}
