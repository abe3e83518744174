//! A dialed call from its beginning to its end: rings the endpoints, connects the first that
//! answers, and removes legs and bridge at the end.

use std::time::Duration;

use ari_api::Error;
use ari_api::bridges::BridgeHandle;
use ari_api::channels::{ChannelHandle, HangupReason};
use ari_api::models::ChannelState;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use crate::bridge_watch::BridgeWatch;
use crate::call::Call;
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
    max_duration: Duration,
    mut dialing: watch::Receiver<Dialing>,
) -> Result<(Duration, Option<TalkEnd>), Error> {
    let Leg {
        mut callee,
        mut guard,
    } = leg;
    // The ends of this call are left to the program's own one.
    let mut caller = Call::new(caller.clone(), caller.events());
    let connected = connect(&mut caller, &mut callee, bridge).await;
    let bridge = match connected {
        Ok(bridge) => bridge,
        Err(error) => {
            let id = callee.id().to_owned();
            guard.hang_up(HangupReason::Normal).await;
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
    };
    let begin = Instant::now();
    let mut sides = Sides {
        caller,
        callee,
        replacement: None,
        bridge,
        is_elsewhere: false,
    };
    let ended_by = tokio::select! {
        end = sides.wait_for_end() => match end {
            Ok(end) => Ok(Some(end)),
            Err(CallError::Request(error)) => Err(error),
            Err(_) => Ok(None),
        },
        _ = changed(&mut dialing) => Ok(None),
        () = sleep(max_duration) => Ok(Some(TalkEnd::MaxDuration)),
    };
    let duration = begin.elapsed();
    if sides.belongs_to_others() {
        guard.disarm();
    } else {
        guard.hang_up(HangupReason::Normal).await;
    }
    Ok((duration, ended_by?))
}

/// Both sides of a conversation.
struct Sides {
    caller: Call,
    callee: Call,
    /// The call of the channel that has replaced the callee in a transfer. It is hung up when this
    /// is dropped.
    replacement: Option<Call>,
    bridge: BridgeHandle,
    /// True if others have brought the callee into another bridge.
    is_elsewhere: bool,
}

impl Sides {
    /// Waits until the callee ends, or until others separate both.
    async fn wait_for_end(&mut self) -> Result<TalkEnd, CallError> {
        let mut watch = BridgeWatch::default();
        loop {
            let callee = self.replacement.as_mut().unwrap_or(&mut self.callee);
            watch.update(&self.bridge, &mut [&mut self.caller, callee]);
            tokio::select! {
                () = self.caller.receive_or_wait() => {}
                received = callee.receive() => match received {
                    Ok(()) => {}
                    Err(CallError::Ended(end)) => match callee.replacement() {
                        Some(mut replacement) => {
                            replacement.set_guarded(true);
                            self.replacement = Some(replacement);
                        }
                        None => return Ok(TalkEnd::Callee(end)),
                    },
                    Err(error) => return Err(error),
                },
                separation = watch.separated() => {
                    if let Some(end) = TalkEnd::from_separation(&separation, Some(0), Some(1)) {
                        self.is_elsewhere = separation.is_elsewhere(1);
                        if let Some(replacement) = &mut self.replacement && self.is_elsewhere {
                            replacement.set_guarded(false);
                        }
                        return Ok(end);
                    }
                }
            }
        }
    }

    /// Returns true if the callee is not to be hung up, because something else has taken it over.
    fn belongs_to_others(&mut self) -> bool {
        let is_own = self.replacement.is_some();
        self.callee.has_left() || self.callee.is_taken_over() || (self.is_elsewhere && !is_own)
    }
}

/// Answers the caller, and brings both sides into the bridge.
async fn connect(
    caller: &mut Call,
    callee: &mut Call,
    bridge: &mut Option<OwnBridge>,
) -> Result<BridgeHandle, Error> {
    let channel = caller.channel();
    if channel.get().await?.state != ChannelState::Up {
        channel.answer().await?;
    }
    if let Some(bridge) = bridge {
        // Both are in it since before the answer. They may have left it again meanwhile.
        let bridge = bridge.handle().clone();
        for call in [caller, callee] {
            call.set_entered_bridge(bridge.bridge_id());
        }
        return Ok(bridge);
    }
    let new = OwnBridge::create(channel.client()).await?;
    let handle = new.handle().clone();
    *bridge = Some(new);
    for call in [&mut *caller, &mut *callee] {
        call.set_bridge(Some(handle.bridge_id()));
    }
    handle.add_channel([caller.id(), callee.id()]).await?;
    Ok(handle)
}
