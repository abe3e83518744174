// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `DELETE /applications/{applicationName}/subscription`.

use crate::{Client, Error, models, operations, runtime};

/// Cancels subscriptions of an application, and returns its new state.
///
/// The sources are taken in order and the first bad one stops the request; those before it are
/// already unsubscribed. Unsubscribing more often than subscribing can also stop the events of a
/// channel that is in the application. A single channel or bridge cannot be excluded from a
/// subscription to all of a kind; an event filter can only exclude whole types.
///
/// `DELETE /applications/{applicationName}/subscription`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `eventSource` is missing, holds 128 or more sources, or one begins with an unknown
///   scheme.
/// - 404: No application of this name is registered: it has not connected to `/events`, or its
///   socket closed and left no subscription and no channel behind.
/// - 409: Declared for a source the application is not subscribed to; Asterisk answers that
///   with 422.
/// - 422: The application is not subscribed to this source. The subscription may have ended by
///   itself with its channel or bridge.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Unsubscribe<C = ()> {
    pub(crate) client: C,
    pub(super) application_name: String,
    pub(super) event_source: Vec<String>,
}

impl Unsubscribe {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `application_name`: Name of the Stasis application, exactly as it registered. With an
    ///   outbound WebSocket that is opened for each call, this is the full ephemeral name that
    ///   events carry in `application`.
    /// - `event_source`: Event sources, in the notation of `subscribe`. To take back a subscription
    ///   to all of a kind, give the name under which the application lists it, such as
    ///   `channel:__AST_CHANNEL_ALL_TOPIC`.
    #[inline]
    pub fn new<M2>(
        application_name: impl Into<String>,
        event_source: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self::on((), application_name, event_source)
    }
}

impl<C> Unsubscribe<C> {
    pub(crate) fn on<M2>(
        client: C,
        application_name: impl Into<String>,
        event_source: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self {
            client,
            application_name: application_name.into(),
            event_source: runtime::OneOrMany::into_list(event_source),
        }
    }
}

impl<C> runtime::ToRequest for Unsubscribe<C> {
    const OPERATION: &'static runtime::Operation = &operations::applications::UNSUBSCRIBE;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("applicationName", &self.application_name);
        request.argument("eventSource", &self.event_source);
    }
}

impl<C> runtime::TypedRequest for Unsubscribe<C> {
    type Output = models::Application;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Unsubscribe<Client> {
    type Output = Result<models::Application, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Application>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
