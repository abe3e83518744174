//! Transports, which carry requests to a server and responses back.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::in_flight::Entered;
use super::{Call, Error, Finding, OwnedObject, Version};

/// A boxed future, as transports return it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A body in pieces.
pub type BodyStream = Pin<Box<dyn Stream<Item = Result<Bytes, Error>> + Send>>;

/// Carries requests to a server. Implement it to reach Asterisk in another way, or to return
/// responses in tests.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends a request and waits for its response, of any status.
    ///
    /// The errors are those of the transmission: [`Error::NotSent`] and [`Error::OutcomeUnknown`].
    fn send<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Answer, Error>>;

    /// Opens the WebSocket that a request asks for.
    ///
    /// The errors are those of [`Transport::send`], and [`Error::Refused`] if the server responds
    /// with anything but an upgrade.
    fn connect<'a>(
        &'a self,
        call: &'a Call,
    ) -> BoxFuture<'a, Result<Box<dyn super::WebSocket>, Error>>;

    /// Closes the connections that are kept open for later requests. Later requests open new ones.
    fn close(&self) {}
}

/// The response to a request.
#[derive(Debug)]
#[non_exhaustive]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Download,
    /// The target of a redirection, without its query.
    pub location: Option<String>,
    /// The server's version, if the response contains it.
    pub version: Option<Version>,
    /// If this is a refusal: the object because of which the request was refused, and true if it
    /// does not exist.
    pub(super) refused: Option<(OwnedObject, bool)>,
    /// If this is a refusal without a cause: the cause found by asking the server.
    pub(super) finding: Option<Finding>,
}

impl Answer {
    /// Creates a response whose body has arrived.
    pub fn new(status: u16, body: impl Into<Bytes>) -> Self {
        Self::with(status, Body::Whole(body.into()))
    }

    /// Creates a response whose body is still arriving. Allowed only for successful responses of
    /// operations with a binary response.
    pub fn streaming(status: u16, body: BodyStream) -> Self {
        Self::with(status, Body::Arriving(body))
    }

    /// Returns the same response with the target of a redirection.
    pub fn with_location(mut self, location: Option<String>) -> Self {
        self.location = location;
        self
    }

    /// Returns the same response with the server's version.
    pub fn from_version(mut self, version: Option<Version>) -> Self {
        self.version = version;
        self
    }

    fn with(status: u16, body: Body) -> Self {
        Answer {
            status,
            body: Download {
                body,
                under_way: None,
            },
            location: None,
            version: None,
            refused: None,
            finding: None,
        }
    }
}

/// A body of bytes, such as a recording. It is a stream. [`Download::bytes`] returns it in one
/// piece.
pub struct Download {
    body: Body,
    /// Set if the body is still arriving. Closing the client waits for it.
    under_way: Option<Entered>,
}

enum Body {
    Whole(Bytes),
    Arriving(BodyStream),
}

impl Download {
    /// Returns the whole body.
    ///
    /// # Errors
    /// Returns [`Error::OutcomeUnknown`] if the connection breaks before the end.
    pub async fn bytes(mut self) -> Result<Bytes, Error> {
        if let Body::Whole(bytes) = self.body {
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
    pub(super) fn keep(&mut self, under_way: Entered) {
        if matches!(self.body, Body::Arriving(_)) {
            self.under_way = Some(under_way);
        }
    }

    /// See [`Download::into_bytes`].
    pub(super) fn as_bytes(&self) -> &[u8] {
        match &self.body {
            Body::Whole(bytes) => bytes,
            Body::Arriving(_) => &[],
        }
    }

    /// Returns the part of the body that has arrived. Transports stream only successful downloads.
    pub(super) fn into_bytes(self) -> Bytes {
        match self.body {
            Body::Whole(bytes) => bytes,
            Body::Arriving(_) => Bytes::new(),
        }
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.body {
            Body::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Body::Whole(bytes) => Poll::Ready(Some(Ok(std::mem::take(bytes)))),
            Body::Arriving(stream) => {
                let piece = ready!(stream.as_mut().poll_next(context));
                if !matches!(piece, Some(Ok(_))) {
                    self.under_way = None;
                }
                Poll::Ready(piece)
            }
        }
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.body {
            Body::Whole(bytes) => write!(f, "Download({} bytes)", bytes.len()),
            Body::Arriving(_) => f.write_str("Download(arriving)"),
        }
    }
}
