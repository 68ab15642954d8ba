//! Finds what every reference means, and which components have to be made. Changes nothing.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use indexmap::IndexSet;

use super::super::model::{Kind, Shape};
use super::super::tree::{Cursor, Mapping, Node, Value};
use super::super::walk::walk;
use super::names;
use super::sources::Sources;
use crate::diag::{Diagnostic, FileId, Place, Pointer, Sink};

/// What a reference is to become.
#[derive(Clone, Debug)]
pub(super) enum Meaning {
    /// A reference to this component, in full.
    Component(String),
    /// A copy of what stands at the place.
    Inline(Place),
    /// What is taken for a reference to something of another kind.
    Instead(Node),
}

/// A component that is to be made of something that stands elsewhere.
#[derive(Debug)]
pub(super) struct Hoist {
    pub kind: Kind,
    pub target: Place,
    pub name: String,
}

/// The decisions. Maps are only ever asked, never listed.
#[derive(Debug, Default)]
pub(super) struct Plan {
    meanings: HashMap<(FileId, String, Shape), Option<Meaning>>,
    components: HashMap<(Kind, Place), String>,
    /// In order of discovery.
    pub hoists: Vec<Hoist>,
    /// Files in which something inside is hoisted away.
    torn: HashSet<FileId>,
}

impl Plan {
    pub(super) fn meaning(&self, file: FileId, reference: &str, shape: Shape) -> Option<&Meaning> {
        let key = (file, reference.to_owned(), shape);
        self.meanings.get(&key)?.as_ref()
    }

    /// Whether something of a file is inlined elsewhere.
    pub(super) fn copies_from(&self, file: FileId) -> bool {
        let mut meanings = self.meanings.values().flatten();
        meanings.any(|it| matches!(it, Meaning::Inline(place) if place.file == file))
    }

    /// The component that what stands here is moved to.
    pub(super) fn moved(&self, kind: Kind, at: &Cursor) -> Option<String> {
        if !self.torn.contains(&at.file()) {
            return None;
        }
        let name = self.components.get(&(kind, at.place()))?;
        component(kind, name)
    }
}

/// Reads everything that is reachable from the root.
pub(super) fn plan(root: FileId, sources: &mut Sources, sink: &mut Sink) -> Plan {
    let mut planner = Planner {
        root,
        sources,
        sink,
        plan: Plan::default(),
        queue: VecDeque::new(),
        queued: HashSet::new(),
        taken: BTreeSet::new(),
        circles: HashSet::new(),
        ending: HashSet::new(),
        behind: HashMap::new(),
    };
    planner.take_names();
    planner.adopt();
    planner.enqueue(Place::new(root, Pointer::root()), Shape::Object(Kind::OpenApi));
    while let Some((place, shape)) = planner.queue.pop_front() {
        for found in planner.gather(&place, shape) {
            planner.settle(found);
        }
    }
    planner.plan
}

/// A discriminator's mapping may name a schema where a reference would name a file.
const MAPPED: Shape = Shape::RefOr(Kind::Schema);

struct Planner<'p, 'f> {
    root: FileId,
    sources: &'p mut Sources<'f>,
    sink: &'p mut Sink,
    plan: Plan,
    queue: VecDeque<(Place, Shape)>,
    queued: HashSet<(Place, Shape)>,
    /// Section and name of all components.
    taken: BTreeSet<(&'static str, String)>,
    /// References that lead in circles and have been reported.
    circles: HashSet<Place>,
    /// References that are known to lead to a value, so that no chain is walked twice.
    ending: HashSet<Place>,
    /// What stands behind references that are nothing but references, for the same reason.
    behind: HashMap<Place, Place>,
}

struct Found {
    shape: Shape,
    reference: String,
    /// Of the object that holds the reference.
    holder: Place,
    /// Of the reference itself.
    place: Place,
    role: Role,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Reference,
    Mapping,
}

impl Planner<'_, '_> {
    fn enqueue(&mut self, place: Place, shape: Shape) {
        if self.queued.insert((place.clone(), shape)) {
            self.queue.push_back((place, shape));
        }
    }

