//! As much of an OpenAPI document as the bench's own documents use.

use serde_yaml::Value;

use crate::Outcome;

/// The schemas, in the document's order.
pub(crate) struct Document(pub(crate) Vec<(String, Schema)>);

/// A schema with a name.
pub(crate) enum Schema {
    Struct(Vec<Field>),
    Enum(Vec<String>),
}

/// A property.
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) ty: Type,
}

/// A type, the simple ones with their example.
pub(crate) enum Type {
    Bool,
    I32(i64),
    I64(i64),
    F64(f64),
    Uuid,
    String(String),
    List(Box<Type>),
    Nullable(Box<Type>),
    Named(String),
}

impl Document {
    pub(crate) fn read(text: &str) -> Outcome<Self> {
        let document: Value = serde_yaml::from_str(text)?;
        let schemas = mapping(document.get("components").and_then(|it| it.get("schemas")));
        let schemas = schemas.map(|(name, value)| Ok((name.to_owned(), schema(value)?)));
        Ok(Self(schemas.collect::<Outcome<_>>()?))
    }

    pub(crate) fn schema(&self, name: &str) -> Outcome<&Schema> {
        let found = self.0.iter().find(|(other, _)| other == name);
        Ok(&found.ok_or_else(|| format!("there is no schema `{name}`"))?.1)
    }
}

fn schema(value: &Value) -> Outcome<Schema> {
    if let Some(values) = value.get("enum").and_then(Value::as_sequence) {
        let values = values.iter().filter_map(Value::as_str);
        return Ok(Schema::Enum(values.map(str::to_owned).collect()));
    }
    let required = value.get("required").and_then(Value::as_sequence);
    let fields = mapping(value.get("properties")).map(|(name, value)| {
        let required = required.is_some_and(|list| list.iter().any(|item| item == name));
        Ok(Field { name: name.to_owned(), required, ty: ty(value)? })
    });
    Ok(Schema::Struct(fields.collect::<Outcome<_>>()?))
}

fn ty(value: &Value) -> Outcome<Type> {
    let text = |key| value.get(key).and_then(Value::as_str);
    let number = || value.get("example").and_then(Value::as_i64).unwrap_or(1);
    let inner = match (text("type"), text("format")) {
        _ if value.get("$ref").is_some() => Type::Named(
            text("$ref").and_then(|path| path.rsplit('/').next()).unwrap_or_default().to_owned(),
        ),
        _ if value.get("allOf").is_some() => {
            ty(value.get("allOf").and_then(|all| all.get(0)).unwrap_or(&Value::Null))?
        }
        (Some("boolean"), _) => Type::Bool,
        (Some("integer"), Some("int32")) => Type::I32(number()),
        (Some("integer"), _) => Type::I64(number()),
        (Some("number"), _) => {
            Type::F64(value.get("example").and_then(Value::as_f64).unwrap_or(0.5))
        }
        (Some("string"), Some("uuid")) => Type::Uuid,
        (Some("string"), _) => Type::String(text("example").unwrap_or("text").to_owned()),
        (Some("array"), _) => Type::List(Box::new(ty(value.get("items").unwrap_or(&Value::Null))?)),
        (other, _) => return Err(format!("a schema of type {other:?} is not foreseen here").into()),
    };
    let nullable = value.get("nullable").and_then(Value::as_bool).unwrap_or_default();
    Ok(if nullable { Type::Nullable(Box::new(inner)) } else { inner })
}

fn mapping(value: Option<&Value>) -> impl Iterator<Item = (&str, &Value)> {
    let entries = value.and_then(Value::as_mapping).into_iter().flatten();
    entries.filter_map(|(key, value)| Some((key.as_str()?, value)))
}
