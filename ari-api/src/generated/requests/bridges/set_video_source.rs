// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /bridges/{bridgeId}/videoSource/{channelId}`.

use crate::{Client, Error, operations, runtime};

/// Makes one channel the video source of a mixing bridge.
///
/// The bridge changes to the video mode `single`. With two participants or fewer it makes no
/// difference. The request waits on the channel's command queue, behind a playback on it.
///
/// `POST /bridges/{bridgeId}/videoSource/{channelId}`
///
/// Available in Asterisk 13.13.0, 14.2.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: No channel has this id; it may have hung up.
/// - 404: No bridge has this id. Asterisk documents this code for an unknown channel too, but
///   answers 400 then.
/// - 409: The bridge exists, but was not created through ARI, so it cannot be controlled here.
/// - 422: The channel is not in this bridge, or not in a Stasis application.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct SetVideoSource<C = ()> {
    pub(crate) client: C,
    pub(super) bridge_id: String,
    pub(super) channel_id: String,
}

impl SetVideoSource {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    /// - `channel_id`: Id of the channel to show; it must be in this bridge.
    #[inline]
    pub fn new(bridge_id: impl Into<String>, channel_id: impl Into<String>) -> Self {
        Self::on((), bridge_id, channel_id)
    }
}

impl<C> SetVideoSource<C> {
    pub(crate) fn on(
        client: C,
        bridge_id: impl Into<String>,
        channel_id: impl Into<String>,
    ) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
            channel_id: channel_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for SetVideoSource<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::SET_VIDEO_SOURCE;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("bridgeId", &self.bridge_id);
        request.argument("channelId", &self.channel_id);
    }
}

impl<C> runtime::TypedRequest for SetVideoSource<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for SetVideoSource<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
