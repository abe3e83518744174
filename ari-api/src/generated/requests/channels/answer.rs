// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /channels/{channelId}/answer`.

use crate::{Client, Error, operations, runtime};

/// Answers an incoming channel.
///
/// On SIP the caller receives 200 OK; a channel that is already `Up` stays as it is. The request
/// waits for the channel's queue: behind a playback of 12 seconds it takes 12 seconds. Do not use a
/// short timeout.
///
/// It waits for the channel's command queue, behind a playback for instance. A client over a
/// WebSocket sends it by HTTP if it knows an address, because the server sends no other response on
/// the socket until then.
///
/// `POST /channels/{channelId}/answer`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No channel has this id; it may have hung up.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered.
///   Wait until it is `Up`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Answer<C = ()> {
    pub(crate) client: C,
    pub(super) channel_id: String,
}

impl Answer {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character, `/`
    ///   included; a channel with the id `create` or `externalMedia` cannot be addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> Answer<C> {
    pub(crate) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for Answer<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::ANSWER;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("channelId", &self.channel_id);
    }
}

impl<C> runtime::TypedRequest for Answer<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Answer<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
