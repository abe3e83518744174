//! One HTTP/1.1 connection. hyper drives it in a task, which is aborted when the connection is
//! dropped.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use hyper::body::{Body, Incoming};
use hyper::client::conn::TrySendError;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::{Request as HttpRequest, Response as HttpResponse};
use tokio::task::AbortHandle;

use crate::error::connection::ClosedWithoutResponse;
use crate::error::types::TransportError;
use crate::transport::http::deadline::Deadline;
use crate::transport::http::request::FullBody;
use crate::transport::http::request_timer::RequestTimer;
use crate::transport::http::stream::Stream;
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
    task: AbortHandle,
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
            task: tokio::spawn(connection.with_upgrades()).abort_handle(),
            progress,
            timer: patience,
            pool_generation: 0,
        }))
    }

    /// Returns true if another request can be sent, or will be when the task has finished with the
    /// previous one.
    pub(super) fn is_open(&self) -> bool {
        !self.sender.is_closed()
    }

    /// Sends a request and waits until `deadline` for the head of its response.
    pub(super) async fn send(
        &mut self,
        request: HttpRequest<FullBody>,
        deadline: Deadline,
    ) -> Result<HttpResponse<Incoming>, SendFailure> {
        self.timer.set_deadline(deadline);
        let patience = &mut self.timer;
        if !self.sender.is_ready() {
            // The task has not finished with the previous response yet, or never will.
            let ready = poll_fn(|context| match self.sender.poll_ready(context) {
                Poll::Ready(ready) => Poll::Ready(Ok(ready)),
                Poll::Pending => patience.poll_expired(context).map(Err),
            });
            match ready.await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => {
                    let error = cause(error, &self.progress);
                    return Err(SendFailure::Unused(Box::new(request), error));
                }
                Err(why) => return Err(SendFailure::NotSent(why)),
            }
        }
        self.progress.begin();
        let progress = &self.progress;
        let mut response = pin!(self.sender.try_send_request(request));
        poll_fn(|context| match response.as_mut().poll(context) {
            Poll::Ready(response) => {
                Poll::Ready(response.map_err(|failed| send_failure(failed, progress)))
            }
            Poll::Pending => {
                let why = ready!(patience.poll_expired(context));
                Poll::Ready(Err(SendFailure::OutcomeUnknown(why)))
            }
        })
        .await
    }

    /// Polls for the next data of a response's body, until the deadline of the request.
    pub(super) fn poll_body(
        &mut self,
        body: &mut Incoming,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        match poll_chunk(body, context) {
            Poll::Ready(piece) => Poll::Ready(piece.map(|piece| piece.map_err(Into::into))),
            Poll::Pending => self.timer.poll_expired(context).map(|why| Some(Err(why))),
        }
    }

    /// Returns true if a byte of the response has arrived.
    pub(super) fn has_read(&self) -> bool {
        self.progress.has_read()
    }

    /// Restarts the timeout from now, with the same duration.
    pub(super) fn restart_timeout(&mut self) {
        self.timer.restart();
    }
}

impl Drop for HttpConnection {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Returns the underlying stream after a response that switches protocols, and the bytes that were
/// already read from it.
pub(super) async fn into_stream(
    response: HttpResponse<Incoming>,
) -> Result<(Stream, Bytes), TransportError> {
    let upgraded = hyper::upgrade::on(response).await?;
    let parts = upgraded.downcast::<ReadAfterWriteError>();
    let parts = parts.map_err(|_| "the connection has another type")?;
    Ok((parts.io.stream, parts.read_buf))
}

fn send_failure(
    mut failed: TrySendError<HttpRequest<FullBody>>,
    progress: &Progress,
) -> SendFailure {
    let untouched = failed.take_message();
    let error = failed.into_error();
    let is_canceled = error.is_canceled();
    let error = cause(error, progress);
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

/// Returns the cause of hyper's error: the server does not speak HTTP, or has closed.
fn cause(error: hyper::Error, progress: &Progress) -> TransportError {
    match progress.non_http_prefix() {
        Some(error) => error.into(),
        None if (error.is_incomplete_message() || error.is_closed()) && !progress.has_read() => {
            ClosedWithoutResponse.into()
        }
        None => error.into(),
    }
}

fn poll_chunk(
    body: &mut Incoming,
    context: &mut Context<'_>,
) -> Poll<Option<Result<Bytes, hyper::Error>>> {
    while !body.is_end_stream() {
        match ready!(Pin::new(&mut *body).poll_frame(context)) {
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
