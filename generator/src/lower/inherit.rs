//! Rules that a use of a type has from the type's other names: those of an alias hold wherever the
//! alias stands. And aliases that hold themselves, which Rust does not have.
//!
//! A webhook and a callback have no rules but those of the models that they carry: what an alias asks
//! for, a use as their payload does not.

use crate::ir::{Api, Content, Field, Rest, Rule, Shape, TypeDef, TypeRef, circles, opened};

/// How deep lists, maps and tuples stand in each other by way of aliases. Deeper, every use would
/// repeat the rules of all that is below it.
const DEEPEST: usize = 32;

/// Adds to every use what its aliases ask for.
pub(super) fn inherit(api: &mut Api) {
    break_cycles(&mut api.types);
    let inherited = inherited(&mut api.types);
    let mut add = |ty: &TypeRef, rules: &mut Vec<Rule>| merge(rules, of_use(&inherited, ty));
    for def in &mut api.types {
        if let Shape::Union(union) = &mut def.shape {
            union.variants.iter_mut().for_each(|variant| add(&variant.ty, &mut variant.rules));
        }
        if let Shape::Newtype(ty) = &def.shape {
            add(ty, &mut def.rules);
        }
        if let Shape::Struct(object) = &mut def.shape {
            object.fields.iter_mut().for_each(|field| add_to(field, &mut add));
            if let Rest::Typed(ty, rules) = &mut object.rest {
                add(ty, rules);
            }
        }
    }
    for operation in &mut api.operations {
        operation
            .parameters
            .iter_mut()
            .for_each(|parameter| add_to(&mut parameter.field, &mut add));
        for media in operation.body.iter_mut().flat_map(|body| &mut body.media) {
            media.content.ty().into_iter().for_each(|ty| add(ty, &mut media.rules));
        }
        for response in &mut operation.responses {
            let ty = response.body.as_ref().and_then(Content::ty);
            ty.into_iter().for_each(|ty| add(ty, &mut response.rules));
            response.headers.iter_mut().for_each(|header| add_to(header, &mut add));
        }
    }
}

fn add_to(field: &mut Field, add: &mut dyn FnMut(&TypeRef, &mut Vec<Rule>)) {
    add(&field.ty, &mut field.rules);
}

/// The rules that each type brings along, through all its aliases.
fn inherited(types: &mut [TypeDef]) -> Vec<Vec<Rule>> {
    let mut all: Vec<Vec<Rule>> = vec![Vec::new(); types.len()];
    let mut depths = vec![0; types.len()];
    // An alias comes behind those that it is made of.
    for index in circles(&aliases(types), 0..types.len()).into_iter().flatten() {
        let Some(def) = types.get_mut(index) else { continue };
        let mut rules = def.rules.clone();
        if let Shape::Alias(ty) = &def.shape {
            merge(&mut rules, of_use(&all, ty));
            let depth = depth(&depths, ty);
            if depth > DEEPEST && is_container(ty) {
                def.shape = Shape::Newtype(ty.clone());
            } else {
                depths.get_mut(index).into_iter().for_each(|known| *known = depth);
            }
        }
        // A type of its own keeps its rules itself.
        if !matches!(def.shape, Shape::Newtype(_)) {
            all.get_mut(index).into_iter().for_each(|known| *known = std::mem::take(&mut rules));
        }
    }
    all
}

/// For each type the types that it is another name of, or of what is made of them.
fn aliases(types: &[TypeDef]) -> Vec<Vec<usize>> {
    let of = |def: &TypeDef| {
        let mut ids = Vec::new();
        if let Shape::Alias(ty) = &def.shape {
            ty.each_id(&mut |id| ids.push(id.0));
        }
        ids
    };
    types.iter().map(of).collect()
}

