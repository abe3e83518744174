//! The traits that generated bindings implement as a whole.

use crate::client::connection::Connection;
use crate::error::types::Error;
use crate::event::connection_event::ConnectionEvent;
use crate::event::event_type::EventType;

/// A client of generated bindings.
pub trait ApiClient: Clone + Send + Sync + 'static {
    /// The type of the events on its WebSockets.
    type Event: EventType;

    /// Creates a client that sends requests through a connection.
    fn from_connection(connection: Connection<Self::Event>) -> Self;

    /// Returns the connection that the client sends requests through.
    fn connection(&self) -> &Connection<Self::Event>;
}

/// Undecoded messages, for bindings without event types.
#[derive(Clone, Debug, PartialEq)]
pub enum RawEvent {
    /// The text of a message.
    Text(String),
    /// A change of the connection.
    Connection(ConnectionEvent),
}

impl EventType for RawEvent {
    fn decode_as(_: &str, raw: &str) -> Result<Self, Error> {
        Ok(RawEvent::Text(raw.to_owned()))
    }

    fn from_connection_event(event: ConnectionEvent) -> Self {
        RawEvent::Connection(event)
    }
}
