//! What no finite value can have: a property that must hold, without end, the object that it is of.
//! In each circle of such one type is cut: what leads on there becomes untyped JSON, of which no more
//! is asked than its JSON type. The others, and all that only use a type of the circle, stay what they
//! are.

use std::collections::BTreeSet;

use super::{Accepts, Finite};
use crate::diag::{Diagnostic, Place, Sink};
use crate::ir::{Api, JsonType, Presence, Rule, Shape, TypeDef, TypeId, TypeRef, circles};

/// Makes every type finite.
pub(super) fn cut(api: &mut Api, sink: &mut Sink) {
    let mut endless = Endless::of(api);
    endless.open();
    let mut cuts = endless.cuts;
    cuts.sort_unstable();
    let looks = |cut: &Cut| Accepts::of(api, &TypeRef::Named(cut.held)).types;
    // They are of the document, not of what becomes of it.
    let types: Vec<Vec<JsonType>> = cuts.iter().map(looks).collect();
    for (cut, types) in cuts.iter().zip(types) {
        let Some(def) = api.types.get_mut(cut.owner.0) else { continue };
        sink.report(said(def, cut.part));
        if let Some((ty, rules)) = part_mut(def, cut.part) {
            rules.extend(untyped(ty, cut.held, &types));
        }
    }
}

/// A use of a type, within a part of another one, that is to be untyped.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Cut {
    owner: TypeId,
    /// The index of a field or a variant.
    part: usize,
    held: TypeId,
}

/// The types without a finite value.
struct Endless<'a> {
    api: &'a Api,
    /// For each type the endless ones that it waits for; nothing, for one that ends.
    waits: Vec<Vec<usize>>,
    /// For each type those that wait for it.
    waiting: Vec<Vec<usize>>,
    cuts: Vec<Cut>,
}

impl<'a> Endless<'a> {
    fn of(api: &'a Api) -> Self {
        let finite = Finite::of(api);
        let mut waiting = vec![Vec::new(); api.types.len()];
        let mut waits = Vec::new();
        for (index, def) in api.types.iter().enumerate() {
            let held = parts(&def.shape).into_iter().map(|(_, held)| held);
            let held = held.filter(|held| !finite.holds(TypeId(index)) && !finite.holds(*held));
            let held: BTreeSet<usize> = held.map(|held| held.0).collect();
            for id in &held {
                waiting.get_mut(*id).into_iter().for_each(|all| all.push(index));
            }
            waits.push(held.into_iter().collect());
        }
        Self { api, waits, waiting, cuts: Vec::new() }
    }

    /// Cuts until every type ends. First those circles that wait for no other.
    fn open(&mut self) {
        let mut groups = self.groups(0..self.waits.len());
        while let Some(mut group) = groups.pop() {
            let all = group.len();
            group.retain(|id| !self.ends(*id));
            if group.is_empty() {
                continue;
            }
            if group.len() == all {
                group.sort_unstable();
                self.cut(&group);
            }
            // What is left may be several circles, or none.
            groups.extend(self.groups(group));
        }
    }

    /// The groups of what types wait for; last the one that waits for no other.
    fn groups(&self, starts: impl IntoIterator<Item = usize>) -> Vec<Vec<usize>> {
        let mut groups = circles(&self.waits, starts);
        groups.reverse();
        groups
    }

    /// Opens a circle where the least is cut, the document's order deciding between equals: at an
    /// object if there is one, for a variant says what its union is.
    fn cut(&mut self, circle: &[usize]) {
        let cost = |id: &usize| {
            let rank = match self.shape(*id) {
                Some(Shape::Struct(_)) => 0,
                Some(Shape::Union(_) | Shape::Newtype(_)) => 1,
                Some(Shape::Alias(_) | Shape::Enum(_)) | None => 2,
            };
            (rank, self.open_parts(*id).len())
        };
        let Some(owner) = circle.iter().copied().min_by_key(|id| cost(id)) else { return };
        let mut parts = self.open_parts(owner);
        if matches!(self.shape(owner), Some(Shape::Union(_))) {
            // One variant that ends will do.
            let first = parts.first().map(|(part, _)| *part);
            parts.retain(|(part, _)| Some(*part) == first);
        }
        let cut = |(part, held)| Cut { owner: TypeId(owner), part, held };
        self.cuts.extend(parts.into_iter().map(cut));
        self.end(owner);
    }

    /// The parts of a type that do not end.
    fn open_parts(&self, id: usize) -> Vec<(usize, TypeId)> {
        let mut parts = self.shape(id).map(parts).unwrap_or_default();
        parts.retain(|(_, held)| !self.ends(held.0));
        parts
    }

