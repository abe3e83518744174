//! The protocol of `chan_websocket`: commands to Asterisk and events from it, as JSON or as plain
//! text, and the options of its channels. Audio travels in binary messages of whole frames.

mod command;
mod correlation_id;
mod event;
mod options;
mod syntax;

pub use command::{Command, MAX_COMMAND_SIZE};
pub use correlation_id::{CorrelationId, InvalidCorrelationId};
pub use event::{Event, EventError, MediaStart, Status};
pub use options::{ChannelOption, ConnectionType, Direction, InvalidOption, transport_data};
pub use syntax::Syntax;

/// The subprotocol of media WebSockets.
pub const SUBPROTOCOL: &str = "media";

/// The largest payload in bytes that Asterisk accepts in one binary message. A longer one ends the
/// channel.
pub const MAX_AUDIO_SIZE: usize = 65_527;
