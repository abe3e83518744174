// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Models of the resource `applications`.

/// A registered Stasis application. A subscription to all of a kind appears in the lists below as a name such as `__AST_BRIDGE_ALL_TOPIC`, not as an id.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
#[non_exhaustive]
pub struct Application {
    /// Name under which the application registered.
    pub name: String,
    /// Ids of the channels it is subscribed to, including those that are in the application.
    pub channel_ids: Vec<String>,
    /// Ids of the bridges it is subscribed to, including those that hold channels of the application.
    pub bridge_ids: Vec<String>,
    /// Endpoints it is subscribed to, as `PJSIP/alice`, or `PJSIP` for a whole technology.
    pub endpoint_ids: Vec<String>,
    /// Devices whose state it is subscribed to, such as `Stasis:lamp`.
    pub device_names: Vec<String>,
    /// Event types that are sent, as objects with a `type`. Empty when all are.
    ///
    /// Available in Asterisk 13, 16 and later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events_allowed: Option<Vec<serde_json::Map<String, serde_json::Value>>>,
    /// Event types that are held back, as objects with a `type`; they win over the allowed ones.
    ///
    /// Available in Asterisk 13, 16 and later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events_disallowed: Option<Vec<serde_json::Map<String, serde_json::Value>>>,
}
