// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /bridges/{bridgeId}/variables`.

use crate::{Client, Error, operations, runtime};

/// Sets several bridge variables at once.
///
/// They are set one after another: when one fails, those before it stay set.
///
/// `POST /bridges/{bridgeId}/variables`
///
/// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `variables` is missing or no object, or one of its values has the wrong type, or Asterisk
///   could not set one of them.
/// - 404: No bridge has this id; it may have been destroyed.
/// - 409: The bridge exists, but was not created through ARI. Asterisk may answer 404 instead.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct SetBridgeVars<C = ()> {
    pub(crate) client: C,
    pub(super) bridge_id: String,
    pub(super) variables: Vec<(String, runtime::VariableValue)>,
}

impl SetBridgeVars {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    /// - `variables`: Variables by name. One with event reporting is in the `bridgevars` of later
    ///   bridge events.
    #[inline]
    pub fn new(
        bridge_id: impl Into<String>,
        variables: impl IntoIterator<Item = (impl Into<String>, impl Into<runtime::VariableValue>)>,
    ) -> Self {
        Self::on((), bridge_id, variables)
    }
}

impl<C> SetBridgeVars<C> {
    pub(crate) fn on(
        client: C,
        bridge_id: impl Into<String>,
        variables: impl IntoIterator<Item = (impl Into<String>, impl Into<runtime::VariableValue>)>,
    ) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
            variables: variables
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        }
    }
}

impl<C> runtime::ToRequest for SetBridgeVars<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::SET_BRIDGE_VARS;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("bridgeId", &self.bridge_id);
        request.object("variables", &self.variables);
    }
}

impl<C> runtime::TypedRequest for SetBridgeVars<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for SetBridgeVars<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