    fn components(&self) -> impl Iterator<Item = (Kind, &str, &Node)> {
        let tree = self.sources.tree(self.root);
        let components = tree.and_then(|tree| tree.child("components")?.mapping());
        let sections = components.into_iter().flat_map(Mapping::iter);
        sections.flat_map(|(section, node)| {
            let kind = Kind::of_section(section).filter(|kind| kind.section().is_some());
            let entries = node.mapping().into_iter().flat_map(Mapping::iter);
            entries.filter_map(move |(name, node)| Some((kind?, name, node)))
        })
    }

    fn take_names(&mut self) {
        let names = self.components();
        let names = names.filter_map(|(kind, name, _)| Some((kind.section()?, name.to_owned())));
        self.taken = names.collect();
    }

    /// Components of the root that only refer to another file lend their name to what is there:
    /// `Pet: { $ref: 'schemas/pet.yaml' }`.
    fn adopt(&mut self) {
        let aliases: Vec<(Kind, String, String)> = self
            .components()
            .filter_map(|(kind, name, node)| {
                let reference = sole_reference(node)?;
                let is_file = !reference.starts_with('#');
                is_file.then(|| (kind, name.to_owned(), reference.to_owned()))
            })
            .collect();
        for (kind, name, reference) in aliases {
            let target = self.sources.resolve(self.root, &reference, self.sink);
            // What cannot be resolved is reported where the walk meets it.
            let Ok(Some(target)) = target else { continue };
            if target.file == self.root || self.sources.node(&target).is_some_and(is_alias) {
                continue;
            }
            if kind == Kind::Schema && self.is_document(&target) {
                continue;
            }
            let key = (kind, target.clone());
            if !self.plan.components.contains_key(&key) {
                self.add(kind, target, name);
            }
        }
    }

    fn add(&mut self, kind: Kind, target: Place, name: String) {
        if target.pointer.last().is_some() {
            self.plan.torn.insert(target.file);
        }
        self.plan.components.insert((kind, target.clone()), name.clone());
        self.enqueue(target.clone(), Shape::RefOr(kind));
        self.plan.hoists.push(Hoist { kind, target, name });
    }

    /// The references below a place that have not been met before.
    fn gather(&self, place: &Place, shape: Shape) -> Vec<Found> {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let Some(node) = self.sources.node(place) else { return found };
        walk(shape, node, &Cursor::Start(place), &mut |shape, node, at| {
            let mut is_new = |reference: &str, shape: Shape| {
                let key = (at.file(), reference.to_owned(), shape);
                !self.plan.meanings.contains_key(&key) && seen.insert(key)
            };
            if let Some(reference) = node.reference() {
                if is_new(reference, shape) {
                    found.push(reference_at(shape, reference, at));
                }
            } else if shape == Shape::Object(Kind::Discriminator) {
                let mapping = node.child("mapping").and_then(Node::mapping);
                for (tag, node) in mapping.into_iter().flat_map(Mapping::iter) {
                    let Some(reference) = node.str() else { continue };
                    if is_new(reference, MAPPED) {
                        found.push(mapping_at(tag, reference, at));
                    }
                }
            }
        });
        found
    }

    fn settle(&mut self, found: Found) {
        let key = (found.holder.file, found.reference.clone(), found.shape);
        if self.plan.meanings.contains_key(&key) {
            return;
        }
        let meaning = match found.role {
            Role::Reference => self.reference(&found),
            Role::Mapping => self.mapping(&found),
        };
        self.plan.meanings.insert(key, meaning);
    }

    fn reference(&mut self, found: &Found) -> Option<Meaning> {
        let file = found.holder.file;
        match self.sources.resolve(file, &found.reference, self.sink) {
            Ok(target) => self.meaning(found, target?),
            Err(lost) => {
                let place = found.place.clone();
                self.sink.report(match is_left_out(found.shape) {
                    true => lost.left_out_at(place),
                    false => lost.at(place),
                });
                None
            }
        }
    }

    /// A mapping's value is a reference, or the bare name of a schema.
    fn mapping(&mut self, found: &Found) -> Option<Meaning> {
        let by_name = format!("#/components/schemas/{}", escape(&found.reference));
        for (file, reference) in [(found.holder.file, &by_name), (self.root, &by_name)] {
            let pointer = Pointer::parse(reference.get(1..)?)?;
            if self.sources.node(&Place::new(file, pointer.clone())).is_some() {
                return self.meaning(found, Place::new(file, pointer));
            }
        }
        match self.sources.resolve(found.holder.file, &found.reference, self.sink) {
            Ok(None) => None,
            Ok(Some(target)) if !self.is_document(&target) => self.meaning(found, target),
            _ => {
                let message = format!("the mapping names no schema: `{}`", found.reference);
                let help = "name a schema of `components/schemas`, or write a reference to one";
                let warning = Diagnostic::warning("unknown-mapping", message);
                self.sink.report(warning.at(found.place.clone()).help(help));
                None
            }
        }
    }

