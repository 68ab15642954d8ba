//! Names that the user gives to things of a document.
//!
//! A thing is named by what the document calls it, or by the JSON pointer to where it stands in its
//! file; things of another file than the root have the name of that file before the `#`.

use std::cell::LazyCell;
use std::ops::Range;

use super::entry::{Entry, Section, Subject, Verb};
use crate::diag::{FileId, Locate, Place, Pointer};
use crate::ir::{Api, EnumValue, Field, Operation, Origin, TypeDef, TypeRef, Variant};

/// A name that the user gives, and where it stands in the settings.
#[derive(Clone, Debug)]
pub struct Name<'s> {
    /// The name, as it is written.
    pub text: &'s str,
    /// The settings.
    pub file: FileId,
    /// Where in them it stands.
    pub span: Range<usize>,
}

/// The names for one document.
pub struct Given<'s, 'f> {
    file: Option<FileId>,
    sections: Vec<&'s Section>,
    root: FileId,
    files: &'f dyn Locate,
}

impl<'s, 'f> Given<'s, 'f> {
    pub(super) fn new(
        file: Option<FileId>,
        sections: Vec<&'s Section>,
        root: FileId,
        files: &'f dyn Locate,
    ) -> Self {
        let renames = |section: &&Section| section.entries.iter().any(|it| it.verb == Verb::Rename);
        Self { file, sections: sections.into_iter().filter(renames).collect(), root, files }
    }

    /// The name of a type.
    pub fn ty(&self, def: &TypeDef) -> Option<Name<'s>> {
        self.whole(Subject::Type, || self.words_of_type(def))
    }

    /// The name of a property of a type.
    pub fn field(&self, owner: &TypeDef, field: &Field) -> Option<Name<'s>> {
        let part = Part { words: &[&field.name], place: Some(&field.place) };
        self.part(Subject::Field, || self.words_of_type(owner), part)
    }

    /// The name of a value of an enum.
    pub fn value(&self, owner: &TypeDef, value: &EnumValue) -> Option<Name<'s>> {
        let part = Part { words: &[&value.value], place: None };
        self.part(Subject::Value, || self.words_of_type(owner), part)
    }

    /// The name of a variant of a union: it goes by a tag, by its title or by its schema.
    pub fn variant(&self, api: &Api, owner: &TypeDef, variant: &Variant) -> Option<Name<'s>> {
        let schema = match &variant.ty {
            TypeRef::Named(id) => match api.ty(*id).map(|def| &def.origin) {
                Some(Origin::Component(name)) => Some(name),
                _ => None,
            },
            _ => None,
        };
        let words = variant.tags.iter().chain(&variant.title).chain(schema);
        let words: Vec<&str> = words.map(String::as_str).collect();
        let part = Part { words: &words, place: None };
        self.part(Subject::Variant, || self.words_of_type(owner), part)
    }

    /// The name of an operation.
    pub fn operation(&self, operation: &Operation) -> Option<Name<'s>> {
        self.whole(Subject::Operation, || words_of_operation(operation))
    }

    /// The name of a parameter of an operation.
    pub fn parameter(&self, operation: &Operation, field: &Field) -> Option<Name<'s>> {
        let part = Part { words: &[&field.name], place: Some(&field.place) };
        self.part(Subject::Parameter, || words_of_operation(operation), part)
    }

    /// The name of a header of a response.
    pub fn header(&self, operation: &Operation, field: &Field) -> Option<Name<'s>> {
        let part = Part { words: &[&field.name], place: Some(&field.place) };
        self.part(Subject::Header, || words_of_operation(operation), part)
    }

    /// The name of a tag.
    pub fn tag(&self, tag: &str) -> Option<Name<'s>> {
        self.whole(Subject::Tag, || vec![tag.to_owned()])
    }

    /// Finds what is told of a thing that goes by these words.
    fn whole(&self, subject: Subject, words: impl FnOnce() -> Vec<String>) -> Option<Name<'s>> {
        let words = LazyCell::new(words);
        self.find(subject, |section, entry| {
            words.iter().for_each(|word| section.know(subject, word));
            words.contains(&entry.key.text)
        })
    }

    /// Finds what is told of a part of a thing: by the thing and a word, or by a pointer.
    fn part(
        &self,
        subject: Subject,
        owner: impl FnOnce() -> Vec<String>,
        part: Part<'_>,
    ) -> Option<Name<'s>> {
        let owner = LazyCell::new(owner);
        let pointer = LazyCell::new(|| part.place.map(|place| self.pointer(place)));
        self.find(subject, |section, entry| match &entry.owner {
            Some(of) if owner.contains(of) => {
                part.words.iter().for_each(|word| section.know(subject, word));
                part.words.contains(&entry.key.text.as_str())
            }
            Some(_) => false,
            None => {
                pointer.iter().for_each(|pointer| section.know(subject, pointer));
                pointer.as_ref() == Some(&entry.key.text)
            }
        })
    }

    fn find(&self, subject: Subject, fits: impl Fn(&Section, &Entry) -> bool) -> Option<Name<'s>> {
        let mut found = None;
        for section in &self.sections {
            let entry = section.take(Verb::Rename, subject, |entry| fits(section, entry));
            found = found.or(entry);
        }
        let entry = found?;
        Some(Name { text: &entry.value.text, file: self.file?, span: entry.value.span.clone() })
    }

    fn words_of_type(&self, def: &TypeDef) -> Vec<String> {
        let mut words = vec![self.pointer(&def.place)];
        match &def.origin {
            Origin::Component(name) => words.push(name.clone()),
            // Without what it is among it would be a schema's.
            Origin::Shared(kind, name) => words.push(format!("{}/{name}", kind.group())),
            Origin::Property(..) | Origin::Errors(_) | Origin::Operation(..) => {}
        }
        words
    }

    /// The place as the settings name it.
    fn pointer(&self, place: &Place) -> String {
        if place.file == self.root {
            return format!("#{}", place.pointer);
        }
        let folder = self.files.name(self.root).rsplit_once('/').map_or("", |(folder, _)| folder);
        let name = self.files.name(place.file);
        let name = name.strip_prefix(folder).unwrap_or(name).trim_start_matches('/');
        format!("{name}#{}", place.pointer)
    }
}

/// Its identifier, and its path both as it is sent and as the document has it, which may say more.
fn words_of_operation(operation: &Operation) -> Vec<String> {
    let written = operation.place.pointer.parent().and_then(Pointer::last);
    let written = written.filter(|path| path.starts_with('/') && *path != operation.path);
    let paths = std::iter::once(operation.path.as_str()).chain(written);
    let paths = paths.map(|path| format!("{} {path}", operation.method));
    std::iter::once(operation.id.clone()).chain(paths).collect()
}

/// What a part of a thing goes by.
struct Part<'a> {
    words: &'a [&'a str],
    place: Option<&'a Place>,
}
