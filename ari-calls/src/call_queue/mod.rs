//! Queues: callers wait for agents.
//!
//! Callers are in [`CallQueue::enter`], and agents in [`CallQueue::next`]. See [`CallQueue`] for an
//! example.

mod enter;
mod line;
mod music;
mod outcome;
mod settings;
mod taken;

use std::sync::Arc;
use std::time::Duration;

pub use enter::EnterCallQueue;
pub use outcome::{CallQueueEnd, CallQueueTalk, CallQueueTalkEnd};
pub use taken::{ConnectQueuedCall, QueuedCall};

use crate::call::Call;
use crate::call_queue::line::Line;
use crate::call_queue::settings::QueueSettings;
use crate::media::Prompt;

/// A queue, which the program keeps: callers wait in it, and agents take them in the order in which
/// they came. Clones are handles of the same queue.
///
/// ```no_run
/// # use std::time::Duration;
/// # use ari_calls::call_queue::{CallQueue, CallQueueEnd};
/// # use ari_calls::{Call, CallError, Keys};
/// // Once: CallQueue::builder().announce_every(Duration::from_secs(30)).build()
/// async fn caller(queue: &CallQueue, call: &mut Call) -> Result<(), CallError> {
///     call.answer().await?;
///     let enter = queue.enter(call).max_wait(Duration::from_secs(300));
///     if let CallQueueEnd::TimedOut = enter.leave_keys(Keys::STAR).await? {
///         call.play("sound:vm-nobodyavail").await?;
///     }
///     call.hang_up().await
/// }
///
/// async fn agent(queue: &CallQueue, call: &mut Call) -> Result<(), CallError> {
///     call.answer().await?;
///     loop {
///         let next = tokio::select! {
///             next = queue.next() => next,
///             end = call.wait_for_end() => return Err(CallError::Ended(end?)),
///         };
///         next.connect(call).end_keys(Keys::STAR).await?;
///     }
/// }
/// ```
#[derive(Clone)]
pub struct CallQueue {
    line: Arc<Line>,
    settings: Arc<QueueSettings>,
}

/// The settings of a queue, made by [`CallQueue::builder`].
#[derive(Clone)]
#[must_use = "a builder does nothing until the queue is built"]
pub struct CallQueueBuilder {
    settings: QueueSettings,
}

impl CallQueue {
    /// Creates a builder for a queue.
    pub fn builder() -> CallQueueBuilder {
        CallQueueBuilder {
            settings: QueueSettings::default(),
        }
    }

    /// Lets a caller wait for an agent, with music, and talk with the agent until one of them ends.
    /// Answer the call first. It may be in no bridge, and agents must be on the same server.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Ended`](crate::CallError::Ended) if the call ends before it is
    /// connected; [`CallError::Request`](crate::CallError::Request) if a request for music or an
    /// announcement fails, or the connection to the server is lost for good; and
    /// [`CallError::InvalidSettings`](crate::CallError::InvalidSettings) if a medium of an
    /// announcement has no scheme. The announcement of the caller's position is checked before
    /// anything is sent.
    pub fn enter<'a>(&self, call: &'a mut Call) -> EnterCallQueue<'a> {
        EnterCallQueue::new(call, self.line.clone(), self.settings.clone())
    }

    /// Waits for the caller who has waited longest. Agents that wait get callers in the order in
    /// which they came as well.
    ///
    /// Cancel-safe: if the future is dropped, the caller keeps the place.
    pub async fn next(&self) -> QueuedCall {
        loop {
            if let Ok(reserved) = self.line.add_agent().await
                && let Some(taken) = QueuedCall::new(reserved)
                && !taken.is_gone()
            {
                return taken;
            }
        }
    }

    /// Returns the number of callers who wait, and that no agent has taken.
    pub fn len(&self) -> usize {
        self.line.callers()
    }

    /// Returns `true` if no caller waits.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the number of agents that wait for a caller.
    pub fn waiting_agents(&self) -> usize {
        self.line.agents()
    }
}

impl CallQueueBuilder {
    /// Sets the class of the music that callers hear. Default: `default`.
    pub fn music(mut self, class: impl Into<String>) -> Self {
        self.settings.music = Some(class.into());
        self
    }

    /// Plays no music to callers.
    pub fn without_music(mut self) -> Self {
        self.settings.music = None;
        self
    }

    /// Announces their position to callers, each time after this duration of music. Default: never.
    pub fn announce_every(mut self, pause: Duration) -> Self {
        self.settings.announce_every = Some(pause.max(Duration::from_secs(1)));
        self
    }

    /// Sets the media that announce a position, where 1 is the next caller. Default: the sounds
    /// `queue-youarenext`, `queue-thereare` and `queue-callswaiting` of Asterisk.
    pub fn position_prompt(
        mut self,
        prompt: impl Fn(usize) -> Prompt + Send + Sync + 'static,
    ) -> Self {
        self.settings.position_prompt = Arc::new(prompt);
        self
    }

    /// Sets the limit of callers who wait. Default: none.
    pub fn max_callers(mut self, limit: usize) -> Self {
        self.settings.max_callers = limit;
        self
    }

    /// Creates the queue. Nothing is sent before a caller enters.
    pub fn build(self) -> CallQueue {
        CallQueue {
            line: Arc::new(Line::default()),
            settings: Arc::new(self.settings),
        }
    }
}

impl std::fmt::Debug for CallQueue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CallQueue")
            .field("len", &self.len())
            .field("waiting_agents", &self.waiting_agents())
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for CallQueueBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CallQueueBuilder").finish_non_exhaustive()
    }
}
