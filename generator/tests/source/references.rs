//! Where references lead, and what is said of those that lead nowhere.

use generator::diag::{Format, render};

use crate::{HEAD, desugars, load, operation_reads, says, stands, warns};

#[test]
fn references_keep_their_siblings() {
    desugars(
        "{$ref: '#/components/schemas/R', description: D}",
        "{description: D, allOf: [{$ref: '#/components/schemas/R'}]}",
    );
}

const MOVED: &str = "openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /a:
    get:
      responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: {title: I}}}}}}
  /b: {$ref: '#/paths/~1a'}
components:
  schemas:
    S: {$ref: '#/paths/~1a/get/responses/200/content/application~1json/schema/items'}
    T: {anyOf: [{type: object, properties: {p: {title: P}}}, {type: 'null'}]}
    U: {prefixItems: [{title: Q}]}
";

#[test]
fn moved_values_know_where_they_stood() {
    stands(MOVED, "/components/schemas/a_get_200/title", "I");
    stands(MOVED, "/paths/~1b/get/responses/200/description", "ok");
    stands(MOVED, "/components/schemas/T/properties/p/title", "P");
    stands(MOVED, "/components/schemas/U/x-oas-prefixItems/0/title", "Q");
}

const WRONG: &str = "openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /a:
    post:
      requestBody: {$ref: '#/components/schemas/Pet'}
      responses:
        '200': {$ref: '#/components/schemas/Pet'}
components:
  schemas:
    Pet: {type: object, properties: {p: {title: P}}}
";

#[test]
fn a_reference_of_the_wrong_kind_costs_no_more_than_itself() {
    let (document, ..) = load(WRONG);
    let document = document.and_then(|it| serde_json::to_value(it.openapi).ok());
    let at = |pointer: &str| document.as_ref()?.pointer(pointer)?.as_str();
    for body in ["requestBody", "responses/200"] {
        let schema = format!("/paths/~1a/post/{body}/content/application~1json/schema/$ref");
        assert_eq!(at(&schema), Some("#/components/schemas/Pet"), "{body}");
    }
}

#[test]
fn references_must_lead_somewhere() {
    let text = format!(
        "{HEAD}components:
  schemas:
    Pet: {{type: object}}
    A: {{$ref: '#/components/schemas/pet'}}
    B: {{$ref: '#/components/schemas/B'}}
    C: {{$ref: 'https://example.com/c.yaml'}}
    D: {{$ref: 'd.yaml'}}
    E: {{$ref: '#/components/responses/R'}}
  responses: {{R: {{description: d}}}}
  parameters: {{P: {{$ref: '#/components/schemas/Pet'}}}}
"
    );
    says(
        &text,
        &[
            "api.yaml:6:15: error[dangling-ref]: `#/components/schemas/pet` leads nowhere (at #/components/schemas/A/$ref) — help: there is `#/components/schemas/Pet`",
            "api.yaml:7:15: error[ref-cycle]: these references lead in a circle and never to a value (at #/components/schemas/B/$ref) — help: write out the value in one of the places",
            "api.yaml:8:15: error[remote-ref]: `https://example.com/c.yaml` is a URL (`https:`), which is not followed (at #/components/schemas/C/$ref) — help: download the file, put it beside the document, and refer to it by a relative path",
            "api.yaml:9:15: error[file-ref]: `d.yaml` is another file, but this document was not read from one (at #/components/schemas/D/$ref) — help: read the document from its file, or put everything into one document",
            "api.yaml:10:15: warning[wrong-ref]: the reference leads into `components/responses`, but a Schema Object must stand here; any JSON is taken (at #/components/schemas/E/$ref) — help: refer to something in `components/schemas`",
            "api.yaml:12:26: error[wrong-ref]: the reference leads into `components/schemas`, but a Parameter Object must stand here (at #/components/parameters/P/$ref) — help: refer to something in `components/parameters`",
        ],
    );
}

#[test]
fn what_nobody_misses_is_left_out_where_its_reference_leads_nowhere() {
    let text = format!(
        "{HEAD}paths:
  /a:
    get:
      responses:
        200:
          description: d
          content: {{a/json: {{examples: {{e: {{$ref: '#/components/examples/no'}}, f: {{value: 1}}}}}}}}
          links: {{l: {{$ref: 'no.yaml#/l'}}}}
components: {{examples: {{g: {{$ref: '#/x-no'}}}}}}
"
    );
    says(
        &text,
        &[
            "api.yaml:9:51: warning[dangling-ref]: `#/components/examples/no` leads nowhere; what refers to it is left out (at #/paths/~1a/get/responses/200/content/a~1json/examples/e/$ref) — help: define the target, or correct the reference",
            "api.yaml:10:29: warning[file-ref]: `no.yaml` is another file, but this document was not read from one; what refers to it is left out (at #/paths/~1a/get/responses/200/links/l/$ref) — help: read the document from its file, or put everything into one document",
            "api.yaml:11:35: warning[dangling-ref]: `#/x-no` leads nowhere; what refers to it is left out (at #/components/examples/g/$ref) — help: define the target, or correct the reference",
        ],
    );
    warns(
        &format!(
            "{HEAD}components: {{schemas: {{S: {{}}}}, links: {{l: {{$ref: '#/components/schemas/S'}}}}}}\n"
        ),
        "warning[wrong-ref]: the reference leads into `components/schemas`, but a Link Object must stand here; it is left out (at #/components/links/l/$ref) — help: refer to something in `components/links`",
    );
    let document = load(&text).0.and_then(|it| serde_json::to_value(it.openapi).ok());
    let at = |pointer: &str| document.as_ref().and_then(|it| it.pointer(pointer)).is_some();
    assert!(at("/paths/~1a/get/responses/200/content/a~1json/examples/f"));
    assert!(!at("/paths/~1a/get/responses/200/content/a~1json/examples/e"));
    assert!(!at("/paths/~1a/get/responses/200/links/l"));
}

