//! `types`: which Rust type a format becomes.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::entry::{Section, Subject, Verb};
use crate::ir::{Prim, Text};

/// The types that a format may become, as the settings name them.
pub(super) const TYPES: &[(&str, Prim)] = &[
    ("String", Prim::String),
    ("Base64", Prim::Text(Text::Base64)),
    ("jiff::Timestamp", Prim::Text(Text::Timestamp)),
    ("jiff::civil::Date", Prim::Text(Text::Date)),
    ("jiff::civil::DateTime", Prim::Text(Text::DateTime)),
    ("jiff::civil::Time", Prim::Text(Text::Time)),
    ("rust_decimal::Decimal", Prim::Text(Text::Decimal)),
    ("url::Url", Prim::Text(Text::Url)),
    ("uuid::Uuid", Prim::Uuid),
    ("i8", Prim::I8),
    ("i16", Prim::I16),
    ("i32", Prim::I32),
    ("i64", Prim::I64),
    ("u8", Prim::U8),
    ("u16", Prim::U16),
    ("u32", Prim::U32),
    ("u64", Prim::U64),
];

/// The types of the formats of one document.
#[derive(Debug, Default)]
pub struct Formats<'s> {
    sections: Vec<&'s Section>,
    texts: RefCell<BTreeSet<Text>>,
}

impl<'s> Formats<'s> {
    pub(super) fn new(sections: Vec<&'s Section>) -> Self {
        let types = |section: &&Section| section.entries.iter().any(|it| it.verb == Verb::Type);
        Self { sections: sections.into_iter().filter(types).collect(), texts: RefCell::default() }
    }

    /// What a string of a format becomes; nothing, if the settings do not say.
    pub fn string(&self, format: &str) -> Option<Prim> {
        let prim = self.find(format, |prim| !prim.is_integer())?;
        if let Prim::Text(text) = prim {
            self.texts.borrow_mut().insert(text);
        }
        Some(prim)
    }

    /// What an integer of a format becomes; nothing, if the settings do not say.
    pub fn integer(&self, format: &str) -> Option<Prim> {
        self.find(format, Prim::is_integer)
    }

    /// The types that formats became.
    pub fn texts(&self) -> BTreeSet<Text> {
        self.texts.borrow().clone()
    }

    fn find(&self, format: &str, fits: impl Fn(Prim) -> bool) -> Option<Prim> {
        let mut found = None;
        for section in &self.sections {
            section.know(Subject::Format, format);
            let entry = section.take(Verb::Type, Subject::Format, |entry| {
                entry.key.text == format && prim(&entry.value.text).is_some_and(&fits)
            });
            found = found.or(entry);
        }
        prim(&found?.value.text)
    }
}

/// The type of a name.
pub(super) fn prim(name: &str) -> Option<Prim> {
    TYPES.iter().find(|(known, _)| *known == name).map(|(_, prim)| *prim)
}
