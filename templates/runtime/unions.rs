//! Enums of strings, and unions: told apart by a discriminator, or by what a value looks like.

use std::borrow::Cow;

use serde_json::Value;

use super::attempts::Attempts;
use super::model::{Accept, Listed, Slot, Source, Variant, View, Walk};
use super::rules::{JsonType, Rule};
use super::validate::check;
use super::value_source::attempt;

/// An object of which a property tells which of several models it is.
pub trait Tagged {
    /// The discriminator: the name of that property.
    const TAG: &'static str;

    /// The values of the discriminator that mean each variant, in the document's order.
    const TAGS: &'static [&'static [&'static str]];

    /// The variant that any other value of the discriminator means, and none.
    const DEFAULT: Option<usize> = None;

    /// Becomes variant `index`, blank; beyond the last, the one that keeps what the document does
    /// not list.
    fn choose(&mut self, index: usize) -> &mut dyn Slot;

    /// The model inside, or the value as it came where the document lists no variant for it.
    fn chosen(&self) -> View<'_>;
}

/// Takes a tagged union from `source`. A value without a tag is, as in an untagged union, the
/// variant that it looks like.
///
/// # Errors
/// The source knows.
#[inline]
pub fn decode_tagged<T: Tagged>(target: &mut T, source: &mut dyn Source) -> Walk {
    let tags = Tags { property: T::TAG, of_variants: T::TAGS, default: T::DEFAULT };
    by_tag(&mut Chooser { target, choose: T::choose }, &tags, source)
}

/// What [`Tagged`] says, as data.
struct Tags {
    property: &'static str,
    of_variants: &'static [&'static [&'static str]],
    default: Option<usize>,
}

fn by_tag(target: &mut dyn Choose, tags: &Tags, source: &mut dyn Source) -> Walk {
    let value = source.json()?;
    let found = value.get(tags.property);
    let tag = found.and_then(tag);
    let is_number = found.is_some_and(Value::is_number);
    let all = 0..tags.of_variants.len();
    let is_meant = |index: &usize| {
        let tags = tags.of_variants.get(*index).copied().unwrap_or_default();
        // A whole number is one however it is written.
        let is_same = |listed: &str, tag: &str| {
            listed == tag || is_number && listed.strip_suffix(".0") == Some(tag)
        };
        tag.as_deref().is_some_and(|tag| tags.iter().any(|listed| is_same(listed, tag)))
    };
    let mut meant: Vec<usize> = all.clone().filter(is_meant).collect();
    if meant.len() > 1 {
        likeliest_first(target, &value, &mut meant);
    }
    match (meant.as_slice(), tags.default, &tag) {
        ([index], ..) => source.replay(&value, target.choose(*index)),
        ([], Some(index), _) => source.replay(&value, target.choose(index)),
        ([first, ..], ..) => {
            // One tag for several variants: what else the value holds decides.
            let first = *first;
            match first_that_fits(target, &value, meant, &[]) {
                Ok(()) => Ok(()),
                Err(best) => source.replay(&value, target.choose(best.unwrap_or(first))),
            }
        }
        ([], None, Some(_)) => source.replay(&value, target.choose(tags.of_variants.len())),
        ([], None, None) => match first_that_fits(target, &value, all.collect(), &[]) {
            Ok(()) => Ok(()),
            // What is wrong with the likeliest variant says more than that the tag is missing.
            Err(Some(best)) if value.is_object() => source.replay(&value, target.choose(best)),
            Err(_) => {
                let reason = "needs an object to stand in";
                Err(source.refuse(format!("the discriminator `{}` {reason}", tags.property)))
            }
        },
    }
}

/// A union that may become any of its variants: the walks over unions are compiled once, and not
/// for each of them.
trait Choose {
    /// As [`Tagged::choose`] and [`Untagged::choose`].
    fn choose(&mut self, index: usize) -> &mut dyn Slot;
}

struct Chooser<'a, T> {
    target: &'a mut T,
    choose: fn(&mut T, usize) -> &mut dyn Slot,
}

impl<T> Choose for Chooser<'_, T> {
    #[inline]
    fn choose(&mut self, index: usize) -> &mut dyn Slot {
        (self.choose)(self.target, index)
    }
}

