//! The media state of a channel: hold, mute, music and the like, which only the far end notices.

use super::PbxState;
use crate::model::MediaCommand;

impl PbxState {
    pub(crate) fn apply_media_command(&mut self, id: &str, what: MediaCommand) {
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        let treatment = &mut channel.media_state;
        match &what {
            MediaCommand::Hold(on) => treatment.is_held = *on,
            MediaCommand::Mute {
                on,
                incoming,
                outgoing,
            } => {
                for (concerned, muted) in [
                    (incoming, &mut treatment.muted_in),
                    (outgoing, &mut treatment.muted_out),
                ] {
                    *muted = if *concerned { *on } else { *muted };
                }
            }
            MediaCommand::Music(class) => treatment.music.clone_from(class),
            MediaCommand::Silence(on) => treatment.silence = *on,
            MediaCommand::Ring(on) => treatment.ringing = *on,
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
