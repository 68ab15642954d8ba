//! Which types have a value that ends: decoding starts from one.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Place, Sink};
use crate::ir::{Api, Presence, Select, Shape, TypeId, TypeRef};

/// The types with a finite value.
#[derive(Debug, Default)]
pub struct Finite(BTreeSet<TypeId>);

impl Finite {
    /// Whether a type has a finite value.
    pub fn has(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Named(id) => self.0.contains(id),
            TypeRef::Tuple(items) => items.iter().all(|item| self.has(item)),
            _ => true,
        }
    }

    /// Makes untyped what no finite value can have: a property that must hold, without end, the
    /// object that it is of.
    pub(super) fn cut_endless(api: &mut Api, sink: &mut Sink) {
        let finite = Self::of(api);
        for def in &mut api.types {
            match &mut def.shape {
                Shape::Struct(object) => object.fields.iter_mut().for_each(|field| {
                    if field.presence == Presence::Required && !finite.has(&field.ty) {
                        let message = format!("no value ends that must have `{}`", field.name);
                        let help =
                            "make the property optional or nullable; it becomes untyped JSON";
                        sink.report(endless(message, help, &field.place));
                        field.ty = TypeRef::Json;
                    }
                }),
                // Decoding starts from a blank variant.
                shape @ Shape::Union(_) if !finite.is_finite(shape) => {
                    let message = "no value of any of its variants ends".to_owned();
                    let help = "give it a variant that ends; the first becomes untyped JSON";
                    sink.report(endless(message, help, &def.place));
                    let Shape::Union(union) = shape else { continue };
                    union.variants.iter_mut().take(1).for_each(|first| first.ty = TypeRef::Json);
                }
                _ => {}
            }
        }
    }

    /// Adds types until no more can be: those whose required parts have been added. A type is asked
    /// again only when one that it is made of was added.
    pub(super) fn of(api: &Api) -> Self {
        let mut users: Vec<Vec<TypeId>> = vec![Vec::new(); api.types.len()];
        for (index, def) in api.types.iter().enumerate() {
            def.each_id(&mut |part| {
                if let Some(users) = users.get_mut(part.0) {
                    users.push(TypeId(index));
                }
            });
        }
        let mut finite = Self::default();
        let mut open: Vec<TypeId> = (0..api.types.len()).map(TypeId).collect();
        while let Some(id) = open.pop() {
            let Some(def) = api.ty(id).filter(|_| !finite.0.contains(&id)) else { continue };
            if finite.is_finite(&def.shape) {
                finite.0.insert(id);
                open.extend(users.get(id.0).into_iter().flatten());
            }
        }
        finite
    }

    fn is_finite(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Struct(object) => {
                let mut required =
                    object.fields.iter().filter(|field| field.presence == Presence::Required);
                required.all(|field| self.has(&field.ty))
            }
            Shape::Enum(_) => true,
            // A tagged union begins as the variant that keeps anything.
            Shape::Union(union) => match union.select {
                Select::Tag { .. } => true,
                Select::Structure => union.variants.iter().any(|variant| self.has(&variant.ty)),
            },
            Shape::Alias(ty) | Shape::Newtype(ty) => self.has(ty),
        }
    }
}

fn endless(message: String, help: &'static str, place: &Place) -> Diagnostic {
    Diagnostic::warning("endless-type", message).at(place.clone()).help(help)
}
