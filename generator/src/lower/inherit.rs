//! Rules that a use of a type has from the type's other names: those of an alias hold wherever the
//! alias stands. And aliases that hold themselves, which Rust does not have.

use std::collections::BTreeSet;

use crate::ir::{Api, Content, Field, Rest, Rule, Shape, TypeDef, TypeId, TypeRef};

/// Aliases of aliases deeper than this say nothing new.
const DEEPEST: usize = 32;

/// Adds to every use what its aliases ask for.
pub(super) fn inherit(api: &mut Api) {
    break_cycles(&mut api.types);
    let inherited: Vec<Vec<Rule>> = (0..api.types.len())
        .map(|index| of(&api.types, &TypeRef::Named(TypeId(index)), 0))
        .collect();
    let mut add = |ty: &TypeRef, rules: &mut Vec<Rule>| merge(rules, of_use(&inherited, ty));
    for def in &mut api.types {
        if let Shape::Union(union) = &mut def.shape {
            union.variants.iter_mut().for_each(|variant| add(&variant.ty, &mut variant.rules));
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

/// The rules that a named type brings along, through all its aliases.
fn of(types: &[TypeDef], ty: &TypeRef, depth: usize) -> Vec<Rule> {
    if depth > DEEPEST {
        return Vec::new();
    }
    match ty {
        TypeRef::Named(id) => match types.get(id.0) {
            Some(TypeDef { shape: Shape::Alias(inner), rules, .. }) => {
                let mut all = rules.clone();
                merge(&mut all, of(types, inner, depth + 1));
                all
            }
            // It keeps its rules itself.
            Some(TypeDef { shape: Shape::Newtype(_), .. }) | None => Vec::new(),
            Some(def) => def.rules.clone(),
        },
        TypeRef::Nullable(inner) => of(types, inner, depth + 1),
        TypeRef::List(inner) => wrap(Rule::Items, of(types, inner, depth + 1)),
        TypeRef::Map(inner) => wrap(Rule::Values, of(types, inner, depth + 1)),
        TypeRef::Tuple(items) => positions(items.iter().map(|item| of(types, item, depth + 1))),
        TypeRef::Prefixed(items, rest) => {
            let mut rules = positions(items.iter().map(|item| of(types, item, depth + 1)));
            let from = |rest| Rule::ItemsFrom(items.len(), rest);
            rules.extend(wrap(from, of(types, rest, depth + 1)));
            rules
        }
        TypeRef::Prim(_) | TypeRef::Json => Vec::new(),
    }
}

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

/// A list or a map that holds itself becomes a type of its own: `type T = Vec<T>` has no end in
/// Rust. An alias of nothing but itself becomes one of untyped JSON.
fn break_cycles(types: &mut [TypeDef]) {
    for index in 0..types.len() {
        let is_cycle = reaches(types, TypeId(index));
        let Some(def) = types.get_mut(index).filter(|_| is_cycle) else { continue };
        if let Shape::Alias(ty) = &def.shape
            && is_container(ty)
        {
            def.shape = Shape::Newtype(ty.clone());
        }
    }
    for index in 0..types.len() {
        let is_cycle = reaches(types, TypeId(index));
        if let (true, Some(TypeDef { shape: Shape::Alias(ty), .. })) =
            (is_cycle, types.get_mut(index))
        {
            cut(ty);
        }
    }
}

fn is_container(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::List(_) | TypeRef::Map(_) => true,
        TypeRef::Nullable(inner) => is_container(inner),
        TypeRef::Tuple(_) | TypeRef::Prefixed(..) => false,
        TypeRef::Named(_) | TypeRef::Prim(_) | TypeRef::Json => false,
    }
}

/// Whether an alias leads back to itself through nothing but aliases.
fn reaches(types: &[TypeDef], start: TypeId) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![start];
    while let Some(id) = open.pop() {
        let Some(TypeDef { shape: Shape::Alias(ty), .. }) = types.get(id.0) else { continue };
        let mut found = false;
        ty.each_id(&mut |part| {
            found |= part == start;
            if seen.insert(part) {
                open.push(part);
            }
        });
        if found {
            return true;
        }
    }
    false
}

fn cut(ty: &mut TypeRef) {
    match ty {
        TypeRef::Named(_) => *ty = TypeRef::Json,
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) => cut(inner),
        TypeRef::Tuple(items) => items.iter_mut().for_each(cut),
        TypeRef::Prefixed(items, rest) => {
            items.iter_mut().for_each(cut);
            cut(rest);
        }
        TypeRef::Prim(_) | TypeRef::Json => {}
    }
}
