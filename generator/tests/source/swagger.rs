//! What documents have kept from Swagger 2.

use crate::{HEAD, load, operation_reads, says, stands, warns};

#[test]
fn a_parameter_in_the_body_is_the_body() {
    let text = format!(
        "{HEAD}paths:
  /a:
    post:
      parameters:
      - {{name: q, in: query, schema: {{}}}}
      - {{name: b, in: body, required: true, schema: {{$ref: '#/components/schemas/S'}}}}
      responses: {{200: {{description: d}}}}
components: {{schemas: {{S: {{type: object}}}}}}
"
    );
    warns(
        &text,
        "warning[swagger-body]: a parameter in the body is Swagger 2; it is read as the `requestBody` (at #/paths/~1a/post/parameters/1) — help: write a `requestBody`",
    );
    let document = load(&text).0.and_then(|it| serde_json::to_value(it.openapi).ok());
    let at = |pointer: &str| document.as_ref()?.pointer(pointer).cloned();
    assert_eq!(
        at("/paths/~1a/post/requestBody"),
        Some(serde_json::json!({
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}},
            "required": true,
        }))
    );
    assert_eq!(at("/paths/~1a/post/parameters/1"), None);
    stands(&text, "/paths/~1a/post/requestBody/required", "true");
}

#[test]
fn lists_of_swagger_are_written_as_swagger_wrote_them() {
    let check = |fields: &str, said: &[&str], expected: &str| {
        let operation =
            format!("{{parameters: [{{name: a, in: query, {fields}}}], responses: {{}}}}");
        operation_reads(&operation, said, "/parameters/0", expected);
    };
    let outside = "warning[swagger-parameter]";
    let list = "type: array, items: {type: string}";
    let schema = "schema: {type: array, items: {type: string}}";
    let written = |style: &str, explode: bool| {
        format!("{{name: a, in: query, style: {style}, explode: {explode}, {schema}}}")
    };
    for (format, style, explode) in [
        ("csv", "form", false),
        ("ssv", "spaceDelimited", false),
        ("pipes", "pipeDelimited", false),
        ("multi", "form", true),
    ] {
        let said = format!(
            "warning[collection-format]: `collectionFormat: {format}` is Swagger 2; it is read as `style: {style}, explode: {explode}`"
        );
        let fields = format!("{list}, collectionFormat: {format}");
        check(&fields, &[&said, outside], &written(style, explode));
        check(&format!("{schema}, collectionFormat: {format}"), &[&said], &written(style, explode));
    }
    check(
        list,
        &["warning[collection-format]: in Swagger 2 a list is written `a,b`", outside],
        &written("form", false),
    );
    check(
        &format!("{schema}, collectionFormat: tsv"),
        &["there is no `collectionFormat: tsv` here; it is ignored"],
        &format!("{{name: a, in: query, style: form, {schema}}}"),
    );
    check(schema, &[], &format!("{{name: a, in: query, style: form, {schema}}}"));
}

#[test]
fn fields_of_a_form_of_swagger_are_the_body() {
    let said = "warning[swagger-body]: parameters in `formData` are Swagger 2; they are read as the `requestBody`";
    operation_reads(
        "{parameters: [
            {name: id, in: formData, required: true, type: integer, minimum: 1, description: D},
            {name: tags, in: formData, type: array, items: {type: string}}], responses: {}}",
        &[said],
        "/requestBody",
        "{required: true, content: {application/x-www-form-urlencoded: {
            schema: {type: object, required: [id], properties: {
                id: {type: integer, minimum: 1, description: D}, tags: {type: array, items: {type: string}}}},
            encoding: {tags: {contentType: null, style: form}}}}}",
    );
    operation_reads(
        "{consumes: [multipart/form-data], parameters: [{name: id, in: formData, type: string}], responses: {}}",
        &[said],
        "/requestBody",
        "{content: {multipart/form-data: {schema: {type: object, properties: {id: {type: string}}}}}}",
    );
    says(
        &format!(
            "{HEAD}components: {{parameters: {{P: {{name: a, in: formData, schema: {{}}}}}}}}\n"
        ),
        &[
            "api.yaml:3:44: error[wrong-type]: `in` of a Parameter Object must be one of `query`, `header`, `path`, `cookie`, found `formData` (at #/components/parameters/P/in) — help: what is sent as a body is the `requestBody` of an operation",
        ],
    );
}