/// The rules of a use of a type.
fn of_use(inherited: &[Vec<Rule>], ty: &TypeRef) -> Vec<Rule> {
    match ty {
        TypeRef::Named(id) => inherited.get(id.0).cloned().unwrap_or_default(),
        TypeRef::Nullable(inner) => of_use(inherited, inner),
        TypeRef::List(inner) => wrap(Rule::Items, of_use(inherited, inner)),
        TypeRef::Map(inner) => wrap(Rule::Values, of_use(inherited, inner)),
        TypeRef::Tuple(items) => positions(items.iter().map(|item| of_use(inherited, item))),
        TypeRef::Prefixed(items, rest) => {
            let mut rules = positions(items.iter().map(|item| of_use(inherited, item)));
            let from = |rest| Rule::ItemsFrom(items.len(), rest);
            rules.extend(wrap(from, of_use(inherited, rest)));
            rules
        }
        TypeRef::Prim(_) | TypeRef::Json => Vec::new(),
    }
}

/// How deep a type nests by itself, given how deep named ones do.
fn depth(known: &[usize], ty: &TypeRef) -> usize {
    match ty {
        TypeRef::Named(id) => known.get(id.0).copied().unwrap_or_default(),
        TypeRef::Nullable(inner) => depth(known, inner),
        TypeRef::List(inner) | TypeRef::Map(inner) => 1 + depth(known, inner),
        TypeRef::Tuple(items) => 1 + deepest(known, items),
        TypeRef::Prefixed(items, rest) => 1 + deepest(known, items).max(depth(known, rest)),
        TypeRef::Prim(_) | TypeRef::Json => 0,
    }
}

fn deepest(known: &[usize], items: &[TypeRef]) -> usize {
    items.iter().map(|item| depth(known, item)).max().unwrap_or_default()
}

/// The rules of the items of a tuple, if there are any.
pub(super) fn positions(items: impl Iterator<Item = Vec<Rule>>) -> Vec<Rule> {
    let items: Vec<_> = items.collect();
    let any = items.iter().any(|rules| !rules.is_empty());
    any.then_some(Rule::PrefixItems(items)).into_iter().collect()
}

fn wrap(rule: impl Fn(Vec<Rule>) -> Rule, rules: Vec<Rule>) -> Vec<Rule> {
    if rules.is_empty() { Vec::new() } else { vec![rule(rules)] }
}

/// Adds rules, those of items to those of items.
pub(super) fn merge(rules: &mut Vec<Rule>, more: Vec<Rule>) {
    for rule in more {
        match rule {
            Rule::Items(new) => match rules.iter_mut().find_map(items) {
                Some(known) => merge(known, new),
                None => rules.push(Rule::Items(new)),
            },
            Rule::Values(new) => match rules.iter_mut().find_map(values) {
                Some(known) => merge(known, new),
                None => rules.push(Rule::Values(new)),
            },
            other if rules.contains(&other) => {}
            other => rules.push(other),
        }
    }
}

fn items(rule: &mut Rule) -> Option<&mut Vec<Rule>> {
    if let Rule::Items(rules) = rule { Some(rules) } else { None }
}

fn values(rule: &mut Rule) -> Option<&mut Vec<Rule>> {
    if let Rule::Values(rules) = rule { Some(rules) } else { None }
}

/// A list, a map or a tuple that holds itself becomes a type of its own: `type T = Vec<T>` has no end
/// in Rust. An alias of nothing but itself asks for nothing and becomes one of untyped JSON.
fn break_cycles(types: &mut [TypeDef]) {
    let mut picked: Vec<usize> = Vec::new();
    opened(aliases(types), |circle| {
        let is_container = |id: &&usize| match types.get(**id).map(|def| &def.shape) {
            Some(Shape::Alias(ty)) => is_container(ty),
            _ => false,
        };
        let pick = circle.iter().find(is_container).or(circle.first());
        picked.extend(pick);
        pick.copied().unwrap_or_default()
    });
    for id in picked {
        let Some(def) = types.get_mut(id) else { continue };
        let Shape::Alias(ty) = &mut def.shape else { continue };
        match is_container(ty) {
            true => def.shape = Shape::Newtype(ty.clone()),
            false => cut(ty),
        }
    }
}

fn is_container(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Tuple(_) | TypeRef::Prefixed(..) => true,
        TypeRef::Nullable(inner) => is_container(inner),
        TypeRef::Named(_) | TypeRef::Prim(_) | TypeRef::Json => false,
    }
}

/// Cuts an alias of another alias.
fn cut(ty: &mut TypeRef) {
    match ty {
        TypeRef::Nullable(inner) => cut(inner),
        other => *other = TypeRef::Json,
    }
}
