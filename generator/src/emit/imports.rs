//! The `use` items of a file: only what it uses, for an import too many is a warning.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;

use super::{formats, pattern, rules};
use crate::ir::{Field, Prim, Rest, Rule, Schema, Select, Shape, TypeDef, TypeRef};

/// Paths, each with the names that are imported from it.
#[derive(Debug, Default)]
pub(super) struct Imports {
    paths: BTreeMap<&'static str, BTreeSet<&'static str>>,
    /// Whether rules refer to schemas.
    schemas: bool,
}

const MODEL: &str = "crate::runtime::model";
const RULES: &str = "crate::runtime::rules";
const PATTERN: &str = "crate::runtime::pattern";
const TUPLES: &str = "crate::runtime::tuples";
const UNIONS: &str = "crate::runtime::unions";

impl Imports {
    /// Notes names that are used.
    pub(super) fn add(&mut self, path: &'static str, names: &[&'static str]) {
        self.paths.entry(path).or_default().extend(names);
    }

    /// Notes what a type definition uses.
    pub(super) fn def(&mut self, def: &TypeDef) {
        self.shape(&def.shape);
        if matches!(def.shape, Shape::Newtype(_)) {
            // The rules of all others stand where they are used.
            self.rules(&def.rules);
        }
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Struct(object) => {
                self.described(object.fields.iter());
                self.rules(&object.rules);
                match &object.rest {
                    Rest::Open | Rest::Closed => {
                        self.add("crate::runtime::unknown", &["UnknownFields"]);
                    }
                    Rest::Typed(ty, rules) => {
                        self.add("std::collections", &["BTreeMap"]);
                        self.ty(ty);
                        self.rules(rules);
                    }
                }
            }
            Shape::Enum(_) => self.add(UNIONS, &["self"]),
            Shape::Union(union) => {
                self.add(MODEL, &["self", "Slot", "View"]);
                match union.select {
                    Select::Tag { .. } => {
                        self.add(UNIONS, &["self", "Tagged"]);
                        self.add("serde_json", &["Value"]);
                    }
                    Select::Structure => {
                        self.add(UNIONS, &["self", "Accepts", "Untagged"]);
                        self.add(RULES, &["JsonType"]);
                    }
                }
                for variant in &union.variants {
                    self.ty(&variant.ty);
                    // A tag alone tells the variants of a tagged union apart: they are models.
                    if matches!(union.select, Select::Structure) {
                        self.rules(&variant.rules);
                    }
                }
                union.choice.iter().flat_map(|it| &it.parts).for_each(|rules| self.rules(rules));
            }
            Shape::Alias(ty) => self.ty(ty),
            Shape::Newtype(ty) => {
                self.add(MODEL, &["self"]);
                self.ty(ty);
            }
        }
    }

    /// Notes what a schema uses that rules refer to.
    pub(super) fn schema(&mut self, schema: &Schema) {
        self.add(RULES, &["Schema"]);
        self.rules(&schema.rules);
    }

    /// Notes what a struct with a description uses.
    pub(super) fn described<'a>(&mut self, fields: impl Iterator<Item = &'a Field>) {
        self.add(MODEL, &["self", "Model", "Rest", "Shape", "Slot", "View"]);
        for field in fields {
            self.add("crate::runtime::field", &[""]);
            self.ty(&field.ty);
            self.rules(&field.rules);
        }
    }

    /// Notes what a type uses.
    pub(super) fn ty(&mut self, ty: &TypeRef) {
        match ty {
            TypeRef::Prim(Prim::File) => self.add("crate::runtime::multipart", &["FilePart"]),
            TypeRef::Prim(Prim::Uuid) => self.add("uuid", &["Uuid"]),
            TypeRef::Prim(Prim::Text(text)) => {
                self.add("crate::formats", &[formats::import(*text)])
            }
            TypeRef::Prim(Prim::Null) => self.add(TUPLES, &["Null"]),
            TypeRef::Prim(_) | TypeRef::Named(_) => {}
            TypeRef::Tuple(items) => items.iter().for_each(|item| self.ty(item)),
            TypeRef::Prefixed(items, rest) => {
                self.add(TUPLES, &["Prefixed"]);
                items.iter().for_each(|item| self.ty(item));
                self.ty(rest);
            }
            TypeRef::Json => self.add("serde_json", &["Value"]),
            TypeRef::Map(value) => {
                self.add("std::collections", &["BTreeMap"]);
                self.ty(value);
            }
            TypeRef::List(inner) | TypeRef::Nullable(inner) => self.ty(inner),
        }
    }

    /// Notes what rules use.
    pub(super) fn rules(&mut self, rules: &[Rule]) {
        if rules::whole(rules).is_some() {
            return self.add(RULES, &["Rule"]);
        }
        for rule in rules {
            self.add(RULES, &["Rule"]);
            match rule {
                Rule::Type(_) => self.add(RULES, &["JsonType"]),
                Rule::RequiredIn(..) => self.add(RULES, &["Way"]),
                Rule::Schema(_) => self.schemas = true,
                Rule::Pattern(pattern) => self.add(PATTERN, pattern::names(pattern)),
                Rule::PatternProperties(entries) => {
                    entries.iter().for_each(|(it, _)| self.add(PATTERN, pattern::names(it)));
                }
                Rule::AdditionalProperties(additional) => {
                    let patterns = additional.patterns.iter();
                    patterns.for_each(|it| self.add(PATTERN, pattern::names(it)));
                }
                _ => {}
            }
            rule.each_list(&mut |rules| self.rules(rules));
        }
    }

    /// Adds the module of the schemas that rules refer to, if any does.
    pub(super) fn add_schemas(&mut self, path: &'static str) {
        if self.schemas {
            self.add(path, &[""]);
        }
    }

    /// The items: `std`, other crates, this crate, and what is near.
    pub(super) fn tokens(&self) -> TokenStream {
        let mut paths: Vec<_> = self.paths.iter().collect();
        paths.sort_by_key(|(path, _)| (group(path), **path));
        let items = paths.into_iter().map(|(path, names)| {
            let names: Vec<&str> = names.iter().copied().collect();
            let text = match names.as_slice() {
                [""] | ["self"] => format!("use {path};"),
                [name] => format!("use {path}::{name};"),
                names => format!("use {path}::{{{}}};", in_order(names).join(", ")),
            };
            // Our own paths, which hold nothing of a document.
            text.parse::<TokenStream>().unwrap_or_default()
        });
        items.collect()
    }
}

fn group(path: &str) -> u8 {
    match path.split("::").next() {
        Some("std") => 0,
        Some("crate") => 2,
        Some("super") => 3,
        _ => 1,
    }
}

/// `self` first, as rustfmt has it.
fn in_order<'a>(names: &[&'a str]) -> Vec<&'a str> {
    let mut names = names.to_vec();
    names.sort_by_key(|name| (*name != "self", *name));
    names
}
