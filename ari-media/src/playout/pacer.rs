//! The clock for RTP and AudioSocket, which pass on each packet immediately. It sends a frame every
//! 20 ms, by deadline.
//!
//! A deadline is 20 ms after the one before, not after the frame that was sent, so there is no
//! drift. If the task is late, it catches up, with two frames in 20 ms at most. Audio after a pause
//! begins immediately, with a new first deadline. Silence is never sent.
//!
//! A program that passes on what it receives sends single frames, each after the one before was
//! played. If the first one was late, the deadlines would delay all others as much, so a single
//! frame moves them ahead, by 20 ms in total at most.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::core::Core;
use super::ledger::Until;
use super::types::{Action, ClearId, Packet};
use crate::pcm::FRAME;

/// The frames that are sent within 20 ms to catch up.
const MAX_BURST: u32 = 2;

/// The delay that is caught up. A longer delay moves the deadlines.
const MAX_LATENESS: Duration = Duration::from_millis(200);

/// The most by which single frames move the deadlines ahead, until the next pause.
const MAX_ADVANCE: Duration = FRAME;

/// The deadlines of a connection.
#[derive(Debug, Default)]
pub(super) struct Pacer {
    /// The first deadline.
    origin: Option<Instant>,
    /// The deadline of the next frame.
    due: Option<Instant>,
    /// True if there was no frame at the last poll.
    is_dry: bool,
    /// The time by which single frames have moved the deadlines ahead.
    advance: Duration,
    /// The beginning of the current 20 ms, and the frames sent since.
    round: Option<(Instant, u32)>,
    /// The ends of the frames that are being played, and their numbers.
    playing: VecDeque<(Instant, u64)>,
}

struct Deadline {
    due: Instant,
    /// The delay that was not caused by the source.
    lateness: Duration,
    /// True for the first frame, and after a pause.
    starts: bool,
}

impl Pacer {
    /// Returns `true` if there was no frame at the last poll, or if there was none yet.
    pub(super) fn is_dry(&self) -> bool {
        self.is_dry || self.due.is_none()
    }

    pub(super) fn poll(&mut self, core: &mut Core, now: Instant) -> Action {
        while let Some(&(end, number)) = self.playing.front()
            && end <= now
        {
            self.playing.pop_front();
            core.ledger.play(number);
        }
        if !core.has_frame(now) {
            self.is_dry = true;
            let tail = (core.source.queued() > 0).then(|| core.tail_at());
            let playing = self.playing.front().map(|&(end, _)| end);
            return Action::Wait(tail.into_iter().chain(playing).min());
        }
        if self.is_dry && core.has_single_frame() {
            self.advance_to(now);
        }
        let Deadline {
            due,
            lateness,
            starts,
        } = self.deadline(now);
        if starts {
            self.advance = Duration::ZERO;
        }
        self.is_dry = false;
        self.due = Some(due);
        let (round, sent) = self
            .round
            .filter(|&(start, _)| now < start + FRAME)
            .unwrap_or((now, 0));
        let earliest = if sent >= MAX_BURST {
            due.max(round + FRAME)
        } else {
            due
        };
        if now < earliest {
            let playing = self.playing.front().map(|&(end, _)| end);
            return Action::Wait(playing.into_iter().chain([earliest]).min());
        }
        let Some((frame, number)) = core.send_frame(0, now) else {
            return Action::Wait(None);
        };

        core.stats.late += u64::from(lateness >= FRAME);
        core.stats.max_lateness = core.stats.max_lateness.max(lateness);
        self.round = Some((round, sent + 1));
        self.due = Some(due + FRAME);
        self.playing.push_back((due + FRAME, number));
        let origin = *self.origin.get_or_insert(due);
        Action::Send(Packet {
            payload: frame.payload,
            at: due - origin,
            starts,
        })
    }

    /// Moves the deadlines ahead, so that the next one is now, if that is within the limit.
    fn advance_to(&mut self, now: Instant) {
        let Some(due) = &mut self.due else {
            return;
        };
        let ahead = due.saturating_duration_since(now);
        if self.advance + ahead <= MAX_ADVANCE {
            self.advance += ahead;
            *due -= ahead;
            // The times of packets go on in steps of 20 ms.
            self.origin = self.origin.and_then(|origin| origin.checked_sub(ahead));
        }
    }

    /// Returns the deadline of the next frame.
    fn deadline(&self, now: Instant) -> Deadline {
        let anew = |lateness| Deadline {
            due: now,
            lateness,
            starts: true,
        };
        let Some(due) = self.due else {
            return anew(Duration::ZERO);
        };
        let lateness = now.saturating_duration_since(due);
        // A source that delivers a little late after each frame must not move the deadlines, or
        // its jitter would add up.
        if self.is_dry && lateness > FRAME {
            anew(Duration::ZERO)
        } else if lateness > MAX_LATENESS {
            anew(lateness)
        } else {
            Deadline {
                due,
                lateness: if self.is_dry {
                    Duration::ZERO
                } else {
                    lateness
                },
                starts: false,
            }
        }
    }

    /// Drops the queue. Sent audio cannot be withdrawn, and counts as played.
    pub(super) fn clear(&mut self, core: &mut Core) -> ClearId {
        for (_, number) in self.playing.drain(..) {
            core.ledger.play(number);
        }
        let id = core.ledger.begin_clear(core.source.sent(), Until::Flush(0));
        core.source.clear();
        id
    }
}
