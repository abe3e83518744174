// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The values of `state` of [`Playback`](crate::models::Playback).

use crate::runtime;

/// Values of `state` of [`Playback`](crate::models::Playback).
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
