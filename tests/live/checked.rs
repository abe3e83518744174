//! Events together with what arrived, so that nothing of them is lost unnoticed.

use std::borrow::Borrow;

use ari_api::events::EventWebsocket;
use ari_api::runtime::{Connect, Encode, Encoder, EventStream, Message, Operation};
use ari_api::{Client, Error, Event};
use serde_json::Value;

/// An event that, written again, is what arrived.
#[derive(Debug)]
pub(crate) struct Checked(Event);

impl Message for Checked {
    /// # Panics
    ///
    /// If any key or value is missing or different, or if the type of the event is not known.
    fn decode(raw: &str) -> Result<Self, Error> {
        let event = Event::decode(raw)?;
        let arrived: Value = serde_json::from_str(raw).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), arrived);
        assert_eq!(event.kind(), arrived["type"]);
        assert!(!matches!(event, Event::Unknown { .. }), "{raw}");
        assert!(event.timestamp().is_some() && event.application().is_some());
        assert_eq!(event.asterisk_id().unwrap(), arrived["asterisk_id"]);
        Ok(Checked(event))
    }
}

impl Borrow<Event> for Checked {
    fn borrow(&self) -> &Event {
        &self.0
    }
}

/// The request for events, answered with checked ones.
struct CheckedWebsocket(EventWebsocket);

impl Encode for CheckedWebsocket {
    const OPERATION: &'static Operation = EventWebsocket::<()>::OPERATION;

    fn encode(&self, encoder: &mut Encoder) {
        self.0.encode(encoder);
    }
}

impl Connect for CheckedWebsocket {
    type Message = Checked;
}

/// Connects an application, with or without the events of everything.
pub(crate) async fn connect(client: &Client, app: &str, all: bool) -> EventStream<Checked> {
    let request = CheckedWebsocket(EventWebsocket::new([app]).subscribe_all(all));
    client.connection().connect(&request).await.unwrap()
}
