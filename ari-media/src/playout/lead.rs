//! The clock for the WebSocket, over which Asterisk plays a frame every 20 ms from its own queue.
//!
//! Asterisk's queue is kept supplied with a little audio ahead, the lead. The lead is long enough
//! that the queue does not run empty between two reports of its progress, and short enough that the
//! call is soon silent. Progress is known from marks between the frames, which come back when
//! Asterisk reaches them, or from the length of the queue. A stall on the way therefore cannot
//! build up a backlog, which Asterisk would never catch up.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use bytes::Bytes;

use super::core::Core;
use super::ledger::Until;
use super::types::{Action, ClearId, Feedback, Packet, Sync};
use crate::pcm::FRAME;

/// The most frames between two marks and in a message. Half of the lead is the limit if it is less.
const MAX_CHUNK: u64 = 5;

/// The delay of a mark beyond the audio in front of it, after which the status is requested.
const MARK_TIMEOUT: Duration = Duration::from_secs(1);

/// The delay of a status response after which the carrier counts as stalled.
const STATUS_TIMEOUT: Duration = Duration::from_secs(3);

/// The time after which the connection of a stalled carrier is abandoned. Nothing else would end
/// the methods that wait for the audio.
const ABANDON_TIMEOUT: Duration = Duration::from_secs(10);

/// The state of Asterisk's queue, as far as it is known.
#[derive(Debug)]
pub(super) struct Lead {
    sync: Sync,
    /// The frames that may wait in Asterisk, between two marks, and in one message.
    lead: u64,
    chunk: u64,
    message: u64,
    /// Commands that are sent before all other messages.
    commands: VecDeque<Command>,
    /// The number of flushes.
    epoch: u64,
    /// The number of the last frame, and the frames since the last mark.
    sent: u64,
    unmarked: u64,
    /// The position up to which the audio is marked.
    marked: u64,
    /// True between the start and the end of buffering.
    is_buffering: bool,
    /// Marks that have not come back, and requests without a response, oldest first.
    marks: VecDeque<SentMark>,
    requests: VecDeque<StatusRequest>,
    next_mark: u64,
    /// True between XOFF and XON.
    is_full: bool,
    /// The last instant at which Asterisk reported its state, or at which the queue was empty.
    reported: Instant,
    /// The last instant at which Asterisk reported that audio was played or flushed, or at which no
    /// audio waited.
    progress: Instant,
    /// True if the stall was reported.
    is_stalled: bool,
    /// True if there was room at the last poll, but no frame.
    is_dry: bool,
}

#[derive(Clone, Copy, Debug)]
enum Command {
    Mark(u64),
    StartBuffering,
    Flush,
    /// The number of flushes and of frames before it.
    Status {
        epoch: u64,
        sent: u64,
    },
}

#[derive(Debug)]
struct SentMark {
    id: u64,
    epoch: u64,
    sent: u64,
}

#[derive(Debug)]
struct StatusRequest {
    epoch: u64,
    sent: u64,
}

impl Lead {
    pub(super) fn new(sync: Sync, lead: Duration, joins_frames: bool, now: Instant) -> Lead {
        let lead = (lead.as_millis() / FRAME.as_millis()).clamp(2, 100) as u64;
        let chunk = MAX_CHUNK.min(lead / 2);
        Lead {
            sync,
            lead,
            chunk,
            message: if joins_frames && sync != Sync::Status {
                chunk
            } else {
                1
            },
            commands: VecDeque::new(),
            epoch: 0,
            sent: 0,
            unmarked: 0,
            marked: 0,
            is_buffering: false,
            marks: VecDeque::new(),
            requests: VecDeque::new(),
            next_mark: 0,
            is_full: false,
            reported: now,
            progress: now,
            is_stalled: false,
            is_dry: true,
        }
    }

    /// Returns `true` if there was room at the last poll, but no frame.
    pub(super) fn is_dry(&self) -> bool {
        self.is_dry
    }

