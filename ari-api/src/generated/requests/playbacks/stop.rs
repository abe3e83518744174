// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `DELETE /playbacks/{playbackId}`.

use crate::{Client, Error, operations, runtime};

/// Stops a playback, including the media URIs still to come.
///
/// `PlaybackFinished` follows. A playback that is still `queued` is struck out, and finishes when
/// its turn comes. While `number:`, `digits:` or `characters:` is being spoken, Asterisk cannot
/// break in, and as a rule answers 500. So it does in the instant between `PlaybackStarted` and the
/// first sound: try again.
///
/// `DELETE /playbacks/{playbackId}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No playback has this id. It has ended, or its channel has hung up.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Stop<C = ()> {
    pub(crate) client: C,
    pub(super) playback_id: String,
}

impl Stop {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `playback_id`: Id of the playback, as given to or answered by `play`.
    #[inline]
    pub fn new(playback_id: impl Into<String>) -> Self {
        Self::on((), playback_id)
    }
}

impl<C> Stop<C> {
    pub(crate) fn on(client: C, playback_id: impl Into<String>) -> Self {
        Self {
            client,
            playback_id: playback_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for Stop<C> {
    const OPERATION: &'static runtime::Operation = &operations::playbacks::STOP;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("playbackId", &self.playback_id);
    }
}

impl<C> runtime::TypedRequest for Stop<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Stop<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
