//! The audio timer: every 20 milliseconds, parties speak, queues of frames play, snoop channels
//! listen and whisper, and bridges mix.
//!
//! It only runs while there is audio to process. Its ticks are multiples of 20 milliseconds of the
//! server's clock. A tick that comes late is lost, as on a real server.

use super::PbxState;
use crate::model::audio::{Audio, AudioBuffer, FRAME_DURATION};
use crate::model::carrier::MediaCarrier;
use crate::model::{Bridge, Channel, ChannelKind};

/// The lowest rate at which audio is mixed.
const MIN_RATE: u32 = 8_000;

/// Returns whether a channel listens to another one on behalf of its bridge.
fn is_listening(channel: &Channel) -> bool {
    let spies = match channel.kind {
        ChannelKind::Snoop {
            hears_in,
            hears_out,
            ..
        } => hears_in || hears_out,
        _ => false,
    };
    spies && channel.bridge.is_some()
}

fn has_queued_media(channel: &Channel) -> bool {
    match &channel.carrier {
        Some(MediaCarrier::WebSocket(media)) => media.needs_tick(),
        _ => false,
    }
}

impl PbxState {
    /// Starts the timer if there is audio to process.
    pub(crate) fn ensure_audio_tick(&mut self) {
        if self.next_audio_tick.is_some() || !self.needs_audio_tick() {
            return;
        }
        let period = FRAME_DURATION.as_millis();
        let ticks = self.clock.now().as_millis() / period + 1;
        let due = FRAME_DURATION * u32::try_from(ticks).unwrap_or(u32::MAX);
        self.next_audio_tick = Some(due);
        self.run_at(due, PbxState::audio_tick);
    }

    fn needs_audio_tick(&self) -> bool {
        let is_active = |channel: &Channel| {
            !channel.audio.to_send.is_empty()
                || !channel.audio.whispered_in.audio.is_empty()
                || !channel.audio.whispered_out.audio.is_empty()
                || has_queued_media(channel)
                || is_listening(channel)
        };
        self.channels.values().any(is_active)
            || self.bridges.values().any(|bridge| self.mixes_audio(bridge))
    }

    /// Returns whether a bridge mixes audio that a channel in it receives. Silence is only mixed
    /// for programs and snoop channels.
    fn mixes_audio(&self, bridge: &Bridge) -> bool {
        let is_active = |channel: &Channel| {
            channel.carrier.is_some()
                || !channel.audio.mix_input.is_empty()
                || is_listening(channel)
        };
        bridge.kind != "holding"
            && bridge.technology != "simple_bridge"
            && bridge
                .participants
                .channels()
                .any(|id| self.channels.get(id).is_some_and(is_active))
    }

    fn channels_that(&self, condition: impl Fn(&Channel) -> bool) -> Vec<String> {
        let found = self.channels.values().filter(|channel| condition(channel));
        found.map(|channel| channel.id.clone()).collect()
    }

    fn audio_tick(&mut self) {
        self.next_audio_tick = None;
        for id in self.channels_that(|channel| !channel.audio.to_send.is_empty()) {
            let channel = self.channels.get_mut(&id);
            if let Some(frame) = channel.and_then(|channel| channel.audio.to_send.take_frame()) {
                self.route_audio_from(&id, &frame);
            }
        }
        for id in self.channels_that(has_queued_media) {
            self.play_queued_media(&id);
        }
        for id in self.channels_that(is_listening) {
            self.play_spied_audio(&id);
        }
        let bridges = self.bridges.values();
        let mixing = bridges.filter(|bridge| self.mixes_audio(bridge));
        let mixing: Vec<_> = mixing.map(|bridge| bridge.id.clone()).collect();
        for id in mixing {
            self.mix_bridge(&id);
        }
        self.play_whispered_audio();
        self.ensure_audio_tick();
    }

    /// Plays what snoop channels add to directions in which no test audio has passed. Phones send
    /// silence then. A channel outside of bridges is sent nothing that anything could be added to.
    fn play_whispered_audio(&mut self) {
        let now = self.clock.now();
        for id in self.channels_that(|channel| channel.audio.whispered_in.is_due(now)) {
            self.route_audio_from(&id, &Audio::silence(MIN_RATE));
        }
        for id in self.channels_that(|channel| channel.audio.whispered_out.is_due(now)) {
            match self.channels.get_mut(&id) {
                Some(channel) if channel.bridge.is_none() => {
                    channel.audio.whispered_out.audio = AudioBuffer::default();
                }
                _ => self.send_audio_to(&id, &Audio::silence(MIN_RATE)),
            }
        }
    }

    /// Plays the next frame of a WebSocket channel.
    fn play_queued_media(&mut self, id: &str) {
        let channel = self.channels.get_mut(id);
        let Some(MediaCarrier::WebSocket(media)) =
            channel.and_then(|channel| channel.carrier.as_mut())
        else {
            return;
        };
        let outcome = media.tick();
        for event in &outcome.events {
            media.send_event(id, event);
        }
        if let Some(audio) = outcome.audio {
            self.route_audio_from(id, &audio);
        }
    }

    /// Plays the audio of a snoop channel into its bridge: a frame at each tick, silence included.
    fn play_spied_audio(&mut self, id: &str) {
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        let audio = &mut channel.audio;
        let rate = audio.spied_in.rate().max(audio.spied_out.rate());
        let mut sum = Audio::silence(rate.max(MIN_RATE));
        let frames = [audio.spied_in.take_frame(), audio.spied_out.take_frame()];
        for frame in frames.into_iter().flatten() {
            sum.mix(&frame.at_rate(sum.rate));
        }
        self.route_audio_from(id, &sum);
    }

    /// Sends each channel in a bridge the sum of the others' audio, or silence.
    fn mix_bridge(&mut self, id: &str) {
        let Some(bridge) = self.bridges.get(id) else {
            return;
        };
        let members: Vec<_> = bridge.participants.channels().cloned().collect();
        let mut rate = MIN_RATE;
        let mut inputs = Vec::new();
        for member in &members {
            let Some(channel) = self.channels.get_mut(member) else {
                continue;
            };
            let own = channel.carrier.as_ref().map(MediaCarrier::rate);
            let input = &mut channel.audio.mix_input;
            rate = rate.max(own.unwrap_or_default()).max(input.rate());
            inputs.push((member, input.take_frame()));
        }
        for member in &members {
            let mut sum = Audio::silence(rate);
            for (other, input) in &inputs {
                if let Some(input) = input
                    && *other != member
                {
                    sum.mix(&input.at_rate(rate));
                }
            }
            self.send_audio_to(member, &sum);
        }
    }
}
