//! The crates of the features, and the harness that asks them.
//!
//! A feature that does not generate, or whose code does not compile, is told as its fault, left out,
//! and the others are built without it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;

use generator::diag::Sink;
use generator::{Input, Request, output};
use serde_json::Value;

use super::Faults;
use super::data::{Feature, Version};
use super::document::{document, owners, wrapper};

/// A harness that is built.
pub(super) struct Harness {
    /// The program.
    pub(super) program: PathBuf,
    /// The features that it knows.
    pub(super) models: BTreeSet<usize>,
    /// The features whose Rust expressions it knows.
    pub(super) builds: BTreeSet<usize>,
}

/// Something that does not compile.
enum Broken {
    Model(usize),
    Build(usize),
}

const MANIFEST: &str = r#"[package]
name = "harness"
version = "0.1.0"
edition = "2024"

[workspace]

[dependencies]
serde = "1"
serde_json = "1"
uuid = "1"
v30 = { path = "../v30", default-features = false }
v31 = { path = "../v31", default-features = false }

[profile.dev]
debug = false
"#;

/// Builds the harness of all features that can be built.
pub(super) fn build(features: &[Feature], faults: &mut Faults) -> Harness {
    let mut models: BTreeSet<usize> = (0..features.len()).collect();
    let mut builds = models.clone();
    // Each round leaves out at least one part.
    loop {
        write_crates(features, &mut models, faults);
        write_harness(features, &models, &builds);
        let broken = match cargo(features) {
            Ok(program) => return Harness { program, models, builds },
            Err(broken) => broken,
        };
        for (broken, message) in broken {
            let (index, set) = match broken {
                Broken::Model(index) => (index, &mut models),
                Broken::Build(index) => (index, &mut builds),
            };
            set.remove(&index);
            blame(features, index, format!("does not compile: {message}"), faults);
        }
    }
}

fn blame(features: &[Feature], index: usize, fault: String, faults: &mut Faults) {
    if let Some(feature) = features.get(index) {
        faults.entry(feature.name.clone()).or_default().push(fault);
    }
}

fn write_crates(features: &[Feature], models: &mut BTreeSet<usize>, faults: &mut Faults) {
    for version in Version::ALL {
        let whole = generate(features, version, &|index| models.contains(&index));
        let files = whole.unwrap_or_else(|whole| {
            leave_out(features, version, models, faults);
            generate(features, version, &|index| models.contains(&index))
                .unwrap_or_else(|again| panic!("no feature is to blame: {whole}\n{again}"))
        });
        output::write(&files, &folder().join(version.package())).expect("written");
    }
}

/// Leaves out the features that do not generate alone.
fn leave_out(
    features: &[Feature],
    version: Version,
    models: &mut BTreeSet<usize>,
    faults: &mut Faults,
) {
    for (index, feature) in features.iter().enumerate() {
        if feature.openapi != version || !models.contains(&index) {
            continue;
        }
        if let Err(error) = generate(features, version, &|other| other == index) {
            models.remove(&index);
            blame(features, index, format!("does not generate: {error}"), faults);
        }
    }
}

fn generate(
    features: &[Feature],
    version: Version,
    included: &dyn Fn(usize) -> bool,
) -> Result<output::Files, String> {
    let name = version.package().to_owned();
    let path = folder().join(format!("{name}.json"));
    std::fs::create_dir_all(folder()).expect("a folder");
    std::fs::write(&path, document(features, version, included)).expect("the document");
    let request = Request::single(&*name, Input::of(&path).named(&*name));
    let mut sink = Sink::new();
    let run = || generator::generate(&request, &mut Default::default(), &mut sink);
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(files)) => Ok(files),
        Ok(Err(_)) => Err(errors(&sink)),
        Err(_) => Err("the generator panicked".to_owned()),
    }
}

fn errors(sink: &Sink) -> String {
    let errors = sink.iter().filter(|said| said.severity == generator::diag::Severity::Error);
    let errors = errors.map(|said| match &said.place {
        Some(place) => format!("{}: {}", place.pointer, said.message),
        None => said.message.clone(),
    });
    errors.collect::<Vec<_>>().join("; ")
}

fn write_harness(features: &[Feature], models: &BTreeSet<usize>, builds: &BTreeSet<usize>) {
    let folder = folder().join("harness");
    std::fs::create_dir_all(folder.join("src")).expect("a folder");
    write_lock(&folder);
    write(&folder.join("Cargo.toml"), MANIFEST);
    write(&folder.join("src/main.rs"), include_str!("harness.rs"));
    write(&folder.join("src/cases.rs"), &cases(features, models, builds));
}

/// The versions of this workspace: nothing else is downloaded. Cargo adds the harness to its copy, so
/// that a second copy tells whether the workspace's has changed.
fn write_lock(folder: &Path) {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    let lock = std::fs::read_to_string(lock).expect("the lock file");
    let copy = folder.join("workspace.lock");
    if std::fs::read_to_string(&copy).ok().as_deref() != Some(lock.as_str()) {
        write(&folder.join("Cargo.lock"), &lock);
        write(&copy, &lock);
    }
}

/// Writes a file if it is not so already: what is unchanged is not compiled again.
fn write(path: &Path, text: &str) {
    if std::fs::read_to_string(path).ok().as_deref() != Some(text) {
        std::fs::write(path, text).expect("written");
    }
}

