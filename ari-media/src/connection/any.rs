//! A connection over any carrier.

use std::future::poll_fn;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;

use crate::carrier::Carrier;
use crate::connection::audiosocket::AudioSocketConnection;
use crate::connection::error::ConnectionError;
use crate::connection::received::Received;
use crate::connection::rtp::RtpConnection;
use crate::connection::websocket::WebSocketConnection;
use crate::pcm::{ByteOrder, Format};

/// A connection over any carrier.
#[derive(Debug)]
#[non_exhaustive]
pub enum Connection {
    /// A WebSocket, opened by either side.
    WebSocket(WebSocketConnection),
    /// AudioSocket.
    AudioSocket(AudioSocketConnection),
    /// RTP.
    Rtp(RtpConnection),
}

impl Connection {
    /// Returns the carrier.
    pub fn carrier(&self) -> Carrier {
        match self {
            Connection::WebSocket(connection) => connection.carrier(),
            Connection::AudioSocket(_) => Carrier::AudioSocket,
            Connection::Rtp(_) => Carrier::Rtp,
        }
    }

    /// Returns the format of the audio that is sent.
    pub fn outgoing_format(&self) -> Format {
        match self {
            Connection::WebSocket(connection) => connection.format(),
            Connection::AudioSocket(connection) => Format::Slin(connection.rate()),
            Connection::Rtp(connection) => connection.outgoing_format(),
        }
    }

    /// Returns the byte order of linear PCM.
    pub fn byte_order(&self) -> ByteOrder {
        match self {
            Connection::WebSocket(_) | Connection::AudioSocket(_) => ByteOrder::Little,
            Connection::Rtp(_) => ByteOrder::Big,
        }
    }

    /// Sends a frame of audio, without waiting.
    ///
    /// # Errors
    /// Returns the errors of the carrier's `send_audio`.
    pub fn send_audio(&mut self, payload: Bytes) -> Result<(), ConnectionError> {
        match self {
            Connection::WebSocket(connection) => connection.send_audio(payload),
            Connection::AudioSocket(connection) => connection.send_audio(&payload),
            Connection::Rtp(connection) => connection.send_audio(payload),
        }
    }

    /// Returns the next item, or `None` after the end. It also writes pending data.
    ///
    /// # Errors
    /// Returns the errors of the carrier's `next`.
    pub async fn next(&mut self) -> Option<Result<Received, ConnectionError>> {
        poll_fn(|context| self.poll_next(context)).await
    }

    /// Polls for the next item: see [`Connection::next`].
    pub fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Received, ConnectionError>>> {
        match self {
            Connection::WebSocket(connection) => connection.poll_next(context),
            Connection::AudioSocket(connection) => connection.poll_next(context),
            Connection::Rtp(connection) => connection.poll_next(context),
        }
    }

    /// Writes pending data, and waits until the system has accepted it.
    ///
    /// # Errors
    /// Returns the errors of the carrier's `flush`.
    pub async fn flush(&mut self) -> Result<(), ConnectionError> {
        match self {
            Connection::WebSocket(connection) => connection.flush().await,
            Connection::AudioSocket(connection) => connection.flush().await,
            Connection::Rtp(connection) => connection.flush().await,
        }
    }

    /// Closes the connection, and waits for the peer at most for `limit`. Over RTP, this only
    /// closes the port.
    pub async fn close(self, limit: Duration) {
        match self {
            Connection::WebSocket(connection) => connection.close(limit).await,
            Connection::AudioSocket(connection) => connection.close(limit).await,
            Connection::Rtp(_) => {}
        }
    }
}
