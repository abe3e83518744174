// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operations of `StoredRecordingHandle`.

use super::{CopyStored, DeleteStored, GetStored, GetStoredFile, StoredRecordingHandle};
use crate::Client;

impl StoredRecordingHandle {
    /// Gets the details of a stored recording.
    ///
    /// `GET /recordings/stored/{recordingName}`: see [`GetStored`].
    #[inline]
    pub fn get_stored(&self) -> GetStored<Client> {
        GetStored::on(self.client.clone(), self.recording_name.clone())
    }

    /// Deletes the file of a stored recording.
    ///
    /// `DELETE /recordings/stored/{recordingName}`: see [`DeleteStored`].
    #[inline]
    pub fn delete_stored(&self) -> DeleteStored<Client> {
        DeleteStored::on(self.client.clone(), self.recording_name.clone())
    }

    /// Downloads the audio of a stored recording.
    ///
    /// `GET /recordings/stored/{recordingName}/file`: see [`GetStoredFile`].
    #[inline]
    pub fn get_stored_file(&self) -> GetStoredFile<Client> {
        GetStoredFile::on(self.client.clone(), self.recording_name.clone())
    }

    /// Copies a stored recording under another name.
    ///
    /// `POST /recordings/stored/{recordingName}/copy`: see [`CopyStored`].
    #[inline]
    pub fn copy_stored(
        &self,
        destination_recording_name: impl Into<String>,
    ) -> CopyStored<Client> {
        CopyStored::on(
            self.client.clone(),
            self.recording_name.clone(),
            destination_recording_name,
        )
    }
}
