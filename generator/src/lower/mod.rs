//! From `openapiv3` to [`ir`](crate::ir): one file per kind of thing.
//!
//! What cannot be expressed is reported with its place and skipped at the smallest unit; errors
//! are for documents of which no sensible output exists.

mod alias;
mod allows;
mod assertions;
mod bases;
mod body;
mod choice;
mod circle;
mod compose;
mod contradictions;
mod discriminate;
mod event;
mod implied;
mod inherit;
mod keywords;
mod link;
mod media;
mod narrow;
mod null;
mod object;
mod operation;
mod parameter;
mod placed;
mod response;
mod rules;
mod schema;
mod security;
mod server;
mod shown;
mod tags;
mod tuple;
mod union;
mod words;

use std::collections::BTreeMap;

use bases::Bases;
use contradictions::Contradictions;
use openapiv3::ReferenceOr;
use schema::Use;
use server::Servers;
use typed_arena::Arena;

use crate::diag::{Notes, Place, Pointer, Sink};
use crate::ir::{Api, Origin, Schema, SchemaId, Shape, TypeDef, TypeId, TypeRef};
use crate::settings::Formats;
use crate::source::Document;

/// Lowers a whole document into the API called `name`; `formats` are the types that the user chose.
pub fn lower(document: &Document, name: &str, formats: &Formats<'_>, sink: &mut Sink) -> Api {
    let extensions = Arena::new();
    let mut lowering = Lowering::new(document, formats, &extensions, sink);
    lowering.declare_components();
    lowering.define_components();
    let operations = lowering.operations();
    let webhooks = lowering.webhooks();
    lowering.imply_tags();
    lowering.fix_tags(&operations, &webhooks);
    lowering.define_schemas();
    circle::break_circles(&mut lowering.types);
    shown::settle(&mut lowering.types, &lowering.samples, &mut lowering.notes);
    lowering.tell_warnings();
    let openapi = &document.openapi;
    let (server, servers) = lowering.servers.take();
    let mut api = Api {
        name: name.to_owned(),
        title: openapi.info.title.clone(),
        version: openapi.info.version.clone(),
        description: openapi.info.description.clone(),
        server,
        servers,
        schemes: lowering.schemes(),
        schemas: std::mem::take(&mut lowering.schemas),
        types: lowering.into_types(),
        operations,
        webhooks,
    };
    inherit::inherit(&mut api);
    api
}

/// The state of lowering: the types so far.
struct Lowering<'a> {
    document: &'a Document,
    formats: &'a Formats<'a>,
    /// The schemas that stand in extensions of ours.
    extensions: &'a Arena<ReferenceOr<openapiv3::Schema>>,
    sink: &'a mut Sink,
    /// Told when all has been looked at.
    notes: Notes,
    /// The component schemas, which are declared before any is defined: they may be recursive.
    components: BTreeMap<&'a str, TypeId>,
    bases: Bases<'a>,
    servers: Servers,
    /// The types of the inline schemas that are being defined: a property may be all of the schema
    /// that it belongs to.
    open: BTreeMap<*const openapiv3::Schema, TypeId>,
    /// The types of objects that are all of several schemas.
    every: BTreeMap<Vec<*const openapiv3::Schema>, TypeId>,
    /// Reported when all schemas have been looked at.
    contradictions: Contradictions,
    types: Vec<TypeDef>,
    /// What bodies are shown to be.
    samples: shown::Samples<'a>,
    /// The uses of schemas that stand in components which are no schemas, by their place.
    placed: BTreeMap<String, Use>,
    /// The schemas that rules refer to, and under which name; told after all else.
    schemas: Vec<Schema>,
    schema_ids: BTreeMap<&'a str, SchemaId>,
    /// Whether the parts of a choice are being compared: choices within them are not, again.
    comparing: bool,
}

impl<'a> Lowering<'a> {
    fn new(
        document: &'a Document,
        formats: &'a Formats<'a>,
        extensions: &'a Arena<ReferenceOr<openapiv3::Schema>>,
        sink: &'a mut Sink,
    ) -> Self {
        let bases = Bases::of(schema::components(document));
        Self {
            document,
            formats,
            extensions,
            sink,
            notes: Notes::default(),
            components: BTreeMap::new(),
            bases,
            servers: Servers::of(&document.openapi),
            types: Vec::new(),
            placed: BTreeMap::new(),
            samples: Vec::new(),
            schemas: Vec::new(),
            schema_ids: BTreeMap::new(),
            comparing: false,
            open: BTreeMap::new(),
            every: BTreeMap::new(),
            contradictions: Contradictions::default(),
        }
    }

    /// Gives every component schema its id.
    fn declare_components(&mut self) {
        let root = Pointer::root().child("components").child("schemas");
        for name in schema::components(self.document).keys() {
            let origin = Origin::Component(name.clone());
            let id = self.declare(origin, &root.child(name.as_str()));
            self.components.insert(name, id);
        }
    }

    /// Adds a type whose shape is told later, by [`Lowering::define`].
    fn declare(&mut self, origin: Origin, pointer: &Pointer) -> TypeId {
        let id = TypeId(self.types.len());
        self.types.push(TypeDef {
            origin,
            place: self.place(pointer),
            title: None,
            description: None,
            deprecated: false,
            rules: Vec::new(),
            shape: Shape::Alias(TypeRef::Json),
        });
        id
    }

    fn place(&self, pointer: &Pointer) -> Place {
        self.document.place(pointer)
    }

    fn warn(&mut self, code: &'static str, message: String, pointer: &Pointer, help: &str) {
        let place = self.place(pointer);
        self.notes.warn(code, place, &message, help);
    }

    fn tell_warnings(&mut self) {
        let warnings = self.contradictions.warnings(|pointer| self.document.place(pointer));
        std::mem::take(&mut self.notes).report(self.sink);
        warnings.into_iter().for_each(|warning| self.sink.report(warning));
    }

    fn into_types(self) -> Vec<TypeDef> {
        self.types
    }
}
