//! The path to the caller: the queue of utterances, its accounting, and the clocks that empty it.
//!
//! [`Playout`] is a state machine without I/O and clock. Instants are passed in. The program's side
//! ([`try_send`](Playout::try_send), [`mark`](Playout::mark), [`clear`](Playout::clear)) fills the
//! queue. The task of the connection gets its actions from [`poll`](Playout::poll), and passes the
//! carrier's reports to [`handle`](Playout::handle). Both clocks work that way: the
//! [deadlines](pacer) for carriers that pass on each packet immediately, and the [lead](lead) for
//! the WebSocket, which has its own queue and clock.
//!
//! All audio is counted: `played + dropped + in flight + queued = pushed`, in samples, bytes or
//! packets of the program.

mod conversion;
mod core;
mod lead;
mod ledger;
mod pacer;
mod source;
#[cfg(test)]
mod tests;
mod types;

use std::time::{Duration, Instant};

use bytes::Bytes;

use self::core::Core;
use lead::Lead;
use pacer::Pacer;
pub(crate) use types::{
    Accounting, Action, Audio, ClearId, Clock, DEFAULT_LEAD, DEFAULT_MAX_BUFFERED, Feedback,
    MarkId, Packet, PlayoutEvent, PlayoutStats, Settings, SettingsError, Sync, Utterance,
};
pub use types::{Cleared, SendError};

/// The queue of audio for one call, and the clock that empties it.
#[derive(Debug)]
pub(crate) struct Playout {
    core: Core,
    driver: Driver,
}

#[derive(Debug)]
enum Driver {
    Pacer(Pacer),
    Lead(Lead),
}

impl Playout {
    /// Creates an empty queue. The first utterance has begun.
    ///
    /// # Errors
    ///
    /// Returns [`SettingsError`] if PCM cannot be converted to the format on the wire.
    pub(crate) fn new(settings: Settings, now: Instant) -> Result<Playout, SettingsError> {
        let core = Core::new(settings.audio, settings.max_buffered, now)?;
        let driver = match settings.clock {
            Clock::Deadline => Driver::Pacer(Pacer::default()),
            Clock::Lead { sync, lead } => {
                Driver::Lead(Lead::new(sync, lead, core.joins_frames(), now))
            }
        };
        Ok(Playout { core, driver })
    }

    /// Begins an utterance, and ends the one before, whose last frame is completed with silence.
    pub(crate) fn start_utterance(&mut self) -> Utterance {
        self.core.start_utterance()
    }

    /// Returns the utterance that was started last. After [`clear`](Self::clear) it accepts no more
    /// audio.
    pub(crate) fn utterance(&self) -> Utterance {
        self.core.ledger.current()
    }

    /// Returns `true` if an utterance accepts audio.
    pub(crate) fn accepts(&self, utterance: Utterance) -> bool {
        self.core.ledger.check(utterance).is_ok()
    }

    /// Queues all of these samples, or none.
    ///
    /// # Errors
    ///
    /// Returns [`SendError::Stale`] if another utterance has begun or this one was cleared,
    /// [`SendError::Full`] if the queue would hold more than the limit, and
    /// [`SendError::WrongAudio`] if the connection is for raw packets.
    pub(crate) fn try_send(
        &mut self,
        utterance: Utterance,
        samples: &[i16],
        now: Instant,
    ) -> Result<(), SendError> {
        self.core.try_send(utterance, samples, now)
    }

    /// Queues as many of these samples as there is room for, and returns their number.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`try_send`](Self::try_send) except [`SendError::Full`].
    pub(crate) fn send_part(
        &mut self,
        utterance: Utterance,
        samples: &[i16],
        now: Instant,
    ) -> Result<usize, SendError> {
        self.core.ledger.check(utterance)?;
        let room = usize::try_from(self.core.room()).unwrap_or(usize::MAX);
        let part = &samples[..samples.len().min(room)];
        self.core.try_send(utterance, part, now)?;
        Ok(part.len())
    }

    /// Queues raw audio, all or none. Bytes of a format that can be cut (G.711, G.722, linear) may
    /// have any length. Bytes of other formats must be one packet of 20 ms.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`try_send`](Self::try_send).
    pub(crate) fn try_send_raw(
        &mut self,
        utterance: Utterance,
        packet: Bytes,
        now: Instant,
    ) -> Result<(), SendError> {
        self.core.try_send_raw(utterance, packet, now)
    }

