//! From the text of the settings to [`Settings`].

use glob::Pattern;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::entry::{Entry, Key, Section, Subject, Verb};
use super::{Settings, formats};
use crate::diag::{Diagnostic, Failed, FileId, Sink, nearest};

type Word<'t> = Spanned<std::borrow::Cow<'t, str>>;
type Value<'t> = Spanned<DeValue<'t>>;

/// The lists of `keep` and `leave-out`.
const CHOICES: &[(&str, Subject)] =
    &[("operations", Subject::Operation), ("paths", Subject::Path), ("tags", Subject::Tag)];

/// The tables of `rename`, and how their keys are told.
const RENAMES: &[(&str, Subject, Keys)] = &[
    ("fields", Subject::Field, Keys::Both),
    ("headers", Subject::Header, Keys::Both),
    ("operations", Subject::Operation, Keys::Own),
    ("parameters", Subject::Parameter, Keys::Both),
    ("tags", Subject::Tag, Keys::Own),
    ("types", Subject::Type, Keys::Own),
    ("values", Subject::Value, Keys::Below),
    ("variants", Subject::Variant, Keys::Below),
];

const APIS: &str = "apis";

/// How a table tells what an entry is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keys {
    /// By a key alone: `Pet = "Animal"`.
    Own,
    /// By a table for each owner: `Pet.name = "label"`.
    Below,
    /// Either; a key alone is a pointer.
    Both,
}

pub(super) fn settings(file: FileId, text: &str, sink: &mut Sink) -> Result<Settings, Failed> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { file, sink: Sink::new() };
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        let message = format!("this is not TOML: {}", error.message().replace('\n', ", "));
        reader.sink.report(Diagnostic::error("invalid-toml", message).at_bytes(file, span));
    }
    let mut settings = Settings { file: Some(file), ..Settings::default() };
    // What is recovered of a broken text would only confuse.
    if errors.is_empty() {
        settings.all = reader.section(table.get_ref(), &[APIS]);
        if let Some((_, apis)) = table.get_ref().iter().find(|(key, _)| key.get_ref() == APIS) {
            settings.documents = reader.documents(apis);
        }
    }
    let outcome = reader.sink.gate();
    reader.sink.into_vec().into_iter().for_each(|it| sink.report(it));
    outcome.map(|()| settings)
}

struct Reader {
    file: FileId,
    sink: Sink,
}

impl Reader {
    fn documents(&mut self, apis: &Value<'_>) -> Vec<(Key, Section)> {
        let Some(table) = self.table(apis, APIS) else { return Vec::new() };
        let mut documents = Vec::new();
        for (name, value) in table.iter() {
            let path = format!("{APIS}.{}", name.get_ref());
            if let Some(table) = self.table(value, &path) {
                documents.push((key(name), self.section(table, &[])));
            }
        }
        documents
    }

    /// Reads a section; `also` are keys that are read elsewhere.
    fn section(&mut self, table: &DeTable<'_>, also: &[&str]) -> Section {
        let mut section = Section::default();
        for (name, value) in table.iter() {
            let entries = match &**name.get_ref() {
                "keep" => self.choices(Verb::Keep, value),
                "leave-out" => self.choices(Verb::LeaveOut, value),
                "rename" => self.renames(value),
                "types" => self.types(value),
                other if also.contains(&other) => Vec::new(),
                _ => {
                    let known = ["keep", "leave-out", "rename", "types"];
                    self.unknown(
                        name,
                        "a section of the settings",
                        known.iter().chain(also).copied(),
                    );
                    Vec::new()
                }
            };
            section.entries.extend(entries);
        }
        section
    }

    fn choices(&mut self, verb: Verb, value: &Value<'_>) -> Vec<Entry> {
        let shown = if verb == Verb::Keep { "keep" } else { "leave-out" };
        let mut entries = Vec::new();
        let Some(table) = self.table(value, shown) else { return entries };
        for (name, list) in table.iter() {
            let Some((_, subject)) = CHOICES.iter().find(|(known, _)| known == name.get_ref())
            else {
                self.unknown(name, &format!("a list of `{shown}`"), CHOICES.iter().map(|it| it.0));
                continue;
            };
            let Some(items) = list.get_ref().as_array() else {
                self.wrong(
                    list,
                    &format!("`{shown}.{}` must be a list of strings", name.get_ref()),
                );
                continue;
            };
            for item in items.iter() {
                let Some(word) = item.get_ref().as_str() else {
                    self.wrong(
                        item,
                        &format!("every item of `{shown}.{}` must be a string", name.get_ref()),
                    );
                    continue;
                };
                if *subject == Subject::Path {
                    self.check_pattern(word, item);
                }
                let key = Key::new(word, item.span());
                let value = Key::new("", item.span());
                entries.push(Entry { verb, subject: *subject, owner: None, key, value });
            }
        }
        entries
    }

