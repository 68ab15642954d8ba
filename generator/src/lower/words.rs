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

impl<'a> Lowering<'a> {
    /// A word for each part of a union: the name of its schema or its title, else the value that
    /// tells it from the other objects, else its only property. Of others nothing but their position
    /// is known.
    pub(super) fn words(&self, parts: &'a [ReferenceOr<Schema>]) -> Vec<Option<String>> {
        let mut words: Vec<Option<String>> = parts.iter().map(title).collect();
        if words.iter().all(Option::is_some) {
            return words;
        }
        let objects: Vec<Option<Object<'a>>> =
            parts.iter().map(|part| self.object_among(part)).collect();
        let tags = self.implied_tags(&objects.iter().flatten().collect::<Vec<_>>());
        let mut tags = tags.unwrap_or_default().into_iter();
        for (word, object) in words.iter_mut().zip(&objects) {
            let Some(object) = object else { continue };
            let tag = tags.next();
            *word = word.take().or(tag).or_else(|| object.only());
        }
        words
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

/// What the type of a part is named after: its word, else its position.
pub(super) fn origin(union: TypeId, word: Option<&String>, index: usize) -> Origin {
    let by_position = || format!("variant {}", index + 1);
    Origin::Property(union, word.cloned().unwrap_or_else(by_position))
}

fn title(part: &ReferenceOr<Schema>) -> Option<String> {
    match part {
        ReferenceOr::Reference { reference } => component_name(reference),
        ReferenceOr::Item(schema) => schema.schema_data.title.clone(),
    }
}
