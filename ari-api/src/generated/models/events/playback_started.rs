// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `PlaybackStarted`.

use crate::{models, runtime};

/// A media file or tone began to play on a channel or bridge.
///
/// With a list of media it is sent again for each item, and also after a paused playback goes on,
/// so do not count these events as playbacks. A playback that was stopped while still queued never
/// gets it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct PlaybackStarted {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, by the server's clock.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The playback, with `media_uri` naming what is playing now.
    pub playback: models::Playback,
}

runtime::model!(
    PlaybackStarted = tagged("type", "PlaybackStarted"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    playback = required("playback"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "PlaybackStarted",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("playback", "Playback"),
    ],
};
