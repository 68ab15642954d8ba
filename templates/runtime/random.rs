//! Randomness for tokens, request identifiers and waits; none of it keeps a secret.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// A random number; `None` on the one target where the standard library has no randomness.
///
/// `RandomState` is keyed by the operating system, so that hashing a counter with it gives numbers
/// that differ between calls, threads and processes. What they serve must be unique, not secret,
/// and that spares every user a dependency.
pub(crate) fn number() -> Option<u64> {
    // In a browser without WASI the keys are constants: two clients would make the same tokens.
    const IS_RANDOM: bool = !cfg!(all(target_family = "wasm", target_os = "unknown"));
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let count = COUNTER.fetch_add(1, Ordering::Relaxed);
    IS_RANDOM.then(|| RandomState::new().hash_one(count))
}

/// A random UUID (version 4).
pub(crate) fn uuid() -> Option<uuid::Uuid> {
    let bits = u128::from(number()?) << 64 | u128::from(number()?);
    Some(uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid())
}

/// A random part of `most`: full jitter. All of it where nothing is random.
pub(crate) fn part_of(most: Duration) -> Duration {
    let Some(number) = number() else { return most };
    let most = u64::try_from(most.as_nanos()).unwrap_or(u64::MAX);
    Duration::from_nanos(most.checked_add(1).map_or(number, |end| number % end))
}
