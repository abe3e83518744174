//! Sending and receiving the messages of a WebSocket.

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

/// Serves a WebSocket until the peer closes it, or until the sender of `outgoing` is dropped.
///
/// `respond` receives the texts of the peer one at a time, and may return a text for it. Messages are
/// sent while it runs.
pub(crate) async fn serve<S, M, F>(
    stream: WebSocketStream<S>,
    outgoing: &mut mpsc::UnboundedReceiver<M>,
    mut respond: impl FnMut(Utf8Bytes) -> F,
) where
    S: AsyncRead + AsyncWrite + Unpin,
    M: Into<Message>,
    F: Future<Output = Option<String>>,
{
    let (mut sink, mut arriving) = stream.split();
    let (responses, mut responding) = mpsc::unbounded_channel();
    let reading = async {
        while let Some(Ok(message)) = arriving.next().await {
            if let Message::Text(text) = message
                && let Some(response) = respond(text).await
            {
                // The receiver lives as long as this future.
                let _ = responses.send(Message::text(response));
            }
        }
    };
    let writing = async {
        loop {
            let message = tokio::select! {
                message = outgoing.recv() => message.map(Into::into),
                message = responding.recv() => message,
            };
            let Some(message) = message else { break };
            if sink.send(message).await.is_err() {
                return;
            }
        }
        // The peer may be gone.
        let _ = sink.close().await;
    };
    tokio::select! {
        () = reading => {}
        () = writing => {}
    }
}
