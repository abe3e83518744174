//! The WebSocket of a single call, which the server opens to the program.

use std::sync::Arc;

use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::auth::Permissions;
use super::media::outgoing;
use super::socket::{self, Registration};
use super::state::Server;
use crate::model::WebSocketClient;

/// Connects to a program, and serves the WebSocket in a task of its own.
pub(in crate::server) async fn connect(
    server: Arc<Server>,
    client: WebSocketClient,
    application: String,
    attempt: u32,
) {
    let WebSocketClient {
        url,
        user,
        password,
    } = &client;
    let Some(stream) = outgoing::connect(url, user, password, "ari").await else {
        server.update(|pbx| pbx.on_call_socket_refused(&application, attempt));
        return;
    };
    let stream = WebSocketStream::from_raw_socket(stream, Role::Client, None).await;
    let registered = Registration::new(&server, &[application], false, Permissions::ALL);
    let id = registered.id();
    let task = tokio::spawn(socket::serve(registered, stream));
    server.track_socket(id, &task);
}