#[test]
fn a_reference_in_data_is_data() {
    desugars(
        "{type: object, enum: [{$ref: 'no.yaml'}], default: {$ref: 'no.yaml'}, example: {$ref: '#/no'}}",
        "{type: object, enum: [{$ref: 'no.yaml'}], default: {$ref: 'no.yaml'}, example: {$ref: '#/no'}}",
    );
    desugars(
        "{const: {$ref: 'no.yaml'}}",
        "{enum: [{$ref: 'no.yaml'}], x-const: {$ref: 'no.yaml'}}",
    );
}

#[test]
fn a_reference_to_no_object_is_told_where_it_stands() {
    says(
        &format!(
            "{HEAD}components: {{schemas: {{A: {{$ref: '#/info/title'}}}}}}\npaths: {{/a: {{$ref: '#/info/title'}}}}\n"
        ),
        &[
            "api.yaml:3:34: error[wrong-ref]: the reference leads to a string, but a Schema Object must stand here (at #/components/schemas/A/$ref) — what it leads to at api.yaml:2:8 — help: refer to a Schema Object, or write one here",
            "api.yaml:4:20: error[wrong-ref]: the reference leads to a string, but a Path Item Object must stand here (at #/paths/~1a/$ref) — what it leads to at api.yaml:2:8 — help: refer to a Path Item Object, or write one here",
        ],
    );
}

#[test]
fn an_alias_to_itself_is_told_as_such() {
    says(
        &format!("{HEAD}components:\n  schemas:\n    A: &a\n      properties: {{a: *a}}\n"),
        &[
            "api.yaml:6:23: error[endless-alias]: this alias stands within the value that it stands for, which never ends — help: refer to the schema instead: `$ref: '#/components/schemas/Name'`",
        ],
    );
}

#[test]
fn a_reference_to_nowhere_is_told_as_it_is_written() {
    let schema = "{$ref: '#/components/schemas/S~2'}";
    warns(
        &format!("{HEAD}components: {{schemas: {{A: {schema}, B: {{items: {schema}}}}}}}\n"),
        "error[dangling-ref]: `#/components/schemas/S~2` leads nowhere (at #/components/schemas/A/$ref) — help: define the target, or correct the reference",
    );
}

#[test]
fn components_are_made_where_there_is_nothing() {
    for components in ["[]", "", "{schemas: []}", "{schemas: }"] {
        let text = format!(
            "{HEAD}components: {components}\npaths:
  /a: {{get: {{responses: {{200: {{description: d, headers: {{X: {{schema: {{title: T}}}}}}}}}}}}}}
  /b: {{get: {{responses: {{200: {{description: d, headers: {{X: {{schema: {{$ref: '#/paths/~1a/get/responses/200/headers/X/schema'}}}}}}}}}}}}}}
"
        );
        let document = load(&text).0;
        let schemas = document.and_then(|it| it.openapi.components).map(|it| it.schemas.len());
        assert_eq!(schemas, Some(1), "{components}");
    }
}

#[test]
fn a_schema_in_place_of_what_has_one_is_told_where_it_is_referred_to() {
    let check = |content: &str, said: &str, expected: &str| {
        let operation = format!("{{requestBody: {{content: {content}}}, responses: {{}}}}");
        operation_reads(&operation, &[said], "/requestBody/content", expected);
    };
    let reference = "{$ref: '#/components/schemas/Pet'}";
    let json = format!("{{application/json: {{schema: {reference}}}}}");
    check(
        &format!("{{application/json: {reference}}}"),
        "but a Media Type Object must stand here; the schema is taken as that of the media type (at #/paths/~1a/post/requestBody/content/application~1json/$ref) — help: write `schema:` with the reference below it",
        &json,
    );
    check(
        reference,
        "but an object of media types must stand here; the schema is taken as that of JSON (at #/paths/~1a/post/requestBody/content/$ref)",
        &json,
    );
    check(
        "{application/json: {$ref: '#/components/responses/R'}}",
        "but a Media Type Object must stand here; nothing is known of the content",
        "{application/json: {}}",
    );
}

