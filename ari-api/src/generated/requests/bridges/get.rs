// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /bridges/{bridgeId}`.

use crate::{Client, Error, models, operations, runtime};

/// Gets the present state of a bridge.
///
/// This works for any bridge, also one that was not created through ARI.
///
/// `GET /bridges/{bridgeId}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No bridge has this id; it may have been destroyed.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Get<C = ()> {
    pub(crate) client: C,
    pub(super) bridge_id: String,
}

impl Get {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    #[inline]
    pub fn new(bridge_id: impl Into<String>) -> Self {
        Self::on((), bridge_id)
    }
}

impl<C> Get<C> {
    pub(crate) fn on(client: C, bridge_id: impl Into<String>) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for Get<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::GET;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("bridgeId", &self.bridge_id);
    }
}

impl<C> runtime::TypedRequest for Get<C> {
    type Output = models::Bridge;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Get<Client> {
    type Output = Result<models::Bridge, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Bridge>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