    fn check_pattern(&mut self, pattern: &str, item: &Value<'_>) {
        if let Err(error) = Pattern::new(pattern) {
            let message = format!("`{pattern}` is no pattern: {}", error.msg);
            let help = "`*` stands for a step of the path, `**` for any number of them";
            self.report("wrong-setting", message, item.span(), help);
        }
    }

    fn types(&mut self, value: &Value<'_>) -> Vec<Entry> {
        let mut entries = Vec::new();
        let Some(table) = self.table(value, "types") else { return entries };
        for (name, value) in table.iter() {
            let Some(word) = value.get_ref().as_str() else {
                self.wrong(value, &format!("`types.{}` must name a type", name.get_ref()));
                continue;
            };
            if formats::prim(word).is_none() {
                let message = format!("`{word}` is no type that a format may become");
                let known = || formats::TYPES.iter().map(|(name, _)| *name);
                let help = match nearest(word, known()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("there are {}", known().collect::<Vec<_>>().join(", ")),
                };
                self.report("wrong-setting", message, value.span(), &help);
                continue;
            }
            let value = Key::new(word, value.span());
            let subject = Subject::Format;
            entries.push(Entry { verb: Verb::Type, subject, owner: None, key: key(name), value });
        }
        entries
    }

    fn renames(&mut self, value: &Value<'_>) -> Vec<Entry> {
        let mut entries = Vec::new();
        let Some(table) = self.table(value, "rename") else { return entries };
        for (name, value) in table.iter() {
            let known = RENAMES.iter().find(|(known, ..)| known == name.get_ref());
            let Some((shown, subject, keys)) = known else {
                self.unknown(name, "a table of `rename`", RENAMES.iter().map(|it| it.0));
                continue;
            };
            let shown = format!("rename.{shown}");
            let Some(table) = self.table(value, &shown) else { continue };
            for (name, value) in table.iter() {
                match (keys, value.get_ref()) {
                    (Keys::Own | Keys::Both, DeValue::String(_)) => {
                        entries.extend(self.rename(*subject, None, name, value, &shown));
                    }
                    (Keys::Below | Keys::Both, DeValue::Table(parts)) => {
                        let owner = name.get_ref();
                        let shown = format!("{shown}.{owner}");
                        entries.extend(parts.iter().filter_map(|(name, value)| {
                            self.rename(*subject, Some(owner.to_string()), name, value, &shown)
                        }));
                    }
                    (Keys::Below, _) => {
                        self.wrong(value, &format!("`{shown}.{}` must be a table", name.get_ref()));
                    }
                    _ => {
                        self.wrong(value, &format!("`{shown}.{}` must be a name", name.get_ref()));
                    }
                }
            }
        }
        entries
    }

    fn rename(
        &mut self,
        subject: Subject,
        owner: Option<String>,
        name: &Word<'_>,
        value: &Value<'_>,
        shown: &str,
    ) -> Option<Entry> {
        let Some(new) = value.get_ref().as_str() else {
            self.wrong(value, &format!("`{shown}.{}` must be a name", name.get_ref()));
            return None;
        };
        let value = Key::new(new, value.span());
        Some(Entry { verb: Verb::Rename, subject, owner, key: key(name), value })
    }

    fn table<'t>(&mut self, value: &'t Value<'_>, shown: &str) -> Option<&'t DeTable<'t>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong(value, &format!("`{shown}` must be a table"));
        }
        table
    }

    fn unknown<'k>(&mut self, name: &Word<'_>, what: &str, known: impl Iterator<Item = &'k str>) {
        let known: Vec<&str> = known.collect();
        let message = format!("`{}` is not {what}", name.get_ref());
        let help = match nearest(name.get_ref(), known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are {}", known.join(", ")),
        };
        self.report("unknown-setting", message, name.span(), &help);
    }

    fn wrong(&mut self, value: &Value<'_>, message: &str) {
        let message = format!("{message}, found {}", describe(value.get_ref()));
        self.report("wrong-setting", message, value.span(), "correct the value, or remove it");
    }

    fn report(
        &mut self,
        code: &'static str,
        message: String,
        span: std::ops::Range<usize>,
        help: &str,
    ) {
        self.sink.report(Diagnostic::error(code, message).at_bytes(self.file, span).help(help));
    }
}

fn key(name: &Word<'_>) -> Key {
    Key::new(name.get_ref().clone().into_owned(), name.span())
}

fn describe(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
