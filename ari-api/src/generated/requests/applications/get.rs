// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /applications/{applicationName}`.

use crate::{Client, Error, models, operations, runtime};

/// Returns one application with its subscriptions and filters.
///
/// `GET /applications/{applicationName}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No application of this name is registered: it has not connected to `/events`, or its
///   socket closed and left no subscription and no channel behind.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Get<C = ()> {
    pub(crate) client: C,
    pub(super) application_name: String,
}

impl Get {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `application_name`: Name of the Stasis application, exactly as it registered. With an
    ///   outbound WebSocket that is opened for each call, this is the full ephemeral name that
    ///   events carry in `application`.
    #[inline]
    pub fn new(application_name: impl Into<String>) -> Self {
        Self::on((), application_name)
    }
}

impl<C> Get<C> {
    pub(crate) fn on(client: C, application_name: impl Into<String>) -> Self {
        Self {
            client,
            application_name: application_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for Get<C> {
    const OPERATION: &'static runtime::Operation = &operations::applications::GET;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("applicationName", &self.application_name);
    }
}

impl<C> runtime::TypedRequest for Get<C> {
    type Output = models::Application;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Get<Client> {
    type Output = Result<models::Application, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Application>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
