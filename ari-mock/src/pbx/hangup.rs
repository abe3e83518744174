//! The end of calls, from either side.

use super::PbxState;
use crate::json::Object;
use crate::model::carrier::MediaCarrier;
use crate::model::{AnswerDestination, Channel, ChannelKind, LeaveDestination, MediaTarget, cause};

/// Names and values of the variables with the RTP statistics.
const RTP_QUALITY_VARIABLES: &[(&str, &str)] = &[
    (
        "RTPAUDIOQOS",
        "ssrc=1;themssrc=0;lp=0;rxjitter=0.000000;rxcount=0;txjitter=0.000000;txcount=0;rlp=0;\
         rtt=0.000000;rxmes=0.000000;txmes=0.000000",
    ),
    (
        "RTPAUDIOQOSJITTER",
        "minrxjitter=000.000000;maxrxjitter=000.000000;",
    ),
    (
        "RTPAUDIOQOSLOSS",
        "  minrxlost=000.000000;  maxrxlost=000.000000;",
    ),
    (
        "RTPAUDIOQOSRTT",
        "     minrtt=000.000000;     maxrtt=000.000000;",
    ),
    (
        "RTPAUDIOQOSMES",
        "   minrxmes=000.000000;   maxrxmes=000.000000;",
    ),
];

impl PbxState {
    /// Ends a call that was not answered.
    pub(super) fn fail_dial(&mut self, id: &str, cause: i64, other_cause: i64) {
        if let Some(channel) = self.channels.get_mut(id) {
            channel.dialing = None;
            channel.tech_cause = cause::to_sip_status(cause);
        }
        self.end_channel(id, cause, other_cause);
    }

    /// Hangs up a channel on request of an application.
    pub(crate) fn hangup_local(&mut self, id: &str, cause: i64) {
        if !self.behaves_like_22() {
            self.show_new_caller(id);
        }
        self.set_rtp_quality_variables(id);
        let first = Object::new().with("cause", 32).with("soft", true);
        self.publish_hangup_request(id, first);
        // No event is published for a channel that was created first and then dialled.
        let calls = |channel: &Channel| {
            let dialing = channel.dialing.as_ref();
            !matches!(channel.kind, ChannelKind::Local { .. })
                && dialing.is_some_and(|dialing| {
                    !matches!(dialing.destination, AnswerDestination::InApplication)
                })
        };
        if self.channels.get(id).is_some_and(calls) {
            self.publish_dial_event(id, "NOANSWER");
        }
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        channel.tech_cause = cause::to_sip_status(cause);
        // Asterisk's SIP channel driver declines the call if the phone was never called.
        let declines = channel.is_sip() && channel.state == "Down" && channel.dialing.is_none();
        if !declines {
            self.end_channel(id, cause, cause);
            return;
        }
        let cause = if cause == 0 { 21 } else { cause };
        let tech_cause = *channel.tech_cause.get_or_insert(603);
        let newer = self.behaves_like_22();
        let first = Object::new()
            .with_some("cause", newer.then_some(cause))
            .with_some("tech_cause", newer.then_some(tech_cause));
        if let Some(channel) = self.channels.get_mut(id) {
            channel.has_ended = true;
        }
        self.finalize(id);
        self.publish_hangup_request(id, first);
        self.remove_channel(id, cause);
    }

    /// Hangs up a channel at the end of its dialplan.
    pub(crate) fn hangup_from_dialplan(&mut self, id: &str) {
        self.publish_dialplan_end(id);
        let dials = |other: &String| {
            let other = self.channels.get(other);
            other.is_some_and(|other| other.dialing.is_some())
        };
        // A channel that waits for this one to answer gets the result that it did not.
        let waiting = self.other_half(id).filter(dials);
        match waiting {
            Some(other) => {
                self.publish_dial_event(&other, "NOANSWER");
                self.end_channel(id, 0, 0);
            }
            None => self.end_channel(id, 16, 16),
        }
    }

    /// The far end hangs up or rejects the call.
    pub(crate) fn hangup_remote(&mut self, id: &str, cause: i64) {
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        channel.tech_cause = match channel.dialing {
            Some(_) => cause::to_sip_status(cause),
            None => None,
        };
        let tech_cause = channel.tech_cause;
        let unanswered = channel.dialing.is_some();
        self.set_rtp_quality_variables(id);
        let newer = self.behaves_like_22();
        // 16 reports no cause, except for numbers that do not exist.
        let reported = (newer || cause == 1).then_some(cause);
        let first = Object::new()
            .with_some("cause", reported)
            .with_some("tech_cause", tech_cause.filter(|_| newer));
        self.publish_hangup_request(id, first);
        if unanswered {
            self.publish_dial_event(id, if cause == 17 { "BUSY" } else { "NOANSWER" });
        }
        self.end_channel(id, cause, cause);
    }

