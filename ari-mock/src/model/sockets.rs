//! WebSockets for events and requests, and those of them that the server opens.

use tokio_tungstenite::tungstenite::Message;

/// A connection.
pub(crate) type SocketId = u64;

/// A WebSocket that the server opens, through all of its connections.
pub(crate) type OutboundId = u64;

/// A WebSocket that the server opens when it starts, and opens again whenever it is lost, as
/// `type = outbound_websocket` in `ari.conf` does with `connection_type = persistent`. It carries the
/// events of its applications, and requests.
///
/// Calls enter the applications also while the WebSocket is not open. The events of that time are
/// sent when it is open again (observed on 22.10).
#[derive(Clone, Debug)]
pub struct PersistentWebSocket {
    /// The name in `websocket_client.conf`.
    pub(crate) client: String,
    pub(crate) applications: Vec<String>,
    pub(crate) subscribes_all: bool,
    pub(crate) is_read_only: bool,
}

impl PersistentWebSocket {
    /// Creates a WebSocket to a client that
    /// [`Builder::websocket_client`](crate::Builder::websocket_client) has added, for applications.
    pub fn new<A: Into<String>>(client: &str, applications: impl IntoIterator<Item = A>) -> Self {
        PersistentWebSocket {
            client: client.to_owned(),
            applications: applications.into_iter().map(Into::into).collect(),
            subscribes_all: false,
            is_read_only: false,
        }
    }

    /// Subscribes the applications to everything, as `subscribe_all` does.
    pub fn subscribe_all(mut self) -> Self {
        self.subscribes_all = true;
        self
    }

    /// Refuses requests that change something, as a read-only `local_ari_user` does.
    pub fn read_only(mut self) -> Self {
        self.is_read_only = true;
        self
    }
}

/// A WebSocket that the server opens, and opens again when it is lost.
pub(crate) struct OutboundSocket {
    /// The name in `websocket_client.conf`.
    pub(crate) client: String,
    /// The applications that it serves, unless another client has taken them over.
    pub(crate) applications: Vec<String>,
    /// True if its requests may change nothing.
    pub(crate) is_read_only: bool,
    /// The id of the channel, if this is the WebSocket of a single call.
    pub(crate) call: Option<String>,
    /// The connection, while it is open.
    pub(crate) socket: Option<SocketId>,
    /// The events that wait for the connection.
    pub(crate) queued: Vec<Message>,
    /// True once it has been open.
    pub(crate) was_open: bool,
    /// True while attempts to connect fail.
    pub(crate) is_failing: bool,
    /// True once its call has left, so that it is not opened again.
    pub(crate) is_closing: bool,
}

impl OutboundSocket {
    pub(crate) fn new(client: String, applications: Vec<String>) -> Self {
        OutboundSocket {
            client,
            applications,
            is_read_only: false,
            call: None,
            socket: None,
            queued: Vec::new(),
            was_open: false,
            is_failing: false,
            is_closing: false,
        }
    }
}