/// The module that knows the types. Each Rust expression of a feature stands in one line, after a
/// comment that names the feature.
fn cases(features: &[Feature], models: &BTreeSet<usize>, builds: &BTreeSet<usize>) -> String {
    let mut arms = String::new();
    let mut functions = String::new();
    for (index, feature) in features.iter().enumerate().filter(|(index, _)| models.contains(index))
    {
        let package = feature.openapi.package();
        let name = rust_name(feature.openapi, &wrapper(index));
        let _ = writeln!(arms, "\"{index}\" => decoded!({package}, {name}, json),");
        for (nth, (expression, _)) in
            feature.builds.iter().enumerate().filter(|_| builds.contains(&index))
        {
            let _ = writeln!(arms, "\"{index}.{nth}\" => build_{index}_{nth}(json),");
            let expression = expression.trim().replace('\n', " ");
            let _ = writeln!(
                functions,
                "// build {index}\nfn build_{index}_{nth}(json: &str) -> Value {{ use {package}::models::*; crate::built({expression}, json) }}"
            );
        }
    }
    format!(
        "#![allow(unused_imports, unused_macros)]
use std::collections::BTreeMap;
use serde_json::{{Value, json}};
macro_rules! decoded {{
    ($package:ident, $name:ident, $json:expr) => {{{{
        let incomplete = |json: &str| {{
            serde_json::from_str::<$package::Incomplete<$package::models::$name>>(json)
        }};
        crate::decoded::<$package::models::$name>($json, |json| Some(incomplete(json).ok()?.0), |value| {{
            let broken = $package::Validate::validate(value).err();
            let broken = broken.iter().flat_map($package::Violations::iter);
            broken.map(|one| (one.pointer.to_string(), one.keyword.to_string())).collect()
        }})
    }}}};
}}
pub(crate) fn answer(asked: &str, json: &str) -> Value {{
match asked {{
{arms}_ => json!({{\"error\": \"nothing is known of it\"}}),
}}
}}
{functions}"
    )
}

/// The Rust type of a component schema, which says so in its docs.
fn rust_name(version: Version, schema: &str) -> String {
    let models = std::fs::read_to_string(models(version)).expect("the models");
    let source = format!("/// Source: `#/components/schemas/{schema}`");
    let mut lines = models.lines().skip_while(|line| *line != source);
    let item = lines.find_map(|line| line.strip_prefix("pub struct "));
    let item = item.unwrap_or_else(|| panic!("{schema} is no struct of {}", version.package()));
    item.chars().take_while(|char| char.is_alphanumeric() || *char == '_').collect()
}

fn models(version: Version) -> PathBuf {
    folder().join(version.package()).join("src/models.rs")
}

/// Builds the program, or tells what does not compile.
fn cargo(features: &[Feature]) -> Result<PathBuf, Vec<(Broken, String)>> {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--offline", "--message-format=json", "--keep-going"])
        .current_dir(folder().join("harness"))
        .env("CARGO_TARGET_DIR", folder().join("target"))
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .expect("cargo runs");
    if built.status.success() {
        return Ok(folder().join("target/debug/harness"));
    }
    let stdout = String::from_utf8_lossy(&built.stdout);
    let said = stdout.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let messages = said.filter_map(|said| said.get("message").cloned());
    let errors: Vec<Value> = messages
        .filter(|message| message.get("level").is_some_and(|level| level == "error"))
        .collect();
    let broken: Vec<_> = errors.iter().filter_map(|error| broken(features, error)).collect();
    let rendered = errors.iter().filter_map(|error| error.get("rendered")?.as_str());
    let rendered = rendered.take(5).collect::<String>();
    let stderr = String::from_utf8_lossy(&built.stderr);
    assert!(!broken.is_empty(), "no feature is to blame:\n{rendered}\n{stderr}");
    Err(broken)
}

/// The feature that an error of the compiler is about.
fn broken(features: &[Feature], message: &Value) -> Option<(Broken, String)> {
    let spans = message.get("spans")?.as_array()?;
    let is_primary = |span: &&Value| span.get("is_primary").is_some_and(|primary| primary == true);
    let span = spans.iter().find(is_primary)?;
    let (file, line) = (span.get("file_name")?.as_str()?, span.get("line_start")?.as_u64()?);
    let line = usize::try_from(line).ok()?;
    let said = message.get("message")?.as_str()?;
    let source = span.pointer("/text/0/text").and_then(Value::as_str).unwrap_or_default();
    let said = format!("{said}, in `{}`", source.trim());
    if file.ends_with("src/cases.rs") {
        let text = std::fs::read_to_string(folder().join("harness/src/cases.rs")).ok()?;
        let named = last_before(&text, line, "// build ")?;
        return Some((Broken::Build(named.parse().ok()?), said));
    }
    let version = Version::ALL
        .into_iter()
        .find(|version| file.ends_with(&format!("{}/src/models.rs", version.package())))?;
    let text = std::fs::read_to_string(models(version)).ok()?;
    let pointer = last_before(&text, line, "/// Source: `#/components/schemas/")?;
    let schema = pointer.split(['/', '`']).next()?;
    let owners: BTreeMap<String, usize> = owners(features, version);
    Some((Broken::Model(*owners.get(schema)?), said))
}

/// What follows `mark` in the last line before `line`, or in it, that begins with it.
fn last_before<'a>(text: &'a str, line: usize, mark: &str) -> Option<&'a str> {
    let lines: Vec<&str> = text.lines().take(line).collect();
    lines.iter().rev().find_map(|line| line.trim().strip_prefix(mark))
}

/// Where all of it is built.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("meaning")
}
