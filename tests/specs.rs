//! The hand-written documents in `specs/` say what the vendors' pages say.
//!
//! `specs/README.md` lists the facts in tables: each row names a JSON pointer and the value that
//! stands there. These tests read the tables as data and compare them with the documents both ways:
//! no row without its fact, no fact without its row. They do not check that a document is valid
//! OpenAPI; that is the generator's task.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on says why")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

/// Heading of each table in the README, the document that it is about, the rows it has at least.
///
/// A fact that is lost together with its row would go unnoticed otherwise. Whoever adds rows raises
/// the number; whoever has to lower it should be able to say where the fact went.
const TABLES: [(&str, &str, usize); 4] = [
    ("databricks.yaml: from the page", "databricks.yaml", 73),
    ("databricks.yaml: not from the page", "databricks.yaml", 23),
    ("oracle.yaml: from the page", "oracle.yaml", 106),
    ("oracle.yaml: not from the page", "oracle.yaml", 53),
];

/// The parts of a document in which everything needs a row. The rest is the document's own frame.
const COVERED: [&str; 2] = ["/paths", "/components"];

struct Row {
    fact: String,
    pointer: String,
    expected: Expected,
}

enum Expected {
    Is(Value),
    Contains(String),
}

#[test]
fn every_row_stands_in_its_document() {
    let mut problems = Vec::new();
    for (heading, document, _) in TABLES {
        let document = load(document);
        let mismatches =
            rows(heading).iter().filter_map(|row| mismatch(row, &document)).collect::<Vec<_>>();
        problems.extend(mismatches.iter().map(|problem| format!("{heading}: {problem}")));
    }
    report(&problems);
}

#[test]
fn every_fact_has_a_row() {
    let mut problems = Vec::new();
    for name in documents() {
        let rows = rows_about(name);
        let facts = facts(&load(name));
        let missing = facts.iter().filter(|fact| !rows.iter().any(|row| covers(row, fact)));
        problems.extend(missing.map(|fact| format!("{name}: no row for {fact}")));
    }
    report(&problems);
}

#[test]
fn every_table_keeps_its_rows() {
    let problems = TABLES.iter().filter_map(|&(heading, _, least)| {
        let found = rows(heading).len();
        (found < least).then(|| format!("{heading}: {found} rows, there were {least}"))
    });
    report(&problems.collect::<Vec<_>>());
}

/// Proves that the rows notice: each fact in turn is replaced, and some row must object.
#[test]
fn every_changed_fact_is_noticed() {
    let mut problems = Vec::new();
    for name in documents() {
        let rows = rows_about(name);
        let original = load(name);
        for fact in facts(&original) {
            let mut changed = original.clone();
            *changed.pointer_mut(&fact).expect("facts() yields pointers into this document") =
                Value::Null;
            if rows.iter().all(|row| mismatch(row, &changed).is_none()) {
                problems.push(format!("{name}: a change of {fact} goes unnoticed"));
            }
        }
    }
    report(&problems);
}

#[track_caller]
fn report(problems: &[String]) {
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

fn documents() -> BTreeSet<&'static str> {
    TABLES.iter().map(|&(_, document, _)| document).collect()
}

fn rows_about(document: &str) -> Vec<Row> {
    TABLES.iter().filter(|table| table.1 == document).flat_map(|table| rows(table.0)).collect()
}

fn mismatch(row: &Row, document: &Value) -> Option<String> {
    let Row { fact, pointer, expected } = row;
    let Some(found) = document.pointer(pointer) else {
        return Some(format!("{fact}: nothing at {pointer}"));
    };
    match expected {
        Expected::Is(value) if found != value => {
            Some(format!("{fact}: {pointer} is {found}, not {value}"))
        }
        Expected::Contains(phrase) if !found.as_str().is_some_and(|text| text.contains(phrase)) => {
            Some(format!("{fact}: {pointer} is {found}, without {phrase:?}"))
        }
        _ => None,
    }
}

/// A row says all about the value that its pointer names, and so about every fact below it.
fn covers(row: &Row, fact: &str) -> bool {
    fact.strip_prefix(row.pointer.as_str())
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Pointers to all that cannot be split further: bounds, patterns, descriptions, items of lists.
///
/// Not a list of keywords on purpose: a keyword that nobody thought of is a fact too, and names
/// such as `type` or `default` are keywords in one place and properties or statuses in another.
fn facts(document: &Value) -> Vec<String> {
    let mut facts = Vec::new();
    for part in COVERED {
        let value = document.pointer(part).unwrap_or_else(|| panic!("the document has no {part}"));
        collect_facts(value, part, &mut facts);
    }
    facts
}

fn collect_facts(value: &Value, pointer: &str, facts: &mut Vec<String>) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (key, member) in members {
                let key = key.replace('~', "~0").replace('/', "~1");
                collect_facts(member, &format!("{pointer}/{key}"), facts);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                collect_facts(item, &format!("{pointer}/{index}"), facts);
            }
        }
        _ => facts.push(pointer.to_owned()),
    }
}

/// The rows of the table under this heading of the README, without its two lines of head.
#[track_caller]
fn rows(heading: &str) -> Vec<Row> {
    let readme = read("README.md");
    let section =
        readme.lines().skip_while(|line| line.trim_start_matches('#').trim() != heading).skip(1);
    let lines =
        section.take_while(|line| !line.starts_with('#')).filter(|line| line.starts_with('|'));
    let rows = lines
        .skip(2)
        .map(|line| parse_row(line).unwrap_or_else(|why| panic!("{why} in the row {line}")));
    rows.collect()
}

fn parse_row(line: &str) -> Result<Row, String> {
    let inner = line
        .strip_prefix("| ")
        .and_then(|line| line.strip_suffix(" |"))
        .ok_or("no bars around it")?;
    let cells = inner.split(" | ").collect::<Vec<_>>();
    let [fact, pointer, value] = cells[..] else {
        return Err(format!("{} cells instead of 3", cells.len()));
    };
    let expected = parse_expected(code(value)?).map_err(|why| format!("bad JSON: {why}"))?;
    Ok(Row { fact: fact.to_owned(), pointer: code(pointer)?.to_owned(), expected })
}

fn parse_expected(value: &str) -> serde_json::Result<Expected> {
    match value.strip_prefix("contains ") {
        Some(phrase) => serde_json::from_str(phrase).map(Expected::Contains),
        None => serde_json::from_str(value).map(Expected::Is),
    }
}

fn code(cell: &str) -> Result<&str, String> {
    let inner = cell.strip_prefix('`').and_then(|cell| cell.strip_suffix('`'));
    inner.ok_or_else(|| format!("no backticks around {cell}"))
}

fn load(name: &str) -> Value {
    serde_yaml::from_str(&read(name)).unwrap_or_else(|why| panic!("specs/{name}: {why}"))
}

fn read(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../specs").join(name);
    fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}
