//! Asks the harness about every case, and compares.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value as Json;
use serde_yaml::Value;

use super::Faults;
use super::crates::Harness;
use super::data::{Feature, is_literal, json};

/// What is expected of a case.
enum Expected<'a> {
    Kept(&'a Value, Rules<'a>),
    Shown(&'a str),
    Built(&'a Value),
    Refused(&'a str),
}

/// What validating is to find.
enum Rules<'a> {
    Broken(&'a [(String, String)]),
    Any,
}

/// A case: its question to the harness, and the answer that is right.
struct Case<'a> {
    feature: &'a Feature,
    value: &'a Value,
    question: String,
    expected: Expected<'a>,
}

/// Adds to `faults` what the harness answers otherwise than it should.
pub(super) fn compare(features: &[Feature], harness: &Harness, faults: &mut Faults) {
    let mut cases = Vec::new();
    for (index, feature) in
        features.iter().enumerate().filter(|(index, _)| harness.models.contains(index))
    {
        decoding(index, feature, &mut cases);
        if harness.builds.contains(&index) {
            building(index, feature, &mut cases);
        }
    }
    let answers = ask(harness, &cases);
    for (case, answer) in cases.iter().zip(answers) {
        if let Err(fault) = case.check(&answer) {
            let fault = format!("{}: {fault}", json(case.value));
            faults.entry(case.feature.name.clone()).or_default().push(fault);
        }
    }
}

fn decoding<'a>(index: usize, feature: &'a Feature, cases: &mut Vec<Case<'a>>) {
    let mut add = |value: &'a Value, expected| {
        let question = format!("{index}\t{{\"value\":{}}}", json(value));
        cases.push(Case { feature, value, question, expected });
    };
    for value in &feature.keeps {
        add(value, Expected::Kept(value, Rules::Broken(&[])));
    }
    for value in &feature.survives {
        add(value, Expected::Kept(value, Rules::Any));
    }
    for (value, becomes) in &feature.becomes {
        add(value, Expected::Kept(becomes, Rules::Any));
    }
    for (value, shown) in &feature.shows {
        add(value, Expected::Shown(shown));
    }
    for (value, pointer) in &feature.refuses {
        add(value, Expected::Refused(pointer));
    }
    for (value, broken) in &feature.violates {
        add(value, Expected::Kept(value, Rules::Broken(broken)));
    }
}

fn building<'a>(index: usize, feature: &'a Feature, cases: &mut Vec<Case<'a>>) {
    for (nth, (_, value)) in feature.builds.iter().enumerate() {
        let question = format!("{index}.{nth}\t{}", json(value));
        cases.push(Case { feature, value, question, expected: Expected::Built(value) });
    }
}

