//! The outcome of a call to other endpoints.

use std::fmt;
use std::time::Duration;

use ari_api::Error;
use ari_api::outcome::CallOutcome;

use crate::error::CallEnd;

/// The outcome of [`Call::dial`](crate::Call::dial).
#[derive(Debug)]
#[non_exhaustive]
pub enum Dialed {
    /// An endpoint has answered, and the caller and it have talked.
    #[non_exhaustive]
    Talked {
        /// The endpoint that has answered.
        endpoint: String,
        /// The time for which both were connected.
        duration: Duration,
        /// The reason for the end.
        ended_by: TalkEnd,
        /// The endpoints that did not answer, in the order in which they failed.
        others: Vec<UnansweredLeg>,
    },
    /// No endpoint has answered. The caller is still there.
    #[non_exhaustive]
    NotAnswered {
        /// The endpoints, in the order in which they failed.
        legs: Vec<UnansweredLeg>,
    },
}

/// The reason for the end of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TalkEnd {
    /// The call of the caller has ended. The next step returns [`CallError::Ended`](crate::CallError::Ended).
    Caller(CallEnd),
    /// The other side has ended. The caller is still in the application.
    Callee(CallEnd),
    /// The conversation has reached [`Dial::max_duration`](crate::Dial::max_duration). The caller is still in the application.
    MaxDuration,
}

/// An endpoint that did not answer.
#[derive(Debug)]
#[non_exhaustive]
pub struct UnansweredLeg {
    /// The endpoint.
    pub endpoint: String,
    /// The reason.
    pub reason: UnansweredReason,
}

/// The reason why an endpoint did not answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum UnansweredReason {
    /// It was busy, rejected the call, could not be reached, or nobody answered in time.
    Outcome(CallOutcome),
    /// Another endpoint was faster.
    AnsweredElsewhere,
    /// A request failed.
    Failed(Error),
}

impl fmt::Display for UnansweredReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnansweredReason::Outcome(outcome) => outcome.fmt(f),
            UnansweredReason::AnsweredElsewhere => f.write_str("answered elsewhere"),
            UnansweredReason::Failed(error) => error.fmt(f),
        }
    }
}
