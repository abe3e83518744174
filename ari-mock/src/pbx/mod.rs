//! The simulated PBX: its state, its scheduled tasks and everything that changes it.
//!
//! All state is one value behind one lock, and nothing in it blocks. Delayed actions are put on the
//! schedule, and commands that have to wait are put into the queue of a channel. Events are sent
//! while the lock is held, into unbounded queues that the server reads, so a client that reads
//! slowly cannot block the server.

mod apps;
mod attended_transfers;
mod audio_routing;
mod audio_tick;
mod bridge;
mod bridge_transfers;
mod call;
mod call_broadcast;
mod call_forward;
mod command_queue;
mod connected_line;
mod detect;
mod device_states;
mod dialplan_exec;
mod dynamic_config;
mod endpoints;
mod hangup;
mod incoming_call;
mod media;
mod media_connections;
mod media_state;
mod outbound_sockets;
mod participants;
mod recording;
mod redirect;
#[cfg(feature = "control")]
mod reset;
mod stasis;
mod state;
mod transfers;
mod variable_inheritance;
mod variables;
mod video;
mod websocket_channels;

pub(crate) use call::NewChannel;
pub(crate) use call_broadcast::ClaimError;
pub(crate) use dynamic_config::{CONFIG_CLASS, ConfigError};
pub(crate) use incoming_call::{ArrivingCall, Destination};
pub(crate) use media_connections::WebSocketEnd;
pub(crate) use state::{
    AudioSocketCallback, Command, CommandQueue, NetworkRequest, PbxState, QueuedFunction,
};
pub(crate) use variables::VariableLookup;
pub(crate) use websocket_channels::NewWebSocketChannel;
