//! The routing of audio from a party through its bridge to the other parties, programs and snoop
//! channels.

use std::time::Duration;

use super::PbxState;
use crate::model::ChannelKind;
use crate::model::audio::Audio;
use crate::model::carrier::{MediaCarrier, WebSocketEvent};

/// The time that audio takes through a Local channel or an echo, so that it cannot circulate within
/// one instant.
const HOP_DELAY: Duration = Duration::from_millis(1);

impl PbxState {
    /// Routes audio that comes from the far end of a channel: its party or its program.
    pub(crate) fn route_audio_from(&mut self, id: &str, audio: &Audio) {
        let now = self.clock.now();
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        let state = &channel.media_state;
        if channel.has_ended || state.muted_in || state.muted_in_bridge {
            return;
        }
        let sum = channel.audio.whispered_in.mix_into(now, audio);
        let echoes = channel.is_in_dialplan && channel.dialplan_application.0 == "Echo";
        let bridge = channel.bridge.clone();
        // Snoop channels hear nothing of what they add.
        self.copy_to_spies(id, audio, true);
        let audio = sum.as_ref().unwrap_or(audio);
        if echoes {
            self.send_audio_to(id, audio);
        }
        let Some(bridge) = bridge.and_then(|bridge| self.bridges.get(&bridge)) else {
            return;
        };
        match (bridge.kind, bridge.technology) {
            ("holding", _) => {}
            (_, "simple_bridge") => {
                let others = bridge.participants.channels();
                let others: Vec<_> = others.filter(|other| *other != id).cloned().collect();
                for other in others {
                    self.send_audio_to(&other, audio);
                }
            }
            _ => {
                if let Some(channel) = self.channels.get_mut(id) {
                    channel.audio.mix_input.push_bounded(audio);
                }
                self.ensure_audio_tick();
            }
        }
    }

    /// Sends audio to the far end of a channel: its party or its program.
    pub(crate) fn send_audio_to(&mut self, id: &str, audio: &Audio) {
        let now = self.clock.now();
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        if channel.has_ended || channel.media_state.muted_out {
            return;
        }
        let unchanged = audio;
        let sum = channel.audio.whispered_out.mix_into(now, audio);
        let audio = sum.as_ref().unwrap_or(audio);
        let echo = match &channel.kind {
            ChannelKind::Sip { echo, .. } => {
                let echoes = *echo;
                channel.audio.store_received(now, audio);
                echoes.then(|| id.to_owned())
            }
            ChannelKind::Local { other } => {
                let other = other.clone();
                channel.audio.store_received(now, audio);
                Some(other)
            }
            ChannelKind::Snoop {
                spied,
                whispers_in,
                whispers_out,
                ..
            } => {
                let (spied, into_in, into_out) = (spied.clone(), *whispers_in, *whispers_out);
                self.whisper(&spied, audio, into_in, into_out);
                return;
            }
            ChannelKind::ExternalMedia { .. } => {
                match &mut channel.carrier {
                    Some(MediaCarrier::Rtp(media)) => media.send(audio),
                    Some(MediaCarrier::AudioSocket(media)) => media.send(audio),
                    Some(MediaCarrier::WebSocket(media)) => media.send_audio(audio),
                    None => {}
                }
                None
            }
        };
        self.copy_to_spies(id, unchanged, false);
        if let Some(source) = echo {
            let audio = audio.clone();
            self.run_after_for_channel(&source, HOP_DELAY, move |pbx, id| {
                pbx.route_audio_from(id, &audio);
            });
        }
    }

    /// Adds audio of a snoop channel to what its party says or hears, at the next tick.
    fn whisper(&mut self, id: &str, audio: &Audio, into_in: bool, into_out: bool) {
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        if into_in {
            channel.audio.whispered_in.audio.push_bounded(audio);
        }
        if into_out {
            channel.audio.whispered_out.audio.push_bounded(audio);
        }
        self.ensure_audio_tick();
    }

    /// Copies audio to the snoop channels that are in a bridge, which then receives it from them.
    fn copy_to_spies(&mut self, id: &str, audio: &Audio, is_in: bool) {
        let Some(channel) = self.channels.get(id) else {
            return;
        };
        if channel.audio.spies.is_empty() {
            return;
        }
        for spy in channel.audio.spies.clone() {
            let spy = self.channels.get_mut(&spy);
            let Some(spy) = spy.filter(|spy| spy.bridge.is_some()) else {
                continue;
            };
            match spy.kind {
                ChannelKind::Snoop { hears_in: true, .. } if is_in => {
                    spy.audio.spied_in.push_bounded(audio);
                }
                ChannelKind::Snoop {
                    hears_out: true, ..
                } if !is_in => spy.audio.spied_out.push_bounded(audio),
                _ => {}
            }
        }
    }

    /// Sends a key to the program of a channel. RTP has no keys.
    pub(super) fn send_key_to_program(&mut self, id: &str, key: char) {
        let has_keys = self.media_support.audiosocket_keys;
        match self
            .channels
            .get(id)
            .and_then(|channel| channel.carrier.as_ref())
        {
            Some(MediaCarrier::WebSocket(media)) => {
                media.send_event(id, &WebSocketEvent::DtmfEnd(key));
            }
            Some(MediaCarrier::AudioSocket(media)) if has_keys => media.send_key(key),
            _ => {}
        }
    }

    /// Sends a key of a party to the programs in the same bridge.
    pub(super) fn send_key_to_bridged_programs(&mut self, id: &str, key: char) {
        let bridge = self
            .channels
            .get(id)
            .and_then(|channel| channel.bridge.as_ref());
        let bridge = bridge.and_then(|bridge| self.bridges.get(bridge));
        let Some(bridge) = bridge.filter(|bridge| bridge.kind != "holding") else {
            return;
        };
        let others = bridge.participants.channels();
        let others: Vec<_> = others.filter(|other| *other != id).cloned().collect();
        for other in others {
            self.send_key_to_program(&other, key);
        }
    }
}
