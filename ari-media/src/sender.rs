//! The direction to the caller.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;

use crate::event::CloseReason;
use crate::handle::SessionHandle;
use crate::pcm::SampleRate;
use crate::playout::{Cleared, SendError, Utterance};
use crate::session::shared::{State, now};

/// Sender of audio to a call.
///
/// Audio waits in a queue of this process and is passed on as it is played, so that it can still be
/// dropped. It belongs to *utterances*. [`clear`](Self::clear) ends the current one, and audio that
/// is sent for it later is dropped. Each clone sends for the utterance that it has started last, so
/// a task that still produces the old one cannot interfere with the next.
pub struct AudioSender {
    pub(crate) session: Arc<SessionHandle>,
    utterance: Mutex<Utterance>,
}

/// The result of sending without waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendOutcome {
    /// The audio is in the queue.
    Queued,
    /// The audio was dropped, because its utterance was cleared or another one has begun.
    Stale,
}

/// The result of waiting for the end of the sent audio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlayOutcome {
    /// The caller has heard all of it.
    Played,
    /// Some of it was dropped by [`AudioSender::clear`], or because the call has ended.
    Interrupted,
}

impl AudioSender {
    pub(crate) fn new(session: Arc<SessionHandle>) -> Self {
        let utterance = session.shared.lock().playout.utterance();
        AudioSender {
            session,
            utterance: Mutex::new(utterance),
        }
    }

    /// Returns the rate of the samples that are sent. With raw packets it is that of their format.
    pub fn rate(&self) -> SampleRate {
        self.session.rate
    }

