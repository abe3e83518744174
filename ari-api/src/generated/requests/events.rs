// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The event WebSocket, which registers an application and delivers what happens to its calls, and
//! the two operations around it: sending custom events and claiming a call on offer. Keep the event
//! connection open at all times: a call sent to an application that is not registered is not
//! handled.
//!
//! Asterisk needs the module `res_http_websocket` for it.

use crate::{Client, Error, Event, operations, runtime};

/// The event WebSocket, which registers an application and delivers what happens to its calls, and
/// the two operations around it: sending custom events and claiming a call on offer. Keep the event
/// connection open at all times: a call sent to an application that is not registered is not
/// handled.
///
/// Returned by [`Client::events`].
#[derive(Clone, Debug)]
pub struct Events {
    client: Client,
}

impl Events {
    #[inline]
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Opens the WebSocket that registers applications and delivers their events.
    ///
    /// `GET /events`: see [`EventWebsocket`].
    #[inline]
    pub fn event_websocket<M1>(
        &self,
        app: impl runtime::OneOrMany<String, M1>,
    ) -> EventWebsocket<Client> {
        EventWebsocket::on(self.client.clone(), app)
    }

    /// Sends an event of your own making to an application.
    ///
    /// `POST /events/user/{eventName}`: see [`UserEvent`].
    #[inline]
    pub fn user_event(
        &self,
        event_name: impl Into<String>,
        application: impl Into<String>,
    ) -> UserEvent<Client> {
        UserEvent::on(self.client.clone(), event_name, application)
    }

    /// Claims a call on offer from `CallBroadcast` for an application.
    ///
    /// `POST /events/claim`: see [`ClaimChannel`].
    #[inline]
    pub fn claim_channel(
        &self,
        channel_id: impl Into<String>,
        application: impl Into<String>,
    ) -> ClaimChannel<Client> {
        ClaimChannel::on(self.client.clone(), channel_id, application)
    }
}

/// Opens the WebSocket that registers applications and delivers their events.
///
/// A GET with a WebSocket upgrade; subprotocol `ari` or none. Naming an application here is what
/// creates it. If it is connected already, the new socket takes it over and the old one gets
/// `ApplicationReplaced`. When the socket closes, calls and bridges stay up, but the events until
/// the next connection are lost: after reconnecting, list channels and bridges and compare.
///
/// Read without pause, in a task of its own: a client that did not read for about half a second was
/// disconnected. The server does not ping; send pings yourself to notice a dead link, allowing for
/// a late answer while a request is being handled on the same socket. Never send a pong that nobody
/// asked for; it can crash a server newer than 22.10.1. Over the socket itself this operation
/// answers 400.
///
/// `GET /events`
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct EventWebsocket<C = ()> {
    pub(crate) client: C,
    app: Vec<String>,
    subscribe_all: Option<bool>,
}

impl EventWebsocket {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `app`: Names of the applications to register, separated by commas. The first one matters
    ///   most: when it is taken over by another socket, requests sent over this one get no response
    ///   any more. An empty name fails the upgrade with 500.
    #[inline]
    pub fn new<M1>(app: impl runtime::OneOrMany<String, M1>) -> Self {
        Self::on((), app)
    }
}

impl<C> EventWebsocket<C> {
    pub(super) fn on<M1>(client: C, app: impl runtime::OneOrMany<String, M1>) -> Self {
        Self {
            client,
            app: runtime::OneOrMany::into_list(app),
            subscribe_all: None,
        }
    }

    /// With `true`, the applications get the events of every channel, bridge, endpoint and device
    /// of the server, whether subscribed or not. Convenient for monitoring; on a busy server it is
    /// a flood. Asterisk 22 can stop answering when such a WebSocket is closed while a device state
    /// changes: cancel the subscription to `deviceState:` before, or subscribe to `channel:`,
    /// `bridge:` and `endpoint:` instead.
    ///
    /// Available in Asterisk 13.6.0 and later.
    pub fn subscribe_all(mut self, subscribe_all: bool) -> Self {
        self.subscribe_all = Some(subscribe_all);
        self
    }
}

impl<C> runtime::ToRequest for EventWebsocket<C> {
    const OPERATION: &'static runtime::Operation = &operations::events::EVENT_WEBSOCKET;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.query_param("app", &self.app);
        encoder.query_param("subscribeAll", &self.subscribe_all);
    }
}

impl<C> runtime::WebSocketRequest for EventWebsocket<C> {
    type Event = Event;
}

