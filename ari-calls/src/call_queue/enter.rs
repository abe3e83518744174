//! Waiting in a queue: music, announcements, and the conversation with an agent.

use std::future::IntoFuture;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::{Instant, sleep_until, timeout};

use crate::call::Call;
use crate::call_queue::line::{Claim, Entry, Line, TalkState};
use crate::call_queue::music::WaitingMusic;
use crate::call_queue::outcome::{CallQueueEnd, CallQueueTalkEnd};
use crate::call_queue::settings::QueueSettings;
use crate::deadline;
use crate::error::CallError;
use crate::key::{Key, Keys};
use crate::play::{PlaySettings, Played};

/// Default limit of waiting.
const DEFAULT_MAX_WAIT: Duration = Duration::from_secs(1800);

/// Limit for the end of a call that could not be connected.
const END_TIMEOUT: Duration = Duration::from_secs(2);

/// Waiting in a queue, made by [`CallQueue::enter`](crate::call_queue::CallQueue::enter). `.await`
/// enters, and waits until the call has left the queue, or until the conversation with the agent is
/// over.
///
/// Dropping the future leaves the queue, or ends the conversation. The call stays in the
/// application.
#[must_use = "the call does not enter the queue until it is awaited"]
pub struct EnterCallQueue<'a> {
    call: &'a mut Call,
    line: Arc<Line>,
    settings: Arc<QueueSettings>,
    leave_keys: Keys,
    max_wait: Duration,
}

/// The reason for the end of waiting.
enum Waited {
    Claimed(Claim),
    TimedOut,
    Key(Key),
}

/// A place in the line, which is left when this is dropped.
struct Place {
    line: Arc<Line>,
    ticket: u64,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.line.remove_caller(self.ticket);
    }
}

impl<'a> EnterCallQueue<'a> {
    pub(crate) fn new(call: &'a mut Call, line: Arc<Line>, settings: Arc<QueueSettings>) -> Self {
        EnterCallQueue {
            call,
            line,
            settings,
            leave_keys: Keys::NONE,
            max_wait: DEFAULT_MAX_WAIT,
        }
    }

    /// Sets the longest time until an agent is connected. Default: 30 minutes.
    pub fn max_wait(mut self, limit: Duration) -> Self {
        self.max_wait = limit;
        self
    }

    /// Sets the keys by which the caller leaves the queue. Default: none. Keys that were pressed
    /// before and that no step has read count, too. All other keys are kept for the next step.
    pub fn leave_keys(mut self, keys: impl Into<Keys>) -> Self {
        self.leave_keys = keys.into();
        self
    }

    async fn enter(self) -> Result<CallQueueEnd, CallError> {
        self.call.note_arrived();
        self.call.check_end()?;
        let _claim = self.call.claim()?;
        if self.settings.announce_every.is_some() {
            let position = self.line.callers() + 1;
            (self.settings.position_prompt)(position).check_for_call()?;
        }
        if self.line.callers() >= self.settings.max_callers {
            return Ok(CallQueueEnd::Full);
        }
        let ticket = self.line.next_ticket();
        let since = Instant::now();
        let deadline = deadline::after(self.max_wait);
        let leave_keys = self.leave_keys;
        let mut wait = Wait {
            call: self.call,
            line: self.line,
            settings: self.settings,
            leave_keys,
            ticket,
            since,
            deadline,
        };
        loop {
            let claim = match wait.wait().await? {
                Waited::Claimed(claim) => claim,
                Waited::TimedOut => return Ok(CallQueueEnd::TimedOut),
                Waited::Key(key) => return Ok(CallQueueEnd::Key(key)),
            };
            // `None` if the agent was not connected: the caller keeps the place.
            if let Some(end) = wait.talk(claim).await? {
                return Ok(end);
            }
        }
    }
}

struct Wait<'a> {
    call: &'a mut Call,
    line: Arc<Line>,
    settings: Arc<QueueSettings>,
    leave_keys: Keys,
    ticket: u64,
    since: Instant,
    deadline: Instant,
}

