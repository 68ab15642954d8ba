//! Equal inline types become one, and what nothing uses is left out.
//!
//! A document that spells out the same object in fifty places means one type. The first of equals
//! stays: a component before all, then by the document's order.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::ir::{Api, Field, Origin, Rest, Select, Shape, TypeDef, TypeId, TypeRef, Variant};
use crate::settings::Given;

/// Merges equal inline types and removes those that no component and no operation uses. A type that
/// the user gives a name stays, whatever it equals.
pub(super) fn merge(api: &mut Api, given: &Given<'_, '_>) {
    let same = equals(api, given);
    api.each_id_mut(&mut |id| *id = first(&same, *id));
    remove(api, &same);
}

/// For each type the first that equals it.
fn equals(api: &Api, given: &Given<'_, '_>) -> Vec<TypeId> {
    let mut same: Vec<TypeId> = (0..api.types.len()).map(TypeId).collect();
    loop {
        let mut known: BTreeMap<String, TypeId> = BTreeMap::new();
        let mut merged = false;
        for (index, def) in api.types.iter().enumerate() {
            if first(&same, TypeId(index)) != TypeId(index) {
                continue;
            }
            let equal = *known.entry(key(def, &same)).or_insert(TypeId(index));
            let is_inline = !matches!(def.origin, Origin::Component(_)) && given.ty(def).is_none();
            if let (true, true, Some(slot)) = (is_inline, equal.0 != index, same.get_mut(index)) {
                *slot = equal;
                merged = true;
            }
        }
        // What two types hold may have become the same only now.
        if !merged {
            return same;
        }
    }
}

fn first(same: &[TypeId], id: TypeId) -> TypeId {
    same.get(id.0).copied().unwrap_or(id)
}

/// All that makes a type what it is, as text; not where it stands, nor what it is called.
fn key(def: &TypeDef, same: &[TypeId]) -> String {
    let mut key = String::new();
    let mut write = |text: std::fmt::Arguments<'_>| {
        // Writing to a string does not fail.
        let _ = key.write_fmt(text);
    };
    match &def.shape {
        Shape::Struct(object) => {
            write(format_args!("struct {:?}", object.rules));
            object
                .fields
                .iter()
                .for_each(|field| write(format_args!("{}", field_key(field, same))));
            match &object.rest {
                Rest::Typed(ty, rules) => write(format_args!("{} {rules:?}", ty_key(ty, same))),
                rest => write(format_args!("{rest:?}")),
            }
        }
        Shape::Enum(list) => {
            let values = list.values.iter().map(|value| &value.value).collect::<Vec<_>>();
            write(format_args!("enum {} {values:?}", list.open));
        }
        Shape::Union(union) => {
            let select = match &union.select {
                Select::Tag { property, default } => Some((property, default)),
                Select::Structure => None,
            };
            write(format_args!("union {select:?} {:?}", union.choice));
            for variant in &union.variants {
                let Variant { tags, title, rules, secret, ty } = variant;
                write(format_args!("{tags:?} {title:?} {rules:?} {secret} {}", ty_key(ty, same)));
            }
        }
        Shape::Alias(ty) => write(format_args!("alias {}", ty_key(ty, same))),
        Shape::Newtype(ty) => {
            write(format_args!("newtype {:?} {}", def.rules, ty_key(ty, same)));
        }
    }
    key
}

fn field_key(field: &Field, same: &[TypeId]) -> String {
    let Field { name, presence, required_in, rules, secret, .. } = field;
    let Field { description, default, deprecated, fixed, .. } = field;
    let ty = ty_key(&field.ty, same);
    format!(
        "{name:?} {ty} {presence:?} {required_in:?} {rules:?} {secret} {description:?} {default:?} \
         {deprecated} {fixed:?};"
    )
}

fn ty_key(ty: &TypeRef, same: &[TypeId]) -> String {
    match ty {
        TypeRef::Named(id) => format!("#{}", first(same, *id).0),
        TypeRef::List(inner) => format!("[{}]", ty_key(inner, same)),
        TypeRef::Map(inner) => format!("{{{}}}", ty_key(inner, same)),
        TypeRef::Nullable(inner) => format!("{}?", ty_key(inner, same)),
        TypeRef::Tuple(items) => format!("({})", ty_keys(items, same)),
        TypeRef::Prefixed(items, rest) => {
            format!("({}){}*", ty_keys(items, same), ty_key(rest, same))
        }
        TypeRef::Prim(prim) => format!("{prim:?}"),
        TypeRef::Json => "json".to_owned(),
    }
}

fn ty_keys(items: &[TypeRef], same: &[TypeId]) -> String {
    items.iter().map(|item| ty_key(item, same)).collect::<Vec<_>>().join(",")
}

/// Removes types that are merged into others or that nothing reaches, and closes the gaps.
fn remove(api: &mut Api, same: &[TypeId]) {
    let kept = reached(api, same);
    let mut next = 0;
    let mut moved = vec![TypeId(usize::MAX); api.types.len()];
    for id in &kept {
        if let Some(slot) = moved.get_mut(id.0) {
            *slot = TypeId(next);
            next += 1;
        }
    }
    let types = std::mem::take(&mut api.types);
    let all = types.into_iter().enumerate();
    api.types =
        all.filter(|(index, _)| kept.contains(&TypeId(*index))).map(|(_, def)| def).collect();
    api.each_id_mut(&mut |id| *id = first(&moved, *id));
}

/// Components, what operations carry, and all that these are made of or named after.
fn reached(api: &Api, same: &[TypeId]) -> BTreeSet<TypeId> {
    let mut open: Vec<TypeId> = Vec::new();
    for (index, def) in api.types.iter().enumerate() {
        if matches!(def.origin, Origin::Component(_)) {
            open.push(TypeId(index));
        }
    }
    api.operations.iter().for_each(|operation| operation.each_id(&mut |id| open.push(id)));
    api.webhooks.iter().for_each(|event| event.each_id(&mut |id| open.push(id)));
    let mut reached = BTreeSet::new();
    while let Some(id) = open.pop() {
        let id = first(same, id);
        if let (true, Some(def)) = (reached.insert(id), api.ty(id)) {
            def.each_id(&mut |part| open.push(part));
            if let Origin::Property(owner, _) = &def.origin {
                open.push(*owner);
            }
        }
    }
    reached
}
