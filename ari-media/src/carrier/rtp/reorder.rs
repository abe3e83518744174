//! Reordering of packets that arrive out of order, with a small delay.
//!
//! Packets in order are passed on immediately. A packet behind a gap waits for the missing ones,
//! but not longer than [`MAX_WAIT`] and not for more than [`MAX_HELD`] packets. Late packets and
//! duplicates are dropped.

use std::collections::VecDeque;
use std::time::Duration;

use crate::carrier::rtp::packet::Packet;

/// The longest time that a packet waits for an earlier one.
const MAX_WAIT: Duration = Duration::from_millis(40);

/// The largest number of packets that wait.
const MAX_HELD: usize = 4;

/// A difference of sequence numbers above which the sender has restarted.
const MAX_JUMP: u16 = 3000;

/// Counts of packets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReorderStats {
    /// Packets that never arrived, or arrived too late.
    pub lost: u64,
    /// Packets that arrived after a later one had been passed on, and duplicates.
    pub late: u64,
}

/// A packet in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Arrival {
    /// The packet.
    pub packet: Packet,
    /// The number of packets that are missing before it.
    pub lost: u16,
    /// True if the sender has restarted. Its sequence numbers and timestamps are then unrelated to
    /// earlier ones.
    pub is_new_stream: bool,
}

/// The packets of one sender.
#[derive(Clone, Debug, Default)]
pub struct Reorder {
    /// The source and the next sequence number.
    expected: Option<(u32, u16)>,
    /// Packets behind a gap, by sequence number, with their time of arrival.
    held: VecDeque<(Duration, Packet)>,
    /// True if the next packet is the first of a new stream.
    begins: bool,
    stats: ReorderStats,
}

impl Reorder {
    /// Creates an empty state.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the counts so far.
    pub fn stats(&self) -> ReorderStats {
        self.stats
    }

    /// Adds a packet that has arrived. `now` is the time since any fixed instant.
    ///
    /// Call [`Reorder::pop`] until it returns `None` before adding another one.
    pub fn push(&mut self, packet: Packet, now: Duration) {
        let next = match self.expected {
            Some((ssrc, next)) if ssrc == packet.ssrc && !is_far(next, packet.sequence) => next,
            _ => {
                // The old stream has ended, so its waiting packets can no longer be completed.
                self.stats.lost += self.held.len() as u64;
                self.held.clear();
                self.begins = true;
                self.expected = Some((packet.ssrc, packet.sequence));
                packet.sequence
            }
        };
        let ahead = packet.sequence.wrapping_sub(next);
        let position = |held: &Packet| held.sequence.wrapping_sub(next);
        let at = self
            .held
            .partition_point(|(_, held)| position(held) < ahead);
        let is_copy = self
            .held
            .get(at)
            .is_some_and(|(_, held)| position(held) == ahead);
        if ahead > MAX_JUMP || is_copy {
            self.stats.late += 1;
        } else {
            self.held.insert(at, (now, packet));
        }
    }

    /// Returns the next packet in order, immediately if none is missing before it, otherwise when
    /// it has waited long enough. `now` is the time as in [`Reorder::push`].
    pub fn pop(&mut self, now: Duration) -> Option<Arrival> {
        let (ssrc, next) = self.expected?;
        let (arrived, first) = self.held.front()?;
        let lost = first.sequence.wrapping_sub(next);
        let waited = now.saturating_sub(*arrived);
        if lost > 0 && waited < MAX_WAIT && self.held.len() <= MAX_HELD {
            return None;
        }
        let (_, packet) = self.held.pop_front()?;
        self.expected = Some((ssrc, packet.sequence.wrapping_add(1)));
        self.stats.lost += u64::from(lost);
        Some(Arrival {
            packet,
            lost,
            is_new_stream: std::mem::take(&mut self.begins),
        })
    }

    /// Returns the time at which [`Reorder::pop`] returns a packet that waits, if there is one.
    pub fn deadline(&self) -> Option<Duration> {
        let (arrived, _) = self.held.front()?;
        Some(*arrived + MAX_WAIT)
    }
}

