// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The values of `operation`.

use crate::runtime;

/// Values of `operation`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ControlOperation {
    /// Go back to the beginning of the current media URI.
    Restart,
    /// Hold the playback. No event is sent; pausing twice does nothing.
    Pause,
    /// Go on after `pause`. Another `PlaybackStarted` is sent.
    Unpause,
    /// Jump back by the `skipms` given to `play`.
    Reverse,
    /// Jump ahead by the `skipms` given to `play`.
    Forward,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    ControlOperation,
    Restart = "restart",
    Pause = "pause",
    Unpause = "unpause",
    Reverse = "reverse",
    Forward = "forward",
);
