//! `type`, in all that has been written there, and schemas that are booleans.

use super::super::model::{Kind, Shape};
use super::super::tree::{Cursor, Mapping, Node, Number, Value};
use super::{Context, part_of, take_from};

/// `true` becomes `{}`, `false` becomes `{ not: {} }`, and no schema at all (`pet:` with nothing
/// behind it) becomes `{}`, too.
pub(super) fn boolean_schema(shape: Shape, node: &mut Node, at: &Cursor, context: &mut Context) {
    if shape != Shape::RefOr(Kind::Schema) {
        return;
    }
    let mut schema = Mapping::new();
    match node.value {
        Value::Bool(true) => {}
        Value::Bool(false) => {
            schema.set("not", Mapping::new());
        }
        Value::Null => {
            let message = "there is no schema here; any value is taken to be meant";
            let help = "write `{}` if any value is meant";
            context.warn("null-schema", at.place(), message, help);
        }
        _ => return,
    }
    node.value = schema.into();
}

/// What is written for `type` but is none, and what is meant by it: type and format.
const MISNOMERS: &[(&str, &str, Option<&str>)] = &[
    ("int", "integer", None),
    ("int32", "integer", Some("int32")),
    ("int64", "integer", Some("int64")),
    ("long", "integer", Some("int64")),
    ("float", "number", Some("float")),
    ("double", "number", Some("double")),
    ("decimal", "number", None),
    ("bool", "boolean", None),
    ("str", "string", None),
    ("text", "string", None),
    ("file", "string", Some("binary")),
    ("binary", "string", Some("binary")),
    ("date", "string", Some("date")),
    ("date-time", "string", Some("date-time")),
    ("datetime", "string", Some("date-time")),
    ("uuid", "string", Some("uuid")),
    ("list", "array", None),
    ("map", "object", None),
];

/// `type: String` becomes `type: string`, `type: file` becomes `type: string` with `format: binary`,
/// `type: any` goes away; a null that YAML made of `type: null` becomes the word `"null"`.
pub(super) fn words(schema: &mut Mapping, at: &Cursor, context: &mut Context) {
    let Some(node) = schema.get_mut("type") else { return };
    if node.is_null() {
        node.value = "null".into();
    }
    for item in node.sequence_mut().into_iter().flatten() {
        if item.is_null() {
            item.value = "null".into();
        }
    }
    let Some(word) = node.str().map(str::to_owned) else { return };
    if is_type(&word) {
        return;
    }
    let lower = word.to_ascii_lowercase();
    let (word_meant, format) = match MISNOMERS.iter().find(|(name, ..)| *name == lower) {
        Some((_, word, format)) => (*word, *format),
        None if lower == "any" || lower == "mixed" => ("", None),
        None if is_type(&lower) => (lower.as_str(), None),
        None => return,
    };
    let message = match word_meant {
        "" => format!("`{word}` is no type; a schema without `type` takes any value"),
        meant => format!("`{word}` is no type; `{meant}` is taken to be meant"),
    };
    let help = "the types are string, number, integer, boolean, object and array";
    context.warn("unknown-type", at.key("type").place(), &message, help);
    if word_meant.is_empty() {
        schema.take("type");
        return;
    }
    schema.set("type", word_meant);
    if let Some(format) = format.filter(|_| !schema.contains("format")) {
        schema.set("format", format);
    }
}

/// `type: [T, "null"]` becomes `type: T` with `nullable: true`; `type: "null"` becomes
/// `enum: [null]`; `type: [string, integer], maxLength: 3` becomes
/// `anyOf: [{ type: string, maxLength: 3 }, { type: integer }]`.
pub(super) fn lists(schema: &mut Mapping, at: &Cursor, _: &mut Context) {
    let Some(mut types) = schema.get("type").and_then(listed) else { return };
    let count = types.len();
    types.retain(|it| it != "null");
    let has_null = types.len() < count;
    if types.iter().any(|it| it == "number") {
        types.retain(|it| it != "integer");
    }
    if has_null {
        schema.set("nullable", true);
    }
    match types.as_slice() {
        [] if has_null => {
            schema.take("type");
            schema.set("enum", vec![Node::default()]);
        }
        [] => {
            schema.take("type");
        }
        [one] => {
            schema.set("type", one.as_str());
        }
        _ => split(schema, &types, at),
    }
}

