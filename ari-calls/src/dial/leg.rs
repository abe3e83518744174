//! An outgoing leg: a channel that is created, dialed, and hung up when it is cancelled.

use std::time::Duration;

use ari_api::channels::{ChannelHandle, HangupReason};
use ari_api::client::unique_id;
use ari_api::outcome::{CallOutcome, call_outcome};
use ari_api::stream::ObjectStream;
use ari_api::{Client, Error, Event};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};

use crate::call::Call;
use crate::dial::endpoint::Endpoint;
use crate::dial::outcome::UnansweredReason;
use crate::dial::screening::screen;
use crate::dial::settings::LegSettings;
use crate::hangup_guard::{HangupGuard, hang_up};

/// The time after the limit of dialing in which Asterisk reports the end of the leg.
const OUTCOME_GRACE: Duration = Duration::from_secs(5);

/// Limit for a created channel to enter the application.
const ENTRY_TIMEOUT: Duration = Duration::from_secs(5);

/// Pause before a request is sent again that the channel was not ready for.
const ENTRY_RETRY_DELAY: Duration = Duration::from_millis(20);

/// Pauses before a channel is created again that has ended at once.
pub(crate) const RETRY_DELAYS: [Duration; 4] = [
    Duration::from_millis(100),
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(2),
];

/// The state that all legs of a call look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialing {
    GoOn,
    /// Another leg was answered.
    AnsweredElsewhere,
    /// The caller has gone, or the program does not wait any more.
    Cancelled,
}

/// A leg that was answered, and that is to be connected. It is hung up when it is dropped.
pub(crate) struct Leg {
    pub(crate) callee: Call,
    pub(crate) guard: HangupGuard,
}

/// The outcome of a leg.
pub(crate) enum LegOutcome {
    Answered(Box<Leg>),
    NotAnswered(UnansweredReason),
    /// A request before the beginning of dialing has failed.
    NotDialed(Error),
    Cancelled(Dialing),
}

/// The reason why a leg is not to be connected.
enum LegError {
    NotDialed(Error),
    NotAnswered(UnansweredReason),
}

impl From<UnansweredReason> for LegError {
    fn from(reason: UnansweredReason) -> Self {
        LegError::NotAnswered(reason)
    }
}

/// Dials a leg, until it is answered, has failed, or is cancelled. Run it in a task of its own: it
/// must not be dropped in the middle.
///
/// The server ends a new channel at once if the application has no WebSocket at that moment, so that
/// this is tried several times.
pub(crate) async fn dial_leg(
    client: Client,
    endpoint: Endpoint,
    settings: LegSettings,
    mut dialing: watch::Receiver<Dialing>,
) -> LegOutcome {
    let mut delays = RETRY_DELAYS.iter();
    loop {
        let id = unique_id();
        let outcome = dial_channel(&client, &id, &endpoint, &settings, &mut dialing).await;
        let LegOutcome::NotDialed(error) = outcome else {
            return outcome;
        };
        let is_gone = error.gone_object().is_some_and(|object| object.id == id);
        let delay = match delays.next() {
            Some(delay) if is_gone => *delay,
            _ => return LegOutcome::NotAnswered(UnansweredReason::Failed(error)),
        };
        tokio::select! {
            () = sleep(delay) => {}
            state = changed(&mut dialing) => return LegOutcome::Cancelled(state),
        }
    }
}

