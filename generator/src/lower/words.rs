//! What the parts of a union are called after, where their schemas say it.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use super::Lowering;
use super::compose::Kind;
use super::keywords::{Keywords, Property};
use super::schema::component_name;
use crate::diag::Pointer;
use crate::ir::{Origin, TypeId};

/// What an object says of its properties, in its own words and in those of its `allOf`.
#[derive(Default)]
struct Object<'a> {
    properties: IndexMap<&'a str, &'a Property>,
    required: BTreeSet<&'a str>,
}

/// In unions of more parts, no part is compared with each other one.
const MOST_COMPARED: usize = 64;

/// What a part of a union is called.
pub(super) struct Word {
    /// What its variant is called, if the part says it.
    pub(super) title: Option<String>,
    /// What its type is named after.
    place: String,
}

impl<'a> Object<'a> {
    fn add(&mut self, keywords: &Keywords<'a>) {
        self.properties.extend(keywords.properties.iter().copied());
        self.required.extend(keywords.required.iter().map(String::as_str));
    }

    /// Its only property, if it must have it: the tag of what is tagged from outside.
    fn only(&self) -> Option<String> {
        let (name, _) = self.properties.first().filter(|_| self.properties.len() == 1)?;
        self.required.contains(name).then(|| (*name).to_owned())
    }
}

/// The first property of which no other object knows, one that must be there before all others.
fn own_property(index: usize, objects: &[Option<Object<'_>>]) -> Option<String> {
    let object = objects.get(index)?.as_ref()?;
    let is_own = |name: &&&str| {
        let others = objects.iter().enumerate().filter(|(other, _)| *other != index);
        others
            .filter_map(|(_, other)| other.as_ref())
            .all(|other| !other.properties.contains_key(**name) && !other.required.contains(**name))
    };
    let declared = || object.properties.keys();
    let must_be = declared().filter(|name| object.required.contains(*name));
    let mut all = must_be.chain(&object.required).chain(declared());
    all.find(is_own).map(|name| (*name).to_owned())
}

/// What a part is, where no other one is the same.
fn own_kind(index: usize, kinds: &[String]) -> Option<String> {
    let kind = kinds.get(index).filter(|kind| !kind.is_empty())?;
    (kinds.iter().filter(|other| *other == kind).count() == 1).then(|| kind.clone())
}

impl<'a> Lowering<'a> {
    /// What each part of a union is called: after its schema or its title, else after the value that
    /// tells it from the other objects, else after its only property. A part that is called after
    /// nothing of these has a type that is named after what sets it apart, if anything does, and
    /// else by its position.
    pub(super) fn words(&self, parts: &'a [ReferenceOr<Schema>]) -> Vec<Word> {
        let mut titles: Vec<Option<String>> = parts.iter().map(title).collect();
        if titles.iter().all(Option::is_some) {
            let place = |title: &Option<String>| title.clone().unwrap_or_default();
            return titles.into_iter().map(|title| Word { place: place(&title), title }).collect();
        }
        let objects: Vec<Option<Object<'a>>> =
            parts.iter().map(|part| self.object_among(part)).collect();
        let tags = self.implied_tags(&objects.iter().flatten().collect::<Vec<_>>());
        let mut tags = tags.unwrap_or_default().into_iter();
        for (title, object) in titles.iter_mut().zip(&objects) {
            let Some(object) = object else { continue };
            let tag = tags.next().or_else(|| self.own_tag(object, &objects));
            *title = title.take().or(tag).or_else(|| object.only());
        }
        let kinds: Vec<String> = parts.iter().map(|part| self.kind_word(part)).collect();
        let words = titles.into_iter().enumerate().map(|(index, title)| {
            let place = title.clone().or_else(|| own_kind(index, &kinds));
            let place = place.or_else(|| own_property(index, &objects));
            Word { place: place.unwrap_or_else(|| format!("variant {}", index + 1)), title }
        });
        words.collect()
    }

    /// What a part of a union is, in a word, where its type is one of the document's.
    fn kind_word(&self, part: &'a ReferenceOr<Schema>) -> String {
        let Some((schema, _)) = self.resolve(part, Pointer::root()) else { return String::new() };
        let keywords = Keywords::of(schema);
        match (keywords.values.as_slice(), keywords.items) {
            ([Value::String(only)], _) if !only.is_empty() => only.clone(),
            ([Value::String(_), ..], _) => "keyword".to_owned(),
            (_, Some(_)) => "item".to_owned(),
            _ if self.kind(&keywords) == Kind::Object => "object".to_owned(),
            _ => String::new(),
        }
    }

    /// What a part of a union says of its properties, if it is an object.
    fn object_among(&self, part: &'a ReferenceOr<Schema>) -> Option<Object<'a>> {
        let (schema, _) = self.resolve(part, Pointer::root())?;
        if self.kind(&Keywords::of(schema)) != Kind::Object {
            return None;
        }
        let (mut object, mut seen) = (Object::default(), BTreeSet::new());
        let mut open = vec![part];
        while let Some(part) = open.pop() {
            let Some((schema, _)) = self.resolve(part, Pointer::root()) else { continue };
            if seen.insert(std::ptr::from_ref(schema)) {
                let keywords = Keywords::of(schema);
                object.add(&keywords);
                open.extend(keywords.all_of);
            }
        }
        Some(object)
    }

    /// The values of the first property that every object must have, and each with another value.
    fn implied_tags(&self, objects: &[&Object<'a>]) -> Option<Vec<String>> {
        objects.first()?.properties.keys().find_map(|name| {
            let tags = objects.iter().map(|object| self.tag(object, name));
            let tags = tags.collect::<Option<Vec<String>>>()?;
            let is_each_once = tags.iter().collect::<BTreeSet<_>>().len() == tags.len();
            is_each_once.then_some(tags)
        })
    }

    /// The value of a property that an object must have and no other one does, where some of them
    /// have values of their own.
    fn own_tag(&self, object: &Object<'a>, objects: &[Option<Object<'a>>]) -> Option<String> {
        if objects.len() > MOST_COMPARED {
            return None;
        }
        object.properties.keys().find_map(|name| {
            let own = self.tag(object, name)?;
            let all = objects.iter().flatten().filter_map(|other| self.tag(other, name));
            let all: Vec<String> = all.collect();
            let same = all.iter().filter(|other| **other == own).count();
            (same == 1 && all.len() > 1).then_some(own)
        })
    }

    /// The one value that an object must have for a property, in words.
    fn tag(&self, object: &Object<'a>, name: &str) -> Option<String> {
        let property = object.properties.get(name).filter(|_| object.required.contains(name))?;
        let part = self.part(*property, &Pointer::root())?;
        let values = Keywords::of(part.schema).values;
        match values.as_slice() {
            [Value::String(text)] if text.is_empty() => Some("empty".to_owned()),
            [Value::String(text)] => Some(text.clone()),
            // A number alone would be no name.
            [value @ (Value::Number(_) | Value::Bool(_))] => Some(format!("{name} {value}")),
            _ => None,
        }
    }
}

/// What the type of a part is named after.
pub(super) fn origin(union: TypeId, word: &Word) -> Origin {
    Origin::Property(union, word.place.clone())
}

fn title(part: &ReferenceOr<Schema>) -> Option<String> {
    match part {
        ReferenceOr::Reference { reference } => component_name(reference),
        ReferenceOr::Item(schema) => schema.schema_data.title.clone(),
    }
}