#[test]
fn a_reference_to_a_whole_document_leads_to_no_schema() {
    let text = format!(
        "{HEAD}components:
  schemas:
    A: {{properties: {{a: {{allOf: [{{$ref: ''}}]}}, b: {{$ref: '#'}}, c: {{$ref: '#'}}}}}}
    B: {{$ref: '#'}}
"
    );
    let help = "help: name a schema of it, as in `#/components/schemas/Name`";
    let at = "(at #/components/schemas/A/properties";
    says(
        &text,
        &[
            &format!(
                "api.yaml:5:41: warning[wrong-ref]: the reference is empty, and so leads to the whole document, but a Schema Object must stand here; any JSON is taken {at}/a/allOf/0/$ref) — {help}"
            ),
            &format!(
                "api.yaml:5:58: warning[wrong-ref]: the reference leads to a whole OpenAPI document, but a Schema Object must stand here; any JSON is taken {at}/b/$ref) — {help}"
            ),
        ],
    );
    let document = load(&text).0.and_then(|it| serde_json::to_value(it.openapi).ok());
    let schema = |it: &str| document.as_ref()?.pointer("/components/schemas")?.pointer(it).cloned();
    assert_eq!(schema("/A/properties/b"), Some(serde_json::json!({})));
    assert_eq!(schema("/B"), Some(serde_json::json!({})));
    let to_all = "{oneOf: [{$ref: '#/components/schemas/A'}], discriminator: {propertyName: k, mapping: {k: '#'}}}";
    warns(
        &format!("{HEAD}components: {{schemas: {{A: {{type: object}}, U: {to_all}}}}}\n"),
        "warning[unknown-mapping]: the mapping names no schema: `#` (at #/components/schemas/U/discriminator/mapping/k) — help: name a schema of `components/schemas`, or write a reference to one",
    );
}

#[test]
fn a_document_may_be_referred_to_by_what_it_calls_itself() {
    let text = "openapi: 3.2.0
$self: https://example.com/v2/library.yaml
info: {title: t, version: '1'}
components:
  schemas:
    Page: {type: integer}
    A:
      properties:
        a: {$ref: 'https://example.com/v2/library.yaml#/components/schemas/Page'}
        b: {$ref: 'library.yaml#/components/schemas/Page'}
        c: {$ref: '/v2/library.yaml#/components/schemas/Page'}
";
    says(text, &[]);
    let document = load(text).0.and_then(|it| serde_json::to_value(it.openapi).ok());
    for property in ["a", "b", "c"] {
        let at = format!("/components/schemas/A/properties/{property}/$ref");
        let found = document.as_ref().and_then(|it| it.pointer(&at)?.as_str());
        assert_eq!(found, Some("#/components/schemas/Page"), "{property}");
    }
    let (_, files, sink) = load(&text.replace("{$ref: 'library.yaml", "{$ref: 'v1/library.yaml"));
    let said = render(sink.as_slice(), &files, Format::Short);
    assert!(said.starts_with("api.yaml:10:19: error[file-ref]"), "{said}");
}

#[test]
fn anchors_are_found_by_the_id_around_them() {
    let text = format!(
        "{HEAD}components:
  schemas:
    Base:
      $id: https://example.com/base.json
      $defs: {{X: {{$anchor: x, type: integer}}}}
      properties: {{own: {{$ref: '#x'}}}}
    Other: {{$id: 'urn:other', $defs: {{X: {{$anchor: x, type: boolean}}}}}}
    A: {{properties: {{a: {{$ref: 'https://example.com/base.json#x'}}, b: {{$ref: 'urn:other#x'}}}}}}
"
    );
    says(&text, &[]);
    let document = load(&text).0.and_then(|it| serde_json::to_value(it.openapi).ok());
    let word = |pointer: &str| {
        let schemas = document.as_ref()?.pointer("/components/schemas")?;
        let reference = schemas.pointer(pointer)?.get("$ref")?.as_str()?;
        schemas.get(reference.rsplit('/').next()?)?.get("type").cloned()
    };
    for (pointer, expected) in [
        ("/A/properties/a", "integer"),
        ("/A/properties/b", "boolean"),
        ("/Base/properties/own", "integer"),
    ] {
        assert_eq!(word(pointer), Some(expected.into()), "{pointer}: {document:?}");
    }
}

#[test]
fn a_type_that_is_the_name_of_a_schema_is_told_how_to_refer() {
    says(
        &format!("{HEAD}components: {{schemas: {{Person: {{}}, S: {{type: Person}}}}}}\n"),
        &[
            "api.yaml:3:46: error[wrong-type]: `type` of a Schema Object must be one of `string`, `number`, `integer`, `boolean`, `object`, `array`, found `Person` (at #/components/schemas/S/type) — help: to name a schema, write `$ref: '#/components/schemas/Person'`",
        ],
    );
}
