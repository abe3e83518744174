// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `Channel`.

use crate::{models, runtime};

/// A channel: one leg of a call between Asterisk and a device, a trunk or another program.
///
/// It is a snapshot of the moment it was made; later changes come as events.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Channel {
    /// Unique id, the `Uniqueid` of AMI and the call detail records. Chosen on creation, or made by
    /// Asterisk from its clock and a counter, such as `1700000000.42`.
    pub id: String,
    /// Id of the call in its protocol: the SIP Call-ID on PJSIP. Empty if the technology has none.
    ///
    /// Available in Asterisk 16.27.0, 18.13.0, 19.5.0 and later.
    pub protocol_id: Option<String>,
    /// Name, such as `PJSIP/alice-0000002a`. A Local channel has two halves, which end in `;1` and
    /// `;2`. Transfers can change the name; the id is the safer key.
    pub name: String,
    /// Current state of the channel. Further states may be added: treat an unknown one as such.
    pub state: models::ChannelState,
    /// Identity of the party at this channel.
    pub caller: models::CallerId,
    /// Identity of the party this channel is connected to, or is calling for; empty strings when
    /// not known.
    pub connected: models::CallerId,
    /// Account code for billing; empty when none is set.
    pub accountcode: String,
    /// Position of the channel in the dialplan, now or when it entered Stasis.
    pub dialplan: models::DialplanCep,
    /// When the channel was created, by the server's clock.
    pub creationtime: runtime::Timestamp,
    /// Language of prompts, such as `en`.
    ///
    /// Available in Asterisk 13.2.0 and later.
    pub language: Option<String>,
    /// Channel variables by name, all as strings: those that `ari.conf` lists in `channelvars` and
    /// those set with `report_events`. Absent when there are none.
    ///
    /// Available in Asterisk 14.2.0 and later.
    pub channelvars: Option<serde_json::Map<String, serde_json::Value>>,
    /// Number from which the call was redirected. Absent or empty when it was not.
    ///
    /// Available in Asterisk 18.21.0, 20.6.0, 21.1.0 and later.
    pub caller_rdnis: Option<String>,
    /// Tenant the channel belongs to, as set on its endpoint or channel. Absent or empty when there
    /// is none.
    ///
    /// Available in Asterisk 18.25.0, 20.10.0, 21.5.0 and later.
    pub tenantid: Option<String>,
}

runtime::model!(
    Channel = named("Channel"),
    id = required("id"),
    protocol_id = optional("protocol_id"),
    name = required("name"),
    state = required("state"),
    caller = required("caller"),
    connected = required("connected"),
    accountcode = required("accountcode"),
    dialplan = required("dialplan"),
    creationtime = required("creationtime"),
    language = optional("language"),
    channelvars = optional("channelvars"),
    caller_rdnis = optional("caller_rdnis"),
    tenantid = optional("tenantid"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "Channel",
    fields: &[
        ("id", "string"),
        ("protocol_id", "string"),
        ("name", "string"),
        ("state", "string"),
        ("caller", "CallerID"),
        ("connected", "CallerID"),
        ("accountcode", "string"),
        ("dialplan", "DialplanCEP"),
        ("creationtime", "Date"),
        ("language", "string"),
        ("channelvars", "object"),
        ("caller_rdnis", "string"),
        ("tenantid", "string"),
    ],
};
