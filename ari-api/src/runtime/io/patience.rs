//! When to stop waiting on a connection: when a deadline passes, or when the client is closed.
//!
//! One for the life of a connection, as setting and clearing a timer costs more than a look at one
//! that is set: a call whose deadline is later than that of the timer leaves it, and moves it on
//! only if it goes off too early.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::sync::futures::OwnedNotified;
use tokio::time::{Sleep, sleep_until};

use super::deadline::Deadline;
use crate::runtime::SendError;

pub(super) struct Patience {
    deadline: Deadline,
    timer: Pin<Box<Sleep>>,
    /// Done when the client is closed.
    closed: Option<Pin<Box<OwnedNotified>>>,
}

impl Patience {
    pub(super) fn new(deadline: Deadline, closed: Option<OwnedNotified>) -> Self {
        Patience {
            deadline,
            timer: Box::pin(sleep_until(deadline.at)),
            closed: closed.map(Box::pin),
        }
    }

    /// Waits until then from here on.
    pub(super) fn wait_until(&mut self, deadline: Deadline) {
        self.deadline = deadline;
        if deadline.at < self.timer.deadline() {
            self.timer.as_mut().reset(deadline.at);
        }
    }

    /// Waits as long once more from here on.
    pub(super) fn wait_again(&mut self) {
        self.wait_until(Deadline::within(self.deadline.limit));
    }

    /// Why not to wait any longer.
    pub(super) fn poll_end(&mut self, context: &mut Context<'_>) -> Poll<SendError> {
        if let Some(closed) = &mut self.closed
            && closed.as_mut().poll(context).is_ready()
        {
            self.closed = None;
            return Poll::Ready(client_closed());
        }
        loop {
            ready!(self.timer.as_mut().poll(context));
            if self.timer.deadline() >= self.deadline.at {
                return Poll::Ready(self.deadline.passed("no answer"));
            }
            self.timer.as_mut().reset(self.deadline.at);
        }
    }
}

pub(super) fn client_closed() -> SendError {
    "the client was closed before the answer had come".into()
}
