//! One WebSocket: outgoing events and incoming requests.

use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

use super::auth::Permissions;
use super::state::Server;
use super::{websocket, ws_requests};
use crate::model::{OutboundId, SocketId};

/// The registration of applications for a socket. It is made before the client learns that it is
/// connected, and removed in any case when the socket ends.
pub(crate) struct Registration {
    server: Arc<Server>,
    id: SocketId,
    first_app: String,
    rights: Permissions,
    outgoing: mpsc::UnboundedReceiver<Message>,
}

impl Registration {
    /// Registers the applications of an outbound WebSocket. `None` if it is not needed any more.
    pub(crate) fn outbound(server: &Arc<Server>, outbound: OutboundId) -> Option<Self> {
        let (events, outgoing) = mpsc::unbounded_channel();
        server.update(|pbx| {
            let known = pbx.outbound_sockets.get(&outbound)?;
            let first_app = known.applications.first().cloned().unwrap_or_default();
            let rights = Permissions::new(known.is_read_only);
            let id = pbx.next_number();
            pbx.sockets.insert(id, events);
            pbx.on_outbound_opened(outbound, id);
            Some(Registration {
                server: Arc::clone(server),
                id,
                first_app,
                rights,
                outgoing,
            })
        })
    }

    pub(crate) fn new(
        server: &Arc<Server>,
        apps: &[String],
        everything: bool,
        rights: Permissions,
    ) -> Self {
        let (events, outgoing) = mpsc::unbounded_channel();
        let id = server.update(|pbx| {
            let id = pbx.next_number();
            pbx.sockets.insert(id, events);
            pbx.register_apps(apps, everything, id);
            id
        });
        Registration {
            server: Arc::clone(server),
            id,
            first_app: apps.first().cloned().unwrap_or_default(),
            rights,
            outgoing,
        }
    }

    pub(crate) fn id(&self) -> SocketId {
        self.id
    }

    /// Passes the events on until the receiver is closed.
    pub(crate) async fn forward(mut self, messages: mpsc::UnboundedSender<Message>) {
        loop {
            tokio::select! {
                biased;
                () = messages.closed() => return,
                message = self.outgoing.recv() => match message {
                    // Sending fails only if the receiver has just been closed.
                    Some(message) => drop(messages.send(message)),
                    None => return,
                },
            }
        }
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        self.server.update(|pbx| pbx.unregister_socket(self.id));
    }
}

/// Serves a WebSocket until its end.
pub(crate) async fn serve<S>(mut registered: Registration, stream: WebSocketStream<S>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let server = Arc::clone(&registered.server);
    let (id, first) = (registered.id, registered.first_app.clone());
    let rights = registered.rights;
    let respond = |text: Utf8Bytes| {
        let (server, first) = (Arc::clone(&server), first.clone());
        async move {
            if ws_requests::is_supported(server.version) {
                ws_requests::respond(&server, id, rights, &first, &text).await;
            }
            // The response is one of the outgoing messages.
            None
        }
    };
    websocket::serve(stream, &mut registered.outgoing, respond).await;
}
