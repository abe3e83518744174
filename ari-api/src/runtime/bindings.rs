//! The traits that generated bindings implement as a whole.

use super::{Connection, ConnectionEvent, Error, Message};

/// A client of generated bindings.
pub trait Bindings: Clone + Send + Sync + 'static {
    /// The type of the events on its WebSockets.
    type Event: Message;

    /// Creates a client that sends requests through a connection.
    fn from_connection(connection: Connection<Self::Event>) -> Self;

    /// Returns the connection that the client sends requests through.
    fn connection(&self) -> &Connection<Self::Event>;
}

/// Undecoded messages, for bindings without event types.
#[derive(Clone, Debug, PartialEq)]
pub enum RawMessage {
    /// The text of a message.
    Text(String),
    /// A change of the connection.
    Connection(ConnectionEvent),
}

impl Message for RawMessage {
    fn decode_kind(_: &str, raw: &str) -> Result<Self, Error> {
        Ok(RawMessage::Text(raw.to_owned()))
    }

    fn of_connection(event: ConnectionEvent) -> Self {
        RawMessage::Connection(event)
    }
}
