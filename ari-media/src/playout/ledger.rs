//! The accounting of all units by utterance, and the marks between them.

use std::collections::VecDeque;

use super::types::{ClearId, MarkId, SendError, Utterance};

/// The most marks that wait to be played.
const MAX_MARKS: usize = 1000;

/// The accounts of a queue. Positions count units from the first that was ever pushed.
#[derive(Debug)]
pub(super) struct Ledger {
    /// The end of the pushed units, and the end of those that were played or dropped without a gap.
    pushed: u64,
    settled: u64,
    played: u64,
    dropped: u64,
    /// Frames that were sent and are not known to be played, oldest first.
    in_flight: VecDeque<InFlight>,
    in_flight_units: u64,
    /// Frames sent since the beginning.
    frames: u64,
    /// Utterances with units that are not settled, and the current one, which is last.
    utterances: VecDeque<Account>,
    /// True if the current utterance accepts audio.
    open: bool,
    closed: bool,
    marks: VecDeque<(u64, MarkId)>,
    clears: VecDeque<PendingClear>,
    next_mark: u64,
    next_clear: u64,
    entries: VecDeque<Entry>,
}

/// An event, in units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    MarkPlayed(MarkId),
    MarkCleared(MarkId),
    Cleared {
        id: ClearId,
        played: u64,
        dropped: u64,
    },
    Stalled,
}

#[derive(Debug)]
struct InFlight {
    /// The number of the frame, and the number of flushes before it.
    number: u64,
    epoch: u64,
    utterance: Utterance,
    units: u64,
    end: u64,
}

#[derive(Debug)]
struct Account {
    utterance: Utterance,
    start: u64,
    played: u64,
    dropped: u64,
}

#[derive(Debug)]
struct PendingClear {
    id: ClearId,
    utterance: Utterance,
    /// The end of the units that were pushed before.
    upto: u64,
    until: Until,
}

/// The end of a request to clear.
#[derive(Clone, Copy, Debug)]
pub(super) enum Until {
    /// The carrier has carried out this flush. Frames that were in flight before are dropped.
    Flush(u64),
    /// The carrier has played this frame.
    Frame(u64),
}

impl Ledger {
    pub(super) fn new() -> Ledger {
        let first = Account {
            utterance: Utterance(0),
            start: 0,
            played: 0,
            dropped: 0,
        };
        Ledger {
            pushed: 0,
            settled: 0,
            played: 0,
            dropped: 0,
            in_flight: VecDeque::new(),
            in_flight_units: 0,
            frames: 0,
            utterances: VecDeque::from([first]),
            open: true,
            closed: false,
            marks: VecDeque::new(),
            clears: VecDeque::new(),
            next_mark: 0,
            next_clear: 0,
            entries: VecDeque::new(),
        }
    }

    pub(super) fn played(&self) -> u64 {
        self.played
    }

    pub(super) fn dropped(&self) -> u64 {
        self.dropped
    }

    pub(super) fn in_flight_units(&self) -> u64 {
        self.in_flight_units
    }

    /// Returns the number of frames in flight that no flush has reached.
    pub(super) fn frames_in_flight(&self, epoch: u64) -> u64 {
        self.in_flight
            .iter()
            .rev()
            .take_while(|frame| frame.epoch == epoch)
            .count() as u64
    }

    /// Returns `true` if all sent units are known to be played or dropped.
    pub(super) fn is_settled(&self) -> bool {
        self.in_flight.is_empty() && self.clears.is_empty()
    }

    /// Returns the number of frames and requests to clear that are not settled.
    pub(super) fn unsettled(&self) -> usize {
        self.in_flight.len() + self.clears.len()
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed
    }

    pub(super) fn current(&self) -> Utterance {
        self.utterances
            .back()
            .map_or(Utterance(0), |account| account.utterance)
    }

    pub(super) fn played_of_current(&self) -> u64 {
        self.utterances.back().map_or(0, |account| account.played)
    }

    /// Checks that an utterance accepts audio.
    pub(super) fn check(&self, utterance: Utterance) -> Result<(), SendError> {
        if self.closed {
            return Err(SendError::Closed);
        }
        if utterance != self.current() || !self.open {
            return Err(SendError::Stale);
        }
        Ok(())
    }

    pub(super) fn start_utterance(&mut self) -> Utterance {
        let utterance = Utterance(self.current().0 + 1);
        self.utterances.push_back(Account {
            utterance,
            start: self.pushed,
            played: 0,
            dropped: 0,
        });
        self.open = true;
        self.forget_settled();
        utterance
    }

    pub(super) fn push(&mut self, units: u64) {
        self.pushed += units;
    }

    /// Adds a mark behind all pushed units.
    pub(super) fn add_mark(&mut self) -> Result<MarkId, SendError> {
        if self.closed {
            return Err(SendError::Closed);
        }
        if self.marks.len() >= MAX_MARKS {
            return Err(SendError::TooManyMarks);
        }
        let mark = MarkId(self.next_mark);
        self.next_mark += 1;
        self.marks.push_back((self.pushed, mark));
        self.report_played_marks();
        Ok(mark)
    }

