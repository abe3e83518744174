//! Bodies of requests, which are there as a whole, and of answers, which arrive piece by piece.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use hyper::body::{Body, Frame, Incoming, SizeHint};

use super::http::unknown;
use crate::runtime::{Error, Operation, SendError};

/// The body of a request; empty where it has none.
pub(super) struct Whole(Option<Bytes>);

impl Whole {
    pub(super) fn new(bytes: Option<Bytes>) -> Self {
        Whole(bytes.filter(|bytes| !bytes.is_empty()))
    }
}

impl Body for Whole {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}

/// Reads the body of an answer to its end, or to `limit` bytes.
pub(super) async fn collect(mut body: Incoming, limit: usize) -> Result<Bytes, SendError> {
    let mut first = Bytes::new();
    let mut whole = Vec::new();
    while let Some(piece) = std::future::poll_fn(|context| poll_piece(&mut body, context)).await {
        let piece = piece?;
        if first.len().max(whole.len()) + piece.len() > limit {
            return Err(format!("the answer is longer than {limit} bytes").into());
        }
        if first.is_empty() {
            // Most answers come in one piece, which needs no copy.
            first = piece;
            continue;
        }
        if whole.is_empty() {
            whole.extend_from_slice(&first);
        }
        whole.extend_from_slice(&piece);
    }
    Ok(if whole.is_empty() {
        first
    } else {
        whole.into()
    })
}

/// The next data; trailers are passed over.
fn poll_piece(
    body: &mut Incoming,
    context: &mut Context<'_>,
) -> Poll<Option<Result<Bytes, hyper::Error>>> {
    loop {
        match ready!(Pin::new(&mut *body).poll_frame(context)) {
            None => return Poll::Ready(None),
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            Some(Ok(frame)) => {
                if let Ok(data) = frame.into_data() {
                    return Poll::Ready(Some(Ok(data)));
                }
            }
        }
    }
}

/// A download as it arrives.
pub(super) struct Arriving {
    pub(super) body: Incoming,
    pub(super) operation: &'static Operation,
}

impl Stream for Arriving {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = ready!(poll_piece(&mut self.body, context));
        Poll::Ready(piece.map(|piece| piece.map_err(|error| unknown(self.operation, error))))
    }
}
