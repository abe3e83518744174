//! A media WebSocket, opened by either side.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use ari_api::Client;
use ari_api::transport::{IncomingFrame, OutgoingFrame, WebSocket};
use bytes::Bytes;
use tokio::time::{Sleep, sleep, timeout};

use crate::carrier::Carrier;
use crate::carrier::websocket::{Command, Event, MAX_AUDIO_SIZE, MediaStart, Syntax};
use crate::connection::error::{Cause, ConnectionError, Step};
use crate::connection::received::{AudioPacket, CloseReason, Received};
use crate::pcm::Format;

/// The maximum number of bytes that wait for a peer that does not read.
pub(super) const MAX_UNSENT: usize = 256 * 1024;

/// The longest time that bytes wait. Asterisk waits for the rest of a message for the same time.
pub(super) const SEND_TIMEOUT: Duration = Duration::from_secs(10);

/// The settings of a media WebSocket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebSocketSettings {
    /// The limit for the first event after the handshake. Defaults to 10 seconds.
    pub start_timeout: Duration,
    /// True if [`WebSocketConnection::ping`] may send pings, at which older releases hang up: see
    /// [`WebSocketFeatures::pings`](crate::carrier::WebSocketFeatures::pings). Defaults to false.
    pub allow_pings: bool,
}

impl Default for WebSocketSettings {
    fn default() -> Self {
        WebSocketSettings {
            start_timeout: Duration::from_secs(10),
            allow_pings: false,
        }
    }
}

impl WebSocketSettings {
    /// Sets [`WebSocketSettings::start_timeout`].
    #[must_use]
    pub const fn with_start_timeout(mut self, limit: Duration) -> Self {
        self.start_timeout = limit;
        self
    }

    /// Sets [`WebSocketSettings::allow_pings`].
    #[must_use]
    pub const fn with_pings(mut self, allowed: bool) -> Self {
        self.allow_pings = allowed;
        self
    }
}

/// A media WebSocket after its first event. Dropping it ends the channel.
pub struct WebSocketConnection {
    socket: Box<dyn WebSocket>,
    carrier: Carrier,
    start: MediaStart,
    format: Format,
    syntax: Syntax,
    allow_pings: bool,
    /// The number of bytes that were added since the buffer was empty.
    unsent: usize,
    /// A timer that runs while the peer does not read.
    stall: Option<Pin<Box<Sleep>>>,
    has_ended: bool,
    /// A value that is dropped with the connection.
    _guard: Option<Box<dyn Send>>,
}

impl WebSocketConnection {
    /// Opens the WebSocket of a channel to Asterisk, and waits for its first event. `connection_id`
    /// is the channel variable `MEDIA_WEBSOCKET_CONNECTION_ID`. The address, the prefix of
    /// `http.conf`, TLS and the limit for the handshake are those of the client.
    ///
    /// # Errors
    /// Returns [`ConnectionError`] with the step [`Step::Connect`] if the WebSocket cannot be
    /// opened, and with [`Step::Start`] if the first event is missing or invalid.
    pub async fn connect(
        client: &Client,
        connection_id: &str,
        settings: WebSocketSettings,
    ) -> Result<Self, ConnectionError> {
        let carrier = Carrier::WebSocket;
        let socket = client.connection().connect_media(connection_id).await;
        let socket = socket.map_err(|error| ConnectionError::new(carrier, Step::Connect, error))?;
        Self::start(socket, carrier, settings, None).await
    }

    /// Waits for the first event of a WebSocket. `guard` is dropped with the connection.
    pub(super) async fn start(
        socket: Box<dyn WebSocket>,
        carrier: Carrier,
        settings: WebSocketSettings,
        guard: Option<Box<dyn Send>>,
    ) -> Result<Self, ConnectionError> {
        let failed = |cause| ConnectionError::new(carrier, Step::Start, cause);
        let mut connection = WebSocketConnection {
            socket,
            carrier,
            start: MediaStart::default(),
            format: Format::Ulaw,
            syntax: Syntax::PlainText,
            allow_pings: settings.allow_pings,
            unsent: 0,
            stall: None,
            has_ended: false,
            _guard: guard,
        };
        let limit = settings.start_timeout;
        let started = timeout(limit, poll_fn(|context| connection.poll_start(context))).await;
        let (start, syntax) = started
            .map_err(|_| Cause::Timeout {
                missing: "no MEDIA_START",
                limit,
            })
            .and_then(|started| started)
            .map_err(failed)?;
        let format = start.format.parse::<Format>();
        connection.format = format.map_err(|error| failed(Cause::Malformed(error.to_string())))?;
        (connection.start, connection.syntax) = (start, syntax);
        Ok(connection)
    }

