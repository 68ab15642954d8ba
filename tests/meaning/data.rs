//! The features as they stand in `meaning/*.yaml`.
//!
//! A value may be written as `!json "TEXT"`: then it is that JSON text to the letter, for numbers
//! that YAML cannot hold.

use std::path::Path;

use serde::Deserialize;
use serde_yaml::{Mapping, Value};

/// A version of OpenAPI, and so a document and a crate.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) enum Version {
    #[serde(rename = "3.0.3")]
    V30,
    #[serde(rename = "3.1.0")]
    V31,
}

impl Version {
    pub(super) const ALL: [Self; 2] = [Self::V30, Self::V31];

    /// The package of the version's crate.
    pub(super) fn package(self) -> &'static str {
        match self {
            Self::V30 => "v30",
            Self::V31 => "v31",
        }
    }

    /// As a document spells it.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::V30 => "3.0.3",
            Self::V31 => "3.1.0",
        }
    }
}

/// A feature: schemas, and what they make of values.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Feature {
    #[serde(rename = "feature")]
    pub(super) name: String,
    pub(super) openapi: Version,
    /// Component schemas, whose names no other feature of the version has; the first is tested.
    pub(super) schemas: Mapping,
    /// Decode, encode as the same JSON, and keep every rule.
    #[serde(default)]
    pub(super) keeps: Vec<Value>,
    /// Decode and encode as the same JSON; whether rules are kept is left open.
    #[serde(default)]
    pub(super) survives: Vec<Value>,
    /// Decode, and encode as other JSON: value, what becomes of it.
    #[serde(default)]
    pub(super) becomes: Vec<(Value, Value)>,
    /// Value, and how `Debug` shows it.
    #[serde(default)]
    pub(super) shows: Vec<(Value, String)>,
    /// Rust expression (the models are in scope), and the JSON that it is: it encodes as that, and
    /// that decodes to an equal value.
    #[serde(default)]
    pub(super) builds: Vec<(String, Value)>,
    /// Value, and the JSON pointer at which decoding it fails.
    #[serde(default)]
    pub(super) refuses: Vec<(Value, String)>,
    /// Decode and encode as the same JSON, but break exactly these rules: pointer and keyword.
    #[serde(default)]
    pub(super) violates: Vec<(Value, Vec<(String, String)>)>,
}

impl Feature {
    /// How many cases there are.
    pub(super) fn len(&self) -> usize {
        self.keeps.len()
            + self.survives.len()
            + self.becomes.len()
            + self.shows.len()
            + self.builds.len()
            + self.refuses.len()
            + self.violates.len()
    }

    /// The name of the schema under test.
    pub(super) fn tested(&self) -> &str {
        let first = self.schemas.keys().next().and_then(Value::as_str);
        first.unwrap_or_else(|| panic!("{}: no schema", self.name))
    }
}

/// All features, in the order of the files.
pub(super) fn read() -> Vec<Feature> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("meaning");
    let entries = std::fs::read_dir(folder).expect("the folder of the features");
    let mut files: Vec<_> =
        entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    files.sort();
    let mut features = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a file");
        let read: Result<Vec<Feature>, _> = serde_yaml::from_str(&text);
        features.extend(read.unwrap_or_else(|error| panic!("{}: {error}", path.display())));
    }
    refuse_clashes(&features);
    features
}

fn refuse_clashes(features: &[Feature]) {
    for (index, feature) in features.iter().enumerate() {
        for earlier in features.iter().take(index) {
            assert!(earlier.name != feature.name, "two features are called {}", feature.name);
            let clash = feature.schemas.keys().find(|name| earlier.schemas.contains_key(*name));
            if let Some(name) = clash.filter(|_| earlier.openapi == feature.openapi) {
                panic!("{name:?} stands in `{}` and in `{}`", earlier.name, feature.name);
            }
        }
    }
}

/// A value as JSON text.
pub(super) fn json(value: &Value) -> String {
    match value {
        Value::Sequence(items) => {
            let items: Vec<String> = items.iter().map(json).collect();
            format!("[{}]", items.join(","))
        }
        Value::Mapping(entries) => {
            let entry = |(key, value): (&Value, &Value)| {
                let key = key.as_str().map_or_else(|| json(key), str::to_owned);
                format!("{}:{}", serde_json::Value::from(key), json(value))
            };
            let entries: Vec<String> = entries.iter().map(entry).collect();
            format!("{{{}}}", entries.join(","))
        }
        Value::Tagged(tagged) if tagged.tag == "json" => {
            tagged.value.as_str().map(str::to_owned).expect("!json stands before a string")
        }
        scalar => serde_json::to_string(scalar).expect("a scalar"),
    }
}

/// Whether a value is, or holds, JSON text that is to be kept to the letter.
pub(super) fn is_literal(value: &Value) -> bool {
    match value {
        Value::Sequence(items) => items.iter().any(is_literal),
        Value::Mapping(entries) => entries.values().any(is_literal),
        Value::Tagged(_) => true,
        _ => false,
    }
}
