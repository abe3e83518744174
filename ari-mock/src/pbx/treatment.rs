//! What an application does to a channel, and only whoever is at its other end hears.

use super::World;
use super::detect::Detects;

/// What is done to a channel at the moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Treatment {
    /// Held by the server.
    pub(crate) held: bool,
    /// Holds the server, as phones can.
    pub(crate) holds: bool,
    /// What comes from it is not heard.
    pub(crate) muted_in: bool,
    /// The same, as long as it is in the bridge that it was put into so.
    pub(crate) muted_in_bridge: bool,
    /// It hears nothing.
    pub(crate) muted_out: bool,
    /// The class of music that it hears.
    pub(crate) music: Option<String>,
    pub(crate) silence: bool,
    /// It hears that it rings.
    pub(crate) ringing: bool,
    pub(crate) detects: Detects,
}

/// Something that an application does to a channel.
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
            // Whoever calls it hears of it, while it has not answered.
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
