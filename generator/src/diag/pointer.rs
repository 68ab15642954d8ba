//! JSON pointers as shared linked lists: a child costs one allocation, however deep it stands.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// A JSON pointer (RFC 6901). `Display` writes it escaped, `""` for the root.
#[derive(Clone, Default)]
pub struct Pointer(Option<Arc<Step>>);

struct Step {
    parent: Pointer,
    key: Box<str>,
}

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Self(None)
    }

    /// What stands under a key of an object.
    #[must_use]
    pub fn child(&self, key: impl Into<Box<str>>) -> Self {
        Self(Some(Arc::new(Step { parent: self.clone(), key: key.into() })))
    }

    /// What stands in an array.
    #[must_use]
    pub fn index(&self, i: usize) -> Self {
        self.child(i.to_string())
    }

    /// Reads the escaped form; `None` when it is neither empty nor starts with `/`.
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::root());
        }
        let keys = text.strip_prefix('/')?.split('/');
        Some(keys.fold(Self::root(), |at, key| at.child(key.replace("~1", "/").replace("~0", "~"))))
    }

    /// The unescaped keys, outermost first.
    pub fn keys(&self) -> Vec<&str> {
        let mut keys: Vec<&str> = self.steps().map(|step| &*step.key).collect();
        keys.reverse();
        keys
    }

    /// What this stands in; `None` for the root.
    pub fn parent(&self) -> Option<&Pointer> {
        self.0.as_deref().map(|step| &step.parent)
    }

    /// The innermost key, unescaped.
    pub fn last(&self) -> Option<&str> {
        self.0.as_deref().map(|step| &*step.key)
    }

    /// Innermost first.
    fn steps(&self) -> impl Iterator<Item = &Step> {
        std::iter::successors(self.0.as_deref(), |step| step.parent.0.as_deref())
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for key in self.keys() {
            write!(f, "/{}", key.replace('~', "~0").replace('/', "~1"))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{self}")
    }
}

impl PartialEq for Pointer {
    fn eq(&self, other: &Self) -> bool {
        let (mut a, mut b) = (self, other);
        loop {
            match (&a.0, &b.0) {
                (None, None) => return true,
                (Some(x), Some(y)) if Arc::ptr_eq(x, y) => return true,
                (Some(x), Some(y)) if x.key == y.key => (a, b) = (&x.parent, &y.parent),
                _ => return false,
            }
        }
    }
}

impl Eq for Pointer {}

impl Hash for Pointer {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for step in self.steps() {
            step.key.hash(state);
        }
        state.write_u8(0);
    }
}

/// Frees a chain step by step: the derived drop would recurse as deep as the document nests.
impl Drop for Step {
    fn drop(&mut self) {
        let mut next = self.parent.0.take();
        while let Some(step) = next {
            next = match Arc::into_inner(step) {
                Some(mut step) => step.parent.0.take(),
                None => None,
            };
        }
    }
}
