//! The frozen tokio clock that the fake and the program under test share.

use std::sync::mpsc;
use std::time::Duration;

use tokio::runtime::Handle;

use crate::server::real_sleep;

/// The real time without activity after which the program is considered idle.
pub(crate) const IDLE_DELAY: Duration = Duration::from_millis(1);
/// The number of times in a row that all ready tasks run without a change of the fake, after which
/// the program is considered idle if no task is due. Each time, everything that has arrived on a
/// socket is delivered, which happens at once on the loopback interface.
const IDLE_TURNS: usize = 32;
/// The number of consecutive quiet periods that are required.
const MIN_IDLE_ROUNDS: usize = 2;
/// Prevents tokio's clock from advancing by itself while all tasks wait, because they may wait for
/// a socket.
pub(crate) struct FrozenClock {
    _stop: mpsc::Sender<()>,
}

impl FrozenClock {
    /// Stops the clock of the current runtime.
    pub(crate) fn new() -> Self {
        tokio::time::pause();
        let (stop, stopped) = mpsc::channel::<()>();
        // A paused clock does not advance by itself while a blocking task runs.
        tokio::task::spawn_blocking(move || {
            // Returns when the sender is dropped.
            let _ = stopped.recv();
        });
        FrozenClock { _stop: stop }
    }
}

/// Waits until nothing has run in the runtime for `span`, twice in a row.
pub(crate) async fn wait_until_quiet(span: Duration) {
    let metrics = Handle::current().metrics();
    let wakes = || -> u64 {
        let workers = 0..metrics.num_workers();
        workers
            .map(|one| metrics.worker_park_unpark_count(one))
            .sum()
    };
    let mut quiet = 0;
    while quiet < MIN_IDLE_ROUNDS {
        let before = wakes();
        real_sleep(span).await;
        // This function itself accounts for one park and one unpark.
        let is_quiet = wakes() - before <= 2;
        quiet = if is_quiet { quiet + 1 } else { 0 };
    }
}

/// Lets the program react, without waiting in real time. `changes` counts the changes of the fake.
pub(crate) async fn wait_until_unchanged(changes: impl Fn() -> u64) {
    loop {
        let before = changes();
        for _ in 0..IDLE_TURNS {
            tokio::task::yield_now().await;
        }
        if changes() == before {
            return;
        }
    }
}
