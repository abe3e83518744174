// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /deviceStates`.

use crate::{Client, Error, models, operations, runtime};

/// Lists the devices controlled through this interface, with their states.
///
/// Phones and trunks are not listed; read those one by one by name.
///
/// `GET /deviceStates`
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct List<C = ()> {
    pub(crate) client: C,
}

impl List {
    /// Creates the request without a client. Any client can send it.
    #[inline]
    pub fn new() -> Self {
        Self::on(())
    }
}

impl<C> List<C> {
    pub(crate) fn on(client: C) -> Self {
        Self { client }
    }
}

impl Default for List {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl<C> runtime::ToRequest for List<C> {
    const OPERATION: &'static runtime::Operation = &operations::device_states::LIST;
    fn add_arguments(&self, _: &mut runtime::RequestBuilder) {}
}

impl<C> runtime::TypedRequest for List<C> {
    type Output = Vec<models::DeviceState>;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for List<Client> {
    type Output = Result<Vec<models::DeviceState>, Error>;
    type IntoFuture = runtime::ResponseFuture<Vec<models::DeviceState>>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
