//! Webhooks and callbacks: the requests that the server makes.
//!
//! Of each, what it carries becomes a model; who receives it answers by means of his own.

use indexmap::IndexMap;
use openapiv3::{Callback, MediaType, PathItem};

use super::Lowering;
use super::media::Medium;
use super::operation::upper;
use crate::diag::Pointer;
use crate::ir::{Event, Origin, Part, TypeRef};

impl<'a> Lowering<'a> {
    /// The webhooks of the document.
    pub(super) fn webhooks(&mut self) -> Vec<Event> {
        let root = Pointer::root().child("x-oas-webhooks");
        let document = self.document;
        let each = document.webhooks.iter().flat_map(|(name, item)| {
            let source = Source { name, target: None, owner: name.clone(), item };
            self.events(&source, &root.child(name.as_str()))
        });
        each.collect()
    }

    /// The callbacks of the operation with that id.
    pub(super) fn callbacks(
        &mut self,
        id: &str,
        callbacks: &'a IndexMap<String, Callback>,
        pointer: &Pointer,
    ) -> Vec<Event> {
        let mut events = Vec::new();
        for (name, callback) in callbacks {
            let pointer = pointer.child(name.as_str());
            for (target, item) in callback {
                let owner = format!("{id} {name}");
                let source = Source { name, target: Some(target), owner, item };
                events.extend(self.events(&source, &pointer.child(target.as_str())));
            }
        }
        events
    }

    /// A path item has an event for each of its methods.
    fn events(&mut self, source: &Source<'a>, pointer: &Pointer) -> Vec<Event> {
        let Source { item, .. } = source;
        let methods = item.iter().map(|(method, operation)| {
            let pointer = pointer.child(method);
            Event {
                name: source.name.to_owned(),
                target: source.target.map(str::to_owned),
                method: upper(method),
                summary: operation.summary.clone().or_else(|| item.summary.clone()),
                description: operation.description.clone().or_else(|| item.description.clone()),
                deprecated: operation.deprecated,
                payload: self.payload(&source.owner, operation, &pointer),
                place: self.place(&pointer),
            }
        });
        methods.collect()
    }

    fn payload(
        &mut self,
        owner: &str,
        operation: &'a openapiv3::Operation,
        pointer: &Pointer,
    ) -> Option<TypeRef> {
        let body = operation.request_body.as_ref()?;
        let (body, pointer) = self.body_of(body, pointer.child("requestBody"))?;
        let is_json = |(media_type, media): &(&String, &MediaType)| {
            self.medium(media_type, media) == Some(Medium::Json)
        };
        let (media_type, media) = body.content.iter().find(is_json)?;
        let Some(schema) = &media.schema else { return Some(TypeRef::Json) };
        let pointer = pointer.child("content").child(media_type.as_str()).child("schema");
        let origin = Origin::Operation(owner.to_owned(), Part::Payload);
        Some(self.placed(schema, origin, &pointer).ty)
    }
}

/// What events are read from.
struct Source<'a> {
    name: &'a str,
    target: Option<&'a str>,
    /// What inline payloads are named after.
    owner: String,
    item: &'a PathItem,
}
