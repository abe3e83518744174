// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /channels`.

use crate::{Client, Error, models, operations, runtime};

/// Lists all channels of the server.
///
/// Channels outside any Stasis application are included; internal channels that Asterisk hides from
/// applications are not.
///
/// `GET /channels`
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
    const OPERATION: &'static runtime::Operation = &operations::channels::LIST;
    fn add_arguments(&self, _: &mut runtime::RequestBuilder) {}
}

impl<C> runtime::TypedRequest for List<C> {
    type Output = Vec<models::Channel>;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for List<Client> {
    type Output = Result<Vec<models::Channel>, Error>;
    type IntoFuture = runtime::ResponseFuture<Vec<models::Channel>>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
