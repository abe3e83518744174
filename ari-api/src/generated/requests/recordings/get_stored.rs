// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /recordings/stored/{recordingName}`.

use crate::{Client, Error, models, operations, runtime};

/// Gets the details of a stored recording.
///
/// Of a name that exists in several formats, one is picked.
///
/// `GET /recordings/stored/{recordingName}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No stored recording has this name, or its format is not known to this server. It may
///   still be in progress.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct GetStored<C = ()> {
    pub(crate) client: C,
    pub(super) recording_name: String,
}

impl GetStored {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `recording_name`: Name of the recording, without the file's extension. A `/` in it denotes
    ///   a subdirectory of the recording directory.
    #[inline]
    pub fn new(recording_name: impl Into<String>) -> Self {
        Self::on((), recording_name)
    }
}

impl<C> GetStored<C> {
    pub(crate) fn on(client: C, recording_name: impl Into<String>) -> Self {
        Self {
            client,
            recording_name: recording_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for GetStored<C> {
    const OPERATION: &'static runtime::Operation = &operations::recordings::GET_STORED;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("recordingName", &self.recording_name);
    }
}

impl<C> runtime::TypedRequest for GetStored<C> {
    type Output = models::StoredRecording;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for GetStored<Client> {
    type Output = Result<models::StoredRecording, Error>;
    type IntoFuture = runtime::ResponseFuture<models::StoredRecording>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
