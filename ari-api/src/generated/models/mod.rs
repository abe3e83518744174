// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! What Asterisk answers and reports.

use crate::runtime::ModelInfo;
mod asterisk;
mod endpoints;
mod channels;
mod bridges;
mod recordings;
mod sounds;
mod playbacks;
mod device_states;
mod mailboxes;
mod events;
mod applications;
pub use asterisk::*;
pub use endpoints::*;
pub use channels::*;
pub use bridges::*;
pub use recordings::*;
pub use sounds::*;
pub use playbacks::*;
pub use device_states::*;
pub use mailboxes::*;
pub use events::*;
pub use applications::*;

/// Every model, as data, by resource.
pub static MODELS: &[ModelInfo] = &[
    ModelInfo {
        name: "BuildInfo",
        fields: &[
            ("os", "string"),
            ("kernel", "string"),
            ("options", "string"),
            ("machine", "string"),
            ("date", "string"),
            ("user", "string"),
        ],
    },
    ModelInfo {
        name: "SystemInfo",
        fields: &[("version", "string"), ("entity_id", "string")],
    },
    ModelInfo {
        name: "SetId",
        fields: &[("user", "string"), ("group", "string")],
    },
    ModelInfo {
        name: "ConfigInfo",
        fields: &[
            ("name", "string"),
            ("default_language", "string"),
            ("max_channels", "int"),
            ("max_open_files", "int"),
            ("max_load", "double"),
            ("setid", "SetId"),
        ],
    },
    ModelInfo {
        name: "StatusInfo",
        fields: &[("startup_time", "Date"), ("last_reload_time", "Date")],
    },
    ModelInfo {
        name: "AsteriskInfo",
        fields: &[
            ("build", "BuildInfo"),
            ("system", "SystemInfo"),
            ("config", "ConfigInfo"),
            ("status", "StatusInfo"),
        ],
    },
    ModelInfo {
        name: "AsteriskPing",
        fields: &[("asterisk_id", "string"), ("ping", "string"), ("timestamp", "string")],
    },
    ModelInfo {
        name: "Module",
        fields: &[
            ("name", "string"),
            ("description", "string"),
            ("use_count", "int"),
            ("status", "string"),
            ("support_level", "string"),
        ],
    },
    ModelInfo {
        name: "LogChannel",
        fields: &[
            ("channel", "string"),
            ("type", "string"),
            ("status", "string"),
            ("configuration", "string"),
        ],
    },
    ModelInfo {
        name: "Variable",
        fields: &[("value", "string")],
    },
    ModelInfo {
        name: "Variables",
        fields: &[("variables", "object")],
    },
    ModelInfo {
        name: "ConfigTuple",
        fields: &[("attribute", "string"), ("value", "string")],
    },
    ModelInfo {
        name: "Endpoint",
        fields: &[
            ("technology", "string"),
            ("resource", "string"),
            ("state", "string"),
            ("channel_ids", "List[string]"),
        ],
    },
    ModelInfo {
        name: "TextMessage",
        fields: &[
            ("from", "string"),
            ("to", "string"),
            ("body", "string"),
            ("variables", "object"),
        ],
    },
    ModelInfo {
        name: "TextMessageVariable",
        fields: &[("key", "string"), ("value", "string")],
    },
    ModelInfo {
        name: "Dialed",
        fields: &[],
    },
    ModelInfo {
        name: "DialplanCEP",
        fields: &[
            ("context", "string"),
            ("exten", "string"),
            ("priority", "long"),
            ("app_name", "string"),
            ("app_data", "string"),
        ],
    },
    ModelInfo {
        name: "CallerID",
        fields: &[("name", "string"), ("number", "string")],
    },
    ModelInfo {
        name: "RTPstat",
        fields: &[
            ("txcount", "int"),
            ("rxcount", "int"),
            ("txjitter", "double"),
            ("rxjitter", "double"),
            ("remote_maxjitter", "double"),
            ("remote_minjitter", "double"),
            ("remote_normdevjitter", "double"),
            ("remote_stdevjitter", "double"),
            ("local_maxjitter", "double"),
            ("local_minjitter", "double"),
            ("local_normdevjitter", "double"),
            ("local_stdevjitter", "double"),
            ("txploss", "int"),
            ("rxploss", "int"),
            ("remote_maxrxploss", "double"),
            ("remote_minrxploss", "double"),
            ("remote_normdevrxploss", "double"),
            ("remote_stdevrxploss", "double"),
            ("local_maxrxploss", "double"),
            ("local_minrxploss", "double"),
            ("local_normdevrxploss", "double"),
            ("local_stdevrxploss", "double"),
            ("rtt", "double"),
            ("maxrtt", "double"),
            ("minrtt", "double"),
            ("normdevrtt", "double"),
            ("stdevrtt", "double"),
            ("local_ssrc", "int"),
            ("remote_ssrc", "int"),
            ("txoctetcount", "int"),
            ("rxoctetcount", "int"),
            ("channel_uniqueid", "string"),
        ],
    },
    ModelInfo {
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
    },
    ModelInfo {
        name: "ExternalMedia",
        fields: &[
            ("channel", "Channel"),
            ("local_address", "string"),
            ("local_port", "int"),
        ],
    },
    ModelInfo {
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
    },
    ModelInfo {
        name: "StoredRecording",
        fields: &[("name", "string"), ("format", "string")],
    },
    ModelInfo {
        name: "LiveRecording",
        fields: &[
            ("name", "string"),
            ("format", "string"),
            ("target_uri", "string"),
            ("state", "string"),
            ("duration", "int"),
            ("talking_duration", "int"),
            ("silence_duration", "int"),
            ("cause", "string"),
        ],
    },
    ModelInfo {
        name: "FormatLangPair",
        fields: &[("language", "string"), ("format", "string")],
    },
    ModelInfo {
        name: "Sound",
        fields: &[
            ("id", "string"),
            ("text", "string"),
            ("formats", "List[FormatLangPair]"),
        ],
    },
    ModelInfo {
        name: "Playback",
        fields: &[
            ("id", "string"),
            ("media_uri", "string"),
            ("next_media_uri", "string"),
            ("target_uri", "string"),
            ("language", "string"),
            ("state", "string"),
        ],
    },
    ModelInfo {
        name: "DeviceState",
        fields: &[("name", "string"), ("state", "string")],
    },
    ModelInfo {
        name: "Mailbox",
        fields: &[("name", "string"), ("old_messages", "int"), ("new_messages", "int")],
    },
    ModelInfo {
        name: "Message",
        fields: &[("type", "string"), ("asterisk_id", "string")],
    },
    ModelInfo {
        name: "MissingParams",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("params", "List[string]"),
        ],
    },
    ModelInfo {
        name: "Event",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
        ],
    },
    ModelInfo {
        name: "ContactInfo",
        fields: &[
            ("uri", "string"),
            ("contact_status", "string"),
            ("aor", "string"),
            ("roundtrip_usec", "string"),
        ],
    },
    ModelInfo {
        name: "Peer",
        fields: &[
            ("peer_status", "string"),
            ("cause", "string"),
            ("address", "string"),
            ("port", "string"),
            ("time", "string"),
        ],
    },
    ModelInfo {
        name: "DeviceStateChanged",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("device_state", "DeviceState"),
        ],
    },
    ModelInfo {
        name: "PlaybackStarted",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("playback", "Playback"),
        ],
    },
    ModelInfo {
        name: "PlaybackContinuing",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("playback", "Playback"),
        ],
    },
    ModelInfo {
        name: "PlaybackFinished",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("playback", "Playback"),
        ],
    },
    ModelInfo {
        name: "RecordingStarted",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("recording", "LiveRecording"),
        ],
    },
    ModelInfo {
        name: "RecordingFinished",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("recording", "LiveRecording"),
        ],
    },
    ModelInfo {
        name: "RecordingFailed",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("recording", "LiveRecording"),
        ],
    },
    ModelInfo {
        name: "ApplicationMoveFailed",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("channel", "Channel"),
            ("destination", "string"),
            ("args", "List[string]"),
        ],
    },
    ModelInfo {
        name: "ApplicationRegistered",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
        ],
    },
    ModelInfo {
        name: "ApplicationUnregistered",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
        ],
    },
    ModelInfo {
        name: "ApplicationReplaced",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
        ],
    },
    ModelInfo {
        name: "BridgeCreated",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("bridge", "Bridge"),
        ],
    },
    ModelInfo {
        name: "BridgeDestroyed",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("bridge", "Bridge"),
        ],
    },
    ModelInfo {
        name: "BridgeMerged",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("bridge", "Bridge"),
            ("bridge_from", "Bridge"),
        ],
    },
    ModelInfo {
        name: "BridgeVideoSourceChanged",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("bridge", "Bridge"),
            ("old_video_source_id", "string"),
        ],
    },
    ModelInfo {
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
    },
    ModelInfo {
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
    },
    ModelInfo {
        name: "ChannelCreated",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("channel", "Channel"),
        ],
    },
    ModelInfo {
        name: "ChannelDestroyed",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("cause", "int"),
            ("cause_txt", "string"),
            ("tech_cause", "int"),
            ("channel", "Channel"),
        ],
    },
    ModelInfo {
        name: "ChannelEnteredBridge",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("bridge", "Bridge"),
            ("channel", "Channel"),
        ],
    },
    ModelInfo {
        name: "ChannelLeftBridge",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("bridge", "Bridge"),
            ("channel", "Channel"),
        ],
    },
    ModelInfo {
        name: "ChannelStateChange",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("channel", "Channel"),
        ],
    },
    ModelInfo {
        name: "ChannelDtmfReceived",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("digit", "string"),
            ("duration_ms", "int"),
            ("channel", "Channel"),
        ],
    },
    ModelInfo {
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
    },
    ModelInfo {
        name: "ChannelCallerId",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("caller_presentation", "int"),
            ("caller_presentation_txt", "string"),
            ("channel", "Channel"),
        ],
    },
    ModelInfo {
        name: "ChannelUserevent",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("eventname", "string"),
            ("channel", "Channel"),
            ("bridge", "Bridge"),
            ("endpoint", "Endpoint"),
            ("userevent", "object"),
        ],
    },
    ModelInfo {
        name: "ChannelHangupRequest",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("cause", "int"),
            ("tech_cause", "int"),
            ("soft", "boolean"),
            ("channel", "Channel"),
        ],
    },
    ModelInfo {
        name: "ChannelVarset",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("variable", "string"),
            ("value", "string"),
            ("channel", "Channel"),
        ],
    },
    ModelInfo {
        name: "ChannelHold",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("channel", "Channel"),
            ("musicclass", "string"),
        ],
    },
    ModelInfo {
        name: "ChannelUnhold",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("channel", "Channel"),
        ],
    },
    ModelInfo {
        name: "ChannelToneDetected",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("channel", "Channel"),
        ],
    },
    ModelInfo {
        name: "ChannelTalkingStarted",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("channel", "Channel"),
        ],
    },
    ModelInfo {
        name: "ChannelTalkingFinished",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("channel", "Channel"),
            ("duration", "int"),
        ],
    },
    ModelInfo {
        name: "ContactStatusChange",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("endpoint", "Endpoint"),
            ("contact_info", "ContactInfo"),
        ],
    },
    ModelInfo {
        name: "PeerStatusChange",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("endpoint", "Endpoint"),
            ("peer", "Peer"),
        ],
    },
    ModelInfo {
        name: "EndpointStateChange",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("endpoint", "Endpoint"),
        ],
    },
    ModelInfo {
        name: "Dial",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("caller", "Channel"),
            ("peer", "Channel"),
            ("forward", "string"),
            ("forwarded", "Channel"),
            ("dialstring", "string"),
            ("dialstatus", "string"),
        ],
    },
    ModelInfo {
        name: "StasisEnd",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("channel", "Channel"),
        ],
    },
    ModelInfo {
        name: "StasisStart",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("args", "List[string]"),
            ("channel", "Channel"),
            ("replace_channel", "Channel"),
        ],
    },
    ModelInfo {
        name: "TextMessageReceived",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("message", "TextMessage"),
            ("endpoint", "Endpoint"),
        ],
    },
    ModelInfo {
        name: "ChannelConnectedLine",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("channel", "Channel"),
        ],
    },
    ModelInfo {
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
    },
    ModelInfo {
        name: "ReferTo",
        fields: &[
            ("requested_destination", "RequiredDestination"),
            ("destination_channel", "Channel"),
            ("connected_channel", "Channel"),
            ("bridge", "Bridge"),
        ],
    },
    ModelInfo {
        name: "ReferredBy",
        fields: &[
            ("source_channel", "Channel"),
            ("connected_channel", "Channel"),
            ("bridge", "Bridge"),
        ],
    },
    ModelInfo {
        name: "RequiredDestination",
        fields: &[
            ("protocol_id", "string"),
            ("destination", "string"),
            ("additional_protocol_params", "List[AdditionalParam]"),
        ],
    },
    ModelInfo {
        name: "AdditionalParam",
        fields: &[("parameter_name", "string"), ("parameter_value", "string")],
    },
    ModelInfo {
        name: "RESTHeader",
        fields: &[("name", "string"), ("value", "string")],
    },
    ModelInfo {
        name: "RESTQueryStringParameter",
        fields: &[("name", "string"), ("value", "string")],
    },
    ModelInfo {
        name: "RESTRequest",
        fields: &[
            ("type", "string"),
            ("transaction_id", "string"),
            ("request_id", "string"),
            ("method", "string"),
            ("uri", "string"),
            ("content_type", "string"),
            ("query_strings", "List[RESTQueryStringParameter]"),
            ("message_body", "string"),
        ],
    },
    ModelInfo {
        name: "RESTResponse",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("transaction_id", "string"),
            ("request_id", "string"),
            ("status_code", "int"),
            ("reason_phrase", "string"),
            ("uri", "string"),
            ("content_type", "string"),
            ("message_body", "string"),
        ],
    },
    ModelInfo {
        name: "CallBroadcast",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("channel", "Channel"),
            ("caller", "string"),
            ("called", "string"),
        ],
    },
    ModelInfo {
        name: "CallClaimed",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("channel", "Channel"),
            ("winner_app", "string"),
        ],
    },
    ModelInfo {
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
    },
];
