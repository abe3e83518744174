//! A session that Asterisk has opened, as its handler receives it.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use crate::client::api_client::ApiClient;
use crate::routing::stream::EventStream;
use crate::server::resumed::ResumedCall;

/// A session that Asterisk has opened.
///
/// The events arrive in order and none is missing, beginning with the session's first message. They
/// begin with `ApplicationRegistered`, once for every application. On the WebSocket of a single call
/// `StasisStart` follows, unless the call is [resumed](IncomingSession::resumed). The stream ends
/// without an error when Asterisk closes the WebSocket. For a single call that happens after its
/// `StasisEnd`.
#[non_exhaustive]
pub struct IncomingSession<C: ApiClient> {
    /// The client whose requests are sent over this WebSocket, with the rights of the
    /// `local_ari_user` of `ari.conf`. Requests that a WebSocket cannot carry, such as the download
    /// of a recording, use the client of
    /// [`ServerBuilder::http_client`](crate::server::builder::ServerBuilder::http_client). They fail with
    /// [`Error::InvalidConfig`](crate::error::types::Error::InvalidConfig) if there is none.
    ///
    /// Asterisk processes the requests of a WebSocket one at a time. A request that waits, such as
    /// answering a channel during a playback, delays all others. If there is an HTTP client, such a
    /// request is sent by HTTP, too.
    pub client: C,
    /// The events of the session.
    pub events: EventStream<C::Event>,
    pub(super) application: String,
    pub(super) origin: HandshakeInfo,
    pub(super) resumed: Option<ResumedCall>,
}

/// The Asterisk that has connected, as described by its request.
#[derive(Clone, Debug)]
pub struct HandshakeInfo {
    pub(super) path: String,
    pub(super) query: Option<String>,
    pub(super) user: Option<String>,
    pub(super) peer: SocketAddr,
}

impl HandshakeInfo {
    /// Creates the description of a session that did not come over a WebSocket, with a path that
    /// tells where it came from.
    pub fn new(path: impl Into<String>, remote_addr: SocketAddr) -> Self {
        HandshakeInfo {
            path: path.into(),
            query: None,
            user: None,
            peer: remote_addr,
        }
    }

    /// Returns the path that Asterisk has requested.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the query of Asterisk's `uri`, without the question mark and without decoding it.
    pub fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    /// Returns the user of [`ServerBuilder::credentials`](crate::server::builder::ServerBuilder::credentials) that
    /// Asterisk has authenticated as. `None` if it has not authenticated as one of them.
    pub fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    /// Returns the address that Asterisk has connected from.
    pub fn remote_addr(&self) -> SocketAddr {
        self.peer
    }
}

impl<C: ApiClient> IncomingSession<C> {
    /// Creates a session from its parts, for handlers of calls that come another way than over a
    /// WebSocket of Asterisk.
    pub fn new(
        client: C,
        events: EventStream<C::Event>,
        application: String,
        origin: HandshakeInfo,
        resumed: Option<ResumedCall>,
    ) -> Self {
        IncomingSession {
            client,
            events,
            application,
            origin,
            resumed,
        }
    }

    /// Returns the application of the session. If there are several, it is the first that Asterisk
    /// has registered, in an order of Asterisk's own, or the first that has a handler.
    ///
    /// A single call has an application of its own. Its name is the configured application's name,
    /// a colon, and the name of the call's channel. Originate further channels of the call with
    /// this name.
    pub fn application(&self) -> &str {
        &self.application
    }

    /// Returns the objects of the call if this session continues a call whose earlier WebSocket was
    /// lost, for example because the program that served it has ended. Asterisk then opens the
    /// WebSocket again, at whatever program listens at its address, and does not send `StasisStart`
    /// a second time. `None` if the call begins with this session, so that its `StasisStart`
    /// follows, and on a persistent WebSocket.
    ///
    /// Events that Asterisk has sent to the earlier WebSocket are lost. Asterisk does not list
    /// playbacks and recordings: whether they are running cannot be known, unless their ids and
    /// names were chosen in a way that this program knows.
    ///
    /// The session must have a subscription to single channels. With `subscribe_all = yes` in
    /// `ari.conf` Asterisk does not list the channels of the application, and this is always `None`.
    pub fn resumed(&self) -> Option<&ResumedCall> {
        self.resumed.as_ref()
    }

    /// Returns the applications that are known to be registered on this session so far.
    pub fn applications(&self) -> Arc<[String]> {
        self.events.session().applications()
    }

    /// Returns the Asterisk that has opened the session.
    pub fn origin(&self) -> &HandshakeInfo {
        &self.origin
    }

    /// See [`HandshakeInfo::path`].
    pub fn path(&self) -> &str {
        self.origin.path()
    }

    /// See [`HandshakeInfo::query`].
    pub fn query(&self) -> Option<&str> {
        self.origin.query()
    }

    /// See [`HandshakeInfo::user`].
    pub fn user(&self) -> Option<&str> {
        self.origin.user()
    }

    /// See [`HandshakeInfo::remote_addr`].
    pub fn remote_addr(&self) -> SocketAddr {
        self.origin.remote_addr()
    }
}

impl<C: ApiClient> fmt::Debug for IncomingSession<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IncomingSession")
            .field("application", &self.application)
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}
