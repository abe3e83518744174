//! A response that has begun to arrive: its head, and its body in pieces.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use hyper::Response as HttpResponse;
use hyper::body::Incoming;
use hyper::http::response::Parts;

use super::address::Address;
use super::http::unknown;
use super::pool::Held;
use crate::runtime::{Error, Operation, SendError};

pub(super) struct Exchange {
    pub(super) head: Parts,
    body: Incoming,
    /// The connection. `None` when the body has ended.
    held: Option<Held>,
}

impl Exchange {
    pub(super) fn new(response: HttpResponse<Incoming>, held: Held) -> Self {
        let (head, body) = response.into_parts();
        Exchange {
            head,
            body,
            held: Some(held),
        }
    }

    /// Polls for the next piece of the body. At the end of the body the connection returns to the
    /// pool.
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, SendError>>> {
        let Some(held) = &mut self.held else {
            return Poll::Ready(None);
        };
        let piece = held.link.poll_body(&mut self.body, context);
        match &piece {
            Poll::Pending | Poll::Ready(Some(Ok(_))) => {}
            Poll::Ready(Some(Err(_))) => self.held = None,
            Poll::Ready(None) => {
                if let Some(held) = self.held.take() {
                    held.give_back();
                }
            }
        }
        piece
    }

    /// Reads the body to its end. Fails if it is longer than `most` bytes.
    pub(super) async fn collect(mut self, most: usize) -> Result<Bytes, SendError> {
        let mut first = Bytes::new();
        let mut whole = Vec::new();
        while let Some(piece) = poll_fn(|context| self.poll_piece(context)).await {
            let piece = piece?;
            if first.len().max(whole.len()) + piece.len() > most {
                return Err(format!("the answer is longer than {most} bytes").into());
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
    pub(super) fn download(self, operation: &'static Operation, address: Address) -> Download {
        Download {
            exchange: self,
            operation,
            address,
            waiting: false,
        }
    }
}

/// A body that is streamed as it arrives.
pub(super) struct Download {
    exchange: Exchange,
    operation: &'static Operation,
    address: Address,
    /// True if a piece was polled for and has not arrived yet.
    waiting: bool,
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if !std::mem::replace(&mut self.waiting, true)
            && let Some(held) = &mut self.exchange.held
        {
            held.link.wait_again();
        }
        let piece = self.exchange.poll_piece(context);
        self.waiting = piece.is_pending();
        let failed = |why| unknown(self.operation, &self.address, why);
        piece.map(|piece| piece.map(|piece| piece.map_err(failed)))
    }
}
