//! What models that are described once cost, beside the same structs with serde's derives.
//!
//! `cargo run --release -p tests --bin bench` writes crates of both kinds below `target/bench/`
//! and prints four ratios: the time to decode and to encode JSON, and the CPU time to check and to
//! build. It is a program that measures, never a test: nothing here fails because it was slow.
//!
//! `--fast` leaves the compile times out; `--write` only writes the crates, for a profiler.
//! `--whole DOC [FEATURE]` takes the compile times of the crate of a document of one's own: whole,
//! with one feature, and of an application, if `benches/programs/` has one for it.

mod compare;
mod crates;
mod derive;
mod document;
mod sample;
mod whole;
mod wide;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use crates::{Kind, Package};
use document::Document;

/// How often the time of a check is taken; the least counts. A release build is too long for that.
const COMPILES: usize = 3;

/// The size of the array that is decoded and encoded, in bytes.
const SAMPLE: usize = 2_000_000;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        [] => print_all(),
        ["--fast"] => print_run_time(),
        ["--write"] => write_narrow().and_then(|_| write_wide()).map(drop),
        ["--whole", document] => whole::print(Path::new(document), None),
        ["--whole", document, feature] => whole::print(Path::new(document), Some(feature)),
        _ => Err("what is wanted is --fast, --write, or --whole DOC [FEATURE]".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn print_all() -> Outcome {
    print_run_time()?;
    print_compile_time()
}

fn print_run_time() -> Outcome {
    let times = compare::run(&write_narrow()?)?;
    println!("Run time, serde_json, an array of 2 MB: least of many interleaved runs, wall clock");
    print_head("MB/s");
    print_row("decode", times.decode.map(|nanos| times.rate(nanos)), times.decode);
    print_row("encode", times.encode.map(|nanos| times.rate(nanos)), times.encode);
    println!();
    Ok(())
}

fn print_compile_time() -> Outcome {
    let packages = write_wide()?;
    println!(
        "Compile time, {} structs: user CPU, check the least of {COMPILES} runs,",
        wide::STRUCTS
    );
    println!("cargo's own included, dependencies built before; others may use this machine");
    print_head("s");
    for (name, kind, times) in [("check", Kind::Check, COMPILES), ("release", Kind::Release, 1)] {
        let [ours, derive] = &packages;
        let seconds = [ours.compile(kind, times)?, derive.compile(kind, times)?];
        print_row(name, seconds, seconds);
    }
    Ok(())
}

fn print_head(unit: &str) {
    println!(
        "{:10}{:>12}{:>12}{:>12}",
        "",
        format!("ours {unit}"),
        format!("derive {unit}"),
        "ours/derive"
    );
}

/// A line of the table: what is shown for ours and for derive, and the costs that make the ratio.
fn print_row(name: &str, shown: [f64; 2], costs: [f64; 2]) {
    let [ours, derive] = shown;
    let [our_cost, derive_cost] = costs;
    println!("{name:10}{ours:12.2}{derive:12.2}{:12.2}", our_cost / derive_cost);
}

/// The crates of the issue tracker, and the program that compares them.
fn write_narrow() -> Outcome<Package> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../benches/models.yaml"));
    let document = Document::read(&std::fs::read_to_string(path)?)?;
    crates::write_ours("ours", path)?;
    crates::write_derive("derive", &document)?;
    compare::write(&sample::array(&document, "Issue", SAMPLE)?)
}

/// The crates of the document of many schemas.
fn write_wide() -> Outcome<[Package; 2]> {
    let text = wide::document();
    let path = crates::root().join("wide.yaml");
    std::fs::create_dir_all(crates::root())?;
    std::fs::write(&path, &text)?;
    let ours = crates::write_ours("wide_ours", &path)?;
    Ok([ours, crates::write_derive("wide_derive", &Document::read(&text)?)?])
}
