//! Documents that mean harm: whatever stands in them, the generator ends soon, with files or with
//! errors that say where.
//!
//! Each is of a size at which work that grows with the square of it, or worse, would be noticed; the
//! bound is generous, since the machine may have other things to do.

use std::time::{Duration, Instant};

use generator::diag::{Format, Sink, render};
use generator::source::{Files, load_text};
use generator::{Input, Request, generate_loaded};

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n";
const LONGEST: Duration = Duration::from_secs(60);

/// What is to come of a document.
enum End {
    Files,
    /// The first error, by its code.
    Refused(&'static str),
}
use End::{Files as Generates, Refused};

/// Generates a crate of a text, with time taken.
#[track_caller]
fn check(what: &str, text: &str, expected: End) {
    let (mut files, mut sink) = (Files::new(), Sink::new());
    let started = Instant::now();
    let document = load_text("api.yaml", text, &Default::default(), &mut files, &mut sink);
    let output = document.and_then(|document| {
        let request = Request::single("api", Input::of("api.yaml".as_ref()));
        generate_loaded(&request, &[document], &Default::default(), &files, &mut sink)
    });
    let said = render(sink.as_slice(), &files, Format::Short);
    let taken = started.elapsed();
    let error = said.lines().find_map(|line| line.split_once("error[")?.1.split(']').next());
    match expected {
        Generates => assert!(output.is_ok() && error.is_none(), "{what}: {error:?}"),
        Refused(code) => assert_eq!(error, Some(code), "{what}"),
    }
    assert!(taken < LONGEST, "{what}: {taken:?}");
}

/// A document of schemas, a line each.
fn schemas(entries: impl IntoIterator<Item = String>) -> String {
    let lines = entries.into_iter().map(|entry| format!("    {entry}\n"));
    format!("{HEAD}components:\n  schemas:\n{}", lines.collect::<String>())
}

/// A document of one operation.
fn operation(fields: &str) -> String {
    format!("{HEAD}paths:\n  /a:\n    get:\n{fields}")
}

/// A reference to the schema number `index`.
fn link(index: usize) -> String {
    format!("{{$ref: '#/components/schemas/A{index}'}}")
}

/// `count` schemas, each of which says something of the next, and a last one.
fn chain(count: usize, each: impl Fn(usize, &str) -> String, last: &str) -> String {
    let links = (0..count).map(|index| format!("A{index}: {}", each(index, &link(index + 1))));
    schemas(links.chain([format!("A{count}: {last}")]))
}

/// A text in YAML's double quotes, nothing of which YAML could take for its own.
fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|char| match char {
        'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' => char.to_string(),
        other => format!("\\U{:08x}", u32::from(other)),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

fn many(count: usize, each: impl Fn(usize) -> String) -> String {
    (0..count).map(each).collect()
}

#[test]
fn nesting() {
    let deep = |count: usize, open: &str, close: &str| {
        format!("{}1{}", open.repeat(count), close.repeat(count))
    };
    let yaml = |what: &str, value: &str| {
        check(what, &format!("{HEAD}x-a: {value}\n"), Refused("too-deep"));
        let example = format!("{HEAD}components: {{examples: {{A: {{value: {value}}}}}}}\n");
        check(what, &example, Refused("too-deep"));
    };
    yaml("lists in flow style", &deep(10_000, "[", "]"));
    yaml("objects in flow style", &deep(10_000, "{a: ", "}"));
    yaml("objects as keys", &deep(10_000, "{? {", "}}"));
    yaml("more lists than a parser can read", &deep(100_000, "[", "]"));
    let open = format!("{HEAD}x-a: {}", "[".repeat(100_000));
    check("lists that nothing closes", &open, Refused("too-deep"));
    let second = format!("{HEAD}---\n{}", deep(100_000, "[", "]"));
    check("a second document", &second, Refused("too-deep"));
    check("nothing but brackets", &"[".repeat(1_000_000), Refused("too-deep"));
    let lists = format!("{HEAD}x-a:\n  {}1\n", "- ".repeat(10_000));
    check("lists in block style", &lists, Refused("too-deep"));
    let block = many(2_000, |depth| format!("{}not:\n", " ".repeat(depth + 6)));
    check("schemas in block style", &schemas([format!("A:\n{block}")]), Refused("too-deep"));
    let json = |value: &str| format!("{{\"openapi\":\"3.1.0\",\"x-a\":{value}}}");
    check("lists in JSON", &json(&deep(1_000_000, "[", "]")), Refused("too-deep"));
    check("objects in JSON", &json(&deep(100_000, "{\"a\":", "}")), Refused("too-deep"));
    for (open, close) in [
        ("{type: object, properties: {a: ", "}}"),
        ("{oneOf: [{type: integer}, ", "]}"),
        ("{allOf: [{title: x}, ", "]}"),
    ] {
        let text = format!("A: {}{{type: string}}{}", open.repeat(45), close.repeat(45));
        check("as deep as is read", &schemas([text]), Generates);
    }
}

#[test]
fn aliases() {
    let letters = || ('a'..='k').zip('b'..='l');
    let bomb = |each: &dyn Fn(char) -> String| {
        letters().map(|(a, b)| format!("x-{b}: &{b} {}\n", each(a))).collect::<String>()
    };
    let lists = bomb(&|a| format!("[{}]", vec![format!("*{a}"); 10].join(", ")));
    check("lists", &format!("{HEAD}x-a: &a [1, 1]\n{lists}"), Refused("invalid-yaml"));
    let merges = bomb(&|a| format!("{{<<: [*{a}, *{a}], k{a}: *{a}, l{a}: *{a}}}"));
    check("merge keys", &format!("{HEAD}x-a: &a {{k: 1}}\n{merges}"), Refused("invalid-yaml"));
    check("one that holds itself", &format!("{HEAD}x-a: &a [*a]\n"), Refused("endless-alias"));
    check(
        "one that merges itself",
        &format!("{HEAD}x-a: &a {{<<: *a}}\n"),
        Refused("endless-alias"),
    );
    let flat = many(20_000, |_| "&a 1, *a, ".to_owned());
    check("many", &format!("{HEAD}x-a: [{flat}]\n"), Generates);
}

#[test]
fn references() {
    let named = |section: &str, a: &str, b: &str| {
        let to = |name: &str| format!("{{$ref: '#/components/{section}/{name}'}}");
        format!("{HEAD}components: {{{section}: {{A: {}, B: {}}}}}\n", to(a), to(b))
    };
    for section in ["schemas", "parameters", "responses", "requestBodies", "headers", "links"] {
        check(section, &named(section, "B", "A"), Refused("ref-cycle"));
        check(section, &named(section, "A", "A"), Refused("ref-cycle"));
    }
    let paths =
        format!("{HEAD}paths: {{/a: {{$ref: '#/paths/~1b'}}, /b: {{$ref: '#/paths/~1a'}}}}\n");
    check("path items", &paths, Refused("ref-cycle"));
    let callback = "callbacks: {x: {y: {$ref: '#/paths/~1a'}, z: {$ref: '#/paths/~1a'}}}";
    let callback = operation(&format!("      responses: {{}}\n      {callback}\n"));
    check("a callback that holds itself", &callback, Generates);
    let twice = |index: usize| {
        let to = format!("{{$ref: '#/paths/~1a{}'}}", index + 1);
        let callback = format!("callbacks: {{x: {{y: {to}, z: {to}}}}}");
        format!("  /a{index}: {{get: {{responses: {{}}, {callback}}}}}\n")
    };
    let copies = format!("{HEAD}paths:\n{}  /a20: {{}}\n", many(20, twice));
    check("callbacks of callbacks", &copies, Generates);
    let encoding = "{encoding: {b: {$ref: '#/components/mediaTypes/M/encoding/a'}}}";
    let encoding =
        format!("{HEAD}components: {{mediaTypes: {{M: {{encoding: {{a: {encoding}}}}}}}}}\n");
    check("copies without end", &encoding, Refused("ref-cycle"));
    check("the root", &schemas(["A: {$ref: '#'}".to_owned()]), Generates);
    let own = "A: {$ref: '#/components/schemas/A/properties/a'}".to_owned();
    check("a part of itself", &schemas([own]), Refused("dangling-ref"));
    check("a chain", &chain(1_000, |_, next| next.to_owned(), "{type: string}"), Generates);
    let dangling = schemas((0..5_000).map(|index| format!("A{index}: {{$ref: '#/x/A{index}'}}")));
    check("many that lead nowhere", &dangling, Refused("dangling-ref"));
    let anchors = (0..2_000).map(|index| {
        format!("A{index}: {{$anchor: a{index}, items: {{$ref: '#a{}'}}}}", 1_999 - index)
    });
    check("many anchors", &schemas(anchors), Generates);
}

/// What tells whether the parts of a choice differ looks at them, and at no parts of theirs.
#[test]
fn choices_of_choices() {
    let to = |name: String| format!("{{$ref: '#/components/schemas/{name}'}}");
    let pair = |index: usize| {
        let next = format!("oneOf: [{}, {}]", to(format!("L{index}a")), to(format!("L{index}b")));
        ["a", "b"].map(|side| (format!("L{}{side}", index.wrapping_sub(1)), next.clone()))
    };
    let last = ["L39a: {type: string}".to_owned(), "L39b: {type: integer}".to_owned()];
    let levels = (1..40).flat_map(pair);
    let plain = levels.clone().map(|(name, next)| format!("{name}: {{{next}}}"));
    check("one in another", &schemas(plain.chain(last.clone())), Generates);
    let objects = levels
        .map(|(name, next)| format!("{name}: {{type: object, properties: {{l: {{{next}}}}}}}"));
    check("in properties", &schemas(objects.chain(last)), Generates);
    let itself = format!("oneOf: [{}, {}]", to("A".to_owned()), to("B".to_owned()));
    let of_lists = ["A", "B"].map(|name| format!("{name}: {{type: array, items: {{{itself}}}}}"));
    check("lists of themselves", &schemas(of_lists), Generates);
    let unions = ["A", "B"].map(|name| format!("{name}: {{{itself}}}"));
    check("nothing but themselves", &schemas(unions), Generates);
}

#[test]
fn compositions() {
    for keyword in ["allOf", "oneOf", "anyOf"] {
        let pair = |_: usize, next: &str| format!("{{{keyword}: [{next}, {next}]}}");
        check(keyword, &chain(60, pair, "{type: object, properties: {a: {}}}"), Generates);
        let around = |index: usize, next: &str| {
            format!(
                "{{{keyword}: [{{{keyword}: [{next}, {next}]}}, {{properties: {{p{index}: {{}}}}}}]}}"
            )
        };
        check(keyword, &chain(30, around, "{type: object}"), Generates);
        let beside = |index: usize, next: &str| {
            format!("{{{keyword}: [{next}, {next}], properties: {{p{index}: {{}}}}}}")
        };
        check(keyword, &chain(24, beside, "{type: object}"), Generates);
        let own = format!("A0: {{{keyword}: [{0}, {0}]}}", link(0));
        check(keyword, &schemas([own]), Generates);
        let one = format!("A0: {{{keyword}: [{0}, {0}], properties: {{a: {{}}}}}}", link(1));
        let other = format!("A1: {{{keyword}: [{0}, {0}], properties: {{b: {{}}}}}}", link(0));
        check(keyword, &schemas([one, other]), Generates);
    }
    let required = |_: usize, next: &str| format!("{{required: [a], properties: {{a: {next}}}}}");
    check("objects in objects", &chain(500, required, "{type: string}"), Generates);
    for own in ["items: {}", "not: {}", "additionalProperties: {}", "allOf: [{}]"] {
        let own = own.replace("{}", &link(0));
        check(&own, &schemas([format!("A0: {{{own}}}")]), Generates);
    }
}

#[test]
fn sizes() {
    let object = |fields: &str| schemas([format!("A:\n      type: object\n{fields}")]);
    let fields = many(2_000, |index| format!("        p{index}: {{type: string}}\n"));
    check("properties", &object(&format!("      properties:\n{fields}")), Generates);
    let names = many(2_000, |index| format!("p{index}, "));
    let required = format!("      required: [{names}]\n      properties:\n{fields}");
    check("required properties", &object(&required), Generates);
    let alike = many(900, |index| format!("        a{}: {{type: string}}\n", "_".repeat(index)));
    check("properties of one name", &object(&format!("      properties:\n{alike}")), Generates);
    let variant = |index: usize| {
        format!("      - {{required: [p{index}], properties: {{p{index}: {{}}}}}}\n")
    };
    let union = format!("A:\n      oneOf:\n{}", many(500, variant));
    check("variants", &schemas([union]), Generates);
    let heir = |index: usize| format!("H{index}: {{allOf: [{{$ref: '#/components/schemas/B'}}]}}");
    let mapping = many(6_000, |index| format!("h{index}: H{index}, "));
    let base = format!(
        "B: {{type: object, properties: {{k: {{type: string}}}}, \
         discriminator: {{propertyName: k, mapping: {{{mapping}}}}}}}"
    );
    check("heirs", &schemas([base].into_iter().chain((0..6_000).map(heir))), Generates);
    let values = many(10_000, |index| format!("v{index}, "));
    check("values", &schemas([format!("A: {{type: string, enum: [{values}]}}")]), Generates);
    let equal = many(10_000, |_| "a, ".to_owned());
    check("equal values", &schemas([format!("A: {{type: string, enum: [{equal}]}}")]), Generates);
    let keys = many(20_000, |_| "a: 1, ".to_owned());
    check("equal keys", &format!("{HEAD}x-a: {{{keys}}}\n"), Refused("duplicate-key"));
    let keys = many(20_000, |index| format!("a{}: 1, ", index % 10_000));
    check("keys that stand twice", &format!("{HEAD}x-a: {{{keys}}}\n"), Refused("duplicate-key"));
    let wrong = (0..3_000).map(|index| format!("A{index}: {{type: s{index}, x{index}: 1}}"));
    check("faults", &schemas(wrong), Refused("wrong-type"));
    let tags =
        |index: usize| format!("  /a{index}: {{get: {{tags: [t{index}], responses: {{}}}}}}\n");
    check("operations and tags", &format!("{HEAD}paths:\n{}", many(300, tags)), Generates);
    let parameter =
        |index: usize| format!("      - {{in: query, name: p{index}, schema: {{type: string}}}}\n");
    let parameters =
        format!("      responses: {{}}\n      parameters:\n{}", many(1_000, parameter));
    check("parameters", &operation(&parameters), Generates);
}

#[test]
fn long_texts() {
    let long = "a b_c".repeat(100_000);
    let object = |field: &str| schemas([format!("A: {{type: object, properties: {{{field}}}}}")]);
    let texts = [
        ("a description", object(&format!("a: {{description: '{long}'}}"))),
        ("a value", object(&format!("a: {{enum: ['{long}', b]}}"))),
        ("a default", object(&format!("a: {{type: string, default: '{long}'}}"))),
        ("a pattern", object(&format!("a: {{type: string, pattern: '{}'}}", "a b".repeat(30_000)))),
        (
            "a property",
            schemas([format!("A:\n      properties:\n        ? {long}\n        : {{}}")]),
        ),
        ("a schema", schemas([format!("? {long}\n    : {{type: object}}")])),
        ("an identifier", operation(&format!("      operationId: '{long}'\n"))),
        ("a tag", operation(&format!("      tags: ['{long}']\n"))),
        ("a header", operation(&format!("      parameters: [{{in: header, name: '{long}'}}]\n"))),
        ("a path", format!("{HEAD}paths:\n  ? /{long}\n  : {{get: {{responses: {{}}}}}}\n")),
        ("a title", format!("openapi: 3.1.0\ninfo: {{title: '{long}', version: '{long}'}}\n")),
    ];
    for (what, text) in texts {
        check(what, &text, Generates);
    }
    for signs in ["[", "\\``", "[a](https://", "1 ", "> ", "- ", "- - - ", "`", "~"] {
        let signs = signs.repeat(1_000_000 / signs.len());
        let text = object(&format!("a: {{type: string, description: '{signs}a'}}"));
        check("a description of signs", &text, Generates);
    }
    let braces = many(1_000, |index| format!("{{a{index}}}"));
    let path = format!("{HEAD}paths:\n  ? '/{braces}'\n  : {{get: {{responses: {{}}}}}}\n");
    check("a path of parameters", &path, Generates);
    let server = format!("{HEAD}servers: [{{url: 'https://{}'}}]\n", "{".repeat(100_000));
    check("a server", &server, Generates);
}

#[test]
fn numbers() {
    let digits = "9".repeat(1_000);
    for number in
        ["1e400", "-1e400", "1e-400", &digits, &format!("-{digits}"), &format!("0.{digits}")]
    {
        for ty in ["integer", "number"] {
            let bounds =
                ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
            let bounds = bounds.map(|bound| format!("{bound}: {number}")).join(", ");
            let schema = format!("{{type: {ty}, {bounds}, default: {number}, enum: [{number}]}}");
            check(number, &schemas([format!("A: {schema}")]), Generates);
            let property = format!("A: {{type: object, properties: {{a: {schema}}}}}");
            check(number, &schemas([property]), Generates);
        }
        let counts = ["minLength", "maxLength", "minItems", "maxItems", "minProperties"];
        for count in counts.iter().filter(|_| !number.contains(['-', '.'])) {
            check(number, &schemas([format!("A: {{{count}: {number}}}")]), Generates);
        }
    }
}

#[test]
fn patterns() {
    let check = |pattern: &str| {
        let schema = format!("A: {{properties: {{a: {{type: string, pattern: '{pattern}'}}}}}}");
        check(pattern.get(..30).unwrap_or(pattern), &schemas([schema]), Generates);
    };
    for pattern in [
        "^(a+)+$",
        "(?=(a*)*)*b",
        "((((a{1000}){1000}){1000}){1000})",
        "(?!((((a{1000}){1000}){1000}){1000}))",
        "^(ab){4294967295}$",
        "a{99999999999999999999}",
        "^a{5,2}$",
        "[",
        "(?<a>.)(?<a>.)",
        "\\u{110000}",
        "\\p{Nonsense}",
    ] {
        check(pattern);
    }
    for (open, close) in [("(", ")"), ("(?:", ")"), ("(?=", ")"), ("[", "]"), ("(a|", ")*")] {
        check(&format!("{}a{}", open.repeat(20_000), close.repeat(20_000)));
        check(&open.repeat(20_000));
    }
    check(&format!("^{}$", "[a-z]?".repeat(5_000)));
    check(&format!("^{}$", "a|".repeat(50_000)));
}

#[test]
fn odd_words() {
    let names = "[{in: header, name: \"a\\r\\nb: c\"}, {in: cookie, name: \"a;b=c\"}, \
                 {in: query, name: \"\"}, {in: query, name: \"\\0\"}, {in: header, name: \"\"}]";
    check("names", &operation(&format!("      parameters: {names}\n")), Generates);
    let twice = "[{in: query, name: a, schema: {type: string}}, {in: query, name: a}]";
    check("a name twice", &operation(&format!("      parameters: {twice}\n")), Generates);
    let codes = ["999", "99", "600", "abc", "0XX", "9XX", "+20", "2xx", "2X0", "é99", "000", ""];
    let codes = codes.map(|code| format!("'{code}': {{description: d}}")).join(", ");
    check("codes", &operation(&format!("      responses: {{{codes}}}\n")), Generates);
    for url in ["https://{a}{{b}.{}}{", "", "{", "}", "//", "https://[::1", "\\0", "../..", "{a}"] {
        check(url, &format!("{HEAD}servers: [{{url: \"{url}\"}}]\n"), Generates);
    }
    for path in
        ["/{", "/}", "/{}", "/{{a}}", "/{a}{a}", "//", "/../{a}", "/a?b=c#d", "/%zz", "/\\0"]
    {
        let text = format!("{HEAD}paths: {{\"{path}\": {{get: {{responses: {{}}}}}}}}\n");
        check(path, &text, Generates);
    }
    for text in TEXTS {
        let quoted = quoted(text);
        let schema = format!(
            "A: {{description: {quoted}, title: {quoted}, properties: {{{quoted}: \
             {{description: {quoted}, enum: [{quoted}, b], default: {quoted}, example: {quoted}}}}}}}"
        );
        check(text, &schemas([schema, format!("{quoted}: {{type: object}}")]), Generates);
        let fields = format!(
            "{{operationId: {quoted}, summary: {quoted}, description: {quoted}, \
             tags: [{quoted}], parameters: [{{in: query, name: {quoted}, description: {quoted}}}], \
             responses: {{'200': {{description: {quoted}, headers: {{{quoted}: {{schema: {{}}}}}}}}}}}}"
        );
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: {quoted}, version: {quoted}, \
             description: {quoted}}}\npaths: {{/a: {{get: {fields}}}}}\n"
        );
        check("an operation", &text, Generates);
    }
}

