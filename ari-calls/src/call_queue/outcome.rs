//! Outcomes for callers and agents of a queue.

use std::time::Duration;

use crate::error::CallEnd;
use crate::key::Key;

/// The outcome of [`CallQueue::enter`](crate::call_queue::CallQueue::enter) for a caller. A caller
/// who hangs up while waiting is [`CallError::Ended`](crate::CallError::Ended).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallQueueEnd {
    /// An agent has taken the call, and both have talked.
    #[non_exhaustive]
    Talked {
        /// Id of the agent's channel.
        agent: String,
        /// The time from entering the queue to the connection.
        waited: Duration,
        /// The time for which both were connected.
        duration: Duration,
        /// The reason for the end.
        ended_by: CallQueueTalkEnd,
    },
    /// No agent has taken the call within
    /// [`EnterCallQueue::max_wait`](crate::call_queue::EnterCallQueue::max_wait).
    TimedOut,
    /// The caller has left the queue by this key.
    Key(Key),
    /// The call has not entered, because as many callers wait as may.
    Full,
}

/// The outcome of [`QueuedCall::connect`](crate::call_queue::QueuedCall::connect) for an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallQueueTalk {
    /// Both have talked.
    #[non_exhaustive]
    Talked {
        /// The time for which both were connected.
        duration: Duration,
        /// The reason for the end.
        ended_by: CallQueueTalkEnd,
    },
    /// The caller has left the queue before the connection. The agent is still in the application.
    CallerGone,
}

/// The reason for the end of a conversation of a caller and an agent. Who has not ended is still in
/// the application.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallQueueTalkEnd {
    /// The call of the caller has ended.
    Caller(CallEnd),
    /// The call of the agent has ended.
    Agent(CallEnd),
    /// The agent has pressed this key.
    AgentKey(Key),
    /// They have talked for
    /// [`ConnectQueuedCall::max_duration`](crate::call_queue::ConnectQueuedCall::max_duration).
    MaxDuration,
    /// The program has dropped the future of the caller.
    CallerCancelled,
    /// The program has dropped the future of the agent.
    AgentCancelled,
    /// Another program or an operator has destroyed the bridge of both, or has taken both out of
    /// it. Neither has hung up.
    BridgeDestroyed,
    /// Something else has taken the caller out of the bridge: another program, an operator, or
    /// another step of this program. The caller has not hung up.
    CallerRemoved,
    /// Something else has taken the agent out of the bridge. The agent has not hung up.
    AgentRemoved,
}
