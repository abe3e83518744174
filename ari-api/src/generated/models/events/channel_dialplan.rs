// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ChannelDialplan`.

use crate::{models, runtime};

/// A channel reached a new step of the dialplan and is about to execute it.
///
/// One event per step, so with `subscribeAll` it makes up a large part of the traffic. Useful for
/// tracing; while a channel is in the application it does not move in the dialplan.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelDialplan {
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
    /// The channel; `dialplan` holds its context, extension and priority.
    pub channel: models::Channel,
    /// Name of the dialplan application that is to run, such as `Playback`.
    pub dialplan_app: String,
    /// Its arguments, as written after substitution; may be empty.
    pub dialplan_app_data: String,
}

runtime::model!(
    ChannelDialplan = tagged("type", "ChannelDialplan"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
    dialplan_app = required("dialplan_app"),
    dialplan_app_data = required("dialplan_app_data"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ChannelDialplan",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("channel", "Channel"),
        ("dialplan_app", "string"),
        ("dialplan_app_data", "string"),
    ],
};
