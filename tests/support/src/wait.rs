//! Waits for conditions, with one limit.

use std::panic::Location;
use std::thread;
use std::time::{Duration, Instant};

/// The limit of every wait. Only tests that fail reach it, so it is long enough for a machine that
/// is busy with other work.
pub const LIMIT: Duration = Duration::from_secs(60);

/// The time between two checks of a condition.
const INTERVAL: Duration = Duration::from_millis(2);

/// Awaits a future.
///
/// # Panics
///
/// Panics at the [`LIMIT`], and names the caller's line.
#[track_caller]
pub fn within_limit<F: Future>(future: F) -> impl Future<Output = F::Output> {
    let caller = Location::caller();
    async move {
        let result = tokio::time::timeout(LIMIT, future).await;
        result.unwrap_or_else(|_| panic!("{caller}: not finished after {LIMIT:?}"))
    }
}

/// Waits until a condition holds.
///
/// # Panics
///
/// Panics at the [`LIMIT`], and names the condition and the caller's line.
#[track_caller]
pub fn wait_until(condition: &str, holds: impl FnMut() -> bool) -> impl Future<Output = ()> {
    let caller = Location::caller();
    let mut holds = holds;
    async move {
        // The clock of the machine: a test may have paused that of the runtime.
        let begin = Instant::now();
        while !holds() {
            let elapsed = begin.elapsed();
            assert!(
                elapsed < LIMIT,
                "{caller}: {condition}: not after {LIMIT:?}"
            );
            tokio::time::sleep(INTERVAL).await;
        }
    }
}

/// Blocks the thread until a condition holds.
///
/// # Panics
///
/// Panics at the [`LIMIT`], and names the condition and the caller's line.
#[track_caller]
pub fn block_until(condition: &str, mut holds: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !holds() {
        let elapsed = begin.elapsed();
        assert!(elapsed < LIMIT, "{condition}: not after {LIMIT:?}");
        thread::sleep(INTERVAL);
    }
}
