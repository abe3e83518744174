//! What becomes of calls and claims: typed outcomes of requests whose answer is only a beginning.
//!
//! Playing and recording have theirs on the requests themselves: [`Play::finished`],
//! [`Record::finished`].
//!
//! [`Play::finished`]: crate::channels::Play::finished
//! [`Record::finished`]: crate::channels::Record::finished

use crate::channels::{ChannelHandle, Originate, OriginateWithId};
use crate::events::ClaimChannel;
use crate::models::ChannelState;
use crate::runtime::{ConnectionEvent, Encode, ObjectStream};
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
        /// Its events, from here on.
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
    /// dialplan. A gap in the connection does not end it: an answer that falls into one is found
    /// afterwards.
    ///
    /// Dropping the future leaves nothing behind in the client; the call itself goes on.
    ///
    /// # Errors
    /// Those of the request, of which [`Error::OutcomeUnknown`] may leave a channel behind: choose
    /// its id yourself, by `channel_id`, to find it then. Before anything is sent
    /// [`Error::InvalidArgument`] without `app`, [`Error::Disconnected`] where this client has not
    /// connected it, [`Error::Configuration`] where an event filter that this client has set holds
    /// the outcome back. [`Error::Disconnected`], [`Error::Gone`], [`Error::Lagged`] and
    /// [`Error::Decode`] where the outcome was not heard.
    pub async fn outcome(self) -> Result<CallOutcome, Error> {
        check_app(&self.client, &self)?;
        let (channel, events) = self.with_events().await?;
        Dialing::new(channel).outcome(events).await
    }
}

impl OriginateWithId<Client> {
    /// See [`Originate::outcome`].
    ///
    /// # Errors
    /// Those of [`Originate::outcome`].
    pub async fn outcome(self) -> Result<CallOutcome, Error> {
        check_app(&self.client, &self)?;
        let (channel, events) = self.with_events().await?;
        Dialing::new(channel).outcome(events).await
    }
}

/// Whether what becomes of a call can be heard.
fn check_app<R: Encode>(client: &Client, request: &R) -> Result<(), Error> {
    let call = request.call()?;
    let query = call.query().iter().find(|(name, _)| *name == "app");
    let body = call.body().map(|body| serde_json::from_slice(body));
    let app = match (query, body) {
        (Some((_, app)), _) => Some(app.clone()),
        (None, Some(Ok(serde_json::Value::Object(body)))) => body
            .get("app")
            .and_then(|app| app.as_str())
            .map(str::to_owned),
        _ => None,
    };
    let app = app.ok_or_else(|| {
        let problem = "is missing: only an application hears what becomes of a call";
        Error::invalid(R::OPERATION, "app", problem)
    })?;
    client
        .connection()
        .check_told(&app, &["StasisStart", "ChannelDestroyed"])
}

/// Waits until a channel that is being dialed is answered and in the application, or has ended.
/// `events` has been opened before dialing began: by
/// [`Create::with_events`](crate::channels::Create::with_events), say. Events may have been taken
/// from it already: the server is asked what they have told.
///
/// # Errors
/// [`Error::Disconnected`] and [`Error::Gone`], as the stream yields them; [`Error::Lagged`] and
/// [`Error::Decode`] where the outcome was among what was missed or could not be decoded.
pub async fn call_outcome(
    channel: ChannelHandle,
    events: ObjectStream<Event>,
) -> Result<CallOutcome, Error> {
    let mut dialing = Dialing::new(channel);
    dialing.ask().await;
    dialing.outcome(events).await
}

/// A channel that is being dialed, as far as it has been told.
struct Dialing {
    channel: ChannelHandle,
    is_up: bool,
    has_entered: bool,
    failure: Failure,
    /// What was not seen, and may have been the outcome.
    unseen: Option<Error>,
}

impl Dialing {
    fn new(channel: ChannelHandle) -> Self {
        Dialing {
            channel,
            is_up: false,
            has_entered: false,
            failure: Failure::default(),
            unseen: None,
        }
    }

    async fn outcome(mut self, mut events: ObjectStream<Event>) -> Result<CallOutcome, Error> {
        loop {
            if self.is_up && self.has_entered {
                let channel = self.channel;
                return Ok(CallOutcome::Answered { channel, events });
            }
            match events.next().await {
                Some(Ok(event)) => {
                    if self.note(&event) {
                        return Ok(failed(self.failure));
                    }
                    if let Event::Connection(ConnectionEvent::Reconciled(_)) = &*event {
                        self.ask().await;
                    }
                }
                Some(Err(error @ (Error::Lagged { .. } | Error::Decode(_)))) => {
                    self.unseen = Some(error);
                    self.ask().await;
                }
                Some(Err(error)) => return Err(self.unseen.unwrap_or(error)),
                None => {
                    return Err(self.unseen.unwrap_or_else(|| Error::Disconnected {
                        reason: "the session was closed, or the channel's end was taken from the \
                                 stream, before the call had an outcome"
                            .to_owned(),
                        source: None,
                    }));
                }
            }
        }
    }

    /// Notes what an event tells of the channel; true where that is its end.
    fn note(&mut self, event: &Event) -> bool {
        let id = self.channel.channel_id();
        match event {
            Event::StasisStart(start) if start.channel.id == id => {
                self.has_entered = true;
                self.is_up |= start.channel.state == ChannelState::Up;
            }
            Event::ChannelStateChange(change) if change.channel.id == id => {
                self.is_up |= change.channel.state == ChannelState::Up;
            }
            Event::Dial(dial) if dial.peer.id == id && !dial.dialstatus.is_empty() => {
                self.is_up |= dial.dialstatus == "ANSWER";
                self.failure.dial_status.clone_from(&dial.dialstatus);
            }
            Event::ChannelDestroyed(destroyed) if destroyed.channel.id == id => {
                self.failure.cause = destroyed.cause;
                self.failure.cause_text.clone_from(&destroyed.cause_txt);
                return true;
            }
            _ => {}
        }
        false
    }

    /// Asks for what events have told unseen. Without an answer that is left to later events: if
    /// the channel is gone, they say so.
    async fn ask(&mut self) {
        let id = self.channel.channel_id();
        self.has_entered |= self.channel.client.connection().has_entered(id);
        if let Ok(channel) = self.channel.get().await {
            self.is_up |= channel.state == ChannelState::Up;
        }
    }
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
