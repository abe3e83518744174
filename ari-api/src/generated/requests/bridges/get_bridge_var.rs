// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /bridges/{bridgeId}/variable`.

use crate::{Client, Error, models, operations, runtime};

/// Gets the value of one bridge variable.
///
/// Unlike variables of channels these are no functions: the response to the name of one is 404.
///
/// `GET /bridges/{bridgeId}/variable`
///
/// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: The name of the variable is missing or empty.
/// - 404: No bridge has this id, or the bridge has no such variable; the message says which.
/// - 409: The bridge exists, but was not created through ARI, so it cannot be controlled here.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct GetBridgeVar<C = ()> {
    pub(crate) client: C,
    pub(super) bridge_id: String,
    pub(super) variable: String,
}

impl GetBridgeVar {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    /// - `variable`: Name of the bridge variable.
    #[inline]
    pub fn new(bridge_id: impl Into<String>, variable: impl Into<String>) -> Self {
        Self::on((), bridge_id, variable)
    }
}

impl<C> GetBridgeVar<C> {
    pub(crate) fn on(
        client: C,
        bridge_id: impl Into<String>,
        variable: impl Into<String>,
    ) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
            variable: variable.into(),
        }
    }
}

impl<C> runtime::ToRequest for GetBridgeVar<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::GET_BRIDGE_VAR;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("bridgeId", &self.bridge_id);
        request.argument("variable", &self.variable);
    }
}

impl<C> runtime::TypedRequest for GetBridgeVar<C> {
    type Output = models::Variable;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for GetBridgeVar<Client> {
    type Output = Result<models::Variable, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Variable>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
