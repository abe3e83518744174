// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /asterisk/ping`.

use crate::{Client, Error, models, operations, runtime};

/// Checks that the server answers, and returns its entity id and clock.
///
/// It touches no channel and never waits behind media. Over REST-over-WebSocket it still waits for
/// earlier requests of the same socket, since those are answered strictly in order.
///
/// `GET /asterisk/ping`
///
/// Available in Asterisk 13.25.0, 16.2.0 and later.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Ping<C = ()> {
    pub(crate) client: C,
}

impl Ping {
    /// Creates the request without a client. Any client can send it.
    #[inline]
    pub fn new() -> Self {
        Self::on(())
    }
}

impl<C> Ping<C> {
    pub(crate) fn on(client: C) -> Self {
        Self { client }
    }
}

impl Default for Ping {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl<C> runtime::ToRequest for Ping<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::PING;
    fn add_arguments(&self, _: &mut runtime::RequestBuilder) {}
}

impl<C> runtime::TypedRequest for Ping<C> {
    type Output = models::AsteriskPing;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Ping<Client> {
    type Output = Result<models::AsteriskPing, Error>;
    type IntoFuture = runtime::ResponseFuture<models::AsteriskPing>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
