//! Schemas, sorted into openapiv3's kinds as its own deserialiser sorts them: a schema is of the kind
//! of its type, or of its one composition keyword, only if it has no keyword that does not belong
//! there; else it is [`SchemaKind::Any`].

use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, Discriminator, IntegerType,
    NumberType, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type,
};
use serde_json::Value as Json;

use super::external_docs;
use super::read::{
    count, each, flag, flag_or_false, json, keep, list, map, or_ref, text, text_or_empty,
};
use crate::source::tree::{Mapping, Node, Number, Value};

pub(crate) fn schema(node: Node) -> Schema {
    let kind = node.mapping().map_or(Kind::Any, Kind::of);
    let mut data = SchemaData::default();
    let mut any = AnySchema::default();
    let mut integers = Integers::default();
    each(node, |key, node| {
        integers.read(&key, &node);
        if let Some((key, node)) = assertion(&mut any, key, node) {
            annotation(&mut data, key, node);
        }
    });
    Schema { schema_data: data, schema_kind: kind.shape(any, &integers) }
}

/// The keywords that say what a schema takes; others are handed back.
fn assertion(it: &mut AnySchema, key: String, node: Node) -> Option<(String, Node)> {
    match key.as_str() {
        "type" => it.typ = text(node),
        "pattern" => it.pattern = text(node),
        "multipleOf" => it.multiple_of = float(&node),
        "exclusiveMinimum" => it.exclusive_minimum = flag(&node),
        "exclusiveMaximum" => it.exclusive_maximum = flag(&node),
        "minimum" => it.minimum = float(&node),
        "maximum" => it.maximum = float(&node),
        "properties" => it.properties = map(node, boxed),
        "required" => it.required = list(node, text_or_empty),
        "additionalProperties" => it.additional_properties = Some(additional(node)),
        "minProperties" => it.min_properties = count(&node),
        "maxProperties" => it.max_properties = count(&node),
        "items" => it.items = Some(boxed(node)),
        "minItems" => it.min_items = count(&node),
        "maxItems" => it.max_items = count(&node),
        "uniqueItems" => it.unique_items = flag(&node),
        "enum" => it.enumeration = list(node, json),
        "format" => it.format = text(node),
        "minLength" => it.min_length = count(&node),
        "maxLength" => it.max_length = count(&node),
        "oneOf" => it.one_of = list(node, |node| or_ref(node, schema)),
        "allOf" => it.all_of = list(node, |node| or_ref(node, schema)),
        "anyOf" => it.any_of = list(node, |node| or_ref(node, schema)),
        "not" => it.not = Some(Box::new(or_ref(node, schema))),
        _ => return Some((key, node)),
    }
    None
}

fn annotation(it: &mut SchemaData, key: String, node: Node) {
    match key.as_str() {
        "nullable" => it.nullable = flag_or_false(node),
        "readOnly" => it.read_only = flag_or_false(node),
        "writeOnly" => it.write_only = flag_or_false(node),
        "deprecated" => it.deprecated = flag_or_false(node),
        "externalDocs" => it.external_docs = Some(external_docs(node)),
        "example" => it.example = Some(json(node)),
        "title" => it.title = text(node),
        "description" => it.description = text(node),
        "discriminator" => it.discriminator = Some(discriminator(node)),
        "default" => it.default = Some(json(node)),
        _ => keep(&mut it.extensions, key, node),
    }
}

fn boxed(node: Node) -> ReferenceOr<Box<Schema>> {
    or_ref(node, |node| Box::new(schema(node)))
}

fn additional(node: Node) -> AdditionalProperties {
    match node.bool() {
        Some(flag) => AdditionalProperties::Any(flag),
        None => AdditionalProperties::Schema(Box::new(or_ref(node, schema))),
    }
}

fn discriminator(node: Node) -> Discriminator {
    let mut it = Discriminator::default();
    each(node, |key, node| match key.as_str() {
        "propertyName" => it.property_name = text_or_empty(node),
        "mapping" => it.mapping = map(node, text_or_empty),
        _ => keep(&mut it.extensions, key, node),
    });
    it
}

fn float(node: &Node) -> Option<f64> {
    node.number().map(Number::to_f64)
}

/// The bounds once more, exactly.
#[derive(Default)]
struct Integers {
    minimum: Option<i64>,
    maximum: Option<i64>,
    multiple_of: Option<i64>,
}

impl Integers {
    fn read(&mut self, key: &str, node: &Node) {
        match key {
            "minimum" => self.minimum = integer(node),
            "maximum" => self.maximum = integer(node),
            "multipleOf" => self.multiple_of = integer(node),
            _ => {}
        }
    }
}

fn integer(node: &Node) -> Option<i64> {
    match node.number()? {
        Number::Integer(integer) => i64::try_from(integer).ok(),
        Number::Float(_) => None,
    }
}

/// The kinds of openapiv3, before the schema is read.
#[derive(Clone, Copy)]
enum Kind {
    String,
    Number,
    Integer,
    Boolean,
    Object,
    Array,
    OneOf,
    AllOf,
    AnyOf,
    Not,
    Any,
}

const OF_STRING: &[&str] = &["type", "pattern", "enum", "format", "minLength", "maxLength"];
const OF_NUMBER: &[&str] = &[
    "type",
    "multipleOf",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minimum",
    "maximum",
    "enum",
    "format",
];
const OF_BOOLEAN: &[&str] = &["type", "enum"];
const OF_OBJECT: &[&str] =
    &["type", "properties", "required", "additionalProperties", "minProperties", "maxProperties"];
