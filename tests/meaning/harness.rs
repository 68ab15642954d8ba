// Reads questions, a line each (what is asked, a tab, JSON), and answers each with a line of JSON.

#![allow(deprecated, reason = "deprecated models are asked about too")]

mod cases;

use std::fmt::Debug;
use std::io::{BufRead, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Pointers and keywords of the rules that a value breaks.
type Broken = Vec<(String, String)>;

fn main() {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let (asked, json) = line.split_once('\t').unwrap();
        let answer = std::panic::catch_unwind(|| cases::answer(asked, json));
        let answer = answer.unwrap_or_else(|_| json!({"error": "it panicked"}));
        writeln!(out, "{answer}").unwrap();
        out.flush().unwrap();
    }
}

fn decoded<T>(
    json: &str,
    incomplete: impl FnOnce(&str) -> Option<T>,
    broken: impl FnOnce(&T) -> Broken,
) -> Value
where
    T: Serialize + DeserializeOwned + Debug,
{
    let value: T = match serde_json::from_str(json) {
        Ok(value) => value,
        Err(error) => {
            // What is refused only because something is missing.
            let value = incomplete(json);
            let incomplete = value.map(|value| {
                let encoded = serde_json::to_string(&value).unwrap_or_default();
                json!({"encoded": encoded, "broken": broken(&value)})
            });
            return json!({"refused": error.to_string(), "incomplete": incomplete});
        }
    };
    match serde_json::to_string(&value) {
        Ok(encoded) => {
            json!({"encoded": encoded, "debug": format!("{value:?}"), "broken": broken(&value)})
        }
        Err(error) => json!({"error": format!("it does not encode: {error}")}),
    }
}

fn built<T>(built: T, json: &str) -> Value
where
    T: Serialize + DeserializeOwned + Debug + PartialEq,
{
    let encoded = serde_json::to_string(&built).unwrap();
    match serde_json::from_str::<T>(json) {
        Ok(decoded) if decoded == built => json!({"encoded": encoded}),
        Ok(decoded) => json!({"error": format!("it decodes to {decoded:?}, built is {built:?}")}),
        Err(error) => json!({"error": format!("it does not decode: {error}")}),
    }
}
