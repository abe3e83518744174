//! The media state of a channel: hold, mute, music and the like, which only the far end notices.

use super::World;
use super::detect::Detects;

/// The current media state of a channel.
#[derive(Clone, Debug, Default)]
pub(crate) struct Treatment {
    /// True if the server has put the channel on hold.
    pub(crate) held: bool,
    /// True if the far end has put the server on hold, as phones can.
    pub(crate) holds: bool,
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
    pub(crate) detects: Detects,
}

/// A change of the media state by an application.
#[derive(Clone, Debug)]
pub(crate) enum Treat {
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

impl World {
    pub(crate) fn treat(&mut self, id: &str, what: Treat) {
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        let treatment = &mut channel.treatment;
        match &what {
            Treat::Hold(on) => treatment.held = *on,
            Treat::Mute {
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
            Treat::Music(class) => treatment.music.clone_from(class),
            Treat::Silence(on) => treatment.silence = *on,
            Treat::Ring(on) => treatment.ringing = *on,
            Treat::Progress => {}
        }
        match what {
            Treat::Hold(_) => self.refresh_device_of(id),
            // The calling half is notified unless this channel has already answered.
            Treat::Ring(true) => {
                if let Some(other) = self.other(id) {
                    self.ringing(&other);
                }
            }
            Treat::Progress => {
                if let Some(other) = self.other(id) {
                    self.progresses(&other);
                }
            }
            _ => {}
        }
    }
}
