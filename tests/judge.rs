//! The judges.
fn main() {}
