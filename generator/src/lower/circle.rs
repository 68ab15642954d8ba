//! Unions that lead back to themselves through nothing but their variants. JSON Schema gives such a
//! circle no meaning, and decoding would have no end: the variant that closes it is left out.

use std::collections::BTreeSet;

use crate::ir::{Select, Shape, TypeDef, TypeId, TypeRef, Union};

/// Names for names deeper than this are taken as they are.
const DEEPEST: usize = 32;

/// Leaves out the variants that lead back to their union.
pub(super) fn break_circles(types: &mut [TypeDef]) {
    let mut search = Search {
        types,
        states: vec![State::New; types.len()],
        closing: Vec::new(),
        circles: BTreeSet::new(),
    };
    for index in 0..types.len() {
        search.visit(TypeId(index));
    }
    let Search { closing, circles, .. } = search;
    for id in circles {
        if let Some(Shape::Union(union)) = types.get_mut(id.0).map(|def| &mut def.shape) {
            // What the parts assert of each other is as endless.
            union.choice = None;
        }
    }
    // The last first, so that the places of the others stay what they are.
    for (id, index) in closing.into_iter().rev() {
        if let Some(def) = types.get_mut(id.0) {
            leave_out(def, index);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

struct Search<'a> {
    types: &'a [TypeDef],
    states: Vec<State>,
    /// The variants that close a circle, of each union in their order.
    closing: Vec<(TypeId, usize)>,
    /// The unions of all circles.
    circles: BTreeSet<TypeId>,
}

impl Search<'_> {
    /// Looks at the unions that one leads to. With a list of its own, as they may lead far.
    fn visit(&mut self, start: TypeId) {
        let mut open: Vec<(TypeId, usize)> = Vec::new();
        if self.enter(start) {
            open.push((start, 0));
        }
        while let Some((id, index)) = open.last_mut() {
            let (id, next) = (*id, *index);
            *index += 1;
            let Some(variant) = union(self.types, id).and_then(|it| it.variants.get(next)) else {
                self.set(id, State::Done);
                open.pop();
                continue;
            };
            let Some(target) = named(self.types, &variant.ty) else { continue };
            match self.states.get(target.0).copied() {
                Some(State::Open) => {
                    self.closing.push((id, next));
                    let circle = open.iter().map(|(id, _)| *id).skip_while(|id| *id != target);
                    self.circles.extend(circle);
                }
                _ if self.enter(target) => open.push((target, 0)),
                _ => {}
            }
        }
    }

    /// Opens a union that has not been looked at.
    fn enter(&mut self, id: TypeId) -> bool {
        let is_new = self.states.get(id.0) == Some(&State::New) && union(self.types, id).is_some();
        if is_new {
            self.set(id, State::Open);
        }
        is_new
    }

    fn set(&mut self, id: TypeId, state: State) {
        if let Some(slot) = self.states.get_mut(id.0) {
            *slot = state;
        }
    }
}

fn union(types: &[TypeDef], id: TypeId) -> Option<&Union> {
    match &types.get(id.0)?.shape {
        Shape::Union(union) => Some(union),
        _ => None,
    }
}

/// The type that a variant is, behind its other names.
fn named(types: &[TypeDef], ty: &TypeRef) -> Option<TypeId> {
    let mut ty = ty;
    for _ in 0..DEEPEST {
        match ty {
            TypeRef::Nullable(inner) => ty = inner,
            TypeRef::Named(id) => match &types.get(id.0)?.shape {
                Shape::Alias(inner) => ty = inner,
                _ => return Some(*id),
            },
            _ => return None,
        }
    }
    None
}

fn leave_out(def: &mut TypeDef, index: usize) {
    let Shape::Union(union) = &mut def.shape else { return };
    if index < union.variants.len() {
        union.variants.remove(index);
    }
    if let Select::Tag { default: Some(default), .. } = &mut union.select
        && *default > index
    {
        *default -= 1;
    }
    match union.variants.as_slice() {
        [] => def.shape = Shape::Alias(TypeRef::Json),
        [only] => {
            def.rules.extend(only.rules.iter().cloned());
            def.shape = Shape::Alias(only.ty.clone());
        }
        _ => {}
    }
}
