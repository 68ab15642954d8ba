//! What the settings make of a crate, and what is said about those that are wrong.

#![allow(clippy::expect_used, reason = "a test that cannot go on says why")]

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use generator::diag::{Format, Sink, render};
use generator::output::Files;
use generator::source::{Files as Sources, Text};
use generator::{Input, Request, generate};

const DOCUMENT: &str = "\
openapi: 3.1.0
info: {title: t, version: '1'}
security: [{key: []}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      parameters: [{$ref: '#/components/parameters/Limit'}]
      responses:
        '200':
          description: ok
          headers: {X-Next: {schema: {type: string}}}
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
    post:
      operationId: createPet
      tags: [pets, admin]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewPet'}}}}
      responses: {'201': {description: made}}
  /pets/{petId}:
    parameters: [{name: petId, in: path, required: true, schema: {type: string}}]
    get:
      tags: [pets]
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Animal'}}}}}
  /shops/{shopId}/pets:
    parameters: [{name: shopId, in: path, required: true, schema: {type: string}}]
    get:
      operationId: shopPets
      tags: [shops]
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Shop'}}}}, '410': {$ref: '#/components/responses/Gone'}}
components:
  responses:
    Gone: {description: gone, content: {application/json: {schema: {type: object, properties: {why: {type: string}}}}}}
  parameters:
    Limit: {name: limit, in: query, schema: {type: integer}}
  securitySchemes:
    key: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://example.com/token', scopes: {}}}}
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string}
        coat: {$ref: '#/components/schemas/Color'}
        owner: {type: object, properties: {name: {type: string}}}
        born: {type: string, format: date}
        weight: {type: integer, format: int8}
        tag: {type: string, format: uuid}
    NewPet: {type: object, properties: {keeper: {type: object, properties: {name: {type: string}}}}}
    Color: {type: string, enum: [dark-red, '+1', blue]}
    Animal:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind, mapping: {c: '#/components/schemas/Cat', d: '#/components/schemas/Dog'}}
    Cat: {type: object, required: [kind], properties: {kind: {type: string}}}
    Dog: {type: object, required: [kind], properties: {kind: {type: string}}}
    Shop: {type: object, discriminator: {propertyName: kind}, required: [kind], properties: {kind: {type: string}}}
    BookShop: {allOf: [{$ref: '#/components/schemas/Shop'}, {type: object, properties: {books: {type: integer}}}]}
    Unused: {type: object, properties: {x: {type: string}}}
";

struct Outcome {
    files: Option<Files>,
    said: String,
}

impl Outcome {
    fn has(&self, path: &str, text: &str) -> bool {
        self.files
            .as_ref()
            .and_then(|files| files.get(path))
            .is_some_and(|file| file.contains(text))
    }
}

fn run(settings: &str) -> Outcome {
    run_with(DOCUMENT, settings)
}