/// Creates a channel with this id, and dials it.
async fn dial_channel(
    client: &Client,
    id: &str,
    endpoint: &Endpoint,
    settings: &LegSettings,
    dialing: &mut watch::Receiver<Dialing>,
) -> LegOutcome {
    if *dialing.borrow() != Dialing::GoOn {
        return LegOutcome::Cancelled(*dialing.borrow());
    }
    let private = client.connection().make_private(id);
    let create = client
        .channels()
        .create(&endpoint.name, &settings.application);
    let create = create.channel_id(id).originator(&settings.caller);
    let (channel, events) = match create.send_with_events().await {
        Ok(created) => created,
        Err(error) => {
            if matches!(error, Error::OutcomeUnknown { .. }) {
                hang_up(&client.channel(id), HangupReason::Normal).await;
            }
            return match CallOutcome::of_error(error) {
                Ok(outcome) => LegOutcome::NotAnswered(UnansweredReason::Outcome(outcome)),
                Err(error) => LegOutcome::NotAnswered(UnansweredReason::Failed(error)),
            };
        }
    };
    let mut guard = HangupGuard::new(channel.clone(), Some(private));
    let connectable = async {
        let limit = endpoint.timeout.unwrap_or(settings.timeout);
        if let Some(caller_id) = &endpoint.connected_line {
            // A bridge of two copies the caller id of each to the connected line of the other.
            let set = channel.set_channel_var("CALLERID(all)").value(caller_id);
            until_entered(set).await.map_err(LegError::NotDialed)?;
        }
        prepare(&channel, limit, settings)
            .await
            .map_err(LegError::NotDialed)?;
        let events = answer(&channel, events, limit).await?;
        let mut callee = Call::dialed(channel.clone(), events, settings.application.clone());
        let bridge = settings.early_bridge.as_deref();
        screen(&mut callee, &settings.screening, bridge).await?;
        Ok::<_, LegError>(callee)
    };
    let connectable = tokio::select! {
        connectable = connectable => connectable,
        state = changed(dialing) => {
            guard.hang_up(match state {
                Dialing::AnsweredElsewhere => HangupReason::AnsweredElsewhere,
                _ => HangupReason::Normal,
            })
            .await;
            return LegOutcome::Cancelled(state);
        }
    };
    match connectable {
        Ok(callee) => LegOutcome::Answered(Box::new(Leg { callee, guard })),
        Err(LegError::NotDialed(error)) => {
            guard.hang_up(HangupReason::Normal).await;
            LegOutcome::NotDialed(error)
        }
        Err(LegError::NotAnswered(reason)) => {
            if reason.has_left_application() {
                // It belongs to others now.
                guard.disarm();
            } else {
                guard.hang_up(HangupReason::Normal).await;
            }
            LegOutcome::NotAnswered(reason)
        }
    }
}

/// Waits for the answer, and returns the events from then on.
async fn answer(
    channel: &ChannelHandle,
    events: ObjectStream<Event>,
    limit: Duration,
) -> Result<ObjectStream<Event>, UnansweredReason> {
    let outcome = call_outcome(channel.clone(), events);
    match timeout(limit + OUTCOME_GRACE, outcome).await {
        Ok(Ok(CallOutcome::Answered { events, .. })) => Ok(events),
        Ok(Ok(outcome)) => Err(UnansweredReason::Outcome(outcome)),
        Ok(Err(error)) => Err(UnansweredReason::Failed(error)),
        Err(_) => {
            let outcome = CallOutcome::NoAnswer(ari_api::outcome::Failure::default());
            Err(UnansweredReason::Outcome(outcome))
        }
    }
}

/// Does everything from the creation of a channel to the beginning of dialing. The channel may enter
/// the application some time after the response to its creation, and requests are refused until then.
async fn prepare(
    channel: &ChannelHandle,
    limit: Duration,
    settings: &LegSettings,
) -> Result<(), Error> {
    for (name, value) in &settings.variables {
        until_entered(channel.set_channel_var(name).value(value)).await?;
    }
    if let Some(bridge) = &settings.early_bridge {
        let bridge = channel.client().bridge(bridge);
        until_entered(bridge.add_channel([channel.channel_id()])).await?;
    }
    let mut dial = channel.dial().timeout(limit);
    if settings.shows_caller {
        dial = dial.caller(&settings.caller);
    }
    until_entered(dial).await
}

/// Sends a request again while it is refused because the channel is in no application, for up to
/// [`ENTRY_TIMEOUT`]: with 409, or 422 when it is to enter a bridge.
pub(crate) async fn until_entered<R>(request: R) -> Result<(), Error>
where
    R: Clone + IntoFuture<Output = Result<(), Error>>,
{
    let deadline = Instant::now() + ENTRY_TIMEOUT;
    loop {
        match request.clone().await {
            Err(error)
                if matches!(error.status(), Some(409 | 422)) && Instant::now() < deadline =>
            {
                sleep(ENTRY_RETRY_DELAY).await;
            }
            result => return result,
        }
    }
}

/// Waits until dialing is not to go on, and returns the reason.
pub(crate) async fn changed(dialing: &mut watch::Receiver<Dialing>) -> Dialing {
    let changed = dialing.wait_for(|dialing| *dialing != Dialing::GoOn).await;
    // An error means that the sender was dropped.
    changed.map_or(Dialing::Cancelled, |state| *state)
}
