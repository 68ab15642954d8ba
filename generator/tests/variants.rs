//! What the variants of unions are called: after their schemas, or what tells them apart.

mod support;

use support::generated;

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n";

/// The variants of the union `U`, given as `oneOf`, beside other components.
#[track_caller]
fn check(one_of: &str, others: &str, expected: &[&str]) {
    let text = format!("{HEAD}components: {{schemas: {{U: {{oneOf: [{one_of}]}}{others}}}}}\n");
    let output = generated(&text);
    let models = output.get("src/models.rs").map(String::as_str).unwrap_or_default();
    let start = models.split_once("pub enum U {\n").map(|(_, rest)| rest).unwrap_or_default();
    let variants = start.lines().take_while(|line| *line != "}").map(str::trim);
    let variants: Vec<&str> = variants.filter(|line| !line.starts_with("//")).collect();
    assert_eq!(variants, expected, "{one_of}");
}

#[test]
fn an_inline_variant_is_called_after_what_tells_it_apart() {
    check(
        "{type: object, required: [kind, r], properties: {kind: {type: string, enum: [circle]}, r: {type: number}}}, \
         {type: object, required: [kind], properties: {kind: {type: string, enum: [none]}}}",
        "",
        &["Circle(UCircle),", "None(UNone),", "Unknown(Value),"],
    );
    check(
        "{type: object, required: [v, a], properties: {v: {const: 1}, a: {type: string}}}, \
         {type: object, required: [v, b], properties: {v: {const: 2}, b: {type: string}}}, {type: string}",
        "",
        &["V1(UV1),", "V2(UV2),", "String(String),"],
    );
    check(
        "{allOf: [{$ref: '#/components/schemas/A'}, {properties: {n: {type: integer}}}]}, \
         {$ref: '#/components/schemas/B'}",
        ", A: {type: object, required: [k], properties: {k: {const: one}, s: {type: string}}}, \
         B: {type: object, required: [k], properties: {k: {$ref: '#/components/schemas/K'}}}, K: {enum: [two]}",
        &["One(UOne),", "Two(B),", "Unknown(Value),"],
    );
}

#[test]
fn a_title_goes_before_a_tag_and_a_tag_before_the_only_property() {
    check(
        "{title: A circle, type: object, required: [k], properties: {k: {const: 1}}}, \
         {type: object, required: [k], properties: {k: {const: 2}}}",
        "",
        &["ACircle(UACircle),", "K2(UK2),"],
    );
    check(
        "{type: object, required: [Circle], properties: {Circle: {type: number}}}, \
         {type: object, required: [Square], properties: {Square: {type: number}}}",
        "",
        &["Circle(UCircle),", "Square(USquare),"],
    );
}

#[test]
fn else_what_sets_it_apart_names_it() {
    check(
        "{type: object, required: [k, a], properties: {k: {const: same}, a: {type: string}}}, \
         {type: object, required: [k], properties: {k: {const: same}, b: {type: string}}}, \
         {type: array, items: {type: object, properties: {c: {type: string}}}}, {type: integer}",
        "",
        &["A(UA),", "B(UB),", "ItemList(Vec<UItem>),", "Integer(i64),"],
    );
    check(
        "{type: string, enum: [auto, none]}, {type: integer}, \
         {type: object, properties: {a: {type: string}, b: {type: string}}}",
        "",
        &["Keyword(UKeyword),", "Integer(i64),", "Object(UObject),"],
    );
    check(
        "{type: string, enum: [auto]}, {type: object}",
        "",
        &["Auto(UAuto),", "Map(BTreeMap<String, Value>),"],
    );
    // What only one asks for that both know.
    check(
        "{type: object, required: [a], properties: {a: {}, b: {}}}, \
         {type: object, required: [b], properties: {a: {}, b: {}}}, {type: array, items: {enum: [x]}}",
        "",
        &["Variant1(UVariant1),", "Variant2(UVariant2),", "ItemList(Vec<UItem>),"],
    );
}

#[test]
fn names_that_are_taken_get_a_number() {
    check(
        "{type: object, required: [a], properties: {a: {type: string}}}, \
         {type: object, required: [a], properties: {a: {type: integer}}}, \
         {type: object, required: [string], properties: {string: {type: string}}}, {type: string}, \
         {type: object, required: [unknown], properties: {unknown: {type: string}}}",
        "",
        &[
            "A(UA),",
            "A2(UA2),",
            "String(UString),",
            "String2(String),",
            "UnknownVariant(UUnknown),",
        ],
    );
}
