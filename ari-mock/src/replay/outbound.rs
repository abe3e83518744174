//! WebSockets that a replay opens to the program, as Asterisk does to a server of outbound WebSockets.

use std::sync::Arc;
use std::time::Duration;

use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::socket;
use super::state::Shared;
use crate::server::connect_to_program;

/// The delay before the next attempt to reach the program.
const RETRY_DELAY: Duration = Duration::from_millis(100);

/// The program that WebSockets are opened to.
#[derive(Clone)]
pub(super) struct Program {
    /// The address without a path, such as `ws://127.0.0.1:9000`.
    pub(super) url: String,
    pub(super) user: String,
    pub(super) password: String,
}

impl std::fmt::Debug for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Program").field(&self.url).finish()
    }
}

/// Opens a WebSocket, as soon as the program accepts it, and serves it until its end.
pub(super) async fn open(shared: Arc<Shared>, program: Program, index: usize) {
    let path = shared.lock().path(index).unwrap_or("/").to_owned();
    let url = format!("{}{path}", program.url.trim_end_matches('/'));
    let stream = loop {
        if let Ok(stream) = connect_to_program(&url, &program.user, &program.password).await {
            break stream;
        }
        tokio::time::sleep(RETRY_DELAY).await;
    };
    let stream = WebSocketStream::from_raw_socket(stream, Role::Client, None).await;
    let texts = shared.open(index);
    socket::serve(&shared, texts, stream).await;
}
