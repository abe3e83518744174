// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /asterisk/modules`.

use crate::{Client, Error, models, operations, runtime};

/// Lists the modules that are loaded, sorted by name.
///
/// A loaded module need not be running: see its `status`.
///
/// `GET /asterisk/modules`
///
/// Available in Asterisk 13.5.0 and later.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct ListModules<C = ()> {
    pub(crate) client: C,
}

impl ListModules {
    /// Creates the request without a client. Any client can send it.
    #[inline]
    pub fn new() -> Self {
        Self::on(())
    }
}

impl<C> ListModules<C> {
    pub(crate) fn on(client: C) -> Self {
        Self { client }
    }
}

impl Default for ListModules {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl<C> runtime::ToRequest for ListModules<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::LIST_MODULES;
    fn add_arguments(&self, _: &mut runtime::RequestBuilder) {}
}

impl<C> runtime::TypedRequest for ListModules<C> {
    type Output = Vec<models::Module>;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for ListModules<Client> {
    type Output = Result<Vec<models::Module>, Error>;
    type IntoFuture = runtime::ResponseFuture<Vec<models::Module>>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
