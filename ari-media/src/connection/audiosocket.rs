//! One call over AudioSocket.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf as _, Bytes};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep, timeout};

use crate::carrier::Carrier;
use crate::carrier::audiosocket::{CallId, Message, Parser, encode_audio, encode_hangup};
use crate::connection::error::{Cause, ConnectionError, Step};
use crate::connection::received::{AudioPacket, CloseReason, Received};
use crate::connection::websocket::{MAX_UNSENT, SEND_TIMEOUT};
use crate::pcm::{Format, SampleRate};

/// The longest time from the beginning of a message to its end.
const MESSAGE_TIMEOUT: Duration = Duration::from_secs(5);

/// The pause between two messages after which a frame of silence is sent. Asterisk reads a message
/// on each event of the channel, such as the hangup of the other side of its bridge. It is
/// sometimes blocked, with all locks held, until a message arrives.
const KEEPALIVE: Duration = Duration::from_millis(500);

/// The number of bytes that are read at once.
const READ_SIZE: usize = 4 * 1024;

/// One call over AudioSocket, after its first message. Dropping it ends the channel.
pub struct AudioSocketConnection {
    stream: TcpStream,
    parser: Parser,
    call_id: CallId,
    rate: SampleRate,
    /// Messages that the system has not accepted yet, and their bytes.
    unsent: VecDeque<Bytes>,
    unsent_bytes: usize,
    /// A timer that runs while the peer does not read.
    stall: Option<Pin<Box<Sleep>>>,
    /// A timer that runs while a message is incomplete.
    partial: Option<Pin<Box<Sleep>>>,
    /// A timer that runs since audio was sent.
    keepalive: Pin<Box<Sleep>>,
    has_ended: bool,
}

impl AudioSocketConnection {
    /// Reads the first message of a connection, within `limit`. It sends audio at `rate`, unless
    /// [`AudioSocketConnection::set_rate`] sets another one.
    pub(super) async fn start(
        stream: TcpStream,
        rate: SampleRate,
        limit: Duration,
    ) -> Result<Self, ConnectionError> {
        let failed = |cause| ConnectionError::new(Carrier::AudioSocket, Step::Start, cause);
        // Asterisk hangs up if a message arrives in pieces.
        stream
            .set_nodelay(true)
            .map_err(|error| failed(error.into()))?;
        let mut connection = AudioSocketConnection {
            stream,
            parser: Parser::new(),
            call_id: CallId::from_bytes([0; 16]),
            rate,
            unsent: VecDeque::new(),
            unsent_bytes: 0,
            stall: None,
            partial: None,
            keepalive: Box::pin(sleep(KEEPALIVE)),
            has_ended: false,
        };
        let first = timeout(limit, poll_fn(|context| connection.poll_message(context))).await;
        let first = first.map_err(|_| {
            failed(Cause::Timeout {
                missing: "no id of the call",
                limit,
            })
        })?;
        match first.map_err(failed)? {
            Some(Message::CallId(id)) => connection.call_id = id,
            Some(_) => {
                let problem = "the first message is not the id of the call".to_owned();
                return Err(failed(Cause::Malformed(problem)));
            }
            None => return Err(failed(Cause::Closed(CloseReason::HungUp))),
        }
        Ok(connection)
    }

    /// Returns the id of the call.
    pub fn call_id(&self) -> CallId {
        self.call_id
    }

    /// Returns the rate of the audio that is sent. Each packet that is received names its own.
    pub fn rate(&self) -> SampleRate {
        self.rate
    }

    /// Sets the rate of the audio that is sent. Asterisk accepts any rate that its release
    /// supports, even one that is not the channel's: see
    /// [`AudioSocketFormats`](crate::carrier::AudioSocketFormats).
    pub fn set_rate(&mut self, rate: SampleRate) {
        self.rate = rate;
    }

    /// Sends audio: little-endian samples, usually 20 ms. Asterisk passes them on immediately, so
    /// the program has to send them on time. Bytes that the system does not accept immediately are
    /// kept, and [`AudioSocketConnection::next`] writes them.
    ///
    /// # Errors
    /// Returns [`ConnectionError`] with [`Cause::InvalidAudio`] if the audio is empty, longer than
    /// 65,534 bytes or ends within a sample, with [`Cause::Stalled`] if the peer does not read, and
    /// with [`Cause::Io`] if the connection is lost.
    pub fn send_audio(&mut self, payload: &[u8]) -> Result<(), ConnectionError> {
        let message = encode_audio(self.rate, payload).map_err(|error| {
            send_error(Cause::InvalidAudio {
                length: error.length,
                frame_size: 2,
            })
        })?;
        if self.unsent_bytes > MAX_UNSENT {
            return Err(self.stalled());
        }
        self.unsent_bytes += message.len();
        self.unsent.push_back(message);
        self.keepalive.as_mut().reset(Instant::now() + KEEPALIVE);
        self.write_unsent()
            .map_err(|error| send_error(error.into()))
    }

    fn stalled(&self) -> ConnectionError {
        send_error(Cause::Stalled {
            unsent: self.unsent_bytes,
        })
    }

