//! Types that hold themselves, and types that hold each other deep: what the generator makes of them
//! does not depend on the document's order, and does not take long.

mod support;

use std::time::{Duration, Instant};

use support::{generate, generated};

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n";

fn document(schemas: &[String]) -> String {
    let schemas: String = schemas.iter().map(|schema| format!("    {schema}\n")).collect();
    format!("{HEAD}components:\n  schemas:\n{schemas}")
}

/// The document with its schemas in their order and the other way about.
fn both_ways(mut schemas: Vec<String>) -> [String; 2] {
    let forth = document(&schemas);
    schemas.reverse();
    [forth, document(&schemas)]
}

/// What is said to have no end: pointers below the schemas.
#[track_caller]
fn check_cuts(schemas: &[&str], expected: &[&str]) {
    let schemas: Vec<String> = schemas.iter().map(|it| (*it).to_owned()).collect();
    let (output, said) = generate(&document(&schemas));
    assert!(output.is_some(), "{said}");
    let place = |line: &str| {
        Some(line.split_once("#/components/schemas/")?.1.split_once(')')?.0.to_owned())
    };
    let places: Vec<String> = said.lines().filter_map(place).collect();
    assert_eq!(places, expected, "{said}");
}

/// An object that must have properties, each of which is all of another schema.
fn object(name: &str, properties: &[(&str, &str)]) -> String {
    let names: Vec<&str> = properties.iter().map(|(name, _)| *name).collect();
    let names = names.join(", ");
    let of = |(name, schema): &(&str, &str)| {
        format!("{name}: {{$ref: '#/components/schemas/{schema}'}}")
    };
    let properties: Vec<String> = properties.iter().map(of).collect();
    format!(
        "{name}: {{type: object, required: [{names}], properties: {{{}}}}}",
        properties.join(", ")
    )
}

#[test]
fn the_recursion_limit_is_one_whatever_the_order() {
    let mut schemas = Vec::new();
    for index in 0..60 {
        schemas.push(format!(
            "A{index}: {{type: object, properties: {{b: {{$ref: '#/components/schemas/B{index}'}}, \
             next: {{type: array, items: {{$ref: '#/components/schemas/B{}'}}}}}}}}",
            (index + 1).min(59)
        ));
        schemas.push(format!(
            "B{index}: {{type: object, properties: {{a: {{type: array, items: {{$ref: '#/components/schemas/A{index}'}}}}}}}}"
        ));
    }
    for text in both_ways(schemas) {
        let root = generated(&text).remove("src/lib.rs").unwrap_or_default();
        assert!(root.contains("#![recursion_limit = \"2048\"]"), "{root}");
    }
}

#[test]
fn only_what_is_within_a_circle_is_cut() {
    let item = object("Item", &[("parent", "Item")]);
    check_cuts(&[&object("Page", &[("page", "Item")]), &item], &["Item/properties/parent"]);
    check_cuts(&[&object("A", &[("b", "B")]), &object("B", &[("a", "A")])], &["A/properties/b"]);
    // Where the least is cut.
    let two = object("A", &[("b", "B"), ("c", "B")]);
    check_cuts(&[&two, &object("B", &[("a", "A")])], &["B/properties/a"]);
    // The circle that others wait for goes first, and may be all that there is to cut.
    let union =
        "U: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/Item'}]}";
    check_cuts(&[&object("A", &[("u", "U")]), union, &item], &["Item/properties/parent"]);
    let union = "U: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}";
    let (a, b) = (object("A", &[("u", "U")]), object("B", &[("v", "U")]));
    check_cuts(&[union, &a, &b], &["A/properties/u"]);
}

#[test]
fn many_types_do_not_take_long() {
    let step = |index: usize| format!("T{}", index % 1500);
    let circle = |index: usize| object(&step(index), &[("next", &step(index + 1))]);
    let list = |index: usize| {
        let items = format!("{{$ref: '#/components/schemas/{}'}}", step(index + 1));
        format!("{}: {{type: array, minItems: 1, items: {items}}}", step(index))
    };
    let start = Instant::now();
    for text in both_ways((0..1500).map(circle).collect()) {
        let (output, said) = generate(&text);
        assert!(output.is_some() && said.matches("endless-type").count() == 1, "{said}");
    }
    for text in both_ways((0..1500).map(list).collect()) {
        let models = generated(&text).remove("src/models.rs").unwrap_or_default();
        // Their rules are told once, not once for each of those around them.
        assert!(models.len() < 1_000_000, "{}", models.len());
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn aliases_deep_in_each_other_keep_their_rules() {
    let alias = |index: usize| match index {
        60 => "T60: {type: string, minLength: 7}".to_owned(),
        _ => format!("T{index}: {{$ref: '#/components/schemas/T{}'}}", index + 1),
    };
    let mut schemas: Vec<String> = (0..=60).map(alias).collect();
    schemas.push(object("Holder", &[("word", "T0")]));
    for text in both_ways(schemas) {
        let models = generated(&text).remove("src/models.rs").unwrap_or_default();
        assert!(models.contains("rule::MinLength(7)"), "{models}");
    }
}
