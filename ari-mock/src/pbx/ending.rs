//! The end of calls, from either side.

use super::{Channel, Kind, Leaving, Then, World, cause};
use crate::json::Object;

/// Names and values of the variables with the RTP statistics.
const QUALITY: &[(&str, &str)] = &[
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

impl World {
    /// Ends a call that was not answered.
    pub(super) fn give_up(&mut self, id: &str, cause: i64, other_cause: i64) {
        if let Some(channel) = self.channels.get_mut(id) {
            channel.dialing = None;
            channel.tech_cause = cause::sip_status(cause);
        }
        self.end(id, cause, other_cause);
    }

    /// Hangs up a channel on request of an application.
    pub(crate) fn hang_up(&mut self, id: &str, cause: i64) {
        self.quality(id);
        let first = Object::new().with("cause", 32).with("soft", true);
        self.hangup_request(id, first);
        // No event is published for a channel that was created first and then dialled.
        let calls = |channel: &Channel| {
            let dialing = channel.dialing.as_ref();
            !matches!(channel.kind, Kind::Local { .. })
                && dialing.is_some_and(|dialing| !matches!(dialing.then, Then::Nothing))
        };
        if self.channels.get(id).is_some_and(calls) {
            self.dial_event(id, "NOANSWER");
        }
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        channel.tech_cause = cause::sip_status(cause);
        // Asterisk's SIP channel driver declines the call if the phone was never called.
        let declines = channel.is_sip() && channel.state == "Down" && channel.dialing.is_none();
        if !declines {
            self.end(id, cause, cause);
            return;
        }
        let cause = if cause == 0 { 21 } else { cause };
        let tech_cause = *channel.tech_cause.get_or_insert(603);
        let newer = self.is_newer();
        let first = Object::new()
            .maybe("cause", newer.then_some(cause))
            .maybe("tech_cause", newer.then_some(tech_cause));
        if let Some(channel) = self.channels.get_mut(id) {
            channel.ended = true;
        }
        self.conclude(id);
        self.hangup_request(id, first);
        self.destroyed(id, cause);
    }

    /// Hangs up a channel at the end of its dialplan.
    pub(crate) fn hangs_itself_up(&mut self, id: &str) {
        self.dialplan_ends(id);
        let dials = |other: &String| {
            let other = self.channels.get(other);
            other.is_some_and(|other| other.dialing.is_some())
        };
        // A channel that waits for this one to answer gets the result that it did not.
        let waiting = self.other(id).filter(dials);
        match waiting {
            Some(other) => {
                self.dial_event(&other, "NOANSWER");
                self.end(id, 0, 0);
            }
            None => self.end(id, 16, 16),
        }
    }

    /// The far end hangs up or rejects the call.
    pub(crate) fn far_hangs_up(&mut self, id: &str, cause: i64) {
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        channel.tech_cause = match channel.dialing {
            Some(_) => cause::sip_status(cause),
            None => None,
        };
        let tech_cause = channel.tech_cause;
        let unanswered = channel.dialing.is_some();
        self.quality(id);
        let newer = self.is_newer();
        // 16 reports no cause, except for numbers that do not exist.
        let told = (newer || cause == 1).then_some(cause);
        let first = Object::new()
            .maybe("cause", told)
            .maybe("tech_cause", tech_cause.filter(|_| newer));
        self.hangup_request(id, first);
        if unanswered {
            self.dial_event(id, if cause == 17 { "BUSY" } else { "NOANSWER" });
        }
        self.end(id, cause, cause);
    }

    /// Publishes the hangup request at the end of a channel's dialplan.
    fn dialplan_ends(&mut self, id: &str) {
        // Older releases have already restored the previous dialplan application by then.
        if !self.is_newer()
            && let Some(channel) = self.channels.get_mut(id)
        {
            channel.application.clone_from(&channel.before_stasis);
        }
        let first = Object::new().with("cause", 16).with("soft", true);
        self.hangup_request(id, first);
    }

    pub(super) fn hangup_request(&mut self, id: &str, first: Object) {
        let (before, behind) = (Object::new(), Object::new());
        self.channel_event_with(id, "ChannelHangupRequest", first, before, behind);
    }

    /// Sets the variables with the RTP statistics at the end of an answered call.
    fn quality(&mut self, id: &str) {
        let up = |channel: &Channel| channel.is_sip() && channel.state == "Up";
        if self.is_newer() && self.channels.get(id).is_some_and(up) {
            for (name, value) in QUALITY {
                self.varset(id, name, value);
            }
        }
    }

    /// Ends a channel, and its other half if there is one.
    pub(crate) fn end(&mut self, id: &str, cause: i64, other_cause: i64) {
        match self.channels.get_mut(id) {
            Some(channel) if !channel.ended => channel.ended = true,
            _ => return,
        }
        self.conclude(id);
        let other = self.other(id).filter(|other| {
            let other = self.channels.get(other);
            other.is_some_and(|other| !other.ended)
        });
        let Some(other) = other else {
            self.destroyed(id, cause);
            return;
        };
        self.hangup_request(&other, Object::new().with("cause", cause));
        self.destroyed(id, cause);
        let Some(channel) = self.channels.get_mut(&other) else {
            return;
        };
        channel.ended = true;
        let runs = channel.running;
        // The application gets its `StasisEnd` first.
        if channel.stasis.is_some() {
            self.conclude(&other);
        }
        if runs {
            self.dialplan_ends(&other);
        }
        self.conclude(&other);
        self.destroyed(&other, other_cause);
    }

    /// Ends all activity of a channel.
    pub(super) fn conclude(&mut self, id: &str) {
        self.stop_media(id);
        self.step_out(id);
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        channel.turn += 1;
        if channel.stasis.is_some() {
            self.leave(id);
        }
        if self
            .channels
            .get(id)
            .is_some_and(|channel| channel.leaves_at_end)
        {
            self.set_variable(id, "STASISSTATUS", Some("SUCCESS"), false);
        }
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        if channel.running {
            channel.application.clone_from(&channel.before_stasis);
        }
        if let Some(Leaving::Dialplan(position)) = channel.leaving.take() {
            channel.position = position;
        }
    }

    /// Ends the snoop channels of a channel that has ended.
    fn end_snoops(&mut self, spied_on: &str) {
        let listens = |channel: &&Channel| match &channel.kind {
            Kind::Snoop { spied } => spied == spied_on && !channel.ended,
            _ => false,
        };
        let listening = self.channels.values().filter(listens);
        let listening: Vec<_> = listening.map(|channel| channel.id.clone()).collect();
        for id in listening {
            self.end(&id, 0, 0);
        }
    }

    pub(super) fn destroyed(&mut self, id: &str, cause: i64) {
        let Some(channel) = self.channels.get(id) else {
            return;
        };
        let tech_cause = channel
            .tech_cause
            .filter(|_| self.is_newer() && channel.is_sip());
        let before = Object::new()
            .with("cause", cause)
            .with("cause_txt", cause::text(cause))
            .maybe("tech_cause", tech_cause);
        let (first, behind) = (Object::new(), Object::new());
        self.channel_event_with(id, "ChannelDestroyed", first, before, behind);
        let gone = self.channels.remove(id);
        self.end_snoops(id);
        for app in self.apps.values_mut() {
            app.channels.forget(id);
        }
        if let Some(device) = gone.as_ref().and_then(Channel::device) {
            self.tell_endpoint(device);
            self.refresh_device(device);
        }
    }
}