/// A value of a discriminator as a document lists it: as text, whatever it is in JSON.
fn tag(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(text.into()),
        Value::Number(number) => {
            let text = number.to_string();
            Some(text.strip_suffix(".0").map(str::to_owned).unwrap_or(text).into())
        }
        Value::Bool(flag) => Some(flag.to_string().into()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A value that is one of several types, told apart by what it looks like.
pub trait Untagged {
    /// What each variant takes, in the document's order.
    const VARIANTS: &'static [Accepts];

    /// What decides, where a value may be of several variants.
    const CHOICE: Option<Choice> = None;

    /// Becomes variant `index`, blank.
    fn choose(&mut self, index: usize) -> &mut dyn Slot;

    /// The value inside.
    fn chosen(&self) -> View<'_>;

    /// Which variant it is; asked only where variants have rules.
    fn index(&self) -> usize {
        usize::MAX
    }
}

/// The parts of a union that may not tell its values apart, of which at least one or exactly one
/// holds.
#[derive(Debug)]
pub enum Choice {
    /// `anyOf`.
    Any(&'static [&'static [Rule]]),
    /// `oneOf`.
    One(&'static [&'static [Rule]]),
}

impl<T: Untagged> Variant for T {
    fn inner(&self) -> View<'_> {
        self.chosen()
    }

    fn rules(&self) -> &'static [Rule] {
        T::VARIANTS.get(self.index()).map_or(&[], |variant| variant.rules)
    }

    fn choice(&self) -> Option<&'static Choice> {
        const { &T::CHOICE }.as_ref()
    }

    fn is_secret(&self) -> bool {
        T::VARIANTS.get(self.index()).is_some_and(|variant| variant.secret)
    }
}

/// Shows an untagged union.
#[inline]
pub fn view_untagged<T: Untagged>(value: &T) -> View<'_> {
    View::Variant(value)
}

/// What a value must look like to be a variant of a union.
#[derive(Debug)]
pub struct Accepts {
    /// The JSON types; any, if there are none here.
    pub types: &'static [JsonType],
    /// Properties that must be there.
    pub required: &'static [&'static str],
    /// Properties that must have one of these values.
    pub listed: &'static [(&'static str, &'static [&'static str])],
    /// The rules of the variant.
    pub rules: &'static [Rule],
    /// Whether its value is never printed.
    pub secret: bool,
}

impl JsonType {
    fn is_of(self, value: &Value) -> bool {
        match self {
            Self::Array => value.is_array(),
            Self::Boolean => value.is_boolean(),
            Self::Integer => {
                value.is_i64()
                    || value.is_u64()
                    || value.as_f64().is_some_and(|number| number.fract() == 0.0)
            }
            Self::Null => value.is_null(),
            Self::Number => value.is_number(),
            Self::Object => value.is_object(),
            Self::String => value.is_string(),
        }
    }
}

impl Accepts {
    fn takes_type(&self, value: &Value) -> bool {
        self.types.is_empty() || self.types.iter().any(|ty| ty.is_of(value))
    }

    /// Whether nothing that the value has is another than those that are listed.
    fn takes_listed(&self, value: &Value) -> bool {
        let is_listed = |(name, values): &(&str, &'static [&'static str])| match value.get(name) {
            Some(found) => found.as_str().is_some_and(|found| values.contains(&found)),
            None => true,
        };
        self.takes_type(value) && self.listed.iter().all(is_listed)
    }

    fn takes(&self, value: &Value) -> bool {
        let has = |name: &&str| value.get(name).is_some();
        let listed = self.listed.iter().map(|(name, _)| name);
        self.takes_listed(value) && self.required.iter().chain(listed).all(has)
    }
}

/// Takes an untagged union from `source`: of the variants that take the value, one that decodes and
/// keeps its rules, or at least decodes; among these the one that names most of its properties.
///
/// # Errors
/// No variant takes the value.
#[inline]
pub fn decode_untagged<T: Untagged>(target: &mut T, source: &mut dyn Source) -> Walk {
    by_structure(&mut Chooser { target, choose: T::choose }, T::VARIANTS, source)
}

