//! Events together with their original text, so that no loss of data goes unnoticed.

use std::borrow::Borrow;

use ari_api::client::{
    ApiClient, ClientBuilder, Connection, ReconnectPolicy, ToRequest, WebSocketRequest,
};
use ari_api::events::EventWebsocket;
use ari_api::schema::Operation;
use ari_api::stream::{ConnectionEvent, EventStream, EventType, ObjectKind, ObjectRef};
use ari_api::transport::RequestEncoder;
use ari_api::{Error, Event};
use serde_json::Value;

use crate::asterisk::Asterisk;

/// An event that is encoded to the text that arrived.
#[derive(Debug)]
pub(crate) struct Checked(Event);

impl EventType for Checked {
    const OBJECT_KINDS: &'static [ObjectKind] = Event::OBJECT_KINDS;

    fn operations() -> &'static [&'static Operation] {
        Event::operations()
    }

    /// # Panics
    ///
    /// Panics if any key or value is missing or different, or if the type of the event is unknown.
    fn decode_as(kind: &str, raw: &str) -> Result<Self, Error> {
        let event = Event::decode_as(kind, raw)?;
        let arrived: Value = serde_json::from_str(raw).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), arrived);
        assert_eq!(event.kind(), arrived["type"]);
        assert!(!matches!(event, Event::Unknown { .. }), "{raw}");
        assert!(event.timestamp().is_some() && event.application().is_some());
        assert_eq!(event.asterisk_id().unwrap(), arrived["asterisk_id"]);
        Ok(Checked(event))
    }

    fn from_connection_event(event: ConnectionEvent) -> Self {
        Checked(Event::from_connection_event(event))
    }

    fn visit_objects(&self, found: &mut dyn FnMut(ObjectRef<'_>, bool)) {
        self.0.visit_objects(found);
    }
}

/// A client that receives checked events.
#[derive(Clone)]
struct CheckedClient(Connection<Checked>);

impl ApiClient for CheckedClient {
    type Event = Checked;

    fn from_connection(connection: Connection<Checked>) -> Self {
        CheckedClient(connection)
    }

    fn connection(&self) -> &Connection<Checked> {
        &self.0
    }
}

impl Borrow<Event> for Checked {
    fn borrow(&self) -> &Event {
        &self.0
    }
}

/// The request for events, which returns checked ones.
struct CheckedWebsocket(EventWebsocket);

impl ToRequest for CheckedWebsocket {
    const OPERATION: &'static Operation = EventWebsocket::<()>::OPERATION;

    fn encode(&self, encoder: &mut RequestEncoder) {
        self.0.encode(encoder);
    }
}

impl WebSocketRequest for CheckedWebsocket {
    type Event = Checked;
}

/// Connects an application, with or without a subscription to everything. A lost socket ends the
/// stream: the tests are about events, and none may be missing.
pub(crate) async fn connect(server: &Asterisk, app: &str, all: bool) -> EventStream<Checked> {
    let client = ClientBuilder::<CheckedClient>::new(server.url())
        .credentials(server.user(), server.password())
        .reconnect(ReconnectPolicy::disabled())
        .build()
        .unwrap();
    let request = CheckedWebsocket(EventWebsocket::new([app]).subscribe_all(all));
    client.connection().connect(&request).await.unwrap()
}
