// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /applications`.

use crate::{Client, Error, models, operations, runtime};

/// Lists the registered applications with their subscriptions and filters.
///
/// An application whose socket has closed stays listed as long as it has subscriptions or channels;
/// being listed does not prove that anybody reads its events.
///
/// `GET /applications`
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
    const OPERATION: &'static runtime::Operation = &operations::applications::LIST;
    fn add_arguments(&self, _: &mut runtime::RequestBuilder) {}
}

impl<C> runtime::TypedRequest for List<C> {
    type Output = Vec<models::Application>;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for List<Client> {
    type Output = Result<Vec<models::Application>, Error>;
    type IntoFuture = runtime::ResponseFuture<Vec<models::Application>>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
