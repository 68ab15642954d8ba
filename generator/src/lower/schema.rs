//! Schemas: which type a schema is, and what a use of it adds.

use std::borrow::Borrow;

use indexmap::{IndexMap, IndexSet};
use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use serde_json::Value;

use super::Lowering;
use super::bases::asked_of_base;
use super::keywords::Keywords;
use super::narrow::{self, narrower};
use super::{inherit, rules, union};
use crate::diag::Pointer;
use crate::ir::{Enum, EnumValue, Origin, Prim, Rule, Shape, TypeId, TypeRef};
use crate::source::Document;

/// What a schema says of a value where it is used.
#[derive(Clone, Debug)]
pub(super) struct Use {
    pub(super) ty: TypeRef,
    pub(super) rules: Vec<Rule>,
    pub(super) secret: bool,
    pub(super) description: Option<String>,
    pub(super) default: Option<Value>,
    pub(super) example: Option<Value>,
    pub(super) deprecated: bool,
}

impl Use {
    pub(super) fn of(ty: TypeRef) -> Self {
        Self {
            ty,
            rules: Vec::new(),
            secret: false,
            description: None,
            default: None,
            example: None,
            deprecated: false,
        }
    }

    /// Takes over what a schema says of the value in words.
    pub(super) fn annotate(&mut self, schema: &Schema) {
        let data = &schema.schema_data;
        self.secret |= is_secret(schema, &Keywords::of(schema));
        self.description = data.description.clone().or(self.description.take());
        self.default = data.default.clone().or(self.default.take());
        self.example = data.example.clone().or(self.example.take());
        self.deprecated |= data.deprecated;
    }

    pub(super) fn not_null(mut self) -> Self {
        if let TypeRef::Nullable(inner) = self.ty {
            self.ty = *inner;
        }
        self
    }

    pub(super) fn nullable(mut self) -> Self {
        if !matches!(self.ty, TypeRef::Nullable(_) | TypeRef::Prim(Prim::Null) | TypeRef::Json) {
            self.ty = TypeRef::Nullable(Box::new(self.ty));
        }
        self
    }
}

/// The schemas among the components.
pub(super) fn components(document: &Document) -> &IndexMap<String, ReferenceOr<Schema>> {
    static NONE: std::sync::OnceLock<IndexMap<String, ReferenceOr<Schema>>> =
        std::sync::OnceLock::new();
    let components = document.openapi.components.as_ref();
    components.map_or_else(|| NONE.get_or_init(IndexMap::new), |components| &components.schemas)
}

/// The name in a reference to a component schema.
pub(super) fn component_name(reference: &str) -> Option<String> {
    let name = reference.strip_prefix("#/components/schemas/")?;
    Some(name.replace("~1", "/").replace("~0", "~"))
}

impl<'a> Lowering<'a> {
    /// Tells the shape of every component schema.
    pub(super) fn define_components(&mut self) {
        let root = Pointer::root().child("components").child("schemas");
        for (name, schema) in components(self.document) {
            let Some(id) = self.components.get(name.as_str()).copied() else { continue };
            let pointer = root.child(name.as_str());
            match schema {
                ReferenceOr::Item(schema) => self.define(id, schema, &pointer),
                ReferenceOr::Reference { reference } => {
                    let target = self.reference(reference);
                    self.set_shape(id, Shape::Alias(target.ty));
                }
            }
        }
    }

    /// Tells the shape of a type that was declared.
    pub(super) fn define(&mut self, id: TypeId, schema: &'a Schema, pointer: &Pointer) {
        self.describe(id, schema);
        let shape = self.shape(id, schema, pointer);
        self.set_shape(id, shape);
    }

    /// Takes over what a schema says of itself.
    pub(super) fn describe(&mut self, id: TypeId, schema: &Schema) {
        if let Some(def) = self.types.get_mut(id.0) {
            def.title.clone_from(&schema.schema_data.title);
            def.description.clone_from(&schema.schema_data.description);
            def.deprecated = schema.schema_data.deprecated;
        }
    }

    pub(super) fn set_shape(&mut self, id: TypeId, shape: Shape) {
        if let Some(def) = self.types.get_mut(id.0) {
            def.shape = shape;
        }
    }