/// Returns true if a sequence number is too far from the expected one, in either direction, to
/// belong to the same stream.
fn is_far(expected: u16, sequence: u16) -> bool {
    let ahead = sequence.wrapping_sub(expected);
    ahead.min(ahead.wrapping_neg()) > MAX_JUMP
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use proptest::prelude::*;

    use super::*;

    fn packet(ssrc: u32, sequence: u16) -> Packet {
        Packet {
            payload_type: 0,
            marker: false,
            sequence,
            timestamp: u32::from(sequence) * 160,
            ssrc,
            payload: Bytes::new(),
        }
    }

    /// Adds the packets 20 ms apart, and returns the sequence number of each packet in order, with
    /// the number of packets lost before it.
    fn run(sequences: &[u16]) -> (Vec<(u16, u16)>, ReorderStats) {
        let mut reorder = Reorder::new();
        let mut found = Vec::new();
        let mut now = Duration::ZERO;
        for sequence in sequences {
            reorder.push(packet(1, *sequence), now);
            while let Some(arrival) = reorder.pop(now) {
                found.push((arrival.packet.sequence, arrival.lost));
            }
            now += Duration::from_millis(20);
        }
        now += MAX_WAIT;
        while let Some(arrival) = reorder.pop(now) {
            found.push((arrival.packet.sequence, arrival.lost));
        }
        (found, reorder.stats())
    }

    #[test]
    fn packets_come_out_in_order() {
        for (sequences, expected, lost, late) in [
            (vec![5, 6, 7], vec![(5, 0), (6, 0), (7, 0)], 0, 0),
            (vec![5, 7, 6, 8], vec![(5, 0), (6, 0), (7, 0), (8, 0)], 0, 0),
            (vec![5, 5, 6, 6], vec![(5, 0), (6, 0)], 0, 2),
            (
                vec![65_535, 1, 0, 2],
                vec![(65_535, 0), (0, 0), (1, 0), (2, 0)],
                0,
                0,
            ),
            (vec![5, 7], vec![(5, 0), (7, 1)], 1, 0),
            // The missing packet arrives after the wait.
            (
                vec![5, 7, 8, 9, 6],
                vec![(5, 0), (7, 1), (8, 0), (9, 0)],
                1,
                1,
            ),
        ] {
            let (found, stats) = run(&sequences);
            assert_eq!(found, expected, "{sequences:?}");
            assert_eq!((stats.lost, stats.late), (lost, late), "{sequences:?}");
        }
    }

    /// In a burst no time passes, so the number of packets that wait is the limit.
    #[test]
    fn burst_beyond_a_gap_waits_for_few_packets() {
        let mut reorder = Reorder::new();
        let mut pushed = |sequence| {
            reorder.push(packet(1, sequence), Duration::ZERO);
            reorder
                .pop(Duration::ZERO)
                .map(|arrival| (arrival.packet.sequence, arrival.lost))
        };
        assert_eq!(pushed(5), Some((5, 0)));
        for sequence in 7..11 {
            assert_eq!(pushed(sequence), None);
        }
        assert_eq!(pushed(11), Some((7, 1)));
    }

    #[test]
    fn sender_that_begins_anew_is_followed() {
        let mut reorder = Reorder::new();
        let mut next = |packet: Packet| {
            reorder.push(packet, Duration::ZERO);
            let arrival = reorder.pop(Duration::ZERO).unwrap();
            (
                arrival.packet.ssrc,
                arrival.packet.sequence,
                arrival.is_new_stream,
            )
        };
        assert_eq!(next(packet(1, 40_000)), (1, 40_000, true));
        assert_eq!(next(packet(1, 40_001)), (1, 40_001, false));
        assert_eq!(next(packet(2, 40_001)), (2, 40_001, true));
        assert_eq!(next(packet(2, 9)), (2, 9, true));
        assert_eq!(next(packet(2, 10)), (2, 10, false));
        assert_eq!(reorder.stats(), ReorderStats::default());
    }

    proptest! {
        /// For every mixture, no packet is returned twice or out of order, and every packet is
        /// accounted for.
        #[test]
        fn order_and_counts_hold(shifts in prop::collection::vec(0..6_u16, 1..300)) {
            let sequences: Vec<u16> = shifts
                .iter()
                .enumerate()
                .map(|(at, shift)| 65_000_u16.wrapping_add(at as u16).wrapping_add(*shift))
                .collect();
            let (found, stats) = run(&sequences);
            let first = found[0].0;
            let mut end = first;
            for (sequence, lost) in &found {
                prop_assert_eq!(sequence.wrapping_sub(*lost), end);
                end = sequence.wrapping_add(1);
            }
            prop_assert_eq!(found.len() as u64 + stats.late, sequences.len() as u64);
            prop_assert_eq!(u64::from(end.wrapping_sub(first)), found.len() as u64 + stats.lost);
        }
    }
}
