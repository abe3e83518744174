//! One HTTP/1.1 connection, driven by the future that uses it.
//!
//! The connection has no task of its own. A response wakes only the future that waits for it, and
//! dropping that future closes the connection. Responses and their bodies advance only through the
//! connection's own progress, so only the connection is polled with the caller's waker. hyper's
//! internal notifications would only wake the task that is already running.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Waker, ready};

use bytes::Bytes;
use hyper::body::{Body, Incoming};
use hyper::client::conn::TrySendError;
use hyper::client::conn::http1::{self, Connection, SendRequest};
use hyper::{Request as HttpRequest, Response as HttpResponse};

use crate::error::connection::ClosedWithoutResponse;
use crate::error::types::TransportError;
use crate::transport::http::connector::Stream;
use crate::transport::http::deadline::Deadline;
use crate::transport::http::request::FullBody;
use crate::transport::http::request_timer::RequestTimer;
use crate::transport::http::wire::{Progress, ReadAfterWriteError};

/// Reason why a request has no response.
pub(super) enum SendFailure {
    /// No byte of the request was written. The request is returned.
    Unused(Box<HttpRequest<FullBody>>, TransportError),
    /// No byte of the request was written.
    NotSent(TransportError),
    /// The request may have arrived. The connection has ended.
    ConnectionBroken(TransportError),
    /// The request may have arrived. The deadline has passed or the client was closed.
    OutcomeUnknown(TransportError),
}

pub(super) struct HttpConnection {
    sender: SendRequest<FullBody>,
    /// `None` if the connection broke.
    connection: Option<Connection<ReadAfterWriteError, FullBody>>,
    progress: Arc<Progress>,
    timer: RequestTimer,
    /// The pool's `cleared` count when this connection was opened.
    pub(super) pool_generation: u64,
}

impl HttpConnection {
    /// Performs the HTTP handshake on a stream. The result is boxed because it is moved often.
    pub(super) async fn handshake(
        stream: Stream,
        patience: RequestTimer,
    ) -> Result<Box<Self>, hyper::Error> {
        let (wire, progress) = ReadAfterWriteError::new(stream);
        let (sender, connection) = http1::handshake(wire).await?;
        Ok(Box::new(HttpConnection {
            sender,
            connection: Some(connection),
            progress,
            timer: patience,
            pool_generation: 0,
        }))
    }

    /// Lets the connection read and write. Returns true when it has ended.
    fn drive(&mut self, context: &mut Context<'_>) -> bool {
        drive(&mut self.connection, context)
    }

    /// Finishes a response. Returns true if another request can be sent. No waker is registered for
    /// an idle connection: if the server closes it, the next use notices that before it writes the
    /// request.
    pub(super) fn finish(&mut self) -> bool {
        !self.drive(&mut noop_context()) && self.sender.is_ready()
    }

    /// Sends a request and waits until `deadline` for the head of its response.
    pub(super) async fn send(
        &mut self,
        request: HttpRequest<FullBody>,
        deadline: Deadline,
    ) -> Result<HttpResponse<Incoming>, SendFailure> {
        self.timer.set_deadline(deadline);
        self.progress.begin();
        let mut response = pin!(self.sender.try_send_request(request));
        let connection = &mut self.connection;
        let patience = &mut self.timer;
        let progress = &self.progress;
        poll_fn(|context| {
            let over = drive(connection, context);
            let mut polled = response.as_mut().poll(&mut noop_context());
            if over && polled.is_pending() {
                // Ending the connection also ends a pending response.
                *connection = None;
                polled = response.as_mut().poll(&mut noop_context());
            }
            if let Poll::Ready(response) = polled {
                if !over {
                    // From here on no waker is registered until the body is polled.
                    drive(connection, &mut noop_context());
                }
                return Poll::Ready(response.map_err(|failed| send_failure(failed, progress)));
            }
            let why = ready!(patience.poll_expired(context));
            Poll::Ready(Err(SendFailure::OutcomeUnknown(why)))
        })
        .await
    }

    /// Polls for the next data of a response's body, until the deadline of the request.
    pub(super) fn poll_body(
        &mut self,
        body: &mut Incoming,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        // Take the data that has already arrived before registering a waker for more.
        let mut piece = poll_chunk(body);
        if piece.is_pending() {
            piece = self.poll_progress(body, &mut noop_context());
        }
        if piece.is_pending() {
            piece = self.poll_progress(body, context);
        }
        match piece {
            Poll::Ready(piece) => Poll::Ready(piece.map(|piece| piece.map_err(Into::into))),
            Poll::Pending => self.timer.poll_expired(context).map(|why| Some(Err(why))),
        }
    }

    fn poll_progress(
        &mut self,
        body: &mut Incoming,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, hyper::Error>>> {
        if self.drive(context) {
            // A body that has not ended then yields an error.
            self.connection = None;
        }
        poll_chunk(body)
    }

    /// Returns true if a byte of the response has arrived.
    pub(super) fn has_read(&self) -> bool {
        self.progress.has_read()
    }

    /// Restarts the timeout from now, with the same duration.
    pub(super) fn restart_timeout(&mut self) {
        self.timer.restart();
    }

    /// Returns the underlying stream, for another protocol, and the bytes that were already read
    /// from it.
    pub(super) fn into_stream(self) -> Option<(Stream, Bytes)> {
        let parts = self.connection?.into_parts();
        Some((parts.io.stream, parts.read_buf))
    }
}

fn drive(
    connection: &mut Option<Connection<ReadAfterWriteError, FullBody>>,
    context: &mut Context<'_>,
) -> bool {
    let connection = connection.as_mut();
    connection.is_none_or(|connection| connection.poll_without_shutdown(context).is_ready())
}

fn noop_context() -> Context<'static> {
    Context::from_waker(Waker::noop())
}

fn send_failure(
    mut failed: TrySendError<HttpRequest<FullBody>>,
    progress: &Progress,
) -> SendFailure {
    let untouched = failed.take_message();
    let error = failed.into_error();
    let is_canceled = error.is_canceled();
    let error: TransportError = match progress.non_http_prefix() {
        Some(error) => error.into(),
        None if error.is_incomplete_message() && !progress.has_read() => {
            ClosedWithoutResponse.into()
        }
        None => error.into(),
    };
    match untouched {
        Some(request) => SendFailure::Unused(Box::new(request), error),
        None if is_canceled => SendFailure::NotSent(error),
        // Later errors are only consequences of the write error.
        None => SendFailure::ConnectionBroken(match progress.take_write_error() {
            Some(error) => error.into(),
            None => error,
        }),
    }
}

fn poll_chunk(body: &mut Incoming) -> Poll<Option<Result<Bytes, hyper::Error>>> {
    while !body.is_end_stream() {
        match ready!(Pin::new(&mut *body).poll_frame(&mut noop_context())) {
            None => break,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            Some(Ok(frame)) => {
                if let Ok(data) = frame.into_data() {
                    return Poll::Ready(Some(Ok(data)));
                }
            }
        }
    }
    Poll::Ready(None)
}
