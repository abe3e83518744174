// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The table of all operations, as data.

use crate::runtime::{Availability, Operation, Version};
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

const IN_12_TO_24: Availability = Availability {
    releases: &[12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[],
    until: &[],
};

const IN_14_TO_24: Availability = Availability {
    releases: &[14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[],
    until: &[],
};

const IN_15_TO_24: Availability = Availability {
    releases: &[15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[],
    until: &[],
};

const IN_16_TO_24: Availability = Availability {
    releases: &[16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[],
    until: &[],
};

const IN_17_TO_24: Availability = Availability {
    releases: &[17, 18, 19, 20, 21, 22, 23, 24],
    since: &[],
    until: &[],
};

const IN_18_TO_24: Availability = Availability {
    releases: &[18, 19, 20, 21, 22, 23, 24],
    since: &[],
    until: &[],
};

const IN_V12_1_0_13_TO_24: Availability = Availability {
    releases: &[12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(12, 1, 0)],
    until: &[],
};

const IN_V12_2_0_13_TO_24: Availability = Availability {
    releases: &[12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(12, 2, 0)],
    until: &[],
};

const IN_V12_3_0_13_TO_24: Availability = Availability {
    releases: &[12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(12, 3, 0)],
    until: &[],
};

const IN_V12_5_0_13_TO_24: Availability = Availability {
    releases: &[12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(12, 5, 0)],
    until: &[],
};

const IN_V13_10_0_14_TO_24: Availability = Availability {
    releases: &[13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(13, 10, 0)],
    until: &[],
};

const IN_V13_13_0_V14_2_0_15_TO_24: Availability = Availability {
    releases: &[13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(13, 13, 0), Version::new(14, 2, 0)],
    until: &[],
};

const IN_V13_25_0_V16_2_0_17_TO_24: Availability = Availability {
    releases: &[13, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(13, 25, 0), Version::new(16, 2, 0)],
    until: &[],
};

const IN_V13_26_0_V16_3_0_17_TO_24: Availability = Availability {
    releases: &[13, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(13, 26, 0), Version::new(16, 3, 0)],
    until: &[],
};

const IN_V13_27_0_V16_4_0_17_TO_24: Availability = Availability {
    releases: &[13, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(13, 27, 0), Version::new(16, 4, 0)],
    until: &[],
};

const IN_V13_2_0_14_TO_24: Availability = Availability {
    releases: &[13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(13, 2, 0)],
    until: &[],
};

const IN_V13_3_0_14_TO_24: Availability = Availability {
    releases: &[13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(13, 3, 0)],
    until: &[],
};

const IN_V13_5_0_14_TO_24: Availability = Availability {
    releases: &[13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(13, 5, 0)],
    until: &[],
};

const IN_V13_6_0_14_TO_24: Availability = Availability {
    releases: &[13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(13, 6, 0)],
    until: &[],
};

const IN_V16_11_0_V17_5_0_18_TO_24: Availability = Availability {
    releases: &[16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(16, 11, 0), Version::new(17, 5, 0)],
    until: &[],
};

const IN_V16_2_0_17_TO_24: Availability = Availability {
    releases: &[16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(16, 2, 0)],
    until: &[],
};

const IN_V16_6_0_V17_1_0_18_TO_24: Availability = Availability {
    releases: &[16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(16, 6, 0), Version::new(17, 1, 0)],
    until: &[],
};

const IN_V18_20_0_V20_5_0_21_TO_24: Availability = Availability {
    releases: &[18, 20, 21, 22, 23, 24],
    since: &[Version::new(18, 20, 0), Version::new(20, 5, 0)],
    until: &[],
};

const IN_V20_13_0_V21_8_0_V22_3_0_23_24: Availability = Availability {
    releases: &[20, 21, 22, 23, 24],
    since: &[Version::new(20, 13, 0), Version::new(21, 8, 0), Version::new(22, 3, 0)],
    until: &[],
};

const IN_V20_16_0_V21_11_0_V22_6_0_23_24: Availability = Availability {
    releases: &[20, 21, 22, 23, 24],
    since: &[Version::new(20, 16, 0), Version::new(21, 11, 0), Version::new(22, 6, 0)],
    until: &[],
};

const IN_V20_17_0_V22_7_0_V23_1_0_24: Availability = Availability {
    releases: &[20, 22, 23, 24],
    since: &[Version::new(20, 17, 0), Version::new(22, 7, 0), Version::new(23, 1, 0)],
    until: &[],
};

const IN_V20_18_0_V22_8_0_V23_2_0_24: Availability = Availability {
    releases: &[20, 22, 23, 24],
    since: &[Version::new(20, 18, 0), Version::new(22, 8, 0), Version::new(23, 2, 0)],
    until: &[],
};

const IN_V20_20_0_V22_10_0_V23_4_0_24: Availability = Availability {
    releases: &[20, 22, 23, 24],
    since: &[Version::new(20, 20, 0), Version::new(22, 10, 0), Version::new(23, 4, 0)],
    until: &[],
};
