// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `BridgeAttendedTransfer`.

use crate::{models, runtime};

/// Two calls of one party were joined after that party had talked to both.
///
/// Sent when Asterisk itself carries out an attended transfer, whether it succeeded or not: look at
/// `result` first. `destination_type` names the `destination_` field that is present. A channel
/// that thereby takes another's place in an application also causes a `StasisStart` with
/// `replace_channel`.
///
/// Available in Asterisk 12.1.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BridgeAttendedTransfer {
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
    /// The transferer's channel in the first call, with the party to be transferred.
    pub transferer_first_leg: models::Channel,
    /// The transferer's channel in the second call, with the destination.
    pub transferer_second_leg: models::Channel,
    /// The channel put in place of `transferer_first_leg` when the call went into an application;
    /// absent otherwise.
    ///
    /// Available in Asterisk 12.5.0 and later.
    pub replace_channel: Option<models::Channel>,
    /// The party that is transferred; absent when there is not exactly one.
    ///
    /// Available in Asterisk 12.5.0 and later.
    pub transferee: Option<models::Channel>,
    /// The party it is connected to; absent when there is not exactly one.
    ///
    /// Available in Asterisk 12.5.0 and later.
    pub transfer_target: Option<models::Channel>,
    /// `Success`, `Fail`, `Invalid` or `Not Permitted`.
    pub result: String,
    /// True when the channel's protocol asked for it, such as a SIP REFER; false when Asterisk's
    /// own features did, such as a feature code.
    pub is_external: bool,
    /// Bridge of the first call; absent when that leg was not in a bridge.
    pub transferer_first_leg_bridge: Option<models::Bridge>,
    /// Bridge of the second call; absent when that leg was not in a bridge, for instance because it
    /// was in a dialplan application.
    pub transferer_second_leg_bridge: Option<models::Bridge>,
    /// Way in which the calls were joined: `bridge` (one bridge merged into the other),
    /// `application` (the call went into an application), `link` (the bridges were tied by a pair
    /// of channels), `threeway` (all stay in one bridge), `fail`.
    pub destination_type: String,
    /// Id of the bridge that goes on; only with type `bridge`.
    pub destination_bridge: Option<String>,
    /// Name of the application the call went into; only with type `application`.
    pub destination_application: Option<String>,
    /// One end of the pair of channels that ties the bridges; only with type `link`.
    pub destination_link_first_leg: Option<models::Channel>,
    /// Its other end; only with type `link`.
    pub destination_link_second_leg: Option<models::Channel>,
    /// The transferer's channel that remains in the call; only with type `threeway`.
    pub destination_threeway_channel: Option<models::Channel>,
    /// The bridge in which all are now; only with type `threeway`.
    pub destination_threeway_bridge: Option<models::Bridge>,
}

runtime::model!(
    BridgeAttendedTransfer = tagged("type", "BridgeAttendedTransfer"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    transferer_first_leg = required("transferer_first_leg"),
    transferer_second_leg = required("transferer_second_leg"),
    replace_channel = optional("replace_channel"),
    transferee = optional("transferee"),
    transfer_target = optional("transfer_target"),
    result = required("result"),
    is_external = required("is_external"),
    transferer_first_leg_bridge = optional("transferer_first_leg_bridge"),
    transferer_second_leg_bridge = optional("transferer_second_leg_bridge"),
    destination_type = required("destination_type"),
    destination_bridge = optional("destination_bridge"),
    destination_application = optional("destination_application"),
    destination_link_first_leg = optional("destination_link_first_leg"),
    destination_link_second_leg = optional("destination_link_second_leg"),
    destination_threeway_channel = optional("destination_threeway_channel"),
    destination_threeway_bridge = optional("destination_threeway_bridge"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "BridgeAttendedTransfer",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("transferer_first_leg", "Channel"),
        ("transferer_second_leg", "Channel"),
        ("replace_channel", "Channel"),
        ("transferee", "Channel"),
        ("transfer_target", "Channel"),
        ("result", "string"),
        ("is_external", "boolean"),
        ("transferer_first_leg_bridge", "Bridge"),
        ("transferer_second_leg_bridge", "Bridge"),
        ("destination_type", "string"),
        ("destination_bridge", "string"),
        ("destination_application", "string"),
        ("destination_link_first_leg", "Channel"),
        ("destination_link_second_leg", "Channel"),
        ("destination_threeway_channel", "Channel"),
        ("destination_threeway_bridge", "Bridge"),
    ],
};
