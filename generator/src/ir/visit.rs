//! Every use of a type in an API, and every rule, to be read or changed.

use super::{Api, Content, Event, Operation, Rest, Rule, Shape, TypeDef, TypeId, TypeRef};
use crate::diag::Place;

impl TypeRef {
    /// Shows the named type in this use, if there is one.
    pub fn each_id(&self, each: &mut dyn FnMut(TypeId)) {
        self.each_type(&mut |ty| ty.id().into_iter().for_each(&mut *each));
    }

    /// Shows this type and those within it.
    pub fn each_type(&self, each: &mut dyn FnMut(&Self)) {
        each(self);
        match self {
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.each_type(each),
            Self::Tuple(items) => items.iter().for_each(|item| item.each_type(each)),
            Self::Prefixed(items, rest) => {
                items.iter().for_each(|item| item.each_type(each));
                rest.each_type(each);
            }
            Self::Named(_) | Self::Prim(_) | Self::Json => {}
        }
    }

    /// How many items have types of their own, if any have.
    pub fn prefix(&self) -> Option<usize> {
        match self {
            Self::Tuple(items) | Self::Prefixed(items, _) => Some(items.len()),
            _ => None,
        }
    }

    fn id(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            _ => None,
        }
    }

    /// Shows the ids of the named types that this type is made of, to be changed.
    pub fn each_id_mut(&mut self, each: &mut dyn FnMut(&mut TypeId)) {
        match self {
            Self::Named(id) => each(id),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.each_id_mut(each),
            Self::Tuple(items) => items.iter_mut().for_each(|item| item.each_id_mut(each)),
            Self::Prefixed(items, rest) => {
                items.iter_mut().for_each(|item| item.each_id_mut(each));
                rest.each_id_mut(each);
            }
            Self::Prim(_) | Self::Json => {}
        }
    }
}

impl TypeDef {
    /// Shows the named types that this type is made of.
    pub fn each_id(&self, each: &mut dyn FnMut(TypeId)) {
        self.each_type(&mut |ty| ty.id().into_iter().for_each(&mut *each));
    }

    /// Shows the types that this type is made of.
    pub fn each_type(&self, each: &mut dyn FnMut(&TypeRef)) {
        match &self.shape {
            Shape::Struct(object) => {
                object.fields.iter().for_each(|field| field.ty.each_type(each));
                if let Rest::Typed(ty, _) = &object.rest {
                    ty.each_type(each);
                }
            }
            Shape::Union(union) => {
                union.variants.iter().for_each(|variant| variant.ty.each_type(each));
            }
            Shape::Alias(ty) | Shape::Newtype(ty) => ty.each_type(each),
            Shape::Enum(_) => {}
        }
    }

    fn each_id_mut(&mut self, each: &mut dyn FnMut(&mut TypeId)) {
        match &mut self.shape {
            Shape::Struct(object) => {
                object.fields.iter_mut().for_each(|field| field.ty.each_id_mut(each));
                if let Rest::Typed(ty, _) = &mut object.rest {
                    ty.each_id_mut(each);
                }
            }
            Shape::Union(union) => {
                union.variants.iter_mut().for_each(|variant| variant.ty.each_id_mut(each));
            }
            Shape::Alias(ty) | Shape::Newtype(ty) => ty.each_id_mut(each),
            Shape::Enum(_) => {}
        }
    }
}

impl Event {
    /// Shows the named types that this event carries.
    pub fn each_id(&self, each: &mut dyn FnMut(TypeId)) {
        self.payload.iter().for_each(|ty| ty.each_id(each));
    }

    fn each_type(&self, each: &mut dyn FnMut(&TypeRef)) {
        self.payload.iter().for_each(|ty| ty.each_type(each));
    }

    fn each_id_mut(&mut self, each: &mut dyn FnMut(&mut TypeId)) {
        self.payload.iter_mut().for_each(|ty| ty.each_id_mut(each));
    }
}

impl Operation {
    /// Shows the named types that this operation and its callbacks carry.
    pub fn each_id(&self, each: &mut dyn FnMut(TypeId)) {
        self.each_sent_id(each);
        self.each_received_id(each);
    }

    /// Shows the named types that its request carries.
    pub fn each_sent_id(&self, each: &mut dyn FnMut(TypeId)) {
        self.each_sent(&mut |ty| ty.each_id(each));
    }

    fn each_sent(&self, each: &mut dyn FnMut(&TypeRef)) {
        self.parameters.iter().for_each(|parameter| each(&parameter.field.ty));
        for media in self.body.iter().flat_map(|body| &body.media) {
            media.content.ty().into_iter().for_each(&mut *each);
        }
    }

    /// Shows the named types that its responses and its callbacks carry.
    pub fn each_received_id(&self, each: &mut dyn FnMut(TypeId)) {
        self.each_received(&mut |ty| ty.each_id(each));
    }

