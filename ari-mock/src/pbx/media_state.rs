//! The media state of a channel: hold, mute, music and the like, which only the far end notices.

use super::PbxState;
use super::detect::Detectors;

/// The current media state of a channel.
#[derive(Clone, Debug, Default)]
pub(crate) struct MediaState {
    /// True if the server has put the channel on hold.
    pub(crate) is_held: bool,
    /// True if the far end has put the server on hold, as phones can.
    pub(crate) is_holding: bool,
    /// True if the audio from the channel is muted.
    pub(crate) muted_in: bool,
    /// The same, until the channel leaves the bridge that it was added to with `mute`.
    pub(crate) muted_in_bridge: bool,
    /// True if the audio to the channel is muted.
    pub(crate) muted_out: bool,
    /// The class of the music on hold that is played to the channel.
    pub(crate) music: Option<String>,
    pub(crate) silence: bool,
    /// True if a ringing tone is played to the channel.
    pub(crate) ringing: bool,
    pub(crate) detectors: Detectors,
}

/// A change of the media state by an application.
#[derive(Clone, Debug)]
pub(crate) enum MediaCommand {
    Hold(bool),
    Mute {
        on: bool,
        incoming: bool,
        outgoing: bool,
    },
    Music(Option<String>),
    Silence(bool),
    Ring(bool),
    Progress,
}

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
