//! How diagnostics are printed, and what pointers are.

use generator::diag::{Diagnostic, FileId, Format, Lines, Place, Pointer, Position, Sink, render};
use generator::source::Files;

#[track_caller]
fn prints(format: Format, expected: &str) {
    let mut files = Files::new();
    let file = files.add("a.yaml", "one: ä\ntwo: [b, cc]\n");
    let at = |pointer: &str| Place::new(file, Pointer::parse(pointer).unwrap_or_default());
    let diagnostics = [
        Diagnostic::error("late", "wrong item").at(at("/two/1")).related(at("/one"), "see"),
        Diagnostic::warning("early", "wrong key").at_key(at("/one")).help("remove it"),
    ];
    assert_eq!(render(&diagnostics, &files, format), expected);
}

#[test]
fn short() {
    prints(
        Format::Short,
        "a.yaml:1:1: warning[early]: wrong key (at #/one) — help: remove it\n\
         a.yaml:2:10: error[late]: wrong item (at #/two/1) — see at a.yaml:1:1\n",
    );
}

#[test]
fn rich() {
    prints(
        Format::Rich { color: false },
        "\
warning[early]: wrong key
 --> a.yaml:1:1
  |
1 | one: ä
  | ^^^
  |
  = note: at #/one
  = help: remove it

error[late]: wrong item
 --> a.yaml:2:10
  |
2 | two: [b, cc]
  |          ^^
  |
  = note: at #/two/1
  |
 ::: a.yaml:1:1
  |
1 | one: ä
  | --- see

1 error, 1 warning
",
    );
}

#[test]
fn json() {
    prints(
        Format::Json,
        "{\"code\":\"early\",\"column\":1,\"file\":\"a.yaml\",\"help\":\"remove it\",\"line\":1,\"message\":\"wrong key\",\"pointer\":\"#/one\",\"related\":[],\"severity\":\"warning\"}\n\
         {\"code\":\"late\",\"column\":10,\"file\":\"a.yaml\",\"help\":null,\"line\":2,\"message\":\"wrong item\",\"pointer\":\"#/two/1\",\"related\":[{\"column\":1,\"file\":\"a.yaml\",\"label\":\"see\",\"line\":1}],\"severity\":\"error\"}\n",
    );
}

#[test]
fn pointers_are_escaped_and_compared_by_key() {
    let pointer = Pointer::root().child("a/b").child("~").index(3);
    assert_eq!(pointer.to_string(), "/a~1b/~0/3");
    assert_eq!(Pointer::parse("/a~1b/~0/3"), Some(pointer.clone()));
    assert_eq!(pointer.keys(), ["a/b", "~", "3"]);
    assert_eq!(Pointer::parse("a"), None);
    assert_ne!(pointer.parent(), Some(&pointer));
}

#[test]
fn a_deep_pointer_is_dropped_without_recursion() {
    let deep = (0..1_000_000).fold(Pointer::root(), |at, _| at.child("a"));
    assert_eq!(deep.keys().len(), 1_000_000);
}

#[test]
fn positions_count_characters() {
    let lines = Lines::new("äb\r\nc");
    assert_eq!(lines.position(2), Position { line: 1, column: 2 });
    assert_eq!(lines.position(99), Position { line: 2, column: 2 });
    assert_eq!(lines.byte(Position { line: 1, column: 9 }), 3);
}

#[test]
fn only_errors_close_the_gate() {
    let mut sink = Sink::new();
    sink.report(Diagnostic::warning("w", "w").at(Place::new(FileId(0), Pointer::root())));
    assert!(sink.gate().is_ok());
    sink.report(Diagnostic::error("e", "e"));
    assert!(sink.gate().is_err());
}
