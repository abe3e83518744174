// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /mailboxes`.

use crate::{Client, Error, models, operations, runtime};

/// Lists the mailboxes whose counts were set from outside, with their counts.
///
/// Mailboxes of `app_voicemail` never appear.
///
/// `GET /mailboxes`
///
/// Available in Asterisk 12.1.0 and later.
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
    const OPERATION: &'static runtime::Operation = &operations::mailboxes::LIST;
    fn add_arguments(&self, _: &mut runtime::RequestBuilder) {}
}

impl<C> runtime::TypedRequest for List<C> {
    type Output = Vec<models::Mailbox>;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for List<Client> {
    type Output = Result<Vec<models::Mailbox>, Error>;
    type IntoFuture = runtime::ResponseFuture<Vec<models::Mailbox>>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
