//! The keywords of a schema in one view, whichever variant `openapiv3` made of it.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, ReferenceOr, Schema, SchemaKind, Type, VariantOrUnknownOrEmpty,
};
use serde_json::Value;

/// A property's schema as `openapiv3` holds it.
pub(super) type Property = ReferenceOr<Box<Schema>>;

/// The keywords of a schema; what is not there is empty.
#[derive(Clone, Default)]
pub(super) struct Keywords<'a> {
    pub(super) ty: Option<&'a str>,
    pub(super) format: Option<String>,
    pub(super) pattern: Option<&'a str>,
    pub(super) min_length: Option<usize>,
    pub(super) max_length: Option<usize>,
    pub(super) minimum: Option<String>,
    pub(super) maximum: Option<String>,
    pub(super) exclusive_minimum: bool,
    pub(super) exclusive_maximum: bool,
    pub(super) multiple_of: Option<String>,
    pub(super) values: Vec<Value>,
    pub(super) properties: Vec<(&'a str, &'a Property)>,
    pub(super) required: &'a [String],
    pub(super) additional: Option<&'a AdditionalProperties>,
    pub(super) min_properties: Option<usize>,
    pub(super) max_properties: Option<usize>,
    pub(super) items: Option<&'a Property>,
    pub(super) min_items: Option<usize>,
    pub(super) max_items: Option<usize>,
    pub(super) unique_items: bool,
    pub(super) one_of: &'a [ReferenceOr<Schema>],
    pub(super) any_of: &'a [ReferenceOr<Schema>],
    pub(super) all_of: &'a [ReferenceOr<Schema>],
    pub(super) not: Option<&'a ReferenceOr<Schema>>,
    /// What 3.0 has no word for.
    newer: Option<&'a IndexMap<String, Value>>,
    /// Values that the document shows: `default` and `example`.
    pub(super) shown: [Option<&'a Value>; 2],
    /// `const`, which also stands in `values`.
    pub(super) constant: Option<&'a Value>,
}

