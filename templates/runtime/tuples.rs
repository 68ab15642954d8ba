//! Arrays whose items have types of their own, and `null` as a type.

use serde_json::Value;

use super::model::{List, Room, Slot, Source, View, Walk};

/// The value `null`, where a document allows nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Null;

impl Slot for Null {
    #[inline]
    fn blank() -> Self {
        Self
    }

    fn decode(&mut self, source: &mut dyn Source) -> Walk {
        match source.json()? {
            Value::Null => Ok(()),
            _ => Err(source.refuse("only null is taken here".to_owned())),
        }
    }

    /// `null` is a value like any other.
    fn decode_option(target: &mut Option<Self>, source: &mut dyn Source) -> Walk {
        target.insert(Self).decode(source)
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::Null
    }
}

/// An array whose first items have types of their own (`prefixItems`). Of these the last may be
/// missing; behind them stands any number of others.
#[derive(Clone, Debug, PartialEq)]
pub struct Prefixed<P, T> {
    /// The first items: a tuple of `Option`s. One that is missing before one that is there is
    /// `null`.
    pub first: P,
    /// The items behind them.
    pub rest: Vec<T>,
}

impl<P, T> Prefixed<P, T> {
    /// With nothing behind the first items.
    pub fn new(first: P) -> Self {
        Self { first, rest: Vec::new() }
    }
}

impl<P: Default, T> Default for Prefixed<P, T> {
    fn default() -> Self {
        Self::new(P::default())
    }
}

impl<P, T> From<P> for Prefixed<P, T> {
    fn from(first: P) -> Self {
        Self::new(first)
    }
}

/// A tuple of `Option`s, item by item.
pub trait First: Send + Sync {
    /// How many items there are.
    const COUNT: usize;

    /// All missing.
    fn blank() -> Self;

    /// The item at `index`, to be filled; none beyond the end.
    fn fill(&mut self, index: usize) -> Option<&mut dyn Slot>;

    /// The item at `index`; absent where it is missing.
    fn show(&self, index: usize) -> View<'_>;
}

impl<P: First, T: Slot> Prefixed<P, T> {
    /// How many of the first items stand in the array: up to the last one that is there.
    fn count(&self) -> usize {
        if !self.rest.is_empty() {
            return P::COUNT;
        }
        let is_there = |index: &usize| !matches!(self.first.show(*index), View::Absent);
        (0..P::COUNT).rev().find(is_there).map_or(0, |last| last + 1)
    }
}

impl<P: First, T: Slot> Slot for Prefixed<P, T> {
    #[inline]
    fn blank() -> Self {
        Self::new(P::blank())
    }

    fn decode(&mut self, source: &mut dyn Source) -> Walk {
        self.first = P::blank();
        self.rest.clear();
        source.seq(&mut Filling { target: self, next: 0 })
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::List(self)
    }
}

/// For one that holds itself.
impl<P: First, T: Slot> Slot for Box<Prefixed<P, T>> {
    fn blank() -> Self {
        Self::new(Slot::blank())
    }

    fn decode(&mut self, source: &mut dyn Source) -> Walk {
        self.as_mut().decode(source)
    }

    fn view(&self) -> View<'_> {
        self.as_ref().view()
    }
}

/// An array that is read item by item.
pub(crate) struct Filling<'a, A> {
    pub(crate) target: &'a mut A,
    pub(crate) next: usize,
}

impl<P: First, T: Slot> Room for Filling<'_, Prefixed<P, T>> {
    fn make(&mut self) -> Option<&mut dyn Slot> {
        self.next += 1;
        let Prefixed { first, rest } = &mut *self.target;
        match first.fill(self.next - 1) {
            Some(item) => Some(item),
            None => T::make_item(rest),
        }
    }
}

impl<P: First, T: Slot> List for Prefixed<P, T> {
    fn len(&self) -> usize {
        self.count() + self.rest.len()
    }

    fn item(&self, index: usize) -> View<'_> {
        match index.checked_sub(P::COUNT) {
            Some(behind) => self.rest.item(behind),
            None => self.first.show(index).or_null(),
        }
    }
}

/// [`Slot`] for a tuple, which has so many items and no others, and [`First`] for one of `Option`s.
/// The root of the crate calls it for each length that its documents have.
#[allow(unused_macros, reason = "a document may have none")]
macro_rules! tuple {
    ($count:literal: $($item:ident $index:tt),*) => {
        const _: () = {
            use $crate::runtime::gaps::is_blank;
            use $crate::runtime::model::{List, Room, Slot, Source, View, Walk};
            use $crate::runtime::tuples::{Filling, First};

            impl<$($item: Slot),*> Slot for ($($item,)*) {
                fn blank() -> Self {
                    ($($item::blank(),)*)
                }

                fn decode(&mut self, source: &mut dyn Source) -> Walk {
                    *self = Slot::blank();
                    let mut items = Filling { target: self, next: 0 };
                    source.seq(&mut items)?;
                    match items.next {
                        $count => Ok(()),
                        count => Err(source.refuse(format!("{count} items, where there must be {}", $count))),
                    }
                }

                #[inline]
                fn view(&self) -> View<'_> {
                    View::List(self)
                }
            }

            /// For a tuple that holds itself.
            impl<$($item: Slot),*> Slot for Box<($($item,)*)> {
                fn blank() -> Self {
                    Self::new(Slot::blank())
                }

                fn decode(&mut self, source: &mut dyn Source) -> Walk {
                    self.as_mut().decode(source)
                }

                fn view(&self) -> View<'_> {
                    self.as_ref().view()
                }
            }

            impl<$($item: Slot),*> Room for Filling<'_, ($($item,)*)> {
                fn make(&mut self) -> Option<&mut dyn Slot> {
                    self.next += 1;
                    match self.next - 1 {
                        $($index => Some(&mut self.target.$index),)*
                        _ => None,
                    }
                }
            }

            impl<$($item: Slot),*> List for ($($item,)*) {
                fn len(&self) -> usize {
                    $count
                }

                fn item(&self, index: usize) -> View<'_> {
                    match index {
                        $($index => self.$index.view_some(),)*
                        _ => View::Absent,
                    }
                }

                fn is_blank(&self) -> bool {
                    (0..$count).all(|index| is_blank(self.item(index)))
                }
            }

            impl<$($item: Slot),*> First for ($(Option<$item>,)*) {
                const COUNT: usize = $count;

                fn blank() -> Self {
                    Default::default()
                }

                fn fill(&mut self, index: usize) -> Option<&mut dyn Slot> {
                    Some(match index {
                        $($index => self.$index.insert($item::blank()),)*
                        _ => return None,
                    })
                }

                fn show(&self, index: usize) -> View<'_> {
                    match index {
                        $($index => self.$index.view(),)*
                        _ => View::Absent,
                    }
                }
            }
        };
    };
}

#[allow(unused_imports, reason = "a document may have none")]
pub(crate) use tuple;
