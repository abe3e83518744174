//! The beginnings and ends of talking that Asterisk reports while talk detection is on.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

/// The number of events that are kept until they are read. Further events are ignored.
const MAX_EVENTS: usize = 64;

/// A beginning or an end of talking.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TalkEvent {
    Started {
        at: Instant,
    },
    /// The end was a while before: the silence that ends talking is not part of the duration.
    Finished {
        at: Instant,
        duration: Duration,
    },
}

/// The events that no step has read. `None` if no step wants them.
#[derive(Debug, Default)]
pub(crate) struct TalkEvents(Option<VecDeque<TalkEvent>>);

impl TalkEvents {
    /// Keeps events from now on, and forgets earlier ones.
    pub(crate) fn begin(&mut self) {
        self.0 = Some(VecDeque::new());
    }

    pub(crate) fn end(&mut self) {
        self.0 = None;
    }

    pub(crate) fn push(&mut self, event: TalkEvent) {
        if let Some(events) = &mut self.0
            && events.len() < MAX_EVENTS
        {
            events.push_back(event);
        }
    }

    pub(crate) fn pop(&mut self) -> Option<TalkEvent> {
        self.0.as_mut()?.pop_front()
    }
}
