//! Audio: samples, their formats on the wire, and the audio state of a channel.

mod channel_audio;
mod format;
mod samples;

pub(crate) use channel_audio::ChannelAudio;
pub use channel_audio::ReceivedAudio;
pub(crate) use format::{AudioDecoder, AudioEncoder, AudioFormat};
pub(crate) use samples::{Audio, AudioBuffer, FRAME_DURATION};
