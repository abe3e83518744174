//! The audio of a party.

use super::FakeChannel;
use crate::model::ReceivedAudio;
use crate::model::audio::Audio;

impl FakeChannel {
    /// Sends audio from this party, as if it spoke: 16-bit mono samples at a sample rate. A frame
    /// leaves every 20 milliseconds, the last one filled up with silence. Audio that is sent before
    /// the earlier audio has ended follows it, at the earlier audio's rate.
    ///
    /// The audio goes to the other channels in the same bridge, to their programs, and to snoop
    /// channels, as in a call. It is lost if there are none.
    ///
    /// # Panics
    ///
    /// Panics if `sample_rate` is not a multiple of 50 from 8,000 to 192,000.
    pub fn send_audio(&self, samples: &[i16], sample_rate: u32) {
        assert!(
            (8_000..=192_000).contains(&sample_rate) && sample_rate.is_multiple_of(50),
            "a sample rate of {sample_rate}: it must be a multiple of 50 from 8,000 to 192,000"
        );
        let audio = Audio {
            rate: sample_rate,
            samples: samples.to_vec(),
        };
        self.server.update(|pbx| {
            if let Some(channel) = pbx.channels.get_mut(&self.id) {
                channel.audio.to_send.push(&audio);
            }
            pbx.ensure_audio_tick();
        });
    }

    /// Returns whether there is audio that this party has yet to send.
    pub fn is_sending_audio(&self) -> bool {
        self.server.read(|pbx| {
            let channel = pbx.channels.get(&self.id);
            channel.is_some_and(|channel| !channel.audio.to_send.is_empty())
        })
    }

    /// Returns the audio that this party has heard since the last call, oldest first, and removes
    /// it. The last ten minutes are kept. Playbacks, music and tones are not rendered.
    pub fn take_received_audio(&self) -> Vec<ReceivedAudio> {
        self.server.update(|pbx| {
            let channel = pbx.channels.get_mut(&self.id);
            let received = channel.map(|channel| std::mem::take(&mut channel.audio.received));
            received.map(Vec::from).unwrap_or_default()
        })
    }
}