    /// Writes messages until the system accepts no more, one write for each.
    fn write_unsent(&mut self) -> io::Result<()> {
        while let Some(message) = self.unsent.front_mut() {
            match self.stream.try_write(message) {
                Ok(written) => {
                    self.unsent_bytes -= written;
                    message.advance(written);
                    if message.is_empty() {
                        self.unsent.pop_front();
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) => return Err(error),
            }
        }
        self.stall = None;
        Ok(())
    }

    /// Sends silence if nothing was sent for a while, and wakes the task when that is due.
    fn poll_keepalive(&mut self, context: &mut Context<'_>) -> Result<(), ConnectionError> {
        while self.keepalive.as_mut().poll(context).is_ready() {
            let silence = vec![0; 2 * self.rate.frame_samples()];
            self.send_audio(&silence)?;
        }
        Ok(())
    }

    fn poll_flush(&mut self, context: &mut Context<'_>) -> Poll<Result<(), ConnectionError>> {
        while !self.unsent.is_empty() {
            match self.stream.poll_write_ready(context) {
                Poll::Ready(ready) => {
                    let written = ready.and_then(|()| self.write_unsent());
                    if let Err(error) = written {
                        return Poll::Ready(Err(send_error(error.into())));
                    }
                }
                Poll::Pending => {
                    let stall = self
                        .stall
                        .get_or_insert_with(|| Box::pin(sleep(SEND_TIMEOUT)));
                    ready!(stall.as_mut().poll(context));
                    return Poll::Ready(Err(self.stalled()));
                }
            }
        }
        Poll::Ready(Ok(()))
    }

    /// Returns the next item, or `None` after the end. It also writes pending data, and a frame of
    /// silence if nothing was sent for 500 ms, because Asterisk can block without it.
    ///
    /// # Errors
    /// Returns [`ConnectionError`] if the connection is lost, if a message stops in the middle, if
    /// the peer does not read, and if it does not speak AudioSocket. The connection has ended then.
    pub async fn next(&mut self) -> Option<Result<Received, ConnectionError>> {
        poll_fn(|context| self.poll_next(context)).await
    }

    /// Polls for the next item: see [`AudioSocketConnection::next`].
    pub fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Received, ConnectionError>>> {
        if self.has_ended {
            return Poll::Ready(None);
        }
        let kept_alive = self.poll_keepalive(context);
        if let Err(error) = kept_alive.and_then(|()| match self.poll_flush(context) {
            Poll::Ready(flushed) => flushed,
            Poll::Pending => Ok(()),
        }) {
            self.has_ended = true;
            return Poll::Ready(Some(Err(error)));
        }
        let received = match ready!(self.poll_message(context)) {
            Ok(Some(Message::Audio { rate, payload })) => Ok(Received::Audio(AudioPacket::new(
                Format::Slin(rate),
                payload,
            ))),
            Ok(Some(Message::Dtmf(digit))) => Ok(Received::Dtmf(digit)),
            Ok(Some(Message::Hangup) | None) => {
                self.has_ended = true;
                Ok(Received::Closed(CloseReason::HungUp))
            }
            Ok(Some(Message::CallId(_))) => {
                Err(Cause::Malformed("a second id of the call".to_owned()))
            }
            Ok(Some(Message::Error(code))) => Err(Cause::Malformed(format!(
                "the peer reports an error: {code:?}"
            ))),
            Err(cause) => Err(cause),
        };
        self.has_ended |= received.is_err();
        let failed = |cause| ConnectionError::new(Carrier::AudioSocket, Step::Receive, cause);
        Poll::Ready(Some(received.map_err(failed)))
    }

    /// Polls for the next message. `None` at the end of the connection.
    fn poll_message(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Message>, Cause>> {
        loop {
            match self.parser.next_message() {
                Ok(Some(message)) => {
                    self.partial = None;
                    return Poll::Ready(Ok(Some(message)));
                }
                Ok(None) => {}
                Err(error) => return Poll::Ready(Err(Cause::Malformed(error.to_string()))),
            }
            let buffer = self.parser.buffer();
            buffer.reserve(READ_SIZE);
            // The future keeps nothing, so it can be dropped. It asks the system for no more bytes
            // if it has received less than the buffer can hold.
            let read = pin!(self.stream.read_buf(buffer)).poll(context);
            match read {
                Poll::Ready(Ok(0)) if self.parser.is_within_message() => {
                    return Poll::Ready(Err(Cause::Cut));
                }
                Poll::Ready(Ok(0)) => return Poll::Ready(Ok(None)),
                Poll::Ready(Ok(_)) => {}
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error.into())),
                Poll::Pending if !self.parser.is_within_message() => return Poll::Pending,
                Poll::Pending => {
                    let partial = &mut self.partial;
                    let partial = partial.get_or_insert_with(|| Box::pin(sleep(MESSAGE_TIMEOUT)));
                    ready!(partial.as_mut().poll(context));
                    return Poll::Ready(Err(Cause::Timeout {
                        missing: "no end of a message",
                        limit: MESSAGE_TIMEOUT,
                    }));
                }
            }
        }
    }

    /// Writes pending data, and waits until the system has accepted it.
    ///
    /// # Errors
    /// Returns [`ConnectionError`] if the connection is lost, or if the peer does not read.
    pub async fn flush(&mut self) -> Result<(), ConnectionError> {
        poll_fn(|context| self.poll_flush(context)).await
    }

    /// Writes pending data, hangs up and closes the connection, within `limit`. Asterisk ends the
    /// channel.
    pub async fn close(mut self, limit: Duration) {
        let closing = async {
            self.flush().await.ok()?;
            self.stream.write_all(&encode_hangup()).await.ok()?;
            self.stream.shutdown().await.ok()
        };
        let _ = timeout(limit, closing).await;
    }
}

fn send_error(cause: Cause) -> ConnectionError {
    ConnectionError::new(Carrier::AudioSocket, Step::Send, cause)
}

impl fmt::Debug for AudioSocketConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AudioSocketConnection")
            .field("call_id", &self.call_id)
            .field("rate", &self.rate)
            .finish_non_exhaustive()
    }
}
