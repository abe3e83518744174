//! Connections over real sockets. The other end is a scripted Asterisk, which also sends invalid
//! input that a real one would not send.

#![cfg(test)]

#[cfg(feature = "server")]
mod acceptor;
mod audiosocket;
mod rtp;
mod websocket;

use ari_media::connection::{CloseReason, ConnectionError, Received};
use ari_test_support::within_limit;

/// Returns the next item. Panics if there is none.
#[track_caller]
fn item(received: Option<Result<Received, ConnectionError>>) -> Received {
    received.expect("the connection goes on").expect("an item")
}

/// Returns the payload of the next item. Panics if it is not audio.
#[track_caller]
fn payload(received: Option<Result<Received, ConnectionError>>) -> Vec<u8> {
    match item(received) {
        Received::Audio(packet) => packet.payload.to_vec(),
        other => panic!("no audio but {other:?}"),
    }
}

/// Returns the text of the next error. Panics if there is none.
#[track_caller]
fn error(received: Option<Result<Received, ConnectionError>>) -> String {
    match received.expect("an error") {
        Err(error) => error.to_string(),
        Ok(other) => panic!("no error but {other:?}"),
    }
}