    /// Publishes the hangup request at the end of a channel's dialplan.
    fn publish_dialplan_end(&mut self, id: &str) {
        // Older releases have already restored the previous dialplan application by then.
        if !self.behaves_like_22()
            && let Some(channel) = self.channels.get_mut(id)
        {
            channel
                .dialplan_application
                .clone_from(&channel.previous_application);
        }
        let first = Object::new().with("cause", 16).with("soft", true);
        self.publish_hangup_request(id, first);
    }

    pub(super) fn publish_hangup_request(&mut self, id: &str, first: Object) {
        let (before, behind) = (Object::new(), Object::new());
        self.publish_channel_event_with(id, "ChannelHangupRequest", first, before, behind);
    }

    /// Sets the variables with the RTP statistics at the end of an answered call, also on the other
    /// channel of a bridge of two.
    fn set_rtp_quality_variables(&mut self, id: &str) {
        let up = |channel: &Channel| channel.is_sip() && channel.state == "Up";
        if self.behaves_like_22() && self.channels.get(id).is_some_and(up) {
            for (name, value) in RTP_QUALITY_VARIABLES {
                self.publish_variable(id, name, value);
            }
            if let Some(peer) = self.bridge_peer(id) {
                for (name, value) in RTP_QUALITY_VARIABLES {
                    self.publish_variable(&peer, &format!("{name}BRIDGED"), value);
                }
            }
        }
    }

    /// Ends a channel, and its other half if there is one.
    pub(crate) fn end_channel(&mut self, id: &str, cause: i64, other_cause: i64) {
        match self.channels.get_mut(id) {
            Some(channel) if !channel.has_ended => channel.has_ended = true,
            _ => return,
        }
        self.finalize(id);
        let other = self.other_half(id).filter(|other| {
            let other = self.channels.get(other);
            other.is_some_and(|other| !other.has_ended)
        });
        let Some(other) = other else {
            self.remove_channel(id, cause);
            return;
        };
        // Newer releases show it only when the channel is destroyed.
        let has_new_caller = !self.behaves_like_22() && self.show_new_caller(&other);
        self.publish_hangup_request(&other, Object::new().with("cause", cause));
        self.remove_channel(id, cause);
        let Some(channel) = self.channels.get_mut(&other) else {
            return;
        };
        channel.has_ended = true;
        let runs = channel.is_in_dialplan;
        // The application gets its `StasisEnd` first.
        if channel.stasis_app.is_some() {
            self.finalize(&other);
        }
        if runs {
            self.publish_dialplan_end(&other);
        }
        self.finalize(&other);
        if has_new_caller {
            self.publish_new_caller(&other);
        }
        self.remove_channel(&other, other_cause);
    }

    /// Ends all activity of a channel.
    pub(super) fn finalize(&mut self, id: &str) {
        self.stop_channel_media(id);
        self.remove_from_bridge(id);
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        channel.action_count += 1;
        if channel.stasis_app.is_some() {
            self.leave_application(id);
        }
        if self
            .channels
            .get(id)
            .is_some_and(|channel| channel.is_status_pending)
        {
            self.set_variable(id, "STASISSTATUS", Some("SUCCESS"), false);
        }
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        if channel.is_in_dialplan {
            channel
                .dialplan_application
                .clone_from(&channel.previous_application);
        }
        if let Some(LeaveDestination::Dialplan(position)) = channel.leave_to.take() {
            channel.position = position;
        }
    }

    /// Ends the snoop channels of a channel that has ended.
    fn end_snoops(&mut self, spied_on: &str) {
        let listens = |channel: &&Channel| match &channel.kind {
            ChannelKind::Snoop { spied, .. } => spied == spied_on && !channel.has_ended,
            _ => false,
        };
        let listening = self.channels.values().filter(listens);
        let listening: Vec<_> = listening.map(|channel| channel.id.clone()).collect();
        for id in listening {
            self.end_channel(&id, 0, 0);
        }
    }

    pub(super) fn remove_channel(&mut self, id: &str, cause: i64) {
        let has_new_caller = self.show_new_caller(id);
        let Some(channel) = self.channels.get(id) else {
            return;
        };
        let tech_cause = match &channel.carrier {
            Some(MediaCarrier::WebSocket(media)) => media.close_code.map(i64::from),
            _ => channel
                .tech_cause
                .filter(|_| self.behaves_like_22() && channel.is_sip()),
        };
        let before = Object::new()
            .with("cause", cause)
            .with("cause_txt", cause::describe(cause))
            .with_some("tech_cause", tech_cause);
        let (first, behind) = (Object::new(), Object::new());
        self.publish_channel_event_with(id, "ChannelDestroyed", first, before, behind);
        if has_new_caller {
            self.publish_new_caller(id);
        }
        let removed = self.channels.remove(id);
        self.queues.remove(&MediaTarget::Channel(id.to_owned()));
        self.end_snoops(id);
        for app in self.apps.values_mut() {
            app.channels.discard(id);
        }
        if let Some(device) = removed.as_ref().and_then(Channel::device) {
            self.publish_endpoint_state(device);
            self.update_device(device);
        }
    }
}