/// What could end a comment, a string or a line early, or be read as something else than text.
const TEXTS: &[&str] = &[
    "*/ /* // /// //!",
    "\"# \"## \" ' \\ \\\" r#\"",
    "#![no_std]\r#[test]\r\n#![feature(x)]\nfn main() {}",
    "```\nloop {}\n``` ```rust\nfn main() { loop {} }",
    "` `` ``` ~~~ <pre><code> </div><script>alert(1)</script><!--",
    "[a](b) [c] [`Vec`] [d]: e ![f](g) <https://h> <i@j> [k][l] [^m]",
    "    fn indented() {}\n\n\tfn tabbed() {}\n",
    "{{ handlebars }} {% jinja %} {} {0} {:?} ${a} $(b)",
    "\0\u{1}\u{7f}\u{1b}[31m\u{85}\u{2028}\u{2029}\u{feff}",
    "\u{202e}esrever\u{2066}\u{2069}\u{200b}\u{200d}\u{fe0f}",
    "",
    " ",
    "-",
    "é\u{301}\u{10ffff}",
];

#[test]
fn emptiness() {
    check("everything", EMPTY, Generates);
    check("info", "openapi: 3.1.0\ninfo: {}\npaths: {/a: {get: {}, put: {}}}\n", Generates);
    check("nothing", "", Refused("no-openapi"));
    check("a byte order mark", "\u{feff}", Refused("no-openapi"));
    check("null", "null", Refused("no-openapi"));
    check("a NUL in a word", "openapi: a\0b\n", Refused("invalid-yaml"));
    check("no JSON", "{}", Refused("no-openapi"));
}

