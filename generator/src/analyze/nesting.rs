//! How deep types hold each other, lists and maps included: the compiler follows that to see whether
//! a type may be sent between threads, and gives up at a limit that a crate may raise.

use crate::ir::{Api, Rest, Shape, TypeDef, TypeRef, circles};

/// Steps that the compiler takes of its own accord.
const USUAL: usize = 128;

/// The limit that an API needs, if it is not the usual one.
pub(super) fn limit(api: &Api) -> Option<usize> {
    let deepest = deepest(api);
    // What the compiler sees between two types is not known to the step.
    (deepest > USUAL * 3 / 4).then(|| (2 * deepest).next_power_of_two().max(2 * USUAL))
}

/// The most steps that there may be from any type to one that it holds, past none twice.
fn deepest(api: &Api) -> usize {
    let steps: Vec<Steps> = api.types.iter().map(held).collect();
    let ids = |steps: &Steps| steps.iter().map(|(id, _)| *id).collect();
    let held: Vec<Vec<usize>> = steps.iter().map(ids).collect();
    let mut known = vec![None; steps.len()];
    // A group comes behind those that it leads to.
    for group in circles(&held, 0..held.len()) {
        let depth = depth(&group, &steps, &known);
        group.iter().for_each(|id| known.get_mut(*id).into_iter().for_each(|it| *it = Some(depth)));
    }
    known.into_iter().flatten().max().unwrap_or_default()
}

/// The depth of types that all lead to each other. Which way through a circle is the longest is hard
/// to tell: it takes no more than one step from each type.
fn depth(group: &[usize], steps: &[Steps], known: &[Option<usize>]) -> usize {
    let (mut within, mut behind) = (0, 0);
    for held in group.iter().filter_map(|id| steps.get(*id)) {
        let mut longest = 0;
        for (id, steps) in held {
            match known.get(*id).copied().flatten() {
                Some(depth) => behind = behind.max(steps + depth),
                None => longest = longest.max(*steps),
            }
        }
        within += longest;
    }
    within + behind
}

/// The types that a type holds, each with the steps that lead there.
type Steps = Vec<(usize, usize)>;

fn held(def: &TypeDef) -> Steps {
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
fn steps_to(ty: &TypeRef, steps: usize, all: &mut Steps) {
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