    pub(super) fn poll(&mut self, core: &mut Core, now: Instant) -> Action {
        if core.ledger.is_settled() && !self.is_full {
            self.reported = now;
        }
        if core.ledger.is_settled() && core.source.queued() == 0 {
            self.progress = now;
        }
        if now >= self.abandon_at() {
            return Action::Abandon(now - self.progress);
        }
        if !self.is_stalled && now >= self.stalled_at() {
            self.is_stalled = true;
            core.ledger.report_stall();
        }
        if self.commands.is_empty() {
            // A mark of the program needs a separate mark on the wire.
            if self.unmarked > 0 && core.ledger.has_mark(self.marked, core.source.sent()) {
                self.add_mark(core.source.sent());
            } else if self.status_deadline(core).is_some_and(|at| at <= now) {
                self.commands.push_back(Command::Status {
                    epoch: self.epoch,
                    sent: self.sent,
                });
            }
        }
        if let Some(command) = self.commands.pop_front() {
            return self.run(command, core);
        }
        let room = self
            .lead
            .saturating_sub(core.ledger.frames_in_flight(self.epoch));
        let can_send = room > 0 && !self.is_full;
        if can_send && core.has_frame(now) {
            if self.sync == Sync::Buffering && !self.is_buffering {
                return self.run(Command::StartBuffering, core);
            }
            return Action::Send(self.send(core, room, now));
        }
        // At the tail, no audio follows that would soon add a mark.
        let is_tail = self.unmarked > 0;
        if is_tail && core.is_tail(now) && core.ledger.frames_in_flight(self.epoch) > 0 {
            self.add_mark(core.source.sent());
            if let Some(command) = self.commands.pop_front() {
                return self.run(command, core);
            }
        }
        self.is_dry = can_send;
        let waits_for_tail = can_send && (is_tail || core.source.queued() > 0);
        let tail = waits_for_tail
            .then(|| core.tail_at())
            .filter(|&at| at > now);
        let status = self.status_deadline(core);
        let is_idle = core.ledger.is_settled() && core.source.queued() == 0;
        let stall = (!is_idle).then(|| match self.is_stalled {
            true => self.abandon_at(),
            false => self.stalled_at(),
        });
        Action::Wait(tail.into_iter().chain(status).chain(stall).min())
    }

    /// Sends frames up to the next mark.
    fn send(&mut self, core: &mut Core, room: u64, now: Instant) -> Packet {
        let starts = core.ledger.frames_in_flight(self.epoch) == 0;
        let limit = room
            .min(self.message)
            .min(self.chunk - self.unmarked.min(self.chunk - 1));
        let mut frames: Vec<Bytes> = Vec::new();
        let mut is_marked = false;
        while (frames.len() as u64) < limit
            && !is_marked
            && let Some((frame, number)) = core.send_frame(self.epoch, now)
        {
            is_marked = core.ledger.has_mark(frame.start, frame.end);
            frames.push(frame.payload);
            self.sent = number;
            self.unmarked += 1;
        }
        if self.sync == Sync::Status {
            self.unmarked = 0;
        } else if is_marked || self.unmarked >= self.chunk {
            self.add_mark(core.source.sent());
        }
        let payload = match frames.len() {
            1 => frames.remove(0),
            _ => frames.concat().into(),
        };
        Packet {
            payload,
            at: Duration::ZERO,
            starts,
        }
    }

    /// Adds a mark behind the sent audio, up to this position.
    fn add_mark(&mut self, position: u64) {
        (self.unmarked, self.marked) = (0, position);
        let id = self.next_mark;
        self.next_mark += 1;
        self.marks.push_back(SentMark {
            id,
            epoch: self.epoch,
            sent: self.sent,
        });
        if self.sync == Sync::Buffering && !self.is_buffering {
            self.commands.push_back(Command::StartBuffering);
        }
        self.commands.push_back(Command::Mark(id));
    }

    fn run(&mut self, command: Command, core: &mut Core) -> Action {
        match command {
            Command::Mark(id) if self.sync == Sync::Buffering => {
                self.is_buffering = false;
                Action::StopBuffering(id)
            }
            Command::Mark(id) => Action::Mark(id),
            Command::StartBuffering => {
                self.is_buffering = true;
                Action::StartBuffering
            }
            Command::Flush => {
                self.is_buffering = false;
                Action::Flush
            }
            Command::Status { epoch, sent } => {
                if self.sync != Sync::Status && epoch == self.epoch && !self.is_full {
                    core.stats.lost_marks += 1;
                }
                self.requests.push_back(StatusRequest { epoch, sent });
                Action::RequestStatus
            }
        }
    }

