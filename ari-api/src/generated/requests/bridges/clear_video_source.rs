// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `DELETE /bridges/{bridgeId}/videoSource`.

use crate::{Client, Error, operations, runtime};

/// Clears the chosen video source of a mixing bridge.
///
/// The bridge changes to the video mode `talker`, where the picture follows whoever speaks; it does
/// not return to the mode it was created with. `get` shows that only after something else has
/// changed in the bridge, such as its participants. With two participants or fewer it makes no
/// difference.
///
/// `DELETE /bridges/{bridgeId}/videoSource`
///
/// Available in Asterisk 13.13.0, 14.2.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No bridge has this id; it may have been destroyed.
/// - 409: The bridge exists, but was not created through ARI, so it cannot be controlled here.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct ClearVideoSource<C = ()> {
    pub(crate) client: C,
    pub(super) bridge_id: String,
}

impl ClearVideoSource {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    #[inline]
    pub fn new(bridge_id: impl Into<String>) -> Self {
        Self::on((), bridge_id)
    }
}

impl<C> ClearVideoSource<C> {
    pub(crate) fn on(client: C, bridge_id: impl Into<String>) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for ClearVideoSource<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::CLEAR_VIDEO_SOURCE;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("bridgeId", &self.bridge_id);
    }
}

impl<C> runtime::TypedRequest for ClearVideoSource<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for ClearVideoSource<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
