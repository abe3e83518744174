//! One HTTP/1.1 connection, driven by whoever uses it.
//!
//! It has no task of its own: an answer wakes its caller and nobody else, and whoever stops waiting
//! takes the connection along. Answers and their bodies come from nowhere but the connection's own
//! progress, so only that is given the caller's waker: what hyper's parts tell each other would
//! wake the very task that is running.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Waker, ready};

use bytes::Bytes;
use hyper::body::{Body, Incoming};
use hyper::client::conn::TrySendError;
use hyper::client::conn::http1::{self, Connection, SendRequest};
use hyper::{Request, Response};

use super::connector::Stream;
use super::deadline::Deadline;
use super::patience::Patience;
use super::request::Whole;
use super::wire::{Progress, Wire};
use crate::runtime::SendError;
use crate::runtime::error::ClosedUnanswered;

/// Why a request has no answer.
pub(super) enum Lost {
    /// No byte of it was written, and here it is again.
    Untouched(Box<Request<Whole>>, SendError),
    /// No byte of it was written.
    NotSent(SendError),
    /// It may have arrived. The connection has ended.
    Broken(SendError),
    /// It may have arrived. Nobody waits any longer.
    Unknown(SendError),
}

pub(super) struct Link {
    sender: SendRequest<Whole>,
    /// None where it broke.
    connection: Option<Connection<Wire, Whole>>,
    progress: Arc<Progress>,
    patience: Patience,
    /// How often its pool had been cleared when it was opened.
    pub(super) cleared: u64,
}

impl Link {
    /// Boxed, as it goes from hand to hand.
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

    /// Lets the connection read and write; true when it is over.
    fn drive(&mut self, context: &mut Context<'_>) -> bool {
        drive(&mut self.connection, context)
    }

    /// Takes note of the end of an answer; whether another request can be sent. Nobody is woken for
    /// what happens on a connection that is not in use: whether the server has closed it meanwhile
    /// shows when it is used, before the request is written.
    pub(super) fn settle(&mut self) -> bool {
        !self.drive(&mut nobody()) && self.sender.is_ready()
    }

    /// Sends a request and waits until `deadline` for the head of its answer.
    pub(super) async fn send(
        &mut self,
        request: Request<Whole>,
        deadline: Deadline,
    ) -> Result<Response<Incoming>, Lost> {
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
                // With the connection goes whatever the answer still waits for.
                *connection = None;
                polled = answer.as_mut().poll(&mut nobody());
            }
            if let Poll::Ready(answer) = polled {
                if !over {
                    // From here on nobody is woken when the body is asked for.
                    drive(connection, &mut nobody());
                }
                return Poll::Ready(answer.map_err(|failed| lost(failed, progress)));
            }
            let why = ready!(patience.poll_end(context));
            Poll::Ready(Err(Lost::Unknown(why)))
        })
        .await
    }

    /// The next data of an answer's body, for which it waits until the deadline of the request.
    pub(super) fn poll_body(
        &mut self,
        body: &mut Incoming,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, SendError>>> {
        // What is here already is taken before anybody is to be woken for more.
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
            // A body that has not ended gets an error by that.
            self.connection = None;
        }
        poll_piece(body)
    }

    /// Whether a byte of the answer has arrived.
    pub(super) fn has_read(&self) -> bool {
        self.progress.has_read()
    }

    /// Waits as long once more from here on.
    pub(super) fn wait_again(&mut self) {
        self.patience.wait_again();
    }

    /// What the connection runs on, for another protocol, and what was read of that already.
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

fn lost(mut failed: TrySendError<Request<Whole>>, progress: &Progress) -> Lost {
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
        // What comes after writing has failed is but its consequence.
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
