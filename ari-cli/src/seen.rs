//! Events as the command sees them: the text that arrived, and what the bindings make of it.

use ari_api::events::EventWebsocket;
use ari_api::runtime::{
    Bindings, Class, Connect, Connection, ConnectionEvent, Encode, Encoder, Message, Object,
    Operation,
};
use ari_api::{Error, Event};
use serde_json::Value;

/// What all commands send through.
pub(crate) type Link = Connection<Seen>;

/// What arrives.
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
            Seen::Connection(event) => event.kind(),
        }
    }

    /// Whether it is about a channel. An event that the bindings cannot decode is about every
    /// channel whose id it holds.
    pub(crate) fn is_about(&self, channel: &str) -> bool {
        let mut about = match self {
            Seen::Event {
                raw, event: None, ..
            } => raw.contains(&format!("\"{channel}\"")),
            _ => false,
        };
        self.objects(&mut |object, _| {
            about |= object.class == "channel" && object.id == channel;
        });
        about
    }
}

impl Message for Seen {
    const CLASSES: &'static [Class] = Event::CLASSES;

    fn operations() -> &'static [&'static Operation] {
        Event::operations()
    }

    fn decode_kind(kind: &str, raw: &str) -> Result<Self, Error> {
        Ok(Seen::Event {
            kind: kind.to_owned(),
            raw: raw.to_owned(),
            event: Event::decode_kind(kind, raw).ok(),
        })
    }

    fn of_connection(event: ConnectionEvent) -> Self {
        Seen::Connection(event)
    }

    fn objects(&self, found: &mut dyn FnMut(Object<'_>, bool)) {
        if let Seen::Event {
            event: Some(event), ..
        } = self
        {
            event.objects(found);
        }
    }
}

/// The bindings that a builder makes the link of.
#[derive(Clone)]
pub(crate) struct SeenClient(pub(crate) Link);

impl Bindings for SeenClient {
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

impl Encode for Applications {
    const OPERATION: &'static Operation = EventWebsocket::<()>::OPERATION;

    fn encode(&self, encoder: &mut Encoder) {
        self.0.encode(encoder);
    }
}

impl Connect for Applications {
    type Message = Seen;
}
