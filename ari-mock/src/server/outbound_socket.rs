//! A WebSocket that the server opens to a program, for events and requests.

use std::sync::Arc;

use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::media::outgoing;
use super::socket::{self, Registration};
use super::state::Server;
use crate::model::{OutboundId, WebSocketClient};

/// Connects to a program, and serves the WebSocket in a task of its own.
pub(in crate::server) async fn connect(
    server: Arc<Server>,
    client: WebSocketClient,
    id: OutboundId,
    attempt: u32,
) {
    let stream = match outgoing::connect(&client, "ari").await {
        Ok(stream) => stream,
        Err(reason) => {
            server.update(|pbx| pbx.on_outbound_refused(id, attempt, &reason));
            return;
        }
    };
    let stream = WebSocketStream::from_raw_socket(stream, Role::Client, None).await;
    if let Some(registered) = Registration::outbound(&server, id) {
        let socket = registered.id();
        let task = tokio::spawn(socket::serve(registered, stream));
        server.track_socket(socket, &task);
    }
}
