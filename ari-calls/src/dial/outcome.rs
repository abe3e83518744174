//! The outcome of a call to other endpoints.

use std::fmt;
use std::time::Duration;

use ari_api::Error;
use ari_api::outcome::CallOutcome;

use crate::bridge_watch::Separation;
use crate::error::{CallEnd, CallError};

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
        /// The endpoints that did not answer, or were not connected, in the order in which they
        /// failed.
        others: Vec<UnansweredLeg>,
    },
    /// No endpoint has answered, or been accepted. The caller is still there.
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
    /// The call of the caller has ended. The next step returns
    /// [`CallError::Ended`](CallError::Ended).
    Caller(CallEnd),
    /// The other side has ended. The caller is still in the application.
    Callee(CallEnd),
    /// The conversation has reached [`Dial::max_duration`](crate::dial::Dial::max_duration). The
    /// caller is still in the application.
    MaxDuration,
    /// Another program or an operator has destroyed the bridge of both, or has taken both out of
    /// it. Neither has hung up.
    BridgeDestroyed,
    /// Something else has taken the caller out of the bridge: another program, an operator, or
    /// another step of this program. The caller has not hung up, and may be in another bridge.
    CallerRemoved,
    /// Something else has taken the other side out of the bridge. It has not hung up.
    CalleeRemoved,
}

/// An endpoint that did not answer, or that was not connected.
#[derive(Debug)]
#[non_exhaustive]
pub struct UnansweredLeg {
    /// The endpoint.
    pub endpoint: String,
    /// The reason.
    pub reason: UnansweredReason,
}

/// The reason why an endpoint did not answer, or was not connected.
#[derive(Debug)]
#[non_exhaustive]
pub enum UnansweredReason {
    /// It was busy, rejected the call, could not be reached, or nobody answered in time.
    Outcome(CallOutcome),
    /// Another endpoint was faster.
    AnsweredElsewhere,
    /// It has answered, and the function of [`Dial::on_answer`](crate::dial::Dial::on_answer) has
    /// decided not to connect it, for this reason.
    Declined(String),
    /// It has answered, and the screening has reached its limit.
    ScreeningTimeout,
    /// It has answered, and has hung up during the screening, or a step of the screening failed.
    ScreeningFailed(CallError),
    /// A request failed.
    Failed(Error),
}

impl UnansweredReason {
    /// Returns true if the screening has let the endpoint leave the application.
    pub(crate) fn has_left_application(&self) -> bool {
        matches!(
            self,
            UnansweredReason::ScreeningFailed(CallError::Ended(CallEnd::LeftApplication))
        )
    }
}

/// Writes the outcome in a line: `PJSIP/200: talked for 10 s, ended by the callee; PJSIP/300:
/// busy`. The alternate form (`{:#}`) adds the causes of hangups, and the details of each reason.
impl fmt::Display for Dialed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (legs, mut separator) = match self {
            Dialed::Talked {
                endpoint,
                duration,
                ended_by,
                others,
            } => {
                let seconds = duration.as_secs();
                write!(f, "{endpoint}: talked for {seconds} s, ended by ")?;
                ended_by.fmt(f)?;
                (others, "; ")
            }
            Dialed::NotAnswered { legs } => (legs, ""),
        };
        for leg in legs {
            f.write_str(separator)?;
            leg.fmt(f)?;
            separator = "; ";
        }
        Ok(())
    }
}

impl TalkEnd {
    /// Returns the end of a conversation whose caller and callee were separated, with these indices.
    pub(crate) fn from_separation(
        separation: &Separation,
        caller: Option<usize>,
        callee: Option<usize>,
    ) -> Option<Self> {
        let is_of = |index: Option<usize>| index.is_some_and(|index| separation.is_of(index));
        match () {
            () if separation.is_of_all() => Some(TalkEnd::BridgeDestroyed),
            () if is_of(caller) => Some(TalkEnd::CallerRemoved),
            () if is_of(callee) => Some(TalkEnd::CalleeRemoved),
            () => None,
        }
    }
}

/// Writes the side that has ended the conversation. The alternate form (`{:#}`) adds the cause.
impl fmt::Display for TalkEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (side, end) = match self {
            TalkEnd::Caller(end) => ("the caller", end),
            TalkEnd::Callee(end) => ("the callee", end),
            TalkEnd::MaxDuration => return f.write_str("its longest duration"),
            TalkEnd::BridgeDestroyed => return f.write_str("the destruction of its bridge"),
            TalkEnd::CallerRemoved => return f.write_str("the removal of the caller"),
            TalkEnd::CalleeRemoved => return f.write_str("the removal of the callee"),
        };
        match f.alternate() {
            true => write!(f, "{side}, which has {end}"),
            false => f.write_str(side),
        }
    }
}

/// Writes the endpoint and the reason. The alternate form (`{:#}`) adds the details.
impl fmt::Display for UnansweredLeg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.endpoint)?;
        match &self.reason {
            UnansweredReason::Outcome(outcome) if !f.alternate() => f.write_str(outcome.name()),
            reason => reason.fmt(f),
        }
    }
}

impl fmt::Display for UnansweredReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnansweredReason::Outcome(outcome) => outcome.fmt(f),
            UnansweredReason::AnsweredElsewhere => f.write_str("answered elsewhere"),
            UnansweredReason::Declined(reason) if reason.is_empty() => f.write_str("declined"),
            UnansweredReason::Declined(reason) => write!(f, "declined: {reason}"),
            UnansweredReason::ScreeningTimeout => f.write_str("the screening took too long"),
            UnansweredReason::ScreeningFailed(error) => write!(f, "the screening failed: {error}"),
            UnansweredReason::Failed(error) => error.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use ari_api::outcome::Failure;

    use super::*;

    #[test]
    fn alternate_form_has_causes() {
        let leg = |endpoint: &str, reason| UnansweredLeg {
            endpoint: endpoint.to_owned(),
            reason,
        };
        let dialed = Dialed::Talked {
            endpoint: "PJSIP/1".to_owned(),
            duration: Duration::from_millis(61_900),
            ended_by: TalkEnd::Callee(CallEnd::HungUp {
                cause: Some(16),
                cause_text: String::new(),
            }),
            others: vec![leg("PJSIP/2", UnansweredReason::AnsweredElsewhere)],
        };
        assert_eq!(
            format!("{dialed} / {dialed:#}"),
            "PJSIP/1: talked for 61 s, ended by the callee; PJSIP/2: answered elsewhere / \
             PJSIP/1: talked for 61 s, ended by the callee, which has hung up (cause 16); \
             PJSIP/2: answered elsewhere"
        );
        let mut failure = Failure::default();
        failure.cause = 17;
        failure.cause_text = "User busy".to_owned();
        let busy = CallOutcome::Busy(failure);
        let dialed = Dialed::NotAnswered {
            legs: vec![leg("PJSIP/1", UnansweredReason::Outcome(busy))],
        };
        assert_eq!(dialed.to_string(), "PJSIP/1: busy");
        let details = format!("{dialed:#}");
        assert!(
            details.starts_with("PJSIP/1: busy: ") && details.contains("User busy"),
            "{details}"
        );
    }
}
