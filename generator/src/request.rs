//! What a caller asks for: which documents become which crate.

use std::path::{Path, PathBuf};

use crate::source::{Listed, Text, Unusable};

/// A crate to generate.
#[derive(Clone, Debug)]
pub struct Request {
    /// The name of the package.
    pub package: String,
    /// What kind of crate it is.
    pub target: Target,
    /// The documents, in the order of their names.
    pub inputs: Vec<Input>,
    /// What the user decides about them; see [`crate::settings`].
    pub settings: Option<Text>,
    /// The folder that references may not leave; without it, that of each document.
    pub root: Option<PathBuf>,
}

/// The kind of a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A member of this workspace, with a module for each document.
    Workspace,
    /// A crate of its own for one document, whose modules stand at its root.
    Single,
}

/// A document and the API that it is to be.
#[derive(Clone, Debug)]
pub struct Input {
    /// The name of the module.
    pub name: String,
    /// The root file of the document.
    pub path: PathBuf,
    /// What is laid over it, in this order.
    pub overlays: Vec<Text>,
    /// The folder of documents that it is one of.
    folder: Option<String>,
}

impl Input {
    /// A document, called after its file.
    pub fn of(path: &Path) -> Self {
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let (name, path) = (name.unwrap_or_default(), path.to_owned());
        Self { name, path, overlays: Vec::new(), folder: None }
    }

    /// The same under another name.
    #[must_use]
    pub fn named(self, name: impl Into<String>) -> Self {
        Self { name: name.into(), ..self }
    }

    /// The document as the output names it: whoever generates it, and from where, names it so.
    pub fn shown(&self) -> String {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match &self.folder {
            Some(folder) => format!("{folder}/{name}"),
            None => name,
        }
    }
}

impl Request {
    /// One document as a crate of its own.
    pub fn single(package: impl Into<String>, input: Input) -> Self {
        Self {
            package: package.into(),
            target: Target::Single,
            inputs: vec![input],
            settings: None,
            root: None,
        }
    }

    /// The documents of a folder as one crate: every `NAME.yaml`, `NAME.yml` and `NAME.json`, under
    /// its overlay `NAME.overlay.yaml`, `.yml` or `.json`, by the settings in `generator.toml`.
    ///
    /// # Errors
    /// The folder or a text in it cannot be read, or an overlay has no document.
    pub fn folder(folder: &Path, package: &str) -> Result<Self, Unusable> {
        let Listed { documents, settings } = crate::source::documents(folder)?;
        let documents = documents.into_iter();
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
        let input = |(path, overlays): (PathBuf, Vec<Text>)| Input {
            overlays,
            folder: name.clone(),
            ..Input::of(&path)
        };
        let mut inputs: Vec<Input> = documents.map(input).collect();
        inputs.sort_by(|left, right| left.name.cmp(&right.name));
        let package = package.to_owned();
        Ok(Self { package, target: Target::Workspace, inputs, settings, root: None })
    }

    /// The documents as the output names them.
    pub(crate) fn shown(&self) -> String {
        self.inputs.iter().map(Input::shown).collect::<Vec<_>>().join(", ")
    }

    /// The path by which a user of the crate names a module.
    pub(crate) fn root(&self, module: &str) -> String {
        let package = self.package.replace('-', "_");
        match self.target {
            Target::Workspace => format!("{package}::{module}"),
            Target::Single => package,
        }
    }

    /// What stands before the cargo features of an API: in a crate of several, its name.
    pub(crate) fn feature_prefix(&self, name: &str) -> String {
        match self.target {
            Target::Workspace => format!("{}-", crate::names::module(name).replace('_', "-")),
            Target::Single => String::new(),
        }
    }

    /// Where a file of a module goes; the root of a single API is the crate's own.
    pub(crate) fn path(&self, module: &str, file: &str) -> Option<String> {
        match (self.target, file) {
            (Target::Workspace, _) => Some(format!("src/{module}/{file}")),
            (Target::Single, "mod.rs") => None,
            (Target::Single, _) => Some(format!("src/{file}")),
        }
    }
}
