//! What becomes of calls and claims: typed outcomes of requests whose answer is only a beginning.
//!
//! Playing and recording have theirs on the requests themselves: [`Play::finished`],
//! [`Record::finished`].
//!
//! [`Play::finished`]: crate::channels::Play::finished
//! [`Record::finished`]: crate::channels::Record::finished

use crate::channels::{ChannelHandle, Originate, OriginateWithId};
use crate::events::ClaimChannel;
use crate::runtime::{Encode, ObjectStream};
use crate::{Client, Error, Event};

/// What became of a call that was originated.
#[derive(Debug)]
#[non_exhaustive]
pub enum CallOutcome {
    /// The call was answered, and its channel is in the application.
    #[non_exhaustive]
    Answered {
        /// The channel.
        channel: ChannelHandle,
        /// Its events, from `StasisStart` on.
        events: ObjectStream<Event>,
    },
    /// The called side is busy.
    Busy(Failure),
    /// It rang, or would have, and nobody answered in time.
    NoAnswer(Failure),
    /// The call could not be made, or was answered and then not taken by the application.
    Failed(Failure),
}

impl CallOutcome {
    /// Whether the call was answered.
    pub fn is_answered(&self) -> bool {
        matches!(self, CallOutcome::Answered { .. })
    }

    /// Why it was not.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            CallOutcome::Answered { .. } => None,
            CallOutcome::Busy(failure)
            | CallOutcome::NoAnswer(failure)
            | CallOutcome::Failed(failure) => Some(failure),
        }
    }
}

/// Why a call was not answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// The cause of the hangup, as Q.850 numbers them: 17 is busy, 19 no answer, 1 an unknown
    /// number; 0 where the channel technology tells none.
    pub cause: i64,
    /// Asterisk's words for it.
    pub cause_text: String,
    /// How far dialing got: `RINGING`, `BUSY`, `NOANSWER`, `CONGESTION`, `CHANUNAVAIL`, …; empty
    /// where it never began.
    pub dial_status: String,
}

impl Originate<Client> {
    /// Sends the request, and waits until the call is answered and in the application, or has
    /// ended. It takes an `app`, connected by this client: nothing is heard of calls into the
    /// dialplan.
    ///
    /// Dropping the future leaves nothing behind in the client; the call itself goes on.
    ///
    /// # Errors
    /// Those of the request; [`Error::InvalidArgument`] without `app`; [`Error::Disconnected`] and
    /// [`Error::Gone`] where the outcome cannot be heard of any more.
    pub async fn outcome(self) -> Result<CallOutcome, Error> {
        check_app(&self)?;
        let (channel, events) = self.with_events().await?;
        call_outcome(channel, events).await
    }
}

impl OriginateWithId<Client> {
    /// See [`Originate::outcome`].
    ///
    /// # Errors
    /// Those of [`Originate::outcome`].
    pub async fn outcome(self) -> Result<CallOutcome, Error> {
        check_app(&self)?;
        let (channel, events) = self.with_events().await?;
        call_outcome(channel, events).await
    }
}

fn check_app<R: Encode>(request: &R) -> Result<(), Error> {
    let call = request.call()?;
    if call.query().iter().any(|(name, _)| *name == "app") {
        return Ok(());
    }
    let body = call.body().map(|body| serde_json::from_slice(body));
    if let Some(Ok(serde_json::Value::Object(body))) = body
        && body.contains_key("app")
    {
        return Ok(());
    }
    Err(Error::InvalidArgument {
        operation: R::OPERATION,
        parameter: "app",
        problem: "is missing: only an application hears what becomes of a call",
    })
}

/// Waits until a channel that is being dialed is answered and in the application, or has ended.
/// `events` has been opened before dialing began: by
/// [`Create::with_events`](crate::channels::Create::with_events), say.
///
/// # Errors
/// [`Error::Disconnected`], [`Error::Gone`], [`Error::Lagged`] and [`Error::Decode`], as the stream
/// yields them.
pub async fn call_outcome(
    channel: ChannelHandle,
    mut events: ObjectStream<Event>,
) -> Result<CallOutcome, Error> {
    let id = channel.channel_id();
    let mut failure = Failure::default();
    while let Some(event) = events.next().await {
        match &*event? {
            Event::StasisStart(start) if start.channel.id == id => {
                return Ok(CallOutcome::Answered { channel, events });
            }
            Event::Dial(dial) if dial.peer.id == id && !dial.dialstatus.is_empty() => {
                failure.dial_status.clone_from(&dial.dialstatus);
            }
            Event::ChannelDestroyed(destroyed) if destroyed.channel.id == id => {
                failure.cause = destroyed.cause;
                failure.cause_text.clone_from(&destroyed.cause_txt);
                return Ok(failed(failure));
            }
            _ => {}
        }
    }
    Err(Error::Disconnected {
        reason: "the session was closed before the call had an outcome".to_owned(),
        source: None,
    })
}

/// The cause says it where there is one. Local channels have none when the other half is busy, and
/// older releases none when time is up: there it is how far dialing got.
fn failed(failure: Failure) -> CallOutcome {
    match (failure.cause, failure.dial_status.as_str()) {
        (17, _) | (0 | 16, "BUSY") => CallOutcome::Busy(failure),
        (18 | 19, _) | (0 | 16, "RINGING" | "NOANSWER" | "PROGRESS" | "PROCEEDING") => {
            CallOutcome::NoAnswer(failure)
        }
        _ => CallOutcome::Failed(failure),
    }
}

/// Whether a claim came first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Claimed {
    /// The call is ours: `StasisStart` follows.
    Won,
    /// Another application was faster.
    Lost,
}

impl ClaimChannel<Client> {
    /// Sends the claim, and tells whether it came first.
    ///
    /// # Errors
    /// Those of the request, but for the 409 of who came second.
    pub async fn outcome(self) -> Result<Claimed, Error> {
        match self.await {
            Ok(()) => Ok(Claimed::Won),
            Err(Error::Refused(refusal)) if refusal.status == 409 => Ok(Claimed::Lost),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As real servers end calls.
    #[test]
    fn causes_and_dial_states_become_outcomes() {
        for (cause, status, expected) in [
            (17, "BUSY", "Busy"),
            (0, "BUSY", "Busy"),
            (19, "RINGING", "NoAnswer"),
            (0, "RINGING", "NoAnswer"),
            (1, "NOANSWER", "Failed"),
            (0, "", "Failed"),
            (16, "ANSWER", "Failed"),
            (34, "CONGESTION", "Failed"),
        ] {
            let outcome = failed(Failure {
                cause,
                cause_text: String::new(),
                dial_status: status.to_owned(),
            });
            let name = format!("{outcome:?}");
            assert!(name.starts_with(expected), "{cause} {status}: {name}");
        }
    }
}
