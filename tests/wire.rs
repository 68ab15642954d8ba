//! The generated clients on the wire: what they send, how often, when, and what they make of it.
//!
//! `scenarios` plays what stands in `tests/data`: what the vendors' own SDKs did, with each
//! deliberate difference and its reason, and scenarios of our own. `recordings` plays the
//! recordings of the SDKs themselves, where they are to be had. No test here waits.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

use generated::{databricks, oracle};
use tests::support::call::{Auth, Call, Vendor, perform};
use tests::support::check::play;
use tests::support::clock::{ATTEMPT, CALL, TestClock};
use tests::support::server::{Answer, Reply, Server};
use tests::support::{block_on, recording, scenario, shared};

#[test]
fn scenarios() {
    #[track_caller]
    fn check(file: &str, least: usize) {
        let scenarios = scenario::read(file);
        assert!(scenarios.len() >= least, "{file} has lost scenarios");
        let mut report = Vec::new();
        for scenario in scenarios {
            let scenario::Scenario { name, call, replies, tokens, expected } = scenario;
            let problems = block_on(play(&call, replies, tokens, &expected));
            report.extend(problems.iter().map(|problem| format!("{name}: {problem}")));
        }
        assert!(report.is_empty(), "\n{}", report.join("\n"));
    }
    check("databricks.json", 36);
    check("databricks_more.json", 31);
    check("oracle.json", 36);
    check("oracle_more.json", 13);
}
