//! Typed outcomes of calls and claims, whose request only begins them.
//!
//! Playing and recording have theirs on the requests themselves: [`Play::wait_until_finished`],
//! [`Record::wait_until_finished`].
//!
//! [`Play::wait_until_finished`]: crate::channels::Play::wait_until_finished
//! [`Record::wait_until_finished`]: crate::channels::Record::wait_until_finished

use std::fmt;

use crate::channels::{ChannelHandle, Originate, OriginateWithId};
use crate::client::ToRequest;
use crate::error::Finding;
use crate::events::ClaimChannel;
use crate::models::ChannelState;
use crate::stream::{ConnectionEvent, ObjectStream};
use crate::{Client, Error, Event};

/// The outcome of a call that was originated.
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
    /// The phone rang, or would have, and nobody answered in time.
    NoAnswer(Failure),
    /// The called side, or a server on the way, rejected the call.
    Rejected(Failure),
    /// There is nobody to call: the endpoint is offline or unknown, its technology is not loaded,
    /// or there is no way to it. [`Failure::finding`] says which, if Asterisk made no channel.
    Unreachable(Failure),
    /// The extension or number does not exist: in the dialplan for `Local` endpoints, on the far
    /// end for others.
    UnknownExtension(Failure),
    /// The called phone has forwarded the call to [`Failure::forward`] (302). Asterisk calls that
    /// extension for calls that are originated, whose outcome is that of the new channel then, unless
    /// it ends before its events can be received. It does not for channels that are created and dialed.
    Forwarded(Failure),
    /// The call failed inside Asterisk or on the way, or was answered but did not enter the
    /// application.
    Failed(Failure),
}

impl CallOutcome {
    /// Returns `true` if the call was answered.
    pub fn is_answered(&self) -> bool {
        matches!(self, CallOutcome::Answered { .. })
    }

    /// Returns the outcome in a word or two: `answered`, `busy`, `no answer`, `rejected`,
    /// `unreachable`, `unknown extension`, `forwarded`, `failed`.
    pub fn name(&self) -> &'static str {
        match self {
            CallOutcome::Answered { .. } => "answered",
            CallOutcome::Busy(_) => "busy",
            CallOutcome::NoAnswer(_) => "no answer",
            CallOutcome::Rejected(_) => "rejected",
            CallOutcome::Unreachable(_) => "unreachable",
            CallOutcome::UnknownExtension(_) => "unknown extension",
            CallOutcome::Forwarded(_) => "forwarded",
            CallOutcome::Failed(_) => "failed",
        }
    }

    /// Returns the details of a call that was not answered.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            CallOutcome::Answered { .. } => None,
            CallOutcome::Busy(failure)
            | CallOutcome::NoAnswer(failure)
            | CallOutcome::Rejected(failure)
            | CallOutcome::Unreachable(failure)
            | CallOutcome::UnknownExtension(failure)
            | CallOutcome::Forwarded(failure)
            | CallOutcome::Failed(failure) => Some(failure),
        }
    }

    /// Returns the outcome of a call whose request was refused because Asterisk could not create
    /// the channel.
    ///
    /// # Errors
    ///
    /// Returns the error if it is anything else, such as a 500 of a proxy without a message from
    /// Asterisk.
    pub fn of_error(error: Error) -> Result<Self, Error> {
        match error {
            Error::Response(refusal)
                if refusal.message.is_some()
                    && (refusal.status == 500
                        || refusal
                            .finding
                            .as_ref()
                            .is_some_and(Finding::is_unreachable)) =>
            {
                Ok(Self::of_failure(Failure {
                    refusal: refusal.message,
                    finding: refusal.finding,
                    ..Failure::default()
                }))
            }
            error => Err(error),
        }
    }

    /// Returns the outcome of a call that was not answered, from its known details.
    pub fn of_failure(failure: Failure) -> Self {
        match failure.kind() {
            Kind::Busy => CallOutcome::Busy(failure),
            Kind::NoAnswer => CallOutcome::NoAnswer(failure),
            Kind::Rejected => CallOutcome::Rejected(failure),
            Kind::Unreachable => CallOutcome::Unreachable(failure),
            Kind::UnknownExtension => CallOutcome::UnknownExtension(failure),
            Kind::Forwarded => CallOutcome::Forwarded(failure),
            Kind::Failed => CallOutcome::Failed(failure),
        }
    }
}

/// One line: the outcome of the call, and its known details.
impl fmt::Display for CallOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = self.failure().map(Failure::to_string);
        match known.filter(|known| !known.is_empty()) {
            Some(known) => write!(f, "{}: {known}", self.name()),
            None => f.write_str(self.name()),
        }
    }
}

