// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `DeviceStateChanged`.

use crate::{models, runtime};

/// A device state changed: a phone began ringing or became busy, or a custom `Stasis:` device was
/// updated.
///
/// Sent for devices subscribed to as `deviceState:name`. Used for presence, busy lamps and choosing
/// a free agent.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DeviceStateChanged {
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
    /// The device and its new state.
    pub device_state: models::DeviceState,
}

runtime::model!(
    DeviceStateChanged = tagged("type", "DeviceStateChanged"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    device_state = required("device_state"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "DeviceStateChanged",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("device_state", "DeviceState"),
    ],
};
