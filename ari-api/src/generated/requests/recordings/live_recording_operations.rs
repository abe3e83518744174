// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operations of `LiveRecordingHandle`.

use super::{Cancel, GetLive, LiveRecordingHandle, Mute, Pause, Stop, Unmute, Unpause};
use crate::Client;

impl LiveRecordingHandle {
    /// Gets the state of a recording in progress.
    ///
    /// `GET /recordings/live/{recordingName}`: see [`GetLive`].
    #[inline]
    pub fn get_live(&self) -> GetLive<Client> {
        GetLive::on(self.client.clone(), self.recording_name.clone())
    }

    /// Stops a recording in progress and discards it.
    ///
    /// `DELETE /recordings/live/{recordingName}`: see [`Cancel`].
    #[inline]
    pub fn cancel(&self) -> Cancel<Client> {
        Cancel::on(self.client.clone(), self.recording_name.clone())
    }

    /// Stops a recording in progress and keeps it.
    ///
    /// `POST /recordings/live/{recordingName}/stop`: see [`Stop`].
    #[inline]
    pub fn stop(&self) -> Stop<Client> {
        Stop::on(self.client.clone(), self.recording_name.clone())
    }

    /// Pauses a recording in progress.
    ///
    /// `POST /recordings/live/{recordingName}/pause`: see [`Pause`].
    #[inline]
    pub fn pause(&self) -> Pause<Client> {
        Pause::on(self.client.clone(), self.recording_name.clone())
    }

    /// Resumes a paused recording.
    ///
    /// `DELETE /recordings/live/{recordingName}/pause`: see [`Unpause`].
    #[inline]
    pub fn unpause(&self) -> Unpause<Client> {
        Unpause::on(self.client.clone(), self.recording_name.clone())
    }

    /// Mutes a recording in progress.
    ///
    /// `POST /recordings/live/{recordingName}/mute`: see [`Mute`].
    #[inline]
    pub fn mute(&self) -> Mute<Client> {
        Mute::on(self.client.clone(), self.recording_name.clone())
    }

    /// Lets a muted recording take audio again.
    ///
    /// `DELETE /recordings/live/{recordingName}/mute`: see [`Unmute`].
    #[inline]
    pub fn unmute(&self) -> Unmute<Client> {
        Unmute::on(self.client.clone(), self.recording_name.clone())
    }
}
