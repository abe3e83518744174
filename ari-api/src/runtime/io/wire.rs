//! What hyper reads from and writes to: a stream that is read on when it cannot be written any more.
//!
//! A server that refuses a large body answers before it has read the body, and closes the
//! connection. Writing fails then, and hyper would give up; but the answer has arrived, or is about
//! to.

use std::io;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use hyper::rt;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::connector::Stream;
use crate::runtime::error::NotHttp;

/// How every answer begins.
const HTTP: &[u8] = b"HTTP/";

/// How much of an answer is kept to tell what it is.
const LONGEST_BEGIN: usize = 24;

/// A stream, and what has happened on it.
pub(super) struct Wire {
    pub(super) stream: Stream,
    progress: Arc<Progress>,
}

/// What has happened on a stream since a request began.
#[derive(Default)]
pub(super) struct Progress {
    has_read: AtomicBool,
    /// How what was read begins.
    begin: Mutex<Vec<u8>>,
    write_error: Mutex<Option<io::Error>>,
}

impl Progress {
    /// Begins another request.
    pub(super) fn begin(&self) {
        self.has_read.store(false, Ordering::Relaxed);
    }

    /// Whether a byte has arrived.
    pub(super) fn has_read(&self) -> bool {
        self.has_read.load(Ordering::Relaxed)
    }

    /// What has been read is no HTTP, which does not begin so.
    pub(super) fn no_http(&self) -> Option<NotHttp> {
        let begin = self.begin.lock().unwrap_or_else(PoisonError::into_inner);
        let length = begin.len().min(HTTP.len());
        let is_http = begin[..length] == HTTP[..length];
        (!is_http).then(|| NotHttp {
            begin: begin.clone(),
        })
    }

    /// Takes note of what has been read.
    fn note_read(&self, bytes: &[u8]) {
        if !bytes.is_empty() && !self.has_read.swap(true, Ordering::Relaxed) {
            let mut begin = self.begin.lock().unwrap_or_else(PoisonError::into_inner);
            *begin = bytes[..bytes.len().min(LONGEST_BEGIN)].to_vec();
        }
    }

    /// Takes the error with which writing has failed.
    pub(super) fn take_write_error(&self) -> Option<io::Error> {
        self.lock().take()
    }

    fn lock(&self) -> MutexGuard<'_, Option<io::Error>> {
        let error = &self.write_error;
        error.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wire {
    pub(super) fn new(stream: Stream) -> (Self, Arc<Progress>) {
        let progress = Arc::<Progress>::default();
        let wire = Wire {
            stream,
            progress: progress.clone(),
        };
        (wire, progress)
    }

    /// What writing results in: after an error everything counts as written, so that reading goes
    /// on. Reading tells the end.
    fn written<T>(&self, result: io::Result<T>, all: T) -> io::Result<T> {
        result.or_else(|error| {
            self.progress.lock().get_or_insert(error);
            Ok(all)
        })
    }

    fn is_broken(&self) -> bool {
        self.progress.lock().is_some()
    }
}

/// hyper's traits are not tokio's.
impl rt::Read for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        mut into: rt::ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        // By way of another buffer, as it takes unsafe code to hand on hyper's.
        let mut space = [MaybeUninit::uninit(); 8 * 1024];
        let length = into.remaining().min(space.len());
        let mut buffer = ReadBuf::uninit(&mut space[..length]);
        ready!(Pin::new(&mut self.stream).poll_read(context, &mut buffer))?;
        self.progress.note_read(buffer.filled());
        into.put_slice(buffer.filled());
        Poll::Ready(Ok(()))
    }
}

impl rt::Write for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.is_broken() {
            return Poll::Ready(Ok(bytes.len()));
        }
        let result = ready!(Pin::new(&mut self.stream).poll_write(context, bytes));
        Poll::Ready(self.written(result, bytes.len()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.is_broken() {
            return Poll::Ready(Ok(()));
        }
        let result = ready!(Pin::new(&mut self.stream).poll_flush(context));
        Poll::Ready(self.written(result, ()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
