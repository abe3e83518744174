//! A dialed call from its beginning to its end: rings the endpoints, connects the first that
//! answers, and removes legs and bridge at the end.

use std::time::Duration;

use ari_api::Error;
use ari_api::channels::{ChannelHandle, HangupReason};
use ari_api::models::ChannelState;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use crate::dial::leg::{Dialing, Leg, changed};
use crate::dial::outcome::{TalkEnd, UnansweredLeg};
use crate::dial::ring::{Rung, destroy, ring};
use crate::dial::settings::DialSettings;
use crate::error::{CallEnd, CallError};
use crate::own_bridge::OwnBridge;

/// The outcome of the task.
pub(crate) enum Outcome {
    Talked(Talked),
    NotAnswered(Vec<UnansweredLeg>),
}

/// A conversation that is over.
pub(crate) struct Talked {
    pub(crate) endpoint: String,
    pub(crate) duration: Duration,
    /// `None` if the caller has gone, or the program does not wait any more.
    pub(crate) ended_by: Option<TalkEnd>,
    pub(crate) others: Vec<UnansweredLeg>,
}

/// Calls the endpoints and waits for the end of the conversation. If the sender of `dialing` says
/// so, or is dropped, all legs are hung up.
pub(crate) async fn run(
    caller: ChannelHandle,
    application: String,
    settings: DialSettings,
    dialing: watch::Receiver<Dialing>,
) -> Result<Outcome, Error> {
    let max_duration = settings.max_duration;
    let rung = ring(&caller, application, settings, dialing.clone()).await?;
    let Rung {
        answered,
        unanswered,
        mut bridge,
    } = rung;
    let Some((endpoint, leg)) = answered else {
        destroy(bridge).await;
        return Ok(Outcome::NotAnswered(unanswered));
    };
    let talked = talk(&caller, leg, &mut bridge, max_duration, dialing).await;
    destroy(bridge).await;
    let (duration, ended_by) = talked?;
    Ok(Outcome::Talked(Talked {
        endpoint,
        duration,
        ended_by,
        others: unanswered,
    }))
}

/// Connects both sides, and waits until one of them ends. Returns the duration and the reason.
async fn talk(
    caller: &ChannelHandle,
    leg: Leg,
    bridge: &mut Option<OwnBridge>,
    max_duration: Option<Duration>,
    mut dialing: watch::Receiver<Dialing>,
) -> Result<(Duration, Option<TalkEnd>), Error> {
    let connected = connect(caller, &leg, bridge).await;
    if let Err(error) = connected {
        let id = leg.callee.id().to_owned();
        leg.guard.hang_up(HangupReason::Normal).await;
        // It has answered and hung up in the same moment.
        if error.gone_object().is_some_and(|object| object.id == id) {
            let end = CallEnd::HungUp {
                cause: None,
                cause_text: String::new(),
            };
            return Ok((Duration::ZERO, Some(TalkEnd::Callee(end))));
        }
        return Err(error);
    }
    let begin = Instant::now();
    let Leg {
        mut callee,
        mut guard,
    } = leg;
    let ended_by = tokio::select! {
        end = callee.wait_for_party_end() => match end {
            Ok(end) => Ok(Some(TalkEnd::Callee(end))),
            Err(CallError::Request(error)) => Err(error),
            Err(_) => Ok(None),
        },
        _ = changed(&mut dialing) => Ok(None),
        () = limit(max_duration) => Ok(Some(TalkEnd::MaxDuration)),
    };
    let duration = begin.elapsed();
    if callee.has_left() {
        // It belongs to others now.
        guard.disarm();
    } else {
        guard.hang_up(HangupReason::Normal).await;
    }
    Ok((duration, ended_by?))
}

async fn limit(max_duration: Option<Duration>) {
    match max_duration {
        Some(limit) => sleep(limit).await,
        None => std::future::pending().await,
    }
}

/// Answers the caller, and brings both sides into the bridge.
async fn connect(
    caller: &ChannelHandle,
    leg: &Leg,
    bridge: &mut Option<OwnBridge>,
) -> Result<(), Error> {
    if caller.get().await?.state != ChannelState::Up {
        caller.answer().await?;
    }
    if bridge.is_some() {
        // Both are in it since before the answer.
        return Ok(());
    }
    let new = OwnBridge::create(caller.client()).await?;
    let channels = [caller.channel_id(), leg.callee.id()];
    let added = new.handle().add_channel(channels).await;
    *bridge = Some(new);
    added
}
