//! Records of what the server has sent and received.

use std::fmt;
use std::sync::Arc;

/// A record of the journal, see [`Builder::journal`](crate::Builder::journal).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Record<'a> {
    /// An event, or the response to a request over WebSocket, was passed to a WebSocket.
    Sent {
        /// The application.
        application: &'a str,
        /// The number of the WebSocket. Each one has another.
        socket: u64,
        /// The type of the event.
        kind: &'a str,
    },
    /// A request has arrived, other than one of the control API. The opening of a WebSocket is one,
    /// too.
    Received {
        /// The method, such as `POST`.
        method: &'a str,
        /// The path below `/ari/`, or the whole path with its slash.
        path: &'a str,
    },
}

type Writer = Arc<dyn Fn(Record<'_>) + Send + Sync>;

/// A function that receives the records.
#[derive(Clone, Default)]
pub(crate) struct Journal(Option<Writer>);

impl Journal {
    pub(crate) fn new(record: impl Fn(Record<'_>) + Send + Sync + 'static) -> Self {
        Journal(Some(Arc::new(record)))
    }

    pub(crate) fn write(&self, record: Record<'_>) {
        if let Some(write) = &self.0 {
            write(record);
        }
    }
}

impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Journal" } else { "None" })
    }
}
