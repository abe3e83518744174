//! Call broadcasts: applications are notified of a call, and the first one to claim it gets it.

use std::time::Duration;

use super::PbxState;
use crate::json::Object;
use crate::model::{BroadcastState, CallBroadcast};

/// The reason why a channel cannot be claimed.
pub(crate) enum ClaimError {
    AlreadyClaimed,
    NotBroadcast,
}

impl PbxState {
    /// Returns whether the release has call broadcasts.
    fn supports_broadcasts(&self) -> bool {
        let mut operations = ari_api::OPERATIONS.iter();
        let claim = operations.find(|known| known.nickname == "claimChannel");
        claim.is_some_and(|claim| claim.availability.includes(self.settings.version))
    }

    pub(super) fn broadcast_call(&mut self, id: &str, offer: &CallBroadcast) {
        if !self.supports_broadcasts() {
            // The dialplan ends because the dialplan application does not exist.
            self.hangup_from_dialplan(id);
            return;
        }
        self.publish_variable(id, "STASISSTATUS", "");
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        channel.broadcast = Some(BroadcastState::Open(offer.clone()));
        let action = channel.action_count;
        let rest = Object::new()
            .with("channel", channel.object())
            .with("caller", &channel.caller.number)
            .with("called", &channel.position.extension);
        self.send_to_included(offer, "CallBroadcast", &rest);
        self.run_after_for_channel(id, offer.timeout, move |pbx, id| {
            if let Some(channel) = pbx.channels.get_mut(id)
                && channel.action_count == action
                && matches!(channel.broadcast, Some(BroadcastState::Open(_)))
            {
                channel.broadcast = None;
                pbx.publish_variable(id, "STASISSTATUS", "TIMEOUT");
                pbx.schedule_next_step(id, Duration::ZERO);
            }
        });
    }

    fn send_to_included(&mut self, offer: &CallBroadcast, kind: &'static str, rest: &Object) {
        let reached = |name: &&String| self.is_registered(name) && offer.includes(name);
        let names: Vec<_> = self.apps.keys().filter(reached).cloned().collect();
        for name in names {
            self.send_to(&name, kind, rest.clone());
        }
    }

    /// Claims a channel for an application. A claim for an unregistered application is accepted,
    /// too. The channel then continues in the dialplan, because it cannot enter the application.
    pub(crate) fn claim_channel(&mut self, id: &str, app: &str) -> Result<(), ClaimError> {
        let channel = self.channels.get_mut(id).ok_or(ClaimError::NotBroadcast)?;
        let offer = match channel.broadcast.take() {
            Some(BroadcastState::Open(offer)) => offer,
            Some(BroadcastState::Claimed) => {
                channel.broadcast = Some(BroadcastState::Claimed);
                return Err(ClaimError::AlreadyClaimed);
            }
            None => return Err(ClaimError::NotBroadcast),
        };
        let rest = Object::new()
            .with("channel", channel.object())
            .with("winner_app", app);
        if offer.reports_claims {
            self.send_to_included(&offer, "CallClaimed", &rest);
        }
        if !self.is_registered(app) {
            self.set_variable(id, "STASISSTATUS", Some("FAILED"), false);
            self.schedule_next_step(id, Duration::ZERO);
            return Ok(());
        }
        if let Some(channel) = self.channels.get_mut(id) {
            channel.broadcast = Some(BroadcastState::Claimed);
        }
        self.start_application(id, app, &offer.args, None);
        Ok(())
    }
}
