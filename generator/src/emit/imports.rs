//! The `use` items of a file: only what it uses, for an import too many is a warning.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;

use super::outer::Outer;
use super::{formats, model, rules};
use crate::ir::{Field, Prim, Rest, Rule, Schema, Select, Shape, TypeDef, TypeRef};
use crate::names::Names;

/// Paths, each with the names that are imported from it.
#[derive(Debug)]
pub(super) struct Imports<'a> {
    /// The names of the document's types, where they stand in the same file.
    beside: Option<&'a Names>,
    paths: BTreeMap<&'static str, BTreeSet<&'static str>>,
    /// Whether rules refer to schemas.
    schemas: bool,
}

impl<'a> Imports<'a> {
    /// Those of a file of models.
    pub(super) fn beside_models(names: &'a Names) -> Self {
        Self { beside: Some(names), ..Self::elsewhere() }
    }

    /// Those of a file that has no models in it.
    pub(super) fn elsewhere() -> Self {
        Self { beside: None, paths: BTreeMap::new(), schemas: false }
    }

    /// Notes names that are used.
    pub(super) fn add(&mut self, path: &'static str, names: &[&'static str]) {
        self.paths.entry(path).or_default().extend(names);
    }

    /// Notes a module of the runtime that is used.
    pub(super) fn module(&mut self, name: &'static str) {
        self.add("crate::runtime", &[name]);
    }

    /// Notes that methods of the trait of everything with a JSON form are called.
    fn slot(&mut self) {
        self.add("crate::runtime::model", &["Slot as _"]);
    }

    /// Notes a type of another crate or of the runtime, unless it is named by its path.
    fn outer(&mut self, outer: Outer) {
        if self.beside.is_none_or(|names| outer.is_free(names)) {
            let (path, name) = outer.path();
            self.add(path, &[name]);
        }
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
                // The other properties are shown by a method.
                self.slot();
                self.rules(&object.rules);
                match &object.rest {
                    Rest::Open | Rest::Closed => self.outer(Outer::UnknownFields),
                    Rest::Typed(ty, rules) => {
                        self.outer(Outer::BTreeMap);
                        self.ty(ty);
                        self.rules(rules);
                    }
                }
            }
            Shape::Enum(_) => self.module("unions"),
            Shape::Union(union) => {
                self.module("model");
                self.slot();
                self.module("unions");
                match union.select {
                    Select::Tag { .. } => self.outer(Outer::Value),
                    Select::Structure => self.module("rules"),
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
                self.module("model");
                self.ty(ty);
            }
        }
    }

    /// Notes what a schema uses that rules refer to.
    pub(super) fn schema(&mut self, schema: &Schema) {
        self.module("rules");
        self.rules(&schema.rules);
    }

    /// Notes what a struct with a description uses.
    pub(super) fn described<'f>(&mut self, fields: impl Iterator<Item = &'f Field>) {
        self.module("model");
        for field in fields {
            self.module("field");
            if model::is_shown_by_method(field) {
                self.slot();
            }
            self.ty(&field.ty);
            self.rules(&field.rules);
        }
    }

    /// Notes what a type uses.
    pub(super) fn ty(&mut self, ty: &TypeRef) {
        match ty {
            TypeRef::Prim(Prim::File) => self.outer(Outer::FilePart),
            TypeRef::Prim(Prim::Uuid) => self.outer(Outer::Uuid),
            TypeRef::Prim(Prim::Text(text)) => self.outer(formats::outer(*text)),
            TypeRef::Prim(Prim::Null) => self.outer(Outer::Null),
            TypeRef::Prim(_) | TypeRef::Named(_) => {}
            TypeRef::Tuple(items) => items.iter().for_each(|item| self.ty(item)),
            TypeRef::Prefixed(items, rest) => {
                self.outer(Outer::Prefixed);
                items.iter().for_each(|item| self.ty(item));
                self.ty(rest);
            }
            TypeRef::Json => self.outer(Outer::Value),
            TypeRef::Map(value) => {
                self.outer(Outer::BTreeMap);
                self.ty(value);
            }
            TypeRef::List(inner) | TypeRef::Nullable(inner) => self.ty(inner),
        }
    }

    /// Notes what rules use.
    pub(super) fn rules(&mut self, rules: &[Rule]) {
        if rules::whole(rules).is_some() {
            return self.module("rule");
        }
        for rule in rules {
            self.module("rule");
            match rule {
                Rule::Type(_) | Rule::RequiredIn(..) => self.module("rules"),
                Rule::Schema(_) => self.schemas = true,
                Rule::Pattern(_) => self.module("pattern"),
                Rule::PatternProperties(entries) if !entries.is_empty() => {
                    self.module("pattern");
                }
                Rule::AdditionalProperties(additional) if !additional.patterns.is_empty() => {
                    self.module("pattern");
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
        let paths = self.paths.iter();
        let paths = paths.map(|(path, names)| match in_order(names).as_slice() {
            [""] => (*path, format!("use {path};")),
            [name] => (*path, format!("use {path}::{name};")),
            names => (*path, format!("use {path}::{{{}}};", names.join(", "))),
        });
        let mut items: Vec<(&str, String)> = paths.collect();
        // As rustfmt has it: a list of names goes below what a path goes on with.
        items.sort_by(|(path, item), (other, before)| {
            (group(path), item).cmp(&(group(other), before))
        });
        let items = items.into_iter().map(|(_, text)| {
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

/// The names, `self` first, as rustfmt has it.
fn in_order<'a>(names: &BTreeSet<&'a str>) -> Vec<&'a str> {
    let mut names: Vec<_> = names.iter().copied().collect();
    names.sort_by_key(|name| (*name != "self", *name));
    names
}