    /// The shape of a schema that has a type of its own.
    fn shape(&mut self, id: TypeId, schema: &'a Schema, pointer: &Pointer) -> Shape {
        let keywords = Keywords::of(schema);
        if let Some(union) = self.heirs(id, schema, &keywords, pointer) {
            return Shape::Union(union);
        }
        if let Some(composed) = self.composed(id, schema, &keywords, pointer) {
            return composed;
        }
        if let Some(union) = self.union(id, schema, &keywords, pointer) {
            return union;
        }
        if let Some(object) = self.object(id, schema, &keywords, pointer) {
            return Shape::Struct(object);
        }
        if let Some(list) = self.strings(&keywords, pointer) {
            let rules = self.beside_strings(&keywords, &list);
            self.set_rules(id, rules);
            return Shape::Enum(list);
        }
        let owner = Origin::Property(id, "item".to_owned());
        let used = match only_part(&keywords) {
            Some((ReferenceOr::Item(schema), "allOf", index)) => {
                let shape = self.shape(id, schema, &pointer.child("allOf").index(index));
                let rules = self.beside_part(&keywords, "allOf");
                self.add_rules(id, rules);
                return shape;
            }
            Some((ReferenceOr::Reference { reference }, "allOf", _)) => {
                let mut used = self.reference(reference);
                inherit::merge(&mut used.rules, self.beside_part(&keywords, "allOf"));
                used.not_null()
            }
            _ => self.plain(&keywords, owner, pointer),
        };
        self.set_rules(id, used.rules);
        Shape::Alias(used.ty)
    }

    /// The enum of strings that a schema is, if it is one.
    fn strings(&mut self, keywords: &Keywords<'a>, pointer: &Pointer) -> Option<Enum> {
        if rules::all_strings(&keywords.values) {
            // A constant has a rule of its own, which says `const`.
            let open = keywords.constant.is_some();
            return Some(Enum { open, ..string_enum(&keywords.values) });
        }
        let common = self.common_strings(keywords.all_of, pointer)?;
        Some(string_enum(&common))
    }

    /// What an enum of strings asks for beside its list, which may be what its parts have in common.
    fn beside_strings(&mut self, keywords: &Keywords<'a>, list: &Enum) -> Vec<Rule> {
        let values = list.values.iter().map(|listed| Value::from(listed.value.as_str()));
        let mut all = rules::of(keywords);
        inherit::merge(&mut all, self.parts_beside_values(&keywords.with_values(values.collect())));
        all.extend(self.choices(keywords));
        all.extend(self.conditions(keywords));
        all
    }

    pub(super) fn add_rules(&mut self, id: TypeId, rules: Vec<Rule>) {
        if let Some(def) = self.types.get_mut(id.0) {
            inherit::merge(&mut def.rules, rules);
        }
    }

    pub(super) fn set_rules(&mut self, id: TypeId, rules: Vec<Rule>) {
        if let Some(def) = self.types.get_mut(id.0) {
            def.rules = rules;
        }
    }

    /// What a schema or a reference to one says where it is used.
    pub(super) fn schema_or_reference<S: Borrow<Schema>>(
        &mut self,
        schema: &'a ReferenceOr<S>,
        origin: Origin,
        pointer: &Pointer,
    ) -> Use {
        match schema {
            ReferenceOr::Reference { reference } => self.reference(reference),
            ReferenceOr::Item(schema) => self.schema(schema.borrow(), origin, pointer),
        }
    }

    /// A use of a component schema. Its rules are added when all types are known.
    pub(super) fn reference(&mut self, reference: &str) -> Use {
        let name = component_name(reference);
        let found = name.as_deref().and_then(|name| {
            let schema = components(self.document).get(name)?;
            Some((*self.components.get(name)?, schema))
        });
        // The source stage has refused dangling references.
        let Some((id, schema)) = found else { return Use::of(TypeRef::Json) };
        let mut used = Use::of(TypeRef::Named(id));
        if let ReferenceOr::Item(schema) = schema {
            let keywords = Keywords::of(schema);
            used.secret = is_secret(schema, &keywords);
            if self.admits_null(schema, &keywords) {
                used = used.nullable();
            }
        }
        used
    }

    /// A use of a schema that stands where it is used.
    pub(super) fn schema(&mut self, schema: &'a Schema, origin: Origin, pointer: &Pointer) -> Use {
        let keywords = Keywords::of(schema);
        let only = only_part(&keywords).filter(|_| !self.narrows(&keywords));
        let only = only.or_else(|| self.only_base(&keywords));
        let mut used = match only {
            Some((part, key, index)) => {
                let pointer = pointer.child(key).index(index);
                let mut used = self.schema_or_reference(part, origin, &pointer);
                inherit::merge(&mut used.rules, self.beside_part(&keywords, key));
                let asked = asked_of_base(&keywords);
                used.rules.extend(self.required_each_way(&asked, &keywords));
                used
            }
            None if self.needs_name(&keywords) => {
                Use::of(TypeRef::Named(self.inline(schema, origin, pointer)))
            }
            None => self.plain(&keywords, origin, pointer),
        };
        used.annotate(schema);
        if self.admits_null(schema, &keywords) { used.nullable() } else { used }
    }

