// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `DELETE /recordings/live/{recordingName}/mute`.

use crate::{Client, Error, operations, runtime};

/// Lets a muted recording take audio again.
///
/// On one that is not muted it does nothing.
///
/// `DELETE /recordings/live/{recordingName}/mute`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No recording of this name is in progress; it may have ended, and is then found among the
///   stored ones.
/// - 409: The recording is not running: it is still `queued`, or is just ending. Wait for
///   `RecordingStarted`, or treat it as over.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Unmute<C = ()> {
    pub(crate) client: C,
    pub(super) recording_name: String,
}

impl Unmute {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `recording_name`: Name of the recording, without the file's extension. A `/` in it denotes
    ///   a subdirectory of the recording directory.
    #[inline]
    pub fn new(recording_name: impl Into<String>) -> Self {
        Self::on((), recording_name)
    }
}

impl<C> Unmute<C> {
    pub(crate) fn on(client: C, recording_name: impl Into<String>) -> Self {
        Self {
            client,
            recording_name: recording_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for Unmute<C> {
    const OPERATION: &'static runtime::Operation = &operations::recordings::UNMUTE;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("recordingName", &self.recording_name);
    }
}

impl<C> runtime::TypedRequest for Unmute<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Unmute<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
