// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /bridges/{bridgeId}/variable`.

use crate::{Client, Error, operations, runtime};

/// Sets one bridge variable.
///
/// `POST /bridges/{bridgeId}/variable`
///
/// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: The name of the variable is missing or empty, or Asterisk could not set it.
/// - 404: No bridge has this id; it may have been destroyed.
/// - 409: The bridge exists, but was not created through ARI, so it cannot be controlled here.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct SetBridgeVar<C = ()> {
    pub(crate) client: C,
    pub(super) bridge_id: String,
    pub(super) variable: String,
    pub(super) value: Option<String>,
    pub(super) report_events: Option<bool>,
}

impl SetBridgeVar {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    /// - `variable`: Name of the bridge variable; blanks around it are removed.
    #[inline]
    pub fn new(bridge_id: impl Into<String>, variable: impl Into<String>) -> Self {
        Self::on((), bridge_id, variable)
    }
}

impl<C> SetBridgeVar<C> {
    pub(crate) fn on(
        client: C,
        bridge_id: impl Into<String>,
        variable: impl Into<String>,
    ) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
            variable: variable.into(),
            value: None,
            report_events: None,
        }
    }

    /// The new value.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// Puts the variable into the `bridgevars` of later bridge events.
    ///
    /// Default: `false`.
    pub fn report_events(mut self, report_events: bool) -> Self {
        self.report_events = Some(report_events);
        self
    }
}

impl<C> runtime::ToRequest for SetBridgeVar<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::SET_BRIDGE_VAR;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("bridgeId", &self.bridge_id);
        request.argument("variable", &self.variable);
        request.argument("value", &self.value);
        request.argument("report_events", &self.report_events);
    }
}

impl<C> runtime::TypedRequest for SetBridgeVar<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for SetBridgeVar<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