    /// A type ends, and so may those that wait for it.
    fn end(&mut self, id: usize) {
        self.waits.get_mut(id).into_iter().for_each(Vec::clear);
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            for user in self.waiting.get_mut(id).map(std::mem::take).unwrap_or_default() {
                if self.ends(user) {
                    continue;
                }
                let has_end = self.has_end(user);
                if let Some(waits) = self.waits.get_mut(user) {
                    waits.retain(|held| *held != id && !has_end);
                    open.extend(waits.is_empty().then_some(user));
                }
            }
        }
    }

    /// Whether a type is a union with a variant that waits for nothing.
    fn has_end(&self, id: usize) -> bool {
        let Some(Shape::Union(union)) = self.shape(id) else { return false };
        union.variants.iter().any(|variant| {
            let mut held = Vec::new();
            within(&variant.ty, 0, &mut held);
            held.iter().all(|(_, held)| self.ends(held.0))
        })
    }

    fn ends(&self, id: usize) -> bool {
        self.waits.get(id).is_none_or(Vec::is_empty)
    }

    fn shape(&self, id: usize) -> Option<&'a Shape> {
        self.api.types.get(id).map(|def| &def.shape)
    }
}

/// The types that a value of a shape must hold, or one of each variant.
fn parts(shape: &Shape) -> Vec<(usize, TypeId)> {
    let mut all = Vec::new();
    match shape {
        Shape::Struct(object) => {
            let fields = object.fields.iter().enumerate();
            let required = fields.filter(|(_, field)| field.presence == Presence::Required);
            required.for_each(|(index, field)| within(&field.ty, index, &mut all));
        }
        Shape::Union(union) => {
            let variants = union.variants.iter().enumerate();
            variants.for_each(|(index, variant)| within(&variant.ty, index, &mut all));
        }
        Shape::Alias(ty) | Shape::Newtype(ty) => within(ty, 0, &mut all),
        Shape::Enum(_) => {}
    }
    all
}

fn within(ty: &TypeRef, part: usize, all: &mut Vec<(usize, TypeId)>) {
    match ty {
        TypeRef::Named(id) if !all.contains(&(part, *id)) => all.push((part, *id)),
        TypeRef::Tuple(items) => items.iter().for_each(|item| within(item, part, all)),
        _ => {}
    }
}

/// The type of a field or a variant, and its rules.
fn part_mut(def: &mut TypeDef, index: usize) -> Option<(&mut TypeRef, &mut Vec<Rule>)> {
    match &mut def.shape {
        Shape::Struct(object) => {
            object.fields.get_mut(index).map(|field| (&mut field.ty, &mut field.rules))
        }
        Shape::Union(union) => {
            union.variants.get_mut(index).map(|variant| (&mut variant.ty, &mut variant.rules))
        }
        Shape::Alias(ty) | Shape::Newtype(ty) => Some((ty, &mut def.rules)),
        Shape::Enum(_) => None,
    }
}

/// Makes a use of a type untyped, wherever it must be; the rules ask for the JSON type. More would
/// ask again for what no value has.
fn untyped(ty: &mut TypeRef, held: TypeId, types: &[JsonType]) -> Vec<Rule> {
    match ty {
        TypeRef::Named(id) if *id == held => {
            *ty = TypeRef::Json;
            let any = types.is_empty();
            (!any).then(|| Rule::Type(types.to_vec())).into_iter().collect()
        }
        TypeRef::Tuple(items) => {
            let items = items.iter_mut().map(|item| untyped(item, held, types));
            let items: Vec<Vec<Rule>> = items.collect();
            let any = items.iter().any(|rules| !rules.is_empty());
            any.then_some(Rule::PrefixItems(items)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn said(def: &TypeDef, part: usize) -> Diagnostic {
    let warning = |message: String, place: &Place, help: &str| {
        Diagnostic::warning("endless-type", message).at(place.clone()).help(help)
    };
    match &def.shape {
        Shape::Union(_) => warning(
            "no value of any of its variants ends".to_owned(),
            &def.place,
            "give it a variant that ends; the first becomes untyped JSON",
        ),
        Shape::Struct(object) => {
            let field = object.fields.get(part);
            let (name, place) = field.map_or(("", &def.place), |it| (&it.name, &it.place));
            warning(
                format!("no value ends that must have `{name}`"),
                place,
                "make the property optional or nullable; it becomes untyped JSON",
            )
        }
        _ => warning(
            "no value of it ends".to_owned(),
            &def.place,
            "let it hold itself where an item may be missing, or is `null`; it becomes untyped JSON",
        ),
    }
}
