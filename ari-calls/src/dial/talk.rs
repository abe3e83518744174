//! The task of a call to other endpoints: rings them, connects the first that answers, and removes
//! legs and bridge at the end.

use std::time::Duration;

use ari_api::Error;
use ari_api::channels::{ChannelHandle, HangupReason};
use ari_api::models::ChannelState;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use crate::call::Call;
use crate::dial::bridge::OwnBridge;
use crate::dial::leg::{Dialing, Leg, LegOutcome, changed, dial_leg};
use crate::dial::outcome::{TalkEnd, UnansweredLeg, UnansweredReason};
use crate::dial::settings::{DialSettings, LegSettings, Ringback, Strategy, Target};
use crate::error::{CallEnd, CallError};

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
    let early_bridge = match settings.ringback {
        Ringback::EarlyMedia => Some(early_bridge(&caller).await?),
        _ => None,
    };
    let entertained = start_ringback(&caller, &settings.ringback).await;
    let result = match entertained {
        Ok(()) => {
            let mut ring = Ring {
                caller: &caller,
                leg: LegSettings {
                    application,
                    caller: caller.channel_id().to_owned(),
                    shows_caller: settings.shows_caller,
                    variables: settings.variables,
                    early_bridge: early_bridge
                        .as_ref()
                        .map(|it| it.handle().bridge_id().to_owned()),
                },
                unanswered: Vec::new(),
                dialing: dialing.clone(),
            };
            let answered = ring.ring(settings.targets, settings.strategy).await;
            stop_ringback(&caller, &settings.ringback).await;
            Ok((answered, ring.unanswered))
        }
        Err(error) => Err(error),
    };
    let (answered, unanswered) = match result {
        Ok((Some(answered), unanswered)) => (answered, unanswered),
        Ok((None, unanswered)) => {
            destroy(early_bridge).await;
            return Ok(Outcome::NotAnswered(unanswered));
        }
        Err(error) => {
            destroy(early_bridge).await;
            return Err(error);
        }
    };
    let (endpoint, leg) = answered;
    let mut bridge = early_bridge;
    let talked = talk(&caller, leg, &mut bridge, settings.max_duration, dialing).await;
    destroy(bridge).await;
    let (duration, ended_by) = talked?;
    Ok(Outcome::Talked(Talked {
        endpoint,
        duration,
        ended_by,
        others: unanswered,
    }))
}

async fn destroy(bridge: Option<OwnBridge>) {
    if let Some(bridge) = bridge {
        bridge.destroy().await;
    }
}

/// Creates a bridge, and adds the caller, who hears in it what the called side plays.
async fn early_bridge(caller: &ChannelHandle) -> Result<OwnBridge, Error> {
    let bridge = OwnBridge::create(caller.client()).await?;
    match bridge.handle().add_channel([caller.channel_id()]).await {
        Ok(()) => Ok(bridge),
        Err(error) => {
            bridge.destroy().await;
            Err(error)
        }
    }
}

async fn start_ringback(caller: &ChannelHandle, ringback: &Ringback) -> Result<(), Error> {
    match ringback {
        Ringback::Ringing => caller.ring().await,
        Ringback::Music(class) => caller.start_moh().moh_class(class).await,
        Ringback::EarlyMedia | Ringback::Silence => Ok(()),
    }
}

/// Stops what the caller hears. A caller that has gone needs no stop, and entering a bridge stops
/// it, too.
async fn stop_ringback(caller: &ChannelHandle, ringback: &Ringback) {
    let stopped = match ringback {
        Ringback::Ringing => caller.ring_stop().await,
        Ringback::Music(_) => caller.stop_moh().await,
        Ringback::EarlyMedia | Ringback::Silence => Ok(()),
    };
    if let Err(error) = stopped {
        let channel = caller.channel_id();
        tracing::debug!(channel, %error, "ringing or music was not stopped");
    }
}

/// Endpoints that ring.
struct Ring<'a> {
    caller: &'a ChannelHandle,
    leg: LegSettings,
    unanswered: Vec<UnansweredLeg>,
    /// Changed by the program's side.
    dialing: watch::Receiver<Dialing>,
}

