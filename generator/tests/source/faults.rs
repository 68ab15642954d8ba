//! Faults that are told, and those that are repaired.

use generator::diag::{Diagnostic, Sink};

use crate::{HEAD, says, warns};

#[test]
fn wrong_types_are_named_in_the_documents_terms() {
    let text = format!(
        "{HEAD}paths:
  /a:
    get:
      parameters: limit
      responses: {{200: [ok]}}
components:
  schemas:
    A: {{type: strng, minLength: -x, requird: [a]}}
"
    );
    says(
        &text,
        &[
            "api.yaml:6:19: error[wrong-type]: `parameters` of an Operation Object must be an array, found a string (at #/paths/~1a/get/parameters) — help: write a list: `[...]`, or lines that start with `- `",
            "api.yaml:7:24: error[wrong-type]: `200` of a Responses Object must be an object, found an array (at #/paths/~1a/get/responses/200) — help: correct the value, or remove the field",
            "api.yaml:10:15: error[wrong-type]: `type` of a Schema Object must be one of `string`, `number`, `integer`, `boolean`, `object`, `array`, found `strng` (at #/components/schemas/A/type) — help: did you mean `string`?",
            "api.yaml:10:33: error[wrong-type]: `minLength` of a Schema Object must be a whole number that is not negative, found a string (at #/components/schemas/A/minLength) — help: correct the value, or remove the field",
            "api.yaml:10:37: warning[unknown-field]: `requird` is no field of a Schema Object, and ignored (at #/components/schemas/A/requird) — help: did you mean `required`?",
        ],
    );
}

#[test]
fn sloppiness_is_repaired_and_said() {
    says(
        "openapi: 3.0.3\ninfo: {title: t}\npaths:\n  a: {GET: {responses: {20: {description: d}}}}\n",
        &[
            "api.yaml:2:1: warning[missing-field]: `info` has no `version`; \"0.0.0\" is taken (at #/info) — help: add the field",
            "api.yaml:4:3: warning[path-slash]: a path must start with a slash (at #/paths/a) — help: it is read as if it did",
            "api.yaml:4:7: warning[method-case]: methods are written in lower case (at #/paths/a/GET) — help: it is read as if it were",
            "api.yaml:4:25: warning[response-code]: `20` is no status code; the response is left out (at #/paths/a/GET/responses/20) — help: use a code such as `404`, a range such as `4XX`, or `default`",
        ],
    );
}

#[test]
fn faults_in_what_changes_nothing_are_left_out() {
    says(
        "openapi: 3.1.0\ninfo: {title: t, version: '1', contact: me}\ntags: [a, {name: b}]\nservers: [/v1]\nexternalDocs: {}\npaths: {}\n",
        &[
            "api.yaml:2:41: warning[faulty-decoration]: this is not a Contact Object as the specification has it, and left out (at #/info/contact) — help: correct it, or remove it",
            "api.yaml:3:8: warning[wrong-scalar]: this should be a Tag Object, not a string (at #/tags/0) — help: it is read as its `name`",
            "api.yaml:4:11: warning[wrong-scalar]: this should be a Server Object, not a string (at #/servers/0) — help: it is read as its `url`",
            "api.yaml:5:15: warning[faulty-decoration]: this is not an External Documentation Object as the specification has it, and left out (at #/externalDocs) — help: correct it, or remove it",
        ],
    );
    says(
        "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents: {securitySchemes: {a: {type: oauth2}}, examples: {e: 1}}\n",
        &[
            "api.yaml:4:32: warning[missing-field]: the security scheme of type `oauth2` has no `flows` (at #/components/securitySchemes/a) — help: add `flows`; until then calls need an `Authenticate` of yours",
            "api.yaml:4:66: warning[wrong-scalar]: this should be an Example Object, not a number (at #/components/examples/e) — help: it is read as its `value`",
        ],
    );
}

