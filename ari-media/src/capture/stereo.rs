//! Combination of two receivers, the directions of a call, as the two channels of a stereo stream
//! without gaps.

use std::collections::VecDeque;
use std::time::Duration;

use super::frame::Frame;
use crate::pcm::FRAME;

/// The most frames of one side that wait for the other.
const MAX_WAITING: usize = 100;

/// Pairs the frames of two receivers with the same clock and rate.
#[derive(Debug)]
pub(crate) struct Stereo {
    sides: [VecDeque<Frame>; 2],
    /// True for each side that has ended.
    has_ended: [bool; 2],
    /// The time of the next frame, and its number of samples of one side. `None` before the first.
    next: Option<(Duration, usize)>,
}

impl Stereo {
    /// Creates an empty pair.
    pub(crate) fn new() -> Stereo {
        Stereo {
            sides: [VecDeque::new(), VecDeque::new()],
            has_ended: [false; 2],
            next: None,
        }
    }

    /// Adds a frame of the left side (0) or the right one (1). It is dropped if the other side
    /// could not wait for it.
    pub(crate) fn push(&mut self, side: usize, frame: Frame) {
        let is_late = self.next.is_some_and(|(at, _)| frame.at < at);
        if !is_late && let Some(queue) = self.sides.get_mut(side) {
            queue.push_back(frame);
        }
    }

    /// Records that a side has ended. The other one no longer waits for it.
    pub(crate) fn end(&mut self, side: usize) {
        if let Some(has_ended) = self.has_ended.get_mut(side) {
            *has_ended = true;
        }
    }

    /// Returns true for each side that has ended.
    pub(crate) fn has_ended(&self) -> [bool; 2] {
        self.has_ended
    }

    /// Returns the next frame of both sides, whose samples alternate. Its missing time is the
    /// longer one of both. A side that has lost a frame, or ended, is silent. Frames follow one
    /// another without a gap, also if both sides have lost the same one.
    pub(crate) fn next_frame(&mut self) -> Option<Frame> {
        let is_long = self.sides.iter().any(|side| side.len() > MAX_WAITING);
        let is_ready = |(side, has_ended): (&VecDeque<Frame>, bool)| has_ended || !side.is_empty();
        if !is_long && !self.sides.iter().zip(self.has_ended).all(is_ready) {
            return None;
        }
        let fronts = self.sides.iter().filter_map(VecDeque::front);
        let first = fronts.min_by_key(|frame| frame.at)?;
        let (at, length) = self.next.unwrap_or((first.at, first.samples.len()));
        self.next = Some((at + FRAME, length));
        let [left, right] = self.sides.each_mut().map(|side| {
            let is_here = side.front().is_some_and(|frame| frame.at == at);
            let frame = if is_here { side.pop_front() } else { None };
            frame.unwrap_or_else(|| Frame {
                samples: vec![0; length],
                at,
                lost: FRAME,
            })
        });
        let samples = left
            .samples
            .iter()
            .zip(&right.samples)
            .flat_map(|(&l, &r)| [l, r])
            .collect();
        Some(Frame {
            samples,
            at,
            lost: left.lost.max(right.lost),
        })
    }
}
