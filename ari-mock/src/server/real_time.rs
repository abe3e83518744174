//! Real time, independent of tokio's clock.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;

/// Sleeps in real time, independently of tokio's clock, and does not keep that clock from advancing
/// by itself.
pub(crate) async fn real_sleep(time: Duration) {
    // Dropped with the future, which ends the thread.
    let (_stop, stopped) = mpsc::channel::<()>();
    let (wake, woken) = oneshot::channel();
    thread::spawn(move || {
        if stopped.recv_timeout(time) == Err(RecvTimeoutError::Timeout) {
            // The receiver may have been dropped.
            let _ = wake.send(());
        }
    });
    let _ = woken.await;
}
