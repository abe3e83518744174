// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Stasis applications: which are registered, what they are subscribed to, and which event types
//! reach them. An application is registered by connecting to `/events`, not here. It is subscribed
//! by itself to the channels that enter it; everything else needs a subscription or `subscribeAll`.

use crate::{Client, Error, models, operations, runtime};

/// Stasis applications: which are registered, what they are subscribed to, and which event types
/// reach them. An application is registered by connecting to `/events`, not here. It is subscribed
/// by itself to the channels that enter it; everything else needs a subscription or `subscribeAll`.
///
/// Returned by [`Client::applications`].
#[derive(Clone, Debug)]
pub struct Applications {
    client: Client,
}

impl Applications {
    #[inline]
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists the registered applications with their subscriptions and filters.
    ///
    /// `GET /applications`: see [`List`].
    #[inline]
    pub fn list(&self) -> List<Client> {
        List::on(self.client.clone())
    }

    /// Returns one application with its subscriptions and filters.
    ///
    /// `GET /applications/{applicationName}`: see [`Get`].
    #[inline]
    pub fn get(&self, application_name: impl Into<String>) -> Get<Client> {
        Get::on(self.client.clone(), application_name)
    }

    /// Subscribes an application to further event sources, and returns its new state.
    ///
    /// `POST /applications/{applicationName}/subscription`: see [`Subscribe`].
    #[inline]
    pub fn subscribe<M2>(
        &self,
        application_name: impl Into<String>,
        event_source: impl runtime::OneOrMany<String, M2>,
    ) -> Subscribe<Client> {
        Subscribe::on(self.client.clone(), application_name, event_source)
    }

    /// Cancels subscriptions of an application, and returns its new state.
    ///
    /// `DELETE /applications/{applicationName}/subscription`: see [`Unsubscribe`].
    #[inline]
    pub fn unsubscribe<M2>(
        &self,
        application_name: impl Into<String>,
        event_source: impl runtime::OneOrMany<String, M2>,
    ) -> Unsubscribe<Client> {
        Unsubscribe::on(self.client.clone(), application_name, event_source)
    }

    /// Sets which event types are sent to an application, and returns its new state.
    ///
    /// `PUT /applications/{applicationName}/eventFilter`: see [`Filter`].
    #[inline]
    pub fn filter(&self, application_name: impl Into<String>) -> Filter<Client> {
        Filter::on(self.client.clone(), application_name)
    }
}

/// An application, identified by its `applicationName`. A handle does nothing until one of its
/// operations is awaited.
///
/// Returned by [`Client::application`].
#[derive(Clone, Debug)]
pub struct ApplicationHandle {
    pub(crate) client: Client,
    application_name: String,
}

impl ApplicationHandle {
    pub(crate) fn new(client: Client, application_name: impl Into<String>) -> Self {
        Self {
            client,
            application_name: application_name.into(),
        }
    }

    /// Returns the client that sends the operations of this handle.
    #[inline]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the `applicationName` of this handle.
    #[inline]
    pub fn application_name(&self) -> &str {
        &self.application_name
    }

    /// Returns one application with its subscriptions and filters.
    ///
    /// `GET /applications/{applicationName}`: see [`Get`].
    #[inline]
    pub fn get(&self) -> Get<Client> {
        Get::on(self.client.clone(), self.application_name.clone())
    }

    /// Subscribes an application to further event sources, and returns its new state.
    ///
    /// `POST /applications/{applicationName}/subscription`: see [`Subscribe`].
    #[inline]
    pub fn subscribe<M1>(
        &self,
        event_source: impl runtime::OneOrMany<String, M1>,
    ) -> Subscribe<Client> {
        Subscribe::on(self.client.clone(), self.application_name.clone(), event_source)
    }

    /// Cancels subscriptions of an application, and returns its new state.
    ///
    /// `DELETE /applications/{applicationName}/subscription`: see [`Unsubscribe`].
    #[inline]
    pub fn unsubscribe<M1>(
        &self,
        event_source: impl runtime::OneOrMany<String, M1>,
    ) -> Unsubscribe<Client> {
        Unsubscribe::on(self.client.clone(), self.application_name.clone(), event_source)
    }

    /// Sets which event types are sent to an application, and returns its new state.
    ///
    /// `PUT /applications/{applicationName}/eventFilter`: see [`Filter`].
    #[inline]
    pub fn filter(&self) -> Filter<Client> {
        Filter::on(self.client.clone(), self.application_name.clone())
    }

