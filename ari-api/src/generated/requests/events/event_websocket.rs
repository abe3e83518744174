// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /events`.

use crate::{Client, Error, Event, operations, runtime};

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
    pub(super) app: Vec<String>,
    pub(super) subscribe_all: Option<bool>,
}

impl EventWebsocket {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `app`: Names of the applications to register. The first one matters most: when it is taken
    ///   over by another socket, requests sent over this one get no response any more. An empty
    ///   name fails the upgrade with 500.
    #[inline]
    pub fn new<M1>(app: impl runtime::OneOrMany<String, M1>) -> Self {
        Self::on((), app)
    }
}

impl<C> EventWebsocket<C> {
    pub(crate) fn on<M1>(client: C, app: impl runtime::OneOrMany<String, M1>) -> Self {
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
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("app", &self.app);
        request.argument("subscribeAll", &self.subscribe_all);
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
