//! `allOf` of objects: the properties of all parts in one struct. A union among the parts is spread
//! over them: each of its variants is a struct with the properties of all.

use std::collections::BTreeSet;

use openapiv3::{ReferenceOr, Schema};

use super::keywords::Keywords;
use super::narrow::Part;
use super::schema::{Use, component_name, components};
use super::union::{parts, variant_of};
use super::words::origin;
use super::{Lowering, inherit};
use crate::diag::Pointer;
use crate::ir::{Field, Origin, Presence, Rest, Rule, Shape, Struct, TypeId, TypeRef};

/// `allOf` within `allOf` deeper than this is not followed.
const DEEPEST: usize = 64;

/// Unions are spread over this many structs at most.
const MOST_SPREAD: usize = 256;

/// Schemas around a choice of which all is asserted for each of its parts, at most.
const MOST_AROUND: usize = 4;

/// Schemas that were looked at: what two parts have in common is looked at once, or a document of
/// some lines could double the work with each of them.
type Seen = BTreeSet<*const Schema>;

/// What the value of a schema is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An object.
    Object,
    /// Something else, or something of several kinds.
    Other,
    /// The schema does not tell.
    Silent,
}

/// All parts of an `allOf`, those within parts included.
#[derive(Clone, Default)]
struct Parts<'a> {
    /// Schemas of which only what they say themselves counts, in the order of the parts.
    own: Vec<(&'a Schema, Pointer)>,
    /// Those with a choice that is still to be made.
    choices: Vec<(&'a Schema, Pointer)>,
    seen: Seen,
    /// Those around the one that is being looked at.
    open: Vec<*const Schema>,
    /// Where it is said that they are parts of one.
    composer: Pointer,
}

impl Parts<'_> {
    /// None yet, of a schema that composes.
    fn of(keywords: &Keywords<'_>, pointer: &Pointer) -> Self {
        Self { composer: composer(keywords, pointer), ..Self::default() }
    }
}

/// Where a schema says that it is made of parts: of what stands around a choice, it is the schema.
pub(super) fn composer(keywords: &Keywords<'_>, pointer: &Pointer) -> Pointer {
    match keywords.all_of {
        [] => pointer.clone(),
        _ => pointer.child("allOf"),
    }
}

/// A property as the parts declare it.
struct Declared<'a> {
    name: &'a str,
    parts: Vec<Part<'a>>,
    place: Pointer,
}

impl<'a> Lowering<'a> {
    /// The struct of a schema with `allOf`: its parts in order, then its own properties.
    pub(super) fn all_of(&mut self, id: TypeId, schema: &'a Schema, pointer: &Pointer) -> Struct {
        let mut parts = Parts::of(&Keywords::of(schema), pointer);
        self.gather(schema, pointer, &mut parts);
        self.merged(id, &parts)
    }