    /// Returns the instant at which the status is due, or its response is overdue.
    fn status_deadline(&self, core: &Core) -> Option<Instant> {
        if !self.requests.is_empty() {
            return None;
        }
        if core.ledger.is_settled() && !self.is_full {
            return None;
        }
        let delay = match self.sync {
            Sync::Status => FRAME * u32::try_from(self.lead / 2).unwrap_or(1),
            _ => self.mark_timeout(),
        };
        Some(self.reported + delay)
    }

    /// Returns the time within which a mark comes back, if it is not lost.
    fn mark_timeout(&self) -> Duration {
        MARK_TIMEOUT + FRAME * u32::try_from(self.lead).unwrap_or(1)
    }

    /// Returns the instant at which the carrier counts as stalled.
    fn stalled_at(&self) -> Instant {
        self.progress + self.mark_timeout() + STATUS_TIMEOUT
    }

    /// Returns the instant at which the connection is abandoned.
    fn abandon_at(&self) -> Instant {
        self.stalled_at() + ABANDON_TIMEOUT
    }

    pub(super) fn handle(&mut self, core: &mut Core, feedback: Feedback, now: Instant) {
        match feedback {
            Feedback::Mark(id) => {
                // Unknown ids belong to abandoned marks.
                let Some(at) = self.marks.iter().position(|mark| mark.id == id) else {
                    return;
                };
                let mark = self.marks.drain(..=at).next_back();
                if let Some(SentMark { epoch, sent, .. }) = mark {
                    self.on_flushed(core, epoch, sent, now);
                }
            }
            Feedback::Status {
                queue_length,
                queue_full,
            } => {
                self.is_full &= queue_full;
                let Some(request) = self.requests.pop_front() else {
                    return;
                };
                let played = request.sent.saturating_sub(queue_length);
                self.on_flushed(core, request.epoch, played, now);
            }
            Feedback::Xoff => (self.is_full, self.reported) = (true, now),
            Feedback::Xon => (self.is_full, self.progress) = (false, now),
        }
    }

    /// Records that a flush was carried out, and the last frame that was played.
    fn on_flushed(&mut self, core: &mut Core, epoch: u64, played: u64, now: Instant) {
        self.reported = now;
        let before = core.ledger.unsettled();
        core.ledger.flushed(epoch);
        core.ledger.play(played);
        if core.ledger.unsettled() < before {
            self.progress = now;
            self.is_stalled = false;
        }
    }

    /// Drops the queue, here and in Asterisk. When the mark behind the flush comes back, the queue
    /// is empty. Marks that are missing by then never come back.
    pub(super) fn clear(&mut self, core: &mut Core, now: Instant) -> ClearId {
        let sent = core.source.sent();
        core.source.clear();
        if self.sync == Sync::Status {
            // Asterisk cannot flush audio that it passes through, so the lead is played.
            return core.ledger.begin_clear(sent, Until::Frame(self.sent));
        }
        if core.ledger.is_settled() {
            (self.unmarked, self.marked) = (0, core.source.sent());
            return core.ledger.begin_clear(sent, Until::Flush(self.epoch));
        }
        if self
            .commands
            .iter()
            .any(|command| matches!(command, Command::Flush))
        {
            // No audio was sent since the last request.
            return core.ledger.begin_clear(sent, Until::Flush(self.epoch));
        }
        self.reported = now;
        self.commands.clear();
        // The response arrives immediately, and reports how much was played.
        self.commands.push_back(Command::Status {
            epoch: self.epoch,
            sent: self.sent,
        });
        self.commands.push_back(Command::Flush);
        self.epoch += 1;
        self.is_buffering = false;
        self.add_mark(core.source.sent());
        core.ledger.begin_clear(sent, Until::Flush(self.epoch))
    }
}
