// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /asterisk/logging`.

use crate::{Client, Error, models, operations, runtime};

/// Lists the destinations Asterisk logs to, with their levels.
///
/// `GET /asterisk/logging`
///
/// Available in Asterisk 13.6.0 and later.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct ListLogChannels<C = ()> {
    pub(crate) client: C,
}

impl ListLogChannels {
    /// Creates the request without a client. Any client can send it.
    #[inline]
    pub fn new() -> Self {
        Self::on(())
    }
}

impl<C> ListLogChannels<C> {
    pub(crate) fn on(client: C) -> Self {
        Self { client }
    }
}

impl Default for ListLogChannels {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl<C> runtime::ToRequest for ListLogChannels<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::LIST_LOG_CHANNELS;
    fn add_arguments(&self, _: &mut runtime::RequestBuilder) {}
}

impl<C> runtime::TypedRequest for ListLogChannels<C> {
    type Output = Vec<models::LogChannel>;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for ListLogChannels<Client> {
    type Output = Result<Vec<models::LogChannel>, Error>;
    type IntoFuture = runtime::ResponseFuture<Vec<models::LogChannel>>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
