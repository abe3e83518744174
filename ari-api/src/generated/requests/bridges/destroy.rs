// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `DELETE /bridges/{bridgeId}`.

use crate::{Client, Error, operations, runtime};

/// Destroys a bridge and lets its channels go.
///
/// The channels are not hung up: those of a Stasis application are back in the application, without
/// a bridge. `BridgeDestroyed` follows.
///
/// `DELETE /bridges/{bridgeId}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No bridge has this id; it may have been destroyed.
/// - 409: The bridge exists, but was not created through ARI, so it cannot be controlled here.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Destroy<C = ()> {
    pub(crate) client: C,
    pub(super) bridge_id: String,
}

impl Destroy {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    #[inline]
    pub fn new(bridge_id: impl Into<String>) -> Self {
        Self::on((), bridge_id)
    }
}

impl<C> Destroy<C> {
    pub(crate) fn on(client: C, bridge_id: impl Into<String>) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for Destroy<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::DESTROY;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("bridgeId", &self.bridge_id);
    }
}

impl<C> runtime::TypedRequest for Destroy<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Destroy<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