impl<'a> Keywords<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        let mut keywords = Self::of_kind(&schema.schema_kind);
        // What 3.0 has no word for, or `openapiv3` no room, rides along in extensions.
        let extension = |name: &str| schema.schema_data.extensions.get(name);
        let text = |name: &str| extension(name).and_then(Value::as_str).map(str::to_owned);
        keywords.minimum = text("x-oas-minimum").or(keywords.minimum);
        keywords.maximum = text("x-oas-maximum").or(keywords.maximum);
        keywords.multiple_of = text("x-oas-multipleOf").or(keywords.multiple_of);
        keywords.newer = Some(&schema.schema_data.extensions);
        keywords.constant = extension("x-const");
        let data = &schema.schema_data;
        keywords.shown = [data.default.as_ref(), data.example.as_ref()];
        keywords
    }

    /// A keyword that 3.0 has no word for, such as `propertyNames`.
    pub(super) fn newer(&self, keyword: &str) -> Option<&'a Value> {
        let newer = self.newer.filter(|newer| !newer.is_empty())?;
        newer.get(&format!("x-oas-{keyword}"))
    }

    fn of_kind(kind: &'a SchemaKind) -> Self {
        match kind {
            SchemaKind::Type(ty) => Self::of_type(ty),
            SchemaKind::OneOf { one_of } => Self { one_of, ..Self::default() },
            SchemaKind::AllOf { all_of } => Self { all_of, ..Self::default() },
            SchemaKind::AnyOf { any_of } => Self { any_of, ..Self::default() },
            SchemaKind::Not { not } => Self { not: Some(not), ..Self::default() },
            SchemaKind::Any(any) => Self {
                ty: any.typ.as_deref(),
                format: any.format.clone(),
                pattern: any.pattern.as_deref(),
                min_length: any.min_length,
                max_length: any.max_length,
                minimum: any.minimum.map(number),
                maximum: any.maximum.map(number),
                exclusive_minimum: any.exclusive_minimum.unwrap_or_default(),
                exclusive_maximum: any.exclusive_maximum.unwrap_or_default(),
                multiple_of: any.multiple_of.map(number),
                values: any.enumeration.clone(),
                properties: entries(&any.properties),
                required: &any.required,
                additional: any.additional_properties.as_ref(),
                min_properties: any.min_properties,
                max_properties: any.max_properties,
                items: any.items.as_ref(),
                min_items: any.min_items,
                max_items: any.max_items,
                unique_items: any.unique_items.unwrap_or_default(),
                one_of: &any.one_of,
                any_of: &any.any_of,
                all_of: &any.all_of,
                not: any.not.as_deref(),
                newer: None,
                constant: None,
                shown: [None; 2],
            },
        }
    }

    fn of_type(ty: &'a Type) -> Self {
        match ty {
            Type::String(string) => Self {
                ty: Some("string"),
                format: format(&string.format),
                pattern: string.pattern.as_deref(),
                min_length: string.min_length,
                max_length: string.max_length,
                values: values(&string.enumeration),
                ..Self::default()
            },
            Type::Number(number_type) => Self {
                ty: Some("number"),
                format: format(&number_type.format),
                minimum: number_type.minimum.map(number),
                maximum: number_type.maximum.map(number),
                exclusive_minimum: number_type.exclusive_minimum,
                exclusive_maximum: number_type.exclusive_maximum,
                multiple_of: number_type.multiple_of.map(number),
                values: values(&number_type.enumeration),
                ..Self::default()
            },
            Type::Integer(integer) => Self {
                ty: Some("integer"),
                format: format(&integer.format),
                minimum: integer.minimum.map(|number| number.to_string()),
                maximum: integer.maximum.map(|number| number.to_string()),
                exclusive_minimum: integer.exclusive_minimum,
                exclusive_maximum: integer.exclusive_maximum,
                multiple_of: integer.multiple_of.map(|number| number.to_string()),
                values: values(&integer.enumeration),
                ..Self::default()
            },
            Type::Boolean(boolean) => Self {
                ty: Some("boolean"),
                values: values(&boolean.enumeration),
                ..Self::default()
            },
            Type::Object(object) => Self {
                ty: Some("object"),
                properties: entries(&object.properties),
                required: &object.required,
                additional: object.additional_properties.as_ref(),
                min_properties: object.min_properties,
                max_properties: object.max_properties,
                ..Self::default()
            },
            Type::Array(array) => Self {
                ty: Some("array"),
                items: array.items.as_ref(),
                min_items: array.min_items,
                max_items: array.max_items,
                unique_items: array.unique_items,
                ..Self::default()
            },
        }
    }

    /// The same without `oneOf` or without `anyOf`.
    pub(super) fn without_choice(&self, key: &str) -> Self {
        match key {
            "oneOf" => Self { one_of: &[], ..self.clone() },
            _ => Self { any_of: &[], ..self.clone() },
        }
    }

    /// The same, but with these values and no others.
    pub(super) fn with_values(&self, values: Vec<Value>) -> Self {
        Self { values, constant: None, ..self.clone() }
    }

    /// The same without `allOf`.
    pub(super) fn without_parts(&self) -> Self {
        Self { all_of: &[], ..self.clone() }
    }

    /// Whether the schema speaks of an object, with or without saying `type: object`.
    pub(super) fn is_object(&self) -> bool {
        match self.ty {
            Some(ty) => ty == "object",
            None => !self.properties.is_empty() || self.additional.is_some(),
        }
    }
}

fn entries(properties: &IndexMap<String, Property>) -> Vec<(&str, &Property)> {
    properties.iter().map(|(name, schema)| (name.as_str(), schema)).collect()
}

fn values<T: Clone + Into<Value>>(values: &[Option<T>]) -> Vec<Value> {
    values.iter().map(|value| value.clone().map_or(Value::Null, Into::into)).collect()
}

/// The shortest decimal text of a number; whole ones without a point.
fn number(value: f64) -> String {
    format!("{value}")
}

fn format<T: serde::Serialize>(format: &VariantOrUnknownOrEmpty<T>) -> Option<String> {
    match format {
        VariantOrUnknownOrEmpty::Item(known) => {
            serde_json::to_value(known).ok()?.as_str().map(str::to_owned)
        }
        VariantOrUnknownOrEmpty::Unknown(word) => Some(word.clone()),
        VariantOrUnknownOrEmpty::Empty => None,
    }
}
