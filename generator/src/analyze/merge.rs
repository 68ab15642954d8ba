//! Equal inline types become one, and what nothing uses is left out.
//!
//! A document that spells out the same object in fifty places means one type. The first of equals
//! is that type: a component before all, then by the document's order. The others stay as further
//! names of it, so that what is found at a place never loses the name that the place gives it,
//! whatever else the document comes to hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::ir::{
    Api, Content, Field, Operation, Origin, Part, Rest, Select, Shape, Status, TypeDef, TypeId,
    TypeRef, Variant,
};
use crate::settings::Given;

/// Merges equal inline types and removes those that no component and no operation uses. A type that
/// the user gives a name stays, whatever it equals.
pub(super) fn merge(api: &mut Api, given: &Given<'_, '_>) {
    let respelled = respelled(api, given);
    api.each_id_mut(&mut |id| *id = respelled.get(id).copied().unwrap_or(*id));
    let mut same = equals(api, given);
    errors(api, &mut same);
    let kept = reached(api, &same, &respelled);
    for (index, def) in api.types.iter_mut().enumerate() {
        let first = first(&same, TypeId(index));
        if first != TypeId(index) {
            def.shape = Shape::Alias(TypeRef::Named(first));
        }
    }
    for def in &mut api.types {
        if let Shape::Union(union) = &mut def.shape {
            agree(union.variants.iter_mut().map(|variant| &mut variant.ty), &same);
        }
    }
    api.operations.iter_mut().for_each(|operation| responses(operation, &same));
    remove(api, &kept);
}

/// Components that are nothing but another one, whose name differs in case and signs only: what both
/// are called in Rust.
fn respelled(api: &Api, given: &Given<'_, '_>) -> BTreeMap<TypeId, TypeId> {
    fn bare(def: &TypeDef) -> Option<String> {
        let Origin::Component(name) = &def.origin else { return None };
        Some(
            name.chars()
                .filter(|char| char.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect(),
        )
    }
    let same = api.types.iter().enumerate().filter_map(|(index, def)| {
        let Shape::Alias(TypeRef::Named(other)) = &def.shape else { return None };
        let is_plain = def.rules.is_empty() && !def.deprecated && given.ty(def).is_none();
        let is_same = bare(def).is_some_and(|name| api.ty(*other).and_then(bare) == Some(name));
        (is_plain && is_same && other.0 != index).then_some((TypeId(index), *other))
    });
    let same: BTreeMap<TypeId, TypeId> = same.collect();
    let is_end = |other: &TypeId| !same.contains_key(other);
    same.iter().filter(|(_, other)| is_end(other)).map(|(id, other)| (*id, *other)).collect()
}

/// Gives a type of its own to the body that errors of several operations have: it is nobody's, and
/// each of them has a further name of it.
fn errors(api: &mut Api, same: &mut Vec<TypeId>) {
    let mut members: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    for index in 0..same.len() {
        members.entry(first(same, TypeId(index))).or_default().push(TypeId(index));
    }
    let mut moved: BTreeMap<TypeId, TypeId> = BTreeMap::new();
    for (first, members) in members {
        let Some(statuses) = statuses_of_several(api, &members) else { continue };
        let own = TypeId(api.types.len());
        let Some(def) = api.types.get_mut(first.0) else { continue };
        let shape = std::mem::replace(&mut def.shape, Shape::Alias(TypeRef::Named(own)));
        let (title, description) = (def.title.clone(), def.description.clone());
        let (place, rules) = (def.place.clone(), std::mem::take(&mut def.rules));
        let (origin, deprecated) = (Origin::Errors(statuses), def.deprecated);
        api.types.push(TypeDef { origin, place, title, description, deprecated, rules, shape });
        same.push(own);
        moved.insert(first, own);
    }
    for slot in same {
        *slot = moved.get(slot).copied().unwrap_or(*slot);
    }
    for def in &mut api.types {
        if let Origin::Property(owner, _) = &mut def.origin {
            *owner = moved.get(owner).copied().unwrap_or(*owner);
        }
    }
}

/// The statuses of bodies, if they are those of errors, and of more than one operation.
fn statuses_of_several(api: &Api, members: &[TypeId]) -> Option<Vec<Status>> {
    let (mut operations, mut statuses) = (BTreeSet::new(), BTreeSet::new());
    for id in members {
        match &api.ty(*id)?.origin {
            Origin::Operation(operation, Part::Status(status)) if !status.is_success() => {
                operations.insert(operation.as_str());
                statuses.insert(*status);
            }
            _ => return None,
        }
    }
    (operations.len() > 1).then(|| statuses.into_iter().collect())
}

/// Where one name must do, a type goes by the one that is not a further name, if that is here, and
/// else by the first: in a union, for what is told apart by type.
fn agree<'a>(types: impl Iterator<Item = &'a mut TypeRef>, same: &[TypeId]) {
    let mut types: Vec<_> = types.map(|ty| (ty_key(ty, same), ty)).collect();
    let mut known: BTreeMap<String, TypeRef> = BTreeMap::new();
    for (key, ty) in &types {
        let mut is_further = false;
        ty.each_id(&mut |id| is_further |= first(same, id) != id);
        let name = known.entry(key.clone()).or_insert_with(|| (*ty).clone());
        if !is_further {
            *name = (*ty).clone();
        }
    }
    for (key, ty) in &mut types {
        if let Some(name) = known.get(key) {
            **ty = name.clone();
        }
    }
}

