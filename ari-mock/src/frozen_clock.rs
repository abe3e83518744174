//! The frozen tokio clock that the fake and the program under test share.

use std::sync::mpsc;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::Instant;

use crate::Asterisk;
use crate::waiting::real_sleep;

/// The real time without activity after which the program is considered idle.
const IDLE_DELAY: Duration = Duration::from_millis(1);
/// The same if nothing is known to be due.
const SHORT_IDLE_DELAY: Duration = Duration::from_micros(150);
/// The number of consecutive quiet periods that are required.
const MIN_IDLE_ROUNDS: usize = 2;
/// The minimum step of the clock, and the maximum number of steps that are longer.
const MIN_STEP: Duration = Duration::from_millis(10);
const MAX_STEPS: u32 = 2000;

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

impl Asterisk {
    /// Waits until the program is idle, that is, until nothing in the test's runtime has run for
    /// two milliseconds of real time. Work on other threads, such as that of `spawn_blocking`, is
    /// not detected.
    pub async fn idle(&self) {
        wait_until_quiet(IDLE_DELAY).await;
    }

    /// Moves the [shared clock](crate::Builder::frozen) of the fake and the program forward by
    /// `time`.
    ///
    /// Each task of the fake runs at its own time, and the program has reacted before the clock
    /// moves on. A timer of the program may fire late: by ten milliseconds, or by a 2000th of
    /// `time` if that is more.
    pub async fn elapse(&self, time: Duration) {
        let end = Instant::now() + time;
        let longest = (time / MAX_STEPS).max(MIN_STEP);
        self.idle().await;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            let due = self.server.read(|world| {
                let now = world.clock.now();
                world.next_task_time().map(|due| due.saturating_sub(now))
            });
            let step = due.unwrap_or(left).min(left).min(longest);
            tokio::time::advance(step).await;
            // Runs the tasks that are due within less than the millisecond of a timer.
            self.server.update(|_| ());
            let is_due = due.is_some_and(|due| due <= step) || step == left;
            wait_until_quiet(if is_due { IDLE_DELAY } else { SHORT_IDLE_DELAY }).await;
        }
    }
}

/// Waits until nothing has run in the runtime for `span`, twice in a row.
async fn wait_until_quiet(span: Duration) {
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
