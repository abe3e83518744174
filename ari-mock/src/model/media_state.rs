//! The media state of a channel: hold, mute, music and the like, which only the far end notices.

use std::time::Duration;

/// Detection of talking on a channel.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TalkDetector {
    /// The duration of silence after which talking counts as finished.
    pub(crate) silence: Duration,
    /// The time at which the talking began that was reported and has not finished yet.
    pub(crate) talking_since: Option<Duration>,
}

/// The detectors that are enabled on a channel.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Detectors {
    pub(crate) talk: Option<TalkDetector>,
    pub(crate) tone: bool,
}

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
    /// The time until which the far end talks, or has talked.
    pub(crate) talks_until: Option<Duration>,
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
