//! The stream that hyper reads and writes. Reading continues after writing has failed.
//!
//! A server that refuses a large body responds before it has read the body, and closes the
//! connection. Writing then fails, and hyper would give up although the response has arrived or is
//! about to arrive.

use std::io;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use hyper::rt;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::error::connection::NotHttp;
use crate::transport::http::stream::Stream;

/// The first bytes of every HTTP response.
const HTTP: &[u8] = b"HTTP/";

/// The number of bytes of a response that are kept to identify another protocol.
const MAX_PREFIX: usize = 24;

/// A stream with a record of its progress.
pub(super) struct ReadAfterWriteError {
    pub(super) stream: Stream,
    progress: Arc<Progress>,
}

/// The progress on a stream since a request began.
#[derive(Default)]
pub(super) struct Progress {
    has_read: AtomicBool,
    /// The first bytes that were read.
    begin: Mutex<Vec<u8>>,
    write_error: Mutex<Option<io::Error>>,
}

impl Progress {
    /// Starts recording for another request.
    pub(super) fn begin(&self) {
        self.has_read.store(false, Ordering::Relaxed);
    }

    /// Returns true if a byte has arrived.
    pub(super) fn has_read(&self) -> bool {
        self.has_read.load(Ordering::Relaxed)
    }

    /// Returns the first bytes if they are not HTTP.
    pub(super) fn non_http_prefix(&self) -> Option<NotHttp> {
        let begin = self.begin.lock().unwrap_or_else(PoisonError::into_inner);
        let length = begin.len().min(HTTP.len());
        let is_http = begin[..length] == HTTP[..length];
        (!is_http).then(|| NotHttp {
            begin: begin.clone(),
        })
    }

    /// Records bytes that were read.
    fn record_read(&self, bytes: &[u8]) {
        if !bytes.is_empty() && !self.has_read.swap(true, Ordering::Relaxed) {
            let mut begin = self.begin.lock().unwrap_or_else(PoisonError::into_inner);
            *begin = bytes[..bytes.len().min(MAX_PREFIX)].to_vec();
        }
    }

    /// Takes the error that writing failed with.
    pub(super) fn take_write_error(&self) -> Option<io::Error> {
        self.lock().take()
    }

    fn lock(&self) -> MutexGuard<'_, Option<io::Error>> {
        let error = &self.write_error;
        error.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ReadAfterWriteError {
    pub(super) fn new(stream: Stream) -> (Self, Arc<Progress>) {
        let progress = Arc::<Progress>::default();
        let wire = ReadAfterWriteError {
            stream,
            progress: progress.clone(),
        };
        (wire, progress)
    }

    /// Converts the result of a write. After an error everything counts as written, so that reading
    /// continues and detects the end.
    fn absorb_write_error<T>(&self, result: io::Result<T>, all: T) -> io::Result<T> {
        result.or_else(|error| {
            self.progress.lock().get_or_insert(error);
            Ok(all)
        })
    }

    fn is_broken(&self) -> bool {
        self.progress.lock().is_some()
    }
}

/// Reads from a stream of tokio's into a buffer of hyper's, whose I/O traits differ. `seen` is called
/// with the bytes that were read.
pub(crate) fn poll_read_into<S: AsyncRead + Unpin>(
    stream: &mut S,
    context: &mut Context<'_>,
    mut into: rt::ReadBufCursor<'_>,
    seen: impl FnOnce(&[u8]),
) -> Poll<io::Result<()>> {
    // Reads through another buffer, because passing on hyper's buffer needs unsafe code.
    let mut space = [MaybeUninit::uninit(); 8 * 1024];
    let length = into.remaining().min(space.len());
    let mut buffer = ReadBuf::uninit(&mut space[..length]);
    ready!(Pin::new(stream).poll_read(context, &mut buffer))?;
    seen(buffer.filled());
    into.put_slice(buffer.filled());
    Poll::Ready(Ok(()))
}

impl rt::Read for ReadAfterWriteError {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: rt::ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let ReadAfterWriteError { stream, progress } = self.get_mut();
        poll_read_into(stream, context, into, |bytes| progress.record_read(bytes))
    }
}

impl rt::Write for ReadAfterWriteError {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.is_broken() {
            return Poll::Ready(Ok(bytes.len()));
        }
        let result = ready!(Pin::new(&mut self.stream).poll_write(context, bytes));
        Poll::Ready(self.absorb_write_error(result, bytes.len()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.is_broken() {
            return Poll::Ready(Ok(()));
        }
        let result = ready!(Pin::new(&mut self.stream).poll_flush(context));
        Poll::Ready(self.absorb_write_error(result, ()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