    /// The type of a schema that stands where it is used, unless it is within itself.
    fn inline(&mut self, schema: &'a Schema, origin: Origin, pointer: &Pointer) -> TypeId {
        let key = std::ptr::from_ref(schema);
        if let Some(open) = self.open.get(&key) {
            return *open;
        }
        let id = self.declare(origin, pointer);
        self.open.insert(key, id);
        self.define(id, schema, pointer);
        self.open.remove(&key);
        id
    }

    /// Whether a schema is a struct, an enum or a union, and so a type with a name.
    pub(super) fn needs_name(&self, keywords: &Keywords<'a>) -> bool {
        rules::all_strings(&keywords.values)
            || !keywords.properties.is_empty()
            || (!keywords.all_of.is_empty() && self.composes_objects(keywords))
            || self.narrows(keywords)
            || union::parts(keywords).is_some()
    }

    /// A schema that needs no type of its own: a scalar, a list, a map, or anything.
    pub(super) fn plain(
        &mut self,
        keywords: &Keywords<'a>,
        origin: Origin,
        pointer: &Pointer,
    ) -> Use {
        if !keywords.all_of.is_empty() && !self.composes_objects(keywords) {
            let own = self.plain_beside(&keywords.without_parts(), origin.clone(), pointer);
            let all = pointer.child("allOf");
            let parts = keywords.all_of.iter().enumerate();
            let parts = parts.filter_map(|(index, part)| self.part(part, &all.index(index)));
            let merged = self.every(&parts.collect::<Vec<_>>(), origin, &all);
            return self.beside_own(keywords, own, merged);
        }
        let mut used = match keywords.ty {
            Some("array") => self.list(keywords, origin, pointer),
            Some("object") => self.map(keywords, origin, pointer),
            None if keywords.additional.is_some() => self.map(keywords, origin, pointer),
            Some("string") => Use::of(TypeRef::Prim(self.string_as_shown(keywords, pointer))),
            Some("integer") => Use::of(TypeRef::Prim(self.integer(keywords))),
            Some("number") => Use::of(TypeRef::Prim(Prim::F64)),
            Some("boolean") => Use::of(TypeRef::Prim(Prim::Bool)),
            None if is_null(keywords) => Use::of(TypeRef::Prim(Prim::Null)),
            _ => {
                // No type ensures anything of it.
                let rules = self.all(keywords);
                return Use { rules, ..Use::of(TypeRef::Json) };
            }
        };
        let mut all = rules::of(keywords);
        all.append(&mut used.rules);
        all.extend(self.choices(keywords));
        all.extend(self.conditions(keywords));
        if matches!(&used.ty, TypeRef::Map(value) if **value != TypeRef::Json) {
            // The type of the values, and their rules, are those of the patterns already.
            all.retain(|rule| !matches!(rule, Rule::PatternProperties(_)));
        }
        used.rules = all;
        used
    }

    /// As [`Self::plain`], of keywords that others stand beside: what nothing speaks of is not for
    /// them alone to tell.
    pub(super) fn plain_beside(
        &mut self,
        keywords: &Keywords<'a>,
        origin: Origin,
        pointer: &Pointer,
    ) -> Use {
        let mut used = self.plain(keywords, origin, pointer);
        used.rules.retain(|rule| {
            !matches!(rule, Rule::UnevaluatedProperties(..) | Rule::UnevaluatedItems(..))
        });
        used
    }

    /// What a schema is by its own keywords and by the parts of its `allOf`.
    fn beside_own(&mut self, keywords: &Keywords<'a>, own: Use, parts: Use) -> Use {
        let mut all = parts.clone();
        inherit::merge(&mut all.rules, own.rules);
        inherit::merge(&mut all.rules, self.unevaluated(keywords));
        if self.is_untyped(&own.ty) || self.is_untyped(&parts.ty) {
            all.ty = if self.is_untyped(&parts.ty) { own.ty } else { parts.ty };
            inherit::merge(&mut all.rules, self.beyond_type(keywords));
            return all;
        }
        all.ty = narrower(parts.clone().not_null().ty, own.ty.clone());
        // What the type does not ensure is for rules to tell.
        if !self.ensures(&all.ty, &own.ty) {
            inherit::merge(&mut all.rules, self.evaluated(&keywords.without_parts()));
        }
        if self.ensures(&all.ty, &parts.ty) {
            inherit::merge(&mut all.rules, self.beyond_type(keywords));
        } else {
            inherit::merge(&mut all.rules, self.parts_beside_values(keywords));
        }
        all
    }

    pub(super) fn string(&self, keywords: &Keywords<'_>) -> Prim {
        let chosen = keywords.format.as_deref().and_then(|format| self.formats.string(format));
        chosen.unwrap_or_else(|| string(keywords.format.as_deref()))
    }

