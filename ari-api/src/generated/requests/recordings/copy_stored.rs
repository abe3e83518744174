// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /recordings/stored/{recordingName}/copy`.

use crate::{Client, Error, models, operations, runtime};

/// Copies a stored recording under another name.
///
/// The copy keeps the format; missing subdirectories are created.
///
/// `POST /recordings/stored/{recordingName}/copy`
///
/// Available in Asterisk 12.5.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: The name of the copy is missing or unusable.
/// - 403: The name of the copy leads out of the recording directory.
/// - 404: No stored recording has the name that is to be copied.
/// - 409: A recording with the name of the copy exists already, in this or another format. Delete
///   it first.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct CopyStored<C = ()> {
    pub(crate) client: C,
    pub(super) recording_name: String,
    pub(super) destination_recording_name: String,
}

impl CopyStored {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `recording_name`: Name of the recording to copy, without the file's extension.
    /// - `destination_recording_name`: Name of the copy. Anything after its last dot is taken for
    ///   an extension and dropped.
    #[inline]
    pub fn new(
        recording_name: impl Into<String>,
        destination_recording_name: impl Into<String>,
    ) -> Self {
        Self::on((), recording_name, destination_recording_name)
    }
}

impl<C> CopyStored<C> {
    pub(crate) fn on(
        client: C,
        recording_name: impl Into<String>,
        destination_recording_name: impl Into<String>,
    ) -> Self {
        Self {
            client,
            recording_name: recording_name.into(),
            destination_recording_name: destination_recording_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for CopyStored<C> {
    const OPERATION: &'static runtime::Operation = &operations::recordings::COPY_STORED;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("recordingName", &self.recording_name);
        request.argument("destinationRecordingName", &self.destination_recording_name);
    }
}

impl<C> runtime::TypedRequest for CopyStored<C> {
    type Output = models::StoredRecording;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for CopyStored<Client> {
    type Output = Result<models::StoredRecording, Error>;
    type IntoFuture = runtime::ResponseFuture<models::StoredRecording>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