impl IntoFuture for EventWebsocket<Client> {
    type Output = Result<runtime::EventStream<Event>, Error>;
    type IntoFuture = runtime::ConnectFuture<Event>;
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().connect_owned(&self)
    }
}

/// Sends an event of your own making to an application.
///
/// It arrives there as `ChannelUserevent`, with the named objects and variables in it, without any
/// subscription. If a channel is among the sources, it is also published to the manager interface
/// (AMI). Useful for letting parts of a system signal each other.
///
/// `POST /events/user/{eventName}`
///
/// Available in Asterisk 12.3.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: A source starts with none of `channel:`, `bridge:` and `endpoint:`, `application` is
///   missing, or the variables are malformed. Nothing was sent.
/// - 404: No application of this name is registered; check that it is connected.
/// - 422: One of the sources does not exist; a channel or bridge may have ended. Nothing was sent.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct UserEvent<C = ()> {
    pub(crate) client: C,
    event_name: String,
    application: String,
    source: Option<Vec<String>>,
    variables: Option<Vec<(String, serde_json::Value)>>,
}

impl UserEvent {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `event_name`: Name of the event, free to choose; arrives as `eventname`.
    /// - `application`: Name of the application that is to get the event; it must be registered.
    #[inline]
    pub fn new(event_name: impl Into<String>, application: impl Into<String>) -> Self {
        Self::on((), event_name, application)
    }
}

impl<C> UserEvent<C> {
    pub(super) fn on(
        client: C,
        event_name: impl Into<String>,
        application: impl Into<String>,
    ) -> Self {
        Self {
            client,
            event_name: event_name.into(),
            application: application.into(),
            source: None,
            variables: None,
        }
    }

    /// Objects to put into the event: `channel:id`, `bridge:id`, `endpoint:tech/resource`. The
    /// event has room for one of each kind. `deviceState:` is refused with 400, whatever other
    /// documentation says.
    pub fn source<M1>(mut self, source: impl runtime::OneOrMany<String, M1>) -> Self {
        self.source = Some(runtime::OneOrMany::into_list(source));
        self
    }

    /// Keys and values to put into `userevent`, sent as `{"variables": {…}}`. Values may be of any
    /// JSON type. A key `eventname` is overwritten.
    pub fn variables(
        mut self,
        variables: impl IntoIterator<
            Item = (impl Into<String>, impl Into<serde_json::Value>),
        >,
    ) -> Self {
        self.variables = Some(
            variables
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        );
        self
    }
}

impl<C> runtime::ToRequest for UserEvent<C> {
    const OPERATION: &'static runtime::Operation = &operations::events::USER_EVENT;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("eventName", &self.event_name);
        encoder.query_param("application", &self.application);
        encoder.query_param("source", &self.source);
        encoder.object("variables", self.variables.as_ref());
    }
}

impl<C> runtime::TypedRequest for UserEvent<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for UserEvent<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Claims a call on offer from `CallBroadcast` for an application.
///
/// Exactly one claim succeeds, however many arrive at once. After the 204, wait for `StasisStart`
/// before doing anything with the channel. Claim before thinking long: the offer lasts half a
/// second unless the dialplan gives another time.
///
/// `POST /events/claim`
///
/// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `channelId` or `application` is missing or empty.
/// - 404: This channel is not on offer: the time is over, the caller hung up, or it never was.
///   Nothing is left to do.
/// - 409: Another claim was faster. Not an error: forget the call.
/// - 501: The module `res_stasis_broadcast` is not loaded on this server; load it, or do without
///   broadcasts.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct ClaimChannel<C = ()> {
    pub(crate) client: C,
    channel_id: String,
    application: String,
}

impl ClaimChannel {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the offered channel, from the `channel` of `CallBroadcast`.
    /// - `application`: Name of the application that wants the call. The name is not checked here:
    ///   a claim for an application that is not registered wins, and the call then fails to enter
    ///   it.
    #[inline]
    pub fn new(channel_id: impl Into<String>, application: impl Into<String>) -> Self {
        Self::on((), channel_id, application)
    }
}

impl<C> ClaimChannel<C> {
    pub(super) fn on(
        client: C,
        channel_id: impl Into<String>,
        application: impl Into<String>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            application: application.into(),
        }
    }
}

impl<C> runtime::ToRequest for ClaimChannel<C> {
    const OPERATION: &'static runtime::Operation = &operations::events::CLAIM_CHANNEL;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.query_param("channelId", &self.channel_id);
        encoder.query_param("application", &self.application);
    }
}

impl<C> runtime::TypedRequest for ClaimChannel<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for ClaimChannel<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
