// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operations of `PlaybackHandle`.

use super::{Control, ControlOperation, Get, PlaybackHandle, Stop};
use crate::Client;

impl PlaybackHandle {
    /// Gets the state of a playback.
    ///
    /// `GET /playbacks/{playbackId}`: see [`Get`].
    #[inline]
    pub fn get(&self) -> Get<Client> {
        Get::on(self.client.clone(), self.playback_id.clone())
    }

    /// Stops a playback, including the media URIs still to come.
    ///
    /// `DELETE /playbacks/{playbackId}`: see [`Stop`].
    #[inline]
    pub fn stop(&self) -> Stop<Client> {
        Stop::on(self.client.clone(), self.playback_id.clone())
    }

    /// Pauses, resumes or winds a playback.
    ///
    /// `POST /playbacks/{playbackId}/control`: see [`Control`].
    #[inline]
    pub fn control(&self, operation: impl Into<ControlOperation>) -> Control<Client> {
        Control::on(self.client.clone(), self.playback_id.clone(), operation)
    }
}