    fn meaning(&mut self, found: &Found, target: Place) -> Option<Meaning> {
        if self.is_circle(found, &target) {
            return None;
        }
        if let Some((section, name)) = self.misled(found, &target) {
            return self.wrong_kind(&section, &name, found);
        }
        let kind = found.shape.component().filter(|kind| kind.section().is_some());
        let Some(kind) = kind else {
            if self.is_no_object(found, &target) {
                return None;
            }
            self.enqueue(target.clone(), found.shape);
            return Some(Meaning::Inline(target));
        };
        let target = self.behind_aliases(target);
        if kind == Kind::Schema && self.is_document(&target) {
            self.sink.report(whole_document(found));
            return Some(Meaning::Instead(Mapping::new().into()));
        }
        if let Some((section, name)) = self.root_component(&target) {
            if kind.section() != Some(section.as_str()) {
                return self.wrong_kind(&section, &name, found);
            }
            return component(kind, &name).map(Meaning::Component);
        }
        // Of another file, only its components say what they are.
        if let ["components", section, _] = *target.pointer.keys()
            && let Some(other) = Kind::of_section(section).filter(|it| it.section().is_some())
            && other != kind
        {
            let section = section.to_owned();
            let name =
                if other == Kind::Schema { self.made(other, target)? } else { String::new() };
            return self.wrong_kind(&section, &name, found);
        }
        if self.is_no_object(found, &target) {
            return None;
        }
        let name = self.made(kind, target)?;
        component(kind, &name).map(Meaning::Component)
    }

    /// Whether a place is the whole of an API. A file may also be a schema, and nothing else.
    fn is_document(&self, place: &Place) -> bool {
        let is_whole = place.pointer.last().is_none();
        let node = self.sources.node(place).filter(|_| is_whole);
        node.is_some_and(|node| node.child("openapi").or(node.child("swagger")).is_some())
    }

    /// Whether what a reference leads to is a text, a number or a list where an object must stand.
    /// Reports; components say so themselves.
    fn is_no_object(&mut self, found: &Found, target: &Place) -> bool {
        let Some(node) = self.sources.node(target) else { return false };
        let may_stand = match &node.value {
            Value::Mapping(_) | Value::Null => true,
            Value::Bool(_) => found.shape.component() == Some(Kind::Schema),
            // Any value is an example.
            _ => found.shape.component() == Some(Kind::Example),
        };
        let wanted = found.shape.kind().filter(|_| !may_stand);
        if let Some(wanted) = wanted {
            let (found_value, wanted) = (node.describe(), wanted.object().name);
            let message =
                format!("the reference leads to {found_value}, but {wanted} must stand here");
            let error = match is_left_out(found.shape) {
                true => Diagnostic::warning("wrong-ref", format!("{message}; it is left out")),
                false => Diagnostic::error("wrong-ref", message),
            };
            let error = error.at(found.place.clone());
            let error = error.related(target.clone(), "what it leads to");
            self.sink.report(error.help(format!("refer to {wanted}, or write one here")));
        }
        wanted.is_some()
    }

    /// The name of the component that is made of what stands elsewhere.
    fn made(&mut self, kind: Kind, target: Place) -> Option<String> {
        if !self.plan.components.contains_key(&(kind, target.clone())) {
            let name = self.name(kind, &target);
            self.add(kind, target.clone(), name);
        }
        self.plan.components.get(&(kind, target)).cloned()
    }

    /// Section and name of the component that a reference leads to where a media type must stand, or
    /// several: such as the schema that it has.
    fn misled(&mut self, found: &Found, target: &Place) -> Option<(String, String)> {
        if !is_media(found.shape) {
            return None;
        }
        let target = self.behind_aliases(target.clone());
        if let Some(component) = self.root_component(&target) {
            return Some(component);
        }
        self.sources.node(&target).filter(|node| is_schema(node))?;
        let section = Kind::Schema.section()?;
        Some((section.to_owned(), self.made(Kind::Schema, target)?))
    }

