//! The same structs as the generator writes, with serde's derives, as one would write them by hand.
//!
//! What is not the same favours the derives: no constructors, no setters, no validators, and a
//! property that the document does not name is dropped.

use std::fmt::Write as _;

use crate::document::{Document, Field, Schema, Type};

/// `Some` for whatever is there, so that `null` and absence stay two things.
const HEAD: &str = "//! Structs with serde's derives.

use serde::{Deserialize, Deserializer, Serialize};

fn some<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
";

/// The source of the crate.
pub(crate) fn source(document: &Document) -> String {
    let mut text = HEAD.to_owned();
    for (name, schema) in &document.0 {
        match schema {
            Schema::Struct(fields) => write_struct(&mut text, name, fields),
            Schema::Enum(values) => write_enum(&mut text, name, values),
        }
    }
    text
}

fn write_struct(text: &mut String, name: &str, fields: &[Field]) {
    let _ = write!(
        text,
        "\n#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]\npub struct {name} {{\n"
    );
    for Field { name, required, ty } in fields {
        let rust = rust(ty);
        let _ = match (required, ty) {
            (true, _) => writeln!(text, "    pub {name}: {rust},"),
            (false, Type::Nullable(_)) => writeln!(
                text,
                "    #[serde(default, deserialize_with = \"some\", skip_serializing_if = \"Option::is_none\")]\n    \
                 pub {name}: Option<{rust}>,"
            ),
            (false, _) => writeln!(
                text,
                "    #[serde(skip_serializing_if = \"Option::is_none\")]\n    pub {name}: Option<{rust}>,"
            ),
        };
    }
    text.push_str("}\n");
}

fn write_enum(text: &mut String, name: &str, values: &[String]) {
    let _ = write!(
        text,
        "\n#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]\npub enum {name} {{\n"
    );
    for value in values {
        let (first, rest) = value.split_at(1);
        let _ =
            writeln!(text, "    #[serde(rename = {value:?})]\n    {}{rest},", first.to_uppercase());
    }
    text.push_str("}\n");
}

fn rust(ty: &Type) -> String {
    match ty {
        Type::Bool => "bool".to_owned(),
        Type::I32(_) => "i32".to_owned(),
        Type::I64(_) => "i64".to_owned(),
        Type::F64(_) => "f64".to_owned(),
        Type::Uuid => "uuid::Uuid".to_owned(),
        Type::String(_) => "String".to_owned(),
        Type::List(item) => format!("Vec<{}>", rust(item)),
        Type::Nullable(inner) => format!("Option<{}>", rust(inner)),
        Type::Named(name) => name.clone(),
    }
}