#[test]
fn what_cannot_be_meant_is_said() {
    let schema = |schema: &str| format!("{HEAD}components: {{schemas: {{S: {schema}}}}}\n");
    for (text, expected) in [
        (
            "{type: string, minLength: 5, maxLength: 3}",
            "warning[empty-range]: no string keeps to `minLength: 5` and `maxLength: 3` (at #/components/schemas/S/minLength) — help: exchange the two, or correct one",
        ),
        (
            "{type: number, minimum: 1.5, maximum: 1}",
            "warning[empty-range]: no number keeps to `minimum: 1.5` and `maximum: 1` (at #/components/schemas/S/minimum) — help: exchange the two, or correct one",
        ),
        (
            "{type: array, minContains: 2, maxContains: 1}",
            "warning[empty-range]: no array keeps to `minContains: 2` and `maxContains: 1` (at #/components/schemas/S/minContains) — help: exchange the two, or correct one",
        ),
        (
            "{type: integer, default: x}",
            "warning[wrong-default]: the default of an `integer` is a string (at #/components/schemas/S/default) — help: correct the default or the type; callers see it in the docs",
        ),
        (
            "{type: string, enum: [a, b], default: c}",
            "warning[wrong-default]: the default is none of the values of `enum` (at #/components/schemas/S/default) — help: list it, or make one of the values the default",
        ),
        (
            "{type: string, enum: [a, 1.0]}",
            "warning[wrong-scalar]: a value of a schema of type `string` is not in quotes (at #/components/schemas/S/enum/1) — help: it is read as the text \"1.0\"; write it in quotes",
        ),
        (
            "{type: integer, enum: [2, '1']}",
            "warning[wrong-scalar]: a value of a schema of type `integer` is in quotes (at #/components/schemas/S/enum/1) — help: it is read as if it were not; remove the quotes",
        ),
        (
            "{type: integer, enum: [2, a]}",
            "warning[wrong-enum]: a value of the `enum` of an `integer` is a string (at #/components/schemas/S/enum/1) — help: no value is of this type and in the list, so it is left out; correct one of the two",
        ),
        (
            "{type: array, enum: [a]}",
            "warning[wrong-enum]: a value of the `enum` of an `array` is a string (at #/components/schemas/S/enum/0) — help: no value is of this type and in the list; correct one of the two",
        ),
    ] {
        warns(&schema(text), expected);
    }
    for text in [
        "{type: string, minLength: 3, maxLength: 3, default: a}",
        "{type: integer, default: 5.0, enum: [5, 6]}",
        "{type: [string, 'null'], default: null, enum: [a, null]}",
        "{type: object, required: [a, b], properties: {a: {}}}",
    ] {
        says(&schema(text), &[]);
    }
}

#[test]
fn what_goes_nowhere_is_said() {
    let operation = |fields: &str| {
        let schemes = "{key: {type: apiKey, in: header, name: X-Key}}";
        let parameters = "{P: {in: query, name: p, schema: {}}}";
        let components = format!("{{securitySchemes: {schemes}, parameters: {parameters}}}");
        format!("{HEAD}components: {components}\npaths: {{/a: {{get: {{{fields}}}}}}}\n")
    };
    says(&operation("security: [{key: []}, {}]"), &[]);
    warns(
        &operation("security: [{kee: []}]"),
        "warning[undefined-security-scheme]: there is no security scheme `kee` (at #/paths/~1a/get/security/0/kee) — help: did you mean `key`?",
    );
    warns(
        &operation(
            "parameters: [{$ref: '#/components/parameters/P'}, {in: header, name: p, schema: {}}, {in: query, name: p, schema: {}}]",
        ),
        "warning[duplicate-parameter]: the query parameter `p` stands twice (at #/paths/~1a/get/parameters/2) — help: remove one of the two; the first is taken",
    );
    warns(
        &operation("parameters: [{in: header, name: 'a b', schema: {}}]"),
        "warning[unsendable-name]: no header can be called `a b` (at #/paths/~1a/get/parameters/0/name) — help: such names are of letters, digits and signs like `-`; calls that set it fail",
    );
    warns(
        &format!(
            "{HEAD}servers: [{{url: '{{r}}', variables: {{r: {{default: a, enum: [b]}}}}}}]\n"
        ),
        "warning[wrong-default]: the default of the server variable is none of the values of `enum` (at #/servers/0/variables/r/default) — help: list it, or make one of the values the default",
    );
}

#[test]
fn what_is_said_twice_of_one_place_is_said_once() {
    let mut sink = Sink::new();
    for message in ["a", "b", "a"] {
        sink.report(Diagnostic::warning("code", message));
    }
    assert_eq!(sink.iter().map(|it| it.message.as_str()).collect::<Vec<_>>(), ["a", "b"]);
}
