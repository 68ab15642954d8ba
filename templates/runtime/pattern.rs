//! `pattern` without a regular expression engine, for the patterns that need none.
//!
//! The generator translates a pattern that is a row of character classes with counts into a
//! [`Pattern::Classes`], and any other into an engine of its choice.

/// A regular expression of the document, translated when the crate was generated.
#[derive(Debug)]
#[non_exhaustive]
pub enum Pattern {
    /// `^...$`: the whole string is a row of character classes.
    Classes {
        /// The pattern as the document has it.
        source: &'static str,
        /// The row.
        classes: &'static [Class],
    },
}

/// A character class and how often it stands in a row.
#[derive(Debug)]
pub struct Class {
    /// The first and last characters of the ranges of the class.
    pub ranges: &'static [(char, char)],
    /// How often at least.
    pub min: u32,
    /// How often at most.
    pub max: u32,
}

impl Class {
    fn has(&self, char: char) -> bool {
        self.ranges.iter().any(|(first, last)| (*first..=*last).contains(&char))
    }
}

impl Pattern {
    /// The pattern as the document has it.
    #[must_use]
    pub fn source(&self) -> &'static str {
        match self {
            Self::Classes { source, .. } => source,
        }
    }

    /// Whether `text` matches.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        match self {
            Self::Classes { classes, .. } => match_classes(classes, text),
        }
    }
}

/// Takes as much for each class as there is, which the generator has found to be right: no class
/// that may stop early shares a character with what follows it.
fn match_classes(classes: &[Class], text: &str) -> bool {
    let mut rest = text.chars().peekable();
    for class in classes {
        let mut count = 0;
        while count < class.max && rest.next_if(|char| class.has(*char)).is_some() {
            count += 1;
        }
        if count < class.min {
            return false;
        }
    }
    rest.next().is_none()
}
