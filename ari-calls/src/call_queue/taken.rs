//! A caller whom an agent has taken, and their conversation.

use std::future::IntoFuture;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use ari_api::Error;
use ari_api::bridges::BridgeHandle;
use ari_api::channels::ChannelHandle;
use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, sleep};

use crate::bridge_watch::BridgeWatch;
use crate::call::Call;
use crate::call_queue::line::{Claim, Reserved, TalkState};
use crate::call_queue::outcome::{CallQueueTalk, CallQueueTalkEnd};
use crate::deadline::LONGEST_TALK;
use crate::error::CallError;
use crate::key::Keys;
use crate::own_bridge::OwnBridge;

/// A caller whom no other agent gets, returned by
/// [`CallQueue::next`](crate::call_queue::CallQueue::next). The caller still waits, and hears the
/// music.
///
/// Dropping it gives the caller back to the queue, in the same place.
#[must_use = "dropping it gives the caller back to the queue"]
pub struct QueuedCall {
    reserved: Reserved,
    channel: ChannelHandle,
    since: Instant,
}

impl QueuedCall {
    /// Returns `None` if there is no caller.
    pub(crate) fn new(reserved: Reserved) -> Option<Self> {
        let entry = reserved.entry()?;
        Some(QueuedCall {
            channel: entry.channel.clone(),
            since: entry.since,
            reserved,
        })
    }

    /// Returns the channel of the caller, to look at.
    pub fn channel(&self) -> &ChannelHandle {
        &self.channel
    }

    /// Returns the time since the caller has entered the queue.
    pub fn waited(&self) -> Duration {
        self.since.elapsed()
    }

    /// Returns `true` if the caller has left the queue: by a hangup, a key, or the limit of
    /// waiting.
    pub fn is_gone(&self) -> bool {
        let entry = self.reserved.entry();
        entry.is_none_or(|entry| entry.claim.is_closed())
    }

    /// Connects the caller with an agent, and waits until one of them ends. Answer the agent's call
    /// first. It may be in no other bridge.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Ended`] if the agent's call ends before the connection: the caller
    /// keeps the place in the queue then. Returns [`CallError::Request`] if a request fails, or if
    /// the connection to the server is lost for good.
    pub fn connect(self, agent: &mut Call) -> ConnectQueuedCall<'_> {
        ConnectQueuedCall {
            taken: self,
            agent,
            end_keys: Keys::NONE,
            max_duration: LONGEST_TALK,
        }
    }
}

impl std::fmt::Debug for QueuedCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("QueuedCall")
            .field("channel", &self.channel.channel_id())
            .field("waited", &self.waited())
            .finish_non_exhaustive()
    }
}

/// The connection of a caller and an agent, made by [`QueuedCall::connect`]. `.await` connects
/// them, and waits until the conversation is over.
///
/// Dropping the future ends the conversation. Both calls stay in the application. Before the
/// connection, it gives the caller back to the queue.
#[must_use = "nobody is connected until it is awaited"]
#[derive(Debug)]
pub struct ConnectQueuedCall<'a> {
    taken: QueuedCall,
    agent: &'a mut Call,
    end_keys: Keys,
    max_duration: Duration,
}

/// The side for which a request failed.
enum Side {
    Agent,
    Caller,
}

