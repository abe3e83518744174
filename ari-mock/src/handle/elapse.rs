//! Moving the frozen clock forward.

use std::time::Duration;

use tokio::time::Instant;

use super::Asterisk;
use super::frozen_clock::{IDLE_DELAY, wait_until_quiet, wait_until_unchanged};

/// The minimum step of the clock, and the maximum number of steps that are longer.
const MIN_STEP: Duration = Duration::from_millis(10);
const MAX_STEPS: u32 = 2000;

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
            let (due, is_audio) = self.server.read(|pbx| {
                let now = pbx.clock.now();
                let due = pbx.next_task_time();
                let is_audio = due.is_some() && due == pbx.next_audio_tick;
                (due.map(|due| due.saturating_sub(now)), is_audio)
            });
            let step = due.unwrap_or(left).min(left).min(longest);
            tokio::time::advance(step).await;
            // Runs the tasks that are due within less than the millisecond of a timer.
            self.server.update(|_| ());
            // Audio goes straight to sockets, and there are fifty ticks a second.
            let is_due = due.is_some_and(|due| due <= step && !is_audio) || step == left;
            match is_due {
                true => wait_until_quiet(IDLE_DELAY).await,
                false => wait_until_unchanged(|| self.server.change_count()).await,
            }
        }
    }
}
