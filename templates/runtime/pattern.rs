//! `pattern`, with the least engine that will do.
//!
//! The generator translates a pattern that is a row of character classes with counts into a
//! [`Pattern::Classes`], and any other into a call of an engine of its choice.

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
    /// Anything more.
    Engine {
        /// The pattern as the document has it.
        source: &'static str,
        /// Whether the pattern is found in a text.
        is_match: fn(&str) -> bool,
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
            Self::Classes { source, .. } | Self::Engine { source, .. } => source,
        }
    }

    /// Whether `text` matches.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        match self {
            Self::Classes { classes, .. } => match_classes(classes, text),
            Self::Engine { is_match, .. } => is_match(text),
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

/// A pattern for an engine that takes linear time, in that engine's spelling where it has one of its
/// own; compiled when it is first used.
#[allow(unused_macros, reason = "a document may have no such pattern")]
macro_rules! linear {
    ($source:literal) => {
        $crate::runtime::pattern::linear!($source, $source)
    };
    ($source:literal, $spelled:literal) => {
        $crate::runtime::pattern::Pattern::Engine {
            source: $source,
            is_match: |text| {
                static REGEX: ::std::sync::LazyLock<Option<::regex_lite::Regex>> =
                    ::std::sync::LazyLock::new(|| ::regex_lite::Regex::new($spelled).ok());
                // The generator has seen it compile.
                REGEX.as_ref().is_none_or(|regex| regex.is_match(text))
            },
        }
    };
}

/// A pattern that needs an engine which tracks back; compiled when it is first used.
#[allow(unused_macros, reason = "a document may have no such pattern")]
macro_rules! backtracking {
    ($source:literal) => {
        $crate::runtime::pattern::Pattern::Engine {
            source: $source,
            is_match: |text| {
                static REGEX: ::std::sync::LazyLock<Option<::regress::Regex>> =
                    ::std::sync::LazyLock::new(|| ::regress::Regex::with_flags($source, "u").ok());
                // The generator has seen it compile.
                REGEX.as_ref().is_none_or(|regex| regex.find(text).is_some())
            },
        }
    };
}

#[allow(unused_imports, reason = "a document may have no such pattern")]
pub(crate) use {backtracking, linear};
