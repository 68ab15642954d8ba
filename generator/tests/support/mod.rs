//! What tests of the generator's output share.

#![allow(dead_code, reason = "each test takes what it needs")]

use generator::diag::{Format, Sink, render};
use generator::output::Files as Output;
use generator::source::{Files, load_text};
use generator::{Input, Request, generate_loaded};

/// The files that a document generates, if it does, and what is said of it.
pub(crate) fn generate(text: &str) -> (Option<Output>, String) {
    let (mut files, mut sink) = (Files::new(), Sink::new());
    let document = load_text("api.yaml", text, &Default::default(), &mut files, &mut sink);
    let output = document.and_then(|document| {
        let request = Request::single("api", Input::of("api.yaml".as_ref()));
        generate_loaded(&request, &[document], &Default::default(), &files, &mut sink)
    });
    (output.ok(), render(sink.as_slice(), &files, Format::Short))
}

/// The files that a document generates, without a word said.
#[track_caller]
pub(crate) fn generated(text: &str) -> Output {
    let (output, said) = generate(text);
    assert_eq!(said, "", "{text}");
    output.unwrap_or_default()
}

#[track_caller]
pub(crate) fn holds(files: &Output, path: &str, texts: &[&str]) {
    let file = files.get(path).map(String::as_str).unwrap_or_default();
    for text in texts {
        assert!(file.contains(text), "{path} has no `{text}`:\n{file}");
    }
}
