//! The frames that wait for the program, bounded by their duration.

use std::collections::VecDeque;
use std::time::Duration;

use super::frame::Received;

/// A queue that drops its oldest items, and reports their duration.
#[derive(Debug)]
pub(super) struct Backlog {
    limit: Duration,
    items: VecDeque<(Received, Duration)>,
    length: Duration,
    /// The loss before the first item.
    lost: Duration,
    overflowed: Duration,
}

impl Backlog {
    pub(super) fn new(limit: Duration) -> Backlog {
        Backlog {
            limit,
            items: VecDeque::new(),
            length: Duration::ZERO,
            lost: Duration::ZERO,
            overflowed: Duration::ZERO,
        }
    }

    pub(super) fn push(&mut self, item: Received, duration: Duration) {
        self.items.push_back((item, duration));
        self.length += duration;
        while self.length > self.limit
            && let Some((oldest, duration)) = self.items.pop_front()
        {
            self.length -= duration;
            self.overflowed += duration;
            self.lost += match oldest {
                Received::Lost(lost) => lost,
                Received::Frame(_) | Received::Packet(_) => duration,
            };
        }
    }

    /// Reports a loss behind the queued items.
    pub(super) fn report_loss(&mut self, lost: Duration) {
        match self.items.back_mut() {
            None => self.lost += lost,
            Some((Received::Lost(before), _)) => *before += lost,
            Some(_) => self.items.push_back((Received::Lost(lost), Duration::ZERO)),
        }
    }

    pub(super) fn pop(&mut self) -> Option<Received> {
        if !self.lost.is_zero() {
            return Some(Received::Lost(std::mem::take(&mut self.lost)));
        }
        let (item, duration) = self.items.pop_front()?;
        self.length -= duration;
        Some(item)
    }

    pub(super) fn overflowed(&self) -> Duration {
        self.overflowed
    }
}
