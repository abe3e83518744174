// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `Playback`.

use crate::{models, runtime};

/// Media being played to a channel or bridge.
///
/// `play` answers before anything is checked. A `recording:` that does not exist, a `number:` that
/// is none, or an unknown scheme is merely logged and passed over; when it was the last media URI,
/// no `PlaybackFinished` is sent for it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Playback {
    /// Id of the playback.
    pub id: String,
    /// The media URI being played now.
    pub media_uri: String,
    /// The media URI to be played after this one. Absent on the last.
    ///
    /// Available in Asterisk 14 and later.
    pub next_media_uri: Option<String>,
    /// Target of the playback: `channel:` or `bridge:`, followed by the id.
    pub target_uri: String,
    /// Language asked for, in media that depend on it.
    pub language: Option<String>,
    /// Progress of the playback. A paused playback shows `paused`, which Asterisk's specification
    /// does not list.
    pub state: models::PlaybackState,
}

runtime::model!(
    Playback = named("Playback"),
    id = required("id"),
    media_uri = required("media_uri"),
    next_media_uri = optional("next_media_uri"),
    target_uri = required("target_uri"),
    language = optional("language"),
    state = required("state"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "Playback",
    fields: &[
        ("id", "string"),
        ("media_uri", "string"),
        ("next_media_uri", "string"),
        ("target_uri", "string"),
        ("language", "string"),
        ("state", "string"),
    ],
};
