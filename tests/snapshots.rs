//! Everything that is generated for the two documents, for reading: an accidental change of a comma
//! shows up in review. That it compiles is shown by the crate `generated` itself.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on says why"
)]

use std::path::{Path, PathBuf};

use generator::diag::Sink;
use generator::output::Files;
use generator::{Input, Request};

#[test]
fn the_crate_of_the_specs() {
    // Relative paths, as the command line gives them: they stand in the output.
    std::env::set_current_dir(root()).expect("the workspace");
    let request = Request::folder(Path::new("specs"), "generated").expect("the specs");
    check("generated", &generate(&request));
    let single = Request::single("databricks", Input::of(Path::new("specs/databricks.yaml")));
    let files = generate(&single);
    let kept = |path: &String| ["Cargo.toml", "README.md", "src/lib.rs"].contains(&path.as_str());
    check("single", &files.into_iter().filter(|(path, _)| kept(path)).collect());
}

#[test]
fn the_runtime_is_copied_as_it_stands() {
    std::env::set_current_dir(root()).expect("the workspace");
    let request = Request::folder(Path::new("specs"), "generated").expect("the specs");
    for (path, text) in generate(&request) {
        if let Some(name) = path.strip_prefix("src/runtime/") {
            let template = root().join("templates/runtime").join(name);
            let template = std::fs::read_to_string(template).expect("the template");
            assert!(text.ends_with(&template), "{path}");
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn generate(request: &Request) -> Files {
    let mut sink = Sink::new();
    let files = generator::generate(request, &mut Default::default(), &mut sink);
    assert!(sink.as_slice().is_empty(), "{:?}", sink.as_slice());
    files.expect("no errors")
}

#[track_caller]
fn check(prefix: &str, files: &Files) {
    for (path, text) in files.iter().filter(|(path, _)| !path.starts_with("src/runtime/")) {
        let name = format!("{prefix}__{}", path.replace(['/', '.'], "_"));
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, text);
        });
    }
}
