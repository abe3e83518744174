//! A response that has begun to arrive: its head, and its body in pieces.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use hyper::Response as HttpResponse;
use hyper::body::Incoming;
use hyper::http::response::Parts;

use crate::error::types::{Error, TransportError};
use crate::schema::operation::Operation;
use crate::transport::http::address::Address;
use crate::transport::http::errors::outcome_unknown;
use crate::transport::http::pool::PooledConnection;

pub(super) struct ActiveResponse {
    pub(super) head: Parts,
    body: Incoming,
    /// The connection. `None` when the body has ended.
    connection: Option<PooledConnection>,
}

impl ActiveResponse {
    pub(super) fn new(response: HttpResponse<Incoming>, held: PooledConnection) -> Self {
        let (head, body) = response.into_parts();
        ActiveResponse {
            head,
            body,
            connection: Some(held),
        }
    }

    /// Polls for the next piece of the body. At the end of the body the connection returns to the
    /// pool.
    fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        let Some(held) = &mut self.connection else {
            return Poll::Ready(None);
        };
        let piece = held.connection.poll_body(&mut self.body, context);
        match &piece {
            Poll::Pending | Poll::Ready(Some(Ok(_))) => {}
            Poll::Ready(Some(Err(_))) => self.connection = None,
            Poll::Ready(None) => {
                if let Some(held) = self.connection.take() {
                    held.release();
                }
            }
        }
        piece
    }

    /// Reads the body to its end. Fails if it is longer than `most` bytes.
    pub(super) async fn collect(mut self, most: usize) -> Result<Bytes, TransportError> {
        let mut first = Bytes::new();
        let mut whole = Vec::new();
        while let Some(piece) = poll_fn(|context| self.poll_chunk(context)).await {
            let piece = piece?;
            if first.len().max(whole.len()) + piece.len() > most {
                return Err(format!("the response is longer than {most} bytes").into());
            }
            if first.is_empty() {
                // Most bodies arrive in one piece, which needs no copy.
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

    /// Returns the body as a stream. The timeout starts again for each piece.
    pub(super) fn into_stream(
        self,
        operation: &'static Operation,
        address: Address,
    ) -> StreamingBody {
        StreamingBody {
            response: self,
            operation,
            address,
            is_waiting: false,
        }
    }
}

/// A body that is streamed as it arrives.
pub(super) struct StreamingBody {
    response: ActiveResponse,
    operation: &'static Operation,
    address: Address,
    /// True if a piece was polled for and has not arrived yet.
    is_waiting: bool,
}

impl Stream for StreamingBody {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if !std::mem::replace(&mut self.is_waiting, true)
            && let Some(held) = &mut self.response.connection
        {
            held.connection.restart_timeout();
        }
        let piece = self.response.poll_chunk(context);
        self.is_waiting = piece.is_pending();
        let failed = |why| outcome_unknown(self.operation, &self.address, why);
        piece.map(|piece| piece.map(|piece| piece.map_err(failed)))
    }
}
