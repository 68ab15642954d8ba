//! Tests of the generator and of what it generates; see the files beside this one.

pub mod support;

/// The project's README, whose examples compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
