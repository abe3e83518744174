//! One WebSocket: outgoing events and incoming requests.

use std::sync::Arc;

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use super::auth::Rights;
use super::{Server, rest};
use crate::pbx::SocketId;

/// The registration of applications for a socket. It is made before the client learns that it is
/// connected, and removed in any case when the socket ends.
pub(crate) struct Registered {
    server: Arc<Server>,
    id: SocketId,
    first: String,
    rights: Rights,
    outgoing: mpsc::UnboundedReceiver<Message>,
}

impl Registered {
    pub(crate) fn new(
        server: &Arc<Server>,
        apps: &[String],
        everything: bool,
        rights: Rights,
    ) -> Self {
        let (events, outgoing) = mpsc::unbounded_channel();
        let id = server.with(|world| {
            let id = world.number();
            world.sockets.insert(id, events);
            world.register(apps, everything, id);
            id
        });
        Registered {
            server: Arc::clone(server),
            id,
            first: apps.first().cloned().unwrap_or_default(),
            rights,
            outgoing,
        }
    }
}

impl Registered {
    pub(crate) fn id(&self) -> SocketId {
        self.id
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        self.server.with(|world| world.unregister(self.id));
    }
}

pub(crate) async fn serve<S>(mut registered: Registered, stream: WebSocketStream<S>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sink, mut arriving) = stream.split();
    let server = Arc::clone(&registered.server);
    let (id, first) = (registered.id, registered.first.clone());
    let rights = registered.rights;

    // Events are written while a request is in progress. Further incoming messages wait.
    let reading = async {
        while let Some(Ok(message)) = arriving.next().await {
            if let Message::Text(text) = message
                && rest::is_known(server.version)
            {
                rest::answer(&server, id, rights, &first, &text).await;
            }
        }
    };
    let writing = async {
        while let Some(message) = registered.outgoing.recv().await {
            if sink.send(message).await.is_err() {
                return;
            }
        }
        let _ = sink.close().await;
    };
    tokio::select! {
        () = reading => {}
        () = writing => {}
    }
}
