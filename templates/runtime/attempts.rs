//! How many attempts are left to find out which variant of a union a value is, on this thread: a
//! hostile body must not make them double with each level of nesting, nor begin anew with each of
//! its values.

use std::cell::Cell;

const MOST: u32 = 2_000;

thread_local! {
    /// How deep attempts stand in each other, and how many there were.
    static STATE: Cell<(u32, u32)> = const { Cell::new((0, 0)) };
}

/// An attempt under way.
pub(crate) struct Attempts(());

impl Attempts {
    /// A body begins, unless it is one within an attempt.
    pub(crate) fn begin() {
        if Self::is_outermost() {
            STATE.set((0, 0));
        }
    }

    /// Takes one, if there is one left.
    pub(crate) fn spend() -> bool {
        let (level, spent) = STATE.get();
        STATE.set((level, spent.saturating_add(1)));
        spent < MOST
    }

    /// Whether no attempt is being made.
    pub(crate) fn is_outermost() -> bool {
        STATE.get().0 == 0
    }

    pub(crate) fn enter() -> Self {
        let (level, spent) = STATE.get();
        STATE.set((level.saturating_add(1), spent));
        Self(())
    }

    /// How many there were.
    pub(crate) fn spent() -> u32 {
        STATE.get().1
    }

    /// A variant was found, before which there were so many. What it took is forgiven if no value
    /// around it is in doubt: a long list of values that are all well is no attack.
    pub(crate) fn forgive(before: u32) {
        if Self::is_outermost() {
            STATE.set((0, before));
        }
    }
}

impl Drop for Attempts {
    fn drop(&mut self) {
        let (level, spent) = STATE.get();
        STATE.set((level.saturating_sub(1), spent));
    }
}
