//! The media state of a channel: hold, mute, music and the like, which only the far end notices.

use super::PbxState;
use crate::json::Object;
use crate::model::MediaCommand;

impl PbxState {
    /// The far end puts the server on hold, or takes it off hold.
    pub(crate) fn on_hold(&mut self, id: &str, on: bool) {
        if let Some(channel) = self.channels.get_mut(id) {
            channel.media_state.is_holding = on;
        }
        let kind = if on { "ChannelHold" } else { "ChannelUnhold" };
        self.publish_channel_event(id, kind, Object::new());
    }

    pub(crate) fn apply_media_command(&mut self, id: &str, what: MediaCommand) {
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        let state = &mut channel.media_state;
        match &what {
            MediaCommand::Hold(on) => state.is_held = *on,
            MediaCommand::Mute {
                on,
                incoming,
                outgoing,
            } => {
                for (concerned, muted) in [
                    (incoming, &mut state.muted_in),
                    (outgoing, &mut state.muted_out),
                ] {
                    *muted = if *concerned { *on } else { *muted };
                }
            }
            MediaCommand::Music(class) => state.music.clone_from(class),
            MediaCommand::Silence(on) => state.silence = *on,
            MediaCommand::Ring(on) => state.ringing = *on,
            MediaCommand::Progress => {}
        }
        match what {
            MediaCommand::Hold(_) => self.update_device_of(id),
            // The calling half is notified unless this channel has already answered.
            MediaCommand::Ring(true) => {
                if let Some(other) = self.other_half(id) {
                    self.on_ringing(&other);
                }
            }
            MediaCommand::Progress => {
                if let Some(other) = self.other_half(id) {
                    self.on_progress(&other);
                }
            }
            _ => {}
        }
    }
}