/// The words of a list of types, each once; `None` for a single type, and for what is no list of
/// types.
fn listed(node: &Node) -> Option<Vec<String>> {
    if node.str() == Some("null") {
        return Some(vec!["null".to_owned()]);
    }
    let mut types: Vec<String> = Vec::new();
    for item in node.sequence()? {
        let word = item.str()?;
        if !is_type(word) && word != "null" {
            return None;
        }
        if types.iter().all(|it| it != word) {
            types.push(word.to_owned());
        }
    }
    Some(types)
}

/// Whether a word is one of the types, or what is written for them.
pub(super) fn is_type_word(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    is_type(&lower) || MISNOMERS.iter().any(|(name, ..)| *name == lower)
}

fn is_type(word: &str) -> bool {
    matches!(word, "string" | "number" | "integer" | "boolean" | "object" | "array")
}

fn split(schema: &mut Mapping, types: &[String], at: &Cursor) {
    let place = at.key("type").place();
    schema.take("type");
    let values = schema.get("enum").and_then(Node::sequence).map(<[Node]>::to_vec);
    let mut branches = Vec::new();
    for word in types {
        let mut branch = Mapping::new();
        branch.set("type", Node::from(word.as_str()).moved_from(place.clone()));
        for key in keywords_of(word) {
            if let Some(node) = take_from(schema, key, at) {
                branch.set(*key, node);
            }
        }
        if takes_format(word, schema) {
            branch.set("format", take_from(schema, "format", at).unwrap_or_default());
        }
        if let Some(values) = &values {
            let fitting = values.iter().filter(|value| fits(word, value));
            let fitting: Vec<Node> = fitting.cloned().collect();
            if fitting.is_empty() {
                continue;
            }
            branch.set("enum", fitting);
        }
        branches.push(part_of(at, branch));
    }
    if values.is_some() {
        schema.take("enum");
    }
    add_any_of(schema, branches, at);
}

/// Beside an `anyOf` that is there already, another one goes into `allOf`.
fn add_any_of(schema: &mut Mapping, branches: Vec<Node>, at: &Cursor) {
    if !schema.contains("anyOf") {
        schema.set("anyOf", branches);
        return;
    }
    let mut wrapped = Mapping::new();
    wrapped.set("anyOf", branches);
    let wrapped = part_of(at, wrapped);
    match schema.get_mut("allOf").and_then(Node::sequence_mut) {
        Some(all) => all.push(wrapped),
        None => {
            schema.set("allOf", vec![wrapped]);
        }
    }
}

/// The keywords that only speak about values of one type.
fn keywords_of(word: &str) -> &'static [&'static str] {
    match word {
        "string" => &["pattern", "minLength", "maxLength", "contentEncoding", "contentMediaType"],
        "number" | "integer" => {
            &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]
        }
        "object" => &[
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
            "patternProperties",
            "propertyNames",
            "dependentRequired",
            "dependentSchemas",
            "unevaluatedProperties",
        ],
        "array" => &[
            "items",
            "prefixItems",
            "minItems",
            "maxItems",
            "uniqueItems",
            "contains",
            "minContains",
            "maxContains",
            "unevaluatedItems",
        ],
        _ => &[],
    }
}

fn takes_format(word: &str, schema: &Mapping) -> bool {
    let format = schema.get("format").and_then(Node::str);
    let is_numeric = matches!(format, Some("int32" | "int64" | "float" | "double"));
    match word {
        "string" => format.is_some() && !is_numeric,
        "number" | "integer" => is_numeric,
        _ => false,
    }
}

fn fits(word: &str, value: &Node) -> bool {
    match &value.value {
        Value::Null => false,
        Value::Bool(_) => word == "boolean",
        Value::String(_) => word == "string",
        Value::Sequence(_) => word == "array",
        Value::Mapping(_) => word == "object",
        Value::Number(number) => match word {
            "number" => true,
            "integer" => matches!(number, Number::Integer(_)) || number.to_integer().is_some(),
            _ => false,
        },
    }
}
