//! Objects: properties, what stands beside them, and maps.

use std::borrow::Borrow;

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use serde_json::{Map, Value};

use super::Lowering;
use super::assertions::required;
use super::keywords::{Keywords, Property};
use super::schema::{Use, component_name, components};
use super::{rules, union};
use crate::diag::Pointer;
use crate::ir::{Field, Origin, Presence, Rest, Rule, Struct, TypeId, TypeRef, Way};

impl<'a> Lowering<'a> {
    /// The struct that a schema is, if it is one.
    pub(super) fn object(
        &mut self,
        id: TypeId,
        schema: &'a Schema,
        keywords: &Keywords<'a>,
        pointer: &Pointer,
    ) -> Option<Struct> {
        let composed = keywords.all_of.len() > 1
            || (!keywords.all_of.is_empty() && keywords.is_object())
            || self.narrows(keywords)
            || keywords.all_of.iter().any(|part| self.is_base(part));
        if composed && self.composes_objects(keywords) {
            return Some(self.all_of(id, schema, pointer));
        }
        let named = !keywords.properties.is_empty();
        let free = matches!(
            keywords.additional,
            Some(AdditionalProperties::Schema(_) | AdditionalProperties::Any(true))
        ) || keywords.newer("patternProperties").is_some();
        (keywords.is_object() && (named || !free)).then(|| {
            let mut object = self.own_object(id, keywords, pointer);
            let required = keywords.required.iter().map(String::as_str);
            self.add_undeclared(&mut object, required, pointer);
            object
        })
    }

    /// Whether a schema only makes properties required of the one object that it composes.
    pub(super) fn narrows(&self, keywords: &Keywords<'a>) -> bool {
        let ([part], false) = (keywords.all_of, keywords.required.is_empty()) else { return false };
        let resolved = self.resolve(part, Pointer::root());
        let of = resolved.map(|(part, _)| Keywords::of(part));
        of.is_some_and(|of| of.is_object() && union::parts(&of).is_none()) && !self.is_base(part)
    }

