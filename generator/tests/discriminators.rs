//! The tag of a union's variant is a rule of its type where nothing but the union may hold it.

mod support;

use support::{generated, holds};

/// `Pet` is a `Cat` or a `Dog` by `t`; other paths and webhooks may use either.
fn document(others: &str) -> String {
    format!(
        "openapi: 3.1.0
info: {{title: t, version: '1'}}
servers: [{{url: 'https://x.y'}}]
paths:
  /pet: {{get: {{responses: {{'200': {{description: d, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}}}}}}}}}
{others}
components:
  schemas:
    Pet: {{oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}], discriminator: {{propertyName: t, mapping: {{cat: Cat, dog: Dog}}}}}}
    Cat: {{type: object, required: [t], properties: {{t: {{type: string}}, a: {{type: string}}}}}}
    Dog: {{type: object, required: [t], properties: {{t: {{type: string}}, b: {{type: string}}}}}}
"
    )
}

const CAT: &str = "content: {application/json: {schema: {$ref: '#/components/schemas/Cat'}}}";

/// Whether the tag of `Cat` is a rule where others stand beside the union.
#[track_caller]
fn check(others: &str, is_rule: bool) {
    let files = generated(&document(others));
    let cat = match is_rule {
        true => r#"field::RequiredWith("t", &[rule::Const("\"cat\"")])"#,
        false => r#"field::Required("t")"#,
    };
    let dog = r#"field::RequiredWith("t", &[rule::Const("\"dog\"")])"#;
    holds(&files, "src/models.rs", &[cat, dog, r#"t: "cat".to_owned()"#]);
}

#[test]
fn a_variant_that_only_its_union_holds_has_its_tag() {
    check("", true);
    check("  /a: {get: {responses: {'204': {description: d}}}}", true);
}

#[test]
fn a_variant_that_an_operation_carries_may_have_any_tag() {
    let ok = "responses: {'204': {description: d}}";
    check(&format!("  /a: {{post: {{requestBody: {{{CAT}}}, {ok}}}}}"), false);
    check(&format!("  /a: {{get: {{responses: {{'200': {{description: d, {CAT}}}}}}}}}"), false);
    let parameter = format!("parameters: [{{name: q, in: query, {CAT}}}]");
    check(&format!("  /a: {{get: {{{parameter}, {ok}}}}}"), false);
    let callback = format!(
        "callbacks: {{c: {{'{{$request.body#/u}}': {{post: {{requestBody: {{{CAT}}}, {ok}}}}}}}}}"
    );
    check(&format!("  /a: {{post: {{{callback}, {ok}}}}}"), false);
}

#[test]
fn a_variant_that_a_webhook_carries_may_have_any_tag() {
    let ok = "responses: {'204': {description: d}}";
    check(&format!("webhooks:\n  w: {{post: {{requestBody: {{{CAT}}}, {ok}}}}}"), false);
}
