// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /playbacks/{playbackId}/control`.

use super::ControlOperation;
use crate::{Client, Error, operations, runtime};

/// Pauses, resumes or winds a playback.
///
/// This works on `sound:`, `recording:` and `tone:` media. While `number:`, `digits:` or
/// `characters:` is being spoken, Asterisk cannot break in, and as a rule answers 500. So it does
/// in the instant between `PlaybackStarted` and the first sound: try again.
///
/// `POST /playbacks/{playbackId}/control`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `operation` is missing, or is not one of the documented values.
/// - 404: No playback has this id. It has ended, or its channel has hung up.
/// - 409: The playback's state does not allow it: it is still `queued`, is already ending, or is
///   paused, when only `unpause` helps.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Control<C = ()> {
    pub(crate) client: C,
    pub(super) playback_id: String,
    pub(super) operation: ControlOperation,
}

impl Control {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `playback_id`: Id of the playback, as given to or answered by `play`.
    /// - `operation`: Operation on the playback.
    #[inline]
    pub fn new(
        playback_id: impl Into<String>,
        operation: impl Into<ControlOperation>,
    ) -> Self {
        Self::on((), playback_id, operation)
    }
}

impl<C> Control<C> {
    pub(crate) fn on(
        client: C,
        playback_id: impl Into<String>,
        operation: impl Into<ControlOperation>,
    ) -> Self {
        Self {
            client,
            playback_id: playback_id.into(),
            operation: operation.into(),
        }
    }
}

impl<C> runtime::ToRequest for Control<C> {
    const OPERATION: &'static runtime::Operation = &operations::playbacks::CONTROL;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("playbackId", &self.playback_id);
        request.argument("operation", &self.operation);
    }
}

impl<C> runtime::TypedRequest for Control<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Control<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
