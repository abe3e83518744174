// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /bridges/{bridgeId}/removeChannel`.

use crate::{Client, Error, operations, runtime};

/// Takes one or more channels out of a bridge.
///
/// The channels are not hung up; they stay in their Stasis application. All are checked before the
/// first is removed. Like `addChannel`, the request waits behind a playback on the channel.
///
/// It waits for the channel's command queue, behind a playback for instance. A client over a
/// WebSocket sends it by HTTP if it knows an address, because the server sends no other response on
/// the socket until then.
///
/// `POST /bridges/{bridgeId}/removeChannel`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: No channel was given, or one of the ids does not exist; it may have hung up.
/// - 404: No bridge has this id; it may have been destroyed.
/// - 409: The bridge exists, but was not created through ARI, so it cannot be controlled here.
/// - 422: One of the channels is not in this bridge, or not in a Stasis application.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct RemoveChannel<C = ()> {
    pub(crate) client: C,
    pub(super) bridge_id: String,
    pub(super) channel: Vec<String>,
}

impl RemoveChannel {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    /// - `channel`: Ids of the channels.
    #[inline]
    pub fn new<M2>(
        bridge_id: impl Into<String>,
        channel: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self::on((), bridge_id, channel)
    }
}

impl<C> RemoveChannel<C> {
    pub(crate) fn on<M2>(
        client: C,
        bridge_id: impl Into<String>,
        channel: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
            channel: runtime::OneOrMany::into_list(channel),
        }
    }
}

impl<C> runtime::ToRequest for RemoveChannel<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::REMOVE_CHANNEL;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("bridgeId", &self.bridge_id);
        request.argument("channel", &self.channel);
    }
}

impl<C> runtime::TypedRequest for RemoveChannel<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for RemoveChannel<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
