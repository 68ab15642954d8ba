//! Documents that are nearly right: the tree of a document is changed, not its bytes, so that the
//! parser takes nearly all of them and the stages behind it have something to work on.

#![no_main]

use fastrand::Rng;
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use serde_json::{Map, Value, json};

fuzz_target!(|data: &[u8]| generator_fuzz::generate(data));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut rng = Rng::with_seed(seed.into());
    let tree = data.get(..size).and_then(parse).filter(|_| rng.u8(..8) > 0);
    let changed = tree.and_then(|mut tree| {
        for _ in 0..rng.usize(1..5) {
            change(&mut tree, &mut rng);
        }
        serde_json::to_vec(&tree).ok().filter(|text| text.len() <= max_size)
    });
    match changed {
        Some(text) => {
            data[..text.len()].copy_from_slice(&text);
            text.len()
        }
        None => fuzzer_mutate(data, size, max_size),
    }
});

fn parse(data: &[u8]) -> Option<Value> {
    let json = serde_json::from_slice(data).ok();
    json.or_else(|| serde_yaml::from_slice(data).ok()).filter(Value::is_object)
}

/// Changes one value somewhere in a document.
fn change(tree: &mut Value, rng: &mut Rng) {
    let mut pointers = Vec::new();
    list(tree, "", &mut pointers);
    let mut any = || rng.choice(&pointers).cloned().unwrap_or_default();
    let (at, source) = (any(), any());
    let copy = tree.pointer(&source).cloned().unwrap_or_default();
    let Some(node) = tree.pointer_mut(&at) else { return };
    let new = match rng.u8(..4) {
        0 => copy,
        1 => json!({"$ref": format!("#{source}")}),
        _ => odd(rng),
    };
    match (node, rng.u8(..6)) {
        (Value::Object(map), 0) => drop(map.insert(word(rng), new)),
        (Value::Object(map), 1) => rename(map, rng),
        (Value::Object(map), 2) => drop(any_key(map, rng).and_then(|key| map.remove(&key))),
        (Value::Array(items), 0) => items.push(new),
        (Value::Array(items), 1) if !items.is_empty() => {
            drop(items.remove(rng.usize(..items.len())));
        }
        (node, 3) => *node = json!([node.take(), new]),
        (node, 4) => *node = Value::Object(Map::from_iter([(word(rng), node.take())])),
        (node, _) => *node = new,
    }
}

/// The pointers to all values.
fn list(node: &Value, at: &str, pointers: &mut Vec<String>) {
    pointers.push(at.to_owned());
    match node {
        Value::Object(map) => {
            for (key, child) in map {
                list(
                    child,
                    &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")),
                    pointers,
                );
            }
        }
        Value::Array(items) => {
            for (index, child) in items.iter().enumerate() {
                list(child, &format!("{at}/{index}"), pointers);
            }
        }
        _ => {}
    }
}

fn any_key(map: &Map<String, Value>, rng: &mut Rng) -> Option<String> {
    rng.choice(map.keys()).cloned()
}

fn rename(map: &mut Map<String, Value>, rng: &mut Rng) {
    if let Some(value) = any_key(map, rng).and_then(|key| map.remove(&key)) {
        map.insert(word(rng), value);
    }
}

fn word(rng: &mut Rng) -> String {
    rng.choice(WORDS).copied().unwrap_or_default().to_owned()
}

/// A value that stands at the edge of something.
fn odd(rng: &mut Rng) -> Value {
    match rng.u8(..16) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(false),
        3 => json!(0),
        4 => json!(-1),
        5 => json!(i64::MIN),
        6 => json!(u64::MAX),
        7 => json!(1e308),
        8 => json!(0.1),
        9 => json!(""),
        10 => json!([]),
        11 => json!({}),
        12 => json!("*/ \"# \u{0}\u{202e}\r```{}"),
        13 => json!({"type": word(rng)}),
        14 => json!([word(rng), word(rng)]),
        _ => json!(word(rng)),
    }
}

/// What the specification has a meaning for, and what Rust has.
const WORDS: &[&str] = &[
    "$anchor",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$ref",
    "200",
    "2XX",
    "404",
    "Default",
    "Err",
    "Option",
    "Self",
    "Vec",
    "a",
    "additionalProperties",
    "allOf",
    "anyOf",
    "apiKey",
    "application/json",
    "application/octet-stream",
    "array",
    "base64",
    "bearer",
    "boolean",
    "byte",
    "callbacks",
    "components",
    "const",
    "contains",
    "content",
    "contentEncoding",
    "contentMediaType",
    "cookie",
    "date",
    "date-time",
    "deepObject",
    "default",
    "dependentRequired",
    "dependentSchemas",
    "deprecated",
    "description",
    "discriminator",
    "else",
    "encoding",
    "enum",
    "example",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "explode",
    "form",
    "format",
    "get",
    "header",
    "headers",
    "http",
    "if",
    "in",
    "int32",
    "int64",
    "integer",
    "items",
    "label",
    "links",
    "mapping",
    "matrix",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipart/form-data",
    "multipleOf",
    "name",
    "not",
    "null",
    "nullable",
    "number",
    "oauth2",
    "object",
    "oneOf",
    "openapi",
    "operationId",
    "parameters",
    "path",
    "paths",
    "pattern",
    "patternProperties",
    "post",
    "prefixItems",
    "properties",
    "propertyName",
    "propertyNames",
    "query",
    "readOnly",
    "requestBody",
    "required",
    "responses",
    "schema",
    "schemas",
    "security",
    "securitySchemes",
    "servers",
    "simple",
    "string",
    "style",
    "summary",
    "tags",
    "text/event-stream",
    "then",
    "title",
    "type",
    "unevaluatedProperties",
    "uniqueItems",
    "uuid",
    "variables",
    "webhooks",
    "writeOnly",
    "x-idempotency-token",
    "{id}",
];
