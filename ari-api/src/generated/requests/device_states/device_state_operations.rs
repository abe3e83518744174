// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operations of `DeviceStateHandle`.

use super::{Delete, DeviceStateHandle, Get, Update, UpdateDeviceState};
use crate::Client;

impl DeviceStateHandle {
    /// Returns the current state of any device.
    ///
    /// `GET /deviceStates/{deviceName}`: see [`Get`].
    #[inline]
    pub fn get(&self) -> Get<Client> {
        Get::on(self.client.clone(), self.device_name.clone())
    }

    /// Sets the state of a controlled device, and creates the device if needed.
    ///
    /// `PUT /deviceStates/{deviceName}`: see [`Update`].
    #[inline]
    pub fn update(&self, device_state: impl Into<UpdateDeviceState>) -> Update<Client> {
        Update::on(self.client.clone(), self.device_name.clone(), device_state)
    }

    /// Removes a controlled device; its state becomes `UNKNOWN`.
    ///
    /// `DELETE /deviceStates/{deviceName}`: see [`Delete`].
    #[inline]
    pub fn delete(&self) -> Delete<Client> {
        Delete::on(self.client.clone(), self.device_name.clone())
    }
}
