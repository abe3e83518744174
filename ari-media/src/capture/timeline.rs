//! The place of each packet in time.

use std::time::{Duration, Instant};

use crate::pcm::{FRAME, SampleRate, duration_to_units, units_to_duration};

/// The jitter that does not count as a gap, measured from the time at which a packet is expected
/// after the one before.
const TOLERANCE: Duration = Duration::from_millis(60);

/// The most by which audio may be ahead of its time, after a burst. More is dropped.
const MAX_AHEAD: Duration = Duration::from_secs(1);

/// The largest step backwards of sequence numbers that indicates a late packet, not another source.
const MAX_MISORDERED: u16 = 100;

/// The largest step forwards that indicates a loss.
const MAX_MISSING: u16 = 50;

/// The clock that the receivers of a session share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MediaClock {
    start: Instant,
}

impl MediaClock {
    /// Creates a clock that starts now.
    pub(crate) fn new(now: Instant) -> MediaClock {
        MediaClock { start: now }
    }

    /// Returns the time since the start.
    pub(crate) fn elapsed(&self, now: Instant) -> Duration {
        now.saturating_duration_since(self.start)
    }
}

/// Returns the beginning of the first frame that is not before a time.
pub(super) fn next_frame(time: Duration) -> Duration {
    let frames = time.as_nanos().div_ceil(FRAME.as_nanos());
    FRAME * u32::try_from(frames).unwrap_or(u32::MAX)
}

/// Audio without gaps, which advances with arriving packets and with the clock. Positions are
/// samples on the wire since the clock started.
#[derive(Debug)]
pub(super) struct Timeline {
    clock: MediaClock,
    rate: SampleRate,
    /// The position of the next audio.
    next: u64,
    /// True if expected audio did not arrive, so that the clock alone determines the position of
    /// the next audio.
    is_in_gap: bool,
    sequence: Option<u16>,
    /// The instant at which the task has to wake, and the end of its catching up if it did not.
    wake: Option<Instant>,
    catching_up: Option<Instant>,
}

/// The place of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placement {
    /// The packet is repeated or too late.
    Ignore,
    /// The packet would make time lag behind.
    Drop,
    /// The packet follows after this many samples of silence.
    Append { fill: u64, at: Duration },
}

impl Timeline {
    pub(super) fn new(clock: MediaClock, rate: SampleRate, now: Instant) -> Timeline {
        let next = rate.samples(next_frame(clock.elapsed(now)));
        Timeline {
            clock,
            rate,
            next,
            is_in_gap: true,
            sequence: None,
            wake: None,
            catching_up: None,
        }
    }

    pub(super) fn forget_sequence(&mut self) {
        self.sequence = None;
    }

    /// Changes the rate on the wire.
    pub(super) fn set_rate(&mut self, rate: SampleRate) {
        self.next = duration_to_units(self.rate.duration(self.next), rate.hz());
        self.rate = rate;
    }

    /// Returns the placement of a number of samples that arrived now. `lag` is the number of
    /// samples that the conversion to frames holds back, or `None` if there are no frames.
    pub(super) fn place(
        &mut self,
        units: u64,
        lag: Option<u64>,
        sequence: Option<u16>,
        is_silent: bool,
        now: Instant,
    ) -> Placement {
        let Some(missing) = self.missing_packets(sequence) else {
            return Placement::Ignore;
        };
        let catches_up = self.detect_stall(now);
        let tolerance = self.rate.samples(TOLERANCE);
        // The audio ends now, so it began `units` ago.
        let by_clock = self
            .rate
            .samples(self.clock.elapsed(now))
            .saturating_sub(units);
        let behind = by_clock.saturating_sub(self.next);
        let fill = match (catches_up, self.is_in_gap) {
            (true, true) => 0,
            (false, true) => self.align(behind, units, lag),
            // Sequence numbers may jump for other reasons, so the clock limits the missing audio.
            (_, false) if missing > 0 => (missing * units).min(behind + tolerance),
            (false, false) if behind > tolerance => self.align(behind, units, lag),
            (_, false) => 0,
        };
        self.is_in_gap &= catches_up;
        let ahead = (self.next + fill).saturating_sub(by_clock);
        if ahead > self.rate.samples(MAX_AHEAD) || (is_silent && ahead > tolerance + units) {
            return Placement::Drop;
        }
        let at = units_to_duration(self.next + fill, self.rate.hz());
        self.next += fill + units;
        Placement::Append { fill, at }
    }

    /// Returns the silence before a packet, changed by 10 ms at most unless it would be negative,
    /// such that the packet completes a frame. The frame would otherwise wait for the next packet,
    /// and so would all frames until the next gap.
    fn align(&self, fill: u64, units: u64, lag: Option<u64>) -> u64 {
        let Some(lag) = lag else {
            return fill;
        };
        let frame = self.rate.frame_samples() as u64;
        let excess = (self.next + fill + units + frame - lag % frame) % frame;
        if excess <= fill.min(frame / 2) {
            fill - excess
        } else {
            fill + frame - excess
        }
    }

    /// Returns the number of packets that are missing before this one, or `None` if it is repeated
    /// or late.
    fn missing_packets(&mut self, sequence: Option<u16>) -> Option<u64> {
        let (Some(sequence), Some(last)) = (sequence, self.sequence) else {
            self.sequence = sequence.or(self.sequence);
            return Some(0);
        };
        if last.wrapping_sub(sequence) < MAX_MISORDERED {
            return None;
        }
        self.sequence = Some(sequence);
        let missing = sequence.wrapping_sub(last).wrapping_sub(1);
        Some(if missing <= MAX_MISSING {
            u64::from(missing)
        } else {
            0
        })
    }

    /// Returns the number of samples of silence that are due by now, in whole frames.
    pub(super) fn fill(&mut self, now: Instant) -> u64 {
        if self.detect_stall(now) {
            return 0;
        }
        let frame = self.rate.frame_samples() as u64;
        let expected = self.next + self.rate.samples(TOLERANCE);
        let overdue = self
            .rate
            .samples(self.clock.elapsed(now))
            .saturating_sub(expected);
        let fill = overdue / frame * frame;
        self.is_in_gap |= fill > 0;
        self.next += fill;
        fill
    }

    /// Returns the instant at which silence will be due, and records that the task has to wake
    /// then.
    pub(super) fn deadline(&mut self) -> Instant {
        let due = self.clock.start + self.rate.duration(self.next) + FRAME + TOLERANCE;
        let wake = self.catching_up.map_or(due, |until| due.max(until));
        self.wake = Some(wake);
        wake
    }

    /// Returns `true` if the task itself did not run in time. It then has to read the packets that
    /// arrived during the stall, which are no later than the task.
    fn detect_stall(&mut self, now: Instant) -> bool {
        if self.wake.is_some_and(|wake| now > wake + FRAME) {
            self.wake = None;
            self.catching_up = Some(now + FRAME);
        }
        let catches_up = self.catching_up.is_some_and(|until| now < until);
        if !catches_up {
            self.catching_up = None;
        }
        catches_up
    }
}
