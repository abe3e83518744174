// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /asterisk/info`.

use super::GetInfoOnly;
use crate::{Client, Error, models, operations, runtime};

/// Returns the release, the build, the main limits and the start time of the server.
///
/// `GET /asterisk/info`
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct GetInfo<C = ()> {
    pub(crate) client: C,
    pub(super) only: Option<Vec<GetInfoOnly>>,
}

impl GetInfo {
    /// Creates the request without a client. Any client can send it.
    #[inline]
    pub fn new() -> Self {
        Self::on(())
    }
}

impl<C> GetInfo<C> {
    pub(crate) fn on(client: C) -> Self {
        Self {
            client,
            only: None,
        }
    }

    /// Sections to return; all four when omitted. An unknown name is skipped with a warning in
    /// Asterisk's log, so a request for nothing but unknown names is answered with an empty object.
    pub fn only<M1>(mut self, only: impl runtime::OneOrMany<GetInfoOnly, M1>) -> Self {
        self.only = Some(runtime::OneOrMany::into_list(only));
        self
    }
}

impl Default for GetInfo {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl<C> runtime::ToRequest for GetInfo<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::GET_INFO;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("only", &self.only);
    }
}

impl<C> runtime::TypedRequest for GetInfo<C> {
    type Output = models::AsteriskInfo;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for GetInfo<Client> {
    type Output = Result<models::AsteriskInfo, Error>;
    type IntoFuture = runtime::ResponseFuture<models::AsteriskInfo>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
