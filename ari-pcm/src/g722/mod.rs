//! G.722 at 64 kbit/s, after the block diagrams of ITU-T Recommendation G.722.
//!
//! The 16 kHz signal is split into a lower and a higher band ([`qmf`]), each of which is coded by
//! an adaptive predictor and quantizer ([`band`]): 6 bits for the lower one, 2 for the higher.

mod band;
mod qmf;
mod tables;

use band::{Band, HIGHER, LOWER};

/// The encoder of one stream.
#[derive(Clone, Debug)]
pub(super) struct Encoder {
    split: qmf::Delay,
    lower: Band,
    higher: Band,
}

impl Default for Encoder {
    fn default() -> Encoder {
        Encoder {
            split: qmf::Delay::default(),
            lower: LOWER,
            higher: HIGHER,
        }
    }
}

impl Encoder {
    /// Returns the byte for two samples.
    pub(super) fn encode(&mut self, samples: [i16; 2]) -> u8 {
        let (low, high) = self.split.analyse(samples);
        let low_code = self.lower.quantize_lower(low);
        self.lower.adapt_lower(low_code);
        let high_code = self.higher.quantize_higher(high);
        self.higher.adapt_higher(high_code);
        high_code << 6 | low_code
    }
}

/// The decoder of one stream.
#[derive(Clone, Debug)]
pub(super) struct Decoder {
    join: qmf::Delay,
    lower: Band,
    higher: Band,
}

impl Default for Decoder {
    fn default() -> Decoder {
        Decoder {
            join: qmf::Delay::default(),
            lower: LOWER,
            higher: HIGHER,
        }
    }
}

impl Decoder {
    /// Returns the two samples of a byte.
    pub(super) fn decode(&mut self, byte: u8) -> [i16; 2] {
        let (low_code, high_code) = (byte & 0x3f, byte >> 6);
        let low = self.lower.reconstruct_lower(low_code);
        self.lower.adapt_lower(low_code);
        let high = self.higher.reconstruct_higher(high_code);
        self.higher.adapt_higher(high_code);
        self.join.synthesize(low, high)
    }
}

#[cfg(test)]
mod tests;
