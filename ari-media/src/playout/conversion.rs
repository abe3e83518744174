//! The queue itself, and the conversion of its units to frames for the wire.
//!
//! Conversion happens when a frame is sent. The state of a codec therefore agrees with the sent
//! audio, even after the queue was cleared.

use std::collections::VecDeque;

use bytes::Bytes;

use super::types::{Audio, SettingsError};
use crate::pcm::{Encoder, FRAMES_PER_SECOND, Resampler};

/// The capacity above which an empty queue releases its memory.
const KEPT_CAPACITY: usize = 16 * 1024;

/// A queue, by the kind of audio.
#[derive(Debug)]
pub(super) enum Queue {
    Pcm {
        queue: VecDeque<i16>,
        resampler: Resampler,
        encoder: Encoder,
        /// Samples at the rate of the wire.
        pending: Vec<i16>,
        /// Samples of a frame on the wire.
        frame: usize,
    },
    Bytes {
        queue: VecDeque<u8>,
        pending: Vec<u8>,
        frame: usize,
        silence: &'static [u8],
    },
    Packets {
        queue: VecDeque<Bytes>,
        pending: Option<Bytes>,
    },
}

impl Queue {
    pub(super) fn new(audio: Audio) -> Result<Queue, SettingsError> {
        Ok(match audio {
            Audio::Pcm {
                rate,
                format,
                byte_order,
            } => {
                let wire = format.sample_rate();
                match (
                    Encoder::new(format, byte_order),
                    Resampler::new(rate.hz(), wire.hz()),
                ) {
                    (Some(encoder), Ok(resampler)) => Queue::Pcm {
                        queue: VecDeque::new(),
                        resampler,
                        encoder,
                        pending: Vec::new(),
                        frame: wire.frame_samples(),
                    },
                    _ => return Err(SettingsError::NotConvertible(format)),
                }
            }
            Audio::Raw(format) => match (format.silence(), format.frame_bytes()) {
                (Some(silence), Some(frame)) => Queue::Bytes {
                    queue: VecDeque::new(),
                    pending: Vec::new(),
                    frame,
                    silence,
                },
                _ => Queue::Packets {
                    queue: VecDeque::new(),
                    pending: None,
                },
            },
        })
    }

    /// Drops everything.
    pub(super) fn clear(&mut self) {
        match self {
            Queue::Pcm {
                queue,
                resampler,
                pending,
                ..
            } => {
                queue.clear();
                queue.shrink_to(KEPT_CAPACITY);
                resampler.reset();
                pending.clear();
            }
            Queue::Bytes { queue, pending, .. } => {
                queue.clear();
                queue.shrink_to(KEPT_CAPACITY);
                pending.clear();
            }
            Queue::Packets { queue, pending } => {
                queue.clear();
                *pending = None;
            }
        }
    }

    /// Returns `true` if a frame is ready.
    pub(super) fn has_frame(&self) -> bool {
        match self {
            Queue::Pcm { pending, frame, .. } => pending.len() >= *frame,
            Queue::Bytes { pending, frame, .. } => pending.len() >= *frame,
            Queue::Packets { pending, .. } => pending.is_some(),
        }
    }

    /// Converts some units, at most as many as are available, and returns their number.
    pub(super) fn convert(&mut self, available: u64) -> u64 {
        let limit = |n: usize| usize::try_from(available).map_or(n, |available| available.min(n));
        match self {
            Queue::Pcm {
                queue,
                resampler,
                pending,
                ..
            } => {
                let n = limit(resampler.input_rate() as usize / FRAMES_PER_SECOND as usize);
                let (front, _) = queue.as_slices();
                let front = &front[..front.len().min(n)];
                let taken = front.len();
                resampler.push(front, pending);
                queue.drain(..taken);
                give_back(queue);
                taken as u64
            }
            Queue::Bytes {
                queue,
                pending,
                frame,
                ..
            } => {
                let n = limit(*frame - pending.len()).min(queue.len());
                pending.extend(queue.drain(..n));
                give_back(queue);
                n as u64
            }
            Queue::Packets { queue, pending } => {
                *pending = queue.pop_front();
                1
            }
        }
    }

    /// Completes the last frame, and returns `true` if there is one.
    pub(super) fn finish(&mut self) -> bool {
        match self {
            Queue::Pcm {
                resampler,
                pending,
                frame,
                ..
            } => {
                resampler.finish(pending);
                pending.resize(pending.len().next_multiple_of(*frame), 0);
            }
            Queue::Bytes {
                pending,
                frame,
                silence,
                ..
            } => {
                let length = pending.len().next_multiple_of(*frame);
                while pending.len() < length {
                    pending.push(silence[pending.len() % silence.len()]);
                }
            }
            Queue::Packets { .. } => {}
        }
        self.has_frame()
    }

    /// Returns a frame, and its units on the wire.
    pub(super) fn take_frame(&mut self) -> (Bytes, u64) {
        match self {
            Queue::Pcm {
                encoder,
                pending,
                frame,
                ..
            } => {
                let mut bytes = Vec::with_capacity(2 * *frame);
                encoder.encode(&pending[..*frame], &mut bytes);
                pending.drain(..*frame);
                (bytes.into(), *frame as u64)
            }
            Queue::Bytes { pending, frame, .. } => {
                let bytes: Vec<u8> = pending.drain(..*frame).collect();
                (bytes.into(), *frame as u64)
            }
            Queue::Packets { pending, .. } => (pending.take().unwrap_or_default(), 1),
        }
    }

    /// Returns the program's units of a number of units on the wire.
    pub(super) fn program_units(&self, wire: u64) -> u64 {
        match self {
            Queue::Pcm { resampler, .. } => {
                wire * u64::from(resampler.input_rate()) / u64::from(resampler.output_rate())
            }
            Queue::Bytes { .. } | Queue::Packets { .. } => wire,
        }
    }
}

fn give_back<T>(queue: &mut VecDeque<T>) {
    if queue.is_empty() && queue.capacity() > KEPT_CAPACITY {
        queue.shrink_to(KEPT_CAPACITY);
    }
}
