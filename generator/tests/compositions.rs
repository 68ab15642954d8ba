//! What is said of an `allOf` whose parts contradict each other.

mod support;

use support::generate;

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n";

/// What is said of the components, without places in the text and without help: the pointers of the
/// lists, and of what composes them.
#[track_caller]
fn check(schemas: &str, expected: &[&str]) {
    let (output, said) = generate(&format!("{HEAD}components:\n  schemas:\n{schemas}"));
    assert!(output.is_some(), "{said}");
    let start = "warning[disjoint-values]: the parts contradict each other: no value is in ";
    let said: Vec<&str> = said
        .lines()
        .map(|line| {
            let said = line.split_once(start).map_or(line, |(_, said)| said);
            said.split_once(" — ").map_or(said, |(said, _)| said)
        })
        .collect();
    assert_eq!(said, expected, "{schemas}");
}

/// The variant with the first list is innocent: others compose it with the second.
#[test]
fn lists_that_contradict_each_other_are_told_where_they_are_composed() {
    check(
        "    Message: {oneOf: [{$ref: '#/components/schemas/System'}, {$ref: '#/components/schemas/Tool'}]}
    System: {type: object, required: [role], properties: {role: {type: string, enum: [system]}}}
    Tool: {type: object, required: [role], properties: {role: {type: string, enum: [tool]}}}
    Called: {allOf: [{$ref: '#/components/schemas/Message'}, {type: object, required: [id], properties: {role: {const: tool}, id: {type: string}}}]}
",
        &[
            "both `#/components/schemas/Called/allOf/1/properties/role/const` and `#/components/schemas/System/properties/role/enum` (at #/components/schemas/Called/allOf)",
        ],
    );
    check(
        "    Own: {allOf: [{$ref: '#/components/schemas/A'}], properties: {x: {enum: [b]}}}
    A: {type: object, properties: {x: {enum: [a]}}}
",
        &[
            "both `#/components/schemas/A/properties/x/enum` and `#/components/schemas/Own/properties/x/enum` (at #/components/schemas/Own/allOf)",
        ],
    );
}

#[test]
fn so_are_lists_of_strings_and_what_builds_on_them_is_counted() {
    check(
        "    Three: {allOf: [{enum: [a, b]}, {enum: [b, c]}, {enum: [c, a]}]}
    Used: {type: object, properties: {p: {allOf: [{$ref: '#/components/schemas/One'}, {enum: [b]}]}}}
    One: {enum: [a]}
",
        &[
            "all of `#/components/schemas/Three/allOf/0/enum` and `#/components/schemas/Three/allOf/1/enum` and `#/components/schemas/Three/allOf/2/enum` (at #/components/schemas/Three/allOf)",
            "both `#/components/schemas/One/enum` and `#/components/schemas/Used/properties/p/allOf/1/enum` (at #/components/schemas/Used/properties/p/allOf)",
        ],
    );
    check(
        "    B: {allOf: [{$ref: '#/components/schemas/C'}, {$ref: '#/components/schemas/D'}]}
    A: {allOf: [{$ref: '#/components/schemas/B'}, {properties: {y: {type: string}}}]}
    C: {type: object, properties: {x: {enum: [c]}}}
    D: {type: object, properties: {x: {enum: [d]}}}
",
        &[
            "both `#/components/schemas/C/properties/x/enum` and `#/components/schemas/D/properties/x/enum` (and at 1 other place) (at #/components/schemas/B/allOf)",
        ],
    );
}

/// Of parts that nobody can tell apart, a value that is of one is of all; what holds such a choice
/// beside others is no better off.
#[test]
fn a_choice_with_a_vague_part_is_vague() {
    let output = support::generated(
        "openapi: 3.0.3
info: {title: t, version: '1'}
paths: {}
components:
  schemas:
    A: {type: object, properties: {kind: {type: string}, a: {type: string}}}
    B: {type: object, properties: {kind: {type: string}, a: {type: string}}}
    Inner: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
    Block: {type: object, properties: {kind: {type: string}, body: {type: integer}}}
    Outer: {oneOf: [{$ref: '#/components/schemas/Inner'}, {$ref: '#/components/schemas/Block'}]}
    Clear: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/Block'}]}
",
    );
    let models = output.get("src/models.rs").map(String::as_str).unwrap_or_default();
    let choice = |name: &str| {
        let (_, behind) =
            models.split_once(&format!("impl unions::Untagged for {name} ")).unwrap_or_default();
        let (_, choice) = behind.split_once("unions::Choice::").unwrap_or_default();
        choice.get(..3).unwrap_or_default().to_owned()
    };
    assert_eq!(["Inner", "Outer", "Clear"].map(choice), ["Any", "Any", "One"]);
}
