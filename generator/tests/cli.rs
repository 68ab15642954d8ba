//! The command line as a user meets it: what it writes, what it leaves alone, how it exits.

#![allow(clippy::expect_used, reason = "a test that cannot go on says why")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const DOCUMENT: &str = r#"openapi: 3.0.3
info: {title: Pets, version: "1"}
servers: [{url: https://example.com}]
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema: {type: array, items: {type: string}}
"#;

/// A folder of its own for a test, removed when it ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("generator-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("specs")).expect("a folder for the test");
        fs::write(path.join("specs/pets.yaml"), DOCUMENT).expect("a document");
        Self(path)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_generator"))
            .args(arguments)
            .current_dir(&self.0)
            .output()
            .expect("the generator runs")
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[track_caller]
fn check(output: &Output, code: i32, says: &str) {
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(said.contains(says), "{says:?} is not in: {said}");
}

fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let bytes = fs::read(&path).expect("a file");
            found.push((path.strip_prefix(folder).expect("below").to_owned(), bytes));
        }
    }
    found.sort();
    found
}

#[test]
fn writes_once_and_then_nothing() {
    let folder = Folder::new("once");
    check(&folder.run(&[]), 0, "generated from pets:");
    let before = fs::metadata(folder.path("generated/src/lib.rs")).and_then(|file| file.modified());
    check(&folder.run(&[]), 0, "0 files written");
    let after = fs::metadata(folder.path("generated/src/lib.rs")).and_then(|file| file.modified());
    assert_eq!(before.expect("a time"), after.expect("a time"));
}

#[test]
fn check_shows_what_is_stale_and_writes_nothing() {
    let folder = Folder::new("check");
    check(&folder.run(&["--check"]), 1, "is stale");
    assert!(!folder.path("generated").exists());
    check(&folder.run(&[]), 0, "");
    check(&folder.run(&["--check"]), 0, "is up to date");
    let models = folder.path("generated/src/pets/client.rs");
    let text = fs::read_to_string(&models).expect("the client").replace("listPets", "listCats");
    fs::write(&models, &text).expect("a change");
    check(&folder.run(&["--check"]), 1, "id: \"listPets\"");
    assert_eq!(fs::read_to_string(&models).expect("the client"), text);
}

#[test]
fn what_is_no_longer_made_is_removed_and_what_is_not_ours_stays() {
    let folder = Folder::new("stale");
    fs::write(folder.path("specs/cats.yaml"), DOCUMENT).expect("a document");
    check(&folder.run(&[]), 0, "from cats, pets");
    fs::write(folder.path("generated/src/mine.rs"), "// mine\n").expect("a file of the user");
    fs::remove_file(folder.path("specs/cats.yaml")).expect("removed");
    check(&folder.run(&["--check"]), 1, "src/cats/client.rs");
    check(&folder.run(&[]), 0, "removed");
    assert!(!folder.path("generated/src/cats/client.rs").exists());
    assert!(folder.path("generated/src/mine.rs").exists());
}

#[test]
fn a_file_in_the_way_stops_the_run_before_it_writes() {
    let folder = Folder::new("foreign");
    fs::create_dir_all(folder.path("generated")).expect("a folder");
    fs::write(folder.path("generated/Cargo.toml"), "[package]\n").expect("a file of the user");
    check(&folder.run(&[]), 1, "is not a file of this generator");
    assert!(!folder.path("generated/src").exists());
}

#[test]
fn a_package_is_called_what_can_stand_in_a_path() {
    let folder = Folder::new("keyword");
    check(
        &folder.run(&["crate", "specs/pets.yaml", "--name", "box", "--out", "box"]),
        0,
        "box from box",
    );
    let manifest = fs::read_to_string(folder.path("box/Cargo.toml")).expect("the manifest");
    assert!(manifest.contains("name = \"box_api\""), "{manifest}");
}

