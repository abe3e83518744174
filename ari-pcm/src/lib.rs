#![cfg_attr(docsrs, feature(doc_cfg))]
#![doc = include_str!("../README.md")]

mod codec;
mod filter;
mod format;
mod g722;
mod level;
mod rate;
mod resampler;
pub mod wav;

pub use codec::{Decoder, Encoder};
pub use format::{ByteOrder, Format, UnknownFormat};
pub use level::Level;
pub use rate::{
    FRAME, FRAMES_PER_SECOND, SampleRate, UnsupportedRate, duration_to_units, units_to_duration,
};
pub use resampler::Resampler;
