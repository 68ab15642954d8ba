//! What is not Rust built from a document: the runtime, copied as it stands, and files that
//! minijinja fills in.

use std::collections::BTreeSet;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, context};
use serde::Serialize;

use super::{Files, MARK};
use crate::emit::{self, Example};

/// The files of the runtime, by their path below `runtime/`.
const RUNTIME: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/runtime.rs"));

/// The files of `formats`, each with the types of one crate, `base64.rs` or `spelled.rs`.
const FORMATS: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/formats.rs"));

/// The templates, by name.
const TEMPLATES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// An API as the templates see it.
#[derive(Debug, Serialize)]
pub struct ApiEntry {
    /// The module and the feature.
    pub module: String,
    /// The title.
    pub title: String,
    /// The version.
    pub version: String,
    /// The document, as it was given.
    pub source: String,
    /// Whether the document names a server.
    pub server: bool,
    /// Whether it takes client credentials of OAuth 2.0.
    pub oauth2: bool,
    /// Whether it signs requests as Oracle Cloud Infrastructure does.
    pub oci: bool,
    /// The cargo features of its tags, if it is split by tag.
    pub features: Vec<FeatureEntry>,
    /// Its operations.
    pub operations: Vec<OperationEntry>,
    /// Its webhooks, if it has any.
    pub webhooks: Option<WebhooksEntry>,
    /// The programs that show its operations.
    pub examples: Vec<Example>,
}

/// The webhooks of an API as the templates see them.
#[derive(Debug, Serialize)]
pub struct WebhooksEntry {
    /// The cargo feature that compiles what they carry, if they have one.
    pub feature: Option<String>,
}

/// A cargo feature as the templates see it.
#[derive(Debug, Serialize)]
pub struct FeatureEntry {
    /// Its name.
    pub name: String,
    /// The features that come with it.
    pub implied: Vec<String>,
    /// Who needs it.
    pub need: FeatureNeed,
}

/// Who needs what a feature compiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FeatureNeed {
    /// Whoever calls the operations of a tag.
    Client,
    /// Whoever receives webhooks.
    Webhooks,
    /// Whoever uses what the document merely defines.
    Unreached,
}

/// An operation as the templates see it.
#[derive(Debug, Serialize)]
pub struct OperationEntry {
    /// The method of the client.
    pub method: String,
    /// The HTTP method and path.
    pub request: String,
    /// What it does, in a line.
    pub summary: String,
}

/// The crate as the templates see it.
#[derive(Debug, Serialize)]
pub struct CrateInfo {
    /// The name of the package.
    pub name: String,
    /// Whether it is a member of a workspace, whose settings it inherits.
    pub workspace: bool,
    /// Whether the API's modules stand at the root of the crate.
    pub single: bool,
    /// Whether a pattern needs the linear engine.
    pub linear_patterns: bool,
    /// Whether a pattern needs the engine that tracks back.
    pub backtracking_patterns: bool,
    /// The `recursion_limit` that a crate with values of this one needs, if it is not the usual one.
    pub recursion_limit: Option<usize>,
    /// The modules of the types of formats: `base64`, `spelled`, and the crates they come from.
    pub formats: BTreeSet<&'static str>,
    /// The APIs.
    pub apis: Vec<ApiEntry>,
}

/// The files of the crate that are not built from tokens.
///
/// # Errors
/// A template is broken, which is a fault of the generator.
pub fn render(info: &CrateInfo) -> Result<Files, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .keep_trailing_newline(true)
            .build()?,
    );
    for (name, text) in TEMPLATES {
        environment.add_template(name, text)?;
    }
    environment.add_filter("key", key);
    environment.add_filter("code", emit::code);
    environment.add_filter("cell", emit::cell);
    let mut files = Files::new();
    let krate = Value::from(Serde(info));
    for (target, template) in [("Cargo.toml", "Cargo.toml.j2"), ("README.md", "README.md.j2")] {
        let text = environment
            .get_template(template)?
            .render(context! { mark => MARK, krate => krate.clone() })?;
        files.insert(target.to_owned(), text);
    }
    for example in info.apis.iter().flat_map(|api| &api.examples) {
        let template = environment.get_template("example.rs.j2")?;
        let text = template.render(context! { mark => MARK, krate => krate.clone(), example => Value::from(Serde(example)) })?;
        files.insert(format!("examples/{}.rs", example.name), text);
    }
    for (path, text) in RUNTIME {
        files.insert(format!("src/runtime/{path}"), copied("runtime", text));
    }
    for (path, text) in FORMATS {
        if path.strip_suffix(".rs").is_some_and(|name| info.formats.contains(name)) {
            files.insert(format!("src/formats/{path}"), copied("formats", text));
        }
    }
    Ok(files)
}

/// A key of TOML, in quotes where it needs them.
fn key(name: &str) -> String {
    let is_bare = |char: char| char.is_ascii_alphanumeric() || "-_".contains(char);
    if name.chars().all(is_bare) { name.to_owned() } else { format!("{name:?}") }
}

/// A file that is copied as it stands, under our mark.
fn copied(folder: &str, text: &str) -> String {
    format!("// {MARK} from templates/{folder}; do not edit.\n\n{text}")
}
