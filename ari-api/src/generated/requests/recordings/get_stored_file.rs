// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /recordings/stored/{recordingName}/file`.

use crate::{Client, Error, operations, runtime};

/// Downloads the audio of a stored recording.
///
/// The answer is the file itself, with its media type (`audio/wav`, for one) and its length. It is
/// not available over a WebSocket, where it answers 406.
///
/// `GET /recordings/stored/{recordingName}/file`
///
/// Available in Asterisk 14 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 403: Asterisk could not open the file; look at its permissions.
/// - 404: No stored recording has this name. It may still be in progress.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct GetStoredFile<C = ()> {
    pub(crate) client: C,
    pub(super) recording_name: String,
}

impl GetStoredFile {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `recording_name`: Name of the recording, without the file's extension. A `/` in it denotes
    ///   a subdirectory of the recording directory.
    #[inline]
    pub fn new(recording_name: impl Into<String>) -> Self {
        Self::on((), recording_name)
    }
}

impl<C> GetStoredFile<C> {
    pub(crate) fn on(client: C, recording_name: impl Into<String>) -> Self {
        Self {
            client,
            recording_name: recording_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for GetStoredFile<C> {
    const OPERATION: &'static runtime::Operation = &operations::recordings::GET_STORED_FILE;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("recordingName", &self.recording_name);
    }
}

impl<C> runtime::TypedRequest for GetStoredFile<C> {
    type Output = runtime::ResponseBody;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_stream(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for GetStoredFile<Client> {
    type Output = Result<runtime::ResponseBody, Error>;
    type IntoFuture = runtime::ResponseFuture<runtime::ResponseBody>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
