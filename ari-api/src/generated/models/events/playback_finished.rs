// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `PlaybackFinished`.

use crate::{models, runtime};

/// A playback ended: it ran to its end, was stopped, or failed.
///
/// This is the place to start the next prompt or hang up. Look at `state`: `failed` means that the
/// last item could not be played, and an application that only waits for the end would go on
/// without the caller having heard anything. After a hangup it means that playing has stopped, not
/// that everything was played.
///
/// A recording that does not exist, an invalid number or an unsupported URI scheme is only logged
/// by the server, and as the last item may leave the playback without this event. Guard the wait
/// with a timeout and with the end of the channel.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct PlaybackFinished {
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
    /// The playback with its final `state`: `done` or, from releases that know it, `failed`. Its id
    /// is no longer valid for requests.
    pub playback: models::Playback,
}

runtime::model!(
    PlaybackFinished = tagged("type", "PlaybackFinished"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    playback = required("playback"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "PlaybackFinished",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("playback", "Playback"),
    ],
};