impl Wait<'_> {
    /// Waits for an agent, a key or the limit. The caller hears nothing when it returns.
    async fn wait(&mut self) -> Result<Waited, CallError> {
        self.call.check_end()?;
        let channel = self.call.channel().clone();
        let (claim, claimed) = oneshot::channel();
        let _place = Place {
            line: self.line.clone(),
            ticket: self.ticket,
        };
        self.line.add_caller(Entry {
            ticket: self.ticket,
            channel: channel.clone(),
            since: self.since,
            claim,
        });
        let mut music = WaitingMusic::new(channel, self.settings.music.clone());
        let waited = self.hear(&mut music, claimed).await;
        music.stop().await;
        waited
    }

    /// Plays music and announcements until waiting ends.
    async fn hear(
        &mut self,
        music: &mut WaitingMusic,
        mut claimed: oneshot::Receiver<Claim>,
    ) -> Result<Waited, CallError> {
        let every = self.settings.announce_every;
        let (leave_keys, deadline) = (self.leave_keys, self.deadline);
        loop {
            let started = music.start().await;
            self.call.check(started).await?;
            let next = every.map_or(deadline, deadline::after);
            tokio::select! {
                biased;
                Ok(claim) = &mut claimed => return Ok(Waited::Claimed(claim)),
                key = self.call.wait_for_key(|key| leave_keys.contains(key)) => {
                    let key = key?;
                    self.call.remove_key(key);
                    return Ok(Waited::Key(key));
                }
                () = sleep_until(next.min(deadline)) => {}
            }
            if Instant::now() >= deadline {
                return Ok(Waited::TimedOut);
            }
            music.stop().await;
            let prompt = (self.settings.position_prompt)(self.line.position(self.ticket));
            let settings = PlaySettings {
                barge_in: leave_keys,
                ..PlaySettings::default()
            };
            tokio::select! {
                biased;
                Ok(claim) = &mut claimed => return Ok(Waited::Claimed(claim)),
                played = self.call.play_prompt(&prompt, &settings) => {
                    if let Played::Key(key) = played? {
                        self.call.remove_key(key);
                        return Ok(Waited::Key(key));
                    }
                }
                () = sleep_until(deadline) => return Ok(Waited::TimedOut),
            }
        }
    }

    /// Waits until the conversation is over. Returns `None` if it did not come about.
    async fn talk(&mut self, claim: Claim) -> Result<Option<CallQueueEnd>, CallError> {
        let Claim {
            agent,
            ready,
            mut talk,
            caller_end,
        } = claim;
        let talked = |since: Instant, begin: Instant, ended_by| {
            Some(CallQueueEnd::Talked {
                agent,
                waited: begin.duration_since(since),
                duration: begin.elapsed(),
                ended_by,
            })
        };
        let _ = ready.send(());
        let mut connected = None;
        let end = loop {
            let changed = tokio::select! {
                biased;
                changed = talk.changed() => changed,
                end = self.call.wait_for_end() => break end?,
            };
            let state = talk.borrow_and_update().clone();
            match (changed, state) {
                (Ok(()), TalkState::Connecting) => {}
                (Ok(()), TalkState::Connected { begin }) => connected = Some(begin),
                (Ok(()), TalkState::Ended { begin, by }) => {
                    return Ok(talked(self.since, begin, by));
                }
                (Ok(()), TalkState::CallerRefused) => {
                    return match timeout(END_TIMEOUT, self.call.wait_for_end()).await {
                        Ok(end) => Err(CallError::Ended(end?)),
                        Err(_) => Ok(None),
                    };
                }
                (Err(_), _) => {
                    let cancelled = CallQueueTalkEnd::AgentCancelled;
                    return Ok(connected.and_then(|begin| talked(self.since, begin, cancelled)));
                }
            }
        };
        let _ = caller_end.send(end.clone());
        match connected {
            Some(begin) => Ok(talked(self.since, begin, CallQueueTalkEnd::Caller(end))),
            None => Err(CallError::Ended(end)),
        }
    }
}

impl std::fmt::Debug for EnterCallQueue<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EnterCallQueue")
            .field("call", &self.call.id())
            .field("max_wait", &self.max_wait)
            .finish_non_exhaustive()
    }
}

impl<'a> IntoFuture for EnterCallQueue<'a> {
    type Output = Result<CallQueueEnd, CallError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.enter())
    }
}
