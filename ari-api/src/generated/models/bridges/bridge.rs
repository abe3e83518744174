// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `Bridge`.

use crate::{models, runtime};

/// A bridge at one moment: what it is and which channels are in it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Bridge {
    /// Id of the bridge.
    pub id: String,
    /// Bridging technology at work, such as `simple_bridge`, `softmix`, `native_rtp` or
    /// `holding_bridge`. A mixing bridge changes it as channels come and go.
    pub technology: String,
    /// Type of the bridge: participants hear each other or wait.
    pub bridge_type: models::BridgeType,
    /// Kind of bridge inside Asterisk: `stasis` for those created through ARI, others for those of
    /// the dialplan.
    pub bridge_class: String,
    /// Creator of the bridge: `Stasis` for those created through ARI, otherwise the name of an
    /// application or module. It may be empty.
    pub creator: String,
    /// Name given at creation; empty if none was.
    pub name: String,
    /// Ids of the channels in the bridge.
    pub channels: Vec<String>,
    /// Rule by which the bridge chooses the video to show: `none`, `talker` (whoever speaks),
    /// `single` (a chosen channel) or `sfu` (everyone's video goes to all).
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub video_mode: Option<String>,
    /// Id of the channel whose video is shown. Absent when there is none.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub video_source_id: Option<String>,
    /// When the bridge was created.
    ///
    /// Available in Asterisk 13.26.0, 16.3.0 and later.
    pub creationtime: Option<runtime::Timestamp>,
    /// Values, by name, of the bridge variables that were set with `report_events`. Absent when
    /// there are none.
    ///
    /// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
    pub bridgevars: Option<serde_json::Map<String, serde_json::Value>>,
}

runtime::model!(
    Bridge = named("Bridge"),
    id = required("id"),
    technology = required("technology"),
    bridge_type = required("bridge_type"),
    bridge_class = required("bridge_class"),
    creator = required("creator"),
    name = required("name"),
    channels = required("channels"),
    video_mode = optional("video_mode"),
    video_source_id = optional("video_source_id"),
    creationtime = optional("creationtime"),
    bridgevars = optional("bridgevars"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "Bridge",
    fields: &[
        ("id", "string"),
        ("technology", "string"),
        ("bridge_type", "string"),
        ("bridge_class", "string"),
        ("creator", "string"),
        ("name", "string"),
        ("channels", "List[string]"),
        ("video_mode", "string"),
        ("video_source_id", "string"),
        ("creationtime", "Date"),
        ("bridgevars", "object"),
    ],
};
