//! The program that decodes and encodes with both crates, and what it prints.

use std::fs;

use crate::Outcome;
use crate::crates::{self, Package};

/// Its source, built as a crate of its own.
const SOURCE: &str = include_str!("compare/main.rs");

const DEPENDENCIES: &str = "[dependencies]
derive = { path = \"../derive\" }
ours = { path = \"../ours\", default-features = false }
serde = \"1\"
serde_json = \"1\"
";

/// The least nanoseconds of each, ours first.
pub(crate) struct Times {
    pub(crate) decode: [f64; 2],
    pub(crate) encode: [f64; 2],
    bytes: f64,
}

impl Times {
    /// Megabytes a second.
    pub(crate) fn rate(&self, nanos: f64) -> f64 {
        self.bytes * 1_000.0 / nanos
    }
}

/// Writes the program and the text that it reads.
pub(crate) fn write(json: &str) -> Outcome<Package> {
    let package = Package::write("compare", DEPENDENCIES, "src/main.rs", SOURCE)?;
    fs::write(crates::root().join("issues.json"), json)?;
    Ok(package)
}

/// Runs the program.
pub(crate) fn run(package: &Package) -> Outcome<Times> {
    let printed = package.output(&[crates::root().join("issues.json")])?;
    let numbers = printed.split_whitespace().map(str::parse).collect::<Result<Vec<f64>, _>>()?;
    match *numbers {
        [bytes, decode, derived_decode, encode, derived_encode] => {
            Ok(Times { decode: [decode, derived_decode], encode: [encode, derived_encode], bytes })
        }
        _ => Err(format!("five numbers were expected: {printed}").into()),
    }
}
