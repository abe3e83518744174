//! The settings of a call to other endpoints.

use std::time::Duration;

use crate::dial::endpoint::Endpoint;
use crate::dial::screening::ScreenSettings;

/// The order in which several endpoints ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strategy {
    AllAtOnce,
    InOrder,
}

/// The sound that the caller hears until somebody answers.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ringback {
    /// The tone of a phone that rings at the other end.
    Ringing,
    /// Music on hold of this class, such as `default`.
    Music(String),
    /// The sound of the other side, such as its own ringing tone or an announcement of its network.
    /// With several endpoints at once the caller hears all of them.
    EarlyMedia,
    /// Nothing.
    Silence,
}

#[derive(Clone, Debug)]
pub(crate) struct DialSettings {
    pub(crate) endpoints: Vec<Endpoint>,
    /// The timeout of endpoints that have none of their own.
    pub(crate) timeout: Duration,
    pub(crate) strategy: Strategy,
    pub(crate) ringback: Ringback,
    pub(crate) max_duration: Duration,
    /// True if the caller is hung up after the conversation, too.
    pub(crate) hangs_up_caller: bool,
    pub(crate) shows_caller: bool,
    pub(crate) variables: Vec<(String, String)>,
    pub(crate) screening: ScreenSettings,
}

/// The settings that all legs of a call share.
#[derive(Clone, Debug)]
pub(crate) struct LegSettings {
    pub(crate) application: String,
    /// The timeout of endpoints that have none of their own.
    pub(crate) timeout: Duration,
    /// Channel id of the caller.
    pub(crate) caller: String,
    /// True if the called side is to see the caller id of the caller. Asterisk 22 would overwrite
    /// any other one with it.
    pub(crate) shows_caller: bool,
    pub(crate) variables: Vec<(String, String)>,
    pub(crate) screening: ScreenSettings,
    /// The bridge that a leg enters before it is dialed.
    pub(crate) early_bridge: Option<String>,
}