#[test]
fn a_document_with_errors_writes_nothing() {
    let folder = Folder::new("errors");
    fs::write(folder.path("specs/bad.yaml"), "openapi: 3.0.3\npaths: [a]\n").expect("a document");
    check(&folder.run(&[]), 1, "specs/bad.yaml:2:");
    assert!(!folder.path("generated").exists());
}

#[test]
fn warnings_can_be_denied() {
    let folder = Folder::new("warnings");
    let text = DOCUMENT.replace("application/json", "application/pdf");
    fs::write(folder.path("specs/pets.yaml"), text).expect("a document");
    check(&folder.run(&["--deny-warnings"]), 1, "warning[");
    assert!(!folder.path("generated").exists());
    check(&folder.run(&[]), 0, "warning[");
}

#[test]
fn a_crate_of_its_own_is_the_same_wherever_it_is_made() {
    let folder = Folder::new("crate");
    check(&folder.run(&["crate", "specs/pets.yaml", "--out", "a"]), 0, "a from pets");
    let absolute = folder.path("specs/pets.yaml");
    let absolute = absolute.to_str().expect("a path in UTF-8");
    check(&folder.run(&["crate", "./specs/pets.yaml", "--out", "b"]), 0, "b from pets");
    assert_eq!(files(&folder.path("a")), files(&folder.path("b")));
    check(&folder.run(&["crate", absolute, "--out", "c"]), 0, "c from pets");
    for (path, bytes) in files(&folder.path("c")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains(absolute), "an absolute path in {}", path.display());
    }
    check(&folder.run(&["crate", "specs/pets.yaml", "--out", "d", "--name", "cats"]), 0, "");
    let manifest = fs::read_to_string(folder.path("d/Cargo.toml")).expect("the manifest");
    assert!(manifest.contains("name = \"cats\""), "{manifest}");
}

/// `--check` is asked from another folder than the one that the crate was made from.
#[test]
fn a_crate_is_the_same_from_wherever_it_is_made() {
    let folder = Folder::new("elsewhere");
    check(&folder.run(&["crate", "specs/pets.yaml", "--out", "made"]), 0, "files written");
    let document = folder.path("specs/pets.yaml");
    let document = document.to_str().expect("a path in UTF-8");
    check(&folder.run(&["crate", document, "--out", "made", "--check"]), 0, "");
}

#[test]
fn wrong_usage_exits_with_two() {
    let folder = Folder::new("usage");
    check(&folder.run(&["--no-such-flag"]), 2, "--no-such-flag");
    check(&folder.run(&["crate", "specs/pets.yaml"]), 2, "--out");
    check(&folder.run(&["--specs", "nowhere"]), 2, "nowhere");
    check(&folder.run(&["crate", "nothing.yaml", "--out", "a"]), 2, "no file nothing.yaml");
    check(&folder.run(&["crate", "specs/pets.yaml", "--out", "a", "--name", ""]), 2, "is empty");
    check(&folder.run(&["crate", "specs/pets.yaml", "--out", "specs/pets.yaml"]), 2, "is a file");
    check(&folder.run(&["--help"]), 0, "Exit codes");
    check(&folder.run(&["crate", "--help"]), 0, "--out");
}

const OVERLAY: &str = r#"overlay: 1.0.0
info: {title: Pets for us, version: "1"}
extends: pets.yaml
actions:
  - target: $.paths['/pets'].get
    update: {operationId: listAnimals}
"#;

#[test]
fn overlays_are_applied() {
    let folder = Folder::new("overlay");
    fs::write(folder.path("specs/pets.overlay.yaml"), OVERLAY).expect("an overlay");
    let overlay = ["--overlay", "specs/pets.overlay.yaml"];
    let single = ["crate", "specs/pets.yaml", "--out", "single"];
    check(&folder.run(&[]), 0, "generated from pets:");
    check(&folder.run(&[&single[..], &overlay].concat()), 0, "single from pets:");
    for client in ["generated/src/pets/client.rs", "single/src/client.rs"] {
        let text = fs::read_to_string(folder.path(client)).expect("the client");
        assert!(text.contains("fn list_animals") && !text.contains("fn list_pets"), "{text}");
    }
    check(&folder.run(&[&single[..], &["--overlay", "none.yaml"]].concat()), 2, "none.yaml: ");
    check(&folder.run(&["--check"]), 0, "is up to date");
    let text = OVERLAY.replace("/pets", "/cats");
    fs::write(folder.path("specs/pets.overlay.yaml"), text).expect("an overlay");
    check(&folder.run(&["--check"]), 1, "pets.overlay.yaml:5:13: error[unused-action]");
    let lost = folder.path("specs/cats.overlay.json");
    fs::rename(folder.path("specs/pets.overlay.yaml"), lost).expect("renamed");
    check(&folder.run(&[]), 2, "cats.overlay.json: an overlay of `cats`");
}

