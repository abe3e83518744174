// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The client.

use crate::{Error, Event, runtime};

/// A client of one server: Asterisk 12 to 24.
///
/// Clones are cheap and share one connection.
#[derive(Clone, Debug)]
pub struct Client {
    connection: runtime::Connection<Event>,
}

impl Client {
    /// Creates a builder for a client that connects to `url`: `http://HOST:8088/ari`. If
    /// `http.conf` sets a `prefix`, it precedes `/ari`.
    pub fn builder(url: impl Into<String>) -> runtime::ClientBuilder<Client> {
        runtime::ClientBuilder::new(url)
    }

    /// Creates a client that sends its requests by any transport.
    pub fn new(transport: impl runtime::Transport + 'static) -> Self {
        Self {
            connection: runtime::Connection::new(transport),
        }
    }

    /// Creates a client that sends its requests over the WebSocket of an application, from
    /// Asterisk 20.14, 21.9 and 22.4 on. See
    /// [`Session::connection`](runtime::Session::connection).
    pub fn over_session(session: &runtime::Session<Event>) -> Self {
        Self {
            connection: session.connection(),
        }
    }

    /// Returns a clone of the client with a different request timeout.
    pub fn with_timeout(&self, limit: std::time::Duration) -> Self {
        Self {
            connection: self.connection.clone().with_timeout(limit),
        }
    }

    /// Returns a clone of the client whose requests have a trace context: see
    /// [`Connection::with_trace_context`](runtime::Connection::with_trace_context).
    pub fn with_trace_context(
        &self,
        context: impl Into<Option<runtime::TraceContext>>,
    ) -> Self {
        Self {
            connection: self.connection.clone().with_trace_context(context),
        }
    }

    /// Waits for the responses to requests in flight, closes every WebSocket that this
    /// client has opened, and ends their streams. See
    /// [`Connection::close`](runtime::Connection::close).
    pub async fn close(&self, limit: std::time::Duration) {
        self.connection.close(limit).await;
    }

    /// Returns the connection that sends the requests of this client.
    pub fn connection(&self) -> &runtime::Connection<Event> {
        &self.connection
    }

    /// Sends a request that was created without a client.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn send<R: runtime::TypedRequest>(
        &self,
        request: R,
    ) -> Result<R::Output, Error> {
        self.connection.send(&request).await
    }
}

impl runtime::ApiClient for Client {
    type Event = Event;
    fn from_connection(connection: runtime::Connection<Event>) -> Self {
        Self { connection }
    }

    fn connection(&self) -> &runtime::Connection<Event> {
        &self.connection
    }
}
