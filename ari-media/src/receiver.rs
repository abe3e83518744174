//! The direction from the caller.

use std::fmt;
use std::sync::Arc;

use crate::carrier::CarrierChoice;
use crate::event::{CloseReason, MediaEvent};
use crate::handle::SessionHandle;
use crate::pcm::SampleRate;
use crate::stats::MediaStats;

/// Receiver of a call's audio, the caller's keys, and the events of the sent audio.
///
/// Frames wait for two seconds. A program that reads later loses the oldest ones, and receives a
/// [`MediaEvent::Gap`]. A slow program never delays the call.
pub struct AudioReceiver {
    session: Arc<SessionHandle>,
}

impl AudioReceiver {
    pub(crate) fn new(session: Arc<SessionHandle>) -> Self {
        AudioReceiver { session }
    }

    /// Returns the rate of the samples that are received. With raw packets it is that of their
    /// format.
    pub fn rate(&self) -> SampleRate {
        self.session.rate
    }

    /// Returns the next item. `None` after [`MediaEvent::Closed`]. It can be cancelled without
    /// loss.
    pub async fn next(&mut self) -> Option<MediaEvent> {
        loop {
            let notified = self.session.shared.received.notified();
            if let Some(item) = self.session.shared.lock().next_item() {
                return item;
            }
            notified.await;
        }
    }

    /// Returns the next item if there is one. `None` does not mean the end.
    pub fn try_next(&mut self) -> Option<MediaEvent> {
        self.session.shared.lock().next_item().flatten()
    }

    /// Returns the reason if the session has ended. Items may still be waiting.
    pub fn close_reason(&self) -> Option<CloseReason> {
        self.session.shared.lock().close_reason().cloned()
    }

    /// Returns the carrier that was chosen, and the reason.
    pub fn carrier(&self) -> &CarrierChoice {
        &self.session.choice
    }

    /// Returns the counters of the session.
    pub fn stats(&self) -> MediaStats {
        self.session.shared.lock().stats()
    }

    /// Ends the session immediately, and waits until its objects on the server are removed, at most
    /// 15 seconds. A tap has a session for each direction.
    pub async fn close(&self) {
        self.session.close().await;
    }
}

impl fmt::Debug for AudioReceiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AudioReceiver")
            .field("rate", &self.rate())
            .finish_non_exhaustive()
    }
}
