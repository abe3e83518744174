//! A WebSocket that the server opens to a program, for events and requests.

use std::sync::Arc;

use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::media::outgoing;
use super::socket::{self, Registration};
use super::state::Server;
use crate::model::{OutboundId, WebSocketClient};

/// Opens a WebSocket to a program, without TLS.
///
/// # Errors
/// Returns the reason if the program cannot be reached or refuses.
pub(crate) async fn connect_to_program(
    url: &str,
    user: &str,
    password: &str,
) -> Result<TokioIo<Upgraded>, String> {
    let client = WebSocketClient {
        url: url.to_owned(),
        user: user.to_owned(),
        password: password.to_owned(),
        #[cfg(feature = "tls")]
        tls: None,
    };
    outgoing::connect(&client, "ari").await
}

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
