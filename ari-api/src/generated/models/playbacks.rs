// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Models of the resource `playbacks`.

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

/// Values of `state` of [`Playback`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PlaybackState {
    /// Accepted, not yet begun; it waits for earlier operations on the channel.
    Queued,
    /// Being played.
    Playing,
    /// Passing from one media URI to the next.
    ///
    /// Available in Asterisk 14 and later.
    Continuing,
    /// Ended: played to the end, or stopped.
    ///
    /// Available in Asterisk 14 and later.
    Done,
    /// Ended by a failure of the last media URI, such as a file that does not exist.
    ///
    /// Available in Asterisk 16.20.0, 18.6.0 and later.
    Failed,
    /// Documented by Asterisk 12 and 13 for the end of a playback; what the server sends is `done`.
    ///
    /// Available in Asterisk 12, 13.
    Complete,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    PlaybackState,
    Queued = "queued",
    Playing = "playing",
    Continuing = "continuing",
    Done = "done",
    Failed = "failed",
    Complete = "complete",
);