impl ConnectQueuedCall<'_> {
    /// Sets the keys by which the agent ends the conversation without hanging up. Default: none.
    pub fn end_keys(mut self, keys: impl Into<Keys>) -> Self {
        self.end_keys = keys.into();
        self
    }

    /// Sets the longest duration of the conversation. Default: 24 hours.
    pub fn max_duration(mut self, limit: Duration) -> Self {
        self.max_duration = limit;
        self
    }

    async fn connect(mut self) -> Result<CallQueueTalk, CallError> {
        let agent = self.agent;
        agent.note_arrived();
        agent.check_end()?;
        let _claim = agent.claim()?;
        let Some(entry) = self.taken.reserved.take_entry() else {
            return Ok(CallQueueTalk::CallerGone);
        };
        let (state, talk) = watch::channel(TalkState::Connecting);
        let (ready, is_ready) = oneshot::channel();
        let (caller_end, mut caller_ended) = oneshot::channel();
        let claim = Claim {
            agent: agent.id().to_owned(),
            ready,
            talk,
            caller_end,
        };
        if entry.claim.send(claim).is_err() {
            return Ok(CallQueueTalk::CallerGone);
        }
        tokio::select! {
            biased;
            ready = is_ready => if ready.is_err() {
                return Ok(CallQueueTalk::CallerGone);
            },
            end = agent.wait_for_end() => return Err(CallError::Ended(end?)),
        }
        let bridge = OwnBridge::new(agent.client());
        let handle = bridge.handle().clone();
        // The ends of this call are left to the caller's side.
        let mut caller = Call::new(entry.channel.clone(), entry.channel.events());
        for call in [&mut *agent, &mut caller] {
            call.set_bridge(Some(handle.bridge_id()));
        }
        let joining = join(bridge, agent.id().to_owned(), caller.id().to_owned());
        let state = Arc::new(state);
        let (reply, joined) = oneshot::channel();
        let task_state = state.clone();
        tokio::spawn(async move {
            // Nobody waits any more. The caller waits again when the bridge does not exist.
            if let Err(Ok(bridge)) = reply.send(joining.await) {
                bridge.destroy().await;
            }
            drop(task_state);
        });
        let Ok(joined) = joined.await else {
            // The runtime is shut down.
            return std::future::pending().await;
        };
        let bridge = match joined {
            Ok(bridge) => bridge,
            Err((Side::Agent, error)) => return Err(agent.explain_bridging(error).await),
            Err((Side::Caller, error)) => {
                if error.gone_object().is_none() && !matches!(error.status(), Some(409 | 422)) {
                    return Err(error.into());
                }
                state.send_replace(TalkState::CallerRefused);
                return Ok(CallQueueTalk::CallerGone);
            }
        };
        let begin = Instant::now();
        state.send_replace(TalkState::Connected { begin });
        let ended = tokio::select! {
            biased;
            ended = &mut caller_ended => Ok(match ended {
                Ok(end) => CallQueueTalkEnd::Caller(end),
                Err(_) => CallQueueTalkEnd::CallerCancelled,
            }),
            ended = talk_until_end(agent, self.end_keys, &mut caller, &handle) => ended,
            () = sleep(self.max_duration) => Ok(CallQueueTalkEnd::MaxDuration),
        };
        let duration = begin.elapsed();
        bridge.destroy().await;
        let by = ended?;
        state.send_replace(TalkState::Ended {
            begin,
            by: by.clone(),
        });
        Ok(CallQueueTalk::Talked {
            duration,
            ended_by: by,
        })
    }
}

/// Waits until the agent ends the conversation, or until others separate both.
async fn talk_until_end(
    agent: &mut Call,
    end_keys: Keys,
    caller: &mut Call,
    bridge: &BridgeHandle,
) -> Result<CallQueueTalkEnd, CallError> {
    let mut watch = BridgeWatch::default();
    loop {
        // It notes keys, too.
        watch.update(bridge, &mut [&mut *agent, &mut *caller]);
        if let Some(key) = agent.take_key(end_keys) {
            return Ok(CallQueueTalkEnd::AgentKey(key));
        }
        tokio::select! {
            received = agent.receive() => match received {
                Ok(()) => {}
                Err(CallError::Ended(end)) => return Ok(CallQueueTalkEnd::Agent(end)),
                Err(error) => return Err(error),
            },
            () = caller.receive_or_wait() => {}
            separation = watch.separated() => match () {
                () if separation.is_of_all() => return Ok(CallQueueTalkEnd::BridgeDestroyed),
                () if separation.is_of(0) => return Ok(CallQueueTalkEnd::AgentRemoved),
                () if separation.is_of(1) => return Ok(CallQueueTalkEnd::CallerRemoved),
                () => {}
            },
        }
    }
}

/// Creates a bridge of both.
async fn join(
    bridge: OwnBridge,
    agent: String,
    caller: String,
) -> Result<OwnBridge, (Side, Error)> {
    if let Err(error) = bridge.handle().create_with_id().kind("mixing").await {
        return Err((Side::Agent, error));
    }
    for (side, id) in [(Side::Agent, agent), (Side::Caller, caller)] {
        if let Err(error) = bridge.handle().add_channel([id]).await {
            bridge.destroy().await;
            return Err((side, error));
        }
    }
    Ok(bridge)
}

impl<'a> IntoFuture for ConnectQueuedCall<'a> {
    type Output = Result<CallQueueTalk, CallError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.connect())
    }
}
