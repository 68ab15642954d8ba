//! A document of many operations: what a tag needs is compiled with its feature, and nothing else.

mod support;

use support::{generated, holds};

/// 120 operations, the last of which has the tag `second` and answers with a union whose variants
/// are told apart by rules alone.
fn document() -> String {
    let first = (1..120).map(|index| {
        format!(
            "  /a{index}: {{get: {{tags: [first], responses: {{'204': {{description: ok}}}}}}}}\n"
        )
    });
    format!(
        "openapi: 3.0.3
info: {{title: tags, version: '1'}}
paths:
{}  /b:
    get:
      tags: [second]
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: {{anyOf: [{{$ref: '#/components/schemas/Short'}}, {{$ref: '#/components/schemas/Long'}}]}}
components:
  schemas:
    Short: {{type: object, properties: {{name: {{type: string, maxLength: 5}}, note: {{type: string, nullable: true}}}}}}
    Long: {{type: object, properties: {{name: {{type: string, minLength: 5}}}}}}
    Left: {{type: object, properties: {{short: {{$ref: '#/components/schemas/Short'}}}}}}
",
        first.collect::<String>()
    )
}

#[test]
fn schemas_of_rules_stand_with_their_tag() {
    let files = generated(&document());
    holds(
        &files,
        "src/models/schemas/mod.rs",
        &["#[cfg(feature = \"second\")]\nmod second;", "pub(crate) use second::*;"],
    );
    holds(
        &files,
        "src/models/schemas/second.rs",
        &["static SHORT: rules::Schema", "(\"note\", rule::STRING_OR_NULL)"],
    );
}

/// What no operation reaches may be made of what one does.
#[test]
fn what_nothing_reaches_brings_the_tags_it_needs() {
    let files = generated(&document());
    holds(&files, "Cargo.toml", &["\nfirst = []", "\nunreached-models = [\"second\"]"]);
    holds(
        &files,
        "Cargo.toml",
        &[
            "\ndefault = [\"reqwest\", \"all-operations\"]",
            "\nall-operations = [\"first\", \"second\"]",
            "\nfull = [\"all-operations\", \"unreached-models\"]",
        ],
    );
    holds(&files, "src/models/unreached.rs", &["use super::Short;", "pub struct Left"]);
}

/// As many operations without tags, or all with one; two in three of them stand below `/api/v1/a`.
fn untagged(tags: &str, others: &str) -> String {
    let paths = (0..120).map(|index| {
        let step = match index % 6 {
            0 => others.to_owned(),
            3 => format!("{others}:find"),
            _ => "a".to_owned(),
        };
        format!(
            "  /api/v1/{{tenant}}/{step}/{{id}}/x{index}?y=1: {{get: {{{tags}responses: {{'204': {{description: ok}}}}}}}}\n"
        )
    });
    let parameters = "{name: tenant, in: path, required: true, schema: {type: string}}";
    format!(
        "openapi: 3.0.3\ninfo: {{title: steps, version: '1'}}\npaths:\n{}",
        paths.collect::<String>().replace(
            ": {get: {",
            &format!(
                ": {{parameters: [{parameters}, {}], get: {{",
                parameters.replace("tenant", "id")
            )
        )
    )
}

#[test]
fn where_tags_tell_nothing_apart_a_step_of_the_paths_does() {
    for tags in ["", "tags: [all], "] {
        let files = generated(&untagged(tags, "b-c"));
        holds(
            &files,
            "Cargo.toml",
            &["\nall-operations = [\"b-c\", \"a\"]\n", "\nb-c = []\n", "\na = []\n"],
        );
        holds(
            &files,
            "src/client/b_c.rs",
            &[
                "//! Operations whose paths lead by `b-c`.",
                "pub fn get_api_v1_tenant_b_c_id_x0_y_1(",
            ],
        );
    }
    // All are the same, but for what tells each from all others.
    let files = generated(&untagged("", "a"));
    assert!(files.contains_key("src/client.rs"), "{:?}", files.keys());
}
