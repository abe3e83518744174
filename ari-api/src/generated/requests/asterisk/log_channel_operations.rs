// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operations of `LogChannelHandle`.

use super::{AddLog, DeleteLog, LogChannelHandle, RotateLog};
use crate::Client;

impl LogChannelHandle {
    /// Opens a further log destination until it is deleted or Asterisk restarts.
    ///
    /// `POST /asterisk/logging/{logChannelName}`: see [`AddLog`].
    #[inline]
    pub fn add_log(&self, configuration: impl Into<String>) -> AddLog<Client> {
        AddLog::on(self.client.clone(), self.log_channel_name.clone(), configuration)
    }

    /// Closes a log destination that was added while Asterisk runs.
    ///
    /// `DELETE /asterisk/logging/{logChannelName}`: see [`DeleteLog`].
    #[inline]
    pub fn delete_log(&self) -> DeleteLog<Client> {
        DeleteLog::on(self.client.clone(), self.log_channel_name.clone())
    }

    /// Rotates one log file: the current file is renamed and a new one begun.
    ///
    /// `PUT /asterisk/logging/{logChannelName}/rotate`: see [`RotateLog`].
    #[inline]
    pub fn rotate_log(&self) -> RotateLog<Client> {
        RotateLog::on(self.client.clone(), self.log_channel_name.clone())
    }
}
