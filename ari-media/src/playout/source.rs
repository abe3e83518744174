//! The positions of pushed, converted and sent units in the queue, and of the ends at which frames
//! are completed.

use std::collections::VecDeque;

use bytes::Bytes;

use super::conversion::Queue;
use super::types::{Audio, SettingsError};
use crate::pcm::{FRAMES_PER_SECOND, Format};

/// A queue of units, which are numbered from the first that was ever pushed.
#[derive(Debug)]
pub(super) struct Source {
    queue: Queue,
    /// The positions at which frames are completed with silence, in order.
    ends: VecDeque<u64>,
    /// The positions after the last unit that was pushed, taken out of the queue, and sent.
    pushed: u64,
    taken: u64,
    sent: u64,
    /// The position at which conversion began, and the units on the wire since.
    segment: u64,
    converted: u64,
    /// The end that has been reached, while frames before it are left.
    closing: Option<u64>,
}

/// A frame, and the positions of its units.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) payload: Bytes,
    pub(super) start: u64,
    pub(super) end: u64,
}

impl Source {
    pub(super) fn new(audio: Audio) -> Result<Source, SettingsError> {
        Ok(Source {
            queue: Queue::new(audio)?,
            ends: VecDeque::new(),
            pushed: 0,
            taken: 0,
            sent: 0,
            segment: 0,
            converted: 0,
            closing: None,
        })
    }

    /// Returns the number of units in a second.
    pub(super) fn units_per_second(audio: Audio) -> u32 {
        let frame_bytes = |format: Format| format.silence().and(format.frame_bytes());
        match audio {
            Audio::Pcm { rate, .. } => rate.hz(),
            Audio::Raw(format) => {
                FRAMES_PER_SECOND * frame_bytes(format).map_or(1, |bytes| bytes as u32)
            }
        }
    }

    /// Returns `true` if several frames can go into one message.
    pub(super) fn joins_frames(&self) -> bool {
        !matches!(self.queue, Queue::Packets { .. })
    }

    pub(super) fn pushed(&self) -> u64 {
        self.pushed
    }

    pub(super) fn sent(&self) -> u64 {
        self.sent
    }

    /// Returns the number of units that were not sent yet.
    pub(super) fn queued(&self) -> u64 {
        self.pushed - self.sent
    }

    /// Appends samples. Returns `false` if the queue is for raw audio.
    pub(super) fn push_samples(&mut self, samples: &[i16]) -> bool {
        let Queue::Pcm { queue, .. } = &mut self.queue else {
            return false;
        };
        queue.extend(samples);
        self.pushed += samples.len() as u64;
        true
    }

    /// Returns the units of raw audio, or `None` if the queue is for samples.
    pub(super) fn raw_units(&self, raw: &Bytes) -> Option<u64> {
        match &self.queue {
            Queue::Pcm { .. } => None,
            Queue::Bytes { .. } => Some(raw.len() as u64),
            Queue::Packets { .. } => Some(u64::from(!raw.is_empty())),
        }
    }

    /// Appends raw audio.
    pub(super) fn push_raw(&mut self, raw: Bytes) {
        let units = self.raw_units(&raw).unwrap_or(0);
        match &mut self.queue {
            Queue::Bytes { queue, .. } => queue.extend(&raw),
            Queue::Packets { queue, .. } if units > 0 => queue.push_back(raw),
            Queue::Pcm { .. } | Queue::Packets { .. } => {}
        }
        self.pushed += units;
    }

    /// Completes the frame of the unit that was pushed last.
    pub(super) fn end_here(&mut self) {
        let last = self.ends.back().copied().unwrap_or(self.segment);
        if self.pushed > last {
            self.ends.push_back(self.pushed);
        }
    }

    /// Drops all units that were not sent.
    pub(super) fn clear(&mut self) {
        self.queue.clear();
        self.ends.clear();
        self.closing = None;
        (self.taken, self.sent) = (self.pushed, self.pushed);
        self.begin_segment(self.pushed);
    }

    /// Converts until a frame is ready, and returns `true` if there is one.
    pub(super) fn fill(&mut self) -> bool {
        while !self.queue.has_frame() {
            let end = self.ends.front().copied();
            let available = end.unwrap_or(self.pushed) - self.taken;
            if available > 0 {
                self.taken += self.queue.convert(available);
            } else if let Some(end) = end {
                self.ends.pop_front();
                if self.queue.finish() {
                    self.closing = Some(end);
                } else {
                    self.begin_segment(end);
                }
            } else {
                return false;
            }
        }
        true
    }

    /// Returns the next frame if [`fill`](Self::fill) had one.
    pub(super) fn take_frame(&mut self) -> Option<Frame> {
        if !self.queue.has_frame() {
            return None;
        }
        let (payload, units) = self.queue.take_frame();
        self.converted += units;
        let start = self.sent;
        let position = self.segment + self.queue.program_units(self.converted);
        self.sent = position.min(self.closing.unwrap_or(self.taken));
        if let Some(end) = self.closing
            && !self.queue.has_frame()
        {
            self.closing = None;
            self.sent = end;
            self.begin_segment(end);
        }
        Some(Frame {
            payload,
            start,
            end: self.sent,
        })
    }

    fn begin_segment(&mut self, position: u64) {
        self.segment = position;
        self.converted = 0;
    }
}