    fn integer(&self, keywords: &Keywords<'_>) -> Prim {
        let chosen = keywords.format.as_deref().and_then(|format| self.formats.integer(format));
        chosen.unwrap_or_else(|| integer(keywords))
    }

    fn list(&mut self, keywords: &Keywords<'a>, origin: Origin, pointer: &Pointer) -> Use {
        if let Some(Value::Array(prefix)) = keywords.newer("prefixItems") {
            return self.tuple(prefix, keywords, &origin, pointer);
        }
        let Some(items) = keywords.items else {
            return Use::of(TypeRef::List(TypeRef::Json.into()));
        };
        let item = self.schema_or_reference(items, origin.item(), &pointer.child("items"));
        let mut used = Use::of(TypeRef::List(Box::new(item.ty)));
        used.secret = item.secret;
        if !item.rules.is_empty() {
            used.rules.push(Rule::Items(item.rules));
        }
        used
    }
}

/// The only part of an `allOf`, `oneOf` or `anyOf` that says nothing else about the value: a
/// common way to put a description beside a `$ref`.
fn only_part<'a>(
    keywords: &Keywords<'a>,
) -> Option<(&'a ReferenceOr<Schema>, &'static str, usize)> {
    let alone = keywords.ty.is_none()
        && keywords.properties.is_empty()
        && keywords.values.is_empty()
        && matches!(keywords.additional, None | Some(AdditionalProperties::Any(true)));
    let lists =
        [(keywords.all_of, "allOf"), (keywords.one_of, "oneOf"), (keywords.any_of, "anyOf")];
    // Beside an `allOf`, a choice of nothing but assertions is a rule.
    let is_rule = |parts: &[ReferenceOr<Schema>]| {
        !keywords.all_of.is_empty() && parts.iter().all(union::is_assertion)
    };
    let mut said = lists
        .into_iter()
        .filter(|(parts, key)| !parts.is_empty() && (*key == "allOf" || !is_rule(parts)));
    let (true, Some((parts, key)), None) = (alone, said.next(), said.next()) else { return None };
    // Another way to put a description beside a `$ref`. As a choice it would be anything.
    let words = |part: &ReferenceOr<Schema>| part.as_item().is_some_and(narrow::is_words);
    let mut parts = parts.iter().enumerate().filter(|(_, part)| key != "allOf" || !words(part));
    match (parts.next(), parts.next()) {
        (Some((index, part)), None) => Some((part, key, index)),
        _ => None,
    }
}

/// Names under which secrets go, as whole words of a property that is a string.
const SECRET_FORMATS: &[&str] = &["password"];

fn is_secret(schema: &Schema, keywords: &Keywords<'_>) -> bool {
    schema.schema_data.write_only
        || keywords.format.as_deref().is_some_and(|format| SECRET_FORMATS.contains(&format))
}

pub(super) fn is_nullable(schema: &Schema, keywords: &Keywords<'_>) -> bool {
    schema.schema_data.nullable || keywords.values.iter().any(Value::is_null)
}

/// Whether only null is taken.
fn is_null(keywords: &Keywords<'_>) -> bool {
    !keywords.values.is_empty() && keywords.values.iter().all(Value::is_null)
}

fn string(format: Option<&str>) -> Prim {
    match format {
        Some("uuid") => Prim::Uuid,
        Some("binary") => Prim::File,
        _ => Prim::String,
    }
}

/// The width of an integer: what its format says, else one that holds all that the document shows.
fn integer(keywords: &Keywords<'_>) -> Prim {
    match keywords.format.as_deref() {
        Some("int32" | "int16" | "int8" | "uint8" | "uint16") => Prim::I32,
        Some("uint32") => Prim::U32,
        Some("uint64" | "uint") => Prim::U64,
        Some("int64") => Prim::I64,
        _ => shown_width(keywords),
    }
}

fn shown_width(keywords: &Keywords<'_>) -> Prim {
    let bound = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<i128>().ok());
    let shown = keywords.shown.iter().flatten();
    let shown = shown.filter_map(|value| value.as_u64().map(i128::from));
    let greatest = shown.chain(bound(&keywords.maximum)).max();
    if greatest.is_none_or(|greatest| greatest <= i64::MAX.into()) {
        return Prim::I64;
    }
    match bound(&keywords.minimum) {
        Some(0..) => Prim::U64,
        _ => Prim::I128,
    }
}

pub(super) fn string_enum(values: &[Value]) -> Enum {
    let listed: IndexSet<&str> = values.iter().filter_map(Value::as_str).collect();
    let value = |value: &str| EnumValue { value: value.to_owned(), description: None };
    Enum { values: listed.into_iter().map(value).collect(), open: false }
}