    /// What is taken for a reference to a component of another kind, which is reported.
    fn wrong_kind(&mut self, section: &str, name: &str, found: &Found) -> Option<Meaning> {
        let instead = instead(found.shape, section, name);
        let left_out = is_left_out(found.shape).then_some("it is left out");
        let taken = instead.as_ref().map(|(_, words)| *words).or(left_out);
        self.sink.report(wrong_kind(section, taken, found));
        instead.map(|(node, _)| Meaning::Instead(node))
    }

    /// Section and name, if the place is a component of the root that a reference can name.
    fn root_component(&self, place: &Place) -> Option<(String, String)> {
        match *place.pointer.keys() {
            ["components", section, name] if place.file == self.root => {
                Kind::of_section(section)?.section()?;
                Some((section.to_owned(), name.to_owned()))
            }
            _ => None,
        }
    }

    /// Goes on from references that are nothing but references, up to a component of the root.
    fn behind_aliases(&mut self, target: Place) -> Place {
        let mut chain = Vec::new();
        let mut target = target;
        while self.root_component(&target).is_none() {
            if let Some(known) = self.behind.get(&target) {
                target = known.clone();
                break;
            }
            let reference = self.sources.node(&target).and_then(sole_reference);
            let Some(reference) = reference.map(str::to_owned) else { break };
            match self.sources.resolve(target.file, &reference, self.sink) {
                Ok(Some(next)) => chain.push(std::mem::replace(&mut target, next)),
                _ => break,
            }
        }
        self.behind.extend(chain.into_iter().map(|place| (place, target.clone())));
        target
    }

    /// Whether a chain of references comes back to itself, so that nothing is ever found. Reports.
    fn is_circle(&mut self, found: &Found, target: &Place) -> bool {
        let mut chain = IndexSet::from([found.holder.clone()]);
        let mut target = target.clone();
        while !self.ending.contains(&target) {
            if let Some(start) = chain.get_index_of(&target) {
                self.report_circle(chain.iter().skip(start).cloned().collect());
                return true;
            }
            if self.circles.contains(&target) {
                return true;
            }
            let reference = self.sources.node(&target).and_then(Node::reference);
            let Some(reference) = reference.map(str::to_owned) else { break };
            match self.sources.resolve(target.file, &reference, self.sink) {
                Ok(Some(next)) => chain.insert(std::mem::replace(&mut target, next)),
                _ => break,
            };
        }
        self.ending.extend(chain);
        false
    }

    fn report_circle(&mut self, circle: Vec<Place>) {
        let Some(first) = circle.first() else { return };
        let message = "these references lead in a circle and never to a value";
        let mut error = Diagnostic::error("ref-cycle", message)
            .at(first.child("$ref"))
            .help("write out the value in one of the places");
        for place in circle.iter().skip(1) {
            error = error.related(place.child("$ref"), "next");
        }
        self.sink.report(error);
        self.circles.extend(circle);
    }