    /// The shape of objects that are all of several schemas, as it is said at the last place.
    pub(super) fn all_of_parts(
        &mut self,
        id: TypeId,
        schemas: impl Iterator<Item = (&'a Schema, Pointer)>,
        composer: &Pointer,
    ) -> Shape {
        let mut parts = Parts { composer: composer.clone(), ..Parts::default() };
        for (schema, pointer) in schemas {
            self.gather(schema, &pointer, &mut parts);
        }
        let mut left = MOST_SPREAD;
        self.spread(id, parts, &mut left)
    }

    /// The shape of a schema with `allOf`, or with properties around a union, if it is of objects.
    pub(super) fn composed(
        &mut self,
        id: TypeId,
        schema: &'a Schema,
        keywords: &Keywords<'a>,
        pointer: &Pointer,
    ) -> Option<Shape> {
        let is_union = parts(keywords).is_some();
        let is_around = is_union && !keywords.properties.is_empty();
        let is_composed = keywords.all_of.len() > 1
            || !keywords.all_of.is_empty() && (keywords.is_object() || is_union)
            || self.narrows(keywords)
            || keywords.all_of.iter().any(|part| self.is_base(part));
        if !(is_around || is_composed && self.composes_objects(keywords)) {
            return None;
        }
        let mut parts = Parts::of(keywords, pointer);
        self.gather(schema, pointer, &mut parts);
        let adds = |(own, _): &(&'a Schema, Pointer)| !Keywords::of(own).properties.is_empty();
        if is_union && parts.choices.len() == 1 && !parts.own.iter().any(adds) {
            // Nothing stands around the union that its variants would have to hold.
            return None;
        }
        let mut left = MOST_SPREAD;
        Some(self.spread(id, parts, &mut left))
    }

    /// Whether a schema with `allOf` is of objects.
    pub(super) fn composes_objects(&self, keywords: &Keywords<'a>) -> bool {
        self.kind(keywords) == Kind::Object
    }

    /// What the value of a schema is.
    pub(super) fn kind(&self, keywords: &Keywords<'a>) -> Kind {
        self.kind_within(keywords, &mut Seen::new(), 0)
    }

    fn kind_within(&self, keywords: &Keywords<'a>, seen: &mut Seen, depth: usize) -> Kind {
        let scalar = keywords.items.is_some() || !keywords.values.is_empty();
        match keywords.ty {
            Some("object") => return Kind::Object,
            Some(_) => return Kind::Other,
            None if keywords.is_object() || !keywords.required.is_empty() => return Kind::Object,
            None if scalar || depth > DEEPEST => return Kind::Other,
            None => {}
        }
        let mut kind = |part: &'a ReferenceOr<Schema>| {
            let (part, _) = self.resolve(part, Pointer::root())?;
            // One that was asked before says nothing new.
            let is_new = seen.insert(part);
            is_new.then(|| self.kind_within(&Keywords::of(part), seen, depth + 1))
        };
        // All parts have to agree: one that is a scalar settles what the value is.
        let all: Vec<Kind> = keywords.all_of.iter().filter_map(&mut kind).collect();
        let choice = parts(keywords).map(|(choice, _)| choice).unwrap_or_default();
        let any: Vec<Kind> = choice.iter().filter_map(&mut kind).collect();
        if all.contains(&Kind::Other) || any.contains(&Kind::Other) {
            Kind::Other
        } else if all.contains(&Kind::Object) || any.contains(&Kind::Object) {
            Kind::Object
        } else {
            Kind::Silent
        }
    }

    fn gather(&mut self, schema: &'a Schema, pointer: &Pointer, all: &mut Parts<'a>) {
        if !all.seen.insert(schema) {
            return;
        }
        if all.open.len() > DEEPEST {
            let message = format!("`allOf` within `allOf` more than {DEEPEST} times");
            self.warn("all-of-depth", message, pointer, "what is deeper is left out");
            return;
        }
        all.open.push(schema);
        let keywords = Keywords::of(schema);
        for (index, part) in keywords.all_of.iter().enumerate() {
            if let Some((part, inner)) = self.resolve(part, pointer.child("allOf").index(index)) {
                self.gather(part, &inner, all);
            }
        }
        if parts(&keywords).is_some_and(|(choice, _)| !self.leads_back(choice, &all.open)) {
            all.choices.push((schema, pointer.clone()));
        }
        all.own.push((schema, pointer.clone()));
        all.open.pop();
    }

    /// Whether what is being composed is a variant of a choice: it has been chosen then.
    fn leads_back(&self, choice: &'a [ReferenceOr<Schema>], open: &[*const Schema]) -> bool {
        choice.iter().any(|part| {
            let resolved = self.resolve(part, Pointer::root());
            resolved.is_some_and(|(part, _)| open.contains(&std::ptr::from_ref(part)))
        })
    }

    /// The struct of all parts, or the union of the structs that their choices lead to.
    fn spread(&mut self, id: TypeId, mut parts: Parts<'a>, left: &mut usize) -> Shape {
        if parts.choices.is_empty() {
            return Shape::Struct(self.merged(id, &parts));
        }
        let (chooser, pointer) = parts.choices.remove(0);
        let keywords = Keywords::of(chooser);
        let discriminator = chooser.schema_data.discriminator.as_ref();
        let (choice, key) = super::union::parts(&keywords).unwrap_or_default();
        if choice.len() > *left {
            let message =
                format!("the choices of this schema have more than {MOST_SPREAD} outcomes");
            let help = "what they say is taken, kept and sent as it is";
            self.warn("too-many-choices", message, &pointer, help);
            return Shape::Struct(self.merged(id, &parts));
        }
        *left -= choice.len();
        let around = self.around(id, &parts, chooser, key);
        let tags = self.tags_of_parts(discriminator, choice);
        let mut variants = Vec::new();
        for (index, (part, word)) in choice.iter().zip(self.words(choice)).enumerate() {
            let place = pointer.child(key).index(index);
            let origin = origin(id, &word);
            let used = self.chosen(origin, &parts, (part, &place), left);
            variants.extend(used.map(|used| variant_of(used, word.title, tags.get(index))));
        }
        let union = self.union_of(id, variants, discriminator, (around, choice, key));
        union.unwrap_or_else(|| Shape::Struct(self.merged(id, &parts)))
    }

    /// All that the parts around a choice assert, for it to tell its own parts apart by. Each of these
    /// repeats it, so that of many it is a rule of the type instead.
    fn around(
        &mut self,
        id: TypeId,
        parts: &Parts<'a>,
        chooser: &'a Schema,
        key: &str,
    ) -> Vec<Rule> {
        let mut around = Vec::new();
        for (own, _) in &parts.own {
            let keywords = Keywords::of(own).without_parts();
            let is_chooser = std::ptr::eq(*own, chooser);
            let others = if is_chooser { keywords.without_choice(key) } else { keywords.clone() };
            around.extend(self.evaluated(&others));
            around.extend(self.unevaluated(&keywords));
        }
        if parts.own.len() > MOST_AROUND {
            self.add_rules(id, std::mem::take(&mut around));
        }
        around
    }

    /// The type of a variant, with all that the parts around the choice say.
    fn chosen(
        &mut self,
        origin: Origin,
        around: &Parts<'a>,
        (part, place): (&'a ReferenceOr<Schema>, &Pointer),
        left: &mut usize,
    ) -> Option<Use> {
        let (schema, pointer) = self.resolve(part, place.clone())?;
        let mut alone = Parts::default();
        self.gather(schema, &pointer, &mut alone);
        if around.own.iter().all(|(own, _)| alone.seen.contains(&std::ptr::from_ref(*own))) {
            // It builds on all that stands around it.
            return Some(self.schema_or_reference(part, origin, place));
        }
        let keywords = Keywords::of(schema);
        // Of a union that has objects among others, the objects are spread.
        let is_mixed = parts(&keywords).is_some_and(|(choice, _)| self.has_objects(choice));
        if self.kind(&keywords) == Kind::Other && !is_mixed {
            // Properties say nothing of what is no object, unless only objects are allowed.
            let is_object = |(own, _): &(&'a Schema, Pointer)| Keywords::of(own).ty.is_some();
            let is_none = around.own.iter().any(is_object);
            return (!is_none).then(|| self.schema_or_reference(part, origin, place));
        }
        let mut all = around.clone();
        self.gather(schema, &pointer, &mut all);
        let variant = self.declare(origin, place);
        self.describe(variant, schema);
        let shape = self.spread(variant, all, left);
        self.set_shape(variant, shape);
        Some(Use::of(TypeRef::Named(variant)))
    }

    fn has_objects(&self, choice: &'a [ReferenceOr<Schema>]) -> bool {
        let mut schemas = choice.iter().filter_map(|part| self.resolve(part, Pointer::root()));
        schemas.any(|(part, _)| self.kind(&Keywords::of(part)) == Kind::Object)
    }

    /// The struct of what all parts say of their own.
    fn merged(&mut self, id: TypeId, parts: &Parts<'a>) -> Struct {
        let mut object = Struct::default();
        let mut declared: Vec<Declared<'a>> = Vec::new();
        let mut required = BTreeSet::new();
        for (schema, pointer) in &parts.own {
            let keywords = Keywords::of(schema);
            let properties = pointer.child("properties");
            for (name, property) in &keywords.properties {
                let place = properties.child(*name);
                let part = self.part(*property, &place);
                match declared.iter_mut().find(|known| known.name == *name) {
                    Some(known) => {
                        known.parts.extend(part);
                        known.place = place;
                    }
                    None => {
                        let parts = part.into_iter().collect();
                        declared.push(Declared { name, parts, place });
                    }
                }
            }
            required.extend(keywords.required.iter().map(String::as_str));
            let own = self.beside_fields(id, &keywords, pointer);
            self.close(&mut object.rest, own.rest, &keywords);
            object.rules.extend(own.rules);
            if keywords.ty.is_some_and(|ty| ty != "object") {
                // No object is that, and no value all of the parts.
                object.rules.push(Rule::False("allOf"));
            }
        }
        let fields = declared.into_iter().map(|declared| {
            let is_required = required.contains(declared.name);
            self.declared(id, declared, is_required, &parts.composer)
        });
        object.fields = fields.collect();
        let pointer = parts.own.last().map(|(_, pointer)| pointer.clone()).unwrap_or_default();
        self.add_undeclared(&mut object, required, &pointer);
        object
    }

    /// Takes over what one more part says of the properties that none declares: each may forbid them,
    /// and their values are what all say.
    fn close(&mut self, rest: &mut Rest, part: Rest, keywords: &Keywords<'_>) {
        match (&mut *rest, part) {
            (Rest::Closed, _) | (_, Rest::Open) => {}
            (Rest::Typed(_, rules), Rest::Typed(..)) => {
                let more = self.additional_values(keywords);
                inherit::merge(rules, more);
            }
            (Rest::Open | Rest::Typed(..), part) => *rest = part,
        }
    }

    /// A property that one or more parts declare: what all of them say holds.
    fn declared(
        &mut self,
        owner: TypeId,
        declared: Declared<'a>,
        required: bool,
        composer: &Pointer,
    ) -> Field {
        let Declared { name, parts, place } = declared;
        let inline = || parts.iter().filter(|part| part.is_inline());
        let one_way = parts.iter().find_map(|part| self.way_of(part.schema, 0));
        let fixed = inline().find_map(|part| match Keywords::of(part.schema).values.as_slice() {
            [value] => Some(value.clone()),
            _ => None,
        });
        let used = self.every(&parts, Origin::Property(owner, name.to_owned()), composer);
        let mut field = self.field(name, used, required, &place);
        field.only_in(one_way);
        field.fixed = fixed.filter(|_| field.presence == Presence::Required);
        field
    }

    /// The schema of a component, and where it stands.
    pub(super) fn component(&self, reference: &str) -> Option<(&'a Schema, Pointer)> {
        let name = component_name(reference)?;
        let schema = components(self.document).get(&name)?;
        self.resolve(schema, Pointer::root().child("components").child("schemas").child(name))
    }

    /// The schema behind a reference, and where it stands.
    pub(super) fn resolve(
        &self,
        schema: &'a ReferenceOr<Schema>,
        pointer: Pointer,
    ) -> Option<(&'a Schema, Pointer)> {
        let (mut schema, mut pointer) = (schema, pointer);
        for _ in 0..DEEPEST {
            match schema {
                ReferenceOr::Item(schema) => return Some((schema, pointer)),
                ReferenceOr::Reference { reference } => {
                    let name = component_name(reference)?;
                    schema = components(self.document).get(&name)?;
                    pointer = Pointer::root().child("components").child("schemas").child(name);
                }
            }
        }
        None
    }
}
