// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The table of all operations, as data.

use crate::runtime::Operation;
pub mod asterisk;
pub mod endpoints;
pub mod channels;
pub mod bridges;
pub mod recordings;
pub mod sounds;
pub mod playbacks;
pub mod device_states;
pub mod mailboxes;
pub mod events;
pub mod applications;

/// Every operation, by resource.
pub static OPERATIONS: &[&Operation] = &[
    &asterisk::GET_OBJECT,
    &asterisk::UPDATE_OBJECT,
    &asterisk::DELETE_OBJECT,
    &asterisk::GET_INFO,
    &asterisk::PING,
    &asterisk::LIST_MODULES,
    &asterisk::GET_MODULE,
    &asterisk::LOAD_MODULE,
    &asterisk::UNLOAD_MODULE,
    &asterisk::RELOAD_MODULE,
    &asterisk::LIST_LOG_CHANNELS,
    &asterisk::ADD_LOG,
    &asterisk::DELETE_LOG,
    &asterisk::ROTATE_LOG,
    &asterisk::GET_GLOBAL_VAR,
    &asterisk::SET_GLOBAL_VAR,
    &endpoints::LIST,
    &endpoints::SEND_MESSAGE,
    &endpoints::REFER,
    &endpoints::LIST_BY_TECH,
    &endpoints::GET,
    &endpoints::SEND_MESSAGE_TO_ENDPOINT,
    &endpoints::REFER_TO_ENDPOINT,
    &channels::LIST,
    &channels::ORIGINATE,
    &channels::CREATE,
    &channels::GET,
    &channels::ORIGINATE_WITH_ID,
    &channels::HANGUP,
    &channels::CONTINUE_IN_DIALPLAN,
    &channels::MOVE,
    &channels::REDIRECT,
    &channels::ANSWER,
    &channels::RING,
    &channels::RING_STOP,
    &channels::PROGRESS,
    &channels::SEND_DTMF,
    &channels::MUTE,
    &channels::UNMUTE,
    &channels::HOLD,
    &channels::UNHOLD,
    &channels::START_MOH,
    &channels::STOP_MOH,
    &channels::START_SILENCE,
    &channels::STOP_SILENCE,
    &channels::PLAY,
    &channels::PLAY_WITH_ID,
    &channels::RECORD,
    &channels::GET_CHANNEL_VAR,
    &channels::SET_CHANNEL_VAR,
    &channels::GET_CHANNEL_VARS,
    &channels::SET_CHANNEL_VARS,
    &channels::SNOOP_CHANNEL,
    &channels::SNOOP_CHANNEL_WITH_ID,
    &channels::DIAL,
    &channels::RTP_STATISTICS,
    &channels::EXTERNAL_MEDIA,
    &channels::TRANSFER_PROGRESS,
    &bridges::LIST,
    &bridges::CREATE,
    &bridges::CREATE_WITH_ID,
    &bridges::GET,
    &bridges::DESTROY,
    &bridges::GET_BRIDGE_VAR,
    &bridges::SET_BRIDGE_VAR,
    &bridges::GET_BRIDGE_VARS,
    &bridges::SET_BRIDGE_VARS,
    &bridges::ADD_CHANNEL,
    &bridges::REMOVE_CHANNEL,
    &bridges::SET_VIDEO_SOURCE,
    &bridges::CLEAR_VIDEO_SOURCE,
    &bridges::START_MOH,
    &bridges::STOP_MOH,
    &bridges::PLAY,
    &bridges::PLAY_WITH_ID,
    &bridges::RECORD,
    &recordings::LIST_STORED,
    &recordings::GET_STORED,
    &recordings::DELETE_STORED,
    &recordings::GET_STORED_FILE,
    &recordings::COPY_STORED,
    &recordings::GET_LIVE,
    &recordings::CANCEL,
    &recordings::STOP,
    &recordings::PAUSE,
    &recordings::UNPAUSE,
    &recordings::MUTE,
    &recordings::UNMUTE,
    &sounds::LIST,
    &sounds::GET,
    &playbacks::GET,
    &playbacks::STOP,
    &playbacks::CONTROL,
    &device_states::LIST,
    &device_states::GET,
    &device_states::UPDATE,
    &device_states::DELETE,
    &mailboxes::LIST,
    &mailboxes::GET,
    &mailboxes::UPDATE,
    &mailboxes::DELETE,
    &events::EVENT_WEBSOCKET,
    &events::USER_EVENT,
    &events::CLAIM_CHANNEL,
    &applications::LIST,
    &applications::GET,
    &applications::SUBSCRIBE,
    &applications::UNSUBSCRIBE,
    &applications::FILTER,
];

/// The releases that these bindings cover, oldest first.
pub static RELEASES: &[u16] = &[12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24];

const IN_12_TO_24: &[u16] = &[12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24];

const IN_13_TO_24: &[u16] = &[13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24];

const IN_13_16_TO_24: &[u16] = &[13, 16, 17, 18, 19, 20, 21, 22, 23, 24];

const IN_14_TO_24: &[u16] = &[14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24];

const IN_15_TO_24: &[u16] = &[15, 16, 17, 18, 19, 20, 21, 22, 23, 24];

const IN_16_TO_24: &[u16] = &[16, 17, 18, 19, 20, 21, 22, 23, 24];

const IN_17_TO_24: &[u16] = &[17, 18, 19, 20, 21, 22, 23, 24];

const IN_18_TO_24: &[u16] = &[18, 19, 20, 21, 22, 23, 24];

const IN_18_20_TO_24: &[u16] = &[18, 20, 21, 22, 23, 24];

const IN_20_TO_24: &[u16] = &[20, 21, 22, 23, 24];

const IN_20_22_TO_24: &[u16] = &[20, 22, 23, 24];