fn by_structure(
    target: &mut dyn Choose,
    variants: &'static [Accepts],
    source: &mut dyn Source,
) -> Walk {
    let value = source.json()?;
    let candidates = |takes: fn(&Accepts, &Value) -> bool| {
        let variants = variants.iter().enumerate();
        variants.filter(|(_, accepts)| takes(accepts, &value)).map(|(index, _)| index).collect()
    };
    let mut order: Vec<usize> = candidates(Accepts::takes);
    // A required property that a server left out, or a listed value that is new.
    for takes in [Accepts::takes_listed, Accepts::takes_type] {
        if order.is_empty() {
            order = candidates(takes);
        }
    }
    if let [only] = order.as_slice() {
        return source.replay(&value, target.choose(*only));
    }
    match first_that_fits(target, &value, order, variants) {
        Ok(()) => Ok(()),
        // The error, if it is one, tells what is wrong with the likeliest.
        Err(Some(best)) => source.replay(&value, target.choose(best)),
        Err(None) => Err(source.refuse("the value is none of the variants".to_owned())),
    }
}

/// Becomes the first variant in `order` that decodes and keeps its rules, those first that name more
/// of the value's properties; where none keeps them, the first that decodes. Where none does, the
/// error tells the likeliest, if there is any.
fn first_that_fits(
    target: &mut dyn Choose,
    value: &Value,
    mut order: Vec<usize>,
    variants: &'static [Accepts],
) -> Result<(), Option<usize>> {
    likeliest_first(target, value, &mut order);
    let mut best = order.first().copied();
    let mut decoded = None;
    let before = Attempts::spent();
    for index in order {
        if !Attempts::spend() {
            // Unions within unions, each tried in every way: from here on the best guess has to do.
            return Err(best);
        }
        let level = Attempts::enter();
        let slot = target.choose(index);
        let found = attempt(value, slot);
        drop(level);
        let rules = variants.get(index).map_or(&[][..], |variant| variant.rules);
        if found && check(slot, rules, None).is_empty() {
            Attempts::forgive(before);
            return Ok(());
        }
        if found && decoded.is_none() {
            decoded = Some(index);
            best = decoded;
        }
    }
    match decoded {
        Some(index) if attempt(value, target.choose(index)) => {
            Attempts::forgive(before);
            Ok(())
        }
        // Nobody asks what is wrong with an attempt.
        _ => Err(best.filter(|_| Attempts::is_outermost())),
    }
}

/// Sorts variants: those first that name more of the value's properties.
fn likeliest_first(target: &mut dyn Choose, value: &Value, order: &mut [usize]) {
    let mut ranked: Vec<(usize, usize)> = Vec::new();
    for index in order.iter() {
        let known = known(&target.choose(*index).view(), value);
        let place = ranked.iter().position(|(less, _)| *less < known).unwrap_or(ranked.len());
        ranked.insert(place, (known, *index));
    }
    for (place, (_, index)) in order.iter_mut().zip(ranked) {
        *place = index;
    }
}

/// How many of the value's properties a model names; of a string, whether an enum lists it.
fn known(view: &View<'_>, value: &Value) -> usize {
    match (view, value) {
        (View::Model(model), Value::Object(object)) => {
            let fields = model.describe().fields;
            fields.iter().filter(|field| object.contains_key(field.name())).count()
        }
        (View::Enum(_, listed), Value::String(text)) => {
            usize::from(listed.contains(&text.as_str()))
        }
        _ => 0,
    }
}

/// What an enum lists that takes any value.
pub const ANY: Listed = &[];

/// Takes an enum of strings from `source`.
///
/// # Errors
/// The source knows.
pub fn decode_enum<T: for<'a> From<&'a str>>(target: &mut T, source: &mut dyn Source) -> Walk {
    source.text(&mut Named(target))
}

/// An enum that takes any string.
struct Named<'a, T>(&'a mut T);

impl<T: for<'a> From<&'a str>> Accept for Named<'_, T> {
    fn accept(&mut self, text: &str) -> Result<(), String> {
        *self.0 = T::from(text);
        Ok(())
    }
}

