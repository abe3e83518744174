//! The part that both clocks share: the queue with its accounts, and the tail of the sent audio.

use std::time::{Duration, Instant};

use bytes::Bytes;

use super::ledger::{Entry, Ledger};
use super::source::{Frame, Source};
use super::types::{
    Accounting, Audio, Cleared, PlayoutEvent, PlayoutStats, SendError, SettingsError, Utterance,
};
use crate::pcm::{FRAME, FRAMES_PER_SECOND, duration_to_units, units_to_duration};

/// The pause after which the last frame is completed with silence. More audio of the same utterance
/// usually arrives sooner.
const TAIL_DELAY: Duration = Duration::from_millis(60);

/// A queue, without a clock.
#[derive(Debug)]
pub(super) struct Core {
    pub(super) source: Source,
    pub(super) ledger: Ledger,
    pub(super) stats: PlayoutStats,
    units_per_second: u32,
    max_buffered: u64,
    last_push: Instant,
}

impl Core {
    pub(super) fn new(
        audio: Audio,
        max_buffered: Duration,
        now: Instant,
    ) -> Result<Core, SettingsError> {
        let units_per_second = Source::units_per_second(audio);
        Ok(Core {
            source: Source::new(audio)?,
            ledger: Ledger::new(),
            stats: PlayoutStats::default(),
            units_per_second,
            max_buffered: duration_to_units(max_buffered.max(FRAME), units_per_second),
            last_push: now,
        })
    }

    pub(super) fn duration(&self, units: u64) -> Duration {
        units_to_duration(units, self.units_per_second)
    }

    pub(super) fn joins_frames(&self) -> bool {
        self.source.joins_frames()
    }

    pub(super) fn start_utterance(&mut self) -> Utterance {
        self.source.end_here();
        self.ledger.start_utterance()
    }

    /// Returns the units for which there is room.
    pub(super) fn room(&self) -> u64 {
        self.max_buffered.saturating_sub(self.source.queued())
    }

    /// Returns `true` if there is room for 100 ms, or for a quarter of the limit, or if no frame is
    /// left.
    pub(super) fn has_room(&self) -> bool {
        let enough = u64::from(self.units_per_second / 10).min(self.max_buffered / 4);
        self.room() >= enough || self.source.queued() < self.frame()
    }

    /// Returns the units of a frame.
    fn frame(&self) -> u64 {
        u64::from(self.units_per_second / FRAMES_PER_SECOND)
    }

    pub(super) fn try_send(
        &mut self,
        utterance: Utterance,
        samples: &[i16],
        now: Instant,
    ) -> Result<(), SendError> {
        self.check(utterance, samples.len() as u64)?;
        if !self.source.push_samples(samples) {
            return Err(SendError::WrongAudio);
        }
        self.note_push(samples.len() as u64, now);
        Ok(())
    }

    pub(super) fn try_send_raw(
        &mut self,
        utterance: Utterance,
        raw: Bytes,
        now: Instant,
    ) -> Result<(), SendError> {
        let units = self.source.raw_units(&raw).ok_or(SendError::WrongAudio)?;
        self.check(utterance, units)?;
        self.source.push_raw(raw);
        self.note_push(units, now);
        Ok(())
    }

    fn check(&self, utterance: Utterance, units: u64) -> Result<(), SendError> {
        self.ledger.check(utterance)?;
        let room = self.room();
        if units > room {
            Err(SendError::Full {
                room: self.duration(room),
            })
        } else {
            Ok(())
        }
    }

    fn note_push(&mut self, units: u64, now: Instant) {
        self.ledger.push(units);
        if units > 0 {
            self.last_push = now;
        }
    }

    /// Returns `true` if a frame can be sent.
    pub(super) fn has_frame(&mut self, now: Instant) -> bool {
        if self.source.fill() {
            return true;
        }
        if self.is_tail(now) {
            self.source.end_here();
        }
        self.source.fill()
    }

    /// Returns `true` if the program has sent less than a frame beyond the next one.
    pub(super) fn has_single_frame(&self) -> bool {
        self.source.queued() < 2 * self.frame()
    }

    /// Returns the next frame and its number.
    pub(super) fn send_frame(&mut self, epoch: u64, now: Instant) -> Option<(Frame, u64)> {
        if !self.has_frame(now) {
            return None;
        }
        let frame = self.source.take_frame()?;
        let number = self.ledger.send(frame.start, frame.end, epoch);
        self.stats.frames += 1;
        Some((frame, number))
    }

    /// Returns `true` if the program has sent no audio for a while.
    pub(super) fn is_tail(&self, now: Instant) -> bool {
        now >= self.last_push + TAIL_DELAY
    }

    /// Returns the instant at which the last sent audio becomes a tail.
    pub(super) fn tail_at(&self) -> Instant {
        self.last_push + TAIL_DELAY
    }

    pub(super) fn close(&mut self) {
        if !self.ledger.is_closed() {
            self.ledger.close(self.source.sent());
            self.source.clear();
        }
    }

    pub(super) fn accounting(&self) -> Accounting {
        Accounting {
            pushed: self.source.pushed(),
            played: self.ledger.played(),
            dropped: self.ledger.dropped(),
            in_flight: self.ledger.in_flight_units(),
            queued: self.source.queued(),
            units_per_second: self.units_per_second,
        }
    }

    pub(super) fn next_event(&mut self) -> Option<PlayoutEvent> {
        Some(match self.ledger.next_entry()? {
            Entry::MarkPlayed(mark) => PlayoutEvent::MarkPlayed(mark),
            Entry::MarkCleared(mark) => PlayoutEvent::MarkCleared(mark),
            Entry::Cleared {
                id,
                played,
                dropped,
            } => {
                let (played, dropped) = (self.duration(played), self.duration(dropped));
                PlayoutEvent::Cleared(id, Cleared { played, dropped })
            }
            Entry::Stalled => PlayoutEvent::Stalled,
        })
    }
}
