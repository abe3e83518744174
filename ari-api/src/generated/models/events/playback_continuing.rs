// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `PlaybackContinuing`.

use crate::{models, runtime};

/// One item of a media list has ended and the next one follows.
///
/// It comes between two items; the item after it announces itself with `PlaybackStarted`. An item
/// that could not be played does not end the list, so this event does not prove that the item was
/// heard.
///
/// Available in Asterisk 14 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct PlaybackContinuing {
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
    /// The playback: `media_uri` is the item that just ended, `next_media_uri` the one that
    /// follows.
    pub playback: models::Playback,
}

runtime::model!(
    PlaybackContinuing = tagged("type", "PlaybackContinuing"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    playback = required("playback"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "PlaybackContinuing",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("playback", "Playback"),
    ],
};
