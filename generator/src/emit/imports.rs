//! The `use` items of a file: only what it uses, for an import too many is a warning.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;

use super::pattern;
use crate::ir::{Field, Prim, Rest, Rule, Select, Shape, TypeRef};

/// Paths, each with the names that are imported from it.
#[derive(Debug, Default)]
pub(super) struct Imports(BTreeMap<&'static str, BTreeSet<&'static str>>);

const MODEL: &str = "crate::runtime::model";
const RULES: &str = "crate::runtime::rules";
const PATTERN: &str = "crate::runtime::pattern";
const UNIONS: &str = "crate::runtime::unions";

impl Imports {
    /// Notes names that are used.
    pub(super) fn add(&mut self, path: &'static str, names: &[&'static str]) {
        self.0.entry(path).or_default().extend(names);
    }

    /// Notes what a type definition uses.
    pub(super) fn shape(&mut self, shape: &Shape) {
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
                        self.add(UNIONS, &["self", "Accepts", "JsonType", "Untagged"]);
                    }
                }
                for variant in &union.variants {
                    self.ty(&variant.ty);
                    // A tag alone tells the variants of a tagged union apart: they are models.
                    if matches!(union.select, Select::Structure) {
                        self.rules(&variant.rules);
                    }
                }
            }
            Shape::Alias(ty) => self.ty(ty),
        }
    }

    /// Notes what a struct with a description uses.
    pub(super) fn described<'a>(&mut self, fields: impl Iterator<Item = &'a Field>) {
        self.add(MODEL, &["self", "Model", "Rest", "Shape", "Slot", "View"]);
        for field in fields {
            self.add(MODEL, &["field"]);
            self.ty(&field.ty);
            self.rules(&field.rules);
        }
    }

    /// Notes what a type uses.
    pub(super) fn ty(&mut self, ty: &TypeRef) {
        match ty {
            TypeRef::Prim(Prim::Uuid) => self.add("uuid", &["Uuid"]),
            TypeRef::Prim(_) | TypeRef::Named(_) => {}
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
        for rule in rules {
            match rule {
                Rule::Pattern(source) => match pattern::names(source) {
                    // What is no pattern is not written either.
                    [] => continue,
                    names => self.add(PATTERN, names),
                },
                Rule::Items(rules) | Rule::Values(rules) => self.rules(rules),
                _ => {}
            }
            self.add(RULES, &["Rule"]);
        }
    }

    /// The items: `std`, other crates, this crate, and what is near.
    pub(super) fn tokens(&self) -> TokenStream {
        let mut paths: Vec<_> = self.0.iter().collect();
        paths.sort_by_key(|(path, _)| (group(path), **path));
        let items = paths.into_iter().map(|(path, names)| {
            let names: Vec<&str> = names.iter().copied().collect();
            let text = match names.as_slice() {
                [""] => format!("use {path};"),
                [name] if *name != "self" => format!("use {path}::{name};"),
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
