//! Unions that lead back to themselves through nothing but their variants. Decoding would have no
//! end, so that each becomes what all of the circle may be.

use super::alias::{Null, behind_names};
use crate::ir::{Select, Shape, TypeDef, TypeId, TypeRef, Union, Variant, circles};

/// Gives the unions of a circle the variants that lead out of it, and no others.
pub(super) fn break_circles(types: &mut [TypeDef]) {
    let held: Vec<Vec<usize>> = (0..types.len()).map(|id| led_to(types, id)).collect();
    for mut group in circles(&held, 0..types.len()) {
        let leads_back = |id: &usize| held.get(*id).is_some_and(|to| to.contains(id));
        if group.len() < 2 && !group.iter().any(leads_back) {
            continue;
        }
        group.sort_unstable();
        let leading_out: Vec<Vec<Variant>> =
            group.iter().map(|id| variants_out_of(types, *id, &group)).collect();
        for (own, id) in group.iter().enumerate() {
            let others = leading_out.iter().enumerate().filter(|(other, _)| *other != own);
            let own = leading_out.get(own).into_iter();
            let all = own.chain(others.map(|(_, variants)| variants)).flatten();
            if let Some(def) = types.get_mut(*id) {
                become_one_of(def, all);
            }
        }
    }
}

/// The unions that the variants of a union are.
fn led_to(types: &[TypeDef], id: usize) -> Vec<usize> {
    let variants = union(types, id).map(|union| union.variants.as_slice()).unwrap_or_default();
    let named = variants.iter().filter_map(|variant| named(types, &variant.ty));
    named.map(|id| id.0).filter(|id| union(types, *id).is_some()).collect()
}

fn variants_out_of(types: &[TypeDef], id: usize, group: &[usize]) -> Vec<Variant> {
    let variants = union(types, id).map(|union| union.variants.as_slice()).unwrap_or_default();
    let is_out = |variant: &&Variant| {
        named(types, &variant.ty).is_none_or(|id| group.binary_search(&id.0).is_err())
    };
    variants.iter().filter(is_out).cloned().collect()
}

fn union(types: &[TypeDef], id: usize) -> Option<&Union> {
    match &types.get(id)?.shape {
        Shape::Union(union) => Some(union),
        _ => None,
    }
}

/// The type that a variant is, behind its other names.
fn named(types: &[TypeDef], ty: &TypeRef) -> Option<TypeId> {
    match behind_names(types, ty, Null::Passed)? {
        TypeRef::Named(id) => Some(*id),
        _ => None,
    }
}

fn become_one_of<'v>(def: &mut TypeDef, all: impl Iterator<Item = &'v Variant>) {
    let Shape::Union(union) = &mut def.shape else { return };
    let mut variants: Vec<Variant> = Vec::new();
    for variant in all {
        if !variants.iter().any(|known| known.ty == variant.ty) {
            variants.push(variant.clone());
        }
    }
    // What the parts assert of each other has no end either.
    union.choice = None;
    if variants.iter().any(|variant| variant.tags.is_empty()) {
        union.select = Select::Structure;
    } else if let Select::Tag { default, .. } = &mut union.select {
        *default = None;
    }
    match variants.as_slice() {
        [] => def.shape = Shape::Alias(TypeRef::Json),
        [only] => {
            def.rules.extend(only.rules.iter().cloned());
            def.shape = Shape::Alias(only.ty.clone());
        }
        _ => union.variants = variants,
    }
}
