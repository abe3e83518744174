// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! A bridge, by its id.

use crate::{Client, Event, models, runtime};

/// A bridge, identified by its `bridgeId`. A handle does nothing until one of its operations is
/// awaited.
///
/// Returned by [`Client::bridge`].
#[derive(Clone, Debug)]
pub struct BridgeHandle {
    pub(crate) client: Client,
    pub(super) bridge_id: String,
}

impl BridgeHandle {
    pub(crate) fn new(client: Client, bridge_id: impl Into<String>) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
        }
    }

    /// Returns the client that sends the operations of this handle.
    #[inline]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the `bridgeId` of this handle.
    #[inline]
    pub fn bridge_id(&self) -> &str {
        &self.bridge_id
    }

    /// Returns a stream of the events of this bridge from now on. The stream ends after the event
    /// that reports the end of the object.
    ///
    /// It contains the events that the applications of this client receive. If the server reports
    /// that this bridge does not exist, or that none of them is subscribed to it, the stream ends
    /// with [`Error::ObjectGone`](runtime::Error::ObjectGone). The number of open streams does not
    /// affect the cost of an event.
    pub fn events(&self) -> runtime::ObjectStream<Event> {
        self.client
            .connection()
            .watch(runtime::ObjectRef::new("bridge", &self.bridge_id))
    }
}

impl models::Bridge {
    /// Returns the handle of this bridge, for its operations and events, as [`Client::bridge`] does
    /// for its `id`.
    #[inline]
    pub fn handle(&self, client: &Client) -> BridgeHandle {
        BridgeHandle::new(client.clone(), &self.id)
    }
}
