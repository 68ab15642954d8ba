//! [`Slot`] for the types that models are made of.

use std::collections::BTreeMap;

use serde_json::Value;

use super::model::{Entries, List, Map, Room, Slot, Source, View, Walk};

impl Slot for String {
    #[inline]
    fn blank() -> Self {
        Self::new()
    }

    #[inline]
    fn decode(&mut self, source: &mut dyn Source) -> Walk {
        source.string(self)
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::Str(self)
    }

    #[inline]
    fn decode_option(target: &mut Option<Self>, source: &mut dyn Source) -> Walk {
        source.optional_string(target)
    }
}

impl Slot for bool {
    #[inline]
    fn blank() -> Self {
        false
    }

    #[inline]
    fn decode(&mut self, source: &mut dyn Source) -> Walk {
        *self = source.bool()?;
        Ok(())
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::Bool(*self)
    }
}

impl Slot for i64 {
    #[inline]
    fn blank() -> Self {
        0
    }

    #[inline]
    fn decode(&mut self, source: &mut dyn Source) -> Walk {
        *self = source.i64()?;
        Ok(())
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::I64(*self)
    }
}

/// An integer narrower than `i64`, or `u64`: a value that does not fit is refused.
macro_rules! integer {
    ($($type:ident => $view:ident),*) => {$(
        impl Slot for $type {
            #[inline]
            fn blank() -> Self {
                0
            }

            fn decode(&mut self, source: &mut dyn Source) -> Walk {
                let value = source.integer()?;
                *self = Self::try_from(value).map_err(|_| {
                    source.refuse(format!("the integer {value} does not fit {}", stringify!($type)))
                })?;
                Ok(())
            }

            #[inline]
            fn view(&self) -> View<'_> {
                View::$view((*self).into())
            }
        }
    )*};
}

integer!(i8 => I64, i16 => I64, i32 => I64, u8 => I64, u16 => I64, u32 => I64, u64 => U64);

impl Slot for i128 {
    #[inline]
    fn blank() -> Self {
        0
    }

    #[inline]
    fn decode(&mut self, source: &mut dyn Source) -> Walk {
        *self = source.integer()?;
        Ok(())
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::I128(*self)
    }
}

impl Slot for f64 {
    #[inline]
    fn blank() -> Self {
        0.0
    }

    #[inline]
    fn decode(&mut self, source: &mut dyn Source) -> Walk {
        *self = source.f64()?;
        Ok(())
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::F64(*self)
    }
}

impl Slot for Value {
    #[inline]
    fn blank() -> Self {
        Self::Null
    }

    fn decode(&mut self, source: &mut dyn Source) -> Walk {
        *self = source.json()?;
        Ok(())
    }

    /// `null` is a value like any other.
    fn decode_option(target: &mut Option<Self>, source: &mut dyn Source) -> Walk {
        *target = Some(source.json()?);
        Ok(())
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::Json(self)
    }
}

impl<T: Slot> Slot for Option<T> {
    fn blank() -> Self {
        None
    }

    fn decode(&mut self, source: &mut dyn Source) -> Walk {
        T::decode_option(self, source)
    }

    /// Of an `Option<Option<T>>`, the outer `None` is an absent property, the inner one `null`.
    fn view(&self) -> View<'_> {
        match self {
            Some(value) => value.view_some(),
            None => View::Absent,
        }
    }

    #[inline]
    fn view_some(&self) -> View<'_> {
        match self {
            Some(value) => value.view_some(),
            None => View::Null,
        }
    }

    fn decode_option(target: &mut Option<Self>, source: &mut dyn Source) -> Walk {
        T::decode_nullable(target, source)
    }
}

/// What another name for a nullable type can lead to. Models and unions see to their boxes themselves.
impl<T: Slot> Slot for Box<Option<T>> {
    fn blank() -> Self {
        Self::new(None)
    }

    fn decode(&mut self, source: &mut dyn Source) -> Walk {
        self.as_mut().decode(source)
    }

    fn view(&self) -> View<'_> {
        self.as_ref().view()
    }

    fn view_some(&self) -> View<'_> {
        self.as_ref().view_some()
    }
}

impl<T: Slot> Slot for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn decode(&mut self, source: &mut dyn Source) -> Walk {
        T::decode_list(self, source)
    }

    fn view(&self) -> View<'_> {
        View::List(self)
    }
}

impl<T: Slot> Room for Vec<T> {
    fn make(&mut self) -> Option<&mut dyn Slot> {
        T::make_item(self)
    }
}

impl<T: Slot> List for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> View<'_> {
        match self.get(index) {
            Some(item) => item.view_some(),
            None => View::Absent,
        }
    }
}

impl<T: Slot> Slot for BTreeMap<String, T> {
    fn blank() -> Self {
        Self::new()
    }

    fn decode(&mut self, source: &mut dyn Source) -> Walk {
        self.clear();
        source.map(self)
    }

    fn view(&self) -> View<'_> {
        View::Map(self)
    }

    fn entries_mut(&mut self) -> Option<&mut dyn Entries> {
        Some(self)
    }
}

impl<T: Slot> Entries for BTreeMap<String, T> {
    fn entry(&mut self, key: &str, source: &mut dyn Source) -> Walk {
        let mut value = T::blank();
        value.decode(source)?;
        self.insert(key.to_owned(), value);
        Ok(())
    }
}

impl<T: Slot> Map for BTreeMap<String, T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn get(&self, key: &str) -> Option<View<'_>> {
        self.get(key).map(Slot::view_some)
    }

    fn entries(&self, each: &mut dyn FnMut(&str, View<'_>) -> Walk) -> Walk {
        for (key, value) in self {
            each(key, value.view_some())?;
        }
        Ok(())
    }
}

impl Map for serde_json::Map<String, Value> {
    fn len(&self) -> usize {
        self.len()
    }

    fn get(&self, key: &str) -> Option<View<'_>> {
        self.get(key).map(View::Json)
    }

    fn entries(&self, each: &mut dyn FnMut(&str, View<'_>) -> Walk) -> Walk {
        self.iter().try_for_each(|(key, value)| each(key, View::Json(value)))
    }
}

impl Slot for uuid::Uuid {
    #[inline]
    fn blank() -> Self {
        Self::nil()
    }

    /// Only the form of RFC 9562, with hyphens: any other would go out otherwise than it came.
    fn decode(&mut self, source: &mut dyn Source) -> Walk {
        source.text(&mut |text: &str| {
            let parsed = text.parse().ok().filter(|_| text.len() == uuid::fmt::Hyphenated::LENGTH);
            *self = parsed.ok_or_else(|| "the string is not a UUID".to_owned())?;
            Ok(())
        })
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::Text(self)
    }
}
