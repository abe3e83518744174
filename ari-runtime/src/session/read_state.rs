//! The state of the task that reads a WebSocket.

use std::pin::Pin;
use std::sync::Arc;
use std::task::Waker;

use tokio::task::JoinSet;
use tokio::time::{Instant, Sleep};

use crate::routing::lazy_event::TextBuffer;
use crate::routing::queue::Queue;

/// The state of the task while it reads.
pub(crate) struct ReadState {
    /// Tasks that send requests to the server as a consequence of events. They end with this value.
    pub(crate) tasks: JoinSet<()>,
    /// Streams that may want the current event.
    pub(crate) candidates: Vec<Arc<Queue>>,
    /// Wakers of streams that wait. They are woken after all available messages have been read.
    pub(crate) wakers: Vec<Waker>,
    pub(crate) texts: TextBuffer,
    pub(super) last_frame: Instant,
    /// True if anything was received since the socket was opened.
    pub(super) has_received: bool,
    pub(super) ping_pending: bool,
    pub(super) timer: Pin<Box<Sleep>>,
}
