// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operations of the resource `deviceStates` that no handle has.

use super::List;
use crate::Client;

/// Device states feed hints, busy-lamp fields and queues. Every device can be read here; an
/// application owns those whose name begins with `Stasis:` and may set them freely. Watch for
/// changes by subscribing an application to `deviceState:` and the device name; they arrive as
/// `DeviceStateChanged`.
///
/// Returned by [`Client::device_states`].
#[derive(Clone, Debug)]
pub struct DeviceStates {
    client: Client,
}

impl DeviceStates {
    #[inline]
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists the devices controlled through this interface, with their states.
    ///
    /// `GET /deviceStates`: see [`List`].
    #[inline]
    pub fn list(&self) -> List<Client> {
        List::on(self.client.clone())
    }
}
