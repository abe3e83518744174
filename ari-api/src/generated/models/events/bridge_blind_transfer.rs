// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `BridgeBlindTransfer`.

use crate::{models, runtime};

/// A party in a bridge was sent to an extension without the transferer asking there first.
///
/// Sent when Asterisk itself carries out a blind transfer: a SIP REFER from a phone, or a feature
/// code. It is sent for failed attempts too, so look at `result`. If the transfer was left to the
/// application, `ChannelTransfer` is sent instead.
///
/// Available in Asterisk 12.1.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BridgeBlindTransfer {
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
    /// The channel that transfers; it usually leaves the call.
    pub channel: models::Channel,
    /// The channel that takes the transferer's place in the bridge when the others cannot be moved
    /// themselves, for instance because there are several. Absent otherwise.
    ///
    /// Available in Asterisk 12.6.0 and later.
    pub replace_channel: Option<models::Channel>,
    /// The party that is sent to the extension; absent when there is not exactly one.
    ///
    /// Available in Asterisk 12.5.0 and later.
    pub transferee: Option<models::Channel>,
    /// Extension it is sent to.
    pub exten: String,
    /// Dialplan context of the extension.
    pub context: String,
    /// `Success`, `Fail`, `Invalid` or `Not Permitted`.
    pub result: String,
    /// True when the channel's protocol asked for it, such as a SIP REFER; false when Asterisk's
    /// own features did, such as a feature code.
    pub is_external: bool,
    /// The bridge in which the transfer took place; absent when there was none.
    pub bridge: Option<models::Bridge>,
}

runtime::model!(
    BridgeBlindTransfer = tagged("type", "BridgeBlindTransfer"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
    replace_channel = optional("replace_channel"),
    transferee = optional("transferee"),
    exten = required("exten"),
    context = required("context"),
    result = required("result"),
    is_external = required("is_external"),
    bridge = optional("bridge"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "BridgeBlindTransfer",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("channel", "Channel"),
        ("replace_channel", "Channel"),
        ("transferee", "Channel"),
        ("exten", "string"),
        ("context", "string"),
        ("result", "string"),
        ("is_external", "boolean"),
        ("bridge", "Bridge"),
    ],
};