    /// Returns a request that connects as this application. Awaiting it returns the stream of
    /// events.
    ///
    /// [`Events::event_websocket`](crate::events::Events::event_websocket) connects several at
    /// once.
    #[inline]
    pub fn connect(&self) -> crate::events::EventWebsocket<Client> {
        self.client.events().event_websocket([self.application_name.clone()])
    }
}

impl models::Application {
    /// Returns the handle of this application, for its operations and events, as
    /// [`Client::application`] does for its `name`.
    #[inline]
    pub fn handle(&self, client: &Client) -> ApplicationHandle {
        ApplicationHandle::new(client.clone(), &self.name)
    }
}

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
    pub(super) fn on(client: C) -> Self {
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
    fn encode(&self, _: &mut runtime::RequestEncoder) {}
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
    application_name: String,
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
    pub(super) fn on(client: C, application_name: impl Into<String>) -> Self {
        Self {
            client,
            application_name: application_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for Get<C> {
    const OPERATION: &'static runtime::Operation = &operations::applications::GET;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("applicationName", &self.application_name);
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

/// Subscribes an application to further event sources, and returns its new state.
///
/// Subscriptions are counted: a channel, bridge or endpoint subscribed to twice must be
/// unsubscribed from twice. They end by themselves when the channel hangs up or the bridge is
/// destroyed. The sources are taken in order and the first bad one stops the request; those before
/// it stay subscribed. If the application is already subscribed to all of a kind, a single source
/// of that kind is accepted and changes nothing. Subscribing to an endpoint also brings its
/// `TextMessageReceived`. Events may arrive before the answer to this request.
///
/// `POST /applications/{applicationName}/subscription`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `eventSource` is missing, holds 128 or more sources, or one begins with an unknown
///   scheme. `deviceState:` is unknown while the module `res_stasis_device_state` is not loaded.
/// - 404: No application of this name is registered: it has not connected to `/events`, or its
///   socket closed and left no subscription and no channel behind.
/// - 422: The channel, bridge or endpoint does not exist; a channel may have hung up meanwhile. A
///   device state never ends here, since any name is accepted.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Subscribe<C = ()> {
    pub(crate) client: C,
    application_name: String,
    event_source: Vec<String>,
}

impl Subscribe {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `application_name`: Name of the Stasis application, exactly as it registered. With an
    ///   outbound WebSocket that is opened for each call, this is the full ephemeral name that
    ///   events carry in `application`.
    /// - `event_source`: Event sources, each a scheme and an id: `channel:` with a channel id,
    ///   `bridge:` with a bridge id, `endpoint:` with `PJSIP/alice` or just `PJSIP` for the whole
    ///   technology, `deviceState:` with a device such as `PJSIP/alice` or `Stasis:lamp`. The
    ///   scheme alone, such as `bridge:`, means all of that kind. Technology names are
    ///   case-sensitive here. In a query the list is separated by commas.
    #[inline]
    pub fn new<M2>(
        application_name: impl Into<String>,
        event_source: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self::on((), application_name, event_source)
    }
}

impl<C> Subscribe<C> {
    pub(super) fn on<M2>(
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

impl<C> runtime::ToRequest for Subscribe<C> {
    const OPERATION: &'static runtime::Operation = &operations::applications::SUBSCRIBE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("applicationName", &self.application_name);
        encoder.query_param("eventSource", &self.event_source);
    }
}

impl<C> runtime::TypedRequest for Subscribe<C> {
    type Output = models::Application;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Subscribe<Client> {
    type Output = Result<models::Application, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Application>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

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
    application_name: String,
    event_source: Vec<String>,
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
    pub(super) fn on<M2>(
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
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("applicationName", &self.application_name);
        encoder.query_param("eventSource", &self.event_source);
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
    application_name: String,
    filter: Option<runtime::EventFilter>,
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
    pub(super) fn on(client: C, application_name: impl Into<String>) -> Self {
        Self {
            client,
            application_name: application_name.into(),
            filter: None,
        }
    }

    /// The bare object, such as
    /// `{"allowed":[{"type":"StasisStart"},{"type":"RESTResponse"}],"disallowed":[]}`. Unlike other
    /// bodies it is not wrapped in a key: wrapped in `filter` it is answered with 200 and sets
    /// nothing.
    pub fn filter(mut self, filter: impl Into<runtime::EventFilter>) -> Self {
        self.filter = Some(filter.into());
        self
    }
}

impl<C> runtime::ToRequest for Filter<C> {
    const OPERATION: &'static runtime::Operation = &operations::applications::FILTER;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("applicationName", &self.application_name);
        encoder.raw_body(self.filter.as_ref());
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