    fn each_received(&self, each: &mut dyn FnMut(&TypeRef)) {
        self.callbacks.iter().for_each(|event| event.payload.iter().for_each(&mut *each));
        for response in &self.responses {
            let body = response.body.as_ref().and_then(Content::ty);
            body.into_iter().for_each(&mut *each);
            response.headers.iter().for_each(|header| each(&header.ty));
        }
    }

    /// Shows the rules of its parameters, bodies and responses, list by list.
    pub fn each_rules(&self, each: &mut dyn FnMut(&[Rule])) {
        self.parameters.iter().for_each(|parameter| each(&parameter.field.rules));
        let media = self.body.iter().flat_map(|body| &body.media);
        media.for_each(|media| each(&media.rules));
        for response in &self.responses {
            each(&response.rules);
            response.headers.iter().for_each(|header| each(&header.rules));
        }
    }

    fn each_id_mut(&mut self, each: &mut dyn FnMut(&mut TypeId)) {
        self.callbacks.iter_mut().for_each(|event| event.each_id_mut(each));
        self.parameters.iter_mut().for_each(|parameter| parameter.field.ty.each_id_mut(each));
        for media in self.body.iter_mut().flat_map(|body| &mut body.media) {
            media.content.ty_mut().into_iter().for_each(|ty| ty.each_id_mut(each));
        }
        for response in &mut self.responses {
            let body = response.body.as_mut().and_then(Content::ty_mut);
            body.into_iter().for_each(|ty| ty.each_id_mut(each));
            response.headers.iter_mut().for_each(|header| header.ty.each_id_mut(each));
        }
    }
}

impl Api {
    /// Shows every type that is used, those within others included.
    pub fn each_type(&self, each: &mut dyn FnMut(&TypeRef)) {
        self.types.iter().for_each(|def| def.each_type(each));
        for operation in &self.operations {
            operation.each_sent(&mut |ty| ty.each_type(each));
            operation.each_received(&mut |ty| ty.each_type(each));
        }
        self.webhooks.iter().for_each(|event| event.each_type(each));
    }

    /// Changes every use of a named type, what types are named after included.
    pub fn each_id_mut(&mut self, each: &mut dyn FnMut(&mut TypeId)) {
        for def in &mut self.types {
            def.each_id_mut(each);
            if let super::Origin::Property(owner, _) = &mut def.origin {
                each(owner);
            }
        }
        self.operations.iter_mut().for_each(|operation| operation.each_id_mut(each));
        self.webhooks.iter_mut().for_each(|event| event.each_id_mut(each));
    }

    /// Changes the rules of types, operations and the schemas that are referred to.
    pub fn each_rules_mut(&mut self, each: &mut dyn FnMut(&Place, &mut Vec<Rule>)) {
        self.types.iter_mut().for_each(|def| def.each_rules_mut(each));
        for operation in &mut self.operations {
            for parameter in &mut operation.parameters {
                each(&parameter.field.place, &mut parameter.field.rules);
            }
            let media = operation.body.iter_mut().flat_map(|body| &mut body.media);
            media.for_each(|media| each(&operation.place, &mut media.rules));
            for response in &mut operation.responses {
                each(&response.place, &mut response.rules);
                let headers = response.headers.iter_mut();
                headers.for_each(|header| each(&header.place, &mut header.rules));
            }
        }
        self.schemas.iter_mut().for_each(|schema| each(&schema.place, &mut schema.rules));
    }
}

impl TypeDef {
    /// Shows its rules and those of its parts, list by list.
    pub fn each_rules(&self, each: &mut dyn FnMut(&[Rule])) {
        match &self.shape {
            Shape::Struct(object) => {
                object.fields.iter().for_each(|field| each(&field.rules));
                each(&object.rules);
                if let Rest::Typed(_, rules) = &object.rest {
                    each(rules);
                }
            }
            Shape::Union(union) => {
                union.variants.iter().for_each(|variant| each(&variant.rules));
                let parts = union.choice.iter().flat_map(|choice| &choice.parts);
                parts.for_each(|rules| each(rules));
            }
            Shape::Newtype(_) => each(&self.rules),
            Shape::Alias(_) | Shape::Enum(_) => {}
        }
    }

    fn each_rules_mut(&mut self, each: &mut dyn FnMut(&Place, &mut Vec<Rule>)) {
        let place = &self.place;
        match &mut self.shape {
            Shape::Struct(object) => {
                object.fields.iter_mut().for_each(|field| each(&field.place, &mut field.rules));
                each(place, &mut object.rules);
                if let Rest::Typed(_, rules) = &mut object.rest {
                    each(place, rules);
                }
            }
            Shape::Union(union) => {
                union.variants.iter_mut().for_each(|variant| each(place, &mut variant.rules));
                let parts = union.choice.iter_mut().flat_map(|choice| &mut choice.parts);
                parts.for_each(|rules| each(place, rules));
            }
            Shape::Newtype(_) => each(place, &mut self.rules),
            // What these ask for stands where they are used.
            Shape::Alias(_) | Shape::Enum(_) => {}
        }
    }
}
