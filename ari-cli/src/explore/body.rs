//! Bodies of responses: complete ones, downloads that still arrive, and events.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use ari_api::transport::ResponseBody;
use futures_core::Stream as _;
use hyper::body::{Body, Bytes, Frame, SizeHint};

use super::hub::EventLines;

/// A body of a response to the page.
pub(super) enum ReplyBody {
    /// `None` when it has been sent.
    Full(Option<Bytes>),
    /// The first piece of a download, until it has been sent, and the rest.
    Download(Option<Bytes>, ResponseBody),
    /// The endless list of events.
    Events(EventLines),
}

impl ReplyBody {
    pub(super) fn full(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        ReplyBody::Full((!bytes.is_empty()).then_some(bytes))
    }
}

impl Body for ReplyBody {
    type Data = Bytes;
    type Error = ari_api::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let piece = match self.get_mut() {
            ReplyBody::Full(bytes) => bytes.take().map(Ok),
            ReplyBody::Download(first, rest) => match first.take() {
                Some(first) => Some(Ok(first)),
                None => ready!(Pin::new(rest).poll_next(context)),
            },
            ReplyBody::Events(lines) => Some(Ok(ready!(lines.poll_piece(context)))),
        };
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, ReplyBody::Full(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            ReplyBody::Full(bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, Bytes::len) as u64)
            }
            ReplyBody::Download(..) | ReplyBody::Events(_) => SizeHint::default(),
        }
    }
}
