// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `DELETE /bridges/{bridgeId}/moh`.

use crate::{Client, Error, operations, runtime};

/// Stops the music on hold that `startMoh` began.
///
/// Music of another origin, such as `startMoh` on a channel, goes on.
///
/// `DELETE /bridges/{bridgeId}/moh`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No bridge has this id; it may have been destroyed.
/// - 409: No music that was started with `startMoh` is playing, or the bridge was not created
///   through ARI.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct StopMoh<C = ()> {
    pub(crate) client: C,
    pub(super) bridge_id: String,
}

impl StopMoh {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    #[inline]
    pub fn new(bridge_id: impl Into<String>) -> Self {
        Self::on((), bridge_id)
    }
}

impl<C> StopMoh<C> {
    pub(crate) fn on(client: C, bridge_id: impl Into<String>) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for StopMoh<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::STOP_MOH;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("bridgeId", &self.bridge_id);
    }
}

impl<C> runtime::TypedRequest for StopMoh<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for StopMoh<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
