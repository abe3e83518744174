//! What the runtime asks of generated bindings as a whole.

use super::{Connection, ConnectionEvent, Error, Message};

/// A client of generated bindings.
pub trait Bindings: Clone + Send + Sync + 'static {
    /// What arrives on its WebSockets.
    type Event: Message;

    /// The client that sends through a connection.
    fn from_connection(connection: Connection<Self::Event>) -> Self;

    /// What the client sends through.
    fn connection(&self) -> &Connection<Self::Event>;
}

/// The messages of bindings that know none: texts as they arrive.
#[derive(Clone, Debug, PartialEq)]
pub enum RawMessage {
    /// A message.
    Text(String),
    /// Word of the connection.
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
