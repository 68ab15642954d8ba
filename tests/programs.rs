//! The programs that try real documents, as far as they decide something.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::fs;
use std::process::Command;

const EMPTY: &str = r#""info": {"title": "t", "version": "1"}, "paths": {}}"#;

/// What is a document is seen by its content: JSON has the name of YAML here and there.
#[test]
fn the_corpus_finds_documents_by_content() {
    let folder = std::env::temp_dir().join(format!("corpus-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let yaml = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n";
    for (name, text) in [
        ("block.yaml", yaml.to_owned()),
        ("indented.yml", format!("\n{{\n  \"openapi\": \"3.1.0\",\n  {EMPTY}\n")),
        ("plain.json", format!("{{\"openapi\": \"3.1.0\", {EMPTY}\n")),
        ("part.yaml", "settings:\n  openapi: 3.1.0\n".to_owned()),
        ("part.yml", "{\n  \"type\": \"object\"\n}\n".to_owned()),
        ("notes.txt", yaml.to_owned()),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    let output = Command::new(env!("CARGO_BIN_EXE_corpus")).arg(&folder).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let found = said.lines().filter_map(|line| line.split_whitespace().nth(4));
    let found: Vec<&str> = found.filter(|name| name.contains('.')).collect();
    assert_eq!(found, ["block.yaml", "indented.yml", "plain.json"], "{said}");
    fs::remove_dir_all(folder).unwrap();
}
