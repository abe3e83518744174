//! Events of the command: the received text, and the decoded event.

use ari_api::client::{ApiClient, Connection, ToRequest, WebSocketRequest};
use ari_api::events::EventWebsocket;
use ari_api::schema::Operation;
use ari_api::stream::{ConnectionEvent, EventType, ObjectKind, ObjectRef};
use ari_api::transport::RequestBuilder;
use ari_api::{Error, Event};
use serde_json::Value;

/// The connection of all commands.
pub(crate) type CommandConnection = Connection<CommandEvent>;

/// An event as the command prints it.
#[derive(Debug)]
pub(crate) enum CommandEvent {
    Event {
        kind: String,
        raw: String,
        /// `None` if the bindings cannot decode the event, which is still printed.
        event: Option<Event>,
    },
    Connection(ConnectionEvent),
}

impl CommandEvent {
    /// Returns the event as JSON.
    ///
    /// # Errors
    /// Returns the parser's error if it does not accept the message. It rejects, for example, 128
    /// nested arrays and half of a surrogate pair, which Asterisk sends.
    pub(crate) fn parsed(&self) -> serde_json::Result<Value> {
        match self {
            CommandEvent::Event { raw, .. } => serde_json::from_str(raw),
            CommandEvent::Connection(event) => serde_json::to_value(event),
        }
    }

    /// Returns the event as JSON, or null if it cannot be parsed.
    pub(crate) fn json(&self) -> Value {
        self.parsed().unwrap_or(Value::Null)
    }

    pub(crate) fn event_type(&self) -> &str {
        match self {
            CommandEvent::Event { kind, .. } => kind,
            CommandEvent::Connection(event) => event.name(),
        }
    }

    /// Returns `true` if the event is about a channel. An event that the bindings cannot decode is
    /// about every channel whose id it contains.
    pub(crate) fn is_about(&self, channel: &str) -> bool {
        let mut about = match self {
            CommandEvent::Event {
                raw, event: None, ..
            } => raw.contains(&format!("\"{channel}\"")),
            _ => false,
        };
        self.visit_objects(&mut |object, _| {
            about |= object.kind == "channel" && object.id == channel;
        });
        about
    }
}

impl EventType for CommandEvent {
    const OBJECT_KINDS: &'static [ObjectKind] = Event::OBJECT_KINDS;

    fn operations() -> &'static [&'static Operation] {
        Event::operations()
    }

    fn decode_as(kind: &str, raw: &str) -> Result<Self, Error> {
        Ok(CommandEvent::Event {
            kind: kind.to_owned(),
            raw: raw.to_owned(),
            event: Event::decode_as(kind, raw).ok(),
        })
    }

    fn from_connection_event(event: ConnectionEvent) -> Self {
        CommandEvent::Connection(event)
    }

    fn visit_objects(&self, found: &mut dyn FnMut(ObjectRef<'_>, bool)) {
        if let CommandEvent::Event {
            event: Some(event), ..
        } = self
        {
            event.visit_objects(found);
        }
    }
}

/// The bindings from which a builder makes the connection.
#[derive(Clone)]
pub(crate) struct CommandClient(pub(crate) CommandConnection);

impl ApiClient for CommandClient {
    type Event = CommandEvent;

    fn from_connection(connection: CommandConnection) -> Self {
        CommandClient(connection)
    }

    fn connection(&self) -> &CommandConnection {
        &self.0
    }
}

/// The request for the WebSocket of applications.
pub(crate) struct ApplicationSocketRequest(EventWebsocket);

impl ApplicationSocketRequest {
    pub(crate) fn new(names: &[String], subscribe_all: bool) -> Self {
        let request = EventWebsocket::new(names);
        ApplicationSocketRequest(if subscribe_all {
            request.subscribe_all(true)
        } else {
            request
        })
    }
}

impl ToRequest for ApplicationSocketRequest {
    const OPERATION: &'static Operation = EventWebsocket::<()>::OPERATION;

    fn add_arguments(&self, request: &mut RequestBuilder) {
        self.0.add_arguments(request);
    }
}

impl WebSocketRequest for ApplicationSocketRequest {
    type Event = CommandEvent;
}
