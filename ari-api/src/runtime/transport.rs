//! Transports: what carries calls to a server and messages back.

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

/// Pieces of a body.
pub type BodyStream = Pin<Box<dyn Stream<Item = Result<Bytes, Error>> + Send>>;

/// Carries calls to a server. Implement it to reach Asterisk another way, or to answer in tests.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends a call and waits for its answer, of any status.
    ///
    /// Errors are those of the way there and back: [`Error::NotSent`], [`Error::OutcomeUnknown`].
    fn send<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Answer, Error>>;

    /// Opens the WebSocket that a call asks for.
    ///
    /// Errors are those of [`Transport::send`], and [`Error::Refused`] where the server answers
    /// anything but an upgrade.
    fn connect<'a>(
        &'a self,
        call: &'a Call,
    ) -> BoxFuture<'a, Result<Box<dyn super::WebSocket>, Error>>;

    /// Lets go of connections that are kept open for later calls. Later calls open new ones.
    fn close(&self) {}
}

/// The answer to a call.
#[derive(Debug)]
#[non_exhaustive]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body.
    pub body: Download,
    /// The address to which the answer redirects, without its query.
    pub location: Option<String>,
    /// The server's version, where the answer tells it.
    pub version: Option<Version>,
    /// Of a refusal: the object it is about, and whether that does not exist.
    pub(super) refused: Option<(OwnedObject, bool)>,
    /// Of a refusal without a cause: what the server tells about it when asked.
    pub(super) finding: Option<Finding>,
}

impl Answer {
    /// An answer with a body that is already here.
    pub fn new(status: u16, body: impl Into<Bytes>) -> Self {
        Self::with(status, Body::Whole(body.into()))
    }

    /// An answer whose body is still arriving: only for successes of operations that answer
    /// bytes.
    pub fn streaming(status: u16, body: BodyStream) -> Self {
        Self::with(status, Body::Arriving(body))
    }

    /// The same answer, which redirects to this address.
    pub fn with_location(mut self, location: Option<String>) -> Self {
        self.location = location;
        self
    }

    /// The same answer from a server of this version.
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

/// A body of bytes, such as a recording: a stream, or all at once by [`Download::bytes`].
pub struct Download {
    body: Body,
    /// Where it is still arriving: closing the client waits for it.
    under_way: Option<Entered>,
}

enum Body {
    Whole(Bytes),
    Arriving(BodyStream),
}

impl Download {
    /// The whole body.
    ///
    /// # Errors
    /// [`Error::OutcomeUnknown`] where the connection breaks off.
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

    /// The next piece; none at the end.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Keeps a request under way until its body has been read or dropped.
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

    /// What is already here; transports stream nothing but successful downloads.
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