/// The answers to all cases, in their order. A case that ends the harness is skipped, and the rest is
/// asked again.
fn ask(harness: &Harness, cases: &[Case<'_>]) -> Vec<Json> {
    let mut answers = Vec::new();
    while answers.len() < cases.len() {
        let rest: Vec<&str> =
            cases.iter().skip(answers.len()).map(|case| case.question.as_str()).collect();
        let before = answers.len();
        answers.extend(run(harness, &rest.join("\n")));
        if answers.len() < cases.len() {
            answers.push(serde_json::json!({"error": "the harness ended"}));
        }
        assert!(answers.len() > before, "the harness says nothing");
    }
    answers
}

fn run(harness: &Harness, questions: &str) -> Vec<Json> {
    let mut child = Command::new(&harness.program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the harness starts");
    let mut stdin = child.stdin.take().expect("its input");
    let questions = questions.to_owned();
    // The harness may end before it has read all.
    let writer = std::thread::spawn(move || stdin.write_all(questions.as_bytes()));
    let output = child.wait_with_output().expect("its output");
    let _ = writer.join();
    let lines = String::from_utf8_lossy(&output.stdout);
    lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

impl Case<'_> {
    fn check(&self, answer: &Json) -> Result<(), String> {
        if let Some(error) = answer["error"].as_str() {
            return Err(error.to_owned());
        }
        let refused = answer["refused"].as_str();
        match (&self.expected, refused) {
            (Expected::Refused(pointer), Some(refused)) => {
                check_incomplete(self.value, &answer["incomplete"])?;
                check_pointer(pointer, refused)
            }
            (Expected::Refused(_), None) => Err(format!("is taken, as {}", debug(answer))),
            (_, Some(refused)) => Err(format!("is refused: {refused}")),
            (Expected::Shown(shown), None) => check_equal(shown, debug(answer)),
            (Expected::Built(value), None) => check_encoded(value, encoded(answer)),
            (Expected::Kept(value, rules), None) => {
                let text = encoded(answer);
                check_encoded(value, unwrapped(text))?;
                match rules {
                    Rules::Broken(broken) => check_broken(broken, &answer["broken"]),
                    Rules::Any => Ok(()),
                }
            }
        }
    }
}

fn encoded(answer: &Json) -> &str {
    answer["encoded"].as_str().unwrap_or_default()
}

/// The JSON text of the value inside the object around it.
fn unwrapped(text: &str) -> &str {
    let inner = text.strip_prefix("{\"value\":").and_then(|text| text.strip_suffix('}'));
    inner.unwrap_or(text)
}

/// How `Debug` shows the value, without the object around it.
fn debug(answer: &Json) -> &str {
    let text = answer["debug"].as_str().unwrap_or_default();
    let inner = text.split_once(" { value: ").and_then(|(_, text)| text.strip_suffix(" }"));
    inner.unwrap_or(text)
}

fn check_equal(expected: &str, got: &str) -> Result<(), String> {
    if expected == got { Ok(()) } else { Err(format!("is shown as {got}, not as {expected}")) }
}

/// The text is the same JSON; the same text, where the case insists on it.
fn check_encoded(expected: &Value, got: &str) -> Result<(), String> {
    let text = json(expected);
    let same = if is_literal(expected) {
        text == got
    } else {
        match (serde_json::from_str(&text), serde_json::from_str(got)) {
            (Ok(expected), Ok(got)) => is_same(&expected, &got),
            _ => false,
        }
    };
    if same { Ok(()) } else { Err(format!("encodes as {got}, not as {text}")) }
}

/// Equality of JSON, where `5` and `5.0` are the same number.
fn is_same(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Number(left), Json::Number(right)) => {
            left == right || left.as_f64() == right.as_f64()
        }
        (Json::Array(left), Json::Array(right)) => {
            left.len() == right.len()
                && left.iter().zip(right).all(|(left, right)| is_same(left, right))
        }
        (Json::Object(left), Json::Object(right)) => {
            let has = |(key, left): (&String, &Json)| {
                right.get(key).is_some_and(|right| is_same(left, right))
            };
            left.len() == right.len() && left.iter().all(has)
        }
        _ => left == right,
    }
}

fn check_pointer(expected: &str, refused: &str) -> Result<(), String> {
    let pointer = refused.strip_prefix("/value").and_then(|rest| rest.split_once(": "));
    match pointer {
        Some((pointer, _)) if pointer == expected => Ok(()),
        _ => Err(format!("is refused, but not at {expected:?}: {refused}")),
    }
}

/// What is taken as incomplete goes out as it came, and its validator tells what is missing.
fn check_incomplete(value: &Value, answer: &Json) -> Result<(), String> {
    if answer.is_null() {
        return Ok(());
    }
    check_encoded(value, unwrapped(encoded(answer)))
        .map_err(|fault| format!("incomplete: {fault}"))?;
    let broken: Vec<(String, String)> =
        serde_json::from_value(answer["broken"].clone()).unwrap_or_default();
    match broken.iter().any(|(_, keyword)| keyword == "required") {
        true => Ok(()),
        false => Err(format!("incomplete: nothing is missing, though it breaks {broken:?}")),
    }
}

fn check_broken(expected: &[(String, String)], got: &Json) -> Result<(), String> {
    let mut got: Vec<(String, String)> = serde_json::from_value(got.clone()).unwrap_or_default();
    for (pointer, _) in &mut got {
        *pointer = pointer.strip_prefix("/value").unwrap_or(pointer).to_owned();
    }
    let mut expected = expected.to_vec();
    got.sort();
    expected.sort();
    if got == expected { Ok(()) } else { Err(format!("breaks {got:?}, not {expected:?}")) }
}
