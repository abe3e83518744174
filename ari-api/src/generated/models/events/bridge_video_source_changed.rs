// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `BridgeVideoSourceChanged`.

use crate::{models, runtime};

/// A bridge shows another channel's video.
///
/// Happens when the talker changes in a bridge that follows the talker, when a source is set by
/// request, or when the source leaves.
///
/// Available in Asterisk 13.13.0, 14.2.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BridgeVideoSourceChanged {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, by the server's clock.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The bridge; `video_source_id` is the new source, if there is one.
    pub bridge: models::Bridge,
    /// Id of the channel whose video was shown before; absent when there was none.
    pub old_video_source_id: Option<String>,
}

runtime::model!(
    BridgeVideoSourceChanged = tagged("type", "BridgeVideoSourceChanged"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    bridge = required("bridge"),
    old_video_source_id = optional("old_video_source_id"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "BridgeVideoSourceChanged",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("bridge", "Bridge"),
        ("old_video_source_id", "string"),
    ],
};
