// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Responses and events of Asterisk.

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
pub static MODELS: &[crate::runtime::ModelInfo] = &[
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
        name: "SystemInfo",
        fields: &[("version", "string"), ("entity_id", "string")],
    },
    crate::runtime::ModelInfo {
        name: "SetId",
        fields: &[("user", "string"), ("group", "string")],
    },
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
        name: "StatusInfo",
        fields: &[("startup_time", "Date"), ("last_reload_time", "Date")],
    },
    crate::runtime::ModelInfo {
        name: "AsteriskInfo",
        fields: &[
            ("build", "BuildInfo"),
            ("system", "SystemInfo"),
            ("config", "ConfigInfo"),
            ("status", "StatusInfo"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "AsteriskPing",
        fields: &[("asterisk_id", "string"), ("ping", "string"), ("timestamp", "string")],
    },
    crate::runtime::ModelInfo {
        name: "Module",
        fields: &[
            ("name", "string"),
            ("description", "string"),
            ("use_count", "int"),
            ("status", "string"),
            ("support_level", "string"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "LogChannel",
        fields: &[
            ("channel", "string"),
            ("type", "string"),
            ("status", "string"),
            ("configuration", "string"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "Variable",
        fields: &[("value", "string")],
    },
    crate::runtime::ModelInfo {
        name: "Variables",
        fields: &[("variables", "object")],
    },
    crate::runtime::ModelInfo {
        name: "ConfigTuple",
        fields: &[("attribute", "string"), ("value", "string")],
    },
    crate::runtime::ModelInfo {
        name: "Endpoint",
        fields: &[
            ("technology", "string"),
            ("resource", "string"),
            ("state", "string"),
            ("channel_ids", "List[string]"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "TextMessage",
        fields: &[
            ("from", "string"),
            ("to", "string"),
            ("body", "string"),
            ("variables", "object"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "TextMessageVariable",
        fields: &[("key", "string"), ("value", "string")],
    },
    crate::runtime::ModelInfo { name: "Dialed", fields: &[] },
    crate::runtime::ModelInfo {
        name: "DialplanCEP",
        fields: &[
            ("context", "string"),
            ("exten", "string"),
            ("priority", "long"),
            ("app_name", "string"),
            ("app_data", "string"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "CallerID",
        fields: &[("name", "string"), ("number", "string")],
    },
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
        name: "ExternalMedia",
        fields: &[
            ("channel", "Channel"),
            ("local_address", "string"),
            ("local_port", "int"),
        ],
    },
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
        name: "StoredRecording",
        fields: &[("name", "string"), ("format", "string")],
    },
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
        name: "FormatLangPair",
        fields: &[("language", "string"), ("format", "string")],
    },
    crate::runtime::ModelInfo {
        name: "Sound",
        fields: &[
            ("id", "string"),
            ("text", "string"),
            ("formats", "List[FormatLangPair]"),
        ],
    },
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
        name: "DeviceState",
        fields: &[("name", "string"), ("state", "string")],
    },
    crate::runtime::ModelInfo {
        name: "Mailbox",
        fields: &[("name", "string"), ("old_messages", "int"), ("new_messages", "int")],
    },
    crate::runtime::ModelInfo {
        name: "Message",
        fields: &[("type", "string"), ("asterisk_id", "string")],
    },
    crate::runtime::ModelInfo {
        name: "MissingParams",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("params", "List[string]"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "Event",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "ContactInfo",
        fields: &[
            ("uri", "string"),
            ("contact_status", "string"),
            ("aor", "string"),
            ("roundtrip_usec", "string"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "Peer",
        fields: &[
            ("peer_status", "string"),
            ("cause", "string"),
            ("address", "string"),
            ("port", "string"),
            ("time", "string"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "DeviceStateChanged",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("device_state", "DeviceState"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "PlaybackStarted",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("playback", "Playback"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "PlaybackContinuing",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("playback", "Playback"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "PlaybackFinished",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("playback", "Playback"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "RecordingStarted",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("recording", "LiveRecording"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "RecordingFinished",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("recording", "LiveRecording"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "RecordingFailed",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("recording", "LiveRecording"),
        ],
    },
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
        name: "ApplicationRegistered",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "ApplicationUnregistered",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "ApplicationReplaced",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "BridgeCreated",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("bridge", "Bridge"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "BridgeDestroyed",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("bridge", "Bridge"),
        ],
    },
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
        name: "ChannelCreated",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("channel", "Channel"),
        ],
    },
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
        name: "ChannelStateChange",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("channel", "Channel"),
        ],
    },
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
        name: "ChannelUnhold",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("channel", "Channel"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "ChannelToneDetected",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("channel", "Channel"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "ChannelTalkingStarted",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("channel", "Channel"),
        ],
    },
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
        name: "EndpointStateChange",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("endpoint", "Endpoint"),
        ],
    },
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
        name: "StasisEnd",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("channel", "Channel"),
        ],
    },
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
        name: "ChannelConnectedLine",
        fields: &[
            ("type", "string"),
            ("asterisk_id", "string"),
            ("application", "string"),
            ("timestamp", "Date"),
            ("channel", "Channel"),
        ],
    },
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
        name: "ReferTo",
        fields: &[
            ("requested_destination", "RequiredDestination"),
            ("destination_channel", "Channel"),
            ("connected_channel", "Channel"),
            ("bridge", "Bridge"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "ReferredBy",
        fields: &[
            ("source_channel", "Channel"),
            ("connected_channel", "Channel"),
            ("bridge", "Bridge"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "RequiredDestination",
        fields: &[
            ("protocol_id", "string"),
            ("destination", "string"),
            ("additional_protocol_params", "List[AdditionalParam]"),
        ],
    },
    crate::runtime::ModelInfo {
        name: "AdditionalParam",
        fields: &[("parameter_name", "string"), ("parameter_value", "string")],
    },
    crate::runtime::ModelInfo {
        name: "RESTHeader",
        fields: &[("name", "string"), ("value", "string")],
    },
    crate::runtime::ModelInfo {
        name: "RESTQueryStringParameter",
        fields: &[("name", "string"), ("value", "string")],
    },
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
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
    crate::runtime::ModelInfo {
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