/// Facts about a call that was not answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// The cause of the hangup, as Q.850 numbers them: 17 is busy, 19 no answer, 1 an unknown
    /// number; 0 if the channel technology reports none.
    pub cause: i64,
    /// Asterisk's text for the cause.
    pub cause_text: String,
    /// The last state of dialing: `DIALING`, `RINGING`, `BUSY`, `NOANSWER`, `CONGESTION`,
    /// `CHANUNAVAIL`, …; empty if it never began.
    pub dial_status: String,
    /// The extension, in the context of the endpoint, to which the called phone has forwarded the
    /// call; empty if it has not.
    pub forward: String,
    /// Name of the dialed channel: `Local/1@default-00000001;1`; empty if there was none, or if no
    /// event has reported it.
    pub channel_name: String,
    /// Asterisk's message if it created no channel: `Allocation failed`, without a cause.
    pub refusal: Option<String>,
    /// State of the endpoint, if the server created no channel and was asked about it.
    pub finding: Option<Finding>,
    /// `true` if a hangup of the channel was requested before it ended.
    pub was_hung_up: bool,
    /// `true` if events were missed, or taken from the stream before, among which dialing may have
    /// been.
    pub has_missed: bool,
}

/// The outcomes except for the answer.
enum Kind {
    Busy,
    NoAnswer,
    Rejected,
    Unreachable,
    UnknownExtension,
    Forwarded,
    Failed,
}

impl Failure {
    /// The value of `dial_status` after the first `Dial` event, whose status is empty.
    pub const DIALING: &str = "DIALING";

    /// Returns the outcome by the cause if there is one. Local channels have none when the other
    /// half is busy, and older releases none when time is up: then the state of dialing decides.
    fn kind(&self) -> Kind {
        if self.finding.as_ref().is_some_and(Finding::is_unreachable) {
            return Kind::Unreachable;
        }
        if self.refusal.is_some() {
            return Kind::Failed;
        }
        if !self.forward.is_empty() {
            return Kind::Forwarded;
        }
        if self.extension().is_some() {
            return Kind::UnknownExtension;
        }
        match (self.cause, self.dial_status.as_str()) {
            (17, _) | (0 | 16, "BUSY") => Kind::Busy,
            (18 | 19, _) | (0 | 16, "RINGING" | "NOANSWER" | "PROGRESS" | "PROCEEDING") => {
                Kind::NoAnswer
            }
            // Numbers that are unknown, changed or incomplete.
            (1 | 22 | 28, _) => Kind::UnknownExtension,
            // No route, an absent subscriber, a destination out of order.
            (2 | 3 | 20 | 27, _) | (0 | 16, "CHANUNAVAIL") => Kind::Unreachable,
            // Rejected, barred, not subscribed or not authorized.
            (21 | 29 | 50 | 52 | 54 | 57, _) => Kind::Rejected,
            _ => Kind::Failed,
        }
    }

    /// Returns the extension of a `Local` channel that the dialplan does not have, such as
    /// `1@default`. Asterisk does not report that: such a channel ends without a `Dial` or a
    /// `ChannelHangupRequest`. `None` if such events may have been missed.
    pub fn extension(&self) -> Option<&str> {
        let is_silent = self.dial_status.is_empty() && !self.was_hung_up && !self.has_missed;
        let dialed = self.channel_name.strip_prefix("Local/")?;
        let (extension, _) = dialed.rsplit_once('-')?;
        (is_silent && matches!(self.cause, 0 | 16)).then_some(extension)
    }
}

/// All known details, without the outcome of the call; empty if there are none.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(finding) = &self.finding {
            return finding.fmt(f);
        }
        if let Some(refusal) = &self.refusal {
            return write!(
                f,
                "Asterisk created no channel ({refusal}): Asterisk's log names the cause"
            );
        }
        if let Some(extension) = self.extension() {
            return write!(f, "the dialplan has no extension {extension}");
        }
        if !self.forward.is_empty() {
            return write!(f, "to the extension {}", self.forward);
        }
        let mut known = Vec::new();
        if self.cause != 0 {
            known.push(format!("cause {}, {}", self.cause, self.cause_text));
        }
        // A final status adds nothing to a cause, and may contradict it: an unknown number is
        // `NOANSWER`, too.
        match self.dial_status.as_str() {
            "" | Self::DIALING => {}
            "BUSY" | "NOANSWER" | "CANCEL" | "CONGESTION" | "CHANUNAVAIL" if self.cause != 0 => {}
            status => known.push(format!("dial status {status}")),
        }
        f.write_str(&known.join("; "))
    }
}