    /// Adds the properties that are required and nowhere declared: they must be there, whatever they
    /// hold.
    pub(super) fn add_undeclared<'n>(
        &mut self,
        object: &mut Struct,
        required: impl IntoIterator<Item = &'n str>,
        pointer: &Pointer,
    ) {
        for name in required {
            if object.fields.iter().any(|field| field.name == name) {
                continue;
            }
            let used = match &object.rest {
                Rest::Open => {
                    if !object.fields.is_empty() {
                        let message = "`required` asks for a property that is not declared";
                        let help = "declare it, or correct its name; values without it are refused";
                        let place = pointer.child("required");
                        self.warn("undeclared-required", message.to_owned(), &place, help);
                    }
                    Use::of(TypeRef::Json)
                }
                Rest::Typed(ty, rules) => Use { rules: rules.clone(), ..Use::of(ty.clone()) },
                Rest::Closed => {
                    // Asked for and forbidden: no value will do.
                    object.rules.push(Rule::Required(vec![name.to_owned()]));
                    continue;
                }
            };
            object.fields.push(self.field(name, used, true, &pointer.child("required")));
        }
    }

    /// The struct of a schema's own properties, without what it composes.
    pub(super) fn own_object(
        &mut self,
        id: TypeId,
        keywords: &Keywords<'a>,
        pointer: &Pointer,
    ) -> Struct {
        let fields = keywords
            .properties
            .iter()
            .map(|(name, schema)| self.property(id, name, schema, keywords.required, pointer))
            .collect();
        Struct { fields, ..self.beside_fields(id, keywords, pointer) }
    }

    /// What a schema says of an object beside its properties: a struct without fields.
    pub(super) fn beside_fields(
        &mut self,
        id: TypeId,
        keywords: &Keywords<'a>,
        pointer: &Pointer,
    ) -> Struct {
        let rest = match keywords.newer("patternProperties") {
            // What `additionalProperties` speaks of is for a rule to tell.
            Some(_) => Rest::Open,
            None => self.rest(id, keywords.additional, pointer),
        };
        let mut rules = rules::of_object(keywords);
        let is_rule = keywords.newer("patternProperties").is_none();
        if let (Rest::Open, Some(AdditionalProperties::Schema(_)), true) =
            (&rest, keywords.additional, is_rule)
        {
            // Their type ensures nothing.
            rules.extend(self.additional(keywords));
        }
        // The one choice that a union is made of is told by it.
        rules.extend(match union::parts(keywords) {
            Some((_, key)) => self.choices(&keywords.without_choice(key)),
            None => self.choices(keywords),
        });
        rules.extend(self.conditions(keywords));
        Struct { fields: Vec::new(), rest, rules }
    }

    fn property(
        &mut self,
        owner: TypeId,
        name: &str,
        schema: &'a Property,
        required: &[String],
        pointer: &Pointer,
    ) -> Field {
        let pointer = pointer.child("properties").child(name);
        let origin = Origin::Property(owner, name.to_owned());
        let used = self.schema_or_reference(schema, origin, &pointer);
        let mut field = self.field(name, used, required.iter().any(|it| it == name), &pointer);
        field.only_in(self.one_way(schema, 0));
        if let ReferenceOr::Item(schema) = schema
            && let ([value], Presence::Required) =
                (Keywords::of(schema).values.as_slice(), field.presence)
        {
            field.fixed = Some(value.clone());
        }
        field
    }

    /// The one way that values of a schema travel, if it, or one that it refers to or is composed of,
    /// is `readOnly` or `writeOnly`.
    pub(super) fn one_way<S: Borrow<Schema>>(
        &self,
        schema: &ReferenceOr<S>,
        depth: usize,
    ) -> Option<Way> {
        /// Nobody hides it deeper than this, and parts may refer to parts without end.
        const DEEPEST: usize = 4;
        if depth >= DEEPEST {
            return None;
        }
        match schema {
            ReferenceOr::Item(schema) => self.way_of(schema.borrow(), depth),
            ReferenceOr::Reference { reference } => {
                let name = component_name(reference)?;
                self.one_way(components(self.document).get(&name)?, depth + 1)
            }
        }
    }

    /// As [`Self::one_way`], of a schema at hand.
    pub(super) fn way_of(&self, schema: &Schema, depth: usize) -> Option<Way> {
        let mut parts = Keywords::of(schema).all_of.iter();
        way(schema).or_else(|| parts.find_map(|part| self.one_way(part, depth + 1)))
    }

    /// A field from the use of a schema.
    pub(super) fn field(
        &mut self,
        name: &str,
        used: Use,
        required: bool,
        pointer: &Pointer,
    ) -> Field {
        Field {
            name: name.to_owned(),
            ty: used.ty,
            presence: if required { Presence::Required } else { Presence::Optional },
            way: None,
            required_in: None,
            rules: used.rules,
            secret: used.secret,
            description: used.description,
            default: used.default,
            example: used.example,
            deprecated: used.deprecated,
            fixed: None,
            place: self.place(pointer),
        }
    }

    fn rest(
        &mut self,
        owner: TypeId,
        additional: Option<&'a AdditionalProperties>,
        pointer: &Pointer,
    ) -> Rest {
        match additional {
            None | Some(AdditionalProperties::Any(true)) => Rest::Open,
            Some(AdditionalProperties::Any(false)) => Rest::Closed,
            Some(AdditionalProperties::Schema(schema)) => {
                let origin = Origin::Property(owner, "value".to_owned());
                let pointer = pointer.child("additionalProperties");
                let used = self.schema_or_reference(schema.as_ref(), origin, &pointer);
                match used.ty {
                    TypeRef::Json => Rest::Open,
                    ty => Rest::Typed(ty, used.rules),
                }
            }
        }
    }

    /// An object without properties of its own.
    pub(super) fn map(
        &mut self,
        keywords: &Keywords<'a>,
        origin: Origin,
        pointer: &Pointer,
    ) -> Use {
        let mut rules: Vec<Rule> = required(keywords.required).into_iter().collect();
        let patterns = keywords.newer("patternProperties").and_then(Value::as_object);
        if let Some(patterns) = patterns {
            let mut used = self.patterned(patterns, keywords, &origin, pointer);
            used.rules.extend(rules);
            return used;
        }
        let schema = match keywords.additional {
            Some(AdditionalProperties::Schema(schema)) => schema,
            Some(AdditionalProperties::Any(false)) => {
                rules.push(Rule::Values(vec![Rule::False("additionalProperties")]));
                return Use { rules, ..Use::of(TypeRef::Map(Box::new(TypeRef::Json))) };
            }
            _ => return Use { rules, ..Use::of(TypeRef::Map(Box::new(TypeRef::Json))) },
        };
        let pointer = pointer.child("additionalProperties");
        let value = self.schema_or_reference(schema.as_ref(), origin, &pointer);
        let mut used = Use::of(TypeRef::Map(Box::new(value.ty)));
        used.rules = rules;
        used.secret = value.secret;
        if !value.rules.is_empty() {
            used.rules.push(Rule::Values(value.rules));
        }
        used
    }

    /// An object whose properties are told by the patterns of their names: a map of one type where
    /// all have the same and there are no others, else of anything. What the type does not ensure is
    /// for rules.
    fn patterned(
        &mut self,
        patterns: &Map<String, Value>,
        keywords: &Keywords<'a>,
        origin: &Origin,
        pointer: &Pointer,
    ) -> Use {
        let open = Use::of(TypeRef::Map(Box::new(TypeRef::Json)));
        let mut schemas = patterns.values();
        let (Some(first), Some(AdditionalProperties::Any(false))) =
            (schemas.next(), keywords.additional)
        else {
            return open;
        };
        if schemas.any(|schema| schema != first) {
            return open;
        }
        let key = patterns.keys().next().map(String::as_str).unwrap_or_default();
        let pointer = pointer.child("x-oas-patternProperties").child(key);
        let schema = self.read(first);
        let value = self.schema_or_reference(schema, origin.clone(), &pointer);
        let rules = match value.rules {
            rules if rules.is_empty() => Vec::new(),
            rules => vec![Rule::Values(rules)],
        };
        Use { secret: value.secret, rules, ..Use::of(TypeRef::Map(Box::new(value.ty))) }
    }
}

/// The one way that values of a schema travel by what it says itself.
fn way(schema: &Schema) -> Option<Way> {
    match (schema.schema_data.read_only, schema.schema_data.write_only) {
        (true, false) => Some(Way::Received),
        (false, true) => Some(Way::Sent),
        _ => None,
    }
}
