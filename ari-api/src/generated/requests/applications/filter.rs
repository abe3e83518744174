// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `PUT /applications/{applicationName}/eventFilter`.

use crate::{Client, Error, models, operations, runtime};

/// Sets which event types are sent to an application, and returns its new state.
///
/// Only the type is compared, case-sensitively. An empty list of allowed types lets everything
/// through, and a type in both lists is not sent. A list left out stays as it was, an empty list
/// clears that list, an empty object clears both. The filter belongs to the application and ends
/// with it, so set it again after the application was removed and has registered anew.
///
/// **Responses to REST-over-WebSocket requests pass through the filter of the first application of
/// their socket.** A filter that allows some types must allow `RESTResponse` as well, or no request
/// on that socket is answered any more.
///
/// `PUT /applications/{applicationName}/eventFilter`
///
/// Available in Asterisk 13.26.0, 16.3.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `allowed` or `disallowed` is not an array, or an element has no `type`. `disallowed` is
///   applied first and stays changed when only `allowed` is faulty.
/// - 404: No application of this name is registered: it has not connected to `/events`, or its
///   socket closed and left no subscription and no channel behind.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Filter<C = ()> {
    pub(crate) client: C,
    pub(super) application_name: String,
    pub(super) filter: Option<runtime::EventFilter>,
}

impl Filter {
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

impl<C> Filter<C> {
    pub(crate) fn on(client: C, application_name: impl Into<String>) -> Self {
        Self {
            client,
            application_name: application_name.into(),
            filter: None,
        }
    }

    /// Event types to allow and to disallow.
    pub fn filter(mut self, filter: impl Into<runtime::EventFilter>) -> Self {
        self.filter = Some(filter.into());
        self
    }
}

impl<C> runtime::ToRequest for Filter<C> {
    const OPERATION: &'static runtime::Operation = &operations::applications::FILTER;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("applicationName", &self.application_name);
        request.json("filter", self.filter.as_ref());
    }
}

impl<C> runtime::TypedRequest for Filter<C> {
    type Output = models::Application;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Filter<Client> {
    type Output = Result<models::Application, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Application>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
