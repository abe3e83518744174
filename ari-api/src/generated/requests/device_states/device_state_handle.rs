// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! A device state, by its id.

use crate::{Client, Event, models, runtime};

/// A device state, identified by its `deviceName`. A handle does nothing until one of its
/// operations is awaited.
///
/// Returned by [`Client::device_state`].
#[derive(Clone, Debug)]
pub struct DeviceStateHandle {
    pub(crate) client: Client,
    pub(super) device_name: String,
}

impl DeviceStateHandle {
    pub(crate) fn new(client: Client, device_name: impl Into<String>) -> Self {
        Self {
            client,
            device_name: device_name.into(),
        }
    }

    /// Returns the client that sends the operations of this handle.
    #[inline]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the `deviceName` of this handle.
    #[inline]
    pub fn device_name(&self) -> &str {
        &self.device_name
    }

    /// Returns a stream of the events of this device state from now on.
    ///
    /// It contains the events that the applications of this client receive. If the server reports
    /// that this device state does not exist, or that none of them is subscribed to it, the stream
    /// ends with [`Error::ObjectGone`](runtime::Error::ObjectGone). The number of open streams does
    /// not affect the cost of an event.
    pub fn events(&self) -> runtime::ObjectStream<Event> {
        self.client
            .connection()
            .watch(runtime::ObjectRef::new("device_state", &self.device_name))
    }
}

impl models::DeviceState {
    /// Returns the handle of this device state, for its operations and events, as
    /// [`Client::device_state`] does for its `name`.
    #[inline]
    pub fn handle(&self, client: &Client) -> DeviceStateHandle {
        DeviceStateHandle::new(client.clone(), &self.name)
    }
}
