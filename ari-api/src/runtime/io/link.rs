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

use super::connector::Stream;
use super::deadline::Deadline;
use super::patience::Patience;
use super::request::Whole;
use super::wire::{Progress, Wire};
use crate::runtime::SendError;
use crate::runtime::error::ClosedUnanswered;

/// Reason why a request has no response.
pub(super) enum Lost {
    /// No byte of the request was written. The request is returned.
    Untouched(Box<HttpRequest<Whole>>, SendError),
    /// No byte of the request was written.
    NotSent(SendError),
    /// The request may have arrived. The connection has ended.
    Broken(SendError),
    /// The request may have arrived. The deadline has passed or the client was closed.
    Unknown(SendError),
}

pub(super) struct Link {
    sender: SendRequest<Whole>,
    /// `None` if the connection broke.
    connection: Option<Connection<Wire, Whole>>,
    progress: Arc<Progress>,
    patience: Patience,
    /// The pool's `cleared` count when this connection was opened.
    pub(super) cleared: u64,
}

impl Link {
    /// Performs the HTTP handshake on a stream. The result is boxed because it is moved often.
    pub(super) async fn over(
        stream: Stream,
        patience: Patience,
    ) -> Result<Box<Self>, hyper::Error> {
        let (wire, progress) = Wire::new(stream);
        let (sender, connection) = http1::handshake(wire).await?;
        Ok(Box::new(Link {
            sender,
            connection: Some(connection),
            progress,
            patience,
            cleared: 0,
        }))
    }

    /// Lets the connection read and write. Returns true when it has ended.
    fn drive(&mut self, context: &mut Context<'_>) -> bool {
        drive(&mut self.connection, context)
    }

    /// Finishes a response. Returns true if another request can be sent. No waker is registered for
    /// an idle connection: if the server closes it, the next use notices that before it writes the
    /// request.
    pub(super) fn settle(&mut self) -> bool {
        !self.drive(&mut nobody()) && self.sender.is_ready()
    }

    /// Sends a request and waits until `deadline` for the head of its response.
    pub(super) async fn send(
        &mut self,
        request: HttpRequest<Whole>,
        deadline: Deadline,
    ) -> Result<HttpResponse<Incoming>, Lost> {
        self.patience.wait_until(deadline);
        self.progress.begin();
        let mut answer = pin!(self.sender.try_send_request(request));
        let connection = &mut self.connection;
        let patience = &mut self.patience;
        let progress = &self.progress;
        poll_fn(|context| {
            let over = drive(connection, context);
            let mut polled = answer.as_mut().poll(&mut nobody());
            if over && polled.is_pending() {
                // Ending the connection also ends a pending response.
                *connection = None;
                polled = answer.as_mut().poll(&mut nobody());
            }
            if let Poll::Ready(answer) = polled {
                if !over {
                    // From here on no waker is registered until the body is polled.
                    drive(connection, &mut nobody());
                }
                return Poll::Ready(answer.map_err(|failed| lost(failed, progress)));
            }
            let why = ready!(patience.poll_end(context));
            Poll::Ready(Err(Lost::Unknown(why)))
        })
        .await
    }

    /// Polls for the next data of a response's body, until the deadline of the request.
    pub(super) fn poll_body(
        &mut self,
        body: &mut Incoming,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, SendError>>> {
        // Take the data that has already arrived before registering a waker for more.
        let mut piece = poll_piece(body);
        if piece.is_pending() {
            piece = self.advance(body, &mut nobody());
        }
        if piece.is_pending() {
            piece = self.advance(body, context);
        }
        match piece {
            Poll::Ready(piece) => Poll::Ready(piece.map(|piece| piece.map_err(Into::into))),
            Poll::Pending => self.patience.poll_end(context).map(|why| Some(Err(why))),
        }
    }

    fn advance(
        &mut self,
        body: &mut Incoming,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, hyper::Error>>> {
        if self.drive(context) {
            // A body that has not ended then yields an error.
            self.connection = None;
        }
        poll_piece(body)
    }

    /// Returns true if a byte of the response has arrived.
    pub(super) fn has_read(&self) -> bool {
        self.progress.has_read()
    }

    /// Restarts the timeout from now, with the same duration.
    pub(super) fn wait_again(&mut self) {
        self.patience.wait_again();
    }

    /// Returns the underlying stream, for another protocol, and the bytes that were already read
    /// from it.
    pub(super) fn into_stream(self) -> Option<(Stream, Bytes)> {
        let parts = self.connection?.into_parts();
        Some((parts.io.stream, parts.read_buf))
    }
}

fn drive(connection: &mut Option<Connection<Wire, Whole>>, context: &mut Context<'_>) -> bool {
    let connection = connection.as_mut();
    connection.is_none_or(|connection| connection.poll_without_shutdown(context).is_ready())
}

fn nobody() -> Context<'static> {
    Context::from_waker(Waker::noop())
}

fn lost(mut failed: TrySendError<HttpRequest<Whole>>, progress: &Progress) -> Lost {
    let untouched = failed.take_message();
    let error = failed.into_error();
    let is_canceled = error.is_canceled();
    let error: SendError = match progress.no_http() {
        Some(error) => error.into(),
        None if error.is_incomplete_message() && !progress.has_read() => ClosedUnanswered.into(),
        None => error.into(),
    };
    match untouched {
        Some(request) => Lost::Untouched(Box::new(request), error),
        None if is_canceled => Lost::NotSent(error),
        // Later errors are only consequences of the write error.
        None => Lost::Broken(match progress.take_write_error() {
            Some(error) => error.into(),
            None => error,
        }),
    }
}

fn poll_piece(body: &mut Incoming) -> Poll<Option<Result<Bytes, hyper::Error>>> {
    while !body.is_end_stream() {
        match ready!(Pin::new(&mut *body).poll_frame(&mut nobody())) {
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
