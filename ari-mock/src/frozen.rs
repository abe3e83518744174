//! One clock for the fake and for the program that is tested: tokio's, which stands still.

use std::sync::mpsc;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::Instant;

use crate::Asterisk;
use crate::waiting::real_sleep;

/// How long nothing may happen, by the clock on the wall, before a program is taken to wait.
const QUIET: Duration = Duration::from_millis(1);
/// The same where nothing is known to be due.
const SHORT: Duration = Duration::from_micros(150);
/// How often in a row.
const QUIET_TIMES: usize = 2;
/// The least that time advances at once, and in how many parts at most otherwise.
const STEP: Duration = Duration::from_millis(10);
const STEPS: u32 = 2000;

/// Keeps tokio's clock from going on by itself when all tasks wait: they may wait for a socket.
pub(crate) struct Frozen {
    _stop: mpsc::Sender<()>,
}

impl Frozen {
    /// Stops the clock of the runtime that this runs on.
    pub(crate) fn new() -> Self {
        tokio::time::pause();
        let (stop, stopped) = mpsc::channel::<()>();
        // As long as a blocking task runs, a stopped clock does not go on by itself.
        tokio::task::spawn_blocking(move || {
            // Ends when the other side is dropped.
            let _ = stopped.recv();
        });
        Frozen { _stop: stop }
    }
}

impl Asterisk {
    /// Waits until the program waits for something again: nothing in the test's runtime has run
    /// for two milliseconds by the clock on the wall. What it does in other threads, as in
    /// `spawn_blocking`, is not seen.
    pub async fn idle(&self) {
        wait_until_quiet(QUIET).await;
    }

    /// Lets time pass for the fake and for the program, where both have
    /// [one clock](crate::Builder::frozen). What the fake does falls due at its own time, and the
    /// program has reacted before time goes on. A timer of the program may fire late: by ten
    /// milliseconds, or by a 2000th of `time` if that is more.
    pub async fn elapse(&self, time: Duration) {
        let end = Instant::now() + time;
        let longest = (time / STEPS).max(STEP);
        self.idle().await;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            let due = self.server.look(|world| {
                let now = world.clock.now();
                world.next_due().map(|due| due.saturating_sub(now))
            });
            let step = due.unwrap_or(left).min(left).min(longest);
            tokio::time::advance(step).await;
            // What is due within less than a timer's millisecond.
            self.server.with(|_| ());
            let is_due = due.is_some_and(|due| due <= step) || step == left;
            wait_until_quiet(if is_due { QUIET } else { SHORT }).await;
        }
    }
}

/// Waits until nothing has run in the runtime for so long, twice in a row.
async fn wait_until_quiet(span: Duration) {
    let metrics = Handle::current().metrics();
    let wakes = || -> u64 {
        let workers = 0..metrics.num_workers();
        workers
            .map(|one| metrics.worker_park_unpark_count(one))
            .sum()
    };
    let mut quiet = 0;
    while quiet < QUIET_TIMES {
        let before = wakes();
        real_sleep(span).await;
        // One time to sleep and one to wake is this function's own.
        let is_quiet = wakes() - before <= 2;
        quiet = if is_quiet { quiet + 1 } else { 0 };
    }
}
