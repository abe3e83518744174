// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /recordings/stored`.

use crate::{Client, Error, models, operations, runtime};

/// Lists the stored recordings, sorted by name, subdirectories included.
///
/// Asterisk scans its whole recording directory for each request, and counts every file with the
/// extension of a known format. A name that exists in several formats is listed once. A missing
/// recording directory answers 500.
///
/// `GET /recordings/stored`
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct ListStored<C = ()> {
    pub(crate) client: C,
}

impl ListStored {
    /// Creates the request without a client. Any client can send it.
    #[inline]
    pub fn new() -> Self {
        Self::on(())
    }
}

impl<C> ListStored<C> {
    pub(crate) fn on(client: C) -> Self {
        Self { client }
    }
}

impl Default for ListStored {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl<C> runtime::ToRequest for ListStored<C> {
    const OPERATION: &'static runtime::Operation = &operations::recordings::LIST_STORED;
    fn add_arguments(&self, _: &mut runtime::RequestBuilder) {}
}

impl<C> runtime::TypedRequest for ListStored<C> {
    type Output = Vec<models::StoredRecording>;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for ListStored<Client> {
    type Output = Result<Vec<models::StoredRecording>, Error>;
    type IntoFuture = runtime::ResponseFuture<Vec<models::StoredRecording>>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
