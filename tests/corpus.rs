//! Generates a crate for every document below a folder, and says how each went.
//!
//! `cargo run -p tests --bin corpus -- DIR [--compile] [--only NAME]`
//!
//! One line for a document: operations, models, warnings, seconds, and with `--compile` whether its
//! crate passes `cargo clippy -- -D warnings`. A document is a file that says `openapi:` at its root,
//! or JSON, by content and not by suffix, that says `"openapi"`; what such a root refers to is not
//! taken for one of its own. The exit code is 1 if any document failed.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use generator::diag::{Format, Severity, Sink, render};
use generator::source::Files;
use generator::{Input, Request, output};

/// What was asked for.
struct Arguments {
    folder: PathBuf,
    compile: bool,
    only: Vec<String>,
}

/// How a document went.
struct Outcome {
    operations: usize,
    models: usize,
    warnings: usize,
    seconds: f64,
    failure: Option<String>,
}

fn main() -> ExitCode {
    let arguments = match arguments() {
        Ok(arguments) => arguments,
        Err(message) => {
            eprintln!("{message}\nusage: corpus DIR [--compile] [--only NAME]...");
            return ExitCode::from(2);
        }
    };
    let documents = documents(&arguments);
    if documents.is_empty() {
        eprintln!("there is no document below {}", arguments.folder.display());
        return ExitCode::from(2);
    }
    println!("{:>5} {:>6} {:>5} {:>7}  document", "ops", "models", "warn", "seconds");
    let mut failed = 0;
    let mut operations = 0;
    for document in &documents {
        let outcome = generate(document, &arguments);
        let Outcome { models, warnings, seconds, .. } = outcome;
        operations += outcome.operations;
        let name = document.strip_prefix(&arguments.folder).unwrap_or(document).display();
        println!("{:>5} {models:>6} {warnings:>5} {seconds:>7.2}  {name}", outcome.operations);
        if let Some(failure) = outcome.failure {
            failed += 1;
            println!("      FAILED {name}\n{failure}");
        }
    }
    println!("{operations} operations");
    println!("{} passed, {failed} failed", documents.len() - failed);
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) }
}

fn arguments() -> Result<Arguments, String> {
    let mut parsed = Arguments { folder: PathBuf::new(), compile: false, only: Vec::new() };
    let mut rest = std::env::args().skip(1);
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--compile" => parsed.compile = true,
            "--only" => parsed.only.push(rest.next().ok_or("--only needs a name")?),
            flag if flag.starts_with('-') => return Err(format!("unknown argument {flag}")),
            folder => parsed.folder = PathBuf::from(folder),
        }
    }
    if parsed.folder.is_dir() { Ok(parsed) } else { Err("a folder is needed".to_owned()) }
}

/// The documents below the folder, in the order of their paths.
fn documents(arguments: &Arguments) -> Vec<PathBuf> {
    let mut found = Vec::new();
    walk(&arguments.folder, &mut found);
    found.sort();
    found.retain(|path| {
        let name = path.to_string_lossy();
        arguments.only.is_empty() || arguments.only.iter().any(|only| name.contains(only.as_str()))
    });
    found
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, found);
        } else if is_document(&path) {
            found.push(path);
        }
    }
}

/// Whether a file names its version of OpenAPI at its root, wherever in it that stands.
fn is_document(path: &Path) -> bool {
    let suffix = path.extension().and_then(|suffix| suffix.to_str());
    if !matches!(suffix, Some("yaml" | "yml" | "json")) {
        return false;
    }
    let bytes = std::fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    // JSON goes by the name of YAML, too, and may be indented.
    if suffix == Some("json") || text.trim_start().starts_with('{') {
        return text.contains("\"openapi\"");
    }
    let keys = ["openapi:", "\"openapi\":", "'openapi':"];
    text.lines().any(|line| keys.iter().any(|key| line.starts_with(key)))
}

fn generate(document: &Path, arguments: &Arguments) -> Outcome {
    let started = Instant::now();
    let name = document.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let request = Request::single("api", Input::of(document).named("api"));
    let (mut sources, mut sink) = (Files::default(), Sink::new());
    let files = generator::generate(&request, &mut sources, &mut sink);
    let seconds = started.elapsed().as_secs_f64();
    let warnings = sink.iter().filter(|said| said.severity == Severity::Warning).count();
    let mut outcome = Outcome { operations: 0, models: 0, warnings, seconds, failure: None };
    match files {
        Err(_) => {
            let errors: Vec<_> =
                sink.iter().filter(|said| said.severity == Severity::Error).cloned().collect();
            outcome.failure = Some(render(&errors, &sources, Format::Short));
        }
        Ok(files) => {
            let count = |start: &str, word: &str| -> usize {
                let texts = files.iter().filter(|(path, _)| path.starts_with(start));
                texts.map(|(_, text)| text.matches(word).count()).sum()
            };
            outcome.operations = count("src/client", " = &Operation {")
                + count("src/client", ": Operation = Operation {");
            outcome.models =
                count("src/models", "\npub struct ") + count("src/models", "\npub enum ");
            if arguments.compile {
                outcome.failure = compile(&name, &files);
            }
        }
    }
    outcome
}

/// What clippy says of the crate, if it says anything.
fn compile(name: &str, files: &output::Files) -> Option<String> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = workspace.join("target/corpus").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    if let Err(refused) = output::write(files, &folder) {
        return Some(format!("{refused:?}"));
    }
    // The versions of this workspace: nothing else is downloaded.
    let _ = std::fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock"));
    let built = Command::new("cargo")
        .args(["clippy", "--quiet", "--offline", "--no-default-features"])
        .args(if has_feature(files, "full") { &["--features", "full"][..] } else { &[] })
        .args(["--message-format", "short", "--", "-D", "warnings"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", workspace.join("target/corpus/target"))
        .output();
    let _ = std::fs::remove_dir_all(&folder);
    match built {
        Ok(built) if built.status.success() => None,
        Ok(built) => {
            let said = String::from_utf8_lossy(&built.stderr).into_owned();
            Some(said.lines().take(20).collect::<Vec<_>>().join("\n"))
        }
        Err(error) => Some(error.to_string()),
    }
}

fn has_feature(files: &output::Files, feature: &str) -> bool {
    let manifest = files.get("Cargo.toml").map(String::as_str).unwrap_or_default();
    manifest.lines().any(|line| line.starts_with(&format!("{feature} = ")))
}
