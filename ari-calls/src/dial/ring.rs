//! Ringing endpoints until one answers, while the caller hears a sound.

use ari_api::Error;
use ari_api::channels::{ChannelHandle, HangupReason};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tracing::Instrument as _;

use crate::dial::endpoint::Endpoint;
use crate::dial::leg::{Dialing, Leg, LegOutcome, changed, dial_leg};
use crate::dial::outcome::{UnansweredLeg, UnansweredReason};
use crate::dial::settings::{DialSettings, LegSettings, Ringback, Strategy};
use crate::own_bridge::OwnBridge;

/// The outcome of ringing.
pub(crate) struct Rung {
    /// The leg that was answered, and its endpoint.
    pub(crate) answered: Option<(String, Leg)>,
    pub(crate) unanswered: Vec<UnansweredLeg>,
    /// The bridge of early media, with the caller and the leg in it.
    pub(crate) bridge: Option<OwnBridge>,
}

/// Calls the endpoints until one answers. If the sender of `dialing` says so, or is dropped, all
/// legs are hung up. Run it in a task that is not dropped in the middle.
pub(crate) async fn ring(
    caller: &ChannelHandle,
    application: String,
    settings: DialSettings,
    dialing: watch::Receiver<Dialing>,
) -> Result<Rung, Error> {
    let bridge = match settings.ringback {
        Ringback::EarlyMedia => Some(early_bridge(caller).await?),
        _ => None,
    };
    if let Err(error) = start_ringback(caller, &settings.ringback).await {
        destroy(bridge).await;
        return Err(error);
    }
    let mut ring = Ring {
        caller,
        leg: LegSettings {
            application,
            timeout: settings.timeout,
            caller: caller.channel_id().to_owned(),
            shows_caller: settings.shows_caller,
            variables: settings.variables,
            screening: settings.screening,
            early_bridge: bridge.as_ref().map(|it| it.handle().bridge_id().to_owned()),
        },
        unanswered: Vec::new(),
        dialing,
    };
    let answered = ring.ring(settings.endpoints, settings.strategy).await;
    stop_ringback(caller, &settings.ringback).await;
    Ok(Rung {
        answered,
        unanswered: ring.unanswered,
        bridge,
    })
}

pub(crate) async fn destroy(bridge: Option<OwnBridge>) {
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
    async fn ring(
        &mut self,
        endpoints: Vec<Endpoint>,
        strategy: Strategy,
    ) -> Option<(String, Leg)> {
        let size = match strategy {
            Strategy::AllAtOnce => endpoints.len(),
            Strategy::InOrder => 1,
        };
        for group in endpoints.chunks(size.max(1)) {
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

    async fn ring_group(&mut self, endpoints: &[Endpoint]) -> Option<(String, Leg)> {
        let (state, watched) = watch::channel(Dialing::GoOn);
        let mut legs = JoinSet::new();
        for endpoint in endpoints {
            let client = self.caller.client().clone();
            let (endpoint, settings) = (endpoint.clone(), self.leg.clone());
            let watched = watched.clone();
            let leg = async move {
                let name = endpoint.name.clone();
                (name, dial_leg(client, endpoint, settings, watched).await)
            };
            legs.spawn(leg.in_current_span());
        }
        let mut answered = None;
        let mut panic = None;
        let mut dialing = self.dialing.clone();
        let mut cancelled = Box::pin(changed(&mut dialing));
        let mut is_cancelled = false;
        loop {
            let (endpoint, outcome) = tokio::select! {
                ended = legs.join_next() => match ended {
                    Some(Ok(ended)) => ended,
                    // A screening has panicked. The other legs are hung up first.
                    Some(Err(lost)) => {
                        panic = lost.try_into_panic().ok().or(panic);
                        is_cancelled = true;
                        state.send_replace(Dialing::Cancelled);
                        continue;
                    }
                    None => match panic {
                        Some(panic) => std::panic::resume_unwind(panic),
                        None => return answered,
                    },
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
                    answered = Some((endpoint, *leg));
                    continue;
                }
                // Both have answered at the same moment.
                LegOutcome::Answered(leg) => {
                    leg.guard.hang_up(HangupReason::AnsweredElsewhere).await;
                    UnansweredReason::AnsweredElsewhere
                }
                LegOutcome::NotAnswered(reason) => reason,
                LegOutcome::NotDialed(error) => UnansweredReason::Failed(error),
                LegOutcome::Cancelled(Dialing::AnsweredElsewhere) => {
                    UnansweredReason::AnsweredElsewhere
                }
                LegOutcome::Cancelled(_) => continue,
            };
            self.unanswered.push(UnansweredLeg { endpoint, reason });
        }
    }
}
