//! The objects of the PBX and their representation in ARI, without behaviour.

mod app;
pub(crate) mod audio;
mod bridge;
mod call_broadcast;
pub(crate) mod carrier;
pub(crate) mod cause;
mod channel;
mod clock;
mod config_objects;
mod device_states;
mod dialplan;
mod dtmf;
mod event;
mod journal;
mod log_channels;
mod media_state;
mod media_support;
mod modules;
mod outgoing_message;
mod participants;
mod playback;
mod recording;
#[cfg(feature = "control")]
mod scenario_state;
mod settings;
mod sockets;
mod step_text;
mod transfer;
mod video;
pub(crate) mod wav;

pub(crate) use app::{App, Subscriptions};
pub use audio::ReceivedAudio;
pub(crate) use bridge::Bridge;
pub(crate) use call_broadcast::BroadcastState;
pub use call_broadcast::CallBroadcast;
pub(crate) use channel::{
    AnswerDestination, Channel, ChannelKind, ChannelRef, DialAttempt, LeaveDestination, Party,
    Position,
};
pub(crate) use clock::Clock;
pub(crate) use config_objects::{ConfigObject, ConfigObjects};
pub(crate) use device_states::{DEVICE_STATES, DeviceStates};
pub use dialplan::Step;
pub(crate) use dialplan::{Dialplan, stasis_data};
pub(crate) use dtmf::DtmfSequence;
pub(crate) use event::{Event, EventSubjects};
pub(crate) use journal::Journal;
pub use journal::Record;
pub(crate) use log_channels::LogChannels;
pub(crate) use media_state::{MediaCommand, MediaState};
pub(crate) use media_support::MediaSupport;
pub(crate) use modules::{ModuleOutcome, Modules};
pub(crate) use outgoing_message::OutgoingMessage;
pub(crate) use participants::{Participant, Participants};
pub(crate) use playback::{MediaTarget, Playback, PlaybackKey};
pub(crate) use recording::LiveRecording;
#[cfg(feature = "control")]
pub(crate) use scenario_state::{Round, ScenarioState};
#[cfg(feature = "tls")]
pub use settings::WebSocketTls;
pub(crate) use settings::{EndpointBehavior, Settings, User, WebSocketClient};
pub use sockets::PersistentWebSocket;
pub(crate) use sockets::{OutboundId, OutboundSocket, SocketId};
pub use step_text::StepError;
pub(crate) use transfer::RequestedTransfer;
pub(crate) use video::{Video, VideoChoice};
