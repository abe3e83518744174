//! Conversion of packets to frames of samples at the program's rate.

use std::collections::VecDeque;
use std::time::Duration;

use super::frame::Frame;
use crate::pcm::{ByteOrder, Decoder, FRAME, Format, Resampler, SampleRate};
use crate::playout::SettingsError;

/// The magnitude below which samples count as silent: -48 dBFS.
const SILENCE: u16 = 128;

/// The samples of silence that are converted at a time.
const BLOCK: usize = 1024;

/// The decoder, the resampler, and the samples that wait for a complete frame.
#[derive(Debug)]
pub(super) struct Converter {
    rate: SampleRate,
    byte_order: ByteOrder,
    decoder: Decoder,
    resampler: Resampler,
    /// The packet that was decoded last, at the rate of the wire.
    decoded: Vec<i16>,
    /// Samples at the program's rate that are in no frame yet.
    pending: Vec<i16>,
    /// The time of the first of them.
    at: Duration,
    /// The positions of the next input and of `pending`, in samples since the last change of
    /// format, of the wire and of the program.
    wire: u64,
    output: u64,
    /// Pieces of silence, by their positions in the program's samples.
    fillers: VecDeque<(u64, u64)>,
}

impl Converter {
    pub(super) fn new(
        rate: SampleRate,
        format: Format,
        byte_order: ByteOrder,
        at: Duration,
    ) -> Result<Converter, SettingsError> {
        let (decoder, resampler) = converters(rate, format, byte_order)?;
        Ok(Converter {
            rate,
            byte_order,
            decoder,
            resampler,
            decoded: Vec::new(),
            pending: Vec::new(),
            at,
            wire: 0,
            output: 0,
            fillers: VecDeque::new(),
        })
    }

    /// Returns the number of samples on the wire that are held back until others follow.
    pub(super) fn lag(&self) -> u64 {
        self.resampler.delay() as u64
    }

    /// Changes the format on the wire.
    pub(super) fn set_format(&mut self, format: Format) -> Result<(), SettingsError> {
        let (decoder, resampler) = converters(self.rate, format, self.byte_order)?;
        self.resampler.finish(&mut self.pending);
        let base = self.output + self.pending.len() as u64;
        // Positions on the wire are recalculated as if all earlier audio had had this format.
        self.wire = base * u64::from(resampler.input_rate()) / u64::from(self.rate.hz());
        self.decoder = decoder;
        self.resampler = resampler;
        Ok(())
    }

    /// Decodes a packet, for [`append`](Self::append), and returns `true` if it is silent.
    pub(super) fn decode(&mut self, payload: &[u8]) -> bool {
        self.decoded.clear();
        self.decoder.decode(payload, &mut self.decoded);
        self.decoded
            .iter()
            .all(|sample| sample.unsigned_abs() < SILENCE)
    }

    /// Appends the packet that was decoded last.
    pub(super) fn append(&mut self) {
        self.wire += self.decoded.len() as u64;
        self.resampler.push(&self.decoded, &mut self.pending);
    }

    /// Appends silence.
    pub(super) fn fill(&mut self, samples: u64) {
        if samples == 0 {
            return;
        }
        let start = self.program_position();
        self.wire += samples;
        let end = self.program_position();
        match self.fillers.back_mut() {
            Some((_, last)) if *last == start => *last = end,
            _ => self.fillers.push_back((start, end)),
        }
        let mut rest = samples;
        while rest > 0 {
            let n = rest.min(BLOCK as u64);
            self.resampler
                .push(&[0; BLOCK][..n as usize], &mut self.pending);
            rest -= n;
        }
    }

    /// Returns the next frame that is complete.
    pub(super) fn next_frame(&mut self) -> Option<Frame> {
        let length = self.rate.frame_samples();
        if self.pending.len() < length {
            return None;
        }
        let rest = self.pending.split_off(length);
        let samples = std::mem::replace(&mut self.pending, rest);
        let (start, end) = (self.output, self.output + length as u64);
        self.output = end;
        let mut lost = 0;
        while let Some(&(from, to)) = self.fillers.front()
            && from < end
        {
            lost += to.min(end).saturating_sub(from.max(start));
            if to > end {
                break;
            }
            self.fillers.pop_front();
        }
        let at = self.at;
        self.at += FRAME;
        Some(Frame {
            samples,
            at,
            lost: self.rate.duration(lost),
        })
    }

    /// Completes the last frame.
    pub(super) fn finish(&mut self) {
        self.resampler.finish(&mut self.pending);
        let length = self
            .pending
            .len()
            .next_multiple_of(self.rate.frame_samples());
        self.pending.resize(length, 0);
    }

    fn program_position(&self) -> u64 {
        self.wire * u64::from(self.rate.hz()) / u64::from(self.resampler.input_rate())
    }
}

fn converters(
    rate: SampleRate,
    format: Format,
    byte_order: ByteOrder,
) -> Result<(Decoder, Resampler), SettingsError> {
    let wire = format.sample_rate();
    match (
        Decoder::new(format, byte_order),
        Resampler::new(wire.hz(), rate.hz()),
    ) {
        (Some(decoder), Ok(resampler)) => Ok((decoder, resampler)),
        _ => Err(SettingsError::NotConvertible(format)),
    }
}
