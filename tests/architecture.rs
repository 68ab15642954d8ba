//! The invariants of the generator's structure, read off its source: which module may name which
//! other, who touches the file system, where identifiers and tokens are made.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on says why"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// The stages in their order: each may name those before it, and what is listed for it besides.
const STAGES: &[(&str, &[&str])] = &[
    ("diag", &[]),
    ("ir", &["diag"]),
    ("settings", &["diag", "ir"]),
    ("source", &["diag", "settings"]),
    ("lower", &["diag", "settings", "source", "ir"]),
    ("analyze", &["diag", "ir", "settings"]),
    ("names", &["diag", "ir", "settings", "analyze"]),
    ("emit", &["diag", "ir", "analyze", "names"]),
    ("output", &["emit"]),
    ("request", &["source", "names"]),
];

/// Crates and paths that only some stages may name.
const RESTRICTED: &[(&str, &[&str])] = &[
    ("openapiv3", &["source", "lower"]),
    ("proc_macro2", &["names", "emit", "output"]),
    ("quote", &["names", "emit", "output"]),
    ("syn", &["emit", "output"]),
    ("prettyplease", &["emit", "output"]),
    ("minijinja", &["output"]),
    ("annotate_snippets", &["diag"]),
    ("toml", &["settings"]),
    ("serde_json_path", &["source"]),
    ("std::fs", &["source", "output"]),
];

/// A line of code in a stage.
struct Line {
    stage: String,
    at: String,
    code: String,
}

#[test]
fn stages_depend_one_way() {
    let faults = lines().into_iter().filter_map(|line| {
        let allowed =
            STAGES.iter().find(|(stage, _)| *stage == line.stage).map(|(_, uses)| *uses)?;
        let named = named_stages(&line.code);
        let wrong: Vec<&str> = named
            .into_iter()
            .filter(|name| *name != line.stage && !allowed.contains(name))
            .collect();
        (!wrong.is_empty()).then(|| format!("{}: {} may not name {wrong:?}", line.at, line.stage))
    });
    let faults: Vec<String> = faults.collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn crates_are_named_where_they_belong() {
    let lines = lines();
    let faults: Vec<String> = lines
        .iter()
        .flat_map(|line| {
            RESTRICTED
                .iter()
                .filter(|(name, stages)| {
                    names(&line.code, name) && !stages.contains(&line.stage.as_str())
                })
                .map(|(name, _)| format!("{}: {} may not name {name}", line.at, line.stage))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn identifiers_are_made_of_document_text_in_names_only() {
    let faults: Vec<String> = lines()
        .into_iter()
        .filter(|line| line.stage != "names" && line.code.contains("format_ident!"))
        .map(|line| line.at)
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_list_of_stages_is_the_list_of_modules() {
    let mut modules: Vec<String> = fs::read_dir(source())
        .expect("the source of the generator")
        .flatten()
        .map(|entry| entry.path().file_stem().unwrap_or_default().to_string_lossy().into_owned())
        .filter(|name| name != "lib" && name != "main")
        .collect();
    modules.sort();
    let mut stages: Vec<&str> = STAGES.iter().map(|(stage, _)| *stage).collect();
    stages.sort_unstable();
    assert_eq!(modules, stages);
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../generator/src")
}

/// Every line of code of every stage, without comments.
fn lines() -> Vec<Line> {
    let mut lines = Vec::new();
    for (stage, _) in STAGES {
        let folder = source().join(stage);
        let files =
            if folder.is_dir() { files(&folder) } else { vec![folder.with_extension("rs")] };
        for file in files {
            let text = fs::read_to_string(&file).expect("a source file");
            for (number, line) in text.lines().enumerate() {
                let code = line.split("//").next().unwrap_or_default();
                lines.push(Line {
                    stage: (*stage).to_owned(),
                    at: format!("{}:{}", file.display(), number + 1),
                    code: code.to_owned(),
                });
            }
        }
    }
    assert!(lines.len() > 1_000, "the source was not found");
    lines
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of the source").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|suffix| suffix == "rs") {
            found.push(path);
        }
    }
    found
}

/// The stages that a line names by `crate::`.
fn named_stages(code: &str) -> Vec<&str> {
    code.split("crate::")
        .skip(1)
        .filter_map(|rest| {
            let end = rest.find(|char: char| !(char.is_alphanumeric() || char == '_'));
            let name = rest.get(..end.unwrap_or(rest.len()))?;
            STAGES.iter().any(|(stage, _)| *stage == name).then_some(name)
        })
        .collect()
}

/// Whether a line names a crate or a path as a whole word.
fn names(code: &str, path: &str) -> bool {
    code.match_indices(path).any(|(start, _)| {
        let before = code.get(..start).and_then(|front| front.chars().next_back());
        let after = code.get(start + path.len()..).unwrap_or_default();
        let is_word = |char: char| char.is_alphanumeric() || char == '_';
        !before.is_some_and(|char| is_word(char) || char == ':') && after.starts_with("::")
    })
}
