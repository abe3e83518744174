// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /recordings/live/{recordingName}`.

use crate::{Client, Error, models, operations, runtime};

/// Gets the state of a recording in progress.
///
/// `GET /recordings/live/{recordingName}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No recording of this name is in progress; it may have ended, and is then found among the
///   stored ones.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct GetLive<C = ()> {
    pub(crate) client: C,
    pub(super) recording_name: String,
}

impl GetLive {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `recording_name`: Name of the recording, without the file's extension. A `/` in it denotes
    ///   a subdirectory of the recording directory.
    #[inline]
    pub fn new(recording_name: impl Into<String>) -> Self {
        Self::on((), recording_name)
    }
}

impl<C> GetLive<C> {
    pub(crate) fn on(client: C, recording_name: impl Into<String>) -> Self {
        Self {
            client,
            recording_name: recording_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for GetLive<C> {
    const OPERATION: &'static runtime::Operation = &operations::recordings::GET_LIVE;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("recordingName", &self.recording_name);
    }
}

impl<C> runtime::TypedRequest for GetLive<C> {
    type Output = models::LiveRecording;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for GetLive<Client> {
    type Output = Result<models::LiveRecording, Error>;
    type IntoFuture = runtime::ResponseFuture<models::LiveRecording>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
