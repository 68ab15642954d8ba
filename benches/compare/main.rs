//! Decodes and encodes a JSON array with both crates, turn by turn, and prints the least times.
//!
//! Written to `target/bench/compare` by `benches/main.rs`.
//! `compare FILE [TURNS] [KIND]`: KIND is one of `ours-decode`, `ours-encode`, `derive-decode` and
//! `derive-encode`, and then only that is done, for a profiler.

use std::hint::black_box;
use std::time::Instant;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

type Ours = Vec<ours::models::Issue>;
type Derive = Vec<derive::Issue>;

const TURNS: usize = 150;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let json = std::fs::read(&arguments[0]).expect("the file is readable");
    let turns = arguments.get(1).map_or(TURNS, |turns| turns.parse().expect("a number of turns"));
    let ours: Ours = serde_json::from_slice(&json).expect("ours decodes");
    let derive: Derive = serde_json::from_slice(&json).expect("derive decodes");
    assert_same(&json, &ours, &derive);

    let mut least = [u128::MAX; 4];
    for _ in 0..turns {
        let mut turn = |index: usize, kind: &str, run: &mut dyn FnMut()| {
            if arguments.get(2).is_none_or(|only| only == kind) {
                let start = Instant::now();
                run();
                least[index] = least[index].min(start.elapsed().as_nanos());
            }
        };
        turn(0, "ours-decode", &mut || decode::<Ours>(&json));
        turn(1, "derive-decode", &mut || decode::<Derive>(&json));
        turn(2, "ours-encode", &mut || encode(&ours));
        turn(3, "derive-encode", &mut || encode(&derive));
    }
    println!("{} {} {} {} {}", json.len(), least[0], least[1], least[2], least[3]);
}

#[inline(never)]
fn decode<T: DeserializeOwned>(json: &[u8]) {
    // Dropped within the time, as an application does.
    black_box(serde_json::from_slice::<T>(black_box(json)).expect("it decoded before"));
}

#[inline(never)]
fn encode<T: Serialize>(value: &T) {
    black_box(serde_json::to_vec(black_box(value)).expect("it encoded before"));
}

/// Both give the bytes that were read, up to the order of keys.
fn assert_same(json: &[u8], ours: &Ours, derive: &Derive) {
    let read: Value = serde_json::from_slice(json).expect("JSON");
    let ours = serde_json::to_vec(ours).expect("ours encodes");
    let derive = serde_json::to_vec(derive).expect("derive encodes");
    assert!(ours == derive, "the two kinds differ in what they encode");
    assert_eq!(serde_json::from_slice::<Value>(&ours).expect("JSON"), read);
}
