// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `DELETE /recordings/stored/{recordingName}`.

use crate::{Client, Error, operations, runtime};

/// Deletes the file of a stored recording.
///
/// Of a name that exists in several formats, one file is deleted. A file that Asterisk may not
/// remove answers 500.
///
/// `DELETE /recordings/stored/{recordingName}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No stored recording has this name; it may have been deleted already.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct DeleteStored<C = ()> {
    pub(crate) client: C,
    pub(super) recording_name: String,
}

impl DeleteStored {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `recording_name`: Name of the recording, without the file's extension. A `/` in it denotes
    ///   a subdirectory of the recording directory.
    #[inline]
    pub fn new(recording_name: impl Into<String>) -> Self {
        Self::on((), recording_name)
    }
}

impl<C> DeleteStored<C> {
    pub(crate) fn on(client: C, recording_name: impl Into<String>) -> Self {
        Self {
            client,
            recording_name: recording_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for DeleteStored<C> {
    const OPERATION: &'static runtime::Operation = &operations::recordings::DELETE_STORED;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("recordingName", &self.recording_name);
    }
}

impl<C> runtime::TypedRequest for DeleteStored<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for DeleteStored<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