impl Originate<Client> {
    /// Sends the request, and waits until the call is answered and in the application, or has
    /// ended. If Asterisk makes no channel, that is an outcome, too: the server is asked about the
    /// endpoint, so that an offline phone is [`CallOutcome::Unreachable`]. It takes an `app` that
    /// this client has connected: calls into the dialplan produce no events. A gap in the
    /// connection does not end the wait: an answer that falls into one is found afterwards.
    ///
    /// Dropping the future leaves nothing behind in the client; the call itself goes on.
    ///
    /// # Errors
    /// Returns those of the request, of which [`Error::OutcomeUnknown`] may leave a channel behind:
    /// choose its id yourself, by `channel_id`, to find it then. Before anything is sent, returns
    /// [`Error::InvalidArgument`] without `app`, [`Error::Disconnected`] if this client has not
    /// connected it, and [`Error::InvalidConfig`] if an event filter that this client has set holds
    /// the outcome back. Afterwards, returns [`Error::Disconnected`], [`Error::ObjectGone`],
    /// [`Error::Lagged`] and [`Error::Decode`] if the outcome was not received.
    pub async fn outcome(self) -> Result<CallOutcome, Error> {
        check_app(&self.client, &self)?;
        match self.send_with_events().await {
            Ok((channel, events)) => Dialing::new(channel).outcome(events).await,
            Err(error) => CallOutcome::of_error(error),
        }
    }
}

