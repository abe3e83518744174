// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ChannelTransfer`.

use crate::{models, runtime};

/// A phone asked to transfer its call, and Asterisk leaves it to the application to do so.
///
/// Sent instead of a transfer if `PJSIP_TRANSFER_HANDLING()` is set to `ari-only` on the channel.
/// Asterisk accepts the SIP REFER and then does nothing: the application rearranges bridges, or
/// calls the destination, and must report the outcome to the phone with `transfer_progress` on the
/// channel in `referred_by.source_channel`, or the phone keeps waiting. All channels concerned
/// should be in an application.
///
/// Two forms: a blind transfer has `refer_to.requested_destination.destination`; an attended one
/// has `protocol_id` there and, if Asterisk knows the other call, `refer_to.destination_channel`.
///
/// Available in Asterisk 20.13.0, 21.8.0, 22.3.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelTransfer {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, by the server's clock.
    pub timestamp: Option<runtime::Timestamp>,
    /// State of the transfer, if Asterisk reports one; absent otherwise.
    pub state: Option<String>,
    /// Destination that the phone requested.
    pub refer_to: models::ReferTo,
    /// Origin of the request.
    pub referred_by: models::ReferredBy,
}

runtime::model!(
    ChannelTransfer = tagged("type", "ChannelTransfer"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    state = optional("state"),
    refer_to = required("refer_to"),
    referred_by = required("referred_by"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ChannelTransfer",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("state", "string"),
        ("refer_to", "ReferTo"),
        ("referred_by", "ReferredBy"),
    ],
};
