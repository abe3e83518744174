//! The answer to who asks for something else than a WebSocket of ours.

use std::time::Duration;

use hyper::StatusCode;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::time::timeout;

/// How long the other side may take to read the answer.
const PATIENCE: Duration = Duration::from_secs(1);

/// An HTTP answer without an upgrade.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    /// Further headers, each with its line break.
    headers: &'static str,
    pub(super) text: &'static str,
}

impl Refusal {
    pub(super) const fn new(status: StatusCode, text: &'static str) -> Self {
        Refusal {
            status,
            headers: "",
            text,
        }
    }

    /// The same with headers, each ending in a line break.
    pub(super) const fn with(mut self, headers: &'static str) -> Self {
        self.headers = headers;
        self
    }

    /// Sends it, and closes in such a way that it arrives: closing with something unread would make
    /// the system throw away what is on its way.
    pub(super) async fn send<S: AsyncRead + AsyncWrite + Unpin>(&self, stream: &mut S) {
        let answer = format!(
            "HTTP/1.1 {}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n\
             Content-Length: {}\r\n{}\r\n{}\n",
            self.status,
            self.text.len() + 1,
            self.headers,
            self.text
        );
        let sending = async {
            stream.write_all(answer.as_bytes()).await?;
            stream.shutdown().await?;
            let mut rest = [0; 1024];
            while stream.read(&mut rest).await? > 0 {}
            std::io::Result::Ok(())
        };
        // Who does not read it, or has gone, does without.
        let _ = timeout(PATIENCE, sending).await;
    }
}