    /// Polls for the first event. Older releases can send audio before it, which is dropped.
    fn poll_start(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<(MediaStart, Syntax), Cause>> {
        loop {
            let text = match ready!(self.poll_frame(context)) {
                Ok(Frame::Text(text)) => text,
                Ok(Frame::Audio(_)) => continue,
                Ok(Frame::Closed(reason)) => return Poll::Ready(Err(Cause::Closed(reason))),
                Err(cause) => return Poll::Ready(Err(cause)),
            };
            let syntax = Syntax::of_message(&text);
            match Event::parse(&text, syntax) {
                Ok(Event::Start(start)) => return Poll::Ready(Ok((start, syntax))),
                Ok(_) => {}
                Err(error) => return Poll::Ready(Err(Cause::Malformed(error.to_string()))),
            }
        }
    }

    /// Returns the first event: the channel, its format and the size of a frame.
    pub fn started(&self) -> &MediaStart {
        &self.start
    }

    /// Returns the syntax of commands and events, as detected from the first event.
    pub fn syntax(&self) -> Syntax {
        self.syntax
    }

    /// Returns the format of the audio in both directions.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Returns the carrier, which names the side that has opened the WebSocket.
    pub fn carrier(&self) -> Carrier {
        self.carrier
    }

    /// Sends audio: one or more whole frames, as one message. Asterisk plays one frame every 20 ms,
    /// and queues at most 1000. The method does not wait. [`WebSocketConnection::next`] writes the
    /// message.
    ///
    /// # Errors
    /// Returns [`ConnectionError`] with [`Cause::InvalidAudio`] if the audio is not in whole frames,
    /// because Asterisk would drop the incomplete one, or if it is longer than 65,527 bytes, because
    /// Asterisk would end the channel. Returns one with [`Cause::Stalled`] if the peer does not read.
    pub fn send_audio(&mut self, payload: Bytes) -> Result<(), ConnectionError> {
        let (length, frame_size) = (payload.len(), self.start.frame_size);
        let is_whole = frame_size == 0 || length.is_multiple_of(frame_size);
        if !is_whole || length == 0 || length > MAX_AUDIO_SIZE {
            return Err(self.send_error(Cause::InvalidAudio { length, frame_size }));
        }
        self.send(OutgoingFrame::Binary(payload), length)
    }

    /// Sends a command, without waiting. [`WebSocketConnection::next`] writes it.
    ///
    /// # Errors
    /// Returns [`ConnectionError`] with [`Cause::UnknownCommand`] if the command does not exist in
    /// plain text, and with [`Cause::Stalled`] if the peer does not read.
    pub fn send_command(&mut self, command: &Command) -> Result<(), ConnectionError> {
        match command.encode(self.syntax) {
            Some(text) => {
                let length = text.len();
                self.send(OutgoingFrame::Text(text), length)
            }
            None => Err(self.send_error(Cause::UnknownCommand(command.name()))),
        }
    }

    /// Sends a ping if the settings allow it. Otherwise it sends nothing and returns false.
    ///
    /// # Errors
    /// Returns [`ConnectionError`] with [`Cause::Stalled`] if the peer does not read.
    pub fn ping(&mut self) -> Result<bool, ConnectionError> {
        if self.allow_pings {
            self.send(OutgoingFrame::Ping, 0)?;
        }
        Ok(self.allow_pings)
    }

    fn send(&mut self, frame: OutgoingFrame, length: usize) -> Result<(), ConnectionError> {
        /// The head of a frame with its mask.
        const MAX_HEAD: usize = 14;
        if self.unsent > MAX_UNSENT {
            return Err(self.send_error(Cause::Stalled {
                unsent: self.unsent,
            }));
        }
        self.unsent += length + MAX_HEAD;
        let sent = self.socket.send(frame);
        sent.map_err(|error| self.send_error(Cause::WebSocket(error)))
    }

    fn send_error(&self, cause: Cause) -> ConnectionError {
        ConnectionError::new(self.carrier, Step::Send, cause)
    }

    /// Returns the next item, or `None` after the end. It also writes pending messages.
    ///
    /// # Errors
    /// Returns [`ConnectionError`] if the connection is lost, if the peer does not read, and if a
    /// message is not an event or too long. The connection has ended then.
    pub async fn next(&mut self) -> Option<Result<Received, ConnectionError>> {
        poll_fn(|context| self.poll_next(context)).await
    }

    /// Polls for the next item: see [`WebSocketConnection::next`].
    pub fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Received, ConnectionError>>> {
        if self.has_ended {
            return Poll::Ready(None);
        }
        if let Poll::Ready(Err(error)) = self.poll_flush(context) {
            self.has_ended = true;
            return Poll::Ready(Some(Err(error)));
        }
        let received = match ready!(self.poll_frame(context)) {
            Ok(Frame::Audio(payload)) => {
                Ok(Received::Audio(AudioPacket::new(self.format, payload)))
            }
            Ok(Frame::Text(text)) => match Event::parse(&text, self.syntax) {
                Ok(event) => Ok(Received::Event(event)),
                Err(error) => Err(Cause::Malformed(error.to_string())),
            },
            Ok(Frame::Closed(reason)) => {
                self.has_ended = true;
                // Sends the response to the close frame.
                let _ = self.socket.poll_flush(context);
                Ok(Received::Closed(reason))
            }
            Err(cause) => Err(cause),
        };
        self.has_ended |= received.is_err();
        let carrier = self.carrier;
        let failed = |cause| ConnectionError::new(carrier, Step::Receive, cause);
        Poll::Ready(Some(received.map_err(failed)))
    }

    /// Polls for a frame with content. The socket responds to pings.
    fn poll_frame(&mut self, context: &mut Context<'_>) -> Poll<Result<Frame, Cause>> {
        loop {
            return Poll::Ready(match ready!(self.socket.poll_receive(context)) {
                Some(Ok(IncomingFrame::Text(text))) => Ok(Frame::Text(text.to_owned())),
                Some(Ok(IncomingFrame::Binary(bytes))) => Ok(Frame::Audio(bytes)),
                Some(Ok(IncomingFrame::Close(reason))) => {
                    let (code, text) = reason.unzip();
                    let text = text.unwrap_or_default();
                    Ok(Frame::Closed(CloseReason::WebSocket { code, text }))
                }
                Some(Ok(_)) => {
                    // Sends the response to a ping. The next poll reports a broken socket.
                    let _ = self.socket.poll_flush(context);
                    continue;
                }
                Some(Err(error)) => Err(Cause::WebSocket(error)),
                None => Err(Cause::Cut),
            });
        }
    }

    fn poll_flush(&mut self, context: &mut Context<'_>) -> Poll<Result<(), ConnectionError>> {
        match self.socket.poll_flush(context) {
            Poll::Ready(Ok(())) => {
                self.unsent = 0;
                self.stall = None;
                Poll::Ready(Ok(()))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(self.send_error(Cause::WebSocket(error)))),
            Poll::Pending => {
                let stall = self
                    .stall
                    .get_or_insert_with(|| Box::pin(sleep(SEND_TIMEOUT)));
                ready!(stall.as_mut().poll(context));
                Poll::Ready(Err(self.send_error(Cause::Stalled {
                    unsent: self.unsent,
                })))
            }
        }
    }

    /// Writes pending messages, and waits until the system has accepted them.
    ///
    /// # Errors
    /// Returns [`ConnectionError`] if the connection is lost, or if the peer does not read.
    pub async fn flush(&mut self) -> Result<(), ConnectionError> {
        poll_fn(|context| self.poll_flush(context)).await
    }

    /// Closes the WebSocket, and waits until Asterisk has done so, at most for `limit`. Asterisk
    /// ends the channel.
    pub async fn close(mut self, limit: Duration) {
        let closing = async {
            self.socket.send(OutgoingFrame::Close).ok()?;
            self.flush().await.ok()?;
            while let Some(Ok(received)) = self.next().await {
                if matches!(received, Received::Closed(_)) {
                    break;
                }
            }
            Some(())
        };
        let _ = timeout(limit, closing).await;
    }
}

/// A frame with content.
enum Frame {
    Text(String),
    Audio(Bytes),
    Closed(CloseReason),
}

impl fmt::Debug for WebSocketConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebSocketConnection")
            .field("channel_id", &self.start.channel_id)
            .field("format", &self.format)
            .field("syntax", &self.syntax)
            .finish_non_exhaustive()
    }
}
