//! Responses, and their bodies: complete, or still arriving.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
#[cfg(feature = "client")]
use std::time::Instant;

use bytes::Bytes;
use futures_core::Stream;

use crate::error::finding::Finding;
use crate::error::types::{Error, ErrorResponse};
use crate::event::object::OwnedObject;
use crate::schema::operation::{Operation, Version};
use crate::transport::request_counter::RequestTracker;

/// A body in pieces.
pub type ByteStream = Pin<Box<dyn Stream<Item = Result<Bytes, Error>> + Send>>;

/// The response to a request.
#[derive(Debug)]
#[non_exhaustive]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: ResponseBody,
    /// The target of a redirection, without its query.
    pub location: Option<String>,
    /// The server's version, if the response contains it.
    pub version: Option<Version>,
    /// The time at which its head had arrived, if that is known.
    #[cfg(feature = "client")]
    pub(crate) first_byte_at: Option<Instant>,
    /// If this is a refusal: the object because of which the request was refused, and true if it
    /// does not exist.
    pub(crate) refused_object: Option<(OwnedObject, bool)>,
    /// If this is a refusal without a cause: the cause found by asking the server.
    pub(crate) finding: Option<Finding>,
}

impl Response {
    /// Returns the refusal that this response is.
    pub(crate) fn into_refusal(self, operation: &'static Operation) -> ErrorResponse {
        let (refused, finding) = (self.refused_object, self.finding);
        let body = self.body.into_bytes();
        let mut refusal = ErrorResponse::new(operation, self.status, self.location, body);
        refusal.finding = finding;
        if let Some((object, is_missing)) = refused {
            (refusal.object, refusal.is_missing) = (Some(object), is_missing);
        }
        refusal
    }

    /// Creates a response whose body has arrived.
    pub fn new(status: u16, body: impl Into<Bytes>) -> Self {
        Self::with_body(status, Body::Complete(body.into()))
    }

    /// Creates a response whose body is still arriving. Allowed only for successful responses of
    /// operations with a binary response.
    pub fn streaming(status: u16, body: ByteStream) -> Self {
        Self::with_body(status, Body::Streaming(body))
    }

    /// Returns the same response with the target of a redirection.
    pub fn with_location(mut self, location: Option<String>) -> Self {
        self.location = location;
        self
    }

    /// Returns the same response with the server's version.
    pub fn with_version(mut self, version: Option<Version>) -> Self {
        self.version = version;
        self
    }

    fn with_body(status: u16, body: Body) -> Self {
        Response {
            status,
            body: ResponseBody {
                body,
                tracker: None,
            },
            location: None,
            version: None,
            #[cfg(feature = "client")]
            first_byte_at: None,
            refused_object: None,
            finding: None,
        }
    }
}

/// A body of bytes, such as a recording. It is a stream. [`ResponseBody::bytes`] returns it in one
/// piece.
pub struct ResponseBody {
    body: Body,
    /// Set if the body is still arriving. Closing the client waits for it.
    tracker: Option<RequestTracker>,
}

enum Body {
    Complete(Bytes),
    Streaming(ByteStream),
}

impl ResponseBody {
    /// Returns the whole body.
    ///
    /// # Errors
    /// Returns [`Error::OutcomeUnknown`] if the connection breaks before the end.
    pub async fn bytes(mut self) -> Result<Bytes, Error> {
        if let Body::Complete(bytes) = self.body {
            return Ok(bytes);
        }
        let mut whole = Vec::new();
        while let Some(piece) = self.next().await {
            whole.extend_from_slice(&piece?);
        }
        Ok(whole.into())
    }

    /// Returns the next piece. `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Keeps a request in flight until its body has been read or dropped.
    pub(crate) fn hold(&mut self, under_way: RequestTracker) {
        if matches!(self.body, Body::Streaming(_)) {
            self.tracker = Some(under_way);
        }
    }

    /// See [`ResponseBody::into_bytes`].
    pub(crate) fn as_bytes(&self) -> &[u8] {
        match &self.body {
            Body::Complete(bytes) => bytes,
            Body::Streaming(_) => &[],
        }
    }

    /// Returns the part of the body that has arrived. Transports stream only successful downloads.
    pub(crate) fn into_bytes(self) -> Bytes {
        match self.body {
            Body::Complete(bytes) => bytes,
            Body::Streaming(_) => Bytes::new(),
        }
    }
}

impl Stream for ResponseBody {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.body {
            Body::Complete(bytes) if bytes.is_empty() => Poll::Ready(None),
            Body::Complete(bytes) => Poll::Ready(Some(Ok(std::mem::take(bytes)))),
            Body::Streaming(stream) => {
                let piece = ready!(stream.as_mut().poll_next(context));
                if !matches!(piece, Some(Ok(_))) {
                    self.tracker = None;
                }
                Poll::Ready(piece)
            }
        }
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.body {
            Body::Complete(bytes) => write!(f, "Download({} bytes)", bytes.len()),
            Body::Streaming(_) => f.write_str("Download(arriving)"),
        }
    }
}
