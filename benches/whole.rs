//! The compile times of the crate of a real document, and of an application that uses it.

use std::fs;
use std::path::Path;

use crate::crates::{self, Kind, Package};
use crate::{COMPILES, Outcome};

/// Prints a line for each way to compile the crate.
pub(crate) fn print(document: &Path, feature: Option<&str>) -> Outcome {
    let stem = document.file_stem().and_then(|stem| stem.to_str()).ok_or("a file is needed")?;
    let package = crates::write_ours(stem, document)?;
    println!("{stem}: {} lines; user CPU, the least of {COMPILES} runs,", package.lines()?);
    println!("cargo's own included, dependencies built before; others may use this machine");
    let manifest = fs::read_to_string(crates::root().join(stem).join("Cargo.toml"))?;
    let has_tags = manifest.lines().any(|line| line.starts_with("full = "));
    if has_tags {
        // As it is by default: without the payloads of webhooks.
        let client = package.with_features("all-operations");
        print_line("check, operations", &client, Kind::Check)?;
        print_line("release, operations", &client, Kind::Release)?;
    }
    let whole = if has_tags { &package.with_features("full") } else { &package };
    print_line("check, whole", whole, Kind::Check)?;
    print_line("release, whole", whole, Kind::Release)?;
    // The package is called otherwise where the document's name is a keyword.
    let name = manifest.lines().find_map(|line| line.strip_prefix("name = "));
    let name = name.unwrap_or(stem).trim_matches('"').replace('-', "_");
    let library = crates::root().join(format!("target/release/lib{name}.rlib"));
    println!("{:24}{:>8.1} MB", "rlib, whole", fs::metadata(library)?.len() as f64 / 1e6);
    if let Some(feature) = feature {
        print_line(&format!("check, {feature}"), &package.with_features(feature), Kind::Check)?;
    }
    if let Some(program) = program(stem)? {
        print_line("release, application", &program, Kind::Release)?;
    }
    Ok(())
}

fn print_line(name: &str, package: &Package, kind: Kind) -> Outcome {
    println!("{name:24}{:>8.2} s", package.compile(kind, COMPILES)?);
    Ok(())
}

/// The application for a document, if there is one here.
fn program(stem: &str) -> Outcome<Option<Package>> {
    let programs = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../benches/programs"));
    let Ok(source) = fs::read_to_string(programs.join(format!("{stem}.rs"))) else {
        return Ok(None);
    };
    let dependencies = format!(
        "[dependencies]\n{stem} = {{ path = \"../{stem}\" }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n"
    );
    let name = format!("{stem}-application");
    Ok(Some(Package::write(&name, &dependencies, "src/main.rs", &source)?.program()))
}