impl Ring<'_> {
    /// Rings endpoints, and returns the one that has answered.
    async fn ring(&mut self, targets: Vec<Target>, strategy: Strategy) -> Option<(String, Leg)> {
        let size = match strategy {
            Strategy::AllAtOnce => targets.len(),
            Strategy::InOrder => 1,
        };
        for group in targets.chunks(size.max(1)) {
            let answered = self.ring_group(group).await;
            if answered.is_some() || self.is_cancelled() {
                return answered;
            }
        }
        None
    }

    fn is_cancelled(&self) -> bool {
        self.dialing.has_changed().is_err() || *self.dialing.borrow() != Dialing::GoOn
    }

    async fn ring_group(&mut self, targets: &[Target]) -> Option<(String, Leg)> {
        let (state, watched) = watch::channel(Dialing::GoOn);
        let mut legs = JoinSet::new();
        for target in targets {
            let client = self.caller.client().clone();
            let (target, settings, watched) = (target.clone(), self.leg.clone(), watched.clone());
            legs.spawn(async move {
                let endpoint = target.endpoint.clone();
                (endpoint, dial_leg(client, target, settings, watched).await)
            });
        }
        let mut answered = None;
        let mut dialing = self.dialing.clone();
        let mut cancelled = Box::pin(changed(&mut dialing));
        let mut is_cancelled = false;
        loop {
            let (endpoint, outcome) = tokio::select! {
                ended = legs.join_next() => match ended {
                    Some(Ok(ended)) => ended,
                    Some(Err(_)) => continue,
                    None => return answered,
                },
                _ = &mut cancelled, if !is_cancelled => {
                    is_cancelled = true;
                    state.send_replace(Dialing::Cancelled);
                    continue;
                }
            };
            let reason = match outcome {
                LegOutcome::Answered(leg) if answered.is_none() && !is_cancelled => {
                    state.send_replace(Dialing::AnsweredElsewhere);
                    answered = Some((endpoint, leg));
                    continue;
                }
                // Both have answered at the same moment.
                LegOutcome::Answered(leg) => {
                    leg.hang_up(HangupReason::AnsweredElsewhere).await;
                    UnansweredReason::AnsweredElsewhere
                }
                LegOutcome::NotAnswered(outcome) => UnansweredReason::Outcome(outcome),
                LegOutcome::Failed(error) => UnansweredReason::Failed(error),
                LegOutcome::Cancelled(Dialing::AnsweredElsewhere) => {
                    UnansweredReason::AnsweredElsewhere
                }
                LegOutcome::Cancelled(_) => continue,
            };
            self.unanswered.push(UnansweredLeg { endpoint, reason });
        }
    }
}

/// Connects both sides, and waits until one of them ends. Returns the duration and the reason.
async fn talk(
    caller: &ChannelHandle,
    mut leg: Leg,
    bridge: &mut Option<OwnBridge>,
    max_duration: Option<Duration>,
    mut dialing: watch::Receiver<Dialing>,
) -> Result<(Duration, Option<TalkEnd>), Error> {
    let connected = connect(caller, &leg, bridge).await;
    if let Err(error) = connected {
        let id = leg.channel.channel_id().to_owned();
        leg.hang_up(HangupReason::Normal).await;
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
    let Some(events) = leg.events.take() else {
        return Ok((Duration::ZERO, None));
    };
    let mut callee = Call::new(leg.channel.clone(), events);
    let ended_by = tokio::select! {
        end = callee.wait_for_end() => match end {
            Ok(end) => Ok(Some(TalkEnd::Callee(end))),
            Err(CallError::Request(error)) => Err(error),
            Err(_) => Ok(None),
        },
        _ = changed(&mut dialing) => Ok(None),
        () = limit(max_duration) => Ok(Some(TalkEnd::MaxDuration)),
    };
    let duration = begin.elapsed();
    leg.hang_up(HangupReason::Normal).await;
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
    let channels = [caller.channel_id(), leg.channel.channel_id()];
    let added = new.handle().add_channel(channels).await;
    *bridge = Some(new);
    added
}
