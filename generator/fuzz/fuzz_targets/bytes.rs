//! Any bytes: finds what the parsers and the first look at a document cannot stand.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| generator_fuzz::generate(data));
