//! The end of waiting on a connection: a deadline passes, or the client is closed.
//!
//! Each connection has one timer for its whole life, because setting and clearing a timer costs
//! more than checking one that is set. A request with a later deadline than the timer's leaves the
//! timer unchanged. If the timer then fires too early, it is moved to the deadline.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::sync::futures::OwnedNotified;
use tokio::time::{Sleep, sleep_until};

use crate::error::types::TransportError;
use crate::transport::http::deadline::Deadline;

pub(super) struct RequestTimer {
    deadline: Deadline,
    timer: Pin<Box<Sleep>>,
    /// Completes when the client is closed.
    closed: Option<Pin<Box<OwnedNotified>>>,
}

impl RequestTimer {
    pub(super) fn new(deadline: Deadline, closed: Option<OwnedNotified>) -> Self {
        RequestTimer {
            deadline,
            timer: Box::pin(sleep_until(deadline.at)),
            closed: closed.map(Box::pin),
        }
    }

    /// Sets the deadline.
    pub(super) fn set_deadline(&mut self, deadline: Deadline) {
        self.deadline = deadline;
        if deadline.at < self.timer.deadline() {
            self.timer.as_mut().reset(deadline.at);
        }
    }

    /// Restarts the timeout from now, with the same duration.
    pub(super) fn restart(&mut self) {
        self.set_deadline(Deadline::within(self.deadline.limit));
    }

    /// Returns the reason to stop waiting, as soon as there is one.
    pub(super) fn poll_expired(&mut self, context: &mut Context<'_>) -> Poll<TransportError> {
        if let Some(closed) = &mut self.closed
            && closed.as_mut().poll(context).is_ready()
        {
            self.closed = None;
            return Poll::Ready(client_closed_error());
        }
        loop {
            ready!(self.timer.as_mut().poll(context));
            if self.timer.deadline() >= self.deadline.at {
                return Poll::Ready(self.deadline.timed_out("no response"));
            }
            self.timer.as_mut().reset(self.deadline.at);
        }
    }
}

pub(super) fn client_closed_error() -> TransportError {
    "the client was closed before the response arrived".into()
}
