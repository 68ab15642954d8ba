//! Every use of a type in an API, to be read or changed.

use super::{Api, Operation, Rest, Shape, TypeDef, TypeId, TypeRef};

impl TypeRef {
    /// Shows the named type in this use, if there is one.
    pub fn each_id(&self, each: &mut dyn FnMut(TypeId)) {
        match self {
            Self::Named(id) => each(*id),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.each_id(each),
            Self::Prim(_) | Self::Json => {}
        }
    }

    fn each_id_mut(&mut self, each: &mut dyn FnMut(&mut TypeId)) {
        match self {
            Self::Named(id) => each(id),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.each_id_mut(each),
            Self::Prim(_) | Self::Json => {}
        }
    }
}

impl TypeDef {
    /// Shows the named types that this type is made of.
    pub fn each_id(&self, each: &mut dyn FnMut(TypeId)) {
        match &self.shape {
            Shape::Struct(object) => {
                object.fields.iter().for_each(|field| field.ty.each_id(each));
                if let Rest::Typed(ty, _) = &object.rest {
                    ty.each_id(each);
                }
            }
            Shape::Union(union) => {
                union.variants.iter().for_each(|variant| variant.ty.each_id(each))
            }
            Shape::Alias(ty) => ty.each_id(each),
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
            Shape::Alias(ty) => ty.each_id_mut(each),
            Shape::Enum(_) => {}
        }
    }
}

impl Operation {
    /// Shows the named types that this operation carries.
    pub fn each_id(&self, each: &mut dyn FnMut(TypeId)) {
        self.parameters.iter().for_each(|parameter| parameter.field.ty.each_id(each));
        self.body.iter().for_each(|body| body.ty.each_id(each));
        for response in &self.responses {
            response.body.iter().for_each(|ty| ty.each_id(each));
            response.headers.iter().for_each(|header| header.ty.each_id(each));
        }
    }

    fn each_id_mut(&mut self, each: &mut dyn FnMut(&mut TypeId)) {
        self.parameters.iter_mut().for_each(|parameter| parameter.field.ty.each_id_mut(each));
        self.body.iter_mut().for_each(|body| body.ty.each_id_mut(each));
        for response in &mut self.responses {
            response.body.iter_mut().for_each(|ty| ty.each_id_mut(each));
            response.headers.iter_mut().for_each(|header| header.ty.each_id_mut(each));
        }
    }
}

impl Api {
    /// Changes every use of a named type, what types are named after included.
    pub fn each_id_mut(&mut self, each: &mut dyn FnMut(&mut TypeId)) {
        for def in &mut self.types {
            def.each_id_mut(each);
            if let super::Origin::Property(owner, _) = &mut def.origin {
                each(owner);
            }
        }
        self.operations.iter_mut().for_each(|operation| operation.each_id_mut(each));
    }
}
