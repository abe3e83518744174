// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `Application`.

use crate::runtime;

/// A registered Stasis application. A subscription to all of a kind appears in the lists below as a
/// name such as `__AST_BRIDGE_ALL_TOPIC`, not as an id.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Application {
    /// Name under which the application registered.
    pub name: String,
    /// Ids of the channels it is subscribed to, including those that are in the application.
    pub channel_ids: Vec<String>,
    /// Ids of the bridges it is subscribed to, including those that hold channels of the
    /// application.
    pub bridge_ids: Vec<String>,
    /// Endpoints it is subscribed to, as `PJSIP/alice`, or `PJSIP` for a whole technology.
    pub endpoint_ids: Vec<String>,
    /// Devices whose state it is subscribed to, such as `Stasis:lamp`.
    pub device_names: Vec<String>,
    /// Event types that are sent, as objects with a `type`. Empty when all are.
    ///
    /// Available in Asterisk 13.26.0, 16.3.0 and later.
    pub events_allowed: Option<Vec<serde_json::Map<String, serde_json::Value>>>,
    /// Event types that are held back, as objects with a `type`; they win over the allowed ones.
    ///
    /// Available in Asterisk 13.26.0, 16.3.0 and later.
    pub events_disallowed: Option<Vec<serde_json::Map<String, serde_json::Value>>>,
}

runtime::model!(
    Application = named("Application"),
    name = required("name"),
    channel_ids = required("channel_ids"),
    bridge_ids = required("bridge_ids"),
    endpoint_ids = required("endpoint_ids"),
    device_names = required("device_names"),
    events_allowed = optional("events_allowed"),
    events_disallowed = optional("events_disallowed"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "Application",
    fields: &[
        ("name", "string"),
        ("channel_ids", "List[string]"),
        ("bridge_ids", "List[string]"),
        ("endpoint_ids", "List[string]"),
        ("device_names", "List[string]"),
        ("events_allowed", "List[object]"),
        ("events_disallowed", "List[object]"),
    ],
};
