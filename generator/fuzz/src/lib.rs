//! What the targets share: the whole generator in memory, over any text.

use generator::diag::{Format, Sink, render};
use generator::source::{Files, load_text};
use generator::{Input, Request, generate_loaded};

/// Generates a crate of a text, as `generator crate` does, and prints what is said of it.
///
/// Whatever the text is, this ends soon, with files or with errors; what it gives up on is never a
/// fault of its own, such as output that is not Rust.
pub fn generate(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (mut files, mut sink) = (Files::new(), Sink::new());
    let document = load_text("api.yaml", text, &Default::default(), &mut files, &mut sink);
    let output = document.and_then(|document| {
        let request = Request::single("api", Input::of("api.yaml".as_ref()));
        generate_loaded(&request, &[document], &Default::default(), &files, &mut sink)
    });
    for format in [Format::Short, Format::Rich { color: false }] {
        let said = render(sink.as_slice(), &files, format);
        assert!(!said.contains("generator-fault"), "{said}");
        assert_eq!(output.is_err(), sink.has_errors(), "{said}");
    }
}