#[test]
fn hidden_files_are_no_documents() {
    let folder = Folder::new("hidden");
    fs::write(folder.path("specs/.pets.yaml"), "no document").expect("a hidden file");
    check(&folder.run(&[]), 0, "generated from pets:");
}

/// A document whose answer is the schema that a reference leads to.
fn referring(reference: &str) -> String {
    format!(
        r#"openapi: 3.0.3
info: {{title: Referring, version: "1"}}
servers: [{{url: "https://referring.example.com"}}]
paths:
  /pets:
    get:
      responses:
        "200":
          description: ok
          content: {{application/json: {{schema: {{$ref: "{reference}"}}}}}}
"#
    )
}

/// A file beside the document's folder is read only where that is allowed.
#[test]
fn references_leave_the_folder_only_where_they_may() {
    let folder = Folder::new("root");
    fs::create_dir_all(folder.path("common")).expect("a folder");
    let text = referring("../common/pet.yaml#/Pet");
    fs::write(folder.path("specs/pets.yaml"), text).expect("a document");
    let pet = "Pet: {type: object, properties: {name: {type: string}}}\n";
    fs::write(folder.path("common/pet.yaml"), pet).expect("a document");
    check(&folder.run(&[]), 1, "specs/pets.yaml:10:55: error[outside-ref]");
    check(&folder.run(&["--root", "common"]), 2, "specs/pets.yaml is not below common");
    check(&folder.run(&["--root", "nowhere"]), 2, "nowhere");
    check(&folder.run(&["--root", "."]), 0, "files written");
    let models = fs::read_to_string(folder.path("generated/src/pets/models.rs"));
    assert!(models.is_ok_and(|models| models.contains("pub struct Pet ")));
    check(&folder.run(&["crate", "specs/pets.yaml", "--out", "a", "--root", "."]), 0, "written");
    fs::write(folder.path("common/pet.yaml"), "Pet: {type: nothing}\n").expect("a document");
    check(&folder.run(&["--root", "."]), 1, "common/pet.yaml:1:13: error");
}

/// A file may be a schema, which refers to itself by `#`, or a document, which is none.
#[test]
fn a_whole_file_is_a_schema_unless_it_is_a_document() {
    let folder = Folder::new("whole");
    fs::create_dir_all(folder.path("split")).expect("a folder");
    let components = "components: {schemas: {Api: {$ref: \"other.yml\"}}}\n";
    let text = referring("tree.yaml") + components;
    fs::write(folder.path("split/api.yaml"), text).expect("a document");
    fs::write(folder.path("split/other.yml"), DOCUMENT).expect("a document");
    let tree = "{type: object, properties: {children: {type: array, items: {$ref: '#'}}}}\n";
    fs::write(folder.path("split/tree.yaml"), tree).expect("a schema");
    let output = folder.run(&["crate", "split/api.yaml", "--out", "a"]);
    check(&output, 0, "split/api.yaml:11:36: warning[wrong-ref]: the reference leads to a whole");
    check(&output, 0, "as in `other.yml#/components/schemas/Name`");
    assert_eq!(String::from_utf8_lossy(&output.stderr).matches("warning[").count(), 1);
    let models = fs::read_to_string(folder.path("a/src/models.rs"));
    assert!(models.is_ok_and(|models| models.contains("pub children: Option<Vec<Tree>>")));
}
