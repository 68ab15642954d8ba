//! A document of many schemas, to measure compilers with.

use std::fmt::Write as _;

/// How many schemas there are.
pub(crate) const STRUCTS: usize = 1_000;

/// The fields of one schema beside its two children: nine in all, what GitHub's have on average.
const FIELDS: [(&str, &str); 7] = [
    ("id", "{ type: integer, format: int64 }"),
    ("name", "{ type: string, minLength: 1 }"),
    ("html_url", "{ type: string }"),
    ("description", "{ type: string, nullable: true }"),
    ("private", "{ type: boolean }"),
    ("score", "{ type: number }"),
    ("created_at", "{ type: string }"),
];

const HEAD: &str = "openapi: 3.0.3
info: { title: Wide, version: '1' }
paths:
  /all:
    get:
      operationId: get_all
      responses:
        '200':
          description: All of it.
          content: { application/json: { schema: { $ref: '#/components/schemas/Thing0' } } }
components:
  schemas:
";

/// The document. Its schemas are a tree of which one operation returns the root: all are in use.
pub(crate) fn document() -> String {
    let mut text = HEAD.to_owned();
    for number in 0..STRUCTS {
        write_schema(&mut text, number);
    }
    text
}

fn write_schema(text: &mut String, number: usize) {
    let _ = writeln!(text, "    Thing{number}:\n      type: object");
    // The name of a field differs, lest equal schemas become one type.
    let _ = writeln!(text, "      required: [id, name_{number}, created_at]\n      properties:");
    for (name, schema) in FIELDS {
        let _ = match name {
            "name" => writeln!(text, "        name_{number}: {schema}"),
            name => writeln!(text, "        {name}: {schema}"),
        };
    }
    let _ = writeln!(text, "        owner: {}", child(2 * number + 1));
    let _ = writeln!(text, "        parts: {{ type: array, items: {} }}", child(2 * number + 2));
}

fn child(number: usize) -> String {
    if number < STRUCTS {
        format!("{{ $ref: '#/components/schemas/Thing{number}' }}")
    } else {
        "{ type: string }".to_owned()
    }
}