    fn utterance(&self) -> Utterance {
        *self
            .utterance
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins an utterance and ends the one before, which is still played to its end. Its last
    /// frame is completed with silence.
    pub fn start_utterance(&self) {
        let started = self.session.shared.lock().playout.start_utterance();
        *self
            .utterance
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = started;
        self.session.shared.driver.notify_one();
    }

    /// Queues samples without waiting, all of them or none.
    ///
    /// # Errors
    /// Returns [`SendError::Full`] if the queue would hold more than `max_buffered`,
    /// [`SendError::WrongAudio`] if the session is for raw packets, and [`SendError::Closed`] after
    /// its end.
    pub fn try_send(&self, samples: &[i16]) -> Result<SendOutcome, SendError> {
        let utterance = self.utterance();
        outcome(self.push(|state| state.playout.try_send(utterance, samples, now())))
    }

    /// Queues raw audio in the format of the session without waiting. Formats without a fixed frame
    /// size, such as Opus, need one packet of 20 ms at a time.
    ///
    /// # Errors
    /// Returns the errors of [`try_send`](Self::try_send). Samples and raw audio need different
    /// sessions.
    pub fn try_send_raw(&self, packet: impl Into<Bytes>) -> Result<SendOutcome, SendError> {
        let packet = packet.into();
        let utterance = self.utterance();
        outcome(self.push(|state| state.playout.try_send_raw(utterance, packet, now())))
    }

    /// Queues audio, and wakes the task of the connection if it waits for audio.
    fn push<T>(
        &self,
        push: impl FnOnce(&mut State) -> Result<T, SendError>,
    ) -> Result<T, SendError> {
        let mut state = self.session.shared.lock();
        let pushed = push(&mut state)?;
        let wakes = state.playout.is_waiting_for_audio();
        drop(state);
        if wakes {
            self.session.shared.driver.notify_one();
        }
        Ok(pushed)
    }

    /// Queues samples, and waits for room as long as the queue is full. If the future is cancelled,
    /// the first part may be queued.
    ///
    /// # Errors
    /// Returns [`SendError::WrongAudio`] if the session is for raw packets, and
    /// [`SendError::Closed`] after its end.
    pub async fn send(&self, mut samples: &[i16]) -> Result<SendOutcome, SendError> {
        let utterance = self.utterance();
        loop {
            let room = self.session.shared.room.notified();
            tokio::pin!(room);
            // Enabled before the check, so that no notification is missed.
            room.as_mut().enable();
            let sent = self.push(|state| state.playout.send_part(utterance, samples, now()));
            let sent = match sent {
                Ok(sent) => sent,
                Err(SendError::Stale) => return Ok(SendOutcome::Stale),
                Err(error) => return Err(error),
            };
            samples = samples.get(sent..).unwrap_or_default();
            if samples.is_empty() {
                return Ok(SendOutcome::Queued);
            }
            room.await;
        }
    }

    /// Adds a mark behind the sent audio. [`MediaEvent::MarkPlayed`] with this name follows when
    /// all audio before the mark has been played, or [`MediaEvent::MarkCleared`] if some of it was
    /// dropped.
    ///
    /// # Errors
    /// Returns [`SendError::TooManyMarks`] if 1,000 are pending, and [`SendError::Closed`] after
    /// the end of the session.
    ///
    /// [`MediaEvent::MarkPlayed`]: crate::MediaEvent::MarkPlayed
    /// [`MediaEvent::MarkCleared`]: crate::MediaEvent::MarkCleared
    pub fn mark(&self, name: impl Into<Arc<str>>) -> Result<SendOutcome, SendError> {
        let name = name.into();
        let utterance = self.utterance();
        let marked = self.push(|state| {
            let mark = state.playout.mark(utterance)?;
            state.name_mark(mark, name);
            Ok(())
        });
        self.session.shared.driver.notify_one();
        outcome(marked)
    }

    /// Waits until all sent audio has been played. The utterance continues. Returns
    /// [`PlayOutcome::Interrupted`] if [`clear`](Self::clear) has ended the utterance, now or
    /// before, and at the end of the session.
    ///
    /// # Errors
    /// Returns [`SendError::TooManyMarks`] if 1,000 marks are pending.
    pub async fn wait_until_played(&self) -> Result<PlayOutcome, SendError> {
        let utterance = self.utterance();
        let played = {
            let mut state = self.session.shared.lock();
            if !state.playout.accepts(utterance) || state.close_reason().is_some() {
                return Ok(PlayOutcome::Interrupted);
            }
            let mark = state.playout.wait_until_played()?;
            state.await_mark(mark)
        };
        self.session.shared.driver.notify_one();
        Ok(match played.await {
            Ok(true) => PlayOutcome::Played,
            Ok(false) | Err(_) => PlayOutcome::Interrupted,
        })
    }

    /// Drops all queued audio and ends the current utterance. Waits until the utterance can no
    /// longer be heard, usually within 20 ms. Returns the duration of the utterance that was
    /// played, and the duration that was dropped. Begin the next one with
    /// [`start_utterance`](Self::start_utterance). Until then, another `clear` returns the same
    /// durations again.
    ///
    /// If Asterisk does not confirm that, the session ends with [`CloseReason::ConnectionLost`] some
    /// 14 seconds after the last progress: see [`MediaEvent::Stalled`](crate::MediaEvent::Stalled).
    ///
    /// Dropping the future does not stop the clearing.
    pub async fn clear(&self) -> Cleared {
        let (cleared, played) = {
            let mut state = self.session.shared.lock();
            let played = state.playout.played();
            if state.close_reason().is_some() {
                return Cleared {
                    played,
                    dropped: Duration::ZERO,
                };
            }
            let clear = state.playout.clear(now());
            let cleared = state.await_cleared(clear);
            if state.pass_events() {
                self.session.shared.received.notify_one();
            }
            (cleared, played)
        };
        self.session.shared.driver.notify_one();
        self.session.shared.room.notify_waiters();
        let unknown = Cleared {
            played,
            dropped: Duration::ZERO,
        };
        cleared.await.unwrap_or(unknown)
    }

    /// Returns the duration of the current utterance that has been played, as far as known.
    pub fn played(&self) -> Duration {
        self.session.shared.lock().playout.played()
    }

    /// Returns the duration of audio for which the queue has room.
    pub fn room(&self) -> Duration {
        self.session.shared.lock().playout.room()
    }

    /// Returns the reason if the session has ended.
    pub fn close_reason(&self) -> Option<CloseReason> {
        self.session.shared.lock().close_reason().cloned()
    }
}

/// Returns the outcome of sending. Audio of an utterance that is over is no error.
fn outcome(sent: Result<(), SendError>) -> Result<SendOutcome, SendError> {
    match sent {
        Ok(()) => Ok(SendOutcome::Queued),
        Err(SendError::Stale) => Ok(SendOutcome::Stale),
        Err(error) => Err(error),
    }
}

impl Clone for AudioSender {
    fn clone(&self) -> Self {
        AudioSender {
            session: self.session.clone(),
            utterance: Mutex::new(self.utterance()),
        }
    }
}

impl fmt::Debug for AudioSender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AudioSender")
            .field("rate", &self.rate())
            .field("played", &self.played())
            .finish_non_exhaustive()
    }
}