/// Implements what a string enum shares with every other: text in, text out, JSON, equality.
///
/// The enum offers `as_str`, `VALUES` and `From<&str>`; its variant `Unknown` keeps the rest.
#[allow(unused_macros, reason = "a document may have none")]
macro_rules! string_enum {
    ($name:ident) => {
        $crate::runtime::unions::string_enum!($name, &Self::VALUES);
    };
    // An open one lists nothing: any value keeps to the document.
    ($name:ident, open) => {
        $crate::runtime::unions::string_enum!($name, &$crate::runtime::unions::ANY);
    };
    ($name:ident, $listed:expr) => {
        impl $crate::runtime::model::Slot for $name {
            #[inline]
            fn blank() -> Self {
                Self::Unknown(String::new())
            }
            #[inline]
            fn decode(
                &mut self,
                source: &mut dyn $crate::runtime::model::Source,
            ) -> $crate::runtime::model::Walk {
                $crate::runtime::unions::decode_enum(self, source)
            }
            #[inline]
            fn view(&self) -> $crate::runtime::model::View<'_> {
                $crate::runtime::model::View::Enum(self.as_str(), $listed)
            }
        }
        $crate::runtime::model::json!($name);
        // By what stands in JSON: a value is the same, listed or not.
        impl PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }
        impl Eq for $name {}
        impl ::core::hash::Hash for $name {
            #[inline]
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                self.as_str().hash(state);
            }
        }
        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;
            // Not `Self::Err`, which may be a variant.
            #[inline]
            fn from_str(text: &str) -> Result<Self, ::core::convert::Infallible> {
                Ok(Self::from(text))
            }
        }
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(self.as_str(), formatter)
            }
        }
        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.pad(self.as_str())
            }
        }
    };
}

/// Implements decoding, encoding and `Debug` for a tagged union.
#[allow(unused_macros, reason = "a document may have none")]
macro_rules! tagged_union {
    ($name:ident) => {
        $crate::runtime::unions::union! {
            $name,
            Self::Unknown(::serde_json::Value::Null),
            $crate::runtime::unions::decode_tagged,
            $crate::runtime::unions::Tagged::chosen
        }
    };
}

/// Implements decoding, encoding and `Debug` for an untagged union.
#[allow(unused_macros, reason = "a document may have none")]
macro_rules! untagged_union {
    ($name:ident, $blank:ident) => {
        $crate::runtime::unions::union! {
            $name,
            Self::$blank($crate::runtime::model::blank()),
            $crate::runtime::unions::decode_untagged,
            $crate::runtime::unions::view_untagged
        }
    };
}

/// A [`Slot`], in a box or not: what the two kinds of unions share.
#[allow(unused_macros, reason = "a document may have none")]
macro_rules! union {
    ($name:ident, $blank:expr, $decode:path, $view:path) => {
        impl $crate::runtime::model::Slot for $name {
            #[inline]
            fn blank() -> Self {
                $blank
            }
            #[inline]
            fn decode(
                &mut self,
                source: &mut dyn $crate::runtime::model::Source,
            ) -> $crate::runtime::model::Walk {
                $decode(self, source)
            }
            #[inline]
            fn view(&self) -> $crate::runtime::model::View<'_> {
                $view(self)
            }
        }
        impl $crate::runtime::model::Slot for Box<$name> {
            #[inline]
            fn blank() -> Self {
                Self::new($crate::runtime::model::blank())
            }
            #[inline]
            fn decode(
                &mut self,
                source: &mut dyn $crate::runtime::model::Source,
            ) -> $crate::runtime::model::Walk {
                $crate::runtime::model::Slot::decode(self.as_mut(), source)
            }
            #[inline]
            fn view(&self) -> $crate::runtime::model::View<'_> {
                $crate::runtime::model::Slot::view(self.as_ref())
            }
        }
        $crate::runtime::model::model!($name);
    };
}

#[allow(unused_imports, reason = "a document may have none")]
pub(crate) use {string_enum, tagged_union, union, untagged_union};