const OF_ARRAY: &[&str] = &["type", "items", "minItems", "maxItems", "uniqueItems"];

/// All keywords that make a difference to the kind.
const ASSERTIONS: &[&[&str]] =
    &[OF_STRING, OF_NUMBER, OF_OBJECT, OF_ARRAY, &["oneOf", "allOf", "anyOf", "not"]];

impl Kind {
    fn of(schema: &Mapping) -> Self {
        let only = |allowed: &[&str]| {
            let is_assertion = |key: &&str| ASSERTIONS.iter().any(|group| group.contains(key));
            let mut keys = schema.keys().filter(is_assertion);
            keys.all(|key| allowed.contains(&key))
        };
        let Some(node) = schema.get("type") else {
            let of = [
                ("oneOf", Self::OneOf),
                ("allOf", Self::AllOf),
                ("anyOf", Self::AnyOf),
                ("not", Self::Not),
            ];
            let found = of.iter().find(|(key, _)| schema.contains(key) && only(&[key]));
            return found.map_or(Self::Any, |(_, kind)| *kind);
        };
        match node.str() {
            Some("string") if only(OF_STRING) && enum_is(schema, is_string) => Self::String,
            Some("number") if only(OF_NUMBER) && enum_is(schema, is_number) => Self::Number,
            Some("integer")
                if only(OF_NUMBER) && enum_is(schema, is_integer) && bounds_fit(schema) =>
            {
                Self::Integer
            }
            Some("boolean") if only(OF_BOOLEAN) && enum_is(schema, is_bool) => Self::Boolean,
            Some("object") if only(OF_OBJECT) => Self::Object,
            Some("array") if only(OF_ARRAY) => Self::Array,
            _ => Self::Any,
        }
    }

    fn shape(self, any: AnySchema, integers: &Integers) -> SchemaKind {
        match self {
            Self::String => SchemaKind::Type(Type::String(string(any))),
            Self::Number => SchemaKind::Type(Type::Number(number(any))),
            Self::Integer => SchemaKind::Type(Type::Integer(whole(any, integers))),
            Self::Boolean => SchemaKind::Type(Type::Boolean(BooleanType {
                enumeration: values(&any.enumeration, Json::as_bool),
            })),
            Self::Object => SchemaKind::Type(Type::Object(ObjectType {
                properties: any.properties,
                required: any.required,
                additional_properties: any.additional_properties,
                min_properties: any.min_properties,
                max_properties: any.max_properties,
            })),
            Self::Array => SchemaKind::Type(Type::Array(ArrayType {
                items: any.items,
                min_items: any.min_items,
                max_items: any.max_items,
                unique_items: any.unique_items.unwrap_or_default(),
            })),
            Self::OneOf => SchemaKind::OneOf { one_of: any.one_of },
            Self::AllOf => SchemaKind::AllOf { all_of: any.all_of },
            Self::AnyOf => SchemaKind::AnyOf { any_of: any.any_of },
            Self::Not => match any.not {
                Some(not) => SchemaKind::Not { not },
                None => SchemaKind::Any(any),
            },
            Self::Any => SchemaKind::Any(any),
        }
    }
}

fn string(any: AnySchema) -> StringType {
    StringType {
        format: any.format.into(),
        pattern: any.pattern,
        enumeration: values(&any.enumeration, |it| it.as_str().map(str::to_owned)),
        min_length: any.min_length,
        max_length: any.max_length,
    }
}

fn number(any: AnySchema) -> NumberType {
    NumberType {
        format: any.format.into(),
        multiple_of: any.multiple_of,
        exclusive_minimum: any.exclusive_minimum.unwrap_or_default(),
        exclusive_maximum: any.exclusive_maximum.unwrap_or_default(),
        minimum: any.minimum,
        maximum: any.maximum,
        enumeration: values(&any.enumeration, Json::as_f64),
    }
}

fn whole(any: AnySchema, integers: &Integers) -> IntegerType {
    IntegerType {
        format: any.format.into(),
        multiple_of: integers.multiple_of,
        exclusive_minimum: any.exclusive_minimum.unwrap_or_default(),
        exclusive_maximum: any.exclusive_maximum.unwrap_or_default(),
        minimum: integers.minimum,
        maximum: integers.maximum,
        enumeration: values(&any.enumeration, Json::as_i64),
    }
}

fn values<T>(values: &[Json], read: impl Fn(&Json) -> Option<T>) -> Vec<Option<T>> {
    values.iter().map(read).collect()
}

/// Whether all values of an enum, except for null, are of the type.
fn enum_is(schema: &Mapping, fits: fn(&Node) -> bool) -> bool {
    let values = schema.get("enum").and_then(Node::sequence).unwrap_or_default();
    values.iter().all(|value| value.is_null() || fits(value))
}

fn bounds_fit(schema: &Mapping) -> bool {
    let bounds = ["minimum", "maximum", "multipleOf"];
    bounds.iter().all(|key| schema.get(key).is_none_or(is_integer))
}

fn is_string(node: &Node) -> bool {
    node.str().is_some()
}

fn is_bool(node: &Node) -> bool {
    node.bool().is_some()
}

fn is_number(node: &Node) -> bool {
    matches!(node.value, Value::Number(_))
}

fn is_integer(node: &Node) -> bool {
    integer(node).is_some()
}