    fn name(&mut self, kind: Kind, target: &Place) -> String {
        let section = kind.section().unwrap_or_default();
        let candidates = names::candidates(target, self.sources.files);
        let base = candidates.first().cloned().unwrap_or_default();
        let numbered = (2..).map(|number| format!("{base}_{number}"));
        let mut names = candidates.into_iter().chain(numbered);
        let is_free =
            |name: &String| !name.is_empty() && !self.taken.contains(&(section, name.clone()));
        let name = names.find(is_free).unwrap_or(base);
        self.taken.insert((section, name.clone()));
        name
    }
}

fn reference_at(shape: Shape, reference: &str, at: &Cursor) -> Found {
    let holder = at.place();
    Found {
        shape,
        reference: reference.to_owned(),
        place: holder.child("$ref"),
        holder,
        role: Role::Reference,
    }
}

fn mapping_at(tag: &str, reference: &str, at: &Cursor) -> Found {
    let place = at.place().child("mapping").child(tag);
    Found {
        shape: MAPPED,
        reference: reference.to_owned(),
        holder: place.clone(),
        place,
        role: Role::Mapping,
    }
}

/// What goes away where its reference leads nowhere: nothing depends on examples and links.
pub(super) fn is_left_out(shape: Shape) -> bool {
    matches!(shape.component(), Some(Kind::Example | Kind::Link))
}

/// The media types of a body, a parameter or a header.
const CONTENT: Shape = Shape::Map(&Shape::Object(Kind::MediaType));

fn is_media(shape: Shape) -> bool {
    matches!(shape, Shape::Object(Kind::MediaType) | CONTENT)
}

/// Whether something is a schema, and no media type, for all that can be seen.
fn is_schema(node: &Node) -> bool {
    let has = |keys: &[&str]| keys.iter().any(|key| node.child(key).is_some());
    has(&["type", "properties", "allOf", "anyOf", "oneOf"])
        && !has(&["schema", "itemSchema", "encoding"])
}

/// What stands for a reference of the wrong kind, and in words: anything for a schema, and for what
/// has one, the schema as JSON. Nothing where that would be a guess.
fn instead(shape: Shape, section: &str, name: &str) -> Option<(Node, &'static str)> {
    let nothing = Mapping::new();
    if shape.component() == Some(Kind::Schema) {
        return Some((nothing.into(), "any JSON is taken"));
    }
    let is_schema = Kind::Schema.section() == Some(section);
    if is_media(shape) && !is_schema {
        return Some((nothing.into(), "nothing is known of the content"));
    }
    let reference = component(Kind::Schema, name).filter(|_| is_schema)?;
    let object = |key: &str, node: Node| Node::from(Mapping::from_iter([(key.to_owned(), node)]));
    let schema = object("schema", object("$ref", Node::from(reference.as_str())));
    let json = |schema| object("application/json", schema);
    let body = "the schema is taken as that of a JSON body";
    if shape == CONTENT {
        return Some((json(schema), "the schema is taken as that of JSON"));
    }
    match shape.kind()? {
        Kind::Response => {
            let description = ("description".to_owned(), Node::from(""));
            let content = ("content".to_owned(), json(schema));
            Some((Mapping::from_iter([description, content]).into(), body))
        }
        Kind::RequestBody => Some((object("content", json(schema)), body)),
        Kind::Header => Some((schema, "the schema is taken as the header's")),
        Kind::MediaType => Some((schema, "the schema is taken as that of the media type")),
        _ => None,
    }
}

fn wrong_kind(section: &str, taken: Option<&str>, found: &Found) -> Diagnostic {
    let kind = found.shape.kind();
    let wanted = kind.map_or("an object of media types", |kind| kind.object().name);
    let message =
        format!("the reference leads into `components/{section}`, but {wanted} must stand here");
    let help = match kind {
        Some(Kind::MediaType) => "write `schema:` with the reference below it".to_owned(),
        None => "write a media type, and below it `schema:` with the reference".to_owned(),
        Some(kind) => {
            let own = kind.section().unwrap_or_default();
            format!("refer to something in `components/{own}`")
        }
    };
    let diagnostic = match taken {
        Some(taken) => Diagnostic::warning("wrong-ref", format!("{message}; {taken}")),
        None => Diagnostic::error("wrong-ref", message),
    };
    diagnostic.at(found.place.clone()).help(help)
}

/// That a schema is looked for where only a document is.
fn whole_document(found: &Found) -> Diagnostic {
    let (message, file) = match found.reference.as_str() {
        "" => ("the reference is empty, and so leads to the whole document", ""),
        reference => {
            let file = reference.split_once('#').map_or(reference, |(file, _)| file);
            ("the reference leads to a whole OpenAPI document", file)
        }
    };
    let message = format!("{message}, but a Schema Object must stand here; any JSON is taken");
    let help = format!("name a schema of it, as in `{file}#/components/schemas/Name`");
    Diagnostic::warning("wrong-ref", message).at(found.place.clone()).help(help)
}

/// The reference to a component.
fn component(kind: Kind, name: &str) -> Option<String> {
    Some(format!("#/components/{}/{}", kind.section()?, escape(name)))
}

fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn is_alias(node: &Node) -> bool {
    sole_reference(node).is_some()
}

/// The reference of an object that holds nothing else.
fn sole_reference(node: &Node) -> Option<&str> {
    let mapping = node.mapping()?;
    if mapping.len() == 1 { node.reference() } else { None }
}
