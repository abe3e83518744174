//! The listener on a loopback port.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

use super::http;
use super::state::Server;

/// Listens on a port of the loopback interface. 0 means any free port.
pub(crate) async fn bind(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port)).await
}

/// Accepts connections.
pub(crate) async fn listen(server: Arc<Server>, listener: TcpListener) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let task = tokio::spawn(http::serve(Arc::clone(&server), stream));
                server.track_connection(&task);
            }
            // Most likely there are too many open files, and some may be closed soon.
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}
