//! The response to requests that are not accepted as a WebSocket of ARI.

use std::time::Duration;

use hyper::StatusCode;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::time::timeout;

/// The time that the peer has to read the response.
const SEND_TIMEOUT: Duration = Duration::from_secs(1);

/// An HTTP response without an upgrade.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("{text}")]
pub(super) struct ErrorResponse {
    pub(super) status: StatusCode,
    /// Further headers, each with its line break.
    headers: &'static str,
    pub(super) text: &'static str,
}

impl ErrorResponse {
    pub(super) const fn new(status: StatusCode, text: &'static str) -> Self {
        ErrorResponse {
            status,
            headers: "",
            text,
        }
    }

    /// Adds headers, each of which ends in a line break.
    pub(super) const fn with_headers(mut self, headers: &'static str) -> Self {
        self.headers = headers;
        self
    }

    /// Sends the response and reads the rest of the request before closing. Closing with unread
    /// data would make the system discard the response.
    pub(super) async fn send<S: AsyncRead + AsyncWrite + Unpin>(&self, stream: &mut S) {
        let response = format!(
            "HTTP/1.1 {}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n\
             Content-Length: {}\r\n{}\r\n{}\n",
            self.status,
            self.text.len() + 1,
            self.headers,
            self.text
        );
        let sending = async {
            stream.write_all(response.as_bytes()).await?;
            stream.shutdown().await?;
            let mut rest = [0; 1024];
            while stream.read(&mut rest).await? > 0 {}
            std::io::Result::Ok(())
        };
        // If the peer does not read the response or has closed the connection, nothing else can be
        // done.
        let _ = timeout(SEND_TIMEOUT, sending).await;
    }
}
