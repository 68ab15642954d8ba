//! Which strings of `format: binary` are files: those that are a part of a multipart body. Anywhere
//! else they are strings, for JSON has no bytes.

use std::collections::BTreeSet;

use crate::ir::{Api, Content, Field, Operation, Prim, Rest, Shape, TypeId, TypeRef};

/// Makes strings of all that are no files.
pub(super) fn mark(api: &mut Api) {
    let mut parts = Parts::default();
    for operation in &api.operations {
        for media in operation.body.iter().flat_map(|body| &body.media) {
            if let Content::Multipart(ty) = &media.content {
                parts.body(api, ty);
            }
        }
    }
    for (index, def) in api.types.iter_mut().enumerate() {
        if !parts.0.contains(&TypeId(index)) {
            shape(&mut def.shape);
        }
    }
    api.operations.iter_mut().for_each(operation);
}

/// The types that stand for a multipart body, or for a part of one.
#[derive(Default)]
struct Parts(BTreeSet<TypeId>);

impl Parts {
    /// A multipart body: its properties are the parts.
    fn body(&mut self, api: &Api, ty: &TypeRef) {
        let TypeRef::Named(id) = ty else { return };
        if !self.0.insert(*id) {
            return;
        }
        match api.ty(*id).map(|def| &def.shape) {
            Some(Shape::Struct(object)) => {
                object.fields.iter().for_each(|field| self.part(api, &field.ty));
                if let Rest::Typed(ty, _) = &object.rest {
                    self.part(api, ty);
                }
            }
            Some(Shape::Union(union)) => {
                union.variants.iter().for_each(|variant| self.body(api, &variant.ty));
            }
            Some(Shape::Alias(ty) | Shape::Newtype(ty)) => self.body(api, ty),
            Some(Shape::Enum(_)) | None => {}
        }
    }

    /// A part: a file, several of them, or another name for that.
    fn part(&mut self, api: &Api, ty: &TypeRef) {
        match ty {
            TypeRef::List(inner) | TypeRef::Nullable(inner) => self.part(api, inner),
            TypeRef::Named(id) => {
                if let Some(Shape::Alias(inner) | Shape::Newtype(inner)) =
                    api.ty(*id).map(|def| &def.shape)
                    && self.0.insert(*id)
                {
                    self.part(api, inner);
                }
            }
            TypeRef::Tuple(_) | TypeRef::Prefixed(..) => {}
            TypeRef::Prim(_) | TypeRef::Map(_) | TypeRef::Json => {}
        }
    }
}

fn shape(shape: &mut Shape) {
    match shape {
        Shape::Struct(object) => {
            object.fields.iter_mut().for_each(field);
            if let Rest::Typed(ty, _) = &mut object.rest {
                string(ty);
            }
        }
        Shape::Union(union) => {
            union.variants.iter_mut().for_each(|variant| string(&mut variant.ty))
        }
        Shape::Alias(ty) | Shape::Newtype(ty) => string(ty),
        Shape::Enum(_) => {}
    }
}

fn operation(operation: &mut Operation) {
    operation.parameters.iter_mut().for_each(|parameter| field(&mut parameter.field));
    let media = operation.body.iter_mut().flat_map(|body| &mut body.media);
    let bodies = operation.responses.iter_mut().filter_map(|response| response.body.as_mut());
    let contents = media.map(|media| &mut media.content).chain(bodies);
    let others = contents.filter(|content| !matches!(content, Content::Multipart(_)));
    others.filter_map(Content::ty_mut).for_each(string);
    let headers = operation.responses.iter_mut().flat_map(|response| &mut response.headers);
    headers.for_each(field);
}

fn field(field: &mut Field) {
    string(&mut field.ty);
}

fn string(ty: &mut TypeRef) {
    match ty {
        TypeRef::Prim(prim) if *prim == Prim::File => *prim = Prim::String,
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) => string(inner),
        TypeRef::Tuple(items) => items.iter_mut().for_each(string),
        TypeRef::Prefixed(items, rest) => {
            items.iter_mut().for_each(string);
            string(rest);
        }
        TypeRef::Prim(_) | TypeRef::Named(_) | TypeRef::Json => {}
    }
}