const EMPTY: &str = "openapi: 3.1.0
info: {title: '', version: ''}
servers: []
tags: []
security: []
paths:
  '': {}
  /: {}
  /a: {get: {operationId: '', tags: [''], parameters: [], responses: {}}}
webhooks: {'': {}, a: {post: {}}}
components:
  schemas:
    '': {}
    ' ': {type: object, properties: {'': {}, ' ': {}}, required: ['']}
    A: {enum: []}
    B: {type: string, enum: ['']}
    C: {oneOf: []}
    D: {allOf: []}
    E: {anyOf: []}
    F: {type: []}
    G: {properties: {}}
    H: {type: array, items: {}}
    I: {type: string, pattern: ''}
    J: {discriminator: {propertyName: ''}, oneOf: [{$ref: '#/components/schemas/G'}]}
  parameters: {}
  responses: {}
";

/// The client that a document generates.
#[track_caller]
fn client(text: &str) -> String {
    let (mut files, mut sink) = (Files::new(), Sink::new());
    let document = load_text("api.yaml", text, &Default::default(), &mut files, &mut sink);
    let output = document.and_then(|document| {
        let request = Request::single("api", Input::of("api.yaml".as_ref()));
        generate_loaded(&request, &[document], &Default::default(), &files, &mut sink)
    });
    assert!(output.is_ok(), "{}", render(sink.as_slice(), &files, Format::Short));
    output.unwrap_or_default().remove("src/client.rs").unwrap_or_default()
}

#[test]
fn a_status_within_a_range_that_is_listed_too() {
    let body = |kind: &str| {
        format!("{{description: d, content: {{application/json: {{schema: {{type: {kind}}}}}}}}}")
    };
    let (a, b) = (body("string"), body("integer"));
    let responses = format!(
        "{{200: {a}, 2XX: {b}, 400: {a}, 404: {a}, 405: {a}, 4XX: {b}, 599: {a}, 5XX: {b}}}"
    );
    let client = client(&operation(&format!("      responses: {responses}\n")));
    for pattern in ["201..=299 =>", "401..=403 | 406..=499 =>", "500..=598 =>"] {
        assert!(client.contains(pattern), "no `{pattern}` in:\n{client}");
    }
    let every = many(100, |index| format!("{}: {a}, ", 400 + index));
    check(
        "a range with nothing left",
        &operation(&format!("      responses: {{{every}4XX: {b}}}\n")),
        Generates,
    );
}
