//! A session that Asterisk has opened, as its handler gets it.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use crate::runtime::{Bindings, EventStream};

/// A session that Asterisk has opened.
///
/// The events come in order and miss nothing, beginning with the session's first message. For a
/// persistent WebSocket that is `ApplicationRegistered`, once for every application; for that of a
/// single call it is `StasisStart`. The stream ends without an error when Asterisk closes the
/// WebSocket: for a single call, behind its `StasisEnd`.
#[non_exhaustive]
pub struct Incoming<C: Bindings> {
    /// Its requests travel over this WebSocket, as the `local_ari_user` of `ari.conf`. What no
    /// WebSocket carries, the download of a recording for one, goes by
    /// [`ServerBuilder::http`](super::ServerBuilder::http), and ends in
    /// [`Error::Configuration`](crate::runtime::Error::Configuration) where there is none.
    ///
    /// Asterisk works on one request of a WebSocket at a time: one that waits, such as answering a
    /// channel to which something is played, holds up the others. It goes by HTTP, too, where that
    /// is known.
    pub client: C,
    /// The events of the session.
    pub events: EventStream<C::Event>,
    pub(super) application: String,
    pub(super) origin: Origin,
}

/// Which Asterisk has connected, as far as its request tells.
#[derive(Clone, Debug)]
pub struct Origin {
    pub(super) path: String,
    pub(super) query: Option<String>,
    pub(super) user: Option<String>,
    pub(super) peer: SocketAddr,
}

impl Origin {
    /// The path that Asterisk has asked for.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What stands behind the path and a question mark in Asterisk's `uri`, as it stands there.
    pub fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    /// The user of [`ServerBuilder::credentials`](super::ServerBuilder::credentials) that Asterisk
    /// has connected as.
    pub fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    /// Where Asterisk has connected from.
    pub fn remote_addr(&self) -> SocketAddr {
        self.peer
    }
}

impl<C: Bindings> Incoming<C> {
    /// The application that the session is for. If there are several it is the first that Asterisk
    /// has told of, in an order of its own, or that has a handler.
    ///
    /// A single call has one of its own, named after the application, with a colon and the name of
    /// the call's channel behind. It is this name that further channels of the call are originated
    /// with.
    pub fn application(&self) -> &str {
        &self.application
    }

    /// The applications that are known to be registered on this session by now.
    pub fn applications(&self) -> Arc<[String]> {
        self.events.session().applications()
    }

    /// Which Asterisk has opened the session.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// See [`Origin::path`].
    pub fn path(&self) -> &str {
        self.origin.path()
    }

    /// See [`Origin::query`].
    pub fn query(&self) -> Option<&str> {
        self.origin.query()
    }

    /// See [`Origin::user`].
    pub fn user(&self) -> Option<&str> {
        self.origin.user()
    }

    /// See [`Origin::remote_addr`].
    pub fn remote_addr(&self) -> SocketAddr {
        self.origin.remote_addr()
    }
}

impl<C: Bindings> fmt::Debug for Incoming<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming")
            .field("application", &self.application)
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}
