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
pub use self::asterisk::{
    BuildInfo, SystemInfo, SetId, ConfigInfo, StatusInfo, AsteriskInfo, AsteriskPing,
    Module, LogChannel, Variable, Variables, ConfigTuple,
};
pub use self::endpoints::{Endpoint, TextMessage, TextMessageVariable, EndpointState};
pub use self::channels::{
    Dialed, DialplanCep, CallerId, RtpStat, Channel, ExternalMedia, ChannelState,
};
pub use self::bridges::{Bridge, BridgeType};
pub use self::recordings::{StoredRecording, LiveRecording, LiveRecordingState};
pub use self::sounds::{FormatLangPair, Sound};
pub use self::playbacks::{Playback, PlaybackState};
pub use self::device_states::{DeviceState, DeviceStateState};
pub use self::mailboxes::Mailbox;
pub use self::events::{
    Message, MissingParams, EventModel, ContactInfo, Peer, DeviceStateChanged,
    PlaybackStarted, PlaybackContinuing, PlaybackFinished, RecordingStarted,
    RecordingFinished, RecordingFailed, ApplicationMoveFailed, ApplicationRegistered,
    ApplicationUnregistered, ApplicationReplaced, BridgeCreated, BridgeDestroyed,
    BridgeMerged, BridgeVideoSourceChanged, BridgeBlindTransfer, BridgeAttendedTransfer,
    ChannelCreated, ChannelDestroyed, ChannelEnteredBridge, ChannelLeftBridge,
    ChannelStateChange, ChannelDtmfReceived, ChannelDialplan, ChannelCallerId,
    ChannelUserevent, ChannelHangupRequest, ChannelVarset, ChannelHold, ChannelUnhold,
    ChannelToneDetected, ChannelTalkingStarted, ChannelTalkingFinished,
    ContactStatusChange, PeerStatusChange, EndpointStateChange, Dial, StasisEnd,
    StasisStart, TextMessageReceived, ChannelConnectedLine, ChannelTransfer, ReferTo,
    ReferredBy, RequiredDestination, AdditionalParam, RestHeader,
    RestQueryStringParameter, RestRequest, RestResponse, CallBroadcast, CallClaimed,
    ContactStatus,
};
pub use self::applications::Application;

/// Every model, as data, by resource.
pub static MODELS: &[crate::runtime::ModelInfo] = &[
    asterisk::build_info::INFO,
    asterisk::system_info::INFO,
    asterisk::set_id::INFO,
    asterisk::config_info::INFO,
    asterisk::status_info::INFO,
    asterisk::asterisk_info::INFO,
    asterisk::asterisk_ping::INFO,
    asterisk::module::INFO,
    asterisk::log_channel::INFO,
    asterisk::variable::INFO,
    asterisk::variables::INFO,
    asterisk::config_tuple::INFO,
    endpoints::endpoint::INFO,
    endpoints::text_message::INFO,
    endpoints::text_message_variable::INFO,
    channels::dialed::INFO,
    channels::dialplan_cep::INFO,
    channels::caller_id::INFO,
    channels::rtp_stat::INFO,
    channels::channel::INFO,
    channels::external_media::INFO,
    bridges::bridge::INFO,
    recordings::stored_recording::INFO,
    recordings::live_recording::INFO,
    sounds::format_lang_pair::INFO,
    sounds::sound::INFO,
    playbacks::playback::INFO,
    device_states::device_state::INFO,
    mailboxes::mailbox::INFO,
    events::message::INFO,
    events::missing_params::INFO,
    events::event_model::INFO,
    events::contact_info::INFO,
    events::peer::INFO,
    events::device_state_changed::INFO,
    events::playback_started::INFO,
    events::playback_continuing::INFO,
    events::playback_finished::INFO,
    events::recording_started::INFO,
    events::recording_finished::INFO,
    events::recording_failed::INFO,
    events::application_move_failed::INFO,
    events::application_registered::INFO,
    events::application_unregistered::INFO,
    events::application_replaced::INFO,
    events::bridge_created::INFO,
    events::bridge_destroyed::INFO,
    events::bridge_merged::INFO,
    events::bridge_video_source_changed::INFO,
    events::bridge_blind_transfer::INFO,
    events::bridge_attended_transfer::INFO,
    events::channel_created::INFO,
    events::channel_destroyed::INFO,
    events::channel_entered_bridge::INFO,
    events::channel_left_bridge::INFO,
    events::channel_state_change::INFO,
    events::channel_dtmf_received::INFO,
    events::channel_dialplan::INFO,
    events::channel_caller_id::INFO,
    events::channel_userevent::INFO,
    events::channel_hangup_request::INFO,
    events::channel_varset::INFO,
    events::channel_hold::INFO,
    events::channel_unhold::INFO,
    events::channel_tone_detected::INFO,
    events::channel_talking_started::INFO,
    events::channel_talking_finished::INFO,
    events::contact_status_change::INFO,
    events::peer_status_change::INFO,
    events::endpoint_state_change::INFO,
    events::dial::INFO,
    events::stasis_end::INFO,
    events::stasis_start::INFO,
    events::text_message_received::INFO,
    events::channel_connected_line::INFO,
    events::channel_transfer::INFO,
    events::refer_to::INFO,
    events::referred_by::INFO,
    events::required_destination::INFO,
    events::additional_param::INFO,
    events::rest_header::INFO,
    events::rest_query_string_parameter::INFO,
    events::rest_request::INFO,
    events::rest_response::INFO,
    events::call_broadcast::INFO,
    events::call_claimed::INFO,
    applications::application::INFO,
];
