// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /bridges/{bridgeId}/variables`.

use crate::{Client, Error, models, operations, runtime};

/// Gets the values of several bridge variables at once.
///
/// It is all or nothing: one missing variable turns the whole answer into 404.
///
/// `GET /bridges/{bridgeId}/variables`
///
/// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: No name was given, or one of them is empty.
/// - 404: No bridge has this id, or it lacks one of the variables; the message says which.
/// - 409: The bridge exists, but was not created through ARI. Asterisk may answer 404 instead.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct GetBridgeVars<C = ()> {
    pub(crate) client: C,
    pub(super) bridge_id: String,
    pub(super) variables: Vec<String>,
}

impl GetBridgeVars {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    /// - `variables`: Names of the variables, at most 127. A name that ends with `)` is evaluated
    ///   as a dialplan function, without a channel.
    #[inline]
    pub fn new<M2>(
        bridge_id: impl Into<String>,
        variables: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self::on((), bridge_id, variables)
    }
}

impl<C> GetBridgeVars<C> {
    pub(crate) fn on<M2>(
        client: C,
        bridge_id: impl Into<String>,
        variables: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
            variables: runtime::OneOrMany::into_list(variables),
        }
    }
}

impl<C> runtime::ToRequest for GetBridgeVars<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::GET_BRIDGE_VARS;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("bridgeId", &self.bridge_id);
        request.argument("variables", &self.variables);
    }
}

impl<C> runtime::TypedRequest for GetBridgeVars<C> {
    type Output = models::Variables;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for GetBridgeVars<Client> {
    type Output = Result<models::Variables, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Variables>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
