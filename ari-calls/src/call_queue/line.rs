//! The callers and the agents that wait, in their order.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ari_api::channels::ChannelHandle;
use tokio::sync::{oneshot, watch};
use tokio::time::Instant;

use crate::call_queue::outcome::CallQueueTalkEnd;
use crate::error::CallEnd;

/// A caller who waits.
pub(crate) struct Entry {
    /// Lower than that of everybody who came later.
    pub(crate) ticket: u64,
    pub(crate) channel: ChannelHandle,
    pub(crate) since: Instant,
    pub(crate) claim: oneshot::Sender<Claim>,
}

/// The message of an agent to the caller whom it takes.
pub(crate) struct Claim {
    /// Id of the agent's channel.
    pub(crate) agent: String,
    /// Sent when the caller hears nothing any more. Dropped if the caller does not wait any more.
    pub(crate) ready: oneshot::Sender<()>,
    /// Changed by the agent's side, and dropped if that is given up.
    pub(crate) talk: watch::Receiver<TalkState>,
    /// Sent when the call of the caller ends. Dropped if the caller's side is given up.
    pub(crate) caller_end: oneshot::Sender<CallEnd>,
}

/// The state of a conversation, as the agent's side reports it.
#[derive(Clone, Debug)]
pub(crate) enum TalkState {
    Connecting,
    /// The caller could not be connected: the channel has ended or has left.
    CallerRefused,
    Connected {
        begin: Instant,
    },
    Ended {
        begin: Instant,
        by: CallQueueTalkEnd,
    },
}

#[derive(Default)]
struct Waiting {
    last_ticket: u64,
    /// By ticket.
    callers: VecDeque<Entry>,
    agents: VecDeque<oneshot::Sender<Reserved>>,
}

/// Callers and agents, of which at most one kind waits.
#[derive(Default)]
pub(crate) struct Line {
    waiting: Mutex<Waiting>,
}

impl Line {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn next_ticket(&self) -> u64 {
        let mut waiting = self.lock();
        waiting.last_ticket += 1;
        waiting.last_ticket
    }

    /// Returns the number of callers who wait, and that no agent has taken.
    pub(crate) fn callers(&self) -> usize {
        self.lock().callers.len()
    }

    /// Returns the number of agents that wait.
    pub(crate) fn agents(&self) -> usize {
        let waiting = self.lock();
        let agents = waiting.agents.iter().filter(|agent| !agent.is_closed());
        agents.count()
    }

    /// Returns the position of a caller, from 1 on.
    pub(crate) fn position(&self, ticket: u64) -> usize {
        let waiting = self.lock();
        let before = |entry: &&Entry| entry.ticket < ticket;
        waiting.callers.iter().filter(before).count() + 1
    }

    /// Puts a caller in the place of the ticket.
    pub(crate) fn add_caller(self: &Arc<Self>, entry: Entry) {
        let mut waiting = self.lock();
        let later = |other: &Entry| other.ticket > entry.ticket;
        let at = waiting.callers.iter().position(later);
        let at = at.unwrap_or(waiting.callers.len());
        waiting.callers.insert(at, entry);
        self.match_up(&mut waiting);
    }

    pub(crate) fn remove_caller(&self, ticket: u64) {
        let mut waiting = self.lock();
        waiting.callers.retain(|entry| entry.ticket != ticket);
    }

    /// Lets an agent wait behind the others. The receiver gets the next caller.
    pub(crate) fn add_agent(self: &Arc<Self>) -> oneshot::Receiver<Reserved> {
        let (sender, receiver) = oneshot::channel();
        let mut waiting = self.lock();
        waiting.agents.retain(|agent| !agent.is_closed());
        waiting.agents.push_back(sender);
        self.match_up(&mut waiting);
        receiver
    }

    /// Gives the callers to the agents.
    fn match_up(self: &Arc<Self>, waiting: &mut Waiting) {
        while !waiting.callers.is_empty()
            && let Some(agent) = waiting.agents.pop_front()
        {
            let Some(entry) = waiting.callers.pop_front() else {
                return;
            };
            // The agent does not wait any more.
            if let Err(mut unsent) = agent.send(Reserved::new(self.clone(), entry))
                && let Some(entry) = unsent.take_entry()
            {
                waiting.callers.push_front(entry);
            }
        }
    }
}

/// A caller whom no other agent gets. Dropping it gives the caller back, in the same place.
pub(crate) struct Reserved {
    line: Arc<Line>,
    /// `None` after it was given away.
    entry: Option<Entry>,
}

impl Reserved {
    fn new(line: Arc<Line>, entry: Entry) -> Self {
        Reserved {
            line,
            entry: Some(entry),
        }
    }

    pub(crate) fn entry(&self) -> Option<&Entry> {
        self.entry.as_ref()
    }

    pub(crate) fn take_entry(&mut self) -> Option<Entry> {
        self.entry.take()
    }
}

impl Drop for Reserved {
    fn drop(&mut self) {
        if let Some(entry) = self.entry.take()
            && !entry.claim.is_closed()
        {
            self.line.add_caller(entry);
        }
    }
}
