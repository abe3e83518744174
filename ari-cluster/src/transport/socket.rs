//! A WebSocket of the library whose messages come from the bus.

use ari_api::transport::{ReadOnlySocket, SocketMessage, WebSocket};
use bytes::Bytes;
use futures_util::stream;
use tokio::sync::mpsc;

/// The message that ends a session regularly.
pub(crate) const END: Bytes = Bytes::new();

/// Returns a WebSocket that receives these events. It ends when the sender is dropped, which the
/// library takes as a lost WebSocket. `guard` is a value that it keeps alive, such as a subscription.
pub(crate) fn bus_socket(
    mut events: mpsc::UnboundedReceiver<Bytes>,
    guard: impl Send + 'static,
) -> Box<dyn WebSocket> {
    let messages = stream::poll_fn(move |context| {
        let _ = &guard;
        let event = events.poll_recv(context);
        event.map(|event| event.map(|event| Ok(message(&event))))
    });
    Box::new(ReadOnlySocket::new(messages))
}

fn message(event: &Bytes) -> SocketMessage {
    match event.is_empty() {
        true => SocketMessage::End,
        // Checking a valid text is faster than looking for what is to be replaced.
        false => SocketMessage::Text(match std::str::from_utf8(event) {
            Ok(text) => text.to_owned(),
            Err(_) => String::from_utf8_lossy(event).into_owned(),
        }),
    }
}
