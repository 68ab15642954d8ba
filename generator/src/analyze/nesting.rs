//! How deep types hold each other, lists and maps included: the compiler follows that to see whether
//! a type may be sent between threads, and gives up at a limit that a crate may raise.

use crate::ir::{Api, Rest, Shape, TypeDef, TypeId, TypeRef};

/// Steps that the compiler takes of its own accord.
const USUAL: usize = 128;

/// The limit that an API needs, if it is not the usual one.
pub(super) fn limit(api: &Api) -> Option<usize> {
    let deepest = deepest(api);
    // It may begin anywhere in a circle, and what is between is not known to the step.
    (deepest > USUAL * 3 / 4).then(|| (2 * deepest).next_power_of_two().max(2 * USUAL))
}

/// A type that is being looked at: those that it holds, with the steps that lead there, and the
/// deepest so far.
struct Open {
    id: usize,
    held: Vec<(usize, usize)>,
    deepest: usize,
    /// The steps from the type around it.
    steps: usize,
}

/// The most steps from any type to one that it holds, past none twice.
fn deepest(api: &Api) -> usize {
    let mut known: Vec<Option<usize>> = vec![None; api.types.len()];
    let mut most = 0;
    for start in 0..api.types.len() {
        if known.get(start).is_none_or(Option::is_some) {
            continue;
        }
        let mut open: Vec<Open> = vec![look(api, &mut known, start, 0)];
        while let Some(mut top) = open.pop() {
            match top.held.pop() {
                Some((id, steps)) => match known.get(id).copied().flatten() {
                    Some(depth) => {
                        top.deepest = top.deepest.max(depth + steps);
                        open.push(top);
                    }
                    None => {
                        open.push(top);
                        open.push(look(api, &mut known, id, steps));
                    }
                },
                None => {
                    known.get_mut(top.id).into_iter().for_each(|it| *it = Some(top.deepest));
                    most = most.max(top.deepest);
                    if let Some(around) = open.last_mut() {
                        around.deepest = around.deepest.max(top.deepest + top.steps);
                    }
                }
            }
        }
    }
    most
}

/// Opens a type. Until it is closed, it counts as holding nothing.
fn look(api: &Api, known: &mut [Option<usize>], id: usize, steps: usize) -> Open {
    known.get_mut(id).into_iter().for_each(|it| *it = Some(0));
    let held = api.ty(TypeId(id)).map(held).unwrap_or_default();
    Open { id, held, deepest: 0, steps }
}

fn held(def: &TypeDef) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    match &def.shape {
        Shape::Struct(object) => {
            object.fields.iter().for_each(|field| steps_to(&field.ty, 0, &mut all));
            if let Rest::Typed(ty, _) = &object.rest {
                steps_to(ty, 3, &mut all);
            }
        }
        Shape::Union(union) => {
            union.variants.iter().for_each(|variant| steps_to(&variant.ty, 0, &mut all));
        }
        Shape::Alias(ty) | Shape::Newtype(ty) => steps_to(ty, 0, &mut all),
        Shape::Enum(_) => {}
    }
    all
}

/// The steps through `Option`, `Vec` and `BTreeMap`, as they are made inside.
fn steps_to(ty: &TypeRef, steps: usize, all: &mut Vec<(usize, usize)>) {
    match ty {
        TypeRef::Named(id) => all.push((id.0, steps + 2)),
        TypeRef::Nullable(inner) => steps_to(inner, steps + 1, all),
        TypeRef::List(inner) | TypeRef::Map(inner) => steps_to(inner, steps + 3, all),
        TypeRef::Tuple(items) => items.iter().for_each(|item| steps_to(item, steps + 1, all)),
        TypeRef::Prefixed(items, rest) => {
            items.iter().for_each(|item| steps_to(item, steps + 2, all));
            steps_to(rest, steps + 3, all);
        }
        TypeRef::Prim(_) | TypeRef::Json => {}
    }
}
