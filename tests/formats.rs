//! Formats become the types that the settings choose, and no value is lost by it: a string comes back
//! as it was spelled, or is refused with its place.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on says why")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use generator::diag::Sink;
use generator::source::Text;
use generator::{Input, Request, output};

const SETTINGS: &str = r#"
[types]
date-time = "jiff::Timestamp"
date = "jiff::civil::Date"
local-date-time = "jiff::civil::DateTime"
time = "jiff::civil::Time"
uri = "url::Url"
decimal = "rust_decimal::Decimal"
byte = "Base64"
int8 = "i8"
uint16 = "u16"
"#;

/// An event; each case puts other values into it.
const EVENT: &[(&str, &str)] = &[
    ("at", r#""2024-05-01T00:00:00Z""#),
    ("day", r#""2024-05-01""#),
    ("local", r#""2024-05-01T09:30:00""#),
    ("time", r#""09:30:00""#),
    ("link", r#""https://example.com/""#),
    ("price", r#""1.50""#),
    ("data", r#""dGV4dA==""#),
    ("tiny", "1"),
];

/// A property and values that come back as they are.
const KEPT: &[(&str, &[&str])] = &[
    (
        "at",
        &[
            r#""2024-05-01T02:00:00+02:00""#,
            r#""2024-05-01T00:00:00.000Z""#,
            r#""2016-12-31T23:59:60Z""#,
            r#""2024-05-01t00:00:00z""#,
            r#""1969-12-31T23:59:59.123456789Z""#,
        ],
    ),
    ("day", &[r#""0001-01-01""#, r#""9999-12-31""#, r#""2024-02-29""#]),
    ("local", &[r#""2024-05-01 09:30""#]),
    ("time", &[r#""09:30:00.120""#, r#""23:59""#]),
    (
        "link",
        &[
            r#""https://example.com""#,
            r#""HTTP://EXAMPLE.com:80/%7Ea""#,
            r#""mailto:a@example.com""#,
            r#""https://exämple.com/""#,
        ],
    ),
    ("price", &[r#""1.500""#, r#""0""#, r#""0001""#, r#""79228162514264337593543950335""#]),
    ("data", &[r#""""#, r#""AA==""#, r#""AAAA""#, r#""+/+/""#]),
    ("tiny", &["-5", "127"]),
    ("short", &["0", "65535"]),
    ("maybe", &["null", r#""2024-05-01T02:00:00+02:00""#]),
    ("all", &["[]", r#"["2024-05-01T02:00:00+02:00","2024-05-01T00:00:00Z"]"#]),
    ("by_name", &[r#"{"a":"AAAA","b":""}"#]),
    ("when", &[r#""2024-05-01T02:00:00+02:00""#, "5"]),
];

/// A property, a value, and the answer.
const REFUSED: &[(&str, &str, &str)] = &[
    ("at", r#""yesterday""#, "refused: /at: the string is not a date-time with an offset"),
    (
        "at",
        r#""2024-05-01T00:00:00""#,
        "refused: /at: the string is not a date-time with an offset",
    ),
    ("at", "5", "refused: /at: "),
    ("day", r#""2023-02-29""#, "refused: /day: the string is not a date"),
    ("local", r#""now""#, "refused: /local: the string is not a date-time"),
    ("time", r#""25:00""#, "refused: /time: the string is not a time"),
    ("link", r#""/relative""#, "refused: /link: the string is not an absolute URL"),
    (
        "price",
        r#""1,5""#,
        "refused: /price: the string is not a decimal number of at most 28 digits",
    ),
    ("price", r#""-1""#, "broken: /price: "),
    ("data", r#""dGV4dA""#, "refused: /data: the string is not base64 with padding"),
    ("data", r#""dGV4dB==""#, "refused: /data: the string is not base64 with padding"),
    ("data", r#""-_-_""#, "refused: /data: the string is not base64 with padding"),
    ("data", r#""AAAAAAAAAAAA""#, "broken: /data: "),
    ("tiny", "128", "refused: /tiny: the integer 128 does not fit i8"),
    ("tiny", "-6", "broken: /tiny: "),
    ("short", "65536", "refused: /short: the integer 65536 does not fit u16"),
    (
        "all",
        r#"["2024-05-01T00:00:00Z","x"]"#,
        "refused: /all/1: the string is not a date-time with an offset",
    ),
    ("by_name", r#"{"a/b":"!"}"#, "refused: /by_name/a~1b: the string is not base64 with padding"),
];

#[test]
fn formats_become_types_without_loss() {
    let kept = KEPT.iter().flat_map(|(name, values)| values.iter().map(move |it| (*name, *it)));
    let cases: Vec<(String, String)> = kept
        .map(|(name, value)| (event(name, value), event(name, value)))
        .chain(REFUSED.iter().map(|(name, value, said)| (event(name, value), (*said).to_owned())))
        .collect();
    let questions: String = cases.iter().map(|(event, _)| format!("{event}\n")).collect();
    let answers = ask(&questions);
    let answers: Vec<&str> = answers.lines().collect();
    assert_eq!(answers.len(), cases.len());
    let wrong = cases
        .iter()
        .zip(answers)
        .filter(|((_, expected), answer)| !answer.starts_with(expected.as_str()));
    let wrong: Vec<_> = wrong
        .map(|((event, expected), answer)| format!("{event}\n  is    {answer}\n  not   {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The event with another value of one property, which comes last if it is new.
fn event(name: &str, value: &str) -> String {
    let entry = |(known, old): &(&str, &str)| {
        format!("\"{known}\":{}", if *known == name { value } else { old })
    };
    let mut entries: Vec<String> = EVENT.iter().map(entry).collect();
    if !EVENT.iter().any(|(known, _)| *known == name) {
        entries.push(format!("\"{name}\":{value}"));
    }
    format!("{{{}}}", entries.join(","))
}

/// Generates the crate, builds it without a warning, and asks the harness.
fn ask(questions: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = target().join("formats");
    let _ = std::fs::remove_dir_all(&out);
    let mut request =
        Request::single("formats_crate", Input::of(&folder.join("data/formats.yaml")));
    request.settings = Some(Text { name: "generator.toml".to_owned(), text: SETTINGS.to_owned() });
    let mut sink = Sink::new();
    let files = generator::generate(&request, &mut Default::default(), &mut sink);
    let files = files.unwrap_or_else(|_| panic!("{:?}", sink.as_slice()));
    output::write(&files, &out).expect("written");
    std::fs::copy(folder.join("../Cargo.lock"), out.join("Cargo.lock")).expect("the lock file");
    std::fs::copy(folder.join("data/formats_harness.rs"), out.join("examples/harness.rs"))
        .expect("the harness");
    let mut harness = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "--no-default-features", "--example", "harness"])
        .current_dir(&out)
        .env("CARGO_TARGET_DIR", target().join("target"))
        .env("RUSTFLAGS", "-D warnings")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("cargo runs");
    let mut input = harness.stdin.take().expect("an input");
    let text = questions.to_owned();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = harness.wait_with_output().expect("an output");
    assert!(output.status.success(), "the harness failed");
    writer.join().expect("a writer").expect("written");
    String::from_utf8(output.stdout).expect("text")
}

/// That of the other crates that are built by tests: what they need is built once.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile")
}