fn run_with(document: &str, settings: &str) -> Outcome {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder: PathBuf =
        std::env::temp_dir().join(format!("generator-settings-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("pets.yaml");
    std::fs::write(&path, document).expect("the document");
    let mut request = Request::single("pets", Input::of(&path));
    request.settings = Some(Text { name: "generator.toml".to_owned(), text: settings.to_owned() });
    let (mut sources, mut sink) = (Sources::new(), Sink::new());
    let files = generate(&request, &mut sources, &mut sink).ok();
    let _ = std::fs::remove_dir_all(folder);
    Outcome { files, said: render(sink.as_slice(), &sources, Format::Short) }
}

/// The settings bring this into the output, and take that out of it.
#[track_caller]
fn changes(settings: &str, now: &[(&str, &str)], no_more: &[(&str, &str)]) {
    let (before, after) = (run(""), run(settings));
    assert_eq!(after.said, "");
    for (path, text) in now {
        assert!(after.has(path, text), "{text:?} is not in {path}");
        assert!(!before.has(path, text), "{text:?} was in {path} before");
    }
    for (path, text) in no_more {
        assert!(!after.has(path, text), "{text:?} is still in {path}");
        assert!(before.has(path, text), "{text:?} was not in {path} before");
    }
    assert!(run(settings).files == after.files, "another run, another output");
}

/// The settings are refused, and this is all that is said.
#[track_caller]
fn says(settings: &str, expected: &[&str]) {
    let outcome = run(settings);
    assert_eq!(outcome.said.lines().collect::<Vec<_>>(), expected);
    assert!(outcome.files.is_none());
}

const MODELS: &str = "src/models.rs";
const CLIENT: &str = "src/client.rs";

#[test]
fn types_are_renamed() {
    let types = "rename.types = {Pet = 'Beast', '#/components/schemas/NewPet' = 'Fresh', 'responses/Gone' = 'Past'}";
    changes(
        types,
        &[
            (MODELS, "pub struct Beast {"),
            (MODELS, "pub struct BeastOwner {"),
            (CLIENT, "Vec<models::Beast>"),
            (MODELS, "pub struct Fresh {"),
            (CLIENT, "Gone(models::Past)"),
        ],
        &[
            (MODELS, "pub struct Pet {"),
            (MODELS, "pub struct NewPet {"),
            (MODELS, "pub struct Gone {"),
        ],
    );
}

#[test]
fn an_inline_type_with_a_name_of_its_own_is_not_merged_into_its_equal() {
    changes(
        "[rename.types]\n'#/components/schemas/NewPet/properties/keeper' = 'Keeper'",
        &[(MODELS, "pub struct Keeper {"), (MODELS, "pub keeper: Option<Keeper>")],
        &[
            (MODELS, "pub type NewPetKeeper = PetOwner;"),
            (MODELS, "pub keeper: Option<NewPetKeeper>"),
        ],
    );
}

#[test]
fn members_are_renamed() {
    changes(
        "[rename.fields]\n'#/components/schemas/Pet/properties/name' = 'label'\n\
         Pet = {coat = 'type'}\nNewPet = {keeper = 'type'}",
        &[
            (MODELS, "pub label: String"),
            (MODELS, "pub r#type: Option<Color>"),
            (MODELS, "fn with_type("),
        ],
        &[(MODELS, "pub coat: ")],
    );
    changes(
        "[rename.values.Color]\n'+1' = 'ThumbsUp'\ndark-red = 'Crimson'",
        &[(MODELS, "ThumbsUp"), (MODELS, "Crimson")],
        &[(MODELS, "DarkRed")],
    );
    changes(
        "[rename.variants]\nAnimal = {c = 'Kitty', Dog = 'Puppy'}",
        &[(MODELS, "Kitty("), (MODELS, "Puppy(")],
        &[],
    );
}

#[test]
fn operations_are_renamed() {
    changes(
        "[rename.operations]\nlistPets = 'pets'\n'GET /pets/{petId}' = 'one_pet'",
        &[(CLIENT, "pub fn pets("), (CLIENT, "pub struct Pets"), (CLIENT, "pub fn one_pet(")],
        &[(CLIENT, "pub fn list_pets("), (CLIENT, "pub fn get_pets_pet_id(")],
    );
    for settings in [
        "[rename.parameters.listPets]\nlimit = 'most'",
        "[rename.parameters.'GET /pets']\nlimit = 'most'",
        "[rename.parameters]\n'#/components/parameters/Limit' = 'most'",
    ] {
        changes(settings, &[(CLIENT, "pub fn most(")], &[(CLIENT, "pub fn limit(")]);
    }
    changes(
        "[rename.headers.listPets]\nX-Next = 'next'",
        &[(CLIENT, "pub next: ")],
        &[(CLIENT, "pub x_next: ")],
    );
}

#[test]
fn a_section_may_be_for_one_document() {
    let types = "[apis.pets.rename.types]\nPet = 'Beast'\n[rename.types]\nPet = 'Creature'";
    changes(types, &[(MODELS, "pub struct Beast {")], &[]);
}

#[test]
fn formats_become_types() {
    changes(
        "[types]\ndate = 'jiff::civil::Date'\nint8 = 'i8'",
        &[
            (MODELS, "pub born: Option<Spelled<jiff::civil::Date>>"),
            (MODELS, "pub weight: Option<i8>"),
            ("src/formats/mod.rs", "pub use spelled::{Spelled, Text};"),
            ("src/lib.rs", "pub mod formats;"),
            ("Cargo.toml", "jiff = "),
        ],
        &[(MODELS, "pub born: Option<String>")],
    );
    changes(
        "[types]\nuuid = 'String'\ndate = 'Base64'",
        &[(MODELS, "pub tag: Option<String>"), (MODELS, "pub born: Option<Base64>")],
        &[(MODELS, "pub tag: Option<Uuid>")],
    );
    let outcome = run("[types]\ndate = 'Base64'");
    assert!(!outcome.has("Cargo.toml", "jiff") && !outcome.has("src/formats/mod.rs", "spelled"));
    let own = "[types]\ndate = 'String'\n[apis.pets.types]\ndate = 'jiff::civil::Date'";
    changes(own, &[(MODELS, "pub born: Option<Spelled<jiff::civil::Date>>")], &[]);
}

#[test]
fn types_that_cannot_be_are_errors() {
    says(
        "[types]\ndate = 'jiff::civil::Dates'\nuuid = 'time'\nint8 = 8",
        &[
            "generator.toml:2:8: error[wrong-setting]: `jiff::civil::Dates` is no type that a format may become — help: did you mean `jiff::civil::Date`?",
            "generator.toml:3:8: error[wrong-setting]: `time` is no type that a format may become — help: there are String, Base64, jiff::Timestamp, jiff::civil::Date, jiff::civil::DateTime, jiff::civil::Time, rust_decimal::Decimal, url::Url, uuid::Uuid, i8, i16, i32, i64, u8, u16, u32, u64",
            "generator.toml:4:8: error[wrong-setting]: `types.int8` must name a type, found a number — help: correct the value, or remove it",
        ],
    );
    says(
        "[types]\ndates = 'String'\ndate = 'i8'\nint8 = 'url::Url'",
        &[
            "generator.toml:2:1: error[unused-setting]: there is no format `dates` — help: did you mean `date`?",
            "generator.toml:3:1: error[unused-setting]: there is no format `date` — help: the format is one of another kind of value; choose another type",
            "generator.toml:4:1: error[unused-setting]: there is no format `int8` — help: the format is one of another kind of value; choose another type",
        ],
    );
}

#[test]
fn operations_are_kept() {
    for settings in [
        "keep.paths = ['/shops/**']",
        "keep.paths = ['/shops/*/pets']",
        "keep.paths = ['/shops/{shopId}/pets']",
        "keep.tags = ['shops']",
        "keep.operations = ['shopPets']",
        "keep.operations = ['GET /shops/{shopId}/pets']",
        "leave-out.tags = ['pets']",
        "leave-out.paths = ['/pets', '/pets/*']",
        "keep.paths = ['/**']\nleave-out.tags = ['pets']",
    ] {
        changes(
            settings,
            &[],
            &[
                (CLIENT, "pub fn list_pets("),
                (CLIENT, "pub fn get_pets_pet_id("),
                (MODELS, "pub struct Pet {"),
                (MODELS, "pub enum Color"),
                (MODELS, "pub struct Unused {"),
            ],
        );
        let outcome = run(settings);
        assert!(outcome.has(CLIENT, "pub fn shop_pets("));
        assert!(outcome.has(CLIENT, "https://example.com/token"), "security schemes stay");
        // Whoever is promised a shop may be given a shop of any kind.
        assert!(outcome.has(MODELS, "pub struct BookShop {"));
    }
}

#[test]
fn what_choices_name_adds_up() {
    let outcome = run("keep = {operations = ['createPet'], tags = ['shops']}");
    assert!(outcome.has(CLIENT, "pub fn create_pet(") && outcome.has(CLIENT, "pub fn shop_pets("));
    assert!(!outcome.has(CLIENT, "pub fn list_pets("));
    let outcome = run("[keep]\ntags = ['pets']\n[leave-out]\ntags = ['admin']");
    assert!(outcome.has(CLIENT, "pub fn list_pets(") && !outcome.has(CLIENT, "pub fn create_pet("));
}

/// What is wrong with an operation that is left out is nobody's concern.
#[test]
fn faults_of_what_is_left_out_are_not_reported() {
    let document =
        DOCUMENT.replace("operationId: shopPets", "operationId: shopPets\n      parameters: none");
    let broken = run_with(&document, "");
    assert!(broken.files.is_none() && broken.said.contains("error[wrong-type]"), "{}", broken.said);
    let outcome = run_with(&document, "leave-out.paths = ['/shops/**']");
    assert!(outcome.files.is_some(), "{}", outcome.said);
}

#[test]
fn what_nothing_uses_is_an_error() {
    says(
        "[rename.types]\nPett = 'Beast'\n[rename.fields.Pet]\nnamme = 'x'\n[rename.operations]\nxyz = 'a'\n[apis.cats.rename.types]\nPet = 'Cat'",
        &[
            "generator.toml:2:1: error[unused-setting]: there is no type `Pett` — help: did you mean `Pet`?",
            "generator.toml:4:1: error[unused-setting]: there is no property `namme` of `Pet` — help: did you mean `name`?",
            "generator.toml:6:1: error[unused-setting]: there is no operation `xyz` — help: correct it, or remove it",
            "generator.toml:7:7: error[unused-setting]: there is no document `cats` — help: the documents are pets",
        ],
    );
    says(
        "keep.tags = ['pets', 'petz']\nleave-out.paths = ['/shop/**', '/pets/{petid}']",
        &[
            "generator.toml:1:22: error[unused-setting]: there is no tag `petz` — help: did you mean `pets`?",
            "generator.toml:2:20: error[unused-setting]: there is no path `/shop/**` — help: correct it, or remove it",
            "generator.toml:2:32: error[unused-setting]: there is no path `/pets/{petid}` — help: did you mean `/pets/{petId}`?",
        ],
    );
    says(
        "[rename.tags]\npets = 'animals'",
        &[
            "generator.toml:2:1: error[unused-setting]: there is no tag `pets` — help: tags are modules only where a document has many operations",
        ],
    );
    says(
        "[rename.types]\nUnused = 'X'\n[keep]\ntags = ['pets']",
        &[
            "generator.toml:2:1: error[unused-setting]: there is no type `Unused` — help: correct it, or remove it",
        ],
    );
}

#[test]
fn names_that_cannot_be_had_are_errors() {
    says(
        "[rename.types]\nPet = 'my_pet'\nNewPet = '9'\nColor = 'Vec'\nCat = 'Feline'\nDog = 'Feline'\nShop = 'Animal'",
        &[
            "generator.toml:2:7: error[wrong-name]: `my_pet` is no name for a type or a variant — help: write it as `MyPet`",
            "generator.toml:3:10: error[wrong-name]: `9` is no name for a type or a variant — help: a name has letters, digits and `_`, and starts with a letter",
            "generator.toml:4:9: error[wrong-name]: `Vec` is a name that generated code needs itself — help: choose another name",
            "generator.toml:6:7: error[wrong-name]: `Feline` is given to two things that stand together — help: choose another name for one of them",
            "generator.toml:7:8: error[wrong-name]: `Animal` is what something else beside it is called already — help: choose another name, or rename the other one as well",
        ],
    );
    says(
        "[rename.fields.Pet]\nname = 'coat'\nowner = 'Owner'",
        &[
            "generator.toml:2:8: error[wrong-name]: `coat` is what something else beside it is called already — help: choose another name, or rename the other one as well",
            "generator.toml:3:9: error[wrong-name]: `Owner` is no name for a field, a function or a module — help: write it as `owner`",
        ],
    );
    says(
        "[rename.operations]\nlistPets = 'builder'\ncreatePet = 'shop_pets'",
        &[
            "generator.toml:2:12: error[wrong-name]: `builder` is a name that generated code needs itself — help: choose another name",
            "generator.toml:3:13: error[wrong-name]: `shop_pets` is what something else beside it is called already — help: choose another name, or rename the other one as well",
        ],
    );
}

/// Two things may change their names with each other.
#[test]
fn names_may_be_exchanged() {
    let outcome = run("[rename.types]\nCat = 'Dog'\nDog = 'Cat'");
    assert_eq!(outcome.said, "");
    assert!(outcome.has(MODELS, "    C(Dog),") && outcome.has(MODELS, "    D(Cat),"));
}

#[test]
fn settings_that_mean_nothing_are_errors() {
    says(
        "[renames]\n[rename.type]\nPet = 'A'\n[keep]\npath = ['/a']",
        &[
            "generator.toml:1:2: error[unknown-setting]: `renames` is not a section of the settings — help: did you mean `rename`?",
            "generator.toml:2:9: error[unknown-setting]: `type` is not a table of `rename` — help: did you mean `types`?",
            "generator.toml:5:1: error[unknown-setting]: `path` is not a list of `keep` — help: did you mean `paths`?",
        ],
    );
    says(
        "rename = 1\nkeep = {tags = 'a', paths = [1, '/***']}\napis = {pets = []}",
        &[
            "generator.toml:1:10: error[wrong-setting]: `rename` must be a table, found a number — help: correct the value, or remove it",
            "generator.toml:2:16: error[wrong-setting]: `keep.tags` must be a list of strings, found a string — help: correct the value, or remove it",
            "generator.toml:2:30: error[wrong-setting]: every item of `keep.paths` must be a string, found a number — help: correct the value, or remove it",
            "generator.toml:2:33: error[wrong-setting]: `/***` is no pattern: wildcards are either regular `*` or recursive `**` — help: `*` stands for a step of the path, `**` for any number of them",
            "generator.toml:3:16: error[wrong-setting]: `apis.pets` must be a table, found a list — help: correct the value, or remove it",
        ],
    );
    says(
        "[rename]\ntypes = {Pet = 1}\nvalues = {Color = 'x'}\noperations = {listPets = {}}\nfields = {Pet = {name = true}}",
        &[
            "generator.toml:2:16: error[wrong-setting]: `rename.types.Pet` must be a name, found a number — help: correct the value, or remove it",
            "generator.toml:3:19: error[wrong-setting]: `rename.values.Color` must be a table, found a string — help: correct the value, or remove it",
            "generator.toml:4:26: error[wrong-setting]: `rename.operations.listPets` must be a name, found a table — help: correct the value, or remove it",
            "generator.toml:5:25: error[wrong-setting]: `rename.fields.Pet.name` must be a name, found a boolean — help: correct the value, or remove it",
        ],
    );
    says(
        "[rename\nx = 1",
        &[
            "generator.toml:1:8: error[invalid-toml]: this is not TOML: unclosed table, expected `]`",
        ],
    );
}

/// Tags are modules and features where a document has many operations.
#[test]
fn tags_are_renamed() {
    use std::fmt::Write as _;
    let mut document = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n".to_owned();
    for number in 0..120 {
        let tag = if number % 2 == 0 { "Even Numbers" } else { "Odd" };
        let _ = writeln!(
            document,
            "  /p{number}: {{get: {{operationId: op{number}, tags: [{tag}], responses: {{'200': {{description: ok}}}}}}}}"
        );
    }
    let outcome = run_with(&document, "[rename.tags]\n'Even Numbers' = 'half'");
    assert_eq!(outcome.said, "");
    assert!(outcome.has("Cargo.toml", "half = []") && outcome.has("Cargo.toml", "odd = []"));
    let files = outcome.files.as_ref().expect("files");
    assert!(files.keys().any(|path| path.ends_with("/half.rs")));
    let outcome = run_with(&document, "[rename.tags]\n'Even Numbers' = 'odd'\nOdd = 'Odd'");
    let said: Vec<&str> = outcome.said.lines().collect();
    let expected = [
        "generator.toml:2:18: error[wrong-name]: `odd` is what something else beside it is called already — help: choose another name, or rename the other one as well",
        "generator.toml:3:7: error[wrong-name]: `Odd` is no name for a field, a function or a module — help: write it as `odd`",
    ];
    assert_eq!(said, expected);
}

/// What the README shows is what the generator takes.
#[test]
fn the_example_of_the_readme_is_taken() {
    let readme = include_str!("../../README.md");
    let example = readme.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next());
    let document = DOCUMENT
        .replace("Animal", "Beast")
        .replace("Gone", "NotFound")
        .replace(
            "        '200':\n",
            "        '404': {$ref: '#/components/responses/NotFound'}\n        '200':\n",
        )
        .replace("tags: [pets, admin]", "tags: [pets, internal]")
        .replace("weight: {", "seen: {type: string, format: date-time}\n        chip: {type: string, format: byte}\n        weight: {");
    let outcome = run_with(&document, example.expect("an example"));
    assert_eq!(outcome.said, "");
    assert!(outcome.has(MODELS, "pub struct Animal {") && outcome.has(MODELS, "pub color: "));
}

#[test]
fn an_operation_goes_by_its_path_as_the_document_has_it() {
    let document = DOCUMENT.replace("  /shops/{shopId}/pets:", "  '/shops/{shopId}/pets#all':");
    for path in ["/shops/{shopId}/pets#all", "/shops/{shopId}/pets"] {
        let outcome =
            run_with(&document, &format!("[rename.operations]\n'GET {path}' = 'all_pets'"));
        assert!(outcome.has(CLIENT, "pub fn all_pets("), "{path}: {}", outcome.said);
    }
}
