// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `DELETE /recordings/live/{recordingName}`.

use crate::{Client, Error, operations, runtime};

/// Stops a recording in progress and discards it.
///
/// The file is deleted. `RecordingFinished` follows nevertheless. One that is still `queued` is
/// merely marked `canceled`: should `RecordingStarted` arrive after all, repeat the request.
///
/// `DELETE /recordings/live/{recordingName}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No recording of this name is in progress; it may have ended, and is then found among the
///   stored ones.
/// - 409: The recording is already ending. Delete the stored recording instead.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Cancel<C = ()> {
    pub(crate) client: C,
    pub(super) recording_name: String,
}

impl Cancel {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `recording_name`: Name of the recording, without the file's extension. A `/` in it denotes
    ///   a subdirectory of the recording directory.
    #[inline]
    pub fn new(recording_name: impl Into<String>) -> Self {
        Self::on((), recording_name)
    }
}

impl<C> Cancel<C> {
    pub(crate) fn on(client: C, recording_name: impl Into<String>) -> Self {
        Self {
            client,
            recording_name: recording_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for Cancel<C> {
    const OPERATION: &'static runtime::Operation = &operations::recordings::CANCEL;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("recordingName", &self.recording_name);
    }
}

impl<C> runtime::TypedRequest for Cancel<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Cancel<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