/// Responses of success go by one name where they hold the same. What operations may share, errors
/// and headers, goes by the name that all of them know.
fn responses(operation: &mut Operation, same: &[TypeId]) {
    let rename = |ty: &mut TypeRef| ty.each_id_mut(&mut |id| *id = first(same, *id));
    let mut successes = Vec::new();
    for response in &mut operation.responses {
        response.headers.iter_mut().for_each(|field| rename(&mut field.ty));
        match response.body.as_mut().and_then(Content::ty_mut) {
            Some(ty) if response.status.is_success() => successes.push(ty),
            Some(ty) => rename(ty),
            None => {}
        }
    }
    agree(successes.into_iter(), same);
}

/// For each type the first that equals it.
fn equals(api: &Api, given: &Given<'_, '_>) -> Vec<TypeId> {
    let mut same: Vec<TypeId> = (0..api.types.len()).map(TypeId).collect();
    // What has a name of its own goes before all others.
    let mut all: Vec<(usize, &TypeDef)> = api.types.iter().enumerate().collect();
    all.sort_by_key(|(_, def)| match def.origin {
        Origin::Component(_) => 0,
        Origin::Shared(..) => 1,
        _ => 2,
    });
    loop {
        let mut known: BTreeMap<String, TypeId> = BTreeMap::new();
        let mut merged = false;
        for (index, def) in all.iter().copied() {
            if first(&same, TypeId(index)) != TypeId(index) {
                continue;
            }
            let equal = *known.entry(key(def, &same)).or_insert(TypeId(index));
            let is_inline = !matches!(def.origin, Origin::Component(_) | Origin::Shared(..))
                && !is_named(api, def, given);
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

/// Whether the user gives a name to a type, or to something in it.
fn is_named(api: &Api, def: &TypeDef, given: &Given<'_, '_>) -> bool {
    let inside = match &def.shape {
        Shape::Struct(it) => it.fields.iter().any(|field| given.field(def, field).is_some()),
        Shape::Enum(it) => it.values.iter().any(|value| given.value(def, value).is_some()),
        Shape::Union(it) => it.variants.iter().any(|it| given.variant(api, def, it).is_some()),
        Shape::Alias(_) | Shape::Newtype(_) => false,
    };
    inside || given.ty(def).is_some()
}

fn first(same: &[TypeId], id: TypeId) -> TypeId {
    same.get(id.0).copied().unwrap_or(id)
}

/// All that makes a type what it is, as text; not where it stands, nor what it is called.
fn key(def: &TypeDef, same: &[TypeId]) -> String {
    let mut key = if def.deprecated { "deprecated ".to_owned() } else { String::new() };
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
                let Variant { tags, title, rules, secret, ty, description: _ } = variant;
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
    let Field { name, presence, way, required_in, rules, secret, .. } = field;
    let Field { description, default, deprecated, fixed, .. } = field;
    let ty = ty_key(&field.ty, same);
    format!(
        "{name:?} {ty} {presence:?} {way:?} {required_in:?} {rules:?} {secret} {description:?} \
         {default:?} {deprecated} {fixed:?};"
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

/// Removes types that nothing reaches, and closes the gaps.
fn remove(api: &mut Api, kept: &BTreeSet<TypeId>) {
    let mut next = 0;
    let mut moved = vec![TypeId(usize::MAX); api.types.len()];
    for id in kept {
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

/// Components, what operations carry, and all that these are made of, named after or merged into.
fn reached(api: &Api, same: &[TypeId], respelled: &BTreeMap<TypeId, TypeId>) -> BTreeSet<TypeId> {
    let mut open: Vec<TypeId> = Vec::new();
    for (index, def) in api.types.iter().enumerate() {
        let is_component = matches!(def.origin, Origin::Component(_));
        if is_component && !respelled.contains_key(&TypeId(index)) {
            open.push(TypeId(index));
        }
    }
    api.operations.iter().for_each(|operation| operation.each_id(&mut |id| open.push(id)));
    api.webhooks.iter().for_each(|event| event.each_id(&mut |id| open.push(id)));
    let mut reached = BTreeSet::new();
    while let Some(id) = open.pop() {
        if let (true, Some(def)) = (reached.insert(id), api.ty(id)) {
            def.each_id(&mut |part| open.push(part));
            open.push(first(same, id));
            if let Origin::Property(owner, _) = &def.origin {
                open.push(*owner);
            }
        }
    }
    reached
}
