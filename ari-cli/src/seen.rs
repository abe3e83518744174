//! Events as the command sees them: the text that arrived, and what the bindings make of it.

use ari_api::events::EventWebsocket;
use ari_api::runtime::{
    ApiClient, Connection, ConnectionEvent, EventType, ObjectKind, ObjectRef, Operation,
    RequestEncoder, ToRequest, WebSocketRequest,
};
use ari_api::{Error, Event};
use serde_json::Value;

/// The connection that all commands use.
pub(crate) type Link = Connection<Seen>;

/// An event as the command prints it.
#[derive(Debug)]
pub(crate) enum Seen {
    Event {
        kind: String,
        raw: String,
        /// None for an event that does not fit the bindings, which is shown all the same.
        event: Option<Event>,
    },
    Connection(ConnectionEvent),
}

impl Seen {
    /// As JSON.
    ///
    /// # Errors
    /// Returns the parser's complaint if the message is not JSON that it accepts: it refuses, for
    /// example, 128 nested arrays and half of a surrogate pair, which Asterisk sends.
    pub(crate) fn parsed(&self) -> serde_json::Result<Value> {
        match self {
            Seen::Event { raw, .. } => serde_json::from_str(raw),
            Seen::Connection(event) => serde_json::to_value(event),
        }
    }

    /// As JSON, for reading single members; null if it cannot be parsed.
    pub(crate) fn json(&self) -> Value {
        self.parsed().unwrap_or(Value::Null)
    }

    pub(crate) fn kind(&self) -> &str {
        match self {
            Seen::Event { kind, .. } => kind,
            Seen::Connection(event) => event.name(),
        }
    }

    /// Returns `true` if the event is about a channel. An event that the bindings cannot decode is
    /// about every channel whose id it contains.
    pub(crate) fn is_about(&self, channel: &str) -> bool {
        let mut about = match self {
            Seen::Event {
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

impl EventType for Seen {
    const OBJECT_KINDS: &'static [ObjectKind] = Event::OBJECT_KINDS;

    fn operations() -> &'static [&'static Operation] {
        Event::operations()
    }

    fn decode_as(kind: &str, raw: &str) -> Result<Self, Error> {
        Ok(Seen::Event {
            kind: kind.to_owned(),
            raw: raw.to_owned(),
            event: Event::decode_as(kind, raw).ok(),
        })
    }

    fn from_connection_event(event: ConnectionEvent) -> Self {
        Seen::Connection(event)
    }

    fn visit_objects(&self, found: &mut dyn FnMut(ObjectRef<'_>, bool)) {
        if let Seen::Event {
            event: Some(event), ..
        } = self
        {
            event.visit_objects(found);
        }
    }
}

/// The bindings that a builder makes the link of.
#[derive(Clone)]
pub(crate) struct SeenClient(pub(crate) Link);

impl ApiClient for SeenClient {
    type Event = Seen;

    fn from_connection(connection: Link) -> Self {
        SeenClient(connection)
    }

    fn connection(&self) -> &Link {
        &self.0
    }
}

/// The request for events.
pub(crate) struct Applications(EventWebsocket);

impl Applications {
    pub(crate) fn new(names: &[String], subscribe_all: bool) -> Self {
        let request = EventWebsocket::new(names);
        Applications(if subscribe_all {
            request.subscribe_all(true)
        } else {
            request
        })
    }
}

impl ToRequest for Applications {
    const OPERATION: &'static Operation = EventWebsocket::<()>::OPERATION;

    fn encode(&self, encoder: &mut RequestEncoder) {
        self.0.encode(encoder);
    }
}

impl WebSocketRequest for Applications {
    type Event = Seen;
}