    /// Returns `true` if there is a mark behind `from`, up to `to`.
    pub(super) fn has_mark(&self, from: u64, to: u64) -> bool {
        let first = self
            .marks
            .partition_point(|&(position, _)| position <= from);
        self.marks
            .get(first)
            .is_some_and(|&(position, _)| position <= to)
    }

    /// Records a frame that was sent, and returns its number.
    pub(super) fn send(&mut self, start: u64, end: u64, epoch: u64) -> u64 {
        self.frames += 1;
        let units = end - start;
        let after = self
            .utterances
            .partition_point(|account| account.start <= start);
        let utterance = self
            .utterances
            .get(after.saturating_sub(1))
            .map_or(Utterance(0), |account| account.utterance);
        let number = self.frames;
        self.in_flight.push_back(InFlight {
            number,
            epoch,
            utterance,
            units,
            end,
        });
        self.in_flight_units += units;
        number
    }

    /// Records that all frames up to this number are played. Those before a flush must have been
    /// settled by [`flushed`](Self::flushed).
    pub(super) fn play(&mut self, number: u64) {
        while let Some(frame) = self.in_flight.front()
            && frame.number <= number
        {
            let (utterance, units, end) = (frame.utterance, frame.units, frame.end);
            self.in_flight.pop_front();
            self.in_flight_units -= units;
            self.played += units;
            self.settled = end;
            if let Some(account) = self.account(utterance) {
                account.played += units;
            }
            self.report_played_marks();
        }
        self.finish_clears(|until| matches!(until, Until::Frame(last) if last <= number));
    }

    /// Records that the carrier has carried out this flush.
    pub(super) fn flushed(&mut self, epoch: u64) {
        self.finish_clears(|until| matches!(until, Until::Flush(flush) if flush <= epoch));
    }

    /// Drops the units that were not sent, from `sent` on, and ends the current utterance.
    pub(super) fn begin_clear(&mut self, sent: u64, until: Until) -> ClearId {
        self.dropped += self.pushed - sent;
        let pushed = self.pushed;
        let mut end = pushed;
        for account in self.utterances.iter_mut().rev() {
            account.dropped += end.saturating_sub(account.start.max(sent));
            end = end.min(account.start);
        }
        self.open = false;
        let id = ClearId(self.next_clear);
        self.next_clear += 1;
        let utterance = self.current();
        self.clears.push_back(PendingClear {
            id,
            utterance,
            upto: pushed,
            until,
        });
        if self.in_flight.is_empty() {
            self.finish_clears(|_| true);
        }
        id
    }

    /// Reports that the carrier does not respond.
    pub(super) fn report_stall(&mut self) {
        self.entries.push_back(Entry::Stalled);
    }

    /// Drops all units that are not played. The units from `sent` on are those in the queue.
    pub(super) fn close(&mut self, sent: u64) {
        let own = self.begin_clear(sent, Until::Flush(u64::MAX));
        self.finish_clears(|_| true);
        self.entries
            .retain(|entry| !matches!(entry, Entry::Cleared { id, .. } if *id == own));
        self.closed = true;
    }

    pub(super) fn next_entry(&mut self) -> Option<Entry> {
        self.entries.pop_front()
    }

    fn account(&mut self, utterance: Utterance) -> Option<&mut Account> {
        self.utterances
            .iter_mut()
            .find(|account| account.utterance == utterance)
    }

    fn report_played_marks(&mut self) {
        while let Some(&(position, mark)) = self.marks.front()
            && position <= self.settled
        {
            self.marks.pop_front();
            self.entries.push_back(Entry::MarkPlayed(mark));
        }
    }

    /// Ends the requests to clear, from the first to the last that is over.
    fn finish_clears(&mut self, is_over: impl Fn(Until) -> bool) {
        let Some(last) = self.clears.iter().rposition(|clear| is_over(clear.until)) else {
            return;
        };
        for clear in self.clears.drain(..=last).collect::<Vec<_>>() {
            // All frames in flight were sent before the request, so they were flushed.
            while let Some(frame) = self.in_flight.front()
                && frame.end <= clear.upto
            {
                let (utterance, units) = (frame.utterance, frame.units);
                self.in_flight.pop_front();
                self.in_flight_units -= units;
                self.dropped += units;
                if let Some(account) = self.account(utterance) {
                    account.dropped += units;
                }
            }
            self.settled = self.settled.max(clear.upto);
            while let Some(&(position, mark)) = self.marks.front()
                && position <= clear.upto
            {
                self.marks.pop_front();
                self.entries.push_back(Entry::MarkCleared(mark));
            }
            let (played, dropped) = self
                .account(clear.utterance)
                .map_or((0, 0), |a| (a.played, a.dropped));
            self.entries.push_back(Entry::Cleared {
                id: clear.id,
                played,
                dropped,
            });
        }
        self.forget_settled();
    }

    /// Removes utterances whose units are all settled.
    fn forget_settled(&mut self) {
        while let Some(next) = self.utterances.get(1)
            && next.start <= self.settled
            && let Some(first) = self.utterances.front()
            && self
                .clears
                .iter()
                .all(|clear| clear.utterance != first.utterance)
        {
            self.utterances.pop_front();
        }
    }
}
