// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /playbacks/{playbackId}`.

use crate::{Client, Error, models, operations, runtime};

/// Gets the state of a playback.
///
/// `GET /playbacks/{playbackId}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No playback has this id. It has ended, or its channel has hung up.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Get<C = ()> {
    pub(crate) client: C,
    pub(super) playback_id: String,
}

impl Get {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `playback_id`: Id of the playback, as given to or answered by `play`.
    #[inline]
    pub fn new(playback_id: impl Into<String>) -> Self {
        Self::on((), playback_id)
    }
}

impl<C> Get<C> {
    pub(crate) fn on(client: C, playback_id: impl Into<String>) -> Self {
        Self {
            client,
            playback_id: playback_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for Get<C> {
    const OPERATION: &'static runtime::Operation = &operations::playbacks::GET;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("playbackId", &self.playback_id);
    }
}

impl<C> runtime::TypedRequest for Get<C> {
    type Output = models::Playback;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Get<Client> {
    type Output = Result<models::Playback, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Playback>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