impl OriginateWithId<Client> {
    /// Does the same as [`Originate::outcome`].
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Originate::outcome`].
    pub async fn outcome(self) -> Result<CallOutcome, Error> {
        check_app(&self.client, &self)?;
        match self.send_with_events().await {
            Ok((channel, events)) => Dialing::new(channel).outcome(events).await,
            Err(error) => CallOutcome::of_error(error),
        }
    }
}

/// Returns an error if the events that report the outcome of a call cannot arrive.
fn check_app<R: ToRequest>(client: &Client, request: &R) -> Result<(), Error> {
    let request = request.to_request()?;
    let app = request.argument("app").and_then(|app| app.as_str());
    let app = app.ok_or_else(|| {
        let problem = "is missing: the outcome of a call is reported to applications only";
        Error::invalid_argument(R::OPERATION, "app", problem)
    })?;
    client
        .connection()
        .ensure_events_enabled(app, &["StasisStart", "ChannelDestroyed"])
}

/// Waits until a channel that is being dialed is answered and in the application, or has ended.
/// `events` has been opened before dialing began: by
/// [`Create::send_with_events`](crate::channels::Create::send_with_events), say. Events may have been taken
/// from it already: the server is asked for the state that they have reported. It does not know how
/// far dialing got, so that a `Local` channel without a cause is then [`CallOutcome::Failed`], and
/// never [`CallOutcome::UnknownExtension`].
///
/// # Errors
/// Returns [`Error::Disconnected`] and [`Error::ObjectGone`] as the stream yields them, and
/// [`Error::Lagged`] and [`Error::Decode`] if the outcome was among the events that were missed or
/// could not be decoded.
pub async fn call_outcome(
    channel: ChannelHandle,
    events: ObjectStream<Event>,
) -> Result<CallOutcome, Error> {
    let mut dialing = Dialing::new(channel);
    dialing.failure.has_missed = events.has_yielded();
    dialing.ask().await;
    dialing.outcome(events).await
}

/// A channel that is being dialed, as far as events have reported it.
struct Dialing {
    channel: ChannelHandle,
    is_up: bool,
    has_entered: bool,
    failure: Failure,
    /// The extension to which another channel's phone has forwarded the call, so that this channel
    /// was created.
    forwarded_by: Option<String>,
    /// Id of the channel to the extension to which the phone has forwarded the call.
    forwarded_to: Option<String>,
    /// The error in place of events that may have reported the outcome.
    unseen: Option<Error>,
}

impl Dialing {
    fn new(channel: ChannelHandle) -> Self {
        Dialing {
            channel,
            is_up: false,
            has_entered: false,
            failure: Failure::default(),
            forwarded_by: None,
            forwarded_to: None,
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
                        return Ok(CallOutcome::of_failure(self.failure));
                    }
                    if let Some(id) = self.forwarded_to.take() {
                        let forward = self.failure.forward;
                        self = Dialing::new(self.channel.client().channel(id));
                        self.forwarded_by = Some(forward);
                        events = self.channel.events();
                        // Its first events have arrived before.
                        self.failure.has_missed = true;
                        self.ask().await;
                    }
                    if let Event::Connection(ConnectionEvent::Resynced(_)) = &*event {
                        self.failure.has_missed = true;
                        self.ask().await;
                    }
                }
                Some(Err(error @ (Error::Lagged { .. } | Error::Decode(_)))) => {
                    self.unseen = Some(error);
                    self.failure.has_missed = true;
                    self.ask().await;
                }
                Some(Err(error)) => match self.forwarded_by {
                    Some(forward) if error.gone_object().is_some() => {
                        let failure = Failure {
                            forward,
                            ..self.failure
                        };
                        return Ok(CallOutcome::of_failure(failure));
                    }
                    _ => return Err(self.unseen.unwrap_or(error)),
                },
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

    /// Notes what an event reports of the channel. Returns `true` if that is its end.
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
            Event::Dial(dial) if dial.peer.id == id => {
                self.is_up |= dial.dialstatus == "ANSWER";
                self.failure.forward = dial.forward.clone().unwrap_or_default();
                self.forwarded_to = dial.forwarded.as_ref().map(|it| it.id.clone());
                match dial.dialstatus.as_str() {
                    "" => Failure::DIALING.clone_into(&mut self.failure.dial_status),
                    status => status.clone_into(&mut self.failure.dial_status),
                }
            }
            Event::ChannelHangupRequest(request) if request.channel.id == id => {
                self.failure.was_hung_up = true;
            }
            Event::ChannelDestroyed(destroyed) if destroyed.channel.id == id => {
                self.failure.cause = destroyed.cause;
                self.failure.cause_text.clone_from(&destroyed.cause_txt);
                self.failure
                    .channel_name
                    .clone_from(&destroyed.channel.name);
                return true;
            }
            _ => {}
        }
        false
    }

    /// Asks for the state that missed events have reported. Without an answer that is left to later
    /// events: if the channel no longer exists, they say so.
    async fn ask(&mut self) {
        let id = self.channel.channel_id();
        self.has_entered |= self.channel.client.connection().is_in_application(id);
        if let Ok(channel) = self.channel.get().await {
            self.is_up |= channel.state == ChannelState::Up;
        }
    }
}

/// The outcome of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Claimed {
    /// The call was claimed: `StasisStart` follows.
    Won,
    /// Another application claimed it first.
    Lost,
}

impl ClaimChannel<Client> {
    /// Sends the claim, and returns whether it came first.
    ///
    /// # Errors
    /// Returns those of the request, except the 409 for a claim that came second.
    pub async fn outcome(self) -> Result<Claimed, Error> {
        match self.await {
            Ok(()) => Ok(Claimed::Won),
            Err(Error::Response(refusal)) if refusal.status == 409 => Ok(Claimed::Lost),
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
        let cases = [
            (17, "BUSY", "busy: cause 17, text"),
            (0, "BUSY", "busy: dial status BUSY"),
            (
                19,
                "RINGING",
                "no answer: cause 19, text; dial status RINGING",
            ),
            (0, "RINGING", "no answer: dial status RINGING"),
            // A caller would take the status for the outcome.
            (1, "NOANSWER", "unknown extension: cause 1, text"),
            (28, "NOANSWER", "unknown extension: cause 28, text"),
            (3, "", "unreachable: cause 3, text"),
            (20, "NOANSWER", "unreachable: cause 20, text"),
            (21, "CONGESTION", "rejected: cause 21, text"),
            (16, "ANSWER", "failed: cause 16, text; dial status ANSWER"),
            (34, "CONGESTION", "failed: cause 34, text"),
            (0, "", "failed"),
        ];
        for (cause, status, expected) in cases {
            let outcome = CallOutcome::of_failure(Failure {
                cause,
                cause_text: "text".to_owned(),
                dial_status: status.to_owned(),
                channel_name: "PJSIP/1-00000001".to_owned(),
                ..Failure::default()
            });
            assert_eq!(outcome.to_string(), expected, "{cause} {status}");
        }
    }

    /// Only missing events show this: the channel ends without having been dialed.
    #[test]
    fn local_channels_that_were_not_dialed_had_no_extension() {
        let silent = Failure {
            channel_name: "Local/no-such@default-00000001;1".to_owned(),
            ..Failure::default()
        };
        let told = |failure: &Failure| CallOutcome::of_failure(failure.clone()).to_string();
        let unknown = "unknown extension: the dialplan has no extension no-such@default";
        assert_eq!(told(&silent), unknown);
        // `create` and `dial` produce this cause.
        let cause = 16;
        assert_eq!(
            told(&Failure {
                cause,
                ..silent.clone()
            }),
            unknown
        );
        let was_hung_up = true;
        assert_eq!(
            told(&Failure {
                was_hung_up,
                ..silent.clone()
            }),
            "failed"
        );
        let has_missed = true;
        assert_eq!(
            told(&Failure {
                has_missed,
                ..silent.clone()
            }),
            "failed"
        );
        let dial_status = Failure::DIALING.to_owned();
        assert_eq!(
            told(&Failure {
                dial_status,
                ..silent
            }),
            "failed"
        );
    }
}
