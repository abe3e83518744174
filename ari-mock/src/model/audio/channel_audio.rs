//! The audio state of a channel.

use std::collections::VecDeque;
use std::time::Duration;

use super::samples::{Audio, AudioBuffer};

/// The number of pieces of received audio that are kept: ten minutes of frames.
const MAX_RECEIVED: usize = 30_000;

/// A piece of audio that a party has heard.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ReceivedAudio {
    /// The time of its arrival, as [`Asterisk::uptime`](crate::Asterisk::uptime) returns it.
    pub at: Duration,
    /// Samples per second.
    pub sample_rate: u32,
    /// The samples, usually those of 20 milliseconds.
    pub samples: Vec<i16>,
}

/// The audio of a channel.
#[derive(Debug, Default)]
pub(crate) struct ChannelAudio {
    /// Audio that the party is going to send.
    pub(crate) to_send: AudioBuffer,
    /// Audio that the party has heard.
    pub(crate) received: VecDeque<ReceivedAudio>,
    /// Audio from this channel for the mix of its bridge.
    pub(crate) mix_input: AudioBuffer,
    /// On a snoop channel, the speech of the observed party, and the audio that it hears.
    pub(crate) spied_in: AudioBuffer,
    pub(crate) spied_out: AudioBuffer,
    /// The snoop channels that listen to this one.
    pub(crate) spies: Vec<String>,
    /// Audio that snoop channels add to the speech of the party, and to what it hears.
    pub(crate) whispered_in: Whisper,
    pub(crate) whispered_out: Whisper,
}

/// Audio that is added to one direction of a channel.
#[derive(Debug, Default)]
pub(crate) struct Whisper {
    pub(crate) audio: AudioBuffer,
    /// The time at which audio last passed in this direction.
    last_passed: Option<Duration>,
}

impl Whisper {
    /// Adds a whispered frame to audio that passes now. `None` if there is nothing to add.
    pub(crate) fn mix_into(&mut self, now: Duration, audio: &Audio) -> Option<Audio> {
        self.last_passed = Some(now);
        let whispered = self.audio.take_frame()?;
        let mut sum = audio.at_rate(audio.rate.max(whispered.rate));
        sum.mix(&whispered.at_rate(sum.rate));
        Some(sum)
    }

    /// Returns whether audio waits, and no other audio has passed at this time.
    pub(crate) fn is_due(&self, now: Duration) -> bool {
        !self.audio.is_empty() && self.last_passed != Some(now)
    }
}

impl ChannelAudio {
    /// Stores audio that the party hears, and drops the oldest if there is too much.
    pub(crate) fn store_received(&mut self, at: Duration, audio: &Audio) {
        if self.received.len() >= MAX_RECEIVED {
            self.received.pop_front();
        }
        self.received.push_back(ReceivedAudio {
            at,
            sample_rate: audio.rate,
            samples: audio.samples.clone(),
        });
    }
}