    /// Returns the duration of audio for which the queue has room.
    pub(crate) fn room(&self) -> Duration {
        self.core.duration(self.core.room())
    }

    /// Returns `true` if the queue has enough room that a sender that waits for it should continue.
    /// Senders that continued after each frame would wake 50 times a second.
    pub(crate) fn has_room(&self) -> bool {
        self.core.has_room()
    }

    /// Returns `true` if [`poll`](Self::poll) found no frame to send, and has to be called when
    /// audio was sent. Otherwise it waits for its time, or for a report of the carrier.
    pub(crate) fn is_waiting_for_audio(&self) -> bool {
        match &self.driver {
            Driver::Pacer(pacer) => pacer.is_dry(),
            Driver::Lead(lead) => lead.is_dry(),
        }
    }

    /// Adds a mark behind all sent audio. Exactly one of [`PlayoutEvent::MarkPlayed`] and
    /// [`PlayoutEvent::MarkCleared`] follows.
    ///
    /// # Errors
    ///
    /// Returns [`SendError::Stale`] like [`try_send`](Self::try_send), and
    /// [`SendError::TooManyMarks`] if 1,000 are pending.
    pub(crate) fn mark(&mut self, utterance: Utterance) -> Result<MarkId, SendError> {
        self.core.ledger.check(utterance)?;
        self.core.ledger.add_mark()
    }

    /// Completes the last frame, and adds a mark that is played when all earlier audio has been
    /// played. The utterance continues.
    ///
    /// # Errors
    ///
    /// Returns [`SendError::TooManyMarks`] if 1,000 are pending.
    pub(crate) fn wait_until_played(&mut self) -> Result<MarkId, SendError> {
        let mark = self.core.ledger.add_mark()?;
        self.core.source.end_here();
        Ok(mark)
    }

    /// Drops all queued audio, and ends the current utterance. Audio that is sent for it later is
    /// refused. [`PlayoutEvent::Cleared`] follows once the utterance can no longer be heard.
    pub(crate) fn clear(&mut self, now: Instant) -> ClearId {
        match &mut self.driver {
            Driver::Pacer(pacer) => pacer.clear(&mut self.core),
            Driver::Lead(lead) => lead.clear(&mut self.core, now),
        }
    }

    /// Ends all utterances because the connection has ended. Audio that was not played is dropped,
    /// and all events that are due follow. The queue then accepts no more audio.
    pub(crate) fn close(&mut self) {
        self.core.close();
    }

    /// Returns the duration of the current utterance that has been played, as far as known.
    pub(crate) fn played(&self) -> Duration {
        self.core.duration(self.core.ledger.played_of_current())
    }

    /// Returns the amounts of sent audio by state.
    pub(crate) fn accounting(&self) -> Accounting {
        self.core.accounting()
    }

    /// Returns counters of the connection.
    pub(crate) fn stats(&self) -> PlayoutStats {
        self.core.stats
    }

    /// Returns the next action of the connection. [`Action::Wait`] ends a round. Call `poll` again
    /// at its instant, after audio was cleared or marked, after [`handle`](Self::handle), and after
    /// audio was sent if [`is_waiting_for_audio`](Self::is_waiting_for_audio) was true.
    pub(crate) fn poll(&mut self, now: Instant) -> Action {
        if self.core.ledger.is_closed() {
            return Action::Wait(None);
        }
        match &mut self.driver {
            Driver::Pacer(pacer) => pacer.poll(&mut self.core, now),
            Driver::Lead(lead) => lead.poll(&mut self.core, now),
        }
    }

    /// Processes a report of the carrier.
    pub(crate) fn handle(&mut self, feedback: Feedback, now: Instant) {
        if let Driver::Lead(lead) = &mut self.driver {
            lead.handle(&mut self.core, feedback, now);
        }
    }

    /// Returns the next event for the program. Call it after each [`poll`](Self::poll),
    /// [`handle`](Self::handle), [`clear`](Self::clear) and [`close`](Self::close), until `None`.
    pub(crate) fn next_event(&mut self) -> Option<PlayoutEvent> {
        self.core.next_event()
    }
}
