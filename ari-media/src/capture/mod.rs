//! The path from the caller, which converts received packets to frames without gaps, on one clock.
//!
//! Carriers send nothing while the call is silent, and packets arrive late or in bursts.
//! [`Capture`] converts them to frames of 20 ms that follow one another without a gap. It replaces
//! missing audio with silence, and counts it. Each frame has its time on a [`MediaClock`].
//! Receivers that share the clock, such as the two directions of a tap, have frames at the same
//! times.
//!
//! Like the queue to the caller, it has neither I/O nor a clock. The connection passes each packet
//! with the instant of its arrival to [`packet`](Capture::packet), and calls
//! [`poll`](Capture::poll) at the instant that it returned.

mod backlog;
mod converter;
mod frame;
mod stereo;
#[cfg(test)]
mod tests;
mod timeline;

use std::time::{Duration, Instant};

use bytes::Bytes;

use crate::pcm::{Format, SampleRate, units_to_duration};
use crate::playout::{Audio, SettingsError};
use backlog::Backlog;
use converter::Converter;
pub(crate) use frame::{CaptureStats, Received};
pub use frame::{Frame, RawFrame};
pub(crate) use stereo::Stereo;
pub(crate) use timeline::MediaClock;
use timeline::{Placement, Timeline};

/// The most audio that waits for a slow program. Beyond it, the oldest is dropped.
const MAX_BACKLOG: Duration = Duration::from_secs(2);

/// The receiver of one direction of a call.
#[derive(Debug)]
pub(crate) struct Capture {
    timeline: Timeline,
    /// `None` if the program receives raw packets.
    converter: Option<Converter>,
    format: Format,
    /// The time without audio before the next raw packet.
    gap: Duration,
    backlog: Backlog,
    stats: CaptureStats,
}

impl Capture {
    /// Creates a receiver. Its first frame begins now, or up to 20 ms later, so that the frames of
    /// all receivers with this clock have the same times.
    ///
    /// # Errors
    ///
    /// Returns [`SettingsError`] if the format on the wire cannot be converted to PCM.
    pub(crate) fn new(
        audio: Audio,
        clock: MediaClock,
        now: Instant,
    ) -> Result<Capture, SettingsError> {
        let (format, converter) = match audio {
            Audio::Pcm {
                rate,
                format,
                byte_order,
            } => {
                let start = timeline::next_frame(clock.elapsed(now));
                (
                    format,
                    Some(Converter::new(rate, format, byte_order, start)?),
                )
            }
            Audio::Raw(format) => (format, None),
        };
        Ok(Capture {
            timeline: Timeline::new(clock, format.sample_rate(), now),
            converter,
            format,
            gap: Duration::ZERO,
            backlog: Backlog::new(MAX_BACKLOG),
            stats: CaptureStats::default(),
        })
    }

    /// Adds the audio of a packet that arrived now, with its sequence number if the carrier has
    /// one. Repeated packets, and those that arrive after a later one, are ignored.
    pub(crate) fn packet(&mut self, payload: Bytes, sequence: Option<u16>, now: Instant) {
        self.stats.packets += 1;
        let units = self.format.samples_in(payload.len());
        let is_silent = self.converter.as_mut().is_some_and(|c| c.decode(&payload));
        let lag = self.converter.as_ref().map(Converter::lag);
        match self.timeline.place(units, lag, sequence, is_silent, now) {
            Placement::Ignore => self.stats.ignored += 1,
            Placement::Drop => {
                let lost = self.duration(units);
                self.stats.dropped += lost;
                if !is_silent {
                    self.backlog.report_loss(lost);
                }
            }
            Placement::Append { fill, at } => {
                self.fill(fill);
                if let Some(converter) = &mut self.converter {
                    converter.append();
                } else {
                    let lost = std::mem::take(&mut self.gap);
                    let duration = self.duration(units);
                    let packet = RawFrame {
                        packet: payload,
                        at,
                        lost,
                    };
                    self.backlog.push(Received::Packet(packet), duration);
                }
                self.collect();
            }
        }
    }

    /// Fills missing audio up to now with silence. Raw packets only record it. Returns the instant
    /// at which to call again. Pass all packets that have arrived to [`packet`](Self::packet)
    /// before.
    pub(crate) fn poll(&mut self, now: Instant) -> Instant {
        let fill = self.timeline.fill(now);
        self.fill(fill);
        self.collect();
        self.timeline.deadline()
    }

    /// Returns the next frame or packet, or the amount of audio that was lost before it.
    pub(crate) fn next_received(&mut self) -> Option<Received> {
        self.backlog.pop()
    }

    /// Changes the format on the wire, for a carrier that names it with each packet.
    ///
    /// # Errors
    ///
    /// Returns [`SettingsError`] if it cannot be converted to PCM.
    pub(crate) fn set_format(&mut self, format: Format) -> Result<(), SettingsError> {
        if format != self.format {
            if let Some(converter) = &mut self.converter {
                converter.set_format(format)?;
            }
            self.timeline.set_rate(format.sample_rate());
            self.format = format;
        }
        Ok(())
    }

    /// Resets the last sequence number because another source begins, such as another SSRC of RTP.
    pub(crate) fn forget_sequence(&mut self) {
        self.timeline.forget_sequence();
    }

    /// Completes the last frame because the connection has ended.
    pub(crate) fn finish(&mut self) {
        if let Some(converter) = &mut self.converter {
            converter.finish();
            self.collect();
        }
    }

    /// Returns the counters of the receiver.
    pub(crate) fn stats(&self) -> CaptureStats {
        CaptureStats {
            overflowed: self.backlog.overflowed(),
            ..self.stats
        }
    }

    /// Appends silence.
    fn fill(&mut self, units: u64) {
        let duration = self.duration(units);
        self.stats.filled += duration;
        match &mut self.converter {
            Some(converter) => converter.fill(units),
            None => self.gap += duration,
        }
    }

    /// Moves complete frames to the queue for the program.
    fn collect(&mut self) {
        while let Some(frame) = self.converter.as_mut().and_then(Converter::next_frame) {
            self.backlog.push(Received::Frame(frame), crate::pcm::FRAME);
        }
    }

    fn duration(&self, units: u64) -> Duration {
        let rate: SampleRate = self.format.sample_rate();
        units_to_duration(units, rate.hz())
    }
}
